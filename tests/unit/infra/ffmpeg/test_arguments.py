"""The words ffmpeg is started with."""

from __future__ import annotations

import os

import pytest

from app.domain.casting import MediaFacts, Method, Plan, SoundTrack, SubtitleTrack
from app.infra.ffmpeg.arguments import Task, progressive, segments
from app.infra.ffmpeg.encoders import HARDWARE, Encoders

FILM = MediaFacts(
    container="matroska", video="hevc", width=3840, height=1600, bits=10, frames=24.0,
    hdr="HDR10", duration=600.0, sounds=(SoundTrack(number=0, codec="dts", channels=6),),
    subtitles=(SubtitleTrack(number=0), SubtitleTrack(number=1, codec="hdmv_pgs_subtitle")),
)  # fmt: skip
FULL = Plan(method=Method.FULL, container="mpegts", content_type="video/mp2t", video="h264",
            audio="aac", channels=2, height=1080)  # fmt: skip


def words(task: Task, encoders: Encoders | None = None) -> list[str]:
    return [os.fsdecode(one) for one in progressive(task, encoders or Encoders())]


def after(told: list[str], name: str) -> str:
    return told[told.index(name) + 1]


def test_nothing_but_the_film_can_be_opened() -> None:
    told = words(Task(b"/films/-i http:evil.mkv", FILM, FULL))
    assert after(told, "-i") == "file:/films/-i http:evil.mkv"
    assert after(told, "-protocol_whitelist") == "file"
    assert not {"hls", "concat", "dash"} & set(after(told, "-format_whitelist").split(","))
    assert "-nostdin" in told
    assert after(told, "-map_metadata") == "-1"
    assert "-re" not in told
    assert after(words(Task("http://127.0.0.1:1/a/b", FILM, FULL)), "-protocol_whitelist") == (
        "http,tcp"
    )
    with pytest.raises(ValueError, match="address"):
        words(Task("http://10.0.0.1/a", FILM, FULL))


def test_a_large_bright_film_becomes_a_plain_one() -> None:
    told = words(Task(b"/f", FILM, FULL))
    chain = after(told, "-vf")
    assert chain.startswith("scale=1920:800,zscale=")
    assert "tonemap=tonemap=hable" in chain
    assert chain.endswith("format=yuv420p")
    assert after(told, "-level:v") == "4.1"
    assert (after(told, "-ac"), after(told, "-ar")) == ("2", "48000")
    plain = after(words(Task(b"/f", FILM, FULL), Encoders(filters=frozenset())), "-vf")
    assert plain == "scale=1920:800,format=yuv420p"


def test_subtitles_are_burnt_in_by_the_times_of_the_film() -> None:
    from dataclasses import replace

    letters = words(Task(b"/f", FILM, replace(FULL, burn=0), 60.0, b"[Script Info]"))
    assert "setpts=PTS+60.000/TB,subtitles=letters.ass,setpts=PTS-60.000/TB" in (
        after(letters, "-vf")
    )
    pictures = after(words(Task(b"/f", FILM, replace(FULL, burn=1))), "-filter_complex")
    assert "[0:s:1]scale=1920:800[drawn]" in pictures
    assert "overlay" in pictures


@pytest.mark.parametrize("chip", HARDWARE)
def test_each_chip_gets_the_pictures_it_takes(chip: str) -> None:
    told = words(Task(b"/f", FILM, FULL), Encoders(chip, ""))
    assert after(told, "-c:v") == chip
    assert "-preset" not in told or chip in ("h264_nvenc", "h264_qsv")
    if chip == "h264_vaapi":
        assert told.index("-vaapi_device") < told.index("-i")
        assert after(told, "-vf").endswith("format=nv12,hwupload")


def test_segments_go_on_in_time_where_ffmpeg_begins_anew() -> None:
    told = [os.fsdecode(one) for one in segments(Task(b"/f", FILM, FULL), Encoders(), 60)]
    assert (after(told, "-ss"), after(told, "-output_ts_offset")) == ("60.000", "61")
    assert after(told, "-start_number") == "60"
    assert after(told, "-force_key_frames") == "expr:gte(t,n_forced*1)"
