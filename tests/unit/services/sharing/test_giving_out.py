"""What the owner gets of a link: its code, its card, its words, and letters that go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.domain.errors import InvalidInput, Unavailable
from app.services.sharing import page_words
from app.services.sharing.ports import Wishes
from tests.fakes import codes
from tests.unit.services.sharing.workshop import START, World


async def test_its_code_says_its_address(world: World, film: Path) -> None:
    (who,) = (await world.link(film)).recipients
    assert codes.read(await world.sharing.code(who.id, "png")) == who.address
    assert b"<svg" in await world.sharing.code(who.id)
    with pytest.raises(InvalidInput):
        await world.sharing.code(who.id, "gif")


async def test_a_card_to_be_printed(world: World, film: Path) -> None:
    evil = "The <Living> & the dead of a very long night in the middle of nowhere at all"
    link = await world.link(
        film, name=evil, price="5 €", uses=2, until=START + 86_400, recipients=("Ann",)
    )
    (who,) = link.recipients
    drawn = ET.fromstring(await world.sharing.code(who.id, "card"))
    words = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == "Scan to watch"
    assert " ".join(words[1:5]).startswith("The <Living> & the")
    assert "Ann" in words
    assert "Price: 5 €" in words
    assert "Good for 2 viewings." in words
    assert who.address in "".join(words)


async def test_words_to_be_sent(world: World, film: Path) -> None:
    link = await world.link(
        film, uses=1, price="5 €", pay="https://pay.example/a", recipients=("Ann <ann@b.example>",)
    )
    (who,) = link.recipients
    told = await world.sharing.text(who.id)
    assert told.splitlines() == [
        f"Night of the <Living> Dead: {who.address}",
        "Price: 5 € (https://pay.example/a)",
        "Good for one viewing.",
    ]
    await world.sharing.send(who.id, "email_1")
    ((way, letter),) = world.diary.letters
    assert (way, letter.to, letter.text) == ("email_1", "ann@b.example", told)
    assert letter.code.startswith(b"\x89PNG")
    assert [kind for kind, *_ in world.diary.notes] == ["link.made", "link.sent"]


async def test_somebody_without_an_address_is_sent_nothing(world: World, film: Path) -> None:
    (who,) = (await world.link(film)).recipients
    with pytest.raises(InvalidInput, match="link_no_contact"):
        await world.sharing.send(who.id, "email_1")


async def test_the_address_is_the_public_one_where_there_is_one(world: World, film: Path) -> None:
    link = await world.link(film)
    world.wishes = Wishes(public="https://films.example.org/")
    (told,) = await world.sharing.links()
    here, there = link.recipients[0].address, told.recipients[0].address
    assert there == f"https://films.example.org/w/{here.rpartition('/')[2]}"
    world.wishes = replace(world.wishes, public="nonsense")
    await world.server.change([])
    (told,) = await world.sharing.links()
    assert told.recipients[0].address == ""
    with pytest.raises(Unavailable, match="link_no_address"):
        await world.sharing.text(told.recipients[0].id)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-FR,fr;q=0.9,en;q=0.8", "fr"), ("de,en;q=0.5,fr;q=0.4", "en"), ("fr;q=0", "en"),
     ("", "en"), ("*;q=x,,;;", "en"), ("en-GB,fr;q=0.9", "en")],
)  # fmt: skip
def test_the_language_of_a_visitor(accepted: str, language: str) -> None:
    assert page_words.language_of(accepted) == language


def test_every_sentence_is_there_in_both_languages_with_the_same_gaps() -> None:
    import re

    for key, (english, french) in page_words.WORDS.items():
        assert english, key
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", french)), key


def test_figures_as_people_say_them() -> None:
    assert page_words.size("en", 1_500_000_000) == "1.5 GB"
    assert page_words.size("fr", 1_500_000) == "1,5 Mo"
    assert page_words.size("en", 12) == "0.0 KB"
    assert page_words.length(5760) == "1 h 36 min"
    assert page_words.length(3599.9) == "1 h 00 min"
    assert page_words.length(42) == "42 s"
    assert page_words.length(None) == ""
