"""Fetches files and streams from web servers: resumable, guarded, playable while they load."""
