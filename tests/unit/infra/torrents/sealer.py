"""Fetches a torrent as `fetcher` does, and stands still at one moment of sealing, to be killed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.infra import atomic
from app.infra.torrents import aside, resume, seals
from tests.unit.infra.torrents import fetcher

MOMENTS = ("before it is written", "after it is written", "before a place for it", "then kept")
"""Of a seal: around its writing, before bytes of programs find a place anew, after the record."""


def main(file: str, folder: str, port: str, every: str, moment: str) -> None:
    """Begin; says ``sealing`` when that moment has come."""
    written = False

    def hold() -> None:
        sys.stdout.write("sealing\n")
        sys.stdout.flush()
        time.sleep(60)

    def write(
        path: Path, data: bytes, real: Callable[[Path, bytes], None] = atomic.replace_file
    ) -> None:
        nonlocal written
        if moment == MOMENTS[0]:
            hold()
        real(path, data)
        written = True
        if moment == MOMENTS[1]:
            hold()

    def make(self: aside.Aside, key: str, size: int, real: Any = aside.Aside.make) -> Path:
        if written and moment == MOMENTS[2]:
            hold()
        return Path(real(self, key, size))

    def keep(*given: Any, real: Any = resume.write) -> None:
        real(*given)
        if written and moment == MOMENTS[3]:
            hold()

    vars(seals)["replace_file"] = write
    aside.Aside.make = make  # type: ignore[method-assign]  # of this process alone
    vars(resume)["write"] = keep
    fetcher.main(file, folder, port, every)
