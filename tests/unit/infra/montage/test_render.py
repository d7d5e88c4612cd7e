"""Whole videos, rendered small: what is in the file, and what is not rendered again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.domain.project import Shape
from app.domain.timeline import Motion, Shot, ShotKind, Timeline
from app.infra.montage.letters import STYLES
from app.infra.montage.montage import Montage
from app.infra.montage.wish import RenderWish, full, preview
from tests.fakes.montage import (
    SMALL,
    film,
    kinds,
    lights,
    loudness,
    picture,
    pictures,
    probed,
    shot,
    spoken,
    texture,
    video,
    voice,
)

MASTER = replace(SMALL, preset="veryfast")
TEXT = "One two three four. Five six seven eight nine ten eleven."


def show(tmp_path: Path, text: str = TEXT) -> Timeline:
    """Two shots that cross over, words, music, credits: six seconds."""
    first, second = texture(tmp_path / "1.png"), texture(tmp_path / "2 %03d.jpg", 2)
    said = voice(tmp_path / "said.wav", 4.0)
    shots = [replace(shot(first, 3.4), motion=Motion()), shot(second, 3.0, "two", 0.4)]
    return video(
        shots, [spoken(said, 4.0, text, start=0.5)], voice(tmp_path / "bed.wav", 2.5, 44_100, 2),
        credits=("Pictures: nobody",),
    )  # fmt: skip


def check_master(out: Path, frames: int) -> None:
    """What platforms want of a file."""
    told = probed(out)
    picture_told, sound_told = told["streams"]
    assert picture_told["codec_name"] == "h264"
    assert picture_told["profile"] == "High"
    assert picture_told["pix_fmt"] == "yuv420p"
    assert picture_told["r_frame_rate"] == picture_told["avg_frame_rate"] == "30/1"
    assert int(picture_told["nb_frames"]) == frames
    assert {picture_told[f"color_{name}"] for name in ("space", "primaries", "transfer")} == {
        "bt709"
    }
    assert (sound_told["codec_name"], sound_told["profile"]) == ("aac", "LC")
    assert (sound_told["sample_rate"], sound_told["channels"]) == ("48000", 2)
    assert abs(float(told["format"]["duration"]) - frames / 30) <= 1 / 30
    assert abs(float(sound_told["duration"]) - frames / 30) <= 1 / 30
    assert float(picture_told["start_time"]) == 0.0
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    coded = kinds(out)
    assert len(coded) == frames
    assert max(len(group) for group in coded.split("I")) < 60


async def test_a_video_is_what_platforms_want_and_only_changes_are_rendered(
    tmp_path: Path,
) -> None:
    montage, out = Montage(tmp_path / "cache"), tmp_path / "out.mp4"
    shares: list[float] = []
    report = await montage.render(show(tmp_path), out, wish=MASTER, on_progress=shares.append)
    assert report.frames == 180
    check_master(out, 180)
    heard, peak = loudness(out)
    assert abs(heard + 14.0) <= 0.5
    assert peak <= -1.4
    assert report.loudness is not None
    assert abs(report.loudness - heard) <= 0.3
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert report.rendered == report.segments == 4

    again = await montage.render(show(tmp_path), tmp_path / "again.mp4", wish=MASTER)
    assert again.rendered == 0
    assert (tmp_path / "again.mp4").read_bytes() == out.read_bytes()
    fixed = await montage.render(show(tmp_path, TEXT.replace("Five", "Fife")), out, wish=MASTER)
    assert fixed.rendered == 1
    new, old = pictures(out), pictures(tmp_path / "again.mp4")
    changed = [number for number in range(180) if (new[number] != old[number]).any()]
    assert changed
    assert changed[-1] - changed[0] < 60
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"made"}
    assert not list(tmp_path.rglob("*.part"))


async def test_words_stand_in_their_place_at_their_time_and_pictures_cross_over(
    tmp_path: Path,
) -> None:
    dark = picture(tmp_path / "d.png", (30, 30, 30))
    light = picture(tmp_path / "l.png", (200, 200, 200))
    shots = [shot(dark, 1.5), shot(light, 1.0, fade=0.5)]
    said = voice(tmp_path / "v.wav", 0.8)
    told = video(shots, [spoken(said, 0.8, "Hello there", start=0.3)], credits=("By me",))
    out = tmp_path / "out.mp4"
    wish = RenderWish(270, 480, preset="ultrafast", crf=8)
    await Montage(tmp_path / "cache", cores=1).render(told, out, wish=wish)
    frames = pictures(out).astype(np.int16)
    assert len(frames) == 60
    written = frames[9]
    rows, columns = np.where(np.abs(written - 30).max(axis=2) > 60)
    assert rows.min() > 480 * 0.5
    assert rows.max() < 480 * 0.78
    assert columns.min() > 270 * 0.12
    assert columns.max() < 270 * 0.88
    low = frames[:, 240:380]
    marked = [(np.abs(frame - 30).max(axis=2) > 60).sum() for frame in low[:30]]
    assert not any(marked[:9])  # 0.3 s are nine frames
    assert all(marked[9:30])
    accent = np.array([int(STYLES[told.look].accent[at : at + 2], 16) for at in (0, 2, 4)])
    lifted = [(np.abs(frame - accent).max(axis=2) < 30) for frame in low]
    assert lifted[12].any()
    middle_first, middle_second = (np.where(lifted[at])[1].mean() for at in (12, 20))
    assert middle_first < 135 < middle_second  # first one word, then the other
    corner = frames[:, 470, 10, 0]
    assert abs(corner[29] - 30) <= 3
    for number in range(15):
        share = (number + 1) / 16
        assert abs(corner[30 + number] - (30 + 170 * share)) <= 6
    assert abs(corner[46] - 200) <= 3
    credit = np.abs(frames[:, 60:110] - 200).max(axis=(1, 2, 3)) > 80
    assert credit[46:].all()


async def test_films_are_entered_slowed_and_held_and_bring_no_sound(tmp_path: Path) -> None:
    short = film(tmp_path / "it's 100 %d.mp4", 1.0)
    begun = Shot("one", ShotKind.FILM, short, 0.5, fade=0.0, begin=0.3)
    long = Shot("two", ShotKind.FILM, short, 4.0, fade=0.0)
    out = tmp_path / "out.mp4"
    wish = replace(SMALL, crf=3)
    await Montage(tmp_path / "cache", cores=1).render(video([begun, long]), out, wish=wish)
    frame = lights(out) - 20  # which frame of the film it is
    assert len(frame) == 135
    assert np.abs(frame[:15] - np.arange(9, 24)).max() <= 1.5
    slowed = frame[15:60]  # one and a half times as long
    assert np.abs(slowed - np.arange(45) / 1.5).max() <= 2
    assert (np.abs(frame[60:] - 29) <= 2).all()
    assert loudness(out)[0] < -60


@pytest.mark.parametrize(
    ("rates", "music"), [(((8_000, 1),), True), (((48_000, 1), (44_100, 2)), False)]
)
async def test_voices_of_any_kind_come_out_as_loud(
    tmp_path: Path, rates: tuple[tuple[int, int], ...], music: bool
) -> None:
    back = picture(tmp_path / "b.png", (90, 90, 90))
    voices = [
        spoken(voice(tmp_path / f"{at}.wav", 1.5, *kind), 1.5, start=at * 2.0, scene=str(at))
        for at, kind in enumerate(rates)
    ]
    bed = voice(tmp_path / "bed.wav", 1.0, 44_100, 2) if music else ""
    out = tmp_path / "out.mp4"
    montage = Montage(tmp_path / "cache", cores=1)
    report = await montage.render(video([shot(back, 4.0)], voices, bed), out, wish=SMALL)
    heard, peak = loudness(out)
    assert abs(heard + 14) <= 0.5
    assert peak <= -1.4
    assert report.loudness is not None
    assert abs(float(probed(out)["streams"][1]["duration"]) - 4.0) <= 1 / 30


async def test_music_alone_and_a_voice_that_says_nothing(tmp_path: Path) -> None:
    back = picture(tmp_path / "b.png", (90, 90, 90))
    bed = voice(tmp_path / "bed.wav", 1.0, 44_100, 2)
    montage, out = Montage(tmp_path / "cache", cores=1), tmp_path / "out.mp4"
    await montage.render(video([shot(back, 3.0)], (), bed), out, wish=SMALL)
    assert abs(loudness(out)[0] + 14) <= 0.5


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_has_its_sizes(shape: Shape) -> None:
    large, small = full(shape), preview(shape)
    assert (large.width, large.height) == shape.size
    assert min(small.width, small.height) == 540
    assert small.width % 2 == small.height % 2 == 0
    assert abs(small.width / small.height - large.width / large.height) < 0.01
    assert (large.preset, small.preset) == ("veryfast", "ultrafast")


async def test_a_preview_is_rendered_of_a_wide_one(tmp_path: Path) -> None:
    told = video([shot(texture(tmp_path / "1.png"), 0.5)], shape=Shape.WIDE)
    out = tmp_path / "out.mp4"
    await Montage(tmp_path / "cache", cores=1).render(told, out, preview=True)
    stream = probed(out)["streams"][0]
    assert (stream["width"], stream["height"], stream["nb_frames"]) == (960, 540, "15")
