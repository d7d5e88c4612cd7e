"""Plays on televisions and loudspeakers that are DLNA renderers."""
