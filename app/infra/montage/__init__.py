"""Puts pictures, films, voices, music and captions together into a finished video."""
