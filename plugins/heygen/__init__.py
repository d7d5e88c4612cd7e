"""Avatars of HeyGen who say your text."""
