"""Knows whether the files of a post are still what they were when it was planned."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Mapping
from typing import Final

from app.domain.errors import AppError, InvalidInput, NotFound
from app.domain.post import Attached
from app.services.publishing.tables import Print

BLOCK: Final = 1 << 20
FILES: Final = ("video", "thumbnail", "captions")


async def prints_of(attached: Attached) -> dict[str, Print]:
    """Read the files; `NotFound` (``errors.post_file_gone``) for one that cannot be."""
    return await asyncio.to_thread(_prints, attached)


async def trouble_with(attached: Attached, prints: Mapping[str, Print]) -> AppError | None:
    """Why the files cannot be sent: one is gone, or another than when it was planned."""
    return await asyncio.to_thread(_trouble, attached, prints)


def _prints(attached: Attached) -> dict[str, Print]:
    return {name: _print(path) for name in FILES if (path := getattr(attached, name))}


def _print(path: bytes) -> Print:
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - bytes
            told = os.fstat(file.fileno())
            size = 0
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise NotFound("errors.post_file_gone", name=name_of(path)) from error
    return Print(size, digest.hexdigest(), told.st_mtime_ns)


def _trouble(attached: Attached, prints: Mapping[str, Print]) -> AppError | None:
    for name in FILES:
        path = getattr(attached, name)
        if not path:
            continue
        known = prints.get(name)
        try:
            told = os.stat(path)  # noqa: PTH116 - bytes
            now = Print(told.st_size, known.digest if known else "", told.st_mtime_ns)
            if now != known:
                now = _print(path)
        except OSError:
            return NotFound("errors.post_file_gone", name=name_of(path))
        except NotFound as error:
            return error
        if known is None or (now.size, now.digest) != (known.size, known.digest):
            return InvalidInput("errors.post_file_changed", name=name_of(path))
    return None


def name_of(path: bytes) -> str:
    """A file's name, to be read by people."""
    return os.path.basename(path).decode("utf-8", "replace")  # noqa: PTH119 - bytes
