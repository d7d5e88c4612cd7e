"""What the station does by itself: nightly jobs, backups, and the space it takes."""
