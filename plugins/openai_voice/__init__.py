"""Lets OpenAI, or a server that speaks its protocol for speech, read texts aloud."""
