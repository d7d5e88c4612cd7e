"""Pictures drawn by Stable Image, of Stability AI."""
