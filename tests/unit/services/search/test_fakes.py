"""Fakes, programs, impossible sizes, camera recordings: known before anything is fetched."""

from __future__ import annotations

import datetime

import pytest

from app.domain.release import parse
from app.domain.search import Doubt, HitKind, Offer, Suspicion, Wanted, Work
from app.services.search.fakes import ListedFile, check_files, suspect

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC).timestamp()
GB, MB = 1_000_000_000, 1_000_000

ANYTHING = Wanted("x", "x")


def look(
    name: str,
    size: float | None = None,
    *,
    wanted: Wanted = ANYTHING,
    hide_camera: bool = True,
    **more: object,
) -> Suspicion | None:
    offer = Offer(
        "a", "A", HitKind.TORRENT, name, size=None if size is None else int(size),
        **more,  # type: ignore[arg-type]  # any field of the offer
    )  # fmt: skip
    return suspect(wanted, parse(name), offer, NOW, hide_camera=hide_camera)


HONEST = [
    ("Heat.1995.2160p.UHD.BluRay.REMUX.HDR.HEVC-X", 70 * GB),
    ("Heat.1995.1080p.BluRay.REMUX.AVC-X", 28 * GB),
    ("Heat.1995.1080p.BluRay.x264-X", 12 * GB),
    ("Heat.1995.1080p.10bit.x265-X", 1.4 * GB),
    ("Heat.1995.720p.x264-YTS", 0.8 * GB),
    ("Heat.1995.DVDRip.XviD-X", 700 * MB),
    ("Show.S01E02.1080p.WEB-DL-X", 1.2 * GB),
    ("Show.S01E02.720p.HDTV.x265-X", 150 * MB),
    ("Show.S01.1080p.WEB-DL-X", 9 * GB),
    ("Show.S01E01.480p.x264-X", 90 * MB),
    ("Concert.1970.2160p", None),
    ("Sintel.2010.2160p.x264", 600 * MB),  # some films are short
]


@pytest.mark.parametrize(("name", "size"), HONEST, ids=[name for name, _ in HONEST])
def test_honest_releases_are_left_alone(name: str, size: float | None) -> None:
    wanted = Wanted("x", "x", duration=888.0 if name.startswith("Sintel") else None)
    assert look(name, size, wanted=wanted) is None


FAKE_SIZES = [
    ("Heat.1995.2160p.BluRay.x265-X", 90 * MB),
    ("Heat.1995.2160p.WEB-DL.x265-X", 200 * MB),
    ("Heat.1995.1080p.BluRay.x264-X", 60 * MB),
    ("Heat.1995.1080p.BluRay.REMUX.AVC-X", 900 * MB),
    ("Heat.1995.2160p.REMUX-X", 3 * GB),
    ("Heat.1995.DVDRip.XviD-X", 2 * MB),
    ("Heat.1995.480p.x264-X", 60 * GB),
    ("Show.S01E02.1080p.WEB-DL-X", 3 * MB),
    ("Heat.1995.1080p.BluRay", 900 * GB),
]


@pytest.mark.parametrize(("name", "size"), FAKE_SIZES, ids=[f"{n} {s:.0f}" for n, s in FAKE_SIZES])
def test_sizes_that_cannot_be_are_hidden(name: str, size: float) -> None:
    found = look(name, size)
    assert found is not None
    assert (found.doubt, found.certain) == (Doubt.SIZE, True)


def test_the_length_of_the_film_counts() -> None:
    name, size = "Heat.1995.2160p.x265-X", 600 * MB
    assert look(name, size) is None  # for a short film it could be
    long = look(name, size, wanted=Wanted("heat", "heat", 1995, duration=10_200.0))
    assert long is not None
    assert long.doubt is Doubt.SIZE


PROGRAMS = ["exe", "scr", "lnk", "bat", "msi", "vbs", "js", "apk", "url", "desktop", "com", "jar"]


