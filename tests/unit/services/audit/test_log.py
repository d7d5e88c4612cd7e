"""The audit log: what is noted stays, what is done to it is found, and people can be forgotten."""

from __future__ import annotations

import asyncio
import csv
import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.services.audit import chain
from app.services.audit.exporting import Form
from tests.unit.services.audit.conftest import House

ROWS = 24
COLUMNS = ("number", "at", "kind", "about", "salt", "facts", "sealed", "previous", "own")
Change = Callable[[random.Random, sqlite3.Connection], str]


async def filled(house: House, rows: int = ROWS) -> None:
    for number in range(rows):
        house.now += 60.5
        await house.log.note(
            "post.sent", f"account{number % 4}", post=f"{number:032x}", url="https://v.example/é"
        )


async def test_what_is_noted_can_be_read_and_is_whole(house: House) -> None:
    assert await house.log.check() is None
    assert await house.log.note("link.made", "Ann", name="Holidays", uses=3, until=None) == 1
    assert await house.log.note("link.used", "Ben", link="a" * 3_000) == 2
    first, second = await house.log.entries()
    assert (first.number, first.kind, first.about, first.at) == (1, "link.made", "Ann", house.now)
    assert first.facts == {"name": "Holidays", "uses": 3, "until": None}
    assert second.facts is not None
    assert len(str(second.facts["link"])) == 2_000  # a long one is cut
    assert await house.log.entries(after=1) == (second,)
    assert await house.log.entries(limit=1) == (first,)
    assert await house.log.entries(about="Ben") == (second,)
    assert await house.log.last() == 2
    assert await house.log.check() is None


async def test_many_at_once_are_one_chain(house: House) -> None:
    numbers = await asyncio.gather(*(house.log.note("x", "y", one=one) for one in range(60)))
    assert sorted(numbers) == list(range(1, 61))
    assert await house.log.check() is None


async def test_what_is_no_fact_is_not_noted(house: House) -> None:
    with pytest.raises(TypeError):
        await house.log.note("x", "y", path=b"/home")
    with pytest.raises(ValueError, match="too many"):
        await house.log.note("x", "y", words=["long" * 400] * 30)
    with pytest.raises(ValueError, match="JSON"):
        await house.log.note("x", "y", amount=float("nan"))
    assert await house.log.last() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET facts = '{}' WHERE number = 3",
        "UPDATE audit_entry SET at = at + 1",
        "UPDATE audit_entry SET about = '', salt = NULL, facts = NULL, kind = 'y'",
        "UPDATE audit_entry SET facts = NULL",
        "INSERT INTO audit_entry SELECT 9, at, kind, about, salt, facts, sealed, own, 'f'"
        " FROM audit_entry WHERE number = 5",
        "INSERT INTO audit_entry SELECT 6, at, kind, about, salt, facts, sealed, 'f', 'f'"
        " FROM audit_entry WHERE number = 5",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 2",
    ],
)
async def test_the_database_refuses_changes(house: House, statement: str) -> None:
    await filled(house, 5)
    with house.by_hand(guarded=True) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert await house.log.check() is None


def value(by: random.Random, raw: sqlite3.Connection) -> str:
    """Change a value of a row."""
    number, column = by.randint(1, ROWS), by.choice(COLUMNS[1:])
    asked = f"SELECT {column} FROM audit_entry WHERE number = ?"
    (held,) = raw.execute(asked, (number,)).fetchone()
    if column == "at":
        made: object = held + by.choice((-1e-6, 1.0, 86_400.0))
    elif not held:
        made = "account1"
    elif by.random() < 0.1:
        made = None if column in ("salt", "facts") else ""
    else:
        text = str(held)
        place = by.randrange(len(text))
        made = text[:place] + chr(ord(text[place]) ^ by.choice((1, 2, 32))) + text[place + 1 :]
    raw.execute(f"UPDATE audit_entry SET {column} = ? WHERE number = ?", (made, number))
    return f"{column} of {number}: {held!r} -> {made!r}"


