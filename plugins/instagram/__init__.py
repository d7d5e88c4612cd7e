"""Reels on Instagram."""
