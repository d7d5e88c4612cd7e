"""What is asked of the local model and how it is told: the owner's choice, states, questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.api.thinking import Finish, TextAnswer, TextQuestion
from app.infra.llm.process import Asked, Message


class State(StrEnum):
    """How the local model is."""

    ABSENT = "absent"  # the engine is not installed
    NO_FILE = "no_file"  # no model is chosen, or its file is away
    RESTING = "resting"  # it would be loaded when asked
    LOADING = "loading"
    READY = "ready"  # in memory
    BUSY = "busy"  # answering


@dataclass(frozen=True, slots=True)
class Choice:
    """What the owner chose. `context` and `threads`: None leaves it to the board."""

    path: Path
    context: int | None = None
    threads: int | None = None
    gpu: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """How it is now. `progress` of loading, 0 to 1; `waiting` questions beside the running one."""

    state: State
    name: str = ""
    progress: float = 0.0
    waiting: int = 0
    pid: int | None = None


@dataclass(slots=True, eq=False)
class Waiting:
    """A question on its way; `answer` gets what was written and the worker's figures."""

    urgency: int
    number: int
    choice: Choice
    question: TextQuestion
    grammar: str | None
    answer: asyncio.Future[tuple[TextAnswer, Message]]
    on_text: Callable[[str], None] | None
    fresh: bool = False  # loads the model anew
    again: bool = False  # makes room for a more urgent one, and is written anew afterwards
    texts: list[str] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int]:
        """Its place in the queue."""
        return self.urgency, self.number

    def hear(self, text: str) -> None:
        """More of the answer."""
        self.texts.append(text)
        if self.on_text is not None and not self.answer.done():
            self.on_text(text)

    def words(self) -> Asked:
        """The question in the worker's words."""
        question = self.question
        turns = [(turn.role, turn.text) for turn in question.turns]
        if question.system:
            turns.insert(0, ("system", question.system))
        return Asked(
            self.number, turns, self.grammar, question.most_tokens, question.temperature,
            question.seed,
        )  # fmt: skip

    def answered(self, told: Message) -> None:
        """Hand over the answer, unless nobody waits for it any more."""
        if self.answer.done():
            return
        finish = Finish.CUT if told["cut"] else Finish.COMPLETE
        text = TextAnswer(
            "".join(self.texts), finish, int(told["read_tokens"]), int(told["written_tokens"]),
            self.choice.path.stem,
        )  # fmt: skip
        self.answer.set_result((text, told))

    def failed(self, error: Exception) -> None:
        """Hand over why there is none."""
        if not self.answer.done():
            self.answer.set_exception(error)
