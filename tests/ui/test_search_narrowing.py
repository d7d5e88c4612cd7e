"""What of a search is shown, and in which order; and that nothing jumps under the pointer."""

from __future__ import annotations

import pytest

from app.domain.media import ItemId
from app.domain.search import StartGuess, StartKind, Work
from tests.fakes.searching import found, torrent, wrong
from ui.pages.search.narrowing import (
    Narrowing,
    Order,
    Standing,
    Way,
    languages_in,
    narrowed,
    works_in,
)

ROWS = (
    found(1, "Film.2001.2160p.WEB.x265-A", 95, size=9_000_000_000),
    torrent(2, 90, StartGuess(StartKind.SOON, 12)),
    torrent(3, 85, StartGuess(StartKind.LATER)),
    found(4, "Le.Film.2001.FRENCH.720p.WEB.x264-B", 70, source="pt", published=5.0, size=7),
    found(5, "Mine", 65, source="library", item=ItemId(9), height=1080),
    wrong(6),
)


@pytest.mark.parametrize(
    ("by", "shown", "hidden"),
    [
        (Narrowing(), [1, 2, 3, 4, 5], [6]),
        (Narrowing(way=Way.NOW), [1, 2, 4, 5], [6]),
        (Narrowing(way=Way.TORRENTS), [2, 3], []),
        (Narrowing(way=Way.DIRECT), [1, 4], [6]),
        (Narrowing(way=Way.LIBRARY), [5], []),
        (Narrowing(work=Work.FILM), [1, 2, 3, 4, 5], [6]),
        (Narrowing(work=Work.SERIES), [], []),
        (Narrowing(least_height=1080), [1, 2, 3, 5], [6]),
        (Narrowing(least_height=2160), [1], []),
        (Narrowing(language="fr"), [4], []),
        (Narrowing(source="pt"), [4], []),
        (Narrowing(way=Way.DIRECT, source="library"), [], []),
        (Narrowing(order=Order.TITLE), [2, 1, 3, 4, 5], [6]),
        (Narrowing(order=Order.HEALTH), [2, 3, 1, 4, 5], [6]),
        (Narrowing(order=Order.NEWEST), [4, 1, 2, 3, 5], [6]),
        (Narrowing(order=Order.SMALLEST), [4, 2, 3, 5, 1], [6]),
        (Narrowing(order=Order.LARGEST), [1, 2, 3, 5, 4], [6]),
    ],
)
def test_filters_and_orders(by: Narrowing, shown: list[int], hidden: list[int]) -> None:
    seen, left = narrowed(ROWS, by)
    assert ([row.id for row in seen], [row.id for row in left]) == (shown, hidden)


def test_only_filters_narrow() -> None:
    assert not Narrowing(order=Order.TITLE, show_hidden=True).active
    assert Narrowing(way=Way.NOW).active


def test_kinds_are_told_by_the_source_or_by_the_name() -> None:
    rows = [
        found(1, "Show.S01E02.1080p.WEB.x264-A"),
        found(2, "Show.2026.03.01.720p.WEB.x264-A"),
        found(3, "A talk", work=Work.VIDEO),
        found(4, work=Work.EPISODE),
        found(5),
    ]
    assert works_in(rows) == [Work.FILM, Work.SERIES, Work.VIDEO]
    shown, _hidden = narrowed(rows, Narrowing(work=Work.SERIES))
    assert [row.id for row in shown] == [1, 2, 4]


def test_languages_come_most_frequent_first() -> None:
    rows = [found(n, languages=("en",)) for n in range(3)] + [found(9, languages=("fr", "en"))]
    assert languages_in(rows) == ["en", "fr"]


def test_rows_follow_their_score_until_somebody_points_at_them() -> None:
    standing = Standing()
    assert list(standing.arrange([1, 2])) == [1, 2]
    assert list(standing.arrange([3, 1, 2])) == [3, 1, 2]
    standing.held = True
    assert list(standing.arrange([4, 3, 1, 5, 2, 6])) == [3, 1, 2, 4, 5, 6]
    assert standing.late == 2  # 6 is where it belongs
    assert list(standing.arrange([4, 3, 5, 2, 6])) == [3, 2, 4, 5, 6]  # one has gone
    standing.release()
    assert list(standing.arrange([4, 3, 5, 2, 6])) == [4, 3, 5, 2, 6]
    assert standing.late == 0
