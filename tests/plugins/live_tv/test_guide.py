from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api import Unavailable
from plugins.live_tv.guide import Guide, GuideReader, kept, moment, packed, told, unpacked
from plugins.live_tv.parsers import Channel
from tests.plugins.live_tv.lists import stamp

FIXTURES = Path(__file__).parent / "fixtures"
GUIDE = (FIXTURES / "guide.xml").read_bytes()
NOW = 1704180600.0  # 2024-01-02 07:30 UTC
IDS = {"kanali7.al", "canalplus.fr@hd", "canalplus.fr"}
NAMES = {"radio nandu", "kanali 7"}
KANALI = Channel("Kanali 7", "https://x/1", "Kanali7.al")


@pytest.fixture(autouse=True)
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def read(content: bytes, ids: set[str] = IDS, names: set[str] = NAMES, now: float = NOW) -> Guide:
    reader = GuideReader(content, ids, names, now, "host")
    while reader.step():
        pass
    return reader.guide()


def shows(content: str) -> list[str]:
    found = read(f"<tv>{content}</tv>".encode(), {"a"}, set())
    return [title for _, _, title in found.shows.get("a", ())]


def programme(start: float, stop: float | None = None, title: str = "x") -> str:
    end = "" if stop is None else f'stop="{stamp(NOW + stop)}"'
    begin = f'start="{stamp(NOW + start)}"'
    return f'<programme {begin} {end} channel="A"><title>{title}</title></programme>'


def test_what_is_on_and_what_comes_next() -> None:
    guide = read(GUIDE)
    assert told(*guide.on(KANALI, NOW)) == (
        "Now: Films of the day (08:00–10:00) · Next: Cooking (10:00)"
    )
    assert told(*guide.on(KANALI, NOW - 3600), "fr") == (
        "En ce moment : Morning & news (06:00–08:00) · Ensuite : Films of the day (08:00)"
    )
    assert told(*guide.on(KANALI, NOW + 7200)) == "Now: Cooking (10:00–11:00)"
    assert told(*guide.on(KANALI, NOW + 86400)) == ""


def test_only_channels_of_the_list_and_only_today_are_kept() -> None:
    guide = read(GUIDE)
    assert set(guide.shows) == {"kanali7.al", "c123", "canalplus.fr"}
    assert [title for _, _, title in guide.shows["kanali7.al"]] == [
        *("Morning & news", "Films of the day", "Cooking")
    ]


def test_a_channel_is_known_by_its_name_when_its_id_is_not() -> None:
    guide = read(GUIDE)
    radio = Channel("Radio Ñandú", "https://x/2")
    assert told(*guide.on(radio, NOW)) == "Now: Música (06:30–09:30)"
    renamed = Channel("Radio Ñ (64k)", "https://x/2", guide_name="Radio_Ñandú (HQ)")
    assert guide.on(renamed, NOW)[0] is not None
    assert guide.on(Channel("Other", "https://x/3"), NOW) == (None, None)


def test_the_name_of_a_feed_is_left_away() -> None:
    canal = Channel("Canal+", "https://x/4", "CanalPlus.fr@HD")
    assert told(*read(GUIDE).on(canal, NOW)) == "Next: Le film (09:00)"


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("20240102073000 +0000", NOW),
        ("20240102083000 +0100", NOW),
        ("20240102020000 -0530", NOW),
        ("20240102073000", NOW),
        ("202401020830 BST", NOW),
        ("20240102073000 XYZ", NOW),
        ("20240102073000+0000", NOW),
        ("2024010207", NOW - 1800),
        ("20240102", NOW - 27000),
        ("2024", NOW - 27000 - 86400),
        *[("", None), ("soon", None), ("0000", None), ("20241399", None), ("9" * 900, None)],
    ],
)
def test_times(written: str, seconds: float | None) -> None:
    assert moment(written) == seconds


def test_the_window() -> None:
    late, early, hour = 24 * 3600, -2 * 3600, 3600
    assert shows(programme(late, late + hour)) == []
    assert shows(programme(late - 1, late + hour)) == ["x"]
    assert shows(programme(early - hour, early)) == []
    assert shows(programme(early - hour, early + 1)) == ["x"]
    assert shows(programme(-11 * hour)) == ["x"]
    assert shows(programme(-15 * hour)) == []


