"""Reads what somebody wants fetched: links as they are, and .torrent files of this machine."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from urllib.parse import unquote

from app.domain.errors import InvalidInput, NotFound
from app.domain.stream_links import HEIGHTS, SMALLEST, at_height

BEST, LEAST = "best", "smallest"
QUALITIES = (BEST, *(str(height) for height in HEIGHTS), LEAST)
_LARGEST = 10_000_000


def at_quality(links: Sequence[str], quality: str) -> list[str]:
    """Links that say how tall a picture may be; those that say something already keep it."""
    height = {BEST: None, LEAST: SMALLEST}.get(quality) if not quality.isdigit() else int(quality)
    return [at_height(link, height) for link in links]


def asking(given: Sequence[str]) -> dict[str, object]:
    """What a station is asked for: links, and the contents of .torrent files on this machine."""
    links: list[str] = []
    files: list[str] = []
    for one in given:
        if one.lower().startswith(("magnet:", "http://", "https://")):
            links.append(one)
        else:
            path = unquote(one.removeprefix("file://")) if one.startswith("file://") else one
            files.append(base64.b64encode(_content(path)).decode())
    return {"links": links, "files": files}


def _content(path: str) -> bytes:
    try:
        with open(os.path.expanduser(path), "rb") as file:  # noqa: PTH111, PTH123 - bytes-safe text
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise NotFound("errors.no_such_file", path=path) from error
    if len(content) > _LARGEST:
        raise InvalidInput("errors.torrent_too_large")
    return content
