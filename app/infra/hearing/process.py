"""Starts the worker that hears, feeds it sound, and notices when it hangs or is gone."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.api.thinking import Heard, Transcript
from app.domain.errors import AppError, InvalidInput, ToolFailed, Unsupported
from app.infra.hearing.ggml import WhisperFacts
from app.infra.llm.board import Cores
from app.runtime.children import Child, Limits, spawn
from app.runtime.worker_environment import worker_environment

log = logging.getLogger(__name__)

SPARE: Final = 4 * 10**9
"""Bytes of address space beside the weights: code, threads, a stretch of sound."""
FILES: Final = 256
END_SECONDS: Final = 2.0
MOST_PIECES: Final = 200_000

Message = dict[str, Any]


@dataclass(slots=True)
class _Heard:
    """What was told so far."""

    pieces: list[Heard] = field(default_factory=list)
    words: list[Heard] = field(default_factory=list)

    def add(self, told: Message) -> None:
        for kept, more in ((self.pieces, told["pieces"]), (self.words, told["words"])):
            room = MOST_PIECES - len(kept)
            kept.extend(Heard(start, end, text) for start, end, text in more[:room])


class Process:
    """A worker with a loaded model. One sound at a time; cancelled in its middle it must end."""

    def __init__(self, child: Child, facts: WhisperFacts) -> None:
        self.facts = facts
        self.load_seconds = 0.0
        self._child = child

    @classmethod
    async def start(cls, facts: WhisperFacts, cores: Cores, silence: float) -> Process:
        """Load the model.

        Raises `InvalidInput` ``errors.model_file_refused`` when the engine does not take the
        file, `ToolFailed` ``errors.model_crashed`` or, after so many seconds without a sign of
        life, ``errors.model_hung``.
        """
        env = worker_environment("PATH", quiet=True)
        child = await spawn(
            [sys.executable, "-m", "app.infra.hearing.worker"],
            limits=Limits(memory=facts.bytes * 2 + SPARE, files=FILES, file_size=0),
            cwd=Path("/"), env=env, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        made = cls(child, facts)
        order = {
            "path": os.fsencode(facts.path).hex(), "threads": cores.threads,
            "cores": cores.numbers,
        }  # fmt: skip
        try:
            await made._begin(order)
            while "ready" not in (told := await made._loading(silence)):
                pass
            made.load_seconds = float(told["seconds"])
        except BaseException:
            await child.end(0)
            raise
        return made

    @property
    def pid(self) -> int:
        """Its process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.code is None

    async def hear(
        self,
        sound: AsyncIterator[bytes],
        language: str | None,
        silence: float,
        on_seconds: Callable[[float], None],
    ) -> Transcript:
        """Write down what is said; `on_seconds` hears how much of the sound is done.

        Raises what `sound` raises; `Unsupported` ``errors.speech_language`` when the model does
        not know it; `ToolFailed` ``errors.model_failed``, ``…_crashed`` and ``…_hung``. After any
        of them, or when it is cancelled, this process is of no use any more.
        """
        await self._begin({"op": "hear", "language": language})
        feeding = asyncio.ensure_future(self._feed(sound))
        try:
            return await self._answer(feeding, language, silence, on_seconds)
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    async def end(self) -> None:
        """End the process: the memory is given back."""
        await self._child.end(END_SECONDS)

    async def stop(self) -> None:
        """End it at once, in the middle of whatever it does."""
        await self._child.end(0)

    async def _answer(
        self,
        feeding: asyncio.Future[None],
        language: str | None,
        silence: float,
        on_seconds: Callable[[float], None],
    ) -> Transcript:
        heard = _Heard()
        while True:
            reading = asyncio.ensure_future(self._read(silence))
            both: set[asyncio.Future[Any]] = {reading, feeding}
            try:
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if feeding.done() and not feeding.cancelled() and feeding.exception() is not None:
                    await feeding  # raises why there is no more sound
                told = await reading
            finally:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)
            if "heard" in told:
                heard.add(told)
                on_seconds(float(told["heard"]))
            elif "done" in told:
                found = str(told["done"]["language"]) or language or ""
                return Transcript(found, tuple(heard.pieces), tuple(heard.words))
            elif "failed" in told:
                raise self._failure(told, language)

    async def _loading(self, silence: float) -> Message:
        told = await self._read(silence)
        if "failed" in told:
            name, why = self.facts.path.name, str(told.get("why", ""))
            raise InvalidInput("errors.model_file_refused", name=name, why=why)
        return told

    async def _feed(self, sound: AsyncIterator[bytes]) -> None:
        try:
            async for data in sound:
                await self._write({"op": "sound", "bytes": len(data)}, data)
            await self._write({"op": "end"})
        except (BrokenPipeError, ConnectionResetError):
            pass  # a worker that is gone in its middle is noticed, and told of, by who reads

    def _failure(self, told: Message, language: str | None) -> AppError:
        if told["failed"] == "language":
            return Unsupported(
                "errors.speech_language", name=self.facts.name, language=language or ""
            )
        why = str(told.get("why", ""))
        return ToolFailed("errors.model_failed", name=self.facts.name, why=why)

    async def _write(self, message: Message, data: bytes = b"") -> None:
        self._child.stdin.write(json.dumps(message).encode() + b"\n" + data)
        await self._child.stdin.drain()

    async def _begin(self, message: Message) -> None:
        try:
            await self._write(message)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise await self._crashed() from error

    async def _read(self, silence: float) -> Message:
        try:
            async with asyncio.timeout(silence):
                line = await self._line()
        except TimeoutError as error:
            await self._child.end(0)
            log.warning("What hears gave no sign of life for %g s and was ended", silence)
            name = self.facts.name
            raise ToolFailed("errors.model_hung", name=name, seconds=silence) from error
        if not line.endswith(b"\n"):
            raise await self._crashed()
        try:
            told: Message = json.loads(line)
        except ValueError as error:
            raise await self._crashed() from error
        return told

    async def _line(self) -> bytes:
        """A line of any length up to a ceiling: a stretch may have hundreds of words."""
        parts: list[bytes] = []
        while True:
            try:
                return b"".join([*parts, await self._child.stdout.readuntil(b"\n")])
            except asyncio.IncompleteReadError as error:
                return error.partial
            except asyncio.LimitOverrunError as error:
                parts.append(await self._child.stdout.readexactly(error.consumed))
                if sum(map(len, parts)) > 2**24:
                    return b""

    async def _crashed(self) -> AppError:
        code = await self._child.end(0)
        log.warning("What hears ended with %s", code)
        return ToolFailed("errors.model_crashed", name=self.facts.name, code=code)
