"""Who may run, and in which order."""

from __future__ import annotations

from app.domain.downloads import DownloadId
from app.services.downloads.queue import Waiting, may_run, moved


def waiting(*names: str, **more: bool) -> list[Waiting]:
    return [Waiting(DownloadId(name), place, **more) for place, name in enumerate(names)]


def test_the_first_of_the_queue_run() -> None:
    assert may_run(waiting("a", "b", "c", "d"), 2) == {"a", "b"}


def test_the_order_is_that_of_the_places() -> None:
    assert may_run(reversed(waiting("a", "b", "c")), 1) == {"a"}


def test_who_is_watched_goes_before_all_and_beyond_the_limit() -> None:
    ones = [*waiting("a", "b"), Waiting(DownloadId("z"), 9, watched=True)]
    assert may_run(ones, 1) == {"z"}
    both = [*ones, Waiting(DownloadId("y"), 8, watched=True)]
    assert may_run(both, 1) == {"y", "z"}


def test_who_only_asks_takes_no_place_but_not_without_end() -> None:
    asking = waiting(*"abcdefgh", known=False)
    assert may_run([*asking, Waiting(DownloadId("z"), 99)], 2) == {"a", "b", "c", "d", "z"}


def test_a_place_in_the_queue_beyond_its_ends_is_its_end() -> None:
    order = [DownloadId(name) for name in "abc"]
    assert moved(order, order[2], 0) == ["c", "a", "b"]
    assert moved(order, order[0], 99) == ["b", "c", "a"]
    assert moved(order, order[1], -5) == ["b", "a", "c"]
    assert moved(order, order[1], 1) == order
