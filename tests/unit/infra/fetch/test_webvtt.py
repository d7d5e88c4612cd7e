"""Parts of subtitles become one file on the film's clock; what is made to hurt is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Unsupported
from app.infra.fetch.playlist import Rendition
from app.infra.fetch.subtitle_fetch import MOST, marks_of
from app.infra.fetch.webvtt import LARGEST_PART, TICKS, Cue, Part, joined, parse


def part(text: str, head: str = "") -> Part:
    return parse(f"WEBVTT{head}\n\n{text}".encode())


def told(made: bytes) -> list[str]:
    """Times and text of each cue."""
    return [block.replace("\n", " | ") for block in made.decode().strip().split("\n\n")[1:]]


def test_what_a_part_may_hold() -> None:
    found = part(
        "STYLE\n::cue { color: red }\n\nNOTE nothing\n\n"
        "name of it\n00:01.000 --> 00:02.500 line:0 align:start\nOne <i>word</i>\nand more\n\n"
        "10:00:03.000 -->  10:00:04.000\nLate\n\n00:09.000 --> 00:08.000\nBackwards\n\n"
        "00:05.000 --> 00:06.000\n\n\n\n00:06.000 --> 00:07.000\nLast"
    )
    assert found.cues == (
        Cue(1.0, 2.5, "One <i>word</i>\nand more", "line:0 align:start"),
        Cue(36_003.0, 36_004.0, "Late"),
        Cue(6.0, 7.0, "Last"),
    )


def test_line_ends_of_every_kind_and_a_mark_of_the_order_of_bytes() -> None:
    text = "\ufeffWEBVTT - a title\r\n\r\n00:01.000 --> 00:02.000\r\nOne\r\rtwo"
    assert parse(text.encode()).cues == (Cue(1.0, 2.0, "One"),)


def test_without_an_empty_line_behind_the_head_it_is_read_too() -> None:
    assert parse(b"WEBVTT\n00:01.000 --> 00:02.000\nOne").cues == (Cue(1.0, 2.0, "One"),)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"WEBVTTX\n", b"1\n00:00:01,000 --> 00:00:02,000\nsrt",
     b"\x00\x00\x00\x20ftyp", b"WEBVTT\n" + b"x" * LARGEST_PART],
    ids=["nothing", "a page", "a longer word", "srt", "mp4", "far too much"],
)  # fmt: skip
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(Unsupported):
        parse(data)


def test_times_follow_the_clock_of_the_film() -> None:
    head = "\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:02.000"
    made = joined([part("00:03.000 --> 00:04.000\nOne", head)], 9 * TICKS, 60.0)
    assert told(made) == ["00:00:02.000 --> 00:00:03.000 | One"]  # 10 s - 9 s + (3 s - 2 s)


def test_a_clock_that_begins_anew_is_followed() -> None:
    head = "\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:45000"
    begins = (1 << 33) - 45_000
    made = joined([part("00:01.000 --> 00:02.000\nOne", head)], begins, 60.0)
    assert told(made) == ["00:00:02.000 --> 00:00:03.000 | One"]


@pytest.mark.parametrize("begins", [None, 0, 126_000])
def test_without_a_clock_they_count_from_the_beginning_of_the_film(begins: int | None) -> None:
    made = joined([part("00:01.000 --> 00:02.000\nOne")], begins, 60.0)
    assert told(made) == ["00:00:01.000 --> 00:00:02.000 | One"]


def test_a_clock_that_has_nothing_to_do_with_the_film_is_not_followed() -> None:
    head = "\nX-TIMESTAMP-MAP=MPEGTS:4000000000,LOCAL:00:00:00.000"
    made = joined([part("00:01.000 --> 00:02.000\nOne", head)], 0, 60.0)
    assert told(made) == ["00:00:01.000 --> 00:00:02.000 | One"]


def test_a_line_that_stands_in_two_parts_comes_once_and_all_are_in_order() -> None:
    one = part("00:05.000 --> 00:07.000\nAcross\n\n00:01.000 --> 00:02.000\nFirst")
    two = part("00:05.000 --> 00:07.000\nAcross\n\n00:08.000 --> 00:09.000\nLast")
    assert [line.rpartition("| ")[2] for line in told(joined([one, two], None, 60.0))] == [
        "First", "Across", "Last",
    ]  # fmt: skip


def test_nothing_in_them_is_no_subtitles() -> None:
    with pytest.raises(Unsupported):
        joined([part("")], None, 60.0)
    with pytest.raises(Unsupported):
        joined([part("99:00:00.000 --> 99:00:01.000\nLate")], None, 60.0)


@given(st.binary(max_size=300), st.text(max_size=200))
def test_nothing_breaks_it_and_what_it_makes_can_be_read_again(data: bytes, text: str) -> None:
    for body in (data, text.encode(errors="replace")):
        try:
            made = joined([parse(b"WEBVTT\n\n00:01.000 --> 00:02.000\nx" + body)], None, 60.0)
        except Unsupported:
            continue
        assert joined([parse(made)], None, 60.0) == made


def rendition(
    language: str, name: str = "", *, forced: bool = False, sounds: bool = False
) -> Rendition:
    return Rendition("s", name, language, False, "http://a.example/x", forced, sounds)


def test_what_they_are_called_is_safe_and_never_twice_the_same() -> None:
    wanted = [
        rendition("en"), rendition("en", forced=True), rendition("en", sounds=True),
        rendition("en"), rendition("en"), rendition("pt-br"), rendition("../../x", "../Français"),
        rendition("", ""), rendition("", "a" * 99),
    ]  # fmt: skip
    made = marks_of(wanted)
    assert made[:6] == ["en", "en.forced", "en.sdh", "en.2", "en.3", "pt-br"]
    assert made[6] == "Français"
    assert made[7] == "subtitles"
    assert made[8] == "a" * 24
    assert not any("/" in mark or mark.startswith(".") for mark in made)
    assert len(marks_of([rendition("en")] * 99)) == MOST
