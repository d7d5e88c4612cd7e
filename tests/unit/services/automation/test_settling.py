"""When a file is whole."""

from __future__ import annotations

from dataclasses import replace

from app.services.automation.settling import Print, Settler

FILE = Print(1, 2, 300, 4)


def test_a_file_is_whole_when_it_stood_still_for_five_looks() -> None:
    settler = Settler()
    settler.put(b"a", FILE)
    for _ in range(4):
        assert settler.look({b"a": FILE}) == []
    assert settler.look({b"a": FILE}) == [(b"a", FILE)]
    assert len(settler) == 0


def test_each_change_begins_anew() -> None:
    settler = Settler()
    settler.put(b"a", FILE)
    grown = replace(FILE, size=301)
    touched = replace(grown, mtime_ns=5)
    other = replace(touched, inode=9)
    for now in (FILE, FILE, grown, grown, grown, grown, touched, touched, other):
        assert settler.look({b"a": now}) == []
    for _ in range(4):
        assert settler.look({b"a": other}) == []
    assert settler.look({b"a": other}) == [(b"a", other)]


def test_an_empty_file_waits_and_one_that_went_is_forgotten() -> None:
    settler = Settler()
    settler.put(b"empty", replace(FILE, size=0))
    settler.put(b"gone", FILE)
    for _ in range(20):
        assert settler.look({b"empty": replace(FILE, size=0), b"gone": None}) == []
    assert settler.waiting() == (b"empty",)


def test_there_is_room_for_so_many() -> None:
    settler = Settler(most=2)
    assert settler.put(b"a", FILE)
    assert settler.put(b"b", FILE)
    assert not settler.put(b"c", FILE)
    assert settler.put(b"a", FILE)
