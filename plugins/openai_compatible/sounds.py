"""Reads a file of speech for sending, and tells its kind by its first bytes."""

from __future__ import annotations

from pathlib import Path

from app.api import InvalidInput, NotFound, Unavailable

LARGEST = 25_000_000
"""Bytes; services take no more."""


def read_sound(path: str) -> tuple[bytes, str, str]:
    """Return the bytes, the ending and the content type of a WAV, FLAC, MP3 or Opus file.

    Blocks for the disk. `NotFound` when it is gone, `InvalidInput` when it is too large or none.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFound("errors.file_gone", name=file.name) from error
    except OSError as error:
        raise Unavailable("errors.file_gone", name=file.name) from error
    if len(content) > LARGEST:
        raise InvalidInput("errors.sound_too_large", name=file.name, most=LARGEST // 1_000_000)
    kind = _kind(content[:16])
    if kind is None:
        raise InvalidInput("errors.sound_form", name=file.name)
    return content, *kind


def _kind(start: bytes) -> tuple[str, str] | None:
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "wav", "audio/wav"
    if start[:4] == b"fLaC":
        return "flac", "audio/flac"
    if start[:4] == b"OggS":
        return "ogg", "audio/ogg"
    if start[:3] == b"ID3" or (start[:1] == b"\xff" and start[1:2] >= b"\xe0"):
        return "mp3", "audio/mpeg"
    return None
