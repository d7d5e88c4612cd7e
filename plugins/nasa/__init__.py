"""Finds videos of NASA's image and video library."""
