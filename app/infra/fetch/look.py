"""Asks a server what a file is, and whether it is still the one that began to load."""

from __future__ import annotations

import os
from typing import Final

from app.domain.errors import AppError
from app.infra.fetch.answers import Seen, length_told, require, seen_in, span_of
from app.infra.fetch.digests import WANTED
from app.infra.fetch.part import Kept
from app.infra.fetch.spans import Spans
from app.infra.fetch.wire import Line, Place

SAMPLE: Final = 65_536


def look_once(line: Line, place: Place) -> Seen:
    """One question for the first byte of a file. May block; raises what is wrong with it."""
    reply = line.get(place, {"Range": "bytes=0-0", **WANTED})
    if reply.status == 416:
        empty = length_told(reply.headers) == 0
        reply.drain()
        if empty:
            return Seen(reply.place, 0)
        reply = line.get(place, WANTED)
    require(reply)
    seen = seen_in(reply)
    if reply.status == 206:
        reply.drain()
    else:
        line.drop()
    return seen


def kept_spans(line: Line, seen: Seen, kept: Kept, number: int) -> Spans | None:
    """What is here already of a file; None when it is another one by now. May block.

    Where the server gives the file no mark of its state, some of it is fetched and compared.
    `number` is the descriptor of what is here.
    """
    if not kept.spans or kept.size != seen.size:
        return None
    if not seen.same_as(kept.etag, kept.modified, kept.size):
        return None
    marked = (seen.etag and kept.etag) or (seen.modified and kept.modified)
    if not marked and not _same_bytes(line, seen, kept, number):
        return None
    return Spans(kept.spans)


def _same_bytes(line: Line, seen: Seen, kept: Kept, number: int) -> bool:
    span = kept.spans[-1]
    start = max(span.start, span.end - SAMPLE)
    try:
        reply = line.get(seen.place, {"Range": f"bytes={start}-{span.end - 1}"})
        found = span_of(reply.headers)
        if reply.status != 206 or found is None or found[0] != start:
            line.drop()
            return False
        return reply.read_all(SAMPLE) == os.pread(number, span.end - start, start)
    except AppError:
        line.drop()
        return False
