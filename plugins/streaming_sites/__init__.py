"""Searches and plays the sites of a list that is the owner's own."""
