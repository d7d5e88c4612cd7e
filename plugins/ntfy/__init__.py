"""Tells the owner something on the phone, through ntfy."""
