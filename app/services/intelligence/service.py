"""What the rest of the station asks of models: always answered, by rules when no model is."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.api.thinking import SoundQuestion, Transcript
from app.domain.errors import NotFound
from app.domain.events import PluginStateChanged, SettingsChanged
from app.domain.intelligence import Chain, Made
from app.domain.meaning import Alike, Known
from app.domain.media import Card, Details, ItemId, LibraryQuery, MediaKind
from app.domain.search import Offer, Wanted
from app.runtime.bus import EventBus
from app.services.intelligence.asking import Asker
from app.services.intelligence.chains import chains
from app.services.intelligence.dialogue import Dialogue
from app.services.intelligence.hearing import Hearer, Progress
from app.services.intelligence.prompt import Prompt
from app.services.intelligence.routing import Place
from app.services.intelligence.store import AnswerStore
from app.services.intelligence.tasks import (
    describing,
    fakes,
    recommending,
    summaries,
    timing,
    translating,
    wishes,
)
from app.services.intelligence.tasks.describing import VideoFacts, VideoWords
from app.services.intelligence.tasks.recommending import Candidate, Recommendation, Watched
from app.services.intelligence.tasks.summaries import Summary
from app.services.intelligence.tasks.timing import Post, Slot
from app.services.intelligence.tasks.titles import TitleJudge
from app.services.intelligence.tasks.translating import Going, quietly
from app.services.intelligence.tasks.wishes import Wish
from app.services.intelligence.videos import Step, Told, VideoTeller

HISTORY: Final = 30
LIKE: Final = 10
SHELF: Final = 120
"""So many items are looked at for a recommendation: those nearest in meaning, and the latest."""


class Library(Protocol):
    """What is asked of the library."""

    async def details(self, item: ItemId) -> Details:
        """Everything about an item; `NotFound`."""

    async def listing(self, query: LibraryQuery) -> Sequence[int]:
        """The items a query asks for, in order."""

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """The cards of these items."""


class History(Protocol):
    """What is asked of the player's memory."""

    async def history(self, limit: int = 100) -> list[tuple[ItemId, float]]:
        """What was watched and how much of it, latest first."""


class Meaning(Protocol):
    """What is asked of the meaning of things."""

    async def like(self, item: ItemId, limit: int = 20) -> Made[tuple[Alike, ...]]:
        """What is like an item."""

    async def known(self, items: Sequence[ItemId]) -> dict[ItemId, Known]:
        """What was learnt of items."""

    async def series_of(self, item: ItemId) -> ItemId:
        """The series of an episode; else the item itself."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where tasks look."""

    library: Library
    history: History
    dialogue: Dialogue
    meaning: Meaning
    hearer: Hearer | None = None
    videos: VideoTeller | None = None


