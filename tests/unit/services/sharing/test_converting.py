"""Films that are converted for visitors: a few at a time, and ended when a link is."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from app.domain.casting import MediaFacts, Method, SoundTrack
from app.services.sharing.giving import MOST_MADE
from app.services.sharing.playable import HLS, forms, ordered
from tests.fakes import films
from tests.unit.services.sharing.workshop import Visitor, World

TURNS = 40


def long(path: Path) -> Path:
    """Ten minutes in a form no browser plays: much longer than what is made ahead, however fast,
    so that its conversion stays until it is ended."""
    short = films.make(films.Film(video="hevc", container="mkv", seconds=15.0))
    films.run(
        ["-stream_loop", str(TURNS - 1), "-i", str(short), "-map", "0", "-c", "copy", str(path)]
    )
    return path


async def test_no_more_than_a_few_at_a_time_and_none_after_the_end(
    world: World, tmp_path: Path
) -> None:
    link = await world.link(long(tmp_path / "long.mkv"))
    address = link.recipients[0].address
    async with AsyncExitStack() as stack:
        crowd = [
            await stack.enter_async_context(Visitor(address, f"127.0.4.{number + 1}"))
            for number in range(MOST_MADE + 1)
        ]
        for one in crowd:
            await one.open()
        for one in crowd[:MOST_MADE]:
            assert (await one.get(f"{one.film}/parts/0.ts")).status == 200
        assert len(world.converter.processes) == MOST_MADE
        busy = await crowd[-1].get(f"{crowd[-1].film}/parts/0.ts")
        assert (busy.status, "converts films for others" in busy.text) == (503, True)
        assert (await crowd[0].get(f"{crowd[0].film}/parts/1.ts")).status == 200  # who was first
        await world.sharing.revoke(link.id)
        assert world.converter.processes == []
        assert (await crowd[0].get(f"{crowd[0].film}/parts/2.ts")).status == 410


async def test_a_part_that_is_none_is_refused(world: World, tmp_path: Path) -> None:
    link = await world.link(long(tmp_path / "long.mkv"))
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        for name in ("99999.ts", "list.ts", "..ts", "a.m4s"):
            assert (await visitor.get(f"{visitor.film}/parts/{name}")).status == 404


def facts(container: str, video: str, *sounds: str, **more: object) -> MediaFacts:
    tracks = tuple(SoundTrack(number=at, codec=one) for at, one in enumerate(sounds))
    return MediaFacts(container=container, video=video, sounds=tracks, **more)  # type: ignore[arg-type]  # of any kind


def test_what_a_browser_plays_is_sent_as_it_is() -> None:
    for one in (
        facts("mp4", "h264", "aac"), facts("mov", "h264", "mp3"), facts("mp4", "av1", "opus"),
        facts("webm", "vp8", "vorbis"), facts("webm", "vp9", "opus"), facts("mp4", "h264"),
    ):  # fmt: skip
        (form,) = forms(one)
        kind = "video/webm" if one.container == "webm" else "video/mp4"
        assert (form.plan, form.content_type) == (None, kind)


def test_what_it_does_not_play_is_converted_as_little_as_possible() -> None:
    for one, method, video, audio in (
        (facts("matroska", "h264", "aac"), Method.REMUX, "copy", "copy"),
        (facts("matroska", "h264", "ac3"), Method.AUDIO, "copy", "aac"),
        (facts("mp4", "h264", "ac3"), Method.AUDIO, "copy", "aac"),
        (facts("matroska", "h264"), Method.REMUX, "copy", ""),
        (facts("mp4", "h264", "aac", bits=10), Method.FULL, "h264", "copy"),
        (facts("mp4", "h264", "aac", interlaced=True), Method.FULL, "h264", "copy"),
        (facts("avi", "mpeg4", "mp3"), Method.FULL, "h264", "copy"),
        (facts("webm", "vp9", "aac"), Method.FULL, "h264", "copy"),
    ):
        hls, stream = (form.plan for form in forms(one))
        assert hls is not None
        assert stream is not None
        assert (hls.container, hls.video, hls.content_type) == ("hls", "h264", HLS)
        told = (stream.method, stream.container, stream.video, stream.audio)
        assert told == (method, "mp4", video, audio), one


def test_who_has_a_chip_for_hevc_is_offered_the_file() -> None:
    first, *others = forms(facts("mp4", "hevc", "aac"))
    assert (first.plan, "hvc1" in first.content_type, len(others)) == (None, True, 2)
    assert all(form.plan is not None for form in forms(facts("matroska", "hevc", "aac")))
    assert forms(facts("mp3", "", "mp3")) == ()


SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_picture_that_may_be_kept_is_kept_for_who_takes_it_so() -> None:
    kept, made = forms(facts("matroska", "h264", "aac")), forms(facts("avi", "mpeg4", "mp3"))
    for agent in (CHROME, FIREFOX, ""):
        assert [form.content_type for form in ordered(kept, agent)] == ["video/mp4", HLS]
        assert [form.content_type for form in ordered(made, agent)] == [HLS, "video/mp4"]
    assert [form.content_type for form in ordered(kept, SAFARI)] == [HLS, "video/mp4"]
