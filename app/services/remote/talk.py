"""What a command of the remote is given to answer with, and what a command is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.domain.remote import Person
from app.services.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message: it runs `press`, or opens `url`; one of the two.

    It belongs to the person it was said to and lives an hour; another's press does nothing. A
    press may take minutes, as what it began moves on: it runs beside commands and other presses.
    """

    text: str
    press: Callable[[Talk], Awaitable[None]] | None = None
    url: str = ""


Rows = Sequence[Sequence[Button]]
"""Buttons, row by row."""


class Said(Protocol):
    """A message the station has sent."""

    async def edit(self, text: str, buttons: Rows = ()) -> None:
        """Give it other words and buttons; those it had before press nothing any more.

        It returns at once: edits are paced, only the newest counts, and the last one arrives. The
        same again costs nothing. That the message is gone is no error.
        """


class Talk(Protocol):
    """One person's chat while a command, or a press, of his is answered."""

    @property
    def person(self) -> Person:
        """Who is spoken to."""

    @property
    def phrases(self) -> Phrases:
        """The words, in the owner's language."""

    @property
    def message(self) -> Said | None:
        """The message whose button was pressed; None for a command that was typed."""

    async def say(self, text: str, buttons: Rows = (), file: Path | None = None) -> Said:
        """Send a message, with a picture or film below it when there is one; 50 MB at most.

        Plain text; what is too long for one message is cut. Raises `AppError` when it does not go.
        """


class Command(Protocol):
    """Something the remote can do. It raises `AppError`, which is told in words."""

    @property
    def name(self) -> str:
        """How it is called after the slash: small letters, digits and _.

        What it does stands in the menu and in /help: its phrase is ``remote.menu.<name>``.
        """

    async def run(self, talk: Talk, words: str) -> None:
        """Do it; `words` is what was typed behind the name, without spaces around.

        One runs at a time for each person: his next command, or /cancel, ends it by cancelling
        the task. Presses run beside it, and beside each other; /cancel ends them too.
        """
