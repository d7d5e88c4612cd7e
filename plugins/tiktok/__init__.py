"""Videos on TikTok."""
