"""Audiobooks that volunteers of LibriVox read."""
