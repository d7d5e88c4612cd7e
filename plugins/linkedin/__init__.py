"""Posts with a video on LinkedIn."""
