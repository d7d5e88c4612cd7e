"""Posts with a video on Reddit."""
