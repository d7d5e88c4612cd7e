"""Asks the models of Anthropic for text."""
