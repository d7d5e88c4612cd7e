"""Short films made by Kling."""
