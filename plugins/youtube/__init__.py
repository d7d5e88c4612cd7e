"""Publishes videos on YouTube."""
