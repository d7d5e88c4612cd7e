"""A chat in memory for tests of commands: it keeps what was said and lets a test press a button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.remote import Person
from app.services.phrases import Phrases
from app.services.remote.talk import Button, Rows, Said

ANNA = Person(4711, "Anna", 1_700_000_000.0)


class FakeSaid:
    """A message: `texts` are its words from the first to the newest, `rows` its buttons now."""

    def __init__(self, text: str, rows: Rows, file: Path | None) -> None:
        self.texts = [text]
        self.rows: tuple[tuple[Button, ...], ...] = tuple(tuple(row) for row in rows)
        self.file = file

    @property
    def text(self) -> str:
        """The words now."""
        return self.texts[-1]

    @property
    def buttons(self) -> list[Button]:
        """Its buttons now, in one row."""
        return [button for row in self.rows for button in row]

    def button(self, text: str) -> Button:
        """The button which has this in its words; the exact one when there is one."""
        fitting = [one for one in self.buttons if text in one.text]
        assert fitting, f"no button {text!r} among {[one.text for one in self.buttons]}"
        return next((one for one in fitting if one.text == text), fitting[0])

    async def edit(self, text: str, buttons: Rows = ()) -> None:
        """Keep the new words, unless they are the same."""
        rows = tuple(tuple(row) for row in buttons)
        if text != self.text:
            self.texts.append(text)
        self.rows = rows


class FakeTalk:
    """Implements `Talk`; `said` is every message, the oldest first, of its presses too."""

    def __init__(
        self,
        person: Person = ANNA,
        language: str = "en",
        said: list[FakeSaid] | None = None,
        message: FakeSaid | None = None,
    ) -> None:
        self.person = person
        self.phrases = Phrases(lambda: language)
        self.said: list[FakeSaid] = [] if said is None else said
        self.pressed = message
        self._language = language

    @property
    def message(self) -> Said | None:
        """The message whose button was pressed."""
        return self.pressed

    @property
    def last(self) -> FakeSaid:
        """The newest message."""
        return self.said[-1]

    @property
    def texts(self) -> Sequence[str]:
        """The words of every message, as they are now."""
        return [one.text for one in self.said]

    async def say(self, text: str, buttons: Rows = (), file: Path | None = None) -> FakeSaid:
        """Keep a message."""
        made = FakeSaid(text, buttons, file)
        self.said.append(made)
        return made

    async def press(self, text: str, message: FakeSaid | None = None) -> None:
        """Press the button with these words, below the newest message or another."""
        under = message or self.last
        button = under.button(text)
        assert button.press is not None, f"{button.text!r} opens an address"
        await button.press(FakeTalk(self.person, self._language, self.said, under))
