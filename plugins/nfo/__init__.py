"""Describes films from the .nfo files beside them."""
