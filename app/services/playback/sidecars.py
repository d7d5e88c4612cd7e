"""Tells from the name of a subtitle file that lies beside a film what is in it. Pure."""

from __future__ import annotations

import os

from app.api.language_names import language_code


def named(path: bytes, film: bytes) -> tuple[str, str]:
    """Title and language (ISO 639-1) of a subtitle file: ``film.fr.forced.srt``."""
    name, stem = _text(path), _text(film).rsplit(".", 1)[0]
    rest = name.rsplit(".", 1)[0]
    if rest.startswith(stem):
        rest = rest[len(stem) :]
    language, words = "", []
    for part in rest.replace("_", ".").split("."):
        code = language_code(part) if 2 <= len(part.strip()) <= 5 else ""
        if code and not language:
            language = code
        elif part.strip(" -"):
            words.append(part.strip(" -"))
    title = " ".join(words)[:80]
    return title or ("" if language else name[:80]), language


def _text(path: bytes) -> str:
    return os.fsdecode(path.rsplit(b"/", 1)[-1]).encode("utf-8", "replace").decode()
