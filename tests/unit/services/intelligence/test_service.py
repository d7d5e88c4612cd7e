"""The intelligence service over a real library's shapes: recommendations, summaries, wishes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from app.domain.casting import MediaFacts, SubtitleTrack
from app.domain.errors import NotFound, Unsupported
from app.domain.events import PluginStateChanged, SettingsChanged
from app.domain.intelligence import Made, MadeBy
from app.domain.meaning import Alike, Known
from app.domain.media import Card, Details, FileId, ItemId, LibraryQuery, MediaFile, MediaKind
from app.runtime.bus import EventBus
from app.services.casting.cues import Cue
from app.services.intelligence.dialogue import Dialogue
from app.services.intelligence.service import IntelligenceService, Sources
from app.services.intelligence.tasks.summaries import Line
from tests.quality import dialogues
from tests.unit.services.intelligence.conftest import CHEAP, LOCAL, STRONG, Mind

SERIES, EPISODE = ItemId(50), ItemId(51)
KNOWN = {
    ItemId(1): Known("Orbit", "", 1972, "", ("Science Fiction",), ("A. Mirov",)),
    ItemId(2): Known("Signal", "", 1979, "", ("Science Fiction",), ("A. Mirov",)),
    ItemId(3): Known("Laughing Gas", "", 1926, "", ("Comedy",)),
    ItemId(4): Known("Away", "", 1975, "", ("Science Fiction",), ("A. Mirov",)),
    SERIES: Known("Post", "", 2001, "", ("Comedy",)),
}


class Shelf:
    def __init__(self) -> None:
        self.files: tuple[MediaFile, ...] = ()

    async def details(self, item: ItemId) -> Details:
        if item not in KNOWN:
            raise NotFound("errors.item_gone")
        return Details(self.card(item), self.files)

    async def listing(self, query: LibraryQuery) -> Sequence[int]:
        assert query.unwatched
        return [4, 3, 2]

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return [self.card(ItemId(item)) for item in ids if ItemId(item) in KNOWN]

    @staticmethod
    def card(item: ItemId) -> Card:
        return Card(item, MediaKind.FILM, KNOWN[item].title, duration=160.0, offline=item == 4)


class Memory:
    def __init__(self) -> None:
        self.told: list[tuple[ItemId, float]] = []

    async def history(self, limit: int = 100) -> list[tuple[ItemId, float]]:
        return self.told[:limit]


class Meaning:
    async def like(self, item: ItemId, limit: int = 20) -> Made[tuple[Alike, ...]]:
        return Made((Alike(ItemId(2), 0.8),) if item == 1 else ())

    async def known(self, items: Sequence[ItemId]) -> dict[ItemId, Known]:
        return {item: KNOWN[item] for item in items if item in KNOWN}

    async def series_of(self, item: ItemId) -> ItemId:
        return SERIES if item == EPISODE else item


class Subtitles:
    """The first track is broken, the second has the lines of an invented film."""

    def __init__(self) -> None:
        self.asked: list[SubtitleTrack] = []

    async def said(self, source: bytes, track: SubtitleTrack) -> Sequence[Cue]:
        self.asked.append(track)
        if track.number == 0:
            raise Unsupported("errors.cast_subtitle_broken")
        return [Cue(line.at, line.at + 1, (line.text,)) for line in lines()]


def lines() -> Sequence[Line]:
    return dialogues.lines_of(dialogues.FILMS[0])


async def look(_path: bytes) -> MediaFacts:
    return MediaFacts(
        container="matroska",
        subtitles=(
            SubtitleTrack(number=0, language="en"),
            SubtitleTrack(number=1, codec="hdmv_pgs_subtitle"),
            SubtitleTrack(number=2, language="fr"),
        ),
    )


class World:
    def __init__(self, mind: Mind) -> None:
        self.mind, self.shelf, self.memory = mind, Shelf(), Memory()
        self.subtitles = Subtitles()
        sources = Sources(self.shelf, self.memory, Dialogue(self.subtitles, look), Meaning())
        self.bus = EventBus()
        self.service = IntelligenceService(self.bus, mind.asker, mind.store, sources, lambda: "en")


@pytest.fixture
def world(mind: Mind) -> World:
    return World(mind)


async def test_what_was_watched_recommends_what_is_like_it_and_here(world: World) -> None:
    world.memory.told = [(ItemId(1), 1.0)]
    made = await world.service.recommend()
    assert made.by_rules
    best = made.value[0]
    assert (best.item, best.because, best.because_title) == (2, 1, "Orbit")
    assert best.shared == ("A. Mirov", "Science Fiction")
    assert 4 not in {one.item for one in made.value}  # its disk is away
    assert 1 not in {one.item for one in made.value}


async def test_an_episode_speaks_for_its_series(world: World) -> None:
    world.memory.told = [(EPISODE, 0.9)]
    made = await world.service.recommend()
    assert [(one.item, one.because_title) for one in made.value] == [(3, "Post")]


async def test_nothing_watched_recommends_nothing(world: World) -> None:
    assert (await world.service.recommend()).value == ()


async def test_a_summary_reads_the_first_subtitles_that_can_be_read(world: World) -> None:
    world.shelf.files = (MediaFile(FileId(1), b"/f/a.mkv", "/f/a.mkv", 1),)
    made = await world.service.summary(ItemId(1))
    assert made.by_rules
    assert "lighthouse" in made.value.text
    assert [track.number for track in world.subtitles.asked] == [0, 2]  # pictures were left out
    world.mind.here.model = LOCAL
    world.mind.here.words = lambda _question: {"summary": "A keeper is missing.", "themes": []}
    made = await world.service.summary(ItemId(1))
    assert (made.source, made.value.text) == (MadeBy.HERE, "A keeper is missing.")


async def test_a_film_without_subtitles_says_so(world: World) -> None:
    with pytest.raises(NotFound, match=r"errors\.no_dialogue"):
        await world.service.summary(ItemId(1))
    with pytest.raises(NotFound, match=r"errors\.item_gone"):
        await world.service.summary(ItemId(99))


@pytest.mark.parametrize(
    "event", [SettingsChanged("plugins"), PluginStateChanged("mini", enabled=True)]
)
async def test_a_new_key_or_a_new_service_is_looked_at_anew(world: World, event: object) -> None:
    assert list(await world.service.places()) == []
    world.mind.services.add("mini", lambda _question: {}, CHEAP)
    assert [place.plugin for place in await world.service.places()] == ["mini"]
    world.mind.services.models["mini"] = (CHEAP, STRONG)
    assert len(await world.service.places()) == 1  # it was asked before
    world.bus.publish(event)
    await asyncio.sleep(0)
    assert len(await world.service.places()) == 2


async def test_answers_are_forgotten_on_wish(world: World) -> None:
    world.mind.here.model = LOCAL
    world.mind.here.words = lambda _question: {
        "genres": ["Horror"], "people": [], "first_year": 0, "last_year": 0, "minutes": 0,
    }  # fmt: skip
    assert (await world.service.read_wish("scary")).value.genres == ("Horror",)
    assert (await world.service.read_wish("scary")).kept
    assert await world.service.forget_answers() == 1
    assert not (await world.service.read_wish("scary")).kept
    assert [place.model.name for place in await world.service.places()] == ["Qwen 3B"]
