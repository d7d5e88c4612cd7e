"""Starts the worker of the local model, asks it, and notices when it hangs or is gone."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import AppError, InvalidInput, ToolFailed
from app.infra.llm.board import Cores
from app.infra.llm.gguf import GgufFacts
from app.runtime.children import Child, Limits, spawn
from app.runtime.worker_environment import worker_environment

log = logging.getLogger(__name__)

SPARE: Final = 3 * 10**9
"""Bytes of address space beside weights and context: code, threads, a second copy in blocks."""
FILES: Final = 256
END_SECONDS: Final = 2.0

Message = dict[str, Any]


class Stopped(Exception):  # noqa: N818 - not an error: somebody wished it
    """The answer was stopped with `Process.stop`."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to load, and how."""

    facts: GgufFacts
    context: int
    cores: Cores
    gpu: bool

    def line(self) -> bytes:
        """The first line for the worker."""
        told = {
            "path": os.fsencode(self.facts.path).hex(), "context": self.context,
            "threads": self.cores.threads, "cores": self.cores.numbers, "gpu": self.gpu,
        }  # fmt: skip
        return json.dumps(told).encode() + b"\n"

    def limits(self) -> Limits:
        """What the kernel allows it. A graphics driver maps more than one can say."""
        if self.gpu:
            return Limits(files=FILES)
        memory = self.facts.bytes * 2 + self.facts.token_memory * self.context + SPARE
        return Limits(memory=memory, files=FILES, file_size=0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, in the worker's words. Roles are ``system``, ``user``, ``assistant``."""

    number: int
    turns: Sequence[tuple[str, str]]
    grammar: str | None
    most_tokens: int
    temperature: float
    seed: int | None

    def line(self) -> bytes:
        """The line for the worker."""
        turns = [{"role": role, "content": text} for role, text in self.turns]
        told = {
            "op": "ask", "id": self.number, "turns": turns, "grammar": self.grammar,
            "most_tokens": self.most_tokens, "temperature": self.temperature, "seed": self.seed,
        }  # fmt: skip
        return json.dumps(told).encode() + b"\n"


class Process:
    """A worker with a loaded model. One question at a time."""

    def __init__(self, child: Child, order: Order, ready: Message) -> None:
        self.order = order
        self.ready = ready
        self._child = child

    @classmethod
    async def start(cls, order: Order, silence: float, on_beat: Callable[[float], None]) -> Process:
        """Load the model; `on_beat` hears how far it is, 0 to 1.

        Raises `InvalidInput` ``errors.model_file_refused`` when the engine does not take the
        file, `ToolFailed` ``errors.model_crashed`` or, after so many seconds without a sign of
        life, ``errors.model_hung``.
        """
        env = worker_environment("PATH", quiet=True)
        child = await spawn(
            [sys.executable, "-m", "app.infra.llm.worker"], limits=order.limits(),
            cwd=Path("/"), env=env, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        made = cls(child, order, {})
        try:
            await made._write(order.line())
            while True:
                told = await made._loading(silence)
                if "ready" in told:
                    made.ready = told
                    return made
                on_beat(told["beat"])
        except BaseException:
            await child.end(0)
            raise

    @property
    def pid(self) -> int:
        """Its process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.code is None

    async def answer(self, asked: Asked, silence: float, on_text: Callable[[str], None]) -> Message:
        """Ask, hand over the text as it comes, and return what the worker says of it.

        Raises `Stopped`, `InvalidInput` ``errors.model_too_long``, `ToolFailed`
        ``errors.model_failed``, or ``errors.model_crashed`` and ``errors.model_hung``, after
        which this process is over.
        """
        await self._write(asked.line())
        while True:
            told = await self._read(silence)
            if told.get("id") != asked.number:
                continue  # a sign of life
            if "text" in told:
                on_text(told["text"])
            elif "done" in told:
                done: Message = told["done"]
                return done
            else:
                raise self._failure(told)

    async def stop(self, number: int) -> None:
        """End the answer with this number soon; `answer` raises `Stopped` unless it was done."""
        # Told twice, or told to one that is over, it does no harm.
        await self._write(json.dumps({"op": "cancel", "id": number}).encode() + b"\n", quiet=True)

    async def end(self) -> None:
        """End the process: the memory is given back."""
        await self._child.end(END_SECONDS)

    async def _loading(self, silence: float) -> Message:
        told = await self._read(silence)
        if "failed" in told:
            name, why = self.order.facts.path.name, str(told.get("why", ""))
            raise InvalidInput("errors.model_file_refused", name=name, why=why)
        return told

    def _failure(self, told: Message) -> Exception:
        if told["failed"] == "stopped":
            return Stopped()
        if told["failed"] == "too_long":
            return InvalidInput(
                "errors.model_too_long", tokens=int(told["tokens"]), room=int(told["room"])
            )
        why = str(told.get("why", ""))
        return ToolFailed("errors.model_failed", name=self.order.facts.name, why=why)

    async def _write(self, line: bytes, *, quiet: bool = False) -> None:
        try:
            self._child.stdin.write(line)
            await self._child.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            if not quiet:
                raise await self._crashed() from error

    async def _read(self, silence: float) -> Message:
        try:
            async with asyncio.timeout(silence):
                line = await self._child.stdout.readline()
        except TimeoutError as error:
            await self._child.end(0)
            log.warning("The local model gave no sign of life for %g s and was ended", silence)
            name = self.order.facts.name
            raise ToolFailed("errors.model_hung", name=name, seconds=silence) from error
        except ValueError as error:  # a line without end
            raise await self._crashed() from error
        if not line.endswith(b"\n"):
            raise await self._crashed()
        try:
            told: Message = json.loads(line)
        except ValueError as error:
            raise await self._crashed() from error
        return told

    async def _crashed(self) -> AppError:
        code = await self._child.end(0)
        log.warning("The local model ended with %s", code)
        return ToolFailed("errors.model_crashed", name=self.order.facts.name, code=code)
