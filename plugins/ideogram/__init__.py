"""Pictures by Ideogram, good at writing in them."""
