"""The owner's language model on this machine: loaded when asked, gone again after a rest."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from app.api.thinking import TextAnswer, TextModel, TextQuestion
from app.domain.errors import Unavailable, Unsupported
from app.infra.llm import board, trial
from app.infra.llm.asked import Choice, State, Status, Waiting
from app.infra.llm.engine import has_vulkan, installed
from app.infra.llm.gguf import GgufFacts, check
from app.infra.llm.grammar import gbnf
from app.infra.llm.process import Message, Order, Process, Stopped
from app.runtime.supervisor import Supervisor

__all__ = ["BACKGROUND", "SOON", "WAITED_FOR", "Choice", "LocalModel", "State", "Status"]

log = logging.getLogger(__name__)

WAITED_FOR, SOON, BACKGROUND = 0, 1, 2
"""Urgencies; the lowest number comes first."""
SILENCE: Final = 120.0
"""Seconds without a sign of life after which an answer is given up: a slow board reads slowly."""
LOAD_SILENCE: Final = 300.0
"""The same while loading: gigabytes from a slow disk."""
MOST_WAITING: Final = 500
USUAL_CONTEXT: Final = 8_192


class LocalModel:
    """Answers one question at a time, the most urgent first. Lives on the service loop.

    `chosen` tells the owner's choice, `idle` the seconds after which the memory is given back.
    """

    def __init__(
        self,
        chosen: Callable[[], Choice | None],
        idle: Callable[[], float],
        *,
        silence: float = SILENCE,
        load_silence: float = LOAD_SILENCE,
    ) -> None:
        self._chosen, self._idle = chosen, idle
        self._silence, self._load_silence = silence, load_silence
        self._numbers = itertools.count(1)
        self._waiting: list[Waiting] = []
        self._running: Waiting | None = None
        self._process: Process | None = None
        self._loaded: tuple[Choice, int] | None = None
        self._loading: str | None = None
        self._progress = 0.0
        self._facts: dict[tuple[Path, int], GgufFacts] = {}
        self._tasks = Supervisor("local model")
        self._runner: asyncio.Task[Any] | None = None
        self._wake = asyncio.Event()
        self._rest_now = False
        self._closed = False
        self._watchers: list[Callable[[], None]] = []

    def on_change(self, call: Callable[[], None]) -> Callable[[], None]:
        """Have `call` called whenever the status is another; returns the way out."""
        self._watchers.append(call)
        return lambda: self._watchers.remove(call) if call in self._watchers else None

    def status(self) -> Status:
        """How it is now."""
        choice = self._chosen()
        name = choice.path.stem if choice is not None else ""
        state = self._state(choice)
        if state is State.LOADING and self._loading is not None:
            name = self._loading
        progress = self._progress if state is State.LOADING else 0.0
        return Status(state, name, progress, len(self._waiting), self._pid)

    @property
    def _pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.alive else None

    def _state(self, choice: Choice | None) -> State:
        if not installed():
            return State.ABSENT
        if self._loading is not None:
            return State.LOADING
        if self._running is not None:
            return State.BUSY
        if choice is None or _stamp(choice.path) is None:
            return State.NO_FILE
        return State.READY if self._pid is not None else State.RESTING

    def described(self) -> TextModel | None:
        """What the chosen model is; None while it could not be asked."""
        choice = self._chosen()
        if choice is None or not installed():
            return None
        stamp = _stamp(choice.path)
        if stamp is None:
            return None
        facts = self._facts.get((choice.path, stamp))
        if facts is None:
            return TextModel(choice.path.name, choice.path.stem, USUAL_CONTEXT, 40, 0.0, 0.0)
        loaded = self._process is not None and self._loaded == (choice, stamp)
        context = self._process.ready["context"] if loaded and self._process else facts.context
        return TextModel(
            choice.path.name, facts.name, min(context, board.LONG_CONTEXT),
            trial.strength(facts.parameters), 0.0, 0.0,
        )  # fmt: skip

    async def complete(
        self,
        question: TextQuestion,
        *,
        urgency: int = SOON,
        on_text: Callable[[str], None] | None = None,
    ) -> TextAnswer:
        """Answer; with a schema the answer is JSON that fits it unless it is `Finish.CUT`.

        `on_text` hears the text as it comes. Cancelling stops the writing within a moment.
        Raises `Unsupported` (``errors.model_no_engine``, ``…_no_file``), `InvalidInput` (the
        file, or a question that is too long), `Unavailable` (no memory now) or `ToolFailed` (it
        crashed or hung: that one answer is lost).
        """
        choice = self._chosen()
        if choice is None:
            raise Unsupported("errors.model_no_file")
        answer, _told = await self._ask(choice, question, urgency, on_text)
        return answer

    async def try_out(self, path: Path) -> trial.Trial:
        """Load this file anew, ask one question, and tell how it went; raises as `complete`."""
        known = self._chosen()
        choice = known if known is not None and known.path == path else Choice(path)
        question = trial.question(path.name)
        answer, told = await self._ask(choice, question, WAITED_FOR, None, fresh=True)
        process = self._process
        if process is None or not process.alive:
            raise Unavailable("errors.model_crashed", name=path.stem, code=0)
        memory = await asyncio.to_thread(board.memory_of, process.pid)
        return trial.told(process.order, process.ready, answer, told, memory)

    async def rest(self) -> None:
        """Give the memory back now, or as soon as the running answer is written."""
        self._rest_now = True
        self._wake.set()

    async def close(self) -> None:
        """End it; who still waits gets `Unavailable` ``errors.model_closing``."""
        self._closed = True
        await self._tasks.close()
        await self._unload()
        left = [*self._waiting, *([self._running] if self._running else [])]
        self._waiting.clear()
        self._running = None
        for asked in left:
            asked.failed(Unavailable("errors.model_closing"))

    async def _ask(
        self,
        choice: Choice,
        question: TextQuestion,
        urgency: int,
        on_text: Callable[[str], None] | None,
        *,
        fresh: bool = False,
    ) -> tuple[TextAnswer, Message]:
        if not installed():
            raise Unsupported("errors.model_no_engine")
        if self._closed:
            raise Unavailable("errors.model_closing")
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable("errors.model_busy", waiting=len(self._waiting))
        grammar = None if question.schema is None else gbnf(question.schema)
        future: asyncio.Future[tuple[TextAnswer, Message]]
        future = asyncio.get_running_loop().create_future()
        number = next(self._numbers)
        asked = Waiting(urgency, number, choice, question, grammar, future, on_text, fresh)
        self._put(asked)
        try:
            return await future
        finally:
            if not future.done() or future.cancelled():
                self._drop(asked)

    def _put(self, asked: Waiting) -> None:
        self._queue(asked)
        running = self._running
        # What nobody looks at makes room, and is written anew afterwards.
        if (
            running is not None
            and asked.urgency < running.urgency >= BACKGROUND
            and running.on_text is None
            and not running.again
        ):
            running.again = True
            self._stop(running)
        self._wake.set()
        if self._runner is None or self._runner.done():
            self._runner = self._tasks.spawn(self._run(), "answers")
        self._tell()

    def _drop(self, asked: Waiting) -> None:
        asked.answer.cancel()
        if asked in self._waiting:
            self._waiting.remove(asked)
            self._tell()
        elif asked is self._running:
            self._stop(asked)

    def _stop(self, asked: Waiting) -> None:
        if self._process is not None and self._loading is None:
            self._tasks.spawn(self._process.stop(asked.number), "stops an answer")

    async def _run(self) -> None:
        """Answer while there are questions, and stay until the model was at rest long enough."""
        while True:
            while self._waiting:
                self._running = self._waiting.pop(0)
                self._tell()
                try:
                    await self._serve(self._running)
                finally:
                    if not self._closed:
                        self._running = None
                self._tell()
            if self._process is None:
                return
            if not self._rest_now and await self._more_came():
                continue
            await self._unload()

    async def _more_came(self) -> bool:
        self._wake.clear()
        try:
            async with asyncio.timeout(max(self._idle(), 0.0)):
                await self._wake.wait()
        except TimeoutError:
            return bool(self._waiting)
        return not self._rest_now

    async def _serve(self, asked: Waiting) -> None:
        try:
            process = await self._loaded_for(asked)
            if asked.answer.done():
                return  # nobody waits for it any more
            if not asked.again:  # else something more urgent came while it was loaded
                asked.answered(await process.answer(asked.words(), self._silence, asked.hear))
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 - told to the one who asked; the others go on
            asked.failed(error)
            if self._process is not None and not self._process.alive:
                await self._unload()
            elif self._process is not None:  # what hears the text may have failed: write no more
                await self._process.stop(asked.number)
        if not asked.answer.done():
            asked.again = False
            asked.texts.clear()
            self._queue(asked)

    def _queue(self, asked: Waiting) -> None:
        self._waiting.append(asked)
        self._waiting.sort(key=lambda each: each.rank)

    async def _loaded_for(self, asked: Waiting) -> Process:
        choice, stamp = asked.choice, _stamp(asked.choice.path)
        same = self._process is not None and self._process.alive and not asked.fresh
        if same and self._loaded == (choice, stamp) and self._process is not None:
            return self._process
        await self._unload()
        self._loading, self._progress = choice.path.stem, 0.0
        asked.fresh = False
        self._tell()
        try:
            facts = await asyncio.to_thread(check, choice.path)
            self._facts = {(choice.path, stamp or 0): facts}
            cores = board.cores()
            if choice.threads is not None:
                cores = board.Cores(cores.numbers, choice.threads)
            context = board.context_for(facts, choice.context)
            order = Order(facts, context, cores, choice.gpu and has_vulkan())
            self._process = await Process.start(order, self._load_silence, self._beat)
            self._loaded = (choice, stamp or 0)
        finally:
            self._loading = None
            self._tell()
        log.info("Loaded %s in %.1f s", choice.path.name, self._process.ready["seconds"])
        return self._process

    async def _unload(self) -> None:
        process, self._process, self._loaded = self._process, None, None
        self._rest_now = False
        if process is not None:
            await process.end()
            self._tell()

    def _beat(self, progress: float) -> None:
        self._progress = progress
        self._tell()

    def _tell(self) -> None:
        for call in tuple(self._watchers):
            call()


def _stamp(path: Path) -> int | None:
    """When the file was last written; None when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
