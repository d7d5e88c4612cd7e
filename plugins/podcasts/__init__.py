"""Podcasts of the public directory, and their episodes."""
