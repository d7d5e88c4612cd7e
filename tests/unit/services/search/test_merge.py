"""One row for one thing: by hash, by address, by release and size."""

from __future__ import annotations

import random
from typing import Any

import pytest

from app.domain.release import parse
from app.domain.search import Fit, HitKind, Judged, Offer, Score, StartGuess, StartKind, Verdict
from app.services.search.merge import MOST_UNDER_ONE, Folder

NAME = "Heat.1995.1080p.BluRay.x264-GRP"


def one(name: str = NAME, size: float | None = 4e9, total: int = 50, **more: Any) -> Judged:
    given = {"source": "a", "source_name": "A", "kind": HitKind.TORRENT, **more}
    offer = Offer(name=name, size=None if size is None else int(size), **given)
    verdict = Verdict(Fit.EXACT, "search.fit.title")
    return Judged(offer, parse(name), verdict, Score(total), StartGuess(StartKind.UNKNOWN))


def rows(*found: Judged) -> list[list[str]]:
    folder = Folder()
    folder.add(found)
    return [[judged.offer.source for judged in row.judged] for row in folder.results()]


def test_the_same_hash_is_the_same_thing_whatever_its_name() -> None:
    mark = "a" * 40
    found = rows(
        one(info_hash=mark, source="a", total=9),
        one("something else", 1e9, info_hash=mark, source="b", total=10),
    )
    assert found == [["b", "a"]]


def test_the_same_address_is_the_same_thing() -> None:
    link = "https://films.example/heat.mp4"
    assert len(rows(one(link=link), one("Heat film", 1e9, link=link))) == 1
    assert len(rows(one(reference="7", source="x"), one("Heat", 9, reference="7", source="x"))) == 1
    assert len(rows(one(reference="7", source="x"), one("Heat", 9, reference="7", source="y"))) == 2


@pytest.mark.parametrize(
    ("size", "same"), [(4e9, True), (4.07e9, True), (3.93e9, True), (4.1e9, False), (3.9e9, False)]
)
def test_the_same_release_within_two_per_cent(size: float, same: bool) -> None:
    found = rows(one(link="a"), one("Heat (1995) 1080p BluRay x264-GRP", size, link="b"))
    assert len(found) == (1 if same else 2)


@pytest.mark.parametrize(
    "name",
    [
        "Heat.1995.1080p.BluRay.x264-OTHER",
        "Heat.1995.720p.BluRay.x264-GRP",
        "Heat.1995.1080p.WEB-DL.x264-GRP",
        "Heat.1995.1080p.BluRay.x265-GRP",
        "Heat.1986.1080p.BluRay.x264-GRP",
        "Heat.1995.Directors.Cut.1080p.BluRay.x264-GRP",
        "Heat.1995.PROPER.1080p.BluRay.x264-GRP",
        "Heat.S01E01.1080p.BluRay.x264-GRP",
    ],
)
def test_other_releases_are_other_rows(name: str) -> None:
    assert len(rows(one(link="a"), one(name, link="b"))) == 2


def test_without_a_size_only_the_same_name_is_the_same() -> None:
    assert len(rows(one(size=None, link="a"), one(size=None, link="b"))) == 1
    assert len(rows(one(size=None, link="a"), one(link="b"))) == 2


def test_ids_stay_whatever_comes_later() -> None:
    folder = Folder()
    folder.add([one(f"Film.{n}.2001.1080p-G", link=str(n), total=n) for n in range(50)])
    before = {row.best.offer.name: row.id for row in folder.results()}
    folder.add([one(f"Later.{n}.2001.1080p-G", link=f"x{n}", total=99) for n in range(50)])
    after = {row.best.offer.name: row.id for row in folder.results()}
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 100


def test_the_order_is_by_score_then_popularity() -> None:
    folder = Folder()
    mixed = [one(f"F{n}.2001-G", link=str(n), total=n // 4, seeders=n) for n in range(60)]
    random.Random(1).shuffle(mixed)
    folder.add(mixed)
    found = [(row.score, row.best.offer.seeders) for row in folder.results()]
    assert found == sorted(found, key=lambda pair: (-pair[0], -(pair[1] or 0)))


def test_judging_anew_keeps_rows_and_order_of_offers() -> None:
    folder = Folder()
    folder.add(
        [one(link="a", total=10), one(link="b", total=20, size=4.01e9), one("X-G", link="c")]
    )
    again = [
        one(offer.name, offer.size, link=offer.link, total=90 - place)
        for place, (offer, _release) in enumerate(folder.offers())
    ]
    ids = {row.id for row in folder.results()}
    folder.renew(again)
    assert {row.id for row in folder.results()} == ids
    assert [row.score for row in folder.results()] == [90, 88]


def test_a_row_holds_no_more_than_can_be_shown() -> None:
    folder = Folder()
    folder.add([one(link=str(n), info_hash="b" * 40) for n in range(300)])
    (row,) = folder.results()
    assert len(row.judged) == MOST_UNDER_ONE
