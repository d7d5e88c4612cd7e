"""Posts with a video on X."""
