"""The process the hearing model lives in: it loads one file, listens, and ends with its parent.

Started by `app.infra.hearing.process` as ``python -m app.infra.hearing.worker`` with a line of
JSON on its input that says what to load. Then come ``{"op": "hear", "language": …}``, any number
of ``{"op": "sound", "bytes": N}`` each with so many bytes of 16 kHz sound behind it, and
``{"op": "end"}``. Out go lines of JSON: ``beat``, ``heard``, ``done`` and ``failed``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.infra import sandbox
from app.infra.hearing.core import RATE, STRETCH, CannotLoad, Ear, Sound, cut, samples

BEAT_SECONDS: Final = 0.2
NICE: Final = 5
MOST_BYTES: Final = 2**20
_WARM_UP: Final = RATE

Message = dict[str, Any]


class Out:
    """Where lines go."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._told = 0.0

    def tell(self, message: Message) -> None:
        """Write a line."""
        self._target.write(json.dumps(message).encode() + b"\n")
        self._target.flush()
        self._told = time.monotonic()

    def beat(self) -> None:
        """Say that the work goes on, but not too often."""
        if time.monotonic() - self._told >= BEAT_SECONDS:
            self.tell({"beat": True})


class Listening:
    """One sound: gathered into stretches, each heard and told."""

    def __init__(self, ear: Ear, out: Out, language: str | None) -> None:
        self._ear, self._out = ear, out
        self._language = language
        self._kept = bytearray()
        self._at = 0  # samples that were heard

    def add(self, data: bytes) -> None:
        """More sound."""
        self._kept += data
        while len(self._kept) >= STRETCH * RATE * 2:
            self._hear(last=False)

    def finish(self) -> Message:
        """No more comes."""
        while self._kept:
            self._hear(last=True)
        return {"done": {"seconds": self._at / RATE, "language": self._language or ""}}

    def _hear(self, *, last: bool) -> None:
        count = min(len(self._kept) // 2, STRETCH * RATE)
        sound: Sound = samples(bytes(self._kept[: count * 2]))
        goes_on = not last or count < len(self._kept) // 2
        length = cut(sound) if goes_on else int(sound.size)
        del self._kept[: length * 2 if length else len(self._kept)]
        found = self._ear.listen(sound[:length], self._language)
        begin = self._at / RATE
        self._at += length
        if found.pieces and self._language is None:
            self._language = found.language

        def moved(told: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
            most = length / RATE  # a window is longer than what may be left of the sound
            return [
                (round(begin + min(start, most), 2), round(begin + min(end, most), 2), text)
                for start, end, text in told
            ]

        self._out.tell({
            "heard": self._at / RATE, "pieces": moved(found.pieces), "words": moved(found.words),
        })  # fmt: skip


def serve(source: BinaryIO, ear: Ear, out: Out) -> None:
    """Listen to one sound after the other, until the parent is gone."""
    listening: Listening | None = None
    while line := source.readline(65_536):
        message: Message = json.loads(line)
        try:
            if message["op"] == "hear":
                listening = _begin(ear, out, message["language"])
            elif message["op"] == "sound":
                _add(listening, source.read(min(int(message["bytes"]), MOST_BYTES)), out)
            elif listening is not None:
                out.tell(listening.finish())
                listening = None
        except Exception as error:  # noqa: BLE001 - one sound is lost, the next is heard
            listening = None
            out.tell({"failed": "broken", "why": repr(error)[:500]})


def _begin(ear: Ear, out: Out, language: str | None) -> Listening | None:
    if language is not None and not ear.knows(language):
        out.tell({"failed": "language"})
        return None
    return Listening(ear, out, language)


def _add(listening: Listening | None, data: bytes, out: Out) -> None:
    if listening is not None:
        out.beat()
        listening.add(data)


def main() -> None:
    """Load, give up all rights, say so, and serve."""
    os.nice(NICE)
    source, out = sys.stdin.buffer, Out(sys.stdout.buffer)
    order: Message = json.loads(source.readline())
    network = sandbox.leave_network()
    if order["cores"]:
        os.sched_setaffinity(0, order["cores"])
    begin = time.monotonic()
    ear = Ear(Path(os.fsdecode(bytes.fromhex(order["path"]))), order["threads"], out.beat)
    try:
        ear.load()
        # All that is opened or imported late is so now, while it still may.
        ear.listen(samples(bytes(range(256)) * (_WARM_UP // 128)), "en")
    except (CannotLoad, ImportError, OSError, RuntimeError) as error:
        out.tell({"failed": "load", "why": str(error)[:500]})
        return
    calls = sandbox.forbid_calls(files=True)
    out.tell(
        {"ready": True, "network": network, "calls": calls, "seconds": time.monotonic() - begin}
    )
    serve(source, ear, out)


if __name__ == "__main__":
    main()
