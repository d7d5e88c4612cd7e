"""Finds videos of Wikimedia Commons."""
