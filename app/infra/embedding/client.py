"""Asks the worker processes of meaning: one that makes vectors, one that finds the nearest."""

from __future__ import annotations

import array
import asyncio
import json
import logging
import re
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import ToolFailed
from app.infra.embedding.place import SIZE, find_model, mark_of
from app.runtime.children import Child, spawn
from app.runtime.supervisor import Supervisor
from app.runtime.worker_environment import worker_environment

log = logging.getLogger(__name__)

HEAD: Final = 8
VECTOR: Final = SIZE * 4
"""Bytes of a vector: float32 in the order of this machine."""
MAKER_IDLE: Final = 20.0
FINDER_IDLE: Final = 300.0
MAKER_DEADLINE: Final = 900.0
FINDER_DEADLINE: Final = 60.0
"""Seconds without an answer after which a worker is taken for hung. On a busy machine the maker,
whom everybody goes before, may wait very long."""
GIVEN_AT_ONCE: Final = 1_000

Named = tuple[int, int, bytes]
"""The id of an item, the hash of what was embedded, its vector."""


@dataclass(frozen=True, slots=True)
class Near:
    """An item and how near it is, 1 to -1."""

    item: int
    score: float


Answer = tuple[dict[str, Any], bytes]


class Worker:
    """One process that is started when it is asked, and ends by itself after a while of rest."""

    def __init__(
        self, role: str, model: Path | None, cache: Path, idle: float, deadline: float
    ) -> None:
        self._role, self._deadline = role, deadline
        self._words = [sys.executable, "-m", "app.infra.embedding.worker", role,
                       str(model or ""), str(cache), str(idle)]  # fmt: skip
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._tasks = Supervisor(f"worker of meaning that {role}s")
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process, while it lives."""
        child = self._child
        return child.pid if child is not None and child.code is None else None

    async def ask(self, op: str, blob: bytes = b"", **told: Any) -> Answer:  # noqa: ANN401 - what JSON holds
        """Ask and wait for the answer. Raises `ToolFailed` when there is none.

        Who is cancelled meanwhile leaves the worker as it is: the answer is read and dropped.
        """
        data = json.dumps({"op": op, **told}).encode()
        message = len(data).to_bytes(4, "little") + len(blob).to_bytes(4, "little") + data + blob
        asking = self._tasks.spawn(self._ask(message), op)
        answer = await asyncio.shield(asking) if asking is not None else None
        if answer is not None and "failed" in answer[0]:
            log.warning("The worker of meaning could not %s: %s", op, answer[0]["failed"])
            answer = None
        if answer is None:
            raise ToolFailed("errors.worker_failed", role=self._role)
        found: Answer = answer
        return found

    async def close(self) -> None:
        """End it now."""
        self._closed = True
        await self._tasks.close()
        await self._end()

    async def _ask(self, message: bytes) -> Answer | None:
        """Ask; None when nothing comes back. One that ended is replaced, once."""
        async with self._turn:
            for fresh in (self._child is None, True):
                try:
                    async with asyncio.timeout(self._deadline):
                        return await self._exchange(message)
                except (OSError, EOFError, ValueError, TimeoutError) as error:
                    await self._end()
                    if fresh:
                        log.warning("The worker of meaning gave no answer: %r", error)
                        return None
                except ToolFailed as error:
                    log.warning("The worker of meaning cannot be started: %s", error)
                    return None
            return None

    async def _exchange(self, message: bytes) -> Answer:
        child = await self._living()
        child.stdin.write(message)
        await child.stdin.drain()
        head = await child.stdout.readexactly(HEAD)
        long, more = int.from_bytes(head[:4], "little"), int.from_bytes(head[4:], "little")
        answer: dict[str, Any] = json.loads(await child.stdout.readexactly(long))
        return answer, await child.stdout.readexactly(more)

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.end(0)

    async def _living(self) -> Child:
        if self._child is not None and self._child.code is None:
            return self._child
        await self._end()
        env = worker_environment("PATH")
        self._child = await spawn(
            self._words, cwd=Path("/"), env=env, stderr=asyncio.subprocess.DEVNULL
        )
        return self._child


class Embedding:
    """Vectors of texts, and the nearest among those of the library.

    `cache` is a folder for what can be made again. Nothing is in memory until something is asked.
    """

    def __init__(
        self,
        cache: Path,
        model: Path | None = None,
        *,
        maker_idle: float = MAKER_IDLE,
        finder_idle: float = FINDER_IDLE,
    ) -> None:
        model = model or find_model()
        self._mark = "" if model is None else mark_of(model)
        cache = cache / re.sub(r"[^\w.-]+", "-", self._mark or "none")
        self._maker = Worker("make", model, cache, maker_idle, MAKER_DEADLINE)
        self._finder = Worker("find", model, cache, finder_idle, FINDER_DEADLINE)

    @property
    def mark(self) -> str:
        """Which model makes the vectors; empty when there is none on this machine."""
        return self._mark

    def processes(self) -> list[int]:
        """The workers that live now."""
        return [pid for pid in (self._maker.pid, self._finder.pid) if pid is not None]

    async def embed(self, texts: Sequence[str]) -> list[bytes]:
        """One vector for each text, made at the lowest priority. Raises `ToolFailed`."""
        if not texts:
            return []
        _told, blob = await self._maker.ask("embed", texts=list(texts))
        if len(blob) != len(texts) * VECTOR:
            raise ToolFailed("errors.worker_failed", role="make")
        return [blob[start : start + VECTOR] for start in range(0, len(blob), VECTOR)]

    async def hold(
        self,
        pairs: Sequence[tuple[int, int]],
        read: Callable[[Sequence[int]], Awaitable[Sequence[Named]]],
    ) -> None:
        """These ids, each with the hash of what was embedded, are to be found.

        `read` is asked for the vectors the finder lacks, some at a time. Raises `ToolFailed`.
        """
        flat = array.array("q", [number for pair in pairs for number in pair])
        _told, blob = await self._finder.ask("hold", flat.tobytes())
        lacking = array.array("q", blob)
        if not lacking:
            return
        for start in range(0, len(lacking), GIVEN_AT_ONCE):
            rows = await read(lacking[start : start + GIVEN_AT_ONCE])
            if rows:
                names = array.array("q", [number for row in rows for number in row[:2]])
                given = names.tobytes() + b"".join(row[2] for row in rows)
                await self._finder.ask("give", given, count=len(rows))
        await self._finder.ask("settle")

    async def near_text(
        self, text: str, limit: int, among: Sequence[int] | None = None
    ) -> list[Near] | None:
        """The nearest to a text; None when the finder must be told again what to `hold`."""
        return await self._find(None, text, limit, among)

    async def near_item(
        self, item: int, limit: int, among: Sequence[int] | None = None
    ) -> list[Near] | None:
        """The nearest to an item, itself first; empty when it has no vector. None: see above."""
        return await self._find(item, "", limit, among)

    async def close(self) -> None:
        """End both workers."""
        await self._maker.close()
        await self._finder.close()

    async def _find(
        self, item: int | None, text: str, limit: int, among: Sequence[int] | None
    ) -> list[Near] | None:
        blob = b"" if among is None else array.array("q", among).tobytes()
        told, _blob = await self._finder.ask(
            "find", blob, item=item, text=text, limit=limit, among=among is not None
        )
        if "strange" in told:
            return None
        pairs = zip(told.get("ids", ()), told.get("scores", ()), strict=True)
        return [Near(item, score) for item, score in pairs]