class IntelligenceService:
    """Lives on the service loop."""

    def __init__(
        self,
        bus: EventBus,
        asker: Asker,
        store: AnswerStore,
        sources: Sources,
        language: Callable[[], str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._asker = asker
        self._store = store
        self._sources = sources
        self._language = language
        self._clock = clock
        self.judge = TitleJudge(asker)
        bus.on(SettingsChanged, self._on_settings)
        bus.on(PluginStateChanged, lambda _event: self.models_changed())
        self._hearer = sources.hearer or Hearer(asker)

    async def places(self) -> Sequence[Place]:
        """Every model that may be asked now, here and at services."""
        return await self._asker.places()

    async def chains(self) -> tuple[Chain, ...]:
        """Who is asked for each task now, in the order of `Task`; asks services what they have."""
        return await chains(self._asker, self._hearer)

    def models_changed(self) -> None:
        """The owner changed a model, a service or its key: look anew, and let nobody rest."""
        self._asker.forget_models()

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section in ("plugins", "intelligence"):
            self.models_changed()

    async def forget_answers(self) -> int:
        """Forget what models answered; returns how many answers there were."""
        return await self._store.forget()

    async def write(self, prompt: Prompt) -> Made[dict[str, Any]] | None:
        """Put a question of another service's own; None: nobody answers, use your rules."""
        return await self._asker.ask(prompt)

    async def hear(
        self, question: SoundQuestion, on_progress: Progress | None = None
    ) -> Made[Transcript] | None:
        """Write down what is said in a sound; None when nobody can.

        `on_progress` hears how much is done, 0 to 1, from a model on this machine.
        """
        return await self._hearer.hear(question, on_progress)

    async def require_translator(self) -> None:
        """Raise `Unsupported` ``errors.translate_nobody`` while no model can be asked."""
        await translating.require(self._asker)

    async def translate(
        self, lines: Sequence[str], language: str, going: Going = quietly
    ) -> Made[tuple[str, ...]]:
        """Put lines into a language; empty where one could not be believed. See `translating`."""
        return await translating.translate(self._asker, lines, language, going)

    async def describe_video(self, facts: VideoFacts) -> Made[VideoWords]:
        """Give a video its title, description, tags and category."""
        return await describing.describe(self._asker, facts)

    async def describe_file(
        self, path: bytes, on_step: Step = lambda _stage, _done: None, *, listen: bool = False
    ) -> Told:
        """Describe a video file, from its subtitles and the texts in its pictures.

        With `listen`, one without subtitles is heard. `NotFound`; `Unsupported`: it is no film.
        """
        return await self._videos().tell(path, on_step, listen=listen)

    async def describe_item(self, item: ItemId, on_step: Step = lambda _stage, _done: None) -> Told:
        """The same for a video of the library; `NotFound` when it, or its disk, is gone."""
        details = await self._sources.library.details(item)
        file = next((file for file in details.files if not file.offline), None)
        if file is None:
            raise NotFound("errors.cast_file_gone", name=details.card.title)
        return await self._videos().tell(file.path, on_step, beside=file.subtitles)

    def _videos(self) -> VideoTeller:
        assert self._sources.videos is not None
        return self._sources.videos

    async def find_fakes(self, wanted: Wanted, offers: Sequence[Offer]) -> Made[fakes.Doubts]:
        """Say what is wrong with offers, in order; None: nothing that shows."""
        return await fakes.find(self._asker, wanted, offers, self._clock())

    async def read_wish(self, text: str, known: Sequence[str] = ()) -> Made[Wish]:
        """Read genres, people and years out of free words."""
        return await wishes.read(self._asker, text, known)

    async def best_times(self, posts: Sequence[Post]) -> Made[tuple[Slot, ...]]:
        """Say when to publish."""
        return await timing.choose(self._asker, posts)

    async def summary(self, item: ItemId) -> Made[Summary]:
        """Say what a film or an episode is about, without its end.

        `NotFound` when it is gone, or has no subtitles that can be read.
        """
        details = await self._sources.library.details(item)
        language = self._language()
        lines = await self._sources.dialogue.of(details.files, language)
        return await summaries.write(self._asker, lines, details.card.duration, language)

    async def recommend(self, most: int = recommending.MOST) -> Made[tuple[Recommendation, ...]]:
        """Say what to watch next, and because of what."""
        watched = await self._watched()
        if not watched:
            return Made(())
        return await recommending.choose(self._asker, watched, await self._shelf(watched), most)

    async def _watched(self) -> list[Watched]:
        """What was watched, the last first; an episode speaks for its series."""
        meaning = self._sources.meaning
        shares: dict[ItemId, float] = {}
        for item, share in await self._sources.history.history(HISTORY):
            shares.setdefault(await meaning.series_of(item), share)
        known = await meaning.known(list(shares))
        return [
            Watched(item, told.title, told.genres, told.people, told.year, share)
            for item, share in shares.items()
            if (told := known.get(item)) is not None
        ]

    async def _shelf(self, watched: Sequence[Watched]) -> list[Candidate]:
        """What is here and was not watched: what is like the last ones, then the latest."""
        likeness: dict[ItemId, list[tuple[ItemId, float]]] = {}
        for one in watched[:LIKE]:
            for alike in (await self._sources.meaning.like(one.item, 20)).value:
                likeness.setdefault(alike.item, []).append((one.item, alike.score))
        query = LibraryQuery(kinds=(MediaKind.FILM, MediaKind.SERIES), unwatched=True)
        latest = [ItemId(item) for item in await self._sources.library.listing(query)]
        seen = {one.item for one in watched}
        wanted = [item for item in dict.fromkeys([*likeness, *latest]) if item not in seen][:SHELF]
        here = [
            card.id
            for card in await self._sources.library.cards(wanted)
            if not card.watched and not card.offline
        ]
        known = await self._sources.meaning.known(here)
        return [
            Candidate(
                item, told.title, told.genres, told.people, told.year,
                likeness=tuple(likeness.get(item, ())),
            )
            for item in here
            if (told := known.get(item)) is not None
        ]  # fmt: skip
