"""Facts for videos, of Wikipedia."""
