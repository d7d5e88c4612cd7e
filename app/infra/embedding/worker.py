"""The process that turns texts into vectors, or finds the nearest: so that nobody waits for it.

Started by `app.infra.embedding.client` as ``python -m app.infra.embedding.worker ROLE MODEL CACHE
IDLE``. It answers what it is asked on its input until that closes, or nothing came for IDLE
seconds. The role ``make`` has the lowest priority; ``find`` holds vectors and answers at once.
"""

from __future__ import annotations

import json
import os
import select
import struct
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.infra.embedding.encoder import Encoder
from app.infra.embedding.held import Held
from app.infra.embedding.place import SIZE
from app.infra.embedding.weights import Array

HEAD = struct.Struct("<II")
"""Bytes of JSON, and bytes that follow it."""
LOWEST = 19
MOST_REMEMBERED = 64

Answer = tuple[dict[str, Any], bytes]


class Desk:
    """What can be asked. The model and the vectors are opened when they are first needed."""

    def __init__(self, model: Path | None, cache: Path) -> None:
        self._model, self._cache = model, cache
        self._asked: dict[str, Array] = {}
        self.handlers: dict[str, Callable[[dict[str, Any], bytes], Answer]] = {
            "embed": self.embed, "hold": self.hold, "give": self.give, "settle": self.settle,
            "find": self.find, "ping": lambda _told, _blob: ({}, b""),
        }  # fmt: skip
        self._ready = False

    @cached_property
    def encoder(self) -> Encoder:
        """The model."""
        if self._model is None:
            raise ValueError("there is no model")
        return Encoder(self._model)

    @cached_property
    def held(self) -> Held:
        """The vectors."""
        return Held(self._cache)

    def embed(self, told: dict[str, Any], _blob: bytes) -> Answer:
        """One vector for each of ``texts``."""
        return {}, self.encoder.encode(told["texts"]).tobytes()

    def hold(self, _told: dict[str, Any], blob: bytes) -> Answer:
        """These pairs of id and hash are to be found; answers with the ids that are lacking."""
        self._ready = True
        return {}, self.held.hold(np.frombuffer(blob, np.int64).reshape(-1, 2)).tobytes()

    def give(self, told: dict[str, Any], blob: bytes) -> Answer:
        """Vectors: pairs of id and hash first, then the numbers, ``count`` of each."""
        count = int(told["count"])
        pairs = np.frombuffer(blob, np.int64, count * 2).reshape(count, 2)
        vectors = np.frombuffer(blob, np.float32, count * SIZE, count * 16).reshape(count, SIZE)
        self.held.give(pairs, vectors)
        return {}, b""

    def settle(self, _told: dict[str, Any], _blob: bytes) -> Answer:
        """Count in what was given."""
        return {}, self.held.settle().tobytes()

    def find(self, told: dict[str, Any], blob: bytes) -> Answer:
        """The ids nearest to ``item`` or to ``text``; among those of the blob when ``among``."""
        if not self._ready:
            return {"strange": True}, b""  # this process was never told what there is
        if told["item"] is not None:
            vector = self.held.vector(int(told["item"]))
        else:
            vector = self._of_text(told["text"])
        if vector is None:
            return {"unknown": True}, b""
        among = np.frombuffer(blob, np.int64) if told["among"] else None
        ids, scores = self.held.nearest(np.asarray(vector), int(told["limit"]), among)
        return {"ids": ids.tolist(), "scores": [round(float(each), 4) for each in scores]}, b""

    def _of_text(self, text: str) -> Array:
        """Its vector; what is being typed is asked more than once."""
        known = self._asked.pop(text, None)
        vector: Array = self.encoder.encode([text])[0] if known is None else known
        self._asked[text] = vector
        if len(self._asked) > MOST_REMEMBERED:
            del self._asked[next(iter(self._asked))]
        return vector


def serve(desk: Desk, source: BinaryIO, target: BinaryIO, idle: float) -> None:
    """Answer until the input ends, or nothing came for `idle` seconds."""
    while select.select([source], [], [], idle)[0]:
        first = source.read(1)
        if not first:
            return
        long, more = HEAD.unpack(first + _exactly(source, HEAD.size - 1))
        told = json.loads(_exactly(source, long))
        blob = _exactly(source, more)
        try:
            answer, back = desk.handlers[told["op"]](told, blob)
        except (ValueError, OSError, KeyError, MemoryError) as error:
            answer, back = {"failed": repr(error)[:300]}, b""
        data = json.dumps(answer).encode()
        target.write(HEAD.pack(len(data), len(back)) + data)
        target.write(back)
        target.flush()


def _exactly(source: BinaryIO, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = source.read(size - len(parts))
        if not part:
            raise SystemExit(0)
        parts += part
    return bytes(parts)


def main(arguments: list[str]) -> None:
    """Take the lowest priority if the work can wait, then serve."""
    role, model, cache, idle = arguments
    if role == "make":
        os.nice(LOWEST)
    desk = Desk(Path(model) if model else None, Path(cache))
    # Unbuffered: `select` must see all that is there.
    with open(0, "rb", buffering=0, closefd=False) as source:  # noqa: PTH123 - a descriptor
        serve(desk, source, sys.stdout.buffer, float(idle))


if __name__ == "__main__":
    main(sys.argv[1:])
