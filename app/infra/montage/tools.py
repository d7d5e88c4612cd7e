"""Starts ffmpeg from the process that renders, and reads whole pictures from it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Final

_DETAIL: Final = 600
_KEPT: Final = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


def environment() -> dict[str, str]:
    """What a child knows: where programs and fonts are, and no more."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, "MALLOC_ARENA_MAX": "2"}


class Reader:
    """An ffmpeg that writes raw pictures; ends with its scope.

    When we are killed it ends as soon as it writes: nobody reads its pipe any more.
    """

    def __init__(
        self,
        words: list[bytes | str],
        source: IO[bytes] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the scope
        self._child = subprocess.Popen(  # noqa: S603 - our own words
            words,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL if source is None else source,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, size: int) -> bytes:
        """The next so many bytes; fewer at the end."""
        assert self._child.stdout is not None
        return self._child.stdout.read(size)

    def complaint(self) -> str:
        """The last of what it complained about."""
        end = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, end - _DETAIL))
        return self._errors.read().decode("utf-8", "replace").strip()

    def close(self) -> None:
        """End it now."""
        self._child.kill()
        if self._child.stdout is not None:
            self._child.stdout.close()
        self._child.wait()
        self._errors.close()
