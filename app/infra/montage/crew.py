"""The processes that render, asked from the service loop; they are ended with their scope."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from app.domain.errors import AppError, NotFound, ToolFailed, Unavailable
from app.infra.ffmpeg.running import POLITE
from app.runtime.children import Child, Limits, spawn, watch
from app.runtime.worker_environment import worker_environment

log = logging.getLogger(__name__)

SILENCE: Final = 120.0
"""Seconds without a word after which a process is taken for hung."""
LIMITS: Final = Limits(memory=8 * 2**30, files=256)


class Damaged(Exception):
    """A piece that was kept is not whole: `name` is its file."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Hand:
    """One process that renders; starts with its scope and ends with it."""

    def __init__(self, work: Path, folder: Path, limits: Limits = LIMITS) -> None:
        self._work, self._folder, self._limits = work, folder, limits
        self._child: Child | None = None

    async def __aenter__(self) -> Hand:
        env = worker_environment("PATH", "HOME", "XDG_CACHE_HOME")  # fonts are kept there
        self._child = await spawn(
            [*POLITE, sys.executable, "-m", "app.infra.montage.worker"], limits=self._limits,
            cwd=Path("/"), env=env, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            await self._child.end(0)

    async def do(self, job: dict[str, Any], on_step: Callable[[int], None]) -> None:
        """Have a job done; `on_step` hears how far it is.

        Raises an `AppError` for what cannot be rendered, `Damaged` for a piece that is not whole.
        """
        child = self._child
        assert child is not None
        try:
            child.stdin.write(json.dumps(job).encode() + b"\n")
            await child.stdin.drain()
            while True:
                told = await watch(child, SILENCE, lambda: self._word(child))
                if "failed" in told:
                    raise self._error(told)
                if "done" in told:
                    return
                if "step" in told:
                    on_step(told["step"])
        except (OSError, EOFError) as error:
            code = await child.end(0)
            raise ToolFailed("errors.montage_failed", detail=f"it ended with {code}") from error

    async def _word(self, child: Child) -> dict[str, Any]:
        line = await child.stdout.readline()
        if not line:
            raise EOFError
        told: dict[str, Any] = json.loads(line)
        return told

    def _error(self, told: dict[str, Any]) -> Exception:
        what, scene, name, detail = (told[key] for key in ("failed", "scene", "name", "detail"))
        log.warning("A piece could not be rendered: %s %s %s %s", what, scene, name, detail)
        if what == "segment":
            return Damaged(name)
        return error_of(what, scene, name, detail, self._folder)


def error_of(what: str, scene: str, name: str, detail: str, folder: Path) -> AppError:
    """What is told of a fault; `folder` is where it was being written."""
    if what in ("gone", "asset") and not scene:
        return ToolFailed("errors.montage_music", name=name, detail=detail)
    if what == "gone":
        return NotFound("errors.montage_gone", scene=scene, name=name)
    if what == "asset":
        return ToolFailed("errors.montage_asset", scene=scene, name=name, detail=detail)
    if what == "full":
        return Unavailable("errors.montage_disk_full", folder=str(folder))
    if what == "disk":
        return Unavailable("errors.montage_disk", folder=str(folder), reason=detail)
    return ToolFailed("errors.montage_failed", detail=detail)
