"""Alembic's environment and the revisions of `station.db`."""
