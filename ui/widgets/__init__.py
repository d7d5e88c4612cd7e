"""Reusable parts of the window; none of them knows a service."""
