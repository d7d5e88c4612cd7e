"""Facts for videos, of the owner's own ZIM files."""
