"""Lets ElevenLabs read texts aloud and compose music."""