def test_the_order_and_the_ends_are_put_right() -> None:
    content = programme(3600, None, "c") + programme(0, None, "a") + programme(1800, 2400, "b")
    found = read(f"<tv>{content}{programme(0, 60, 'again')}</tv>".encode(), {"a"}, set()).shows["a"]
    assert [(start - NOW, stop - NOW, title) for start, stop, title in found] == [
        *[(0, 60, "again"), (1800, 2400, "b"), (3600, 3600 + 12 * 3600, "c")]
    ]


def test_titles_are_words() -> None:
    hostile = "&lt;b&gt;Bold&lt;/b&gt; {0} %s " + "x" * 10_000
    (title,) = shows(programme(0, 60, hostile))
    assert title.startswith("Bold {0} %s x")
    assert len(title) == 200
    channel = Channel("A", "https://x/a", "A")
    guide = read(f"<tv>{programme(0, 60, hostile)}</tv>".encode(), {"a"}, set())
    assert told(*guide.on(channel, NOW)).startswith("Now: Bold {0} %s x")


def test_a_guide_that_breaks_off_is_good_up_to_there() -> None:
    assert set(read(GUIDE[: GUIDE.index(b'channel="C123"')]).shows) == {"kanali7.al"}
    packed_guide = gzip.compress(GUIDE)
    assert unpacked(packed_guide[:-40], "host").startswith(b"<?xml")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"<tv>", b"<tv></tv>", b"<html><p>x</p></html>", b"[1]", b"\xff\xfe", b"\0" * 99),
        b'<!DOCTYPE tv [<!ENTITY a "ha">]><tv><channel id="a">&a;</channel></tv>',
        b'<!DOCTYPE tv [<!ENTITY a SYSTEM "file:///etc/passwd">]><tv><channel id="&a;"/></tv>',
    ],
)
def test_what_is_no_guide_is_a_bad_answer(content: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read(content)
    assert caught.value.args_map == {"host": "host"}


def test_packed_documents() -> None:
    assert unpacked(GUIDE, "host") == GUIDE
    assert unpacked(gzip.compress(GUIDE), "host") == GUIDE
    two = gzip.compress(GUIDE[:500]) + gzip.compress(GUIDE[500:])
    assert unpacked(two + b"\0" * 20, "host") == GUIDE
    several = b"".join(gzip.compress(bytes([one]) * 300_000, 0) for one in range(9))
    assert len(unpacked(several, "host")) == 2_700_000


@pytest.mark.parametrize(
    "broken",
    [
        b"\x1f\x8b",
        b"\x1f\x8bxyz" + b"\0" * 90,
        gzip.compress(GUIDE)[:50] + b"\xff" * 90,
    ],
)
def test_what_is_packed_wrongly(broken: bytes) -> None:
    with pytest.raises(Unavailable):
        read(unpacked(broken, "host"))


def test_bombs_are_met_at_the_limit() -> None:
    with pytest.raises(Unavailable) as caught:
        unpacked(gzip.compress(bytes(2_000_000), 1), "host", 1_000_000)
    assert caught.value.key == "errors.answer_too_large"
    pack = zlib.compressobj(9, wbits=31)
    bomb = b"".join(pack.compress(bytes(1_000_000)) for _ in range(40)) + pack.flush()
    with pytest.raises(Unavailable):
        unpacked(bomb, "host")


def test_a_guide_is_kept_and_read_again() -> None:
    guide = read(GUIDE)
    assert kept(packed(guide)) == guide
    assert kept(packed(Guide())) == Guide()
    lines = (
        b"",
        b"[]",
        b'["a", 5]',
        b'["", 5]',
        b'["a", [[1]]]',
        b"nonsense",
        b'["a",[["x",1,2]]]',
    )
    for content in (b"", b"xyz", *(zlib.compress(line + b"\n") for line in lines[1:])):
        assert kept(content) is None
