"""Starts ffmpeg and ffprobe on films that are not to be trusted: bounded, polite, cut off."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound, ToolFailed
from app.infra.loopback import HOST
from app.runtime import children
from app.runtime.children import Child, Completed, Limits, Word

Source = bytes | str
"""A film: the path of its file, or an address of the station's own loopback server."""

FORMATS: Final = (
    "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,rm,mp3,flac,wav,aac,ac3,eac3,dts,truehd,aiff,caf,ape"
)
"""What a film or a song may be: nothing that names other files or addresses."""
LIMITS: Final = Limits(memory=6 * 2**30, files=128, file_size=2**30)
POLITE: Final = ("nice", "-n", "5")
_OUTSIDE: Final = ("unshare", "--user", "--map-root-user", "--net", "--")
_PROXIES: Final = frozenset(("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ffreport"))


class Outside:
    """Knows whether programs can be started without any network; asks the system once."""

    def __init__(self) -> None:
        self._words: tuple[str, ...] | None = None

    async def words(self, source: Source | None) -> tuple[str, ...]:
        """Words to put before a program that reads `source`; none when that is an address."""
        if isinstance(source, str):
            return ()
        if self._words is None:
            try:
                await children.run([*_OUTSIDE, "true"], timeout=10)
                self._words = _OUTSIDE
            except ToolFailed:
                self._words = ()
        return self._words


def input_words(source: Source) -> list[Word]:
    """Arguments before ``-i``, and it: what may be opened, and of which kinds."""
    if isinstance(source, str):
        if not source.startswith(f"http://{HOST}:"):
            raise ValueError("not an address of the station")
        protocols, name = "http,tcp", os.fsencode(source)
    else:
        protocols, name = "file", b"file:" + source
    return ["-protocol_whitelist", protocols, "-format_whitelist", FORMATS, "-i", name]


async def require(source: Source) -> os.stat_result | None:
    """Return what the system knows of a file; None of an address. Raises `NotFound`."""
    if isinstance(source, str):
        return None
    try:
        known = await asyncio.to_thread(os.stat, source)
    except OSError as error:
        raise NotFound("errors.cast_file_gone", name=name_of(source)) from error
    if not stat.S_ISREG(known.st_mode):
        raise NotFound("errors.cast_file_gone", name=name_of(source))
    return known


def name_of(source: Source) -> str:
    """What a film is called where its owner reads it."""
    return Path(os.fsdecode(source)).name


async def start(
    words: Sequence[Word], source: Source, outside: Outside, cwd: Path | None = None
) -> Child:
    """Start a long job on a film; its output and its complaints are pipes."""
    return await children.spawn(
        [*POLITE, *await outside.words(source), *words],
        limits=LIMITS, cwd=cwd, env=environment(), stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def run(
    words: Sequence[Word],
    source: Source | None,
    outside: Outside,
    *,
    timeout: float,
    limit_output: int = 2**20,
    stdin: bytes | None = None,
) -> Completed:
    """Run a short job to its end; raises `ToolFailed` as `children.run` does."""
    return await children.run(
        [*await outside.words(source), *words], timeout=timeout, limit_output=limit_output,
        limits=LIMITS, env=environment(), stdin=stdin,
    )  # fmt: skip


def environment() -> dict[str, str]:
    """What a child knows of ours: no proxy, which would be told the addresses of films."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    return {**kept, "MALLOC_ARENA_MAX": "4"}  # a pool of memory for each thread would be much
