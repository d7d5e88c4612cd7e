"""The real mpv in a real widget: pixels, tracks, hostile names, broken files, clean ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.media import TrackKind
from tests.fakes.films import PLAIN, RICH, Film, make
from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import PlayerOptions
from ui.widgets.mpv_tracks import read_chapters, read_tracks
from ui.widgets.mpv_view import Backend, MpvView, choose_backend

LONG = Film(seconds=8.0)
STILL = Film(seconds=6.0, rate=1, subtitles=("eng",))
WAIT = 8000


class Screen:
    """A player with its view."""

    def __init__(self, qtbot: QtBot) -> None:
        self.core = MpvCore(PlayerOptions(hardware_decoding=False), software=True)
        self.view = MpvView(Backend.SOFTWARE)
        qtbot.addWidget(self.view)
        self.view.resize(480, 270)
        self.view.show()
        self.qtbot = qtbot
        self.failures: list[str] = []
        self.core.failed.connect(lambda key, _args: self.failures.append(key))
        self.open = True

    def play(self, path: Path | bytes, start: float = 0.0, demuxer: str = "mkv") -> None:
        with self.qtbot.waitSignal(self.core.started, timeout=WAIT):
            self.core.load(os.fsencode(path), start, demuxer=demuxer)
            self.view.attach(self.core)

    def picture(self) -> QImage:
        return self.view.grab().toImage()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def close(self) -> None:
        if self.open:
            self.open = False
            self.view.release()
            self.core.close()


@pytest.fixture
def screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("SOKOUL_AUDIO", "null")
    shown = Screen(qtbot)
    yield shown
    shown.close()


def colours(image: QImage) -> int:
    """How many different colours a coarse grid of pixels has: black has one."""
    return len({image.pixel(x, y) for x in range(4, 480, 12) for y in range(4, 270, 12)})


def differing(one: QImage, two: QImage, top: float = 0.0, bottom: float = 1.0) -> int:
    rows = range(int(270 * top), int(270 * bottom), 2)
    return sum(one.pixel(x, y) != two.pixel(x, y) for x in range(0, 480, 2) for y in rows)


def test_the_picture_really_moves(screen: Screen) -> None:
    screen.play(make(LONG))
    screen.until(lambda: colours(screen.picture()) > 20)
    first = screen.picture()
    screen.until(lambda: differing(first, screen.picture()) > 500)
    assert screen.core.position < 7
    assert screen.core.duration == pytest.approx(8.0, abs=0.2)


def test_it_rests_steps_and_seeks(screen: Screen) -> None:
    screen.play(make(LONG), start=2.0)
    screen.until(lambda: screen.core.position >= 2.0 and colours(screen.picture()) > 20)
    screen.core.set_paused(True)
    screen.until(lambda: screen.core.paused)
    screen.qtbot.wait(150)
    still = screen.picture()
    screen.qtbot.wait(300)
    assert differing(still, screen.picture()) == 0
    screen.core.seek(6.0)
    screen.until(lambda: differing(still, screen.picture()) > 500)
    screen.until(lambda: abs(screen.core.position - 6.0) < 0.2)
    there = screen.picture()
    screen.core.step(1)
    screen.until(lambda: differing(there, screen.picture()) > 50)


def test_the_subtitle_really_shows(screen: Screen) -> None:
    screen.play(make(STILL), start=1.0)
    screen.core.set_paused(True)
    screen.core.select_track(TrackKind.SUBTITLE, None)
    screen.until(lambda: screen.core.paused and colours(screen.picture()) > 20)
    screen.qtbot.wait(200)
    without = screen.picture()
    screen.core.select_track(TrackKind.SUBTITLE, 1)
    screen.until(lambda: differing(without, screen.picture(), 0.75) > 100)
    assert differing(without, screen.picture(), 0.0, 0.5) == 0


def test_a_subtitle_file_can_be_added(screen: Screen, tmp_path: Path) -> None:
    screen.play(make(Film(seconds=6.0, rate=1)), start=1.0)
    screen.core.set_paused(True)
    screen.until(lambda: screen.core.paused and colours(screen.picture()) > 20)
    screen.qtbot.wait(200)
    without = screen.picture()
    words = os.fsencode(tmp_path) + b"/words\xff.srt"
    with open(words, "w") as file:
        file.write("1\n00:00:00,000 --> 00:00:06,000\nFrom a file\n")
    assert screen.core.add_subtitle(words, "Mine", "fr")
    screen.until(lambda: differing(without, screen.picture(), 0.7) > 100)
    added = [track for track in screen.core.tracks if track.kind is TrackKind.SUBTITLE]
    assert [(track.title, track.language, track.external) for track in added] == [
        ("Mine", "fr", True)
    ]
    assert not screen.core.add_subtitle(os.fsencode(tmp_path / "gone.srt"))


def test_subtitles_beside_the_film_are_offered(screen: Screen, tmp_path: Path) -> None:
    words = tmp_path / "a.de.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:06,000\nDaneben\n")
    with screen.qtbot.waitSignal(screen.core.started, timeout=WAIT):
        screen.core.load(
            os.fsencode(make(RICH)), subtitles=((os.fsencode(words), "", "de"),), demuxer="mkv"
        )
        screen.view.attach(screen.core)
    screen.until(lambda: any(t.external and t.language == "de" for t in screen.core.tracks))


def test_tracks_chapters_speed_and_volume_are_told(screen: Screen) -> None:
    screen.play(make(RICH))
    screen.until(lambda: bool(screen.core.tracks) and bool(screen.core.chapters))
    kinds = [track.kind for track in screen.core.tracks]
    assert kinds.count(TrackKind.VIDEO) == 1  # the cover is no picture to play
    assert kinds.count(TrackKind.AUDIO) == kinds.count(TrackKind.SUBTITLE) == 2
    assert [chapter.title for chapter in screen.core.chapters] == ["Beginning", "End"]
    screen.core.select_track(TrackKind.AUDIO, 2)
    screen.until(
        lambda: any(
            t.kind is TrackKind.AUDIO and t.id == 2 and t.selected for t in screen.core.tracks
        )
    )
    screen.core.set_speed(2.0)
    screen.core.set_volume(30)
    screen.core.set_muted(True)
    screen.until(lambda: (screen.core.speed, screen.core.volume) == (2.0, 30.0))
    screen.until(lambda: screen.core.muted)
    with screen.qtbot.waitSignal(screen.core.ended, timeout=WAIT):
        pass
    assert screen.failures == []


@pytest.mark.parametrize(
    "name",
    [
        b"bad\xff\xfe.mkv",
        b"two\nlines.mkv",
        b"-x.mkv",
        b"http:x.mkv",
        b"--script=x.mkv",
        b"edl://x;y.mkv",
        b"100%s%n.mkv",
        b"memory:#EXTM3U.mkv",
        "\u0645\u0641\u062a\u0648\u062d \u202e.mkv".encode(),
    ],
)
def test_hostile_names_play(screen: Screen, tmp_path: Path, name: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    os.makedirs(os.path.dirname(path), exist_ok=True)
    make(PLAIN, path)
    screen.play(path)
    screen.until(lambda: screen.core.duration > 1)
    assert screen.failures == []


@pytest.mark.parametrize(("video", "container"), [("hevc", "mp4"), ("vp9", "webm"), ("av1", "mkv")])
def test_every_kind_of_film_plays(screen: Screen, video: str, container: str) -> None:
    film = make(Film(video=video, container=container))
    screen.play(film, demuxer="lavf" if container == "mp4" else "mkv")
    screen.until(lambda: colours(screen.picture()) > 20)


def test_a_film_cut_short_says_so(screen: Screen, tmp_path: Path) -> None:
    whole = make(LONG).read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole[: len(whole) // 2])
    screen.play(cut)
    screen.core.set_speed(4.0)
    screen.until(lambda: screen.failures == ["errors.file_ends_early"])


@pytest.mark.parametrize(
    ("content", "demuxer"),
    [
        (b"", "lavf"),
        (b"\x1a\x45\xdf\xa3nothing more", "mkv"),
        (b"#EXTM3U\n/etc/hostname\n", "lavf"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n/etc/hostname\n#EXT-X-ENDLIST\n", "lavf"),
        (b"ffconcat version 1.0\nfile /etc/hostname\n", "lavf"),
        (b"# mpv EDL v0\n/etc/hostname\n", "lavf"),
    ],
)
def test_what_is_no_film_fails_plainly(
    screen: Screen, tmp_path: Path, content: bytes, demuxer: str
) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)
    screen.core.load(os.fsencode(path), demuxer=demuxer)
    screen.view.attach(screen.core)
    screen.until(lambda: screen.failures == ["errors.file_unplayable"])


def test_a_file_that_is_gone_fails_plainly(screen: Screen, tmp_path: Path) -> None:
    screen.core.load(os.fsencode(tmp_path / "gone.mkv"))
    screen.view.attach(screen.core)
    screen.until(lambda: screen.failures == ["errors.file_unplayable"])


def test_after_a_failure_the_next_film_plays(screen: Screen, tmp_path: Path) -> None:
    screen.core.load(os.fsencode(tmp_path / "gone.mkv"))
    screen.view.attach(screen.core)
    screen.until(lambda: bool(screen.failures))
    with screen.qtbot.waitSignal(screen.core.started, timeout=WAIT):
        screen.core.load(os.fsencode(make(PLAIN)), demuxer="mkv")
    screen.until(lambda: colours(screen.picture()) > 20)


def test_it_closes_cleanly_twenty_times(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKOUL_AUDIO", "null")
    film = os.fsencode(make(PLAIN))
    for round_ in range(20):
        screen = Screen(qtbot)
        screen.core.load(film, demuxer="mkv")
        screen.view.attach(screen.core)
        qtbot.wait(5 + round_ * 10)  # from before the file is open to well into the film
        screen.close()


def test_it_moves_to_another_window_while_it_plays(screen: Screen, qtbot: QtBot) -> None:
    screen.play(make(LONG))
    screen.until(lambda: colours(screen.picture()) > 20)
    screen.view.setParent(None)
    screen.view.resize(480, 270)
    screen.view.show()
    before = screen.picture()
    screen.until(lambda: differing(before, screen.picture()) > 500)


def test_the_backend_is_chosen(qtbot: QtBot) -> None:
    assert choose_backend({"SOKOUL_RENDER": "opengl"}) is Backend.OPENGL
    assert choose_backend({"SOKOUL_RENDER": "software"}) is Backend.SOFTWARE
    assert choose_backend({}) is Backend.SOFTWARE  # offscreen


def test_lists_of_mpv_are_read_with_care() -> None:
    raw = [
        {"type": "sub", "id": 1, "title": b"bad\xff\ntitle", "lang": "fr"},
        {"type": "video", "id": 2, "albumart": True},
        {"type": "audio", "id": "x"},
        "nonsense",
    ]
    tracks = read_tracks(raw)
    assert [(track.id, track.title) for track in tracks] == [(1, "bad\ufffd title")]
    assert read_tracks(None) == ()
    assert read_chapters([{"time": 0.0}]) == ()
    chapters = read_chapters([{"time": 9.0, "title": "B"}, {"time": 0.0}])
    assert [chapter.start for chapter in chapters] == [0.0, 9.0]
