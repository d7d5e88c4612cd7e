"""Plays on Chromecasts, and on televisions and loudspeakers with one inside."""
