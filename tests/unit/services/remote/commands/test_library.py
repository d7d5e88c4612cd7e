"""`/library` and `/recommend` in breadth: sections, pages, reasons, and hostile shelves."""

from __future__ import annotations

import pytest

from app.domain.errors import NotFound
from app.domain.intelligence import Made
from app.domain.media import ItemId, MediaKind
from app.services.intelligence.tasks.recommending import Recommendation
from app.services.remote.commands.library import LibraryCommand
from app.services.remote.commands.recommend import RecommendCommand
from tests.fakes.alike import FakeMeaning
from tests.fakes.remote import FakeTalk
from tests.fakes.services import episode, film
from tests.unit.services.remote.commands.conftest import HOSTILE, House, port


class Thinks:
    """Recommends what a test says."""

    def __init__(self, *told: Recommendation) -> None:
        self.told = told

    async def recommend(self, most: int = 6) -> Made[tuple[Recommendation, ...]]:
        return Made(self.told[:most])


def library(house: House, meaning: FakeMeaning | None = None) -> LibraryCommand:
    return LibraryCommand(
        port(house.library), port(house.playback), port(meaning or FakeMeaning()), house.items,
        house.sheets,
    )  # fmt: skip


def recommend(
    house: House, *told: Recommendation, meaning: tuple[int, ...] = ()
) -> RecommendCommand:
    return RecommendCommand(
        port(house.library), port(Thinks(*told)), port(FakeMeaning(*meaning)), house.items,
        house.sheets,
    )  # fmt: skip


def fill(house: House, count: int, **changes: object) -> None:
    house.library.__init__([film(at, **changes) for at in range(1, count + 1)])  # type: ignore[misc]  # filled anew


async def test_sections_are_numbered_through(house: House) -> None:
    fill(house, 3)
    begun = film(1, position=2700.0)
    house.playback.watching, house.playback.following = [begun], [episode(2)]
    talk = FakeTalk()
    await library(house).run(talk, "")
    text = talk.last.text
    assert text.startswith("3 films · 1 series · 412 GB free\n")
    assert "Continue watching\n1. Film 001 (1951)\n    90 min · 1080p · ▓▓▓▓▓░░░░░ 50 %" in text
    assert "Next episodes\n2. Northern Post S01E02" in text
    assert "New here\n3. Film 001 (1951)" in text
    await talk.press("1")
    assert "Somebody walks over a ridge." in talk.last.text
    assert talk.last.button("📺 Kitchen")
    await talk.press("Back")
    assert talk.last.text == text


async def test_words_are_looked_for_in_pages(house: House) -> None:
    fill(house, 23)
    talk = FakeTalk(language="fr")
    await library(house).run(talk, "Film")
    plain = talk.last.text.replace("\N{NO-BREAK SPACE}", " ")
    assert plain.startswith("« Film » : 23 trouvés\n")
    assert "10. Film 010" in talk.last.text
    assert "11. " not in talk.last.text
    await talk.press("Suite")
    assert "11. Film 011" in talk.last.text
    await talk.press("20")
    assert "Film 020" in talk.last.text
    await talk.press("Retour")
    await talk.press("Suite")
    assert "23. Film 023" in talk.last.text
    assert all("Suite" not in one.text for one in talk.last.buttons)
    await talk.press("Avant")
    assert "11. Film 011" in talk.last.text


async def test_what_is_not_called_so_is_found_by_its_meaning(house: House) -> None:
    fill(house, 3)
    talk, meaning = FakeTalk(), FakeMeaning(2)
    await library(house, meaning).run(talk, "slow and sad")
    assert "these fit the words" in talk.last.text
    assert "1. Film 002 (1952)" in talk.last.text
    await library(house).run(talk, "slow and sad")
    assert "has nothing for “slow and sad”" in talk.last.text


async def test_an_item_that_is_gone_is_said(house: House) -> None:
    fill(house, 1)
    talk = FakeTalk()
    await library(house).run(talk, "Film")
    house.library.error = NotFound("errors.item_gone")
    with pytest.raises(NotFound):
        await talk.press("1")


async def test_without_a_window_nothing_plays_there(house: House) -> None:
    fill(house, 1)
    house.build(window=False)
    talk = FakeTalk()
    await library(house).run(talk, "Film")
    await talk.press("1")
    assert all("station" not in one.text for one in talk.last.buttons)


async def test_a_hostile_shelf_fits(house: House) -> None:
    fill(house, 12, title=HOSTILE, kind=MediaKind.VIDEO)
    talk = FakeTalk()
    await library(house).run(talk, "")
    await library(house).run(talk, HOSTILE)
    for text in talk.texts:
        assert len(text) < 4000
        text.encode()
        assert all(line.isprintable() for line in text.split("\n") if line)


async def test_suggestions_have_reasons(house: House) -> None:
    fill(house, 4)
    house.library.all[ItemId(3)] = film(3, offline=True)
    told = (
        Recommendation(ItemId(2), ItemId(9), "Alien", ("Horror", "Ridley Scott")),
        Recommendation(ItemId(1), ItemId(9), "Alien"),
        Recommendation(ItemId(3), ItemId(9), "Alien"),
    )
    talk = FakeTalk()
    await recommend(house, *told).run(talk, "")
    reason = "because you watched “Alien”: Horror, Ridley Scott"
    assert f"1. Film 002 (1952)\n    {reason}" in talk.last.text
    assert "2. Film 001 (1951)\n    because you watched “Alien”" in talk.last.text
    assert "Film 003" not in talk.last.text  # its disk is away
    await talk.press("2")
    await talk.press("Back")
    assert "because you watched" in talk.last.text


async def test_a_wish_that_nothing_fits(house: House) -> None:
    fill(house, 2)
    talk = FakeTalk(language="fr")
    await recommend(house, meaning=(1,)).run(talk, "lent et triste")
    assert "1. Film 001 (1951)" in talk.last.text
    await recommend(house).run(talk, "lent et triste")
    assert "ne correspond" in talk.last.text
    assert "lent et triste" in talk.last.text


async def test_an_empty_station_has_nothing_to_suggest(house: House) -> None:
    talk = FakeTalk()
    await recommend(house).run(talk, "")
    assert "nothing here to suggest" in talk.last.text
