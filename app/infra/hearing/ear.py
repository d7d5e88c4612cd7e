"""The owner's hearing model on this machine: loaded when asked, gone again after a rest."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import math
import os
import struct
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from app.api.thinking import SoundQuestion, SpeechModel, Transcript
from app.domain.errors import Unavailable, Unsupported
from app.domain.intelligence import HearingTrial
from app.infra.ffmpeg.running import Outside
from app.infra.hearing.ggml import WhisperFacts, check
from app.infra.hearing.process import Process
from app.infra.hearing.sound import sentence, sound_of
from app.infra.llm import board
from app.infra.llm.asked import State, Status
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

MODULE: Final = "_pywhispercpp"
SILENCE: Final = 300.0
"""Seconds without a sign of life after which a sound is given up."""
LOAD_SILENCE: Final = 300.0
MOST_WAITING: Final = 100
TRIAL: Final = "Sokoul hears what you say. Tomorrow we watch a film about trains in the mountains."
TRIAL_SECONDS: Final = 5.0
Heard = Callable[[float], None]


def installed() -> bool:
    """Whether there is an engine; quick enough to be asked often."""
    return importlib.util.find_spec(MODULE) is not None


class LocalEar:
    """Hears one sound at a time, in the order they came. Lives on the service loop.

    `chosen` tells the owner's file, `idle` the seconds after which the memory is given back.
    """

    def __init__(
        self,
        chosen: Callable[[], Path | None],
        idle: Callable[[], float],
        *,
        silence: float = SILENCE,
        load_silence: float = LOAD_SILENCE,
    ) -> None:
        self._chosen, self._idle = chosen, idle
        self._silence, self._load_silence = silence, load_silence
        self._turn = asyncio.Lock()
        self._outside = Outside()
        self._process: Process | None = None
        self._stamp: tuple[Path, int] | None = None
        self._facts: dict[tuple[Path, int], WhisperFacts] = {}
        self._state = State.RESTING
        self._waiting = 0
        self._closed = False
        self._tasks = Supervisor("hearing")
        self._resting: asyncio.Task[Any] | None = None
        self._watchers: list[Callable[[], None]] = []

    def on_change(self, call: Callable[[], None]) -> Callable[[], None]:
        """Have `call` called whenever the status is another; returns the way out."""
        self._watchers.append(call)
        return lambda: self._watchers.remove(call) if call in self._watchers else None

    def status(self) -> Status:
        """How it is now."""
        path = self._chosen()
        pid = self._process.pid if self._process is not None and self._process.alive else None
        if not installed():
            state = State.ABSENT
        elif path is None or _stamp(path) is None:
            state = State.NO_FILE
        else:
            state = self._state
        name = path.stem if path is not None else ""
        return Status(state, name, waiting=max(0, self._waiting - 1), pid=pid)

    def described(self) -> SpeechModel | None:
        """What the chosen model is; None while it could not be asked."""
        path = self._chosen()
        stamp = _stamp(path) if path is not None else None
        if path is None or stamp is None or not installed():
            return None
        facts = self._facts.get((path, stamp))
        return SpeechModel(path.name, facts.name if facts else path.stem, 0.0, words=True)

    async def hear(self, question: SoundQuestion, on_progress: Heard | None = None) -> Transcript:
        """Write down what is said in any film or song, in pieces and in words.

        `on_progress` hears how much is done, 0 to 1, when `question.seconds` tells how long it
        is. Cancelling ends it at once. Raises `Unsupported` (``errors.hearing_no_engine``,
        ``…_no_file``, ``errors.no_sound``, ``errors.speech_language``), `NotFound`, `InvalidInput`
        (the model's file), `Unavailable` (no memory now, too much to do) or `ToolFailed` (it
        crashed or hung: that one sound is lost).
        """
        path = self._chosen()
        if path is None:
            raise Unsupported("errors.hearing_no_file")
        return await self._one(path, question, on_progress or (lambda _done: None))

    async def try_out(self, path: Path) -> HearingTrial:
        """Load this file anew, let it hear a sentence, and tell how it did; raises as `hear`."""
        with tempfile.TemporaryDirectory(prefix="sokoul-") as place:
            spoken = Path(place) / "sentence.wav"
            data = await sentence(TRIAL, self._outside)
            seconds = TRIAL_SECONDS
            if data is None:  # no voice here: at least its speed can be told
                data = _hum(TRIAL_SECONDS)
            else:
                seconds = len(data) / 32_000
            await asyncio.to_thread(spoken.write_bytes, data)
            async with self._busy():
                await self._unload()
                process = await self._loaded(path)
                begin = time.monotonic()
                question = SoundQuestion(path.name, str(spoken), "en", seconds)
                told = await self._heard_by(process, question, lambda _done: None)
                took = max(time.monotonic() - begin, 1e-6)
                memory = await asyncio.to_thread(board.memory_of, process.pid)
            text = " ".join(piece.text for piece in told.pieces)
            return HearingTrial(process.load_seconds, seconds / took, memory, text)

    async def rest(self) -> None:
        """Give the memory back, as soon as what is being heard is done."""
        async with self._turn:
            await self._unload()

    async def close(self) -> None:
        """End it, in the middle of whatever it does; who waits gets ``errors.model_closing``."""
        self._closed = True
        if self._process is not None:
            await self._process.stop()
        await self._tasks.close()
        async with self._turn:
            await self._unload()

    async def _one(self, path: Path, question: SoundQuestion, on_progress: Heard) -> Transcript:
        if not installed():
            raise Unsupported("errors.hearing_no_engine")
        async with self._busy():
            return await self._heard_by(await self._loaded(path), question, on_progress)

    async def _heard_by(
        self, process: Process, question: SoundQuestion, on_progress: Heard
    ) -> Transcript:
        def seconds(done: float) -> None:
            if question.seconds > 0:
                on_progress(min(done / question.seconds, 1.0))

        source = sound_of(os.fsencode(question.path), self._outside)
        whole = False
        try:
            async with aclosing(source):
                told = await process.hear(source, question.language or None, self._silence, seconds)
            whole = True
        except Exception as error:
            if self._closed:
                raise Unavailable("errors.model_closing") from error
            raise
        finally:
            if not whole:  # half a sound is in its pipe: the next needs a fresh one
                self._process, self._stamp = None, None
                await process.stop()
        return told

    @asynccontextmanager
    async def _busy(self) -> AsyncIterator[None]:
        """Its turn; afterwards the model stays in memory for a while."""
        if self._closed:
            raise Unavailable("errors.model_closing")
        if self._waiting >= MOST_WAITING:
            raise Unavailable("errors.model_busy", waiting=self._waiting)
        self._waiting += 1
        try:
            async with self._turn:
                if self._closed:
                    raise Unavailable("errors.model_closing")
                if self._resting is not None:
                    self._resting.cancel()
                try:
                    yield
                finally:
                    self._settle()
        finally:
            self._waiting -= 1

    def _settle(self) -> None:
        """Nothing is heard now."""
        if self._process is not None and not self._process.alive:
            self._process, self._stamp = None, None
        if self._process is not None:
            self._resting = self._tasks.spawn(self._rest_later(), "rests")
        self._tell(State.RESTING if self._process is None else State.READY)

    async def _rest_later(self) -> None:
        await asyncio.sleep(max(self._idle(), 0.0))
        async with self._turn:
            await self._unload()

    async def _loaded(self, path: Path) -> Process:
        stamp = (path, _stamp(path) or 0)
        process = self._process
        if process is not None and process.alive and self._stamp == stamp:
            self._tell(State.BUSY)
            return process
        await self._unload()
        self._tell(State.LOADING)
        facts = await asyncio.to_thread(check, path)
        self._facts = {stamp: facts}
        free = board.free_memory()
        if facts.needs > free:
            raise Unavailable(
                "errors.model_no_memory", name=facts.name, needs=facts.needs, have=free
            )
        process = await Process.start(facts, board.cores(), self._load_silence)
        self._process, self._stamp = process, stamp
        log.info("Loaded %s in %.1f s", path.name, process.load_seconds)
        self._tell(State.BUSY)
        return process

    async def _unload(self) -> None:
        process, self._process, self._stamp = self._process, None, None
        if process is not None:
            await process.end()
            self._tell(State.RESTING)

    def _tell(self, state: State) -> None:
        self._state = state
        for call in tuple(self._watchers):
            call()


def _stamp(path: Path) -> int | None:
    """When the file was last written; None when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _hum(seconds: float) -> bytes:
    """A WAV file of a tone."""
    count = int(seconds * 16_000)
    wave = struct.pack(f"<{count}h", *(int(4_000 * math.sin(n / 8)) for n in range(count)))
    head = struct.pack(
        "<4sI8sIHHIIHH4sI", b"RIFF", 36 + len(wave), b"WAVEfmt ", 16, 1, 1, 16_000, 32_000, 2, 16,
        b"data", len(wave),
    )  # fmt: skip
    return head + wave