@pytest.mark.parametrize("ending", PROGRAMS)
def test_double_endings_and_programs(ending: str) -> None:
    for name in (f"Heat.1995.1080p.mkv.{ending}", f"Heat.1995.1080p.{ending.upper()}"):
        found = look(name, GB)
        assert found is not None, name
        assert found.doubt is Doubt.PROGRAM
    listed = check_files([ListedFile(f"Heat/Heat.mkv.{ending}", GB)], "Heat 1995", None)
    assert listed is not None
    assert listed.doubt is Doubt.PROGRAM


def test_what_is_locked_is_hidden() -> None:
    found = look("Heat.1995.1080p", GB, locked=True)
    assert found is not None
    assert found.doubt is Doubt.LOCKED


@pytest.mark.parametrize(
    ("name", "wanted", "early"),
    [
        ("Show.2026.03.15.1080p.WEB-X", Wanted("x", "x"), True),
        ("Show.2026.02.15.1080p.WEB-X", Wanted("x", "x"), False),
        ("Film.2028.1080p.WEB-X", Wanted("x", "x"), True),
        ("Film.2026.1080p.WEB-X", Wanted("x", "x"), False),
        ("Show.S01E09.1080p.WEB-X", Wanted("x", "x", released=NOW + 9 * 86_400), True),
        ("Show.S01E09.1080p.WEB-X", Wanted("x", "x", released=NOW - 86_400), False),
    ],
)
def test_what_has_not_aired_cannot_be_here(name: str, wanted: Wanted, early: bool) -> None:
    found = look(name, GB, wanted=wanted)
    assert (found is not None and found.doubt is Doubt.NOT_AIRED) is early


@pytest.mark.parametrize("tag", ["CAM", "HDCAM", "TELESYNC", "HDTS", "DVDSCR", "TELECINE"])
def test_camera_recordings_are_marked_and_hidden_if_one_wants(tag: str) -> None:
    name = f"Heat.1995.{tag}.x264-X"
    hidden, marked = look(name, GB), look(name, GB, hide_camera=False)
    assert hidden is not None
    assert marked is not None
    assert (hidden.doubt, hidden.certain) == (Doubt.CAMERA, True)
    assert (marked.doubt, marked.certain) == (Doubt.CAMERA, False)


LISTS: list[tuple[list[str], Doubt | None]] = [
    (["Heat.1995.mkv"], None),
    (["Heat (1995)/Heat.mkv", "Heat (1995)/Subs/en.srt", "Heat (1995)/readme.txt"], None),
    (["Heat/VIDEO_TS/VTS_01_1.VOB"], None),
    (["Heat/readme.txt", "Heat/poster.jpg"], Doubt.NO_VIDEO),
    ([], Doubt.NO_VIDEO),
    (["Heat/heat.rar"], Doubt.LOCKED),
    (["Heat/heat.r00", "Heat/heat.r01", "Heat/readme.txt"], Doubt.LOCKED),
    (["Heat/heat.zipx", "Heat/password.txt"], Doubt.LOCKED),
    (["Heat/Heat.mkv", "Heat/codec.exe"], Doubt.PROGRAM),
    (["Heat/Heat.mkv.lnk"], Doubt.PROGRAM),
    (["Heat/Heat.MKV", "Heat/Install Player.SCR"], Doubt.PROGRAM),
    (["Cooking with fire.mkv"], Doubt.OTHER_TITLE),
]


@pytest.mark.parametrize(("paths", "doubt"), LISTS, ids=[" ".join(one[0])[:60] for one in LISTS])
def test_lists_of_files_are_looked_at(paths: list[str], doubt: Doubt | None) -> None:
    found = check_files([ListedFile(path, GB) for path in paths], "Heat.1995.1080p", None)
    assert (None if found is None else found.doubt) is doubt
    if found is not None:
        assert found.certain is (doubt is not Doubt.OTHER_TITLE)


def test_a_book_is_sound() -> None:
    files = [ListedFile("Oz/01.mp3", MB), ListedFile("Oz/02.mp3", MB)]
    assert check_files(files, "The Wizard of Oz", Work.AUDIOBOOK) is None
    found = check_files(files, "The Wizard of Oz", Work.FILM)
    assert found is not None
    assert found.doubt is Doubt.NO_VIDEO
