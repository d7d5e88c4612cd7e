"""A video of the Studio in a message: its steps, live, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.budget import money
from app.domain.events import StudioChanged, StudioMoved
from app.domain.project import ProjectId, ProjectState, StepState
from app.domain.studio import ProjectCard, ProjectView, StepView
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.studio.service import StudioService

CURRENCY: Final = "USD"
"""What price lists of services are in."""
LONGEST: Final = 6 * 3600.0
LARGEST: Final = 50_000_000
"""Bytes of a file that can be sent to a phone."""
_MARKS: Final = {
    StepState.WAITING: "○",
    StepState.RUNNING: "▶",
    StepState.DONE: "✓",
    StepState.FAILED: "✗",
    StepState.PAUSED: "⏸",
    StepState.SKIPPED: "–",
}
_QUIET: Final = (StepState.WAITING, StepState.SKIPPED)
_REST: Final = (ProjectState.DRAFT, ProjectState.PAUSED, ProjectState.FAILED, ProjectState.DONE)


def brief(phrases: Phrases, card: ProjectCard) -> str:
    """A project in two lines."""
    step = phrases.say(f"remote.studio.step.{card.step.value}") if card.step else ""
    state = phrases.say(f"remote.studio.{card.state.value}")
    moving = telling.share(card.progress) if card.state is ProjectState.RUNNING else ""
    return f"{short(card.title)}\n    {joined((moving, state, step))}"


def whole(phrases: Phrases, view: ProjectView) -> str:
    """A project with its steps."""
    card = view.card
    steps = [_step(phrases, one) for one in view.steps if one.state is not StepState.SKIPPED]
    paid = money(view.spent, CURRENCY) if view.spent else ""
    done = card.state is ProjectState.DONE
    return lines(
        short(card.title, 120),
        joined(
            (
                "" if done else telling.share(card.progress),
                phrases.say(f"remote.studio.{card.state.value}"),
                telling.length(phrases, card.seconds) if card.seconds else "",
                phrases.say("remote.studio.paid", amount=paid) if paid else "",
            )
        ),
        "" if done else "\n",
        *([] if done else steps),
    )


def _step(phrases: Phrases, one: StepView) -> str:
    name = phrases.say(f"remote.studio.step.{one.step.value}")
    parts = f"{one.done}/{one.total}" if one.total and one.state not in _QUIET else ""
    reason = ""
    if one.state is StepState.FAILED:
        reason = telling.why(phrases, one.message, one.message_args)
    return f"{_MARKS[one.state]} {joined((name, parts, reason))}"


class Projects:
    """Follows projects in sheets, and hands over what they became."""

    def __init__(self, studio: StudioService, bus: EventBus, sheets: Sheets) -> None:
        self._studio, self._bus, self._sheets = studio, bus, sheets

    async def follow(
        self,
        talk: Talk,
        sheet: Sheet,
        project: ProjectId,
        back: Callable[[Talk], Awaitable[None]] | None = None,
        *,
        hand_over: bool = False,
    ) -> None:
        """Show it live until it is done or stands still.

        With `hand_over` the video is sent when it is done, if it was made while this was shown.
        """
        phrases = talk.phrases
        last: list[ProjectView] = []

        async def draw() -> Face:
            view = await self._studio.view(project)
            last[:] = [view]
            buttons = self._buttons(phrases, sheet, view, back)
            return Face(whole(phrases, view), buttons, view.card.state in _REST)

        async def again(talk: Talk) -> None:
            await self.follow(talk, sheet, project, back)

        refresh = Button(phrases.say("remote.refresh"), again)
        kinds = (StudioMoved, StudioChanged)
        await sheet.live(self._bus, kinds, draw, again=refresh, lasts=LONGEST)
        if hand_over and last and last[0].card.state is ProjectState.DONE:
            await self.send(talk, last[0])

    async def send(self, talk: Talk, view: ProjectView) -> None:
        """Send the video, or its picture and where it lies when it is too large for a phone."""
        phrases, path = talk.phrases, Path(view.video)
        amount = await asyncio.to_thread(_size_of, path) if view.video else None
        title = short(view.details.title if view.details else view.card.title, 120)
        if amount is None:
            await talk.say(phrases.say("remote.studio.no_file"))
        elif amount <= LARGEST:
            await talk.say(title, file=path)
        else:
            told = phrases.say("remote.studio.too_large", size=telling.size(phrases, amount))
            picture = await asyncio.to_thread(_picture_of, view)
            await talk.say(lines(title, told), file=picture)

    def _buttons(
        self,
        phrases: Phrases,
        sheet: Sheet,
        view: ProjectView,
        back: Callable[[Talk], Awaitable[None]] | None,
    ) -> list[list[Button]]:
        project, state = view.card.id, view.card.state

        async def pause(talk: Talk) -> None:
            await self._studio.pause(project)
            await self.follow(talk, sheet, project, back)

        async def start(talk: Talk) -> None:
            await self._studio.start(project)
            await self.follow(talk, sheet, project, back, hand_over=True)

        async def send(talk: Talk) -> None:
            await self.send(talk, view)

        found: list[Button] = []
        if state is ProjectState.RUNNING:
            found.append(Button(phrases.say("remote.studio.pause"), pause))
        elif state is ProjectState.DONE:
            found.append(Button(phrases.say("remote.studio.send"), send))
        else:
            found.append(Button(phrases.say("remote.studio.go_on"), start))
        if back is not None:
            found.append(Button(phrases.say("remote.back"), back))
        return [found]


def _size_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _picture_of(view: ProjectView) -> Path | None:
    """The thumbnail that was chosen, when it is there."""
    chosen = next((one.path for one in view.thumbnails if one.chosen and one.path), "")
    place = Path(chosen) if chosen else None
    return place if place is not None and place.is_file() else None
