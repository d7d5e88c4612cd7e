"""Asks services and servers that speak the protocol of OpenAI for text, and to hear speech."""
