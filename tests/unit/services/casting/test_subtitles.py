"""Subtitles as a device gets them, from files good and bad."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.casting import SubtitleTrack
from app.domain.errors import NotFound, Unavailable, Unsupported
from app.infra.ffmpeg import letters as ffmpeg_letters
from app.services.casting import cues
from app.services.casting.subtitles import Letters, decoded
from tests.fakes import films

SRT = "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n"


@pytest.fixture
def made(tmp_path: Path) -> Letters:
    return Letters(tmp_path / "cache")


def beside(
    path: Path, content: bytes | str, codec: str = "subrip", language: str = ""
) -> SubtitleTrack:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SubtitleTrack(path=os.fsencode(path), codec=codec, language=language)


async def test_srt_becomes_vtt_and_srt(made: Letters, tmp_path: Path) -> None:
    track = beside(tmp_path / "a.srt", SRT)
    assert await made.shown(b"", track, vtt=True) == (
        b"WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>Hello</i>\n\n"
        b"00:00:03.000 --> 00:00:04.000\nWorld\n"
    )
    assert await made.shown(b"", track, vtt=False) == SRT.encode()


async def test_a_stream_that_begins_later_has_them_earlier(made: Letters, tmp_path: Path) -> None:
    track = beside(tmp_path / "a.srt", SRT)
    told = (await made.shown(b"", track, vtt=True, shift=2.0)).decode()
    assert "00:00:00.000 --> 00:00:00.500" in told
    assert "00:00:01.000 --> 00:00:02.000\nWorld" in told
    assert "Hello" not in (await made.shown(b"", track, vtt=True, shift=2.5)).decode()


async def test_those_in_a_film_are_taken_out_of_it(made: Letters) -> None:
    source = os.fsencode(films.make(films.RICH))
    told = (await made.shown(source, SubtitleTrack(number=1), vtt=True)).decode()
    assert "Subtitle number 1" in told
    assert "-->" in told
    burnt = await made.drawn(source, SubtitleTrack(number=0))
    assert b"[Script Info]" in burnt
    assert b"Subtitle number 0" in burnt


async def test_ass_and_vtt_become_words(made: Letters, tmp_path: Path) -> None:
    ass = (
        "[Script Info]\nScriptType: v4.00+\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
        "Style: D,Sans,20\n[Fonts]\nfontname: evil.ttf\n!!!!\n[Events]\nFormat: Layer, Start, "
        "End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\i1}Hello{\\i0} {\\pos(1,2)}you\n"
    )
    track = beside(tmp_path / "a.ass", ass, "ass")
    assert "<i>Hello</i> you" in (await made.shown(b"", track, vtt=True)).decode()
    burnt = await made.drawn(b"", track)
    assert b"Hello" in burnt
    assert b"evil.ttf" not in burnt
    vtt = beside(
        tmp_path / "a.vtt",
        "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 line:0\n<c.x>A &amp; B</c>\n",
        "webvtt",
    )
    assert "A &amp; B\n" in (await made.shown(b"", vtt, vtt=True)).decode()
    assert "A & B\n" in (await made.shown(b"", vtt, vtt=False)).decode()


async def test_they_are_kept(made: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    source = os.fsencode(films.make(films.RICH))
    first = await made.shown(source, SubtitleTrack(number=0), vtt=True)

    async def never(*_: object) -> bytes:
        raise AssertionError("read twice")

    monkeypatch.setattr(ffmpeg_letters, "extract", never)
    assert await made.shown(source, SubtitleTrack(number=0), vtt=True) == first


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"no times here", b"#EXTM3U\nhttp://x/\n",
                                     b"<html>",
                                     b"1\n00:00:09,000 --> 00:00:01,000\nx\n"])  # fmt: skip
async def test_what_is_none_is_refused(made: Letters, tmp_path: Path, content: bytes) -> None:
    for codec in ("subrip", "webvtt", "ass"):
        with pytest.raises(Unsupported) as told:
            await made.shown(b"", beside(tmp_path / "a", content, codec), vtt=True)
        assert told.value.key == "errors.cast_subtitle_broken"


async def test_what_cannot_be_had_is_said(made: Letters, tmp_path: Path) -> None:
    with pytest.raises(Unsupported):
        await made.shown(b"", SubtitleTrack(number=0, codec="dvd_subtitle"), vtt=True)
    with pytest.raises(NotFound):
        await made.shown(b"", SubtitleTrack(path=os.fsencode(tmp_path / "no.srt")), vtt=True)
    with pytest.raises(Unavailable):
        await made.shown("http://127.0.0.1:1/a/b", SubtitleTrack(number=0), vtt=True)
    os.symlink("/etc/passwd", tmp_path / "link.srt")
    with pytest.raises(NotFound):
        await made.shown(b"", SubtitleTrack(path=os.fsencode(tmp_path / "link.srt")), vtt=True)
    large = tmp_path / "large.srt"
    with large.open("wb") as file:
        file.truncate(ffmpeg_letters.LARGEST + 1)
    with pytest.raises(Unsupported):
        await made.shown(b"", SubtitleTrack(path=os.fsencode(large)), vtt=True)


@pytest.mark.parametrize(
    ("text", "way", "language"),
    [
        ("Où êtes-vous, déjà ?", "utf-8-sig", ""),
        ("Où êtes-vous, déjà ?", "utf-16", ""),
        ("Où êtes-vous, déjà ?", "cp1252", ""),
        ("Привет, как дела?", "cp1251", ""),
        ("Привет, как дела?", "cp1251", "ru"),
        ("Zażółć gęślą jaźń", "cp1250", "pl"),
        ("こんにちは、元気ですか", "cp932", "ja"),
        ("Hello there, how are you today? " * 4, "utf-16-le", ""),
    ],
)
def test_old_ways_of_writing_are_read(text: str, way: str, language: str) -> None:
    assert decoded(text.encode(way), language) == text


def test_nothing_but_words_gets_through() -> None:
    evil = (
        "1\n00:00:01,000 --> 00:00:02,000\n<script>alert(1)</script><b onclick=x>bold\n"
        "<<i>script>x</script> <img src=http://a/> a < b --> c & {\\an8}{\\p1}m 0 0\n"
    )
    (found,) = cues.read(evil)
    told = cues.web_vtt([found]).decode()
    assert "<script" not in told
    assert "<img" not in told
    assert "onclick" not in told
    assert "<b>bold</b>" in told
    assert "a &lt; b --&gt; c &amp;" in told
    assert "line:8%" in told
    assert told.count("-->") == 1
    (web,) = cues.read("00:01.000 --> 00:02.000\n&lt;script&gt;x&lt;/script&gt;", web=True)
    assert "<" not in cues.srt([web]).decode().split("\n", 2)[2]


@given(st.text(alphabet=st.sampled_from("<>/ib&;{}\\an8 \n-0123:,.x\u2028\0"), max_size=200))
def test_whatever_stands_in_a_line_is_harmless(text: str) -> None:
    found = cues.read(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n")
    told = cues.web_vtt(found).decode()
    assert cues.read(told, web=True) is not None
    bare = told
    for tag in ("<i>", "</i>", "<b>", "</b>"):
        bare = bare.replace(tag, "")
    assert "<" not in bare
    assert bare.count("-->") == len(found)
    for cue in found:
        for line in cue.lines:
            assert all(line.count(f"<{one}>") == line.count(f"</{one}>") for one in "ib")


def test_a_file_without_end_is_cut() -> None:
    many = "".join(f"{n}\n00:00:{n % 60:02},000 --> 00:01:00,500\nx\n" for n in range(30_000))
    assert len(cues.read(many)) == cues.MOST_CUES
    (long,) = cues.read("00:00:01,000 --> 00:00:02,000\n" + "x" * 1_000_000)
    assert len(long.lines[0]) == cues.LONGEST_LINE