def removed(by: random.Random, raw: sqlite3.Connection) -> str:
    """Remove a row, and close the gap or leave it."""
    number = by.randint(1, ROWS)
    raw.execute("DELETE FROM audit_entry WHERE number = ?", (number,))
    closed = by.random() < 0.5
    if closed:
        raw.execute("UPDATE audit_entry SET number = -number WHERE number > ?", (number,))
        raw.execute("UPDATE audit_entry SET number = -number - 1 WHERE number < 0")
    return f"{number} removed, closed: {closed}"


def cut(by: random.Random, raw: sqlite3.Connection) -> str:
    """Cut the end off."""
    number = by.randint(1, ROWS)
    raw.execute("DELETE FROM audit_entry WHERE number >= ?", (number,))
    return f"cut at {number}"


def exchanged(by: random.Random, raw: sqlite3.Connection) -> str:
    """Exchange two rows, or what they tell."""
    one, two = by.sample(range(1, ROWS + 1), 2)
    names = by.choice((COLUMNS[1:], ("about", "salt", "facts"), ("at", "kind")))
    rows = {
        number: raw.execute(
            f"SELECT {', '.join(names)} FROM audit_entry WHERE number = ?", (number,)
        ).fetchone()
        for number in (one, two)
    }
    if rows[one] == rows[two]:
        return cut(by, raw)
    told = ", ".join(f"{name} = ?" for name in names)
    raw.execute(f"UPDATE audit_entry SET {told} WHERE number = ?", (*rows[two], one))
    raw.execute(f"UPDATE audit_entry SET {told} WHERE number = ?", (*rows[one], two))
    return f"{names} of {one} and {two}"


def erased(by: random.Random, raw: sqlite3.Connection) -> str:
    """Blank an entry as the log itself would, without saying so."""
    number = by.randint(1, ROWS)
    raw.execute(
        "UPDATE audit_entry SET about = '', salt = NULL, facts = NULL WHERE number = ?", (number,)
    )
    return f"{number} erased"


def put_in(by: random.Random, raw: sqlite3.Connection) -> str:
    """Put one in, with good hashes of its own, or put it last with none."""
    number = by.randint(1, ROWS)
    if by.random() < 0.3:
        raw.execute(
            "INSERT INTO audit_entry SELECT ?, at, kind, about, salt, facts, sealed, own, own"
            " FROM audit_entry WHERE number = ?", (ROWS + 1, number),
        )  # fmt: skip
        return f"{number} once more at the end"
    raw.execute("UPDATE audit_entry SET number = -number WHERE number >= ?", (number,))
    raw.execute("UPDATE audit_entry SET number = 1 - number WHERE number < 0")
    before = raw.execute("SELECT own FROM audit_entry WHERE number = ?", (number - 1,)).fetchone()
    forged(raw, number, (before or ("",))[0], 1.0, "post.sent", "account9", '{"post":"f"}')
    return f"one put in before {number}"


def rewritten(by: random.Random, raw: sqlite3.Connection) -> str:
    """Write the rest of the chain anew from a row on, every hash right."""
    number = by.randint(1, ROWS)
    rows = raw.execute("SELECT * FROM audit_entry WHERE number >= ?", (number,)).fetchall()
    raw.execute("DELETE FROM audit_entry WHERE number >= ?", (number,))
    last = raw.execute("SELECT own FROM audit_entry ORDER BY number DESC").fetchone() or ("",)
    previous = last[0]
    for row in rows:
        previous = forged(raw, row[0], previous, row[1], row[2], "somebody", row[5])
    return f"written anew from {number}"


