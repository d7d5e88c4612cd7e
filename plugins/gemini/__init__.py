"""Asks the Gemini models of Google for text."""
