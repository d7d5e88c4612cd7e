"""Finds videos of all PeerTube servers through a search index."""