def forged(raw: sqlite3.Connection, number: int, previous: str, at: float, *told: str) -> str:
    kind, about, facts = told
    sealed = chain.sealed_of("salt", about, facts)
    own = chain.own_of(number, at, kind, sealed, previous)
    row = (number, at, kind, about, "salt", facts, sealed, previous, own)
    raw.execute("INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return own


async def test_500_random_changes_of_the_table_are_all_found(house: House) -> None:
    """Each is done to the whole log, looked for, and put right again."""
    await filled(house, ROWS - 2)
    await house.log.note("post.sent", "person")
    await house.log.forget("account1")
    assert await house.log.last() == ROWS
    by, ways = random.Random(8), (value, value, removed, cut, exchanged, erased, put_in, rewritten)
    with house.by_hand() as raw:
        raw.execute("CREATE TABLE kept AS SELECT * FROM audit_entry")
    for turn in range(500):
        way = ways[turn % len(ways)]
        with house.by_hand() as raw:
            told = way(by, raw)
            raw.commit()
            ours = raw.execute("SELECT * FROM audit_entry ORDER BY number").fetchall()
            same = ours == raw.execute("SELECT * FROM kept ORDER BY number").fetchall()
        broken = await house.log.check()
        assert same is (broken is None), (turn, told)
        assert broken is None or 1 <= broken <= ROWS + 1
        with house.by_hand() as raw:
            raw.execute("DELETE FROM audit_entry")
            raw.execute("INSERT INTO audit_entry SELECT * FROM kept ORDER BY number")
        assert await house.log.check() is None, (turn, told)


async def test_the_first_broken_number_is_told(house: House) -> None:
    await filled(house)
    with house.by_hand() as raw:
        raw.execute("UPDATE audit_entry SET facts = '{}' WHERE number IN (7, 12)")
    assert await house.log.check() == 7


async def test_a_break_stays_found_whatever_is_noted_after_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await filled(house)
    with house.by_hand() as raw:
        raw.execute("DELETE FROM audit_entry WHERE number > 20")
    assert await house.log.check() == 21
    await filled(house)
    assert await house.log.last() == 20 + ROWS
    assert len([one for one in caplog.records if one.levelname == "ERROR"]) == 1
    assert await house.log.check() == ROWS
    house.again()
    await house.log.start()
    assert await house.log.check() == ROWS


async def test_a_seal_that_is_gone_or_forged_is_told(house: House) -> None:
    await filled(house, 4)
    seal = house.paths.database.with_name("audit.seal")
    good = seal.read_bytes()
    told = json.loads(good)
    assert told["number"] == 4
    for bad in (
        b"", b"[]", b"{}", b"\xff" * 9, b"[" * 5_000,
        json.dumps({**told, "number": 2}).encode(), json.dumps({**told, "mac": None}).encode(),
    ):  # fmt: skip
        seal.write_bytes(bad)
        assert await house.again().check() == 5
        await house.log.start()
        assert await house.log.check() == 5, "a start does not hide it"
    seal.unlink()
    assert await house.again().check() == 5
    seal.write_bytes(good)
    assert await house.again().check() is None


async def test_a_kill_between_the_table_and_the_seal_is_no_break(house: House) -> None:
    await filled(house, 3)
    seal = house.paths.database.with_name("audit.seal")
    older = seal.read_bytes()
    await filled(house, 3)
    seal.write_bytes(older)
    assert await house.again().check() is None
    await house.log.start()
    assert json.loads(seal.read_bytes())["number"] == 6


async def test_a_locked_keyring_stops_nothing(house: House) -> None:
    await filled(house, 3)
    house.again()
    house.ring.locked = True
    await house.log.start()
    await filled(house, 3)
    assert await house.log.check() is None
    with house.by_hand() as raw:
        raw.execute("UPDATE audit_entry SET kind = 'y' WHERE number = 2")
    assert await house.log.check() == 2
    with house.by_hand() as raw:
        raw.execute("UPDATE audit_entry SET kind = 'post.sent' WHERE number = 2")
    house.ring.locked = False
    assert await house.log.check() is None
    await filled(house, 1)
    assert json.loads(house.paths.database.with_name("audit.seal").read_bytes())["number"] == 7


async def test_somebody_is_forgotten_and_the_chain_holds(house: House) -> None:
    await filled(house, 8)
    await house.log.note("link.made", "ann@example.org", name="Summer")
    await house.log.note("link.sent", "account1", to=["ann@example.org"], at=1)
    await house.log.note("link.sent", "account1", to=["joann@example.org"])
    assert await house.log.forget("ann@example.org") == 2
    assert await house.log.check() is None
    entries = {one.number: one for one in await house.log.entries()}
    assert (entries[9].facts, entries[9].about, entries[9].kind) == (None, "", "link.made")
    assert entries[10].facts is None
    assert entries[11].facts == {"to": ["joann@example.org"]}
    assert entries[12].kind == chain.FORGOTTEN
    assert entries[12].facts == {"numbers": [[9, 10]], "why": "asked"}
    assert await house.log.forget("ann@example.org") == 0
    assert await house.log.forget("") == 0
    assert await house.log.last() == 12
    await house.database.close()  # empties the write-ahead log into the file
    content = house.paths.database.read_bytes().replace(b"joann@example.org", b"")
    await house.database.open()
    assert b"ann@example.org" not in content
    assert b"Summer" not in content


async def test_old_entries_keep_their_hashes_only(house: House) -> None:
    await filled(house, 5)
    house.now += 40 * 86_400
    await filled(house, 2)
    assert await house.log.tidy(0) == 0
    assert await house.log.tidy(30) == 5
    assert await house.log.tidy(30) == 0
    assert await house.log.check() is None
    entries = await house.log.entries()
    assert [one.facts is None for one in entries] == [True] * 5 + [False] * 3
    assert entries[-1].facts == {"numbers": [[1, 5]], "why": "age"}


async def test_once_a_day_what_is_too_old_is_erased(house: House) -> None:
    await filled(house, 5)
    house.days = 30
    house.now += 29 * 86_400
    await house.log.note("x", "y")
    assert [one.facts is None for one in await house.log.entries()] == [False] * 6
    house.now += 2 * 86_400
    await house.log.note("x", "y")
    assert [one.facts is None for one in await house.log.entries(limit=6)] == [True] * 5 + [False]
    assert await house.log.check() is None
    house.now += 40 * 86_400
    house.again()
    await house.log.start()
    assert [one.facts is None for one in await house.log.entries(limit=7)] == [True] * 7


async def test_the_spans_of_many_forgotten_are_split(house: House) -> None:
    await house.database.run_write(_many)
    assert await house.log.check() is None
    assert await house.log.forget("even") == 1_500
    assert await house.log.check() is None
    told = [one for one in await house.log.entries(after=3_000) if one.kind == chain.FORGOTTEN]
    assert len(told) == 4


def _many(raw: sqlite3.Connection) -> None:
    previous = ""
    for number in range(1, 3_001):
        about = "odd" if number % 2 else "even"
        previous = forged(raw, number, previous, 1.0, "x", about, "{}")


async def test_it_can_be_exported_and_checked_elsewhere(house: House, tmp_path: Path) -> None:
    await filled(house, 3)
    await house.log.note("post.sent", "=cmd()", text="a\nb")
    await house.log.forget("account1")
    file = await house.log.export(tmp_path, Form.JSONL)
    assert file == tmp_path / "audit.jsonl"
    walk = chain.Walk()
    for line in file.read_text().splitlines():
        row = json.loads(line)
        assert walk.step(tuple(row[name] for name in COLUMNS))
    assert walk.end(chain.Head()) is None
    assert walk.last.number == 5
    first = await house.log.export(tmp_path / "log.csv", Form.CSV)
    second = await house.log.export(tmp_path / "log.csv")
    assert (first.name, second.name) == ("log.csv", "log (2).csv")
    rows = list(csv.DictReader(first.read_text("utf-8-sig").splitlines()))
    assert [row["number"] for row in rows] == list("12345")
    assert rows[3]["about"] == "'=cmd()"
    assert rows[1]["facts"] == ""
    assert first.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unavailable, match="audit_export"):
        await house.log.export(Path("/proc/none/log.csv"))


async def test_nobody_is_asked_for_a_keyring_before_something_was_noted(house: House) -> None:
    await house.log.start()
    assert await house.log.check() is None
    assert house.ring.held == {}  # asking would have made a key
    await house.log.note("post.sent", "youtube1")
    assert house.ring.held != {}
    house.again()
    await house.log.start()
    assert await house.log.check() is None
