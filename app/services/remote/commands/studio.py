"""`/studio [TOPIC]`: the videos that are made, and a new one after a yes to its price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.budget import Scope, money
from app.domain.errors import AppError
from app.domain.project import Brief, ProjectId, ProjectState, Shape
from app.domain.studio import ProjectCard
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands import projects, telling
from app.services.remote.commands.projects import Projects
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import lines, rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.budget.service import BudgetService
    from app.services.studio.service import StudioService

MOST: Final = 8
LENGTHS: Final = (30, 60, 90)
SHAPES: Final = (Shape.PORTRAIT, Shape.WIDE)
_ORDER: Final = (ProjectState.RUNNING, ProjectState.FAILED, ProjectState.PAUSED)


class StudioCommand:
    """Implements `Command`."""

    name = "studio"

    def __init__(
        self, studio: StudioService, budget: BudgetService, bus: EventBus, sheets: Sheets
    ) -> None:
        self._studio, self._budget, self._sheets = studio, budget, sheets
        self._projects = Projects(studio, bus, sheets)

    async def run(self, talk: Talk, words: str) -> None:
        """List projects, or ask whether a video about this is to be made."""
        sheet = await self._sheets.open(talk, Face(talk.phrases.say("remote.looking")))
        topic = " ".join(words.split())
        if topic:
            await self._ask(talk, sheet, Brief(topic=topic, language=talk.phrases.language))
        else:
            await self._list(talk, sheet)

    async def _list(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases
        cards = sorted(await self._studio.list(), key=_place)
        if not cards:
            await sheet.show(Face(phrases.say("remote.studio.none")))
            return
        listed = [f"{at}. {projects.brief(phrases, one)}" for at, one in enumerate(cards[:MOST], 1)]
        more = len(cards) - MOST
        text = lines(
            phrases.say("remote.studio.head"), "\n", *listed,
            phrases.say("remote.and_more", count=more) if more > 0 else "",
            "\n", phrases.say("remote.studio.hint"),
        )  # fmt: skip
        numbers = [self._number(sheet, at, one.id) for at, one in enumerate(cards[:MOST], 1)]
        await sheet.show(Face(text, rows(numbers)))

    def _number(self, sheet: Sheet, at: int, project: ProjectId) -> Button:
        async def back(talk: Talk) -> None:
            await self._list(talk, sheet)

        async def press(talk: Talk) -> None:
            await self._projects.follow(talk, sheet, project, back)

        return Button(str(at), press)

    async def _ask(self, talk: Talk, sheet: Sheet, brief: Brief) -> None:
        """Say what it will be and what it costs; nothing begins before a yes."""
        phrases = talk.phrases
        price = (await self._studio.makers(brief)).price
        text = lines(
            phrases.say("remote.studio.ask"),
            "\n",
            short(brief.topic, 300),
            phrases.say(
                "remote.studio.brief",
                length=telling.length(phrases, brief.seconds),
                shape=brief.shape.value,
                language=phrases.say(f"remote.language.{brief.language}"),
            ),
            _price(phrases, price),
            await self._left(phrases) if price != 0 else "",
        )

        async def no(talk: Talk) -> None:
            await sheet.show(Face(talk.phrases.say("remote.studio.not_made")))

        async def yes(talk: Talk) -> None:
            await self._make(talk, sheet, brief)

        buttons = [
            [
                Button(phrases.say("remote.studio.yes"), yes),
                Button(phrases.say("remote.no"), no),
            ],
            [
                self._other(phrases, sheet, replace(brief, seconds=one))
                for one in LENGTHS
                if one != brief.seconds
            ],
            [
                self._shaped(phrases, sheet, replace(brief, shape=one))
                for one in SHAPES
                if one is not brief.shape
            ],
        ]
        await sheet.show(Face(text, buttons))

    async def _make(self, talk: Talk, sheet: Sheet, brief: Brief) -> None:
        try:
            project = await self._studio.create(brief)
        except AppError as error:
            await sheet.show(Face(telling.why(talk.phrases, error.key, error.args_map)))
            return
        await self._projects.follow(talk, sheet, project, hand_over=True)

    def _other(self, phrases: Phrases, sheet: Sheet, brief: Brief) -> Button:
        async def press(talk: Talk) -> None:
            await self._ask(talk, sheet, brief)

        return Button(telling.length(phrases, brief.seconds), press)

    def _shaped(self, phrases: Phrases, sheet: Sheet, brief: Brief) -> Button:
        async def press(talk: Talk) -> None:
            await self._ask(talk, sheet, brief)

        return Button(phrases.say("remote.studio.shape", shape=brief.shape.value), press)

    async def _left(self, phrases: Phrases) -> str:
        """What may still be spent, by the limits of everything."""
        spending = await self._budget.spending()
        told = [
            phrases.say(
                f"remote.budget.{one.limit.span.value}",
                left=money(one.left, spending.currency, down=True),
                limit=money(one.limit.amount, spending.currency),
            )
            for one in spending.limits
            if one.limit.scope is Scope.TOTAL
        ]
        return lines(*told)


def _price(phrases: Phrases, price: int | None) -> str:
    if price is None:
        return phrases.say("remote.studio.price_unknown")
    if not price:
        return phrases.say("remote.studio.free")
    return phrases.say("remote.studio.price", amount=money(price, projects.CURRENCY))


def _place(card: ProjectCard) -> tuple[int, float]:
    """What is under way first, then what wants somebody, then the latest."""
    place = _ORDER.index(card.state) if card.state in _ORDER else len(_ORDER)
    return place, -card.updated
