"""The search language: what it finds, what is no part of it, and what is too much."""

from __future__ import annotations

import pytest

from app.services.media_server.criteria import DEEPEST, LONGEST, MOST_TERMS, order, search
from app.services.media_server.soap import Fault
from tests.unit.services.media_server.conftest import Scene

NIGHT, CARNIVAL, CLIP, TIDES = (
    "Night of the Living Dead",
    "Élan of Carnival",
    "Birthday <3>",
    "Tides",
)
EPISODES = [
    "Tides · S1 E1 · Part 1-1", "Tides · S1 E2 · Part 1-2", "Tides · S2 E1 · Part 2-1",
    "Tides · S0 E1 · Part 0-1", "Tides · Part None-None",
]  # fmt: skip
VIDEO = 'upnp:class derivedfrom "object.item.videoItem"'

FOUND = [
    ("*", [NIGHT, CARNIVAL, CLIP, TIDES, *EPISODES]),
    ("", [NIGHT, CARNIVAL, CLIP, TIDES, *EPISODES]),
    (VIDEO, [NIGHT, CARNIVAL, CLIP, *EPISODES]),
    ('upnp:class derivedfrom "object.container"', [TIDES]),
    ('upnp:class = "object.item.videoItem.movie"', [NIGHT, CARNIVAL]),
    ('upnp:class != "object.item.videoItem.movie"', [CLIP, TIDES, *EPISODES]),
    ('upnp:class derivedfrom "object.item.audioItem"', []),
    (f"{VIDEO} and @refID exists false", [NIGHT, CARNIVAL, CLIP, *EPISODES]),
    (f"{VIDEO} and @refID exists true", []),
    ('dc:title contains "living"', [NIGHT]),
    ('dc:title contains "elan"', [CARNIVAL]),
    ('dc:title contains "ÉLAN"', [CARNIVAL]),
    ('dc:title contains "tides"', [TIDES, *EPISODES]),
    ('dc:title doesNotContain "tides"', [NIGHT, CARNIVAL, CLIP]),
    ('dc:title contains "<"', [CLIP]),
    ('dc:title = "night of the living dead"', [NIGHT]),
    ('dc:title startsWith "Night"', [NIGHT]),
    (r'dc:title contains "no \"such\" thing \\"', []),
    ('dc:title contains "%"', []),
    ("""dc:title = "x' OR 1=1 --" """, []),
    ('dc:date >= "1968-01-01" and dc:date < "1969-01-01"', [NIGHT]),
    ('dc:date contains "1962"', [CARNIVAL]),
    ('res@duration > "1:20:00" and upnp:class derivedfrom "object.item"', [NIGHT]),
    ('res@duration = "0:00:30.000"', [CLIP]),
    ('res@size = "77"', [CLIP]),
    ('res@size >= "5000"', [NIGHT]),
    ("upnp:genre exists true", []),
    ("res exists true", [NIGHT, CARNIVAL, CLIP, *EPISODES]),
    ('@id = "item-1"', [NIGHT]),
    ('@id = "nothing"', []),
    ('@parentID = "films"', [NIGHT, CARNIVAL]),
    ('@parentID = "season-4-1"', EPISODES[:2]),
    ('@parentID = "season-4-x"', EPISODES[4:]),
    # "and" binds closer than "or", whatever stands first.
    ('dc:title contains "night" or dc:title contains "elan" and dc:date > "1970"', [NIGHT]),
    ('dc:date > "1970" and dc:title contains "elan" or dc:title contains "night"', [NIGHT]),
    ('(dc:title contains "night" or dc:title contains "elan") and dc:date > "1970"', []),
    ('((dc:title contains "night"))', [NIGHT]),
    ('dc:title  contains\t"night"\nor(res@size="77")', [NIGHT, CLIP]),
]  # fmt: skip


@pytest.mark.parametrize(("criteria", "titles"), FOUND)
async def test_what_is_found(scene: Scene, criteria: str, titles: list[str]) -> None:
    answer = await scene.search(criteria)
    assert answer.status == 200, answer.fault
    assert sorted(answer.titles) == sorted(titles)
    assert int(answer.values["TotalMatches"]) == len(titles)


@pytest.mark.parametrize(
    ("container", "titles"),
    [
        ("films", [NIGHT, CARNIVAL]),
        ("series-4", EPISODES),
        ("series", [TIDES, *EPISODES]),
        ("season-4-2", [EPISODES[2]]),
        ("year-1968", [NIGHT]),
        ("years", [NIGHT, CARNIVAL]),
        ("folder-1", [NIGHT, CARNIVAL]),
        ("genres", []),
    ],
)
async def test_only_below_the_container(scene: Scene, container: str, titles: list[str]) -> None:
    assert sorted((await scene.search("*", container)).titles) == sorted(titles)


async def test_pages_and_order_of_what_is_found(scene: Scene) -> None:
    whole = await scene.search(VIDEO, sort="-dc:title")
    page = await scene.search(VIDEO, sort="-dc:title", start=2, count=3)
    assert page.titles == whole.titles[2:5]
    assert page.values["TotalMatches"] == str(len(whole.titles))


async def test_what_can_be_searched_can_be_searched(scene: Scene) -> None:
    told = await scene.ask(lambda screen: screen.call("GetSearchCapabilities"))
    for name in told.values["SearchCaps"].split(","):
        assert (await scene.search(f"{name} exists true")).status == 200, name


@pytest.mark.parametrize(
    "wrong",
    [
        "dc:title", "dc:title contains", 'contains "x"', 'dc:title contains x', "(", ")", "()",
        'dc:title contains "x" and', 'and dc:title contains "x"', '(dc:title contains "x"',
        'dc:title contains "x")', 'dc:title contains "x" dc:title contains "y"',
        'upnp:artist contains "x"', 'dc:title like "x"', "dc:title exists maybe",
        'dc:title contains "open', 'upnp:class > "x"', 'res@size contains "1"',
        'res@size = "big"', 'res@duration > "long"', '@id contains "1"', "* and *",
        "item.id = 1", "1 = 1", '"x" = "x"', "dc:title = 'x'", 'dc:title ! "x"',
        'upnp:artist exists true', "\x00",
    ],
)  # fmt: skip
async def test_what_is_no_criterion(scene: Scene, wrong: str) -> None:
    with pytest.raises(Fault) as caught:
        search(wrong)
    assert caught.value.code == 708
    if wrong.isprintable():
        assert (await scene.search(wrong)).fault == 708


def test_bounds() -> None:
    term = 'dc:title contains "x"'
    deep = "(" * DEEPEST + term + ")" * DEEPEST
    assert search(deep).values == ("x",)
    many = " or ".join([term] * MOST_TERMS)
    assert len(search(many).values) == MOST_TERMS
    long = f'dc:title contains "{"x" * (LONGEST - len(term))}"'
    assert len(search(long).sql) < 100
    for wrong in (f"({deep})", f"{many} or {term}", long + " " * 200 + "x", "(" * LONGEST):
        with pytest.raises(Fault):
            search(wrong)
    with pytest.raises(Fault) as caught:
        order("+dc:title," * 9, "")
    assert caught.value.code == 709


async def test_no_such_container(scene: Scene) -> None:
    assert (await scene.search("*", "nothing")).fault == 710
    assert (await scene.search("*", f"item-{scene.library.night}")).fault == 710
