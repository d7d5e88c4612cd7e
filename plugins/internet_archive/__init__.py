"""Finds films and recordings of the Internet Archive."""
