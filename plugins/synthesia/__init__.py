"""Avatars of Synthesia who say your text."""
