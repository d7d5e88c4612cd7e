"""A first-time setup written as a straight line: ask, try, ask again, done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import AppError, InvalidInput
from app.domain.options import Option, Value


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of the owner now. `problem` says what was wrong with the last answer."""

    fields: tuple[Option, ...]
    title: str = ""  # keys of the plugin's strings
    note: str = ""
    problem: AppError | None = None


class SetupSession:
    """Stands between a plugin's setup and whoever shows its forms. No UI is known here.

    The plugin awaits `form()`; the other side takes `next_form()` until it is None, and replies
    with `answer()` or `cancel()`. Both sides live on the same loop.
    """

    def __init__(self) -> None:
        self._forms: asyncio.Queue[Form | None] = asyncio.Queue()
        self._waiting: asyncio.Future[dict[str, Value]] | None = None
        self._asked: Form | None = None

    async def form(
        self,
        fields: Sequence[Option],
        *,
        title: str = "",
        note: str = "",
        problem: AppError | None = None,
    ) -> Mapping[str, Value]:
        """Ask the owner and return checked values by name; cancelled when the owner leaves."""
        self._asked = Form(tuple(fields), title, note, problem)
        self._waiting = asyncio.get_running_loop().create_future()
        self._forms.put_nowait(self._asked)
        return await self._waiting

    async def next_form(self) -> Form | None:
        """Return the next form to show, or None when the setup has ended."""
        return await self._forms.get()

    def answer(self, values: Mapping[str, object]) -> None:
        """Send what the owner filled in; `InvalidInput` leaves the form waiting."""
        if self._asked is None or self._waiting is None or self._waiting.done():
            raise InvalidInput("errors.setup_not_asked")
        checked = {
            field.name: field.check(values.get(field.name, field.default))
            for field in self._asked.fields
        }
        self._waiting.set_result(checked)

    def cancel(self) -> None:
        """The owner left: the waiting `form()` is cancelled."""
        if self._waiting is not None:
            self._waiting.cancel()

    def finish(self) -> None:
        """Tell the other side that no form follows; called by whoever runs the setup."""
        self._forms.put_nowait(None)
