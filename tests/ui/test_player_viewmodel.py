"""The player's state without a widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import AppError, Unavailable
from app.domain.media import ItemId, TrackKind
from app.services.playback.request import ItemRequest
from tests.fakes.player import FakeEngine, FakeHistory, FakeSettings
from tests.fakes.services import running_bridge
from ui.languages import language_code
from ui.pages.player.tracks import beside, choose_subtitle, track_name, track_note
from ui.pages.player.viewmodel import PlayerViewModel, State
from ui.widgets.mpv_tracks import PlayerTrack

ITEM = ItemId(11)


class Rig:
    """A view-model and everything round it."""

    def __init__(self, model_of: Callable[..., PlayerViewModel], qtbot: QtBot) -> None:
        self.engine = FakeEngine()
        self.history = FakeHistory()
        self.settings = FakeSettings()
        self.model = model_of(self.history, self.settings, lambda: self.engine)
        self.qtbot = qtbot

    def play(self, item: ItemId = ITEM) -> None:
        self.model.open(item)
        self.until(lambda: self.model.state is State.PLAYING)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    with running_bridge() as (bridge, _bus):
        made = Rig(lambda *parts: PlayerViewModel(bridge, *parts), qtbot)
        yield made
        made.model.deleteLater()


def test_a_film_opens_where_it_stopped(rig: Rig) -> None:
    states: list[State] = []
    rig.model.state_changed.connect(lambda: states.append(rig.model.state))
    rig.play()
    assert states == [State.OPENING, State.PLAYING]
    name, path, start, subtitles, demuxer = rig.engine.calls[0]
    assert (name, path, start, demuxer) == ("load", b"/films/a.mkv", 40.0, "mkv")
    assert subtitles == ((b"/films/a.fr.srt", "", "fr"),)


def test_the_place_is_kept(rig: Rig) -> None:
    rig.play()
    rig.engine.position = 123.0
    rig.model.pause()
    rig.until(lambda: (11, 123.0) in rig.history.saved)
    assert rig.engine.paused
    rig.model.toggle()
    rig.engine.position = 200.0
    rig.model.stop()
    rig.until(lambda: (11, 200.0) in rig.history.saved)
    assert rig.model.state is State.EMPTY
    rig.until(lambda: bool(rig.model.shelf))


def test_what_cannot_be_opened_can_be_tried_again(rig: Rig) -> None:
    rig.history.error = Unavailable("errors.folder_away", name="Northern Post")
    rig.model.open(ITEM, from_start=True)
    rig.until(lambda: rig.model.state is State.FAILED)
    assert rig.model.error is rig.history.error
    rig.history.error = None
    rig.model.retry()
    rig.until(lambda: rig.model.state is State.PLAYING)
    assert rig.history.opened == [(11, True), (11, True)]


def test_a_broken_film_fails_plainly(rig: Rig) -> None:
    rig.play()
    rig.engine.failed.emit("errors.file_ends_early", {"name": "A"})
    assert rig.model.state is State.FAILED
    assert rig.model.error is not None
    assert rig.model.error.key == "errors.file_ends_early"


def test_without_libmpv_it_says_so(rig: Rig) -> None:
    def missing() -> FakeEngine:
        raise OSError("libmpv.so.2 is not here")

    rig.model._make_engine = missing
    rig.model.open(ITEM)
    rig.until(lambda: rig.model.state is State.FAILED)
    assert isinstance(rig.model.error, AppError)
    assert rig.model.error.key == "errors.player_missing"


def test_a_later_wish_wins(rig: Rig) -> None:
    rig.model.open(ITEM)
    rig.model.open(ItemId(12))
    rig.until(lambda: rig.model.state is State.PLAYING)
    assert isinstance(rig.model.request, ItemRequest)
    assert rig.model.request.item == 12
    assert len([call for call in rig.engine.calls if call[0] == "load"]) == 1


def test_the_next_episode_comes_by_itself(rig: Rig) -> None:
    counts: list[int] = []
    rig.model.countdown_changed.connect(counts.append)
    rig.play()
    rig.engine.end()
    rig.until(lambda: counts[:1] == [10])
    rig.model._count_timer.setInterval(1)
    rig.until(lambda: rig.model.request is not None and rig.model.request.card.id == 12)
    assert counts[:11] == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_one_may_stay(rig: Rig) -> None:
    rig.play()
    rig.engine.end()
    rig.until(lambda: rig.model._count_timer.isActive())
    rig.model.cancel_next()
    assert not rig.model._count_timer.isActive()
    rig.model.toggle()  # at the end: from the beginning
    assert rig.engine.position == 0.0
    assert not rig.engine.paused


def test_without_autoplay_it_waits_for_an_answer(rig: Rig) -> None:
    rig.settings.change(autoplay_next=False)
    counts: list[int] = []
    rig.model.countdown_changed.connect(counts.append)
    rig.play()
    rig.engine.end()
    rig.until(lambda: counts == [0])
    assert not rig.model._count_timer.isActive()
    rig.model.play_next()
    rig.until(lambda: (12, False) in rig.history.opened[1:])


def test_after_the_last_one_it_is_over(rig: Rig, qtbot: QtBot) -> None:
    rig.play(ItemId(12))
    with qtbot.waitSignal(rig.model.finished):
        rig.engine.end()


def test_skipping_uses_the_setting(rig: Rig) -> None:
    rig.settings.change(skip_seconds=30)
    rig.play()
    rig.model.skip(rig.model.skip_seconds)
    assert rig.engine.position == 70.0
    rig.model.skip(-1000)
    assert rig.engine.position == 0.0


def test_volume_and_mark_are_kept(rig: Rig) -> None:
    rig.play()
    rig.engine.set_volume(55.0)
    rig.model.keep_volume()
    rig.model.mark_watched()
    rig.until(lambda: rig.settings.kept == [("playback", "volume", 55)])
    rig.until(lambda: rig.history.marked == [11])


def test_subtitles_start_as_the_settings_say(rig: Rig) -> None:
    rig.settings.change(subtitles_on=True, subtitle_language="fr")
    rig.play()
    rig.until(
        lambda: (
            [t.id for t in rig.engine.tracks if t.kind is TrackKind.SUBTITLE and t.selected] == [2]
        )
    )


def test_choosing_subtitles() -> None:
    kind = TrackKind.SUBTITLE
    plain = PlayerTrack(1, kind, "eng")
    forced = PlayerTrack(2, kind, "fr", forced=True)
    french = PlayerTrack(3, kind, "fra")
    sound = PlayerTrack(1, TrackKind.AUDIO, "fre", selected=True)
    assert choose_subtitle([plain, forced, french], "fr", on=True) == 3
    assert choose_subtitle([plain, forced], "", on=True) == 1
    assert choose_subtitle([plain, forced, sound], "", on=False) == 2
    assert choose_subtitle([plain, sound], "", on=False) is None
    assert choose_subtitle([sound], "fr", on=True) is None


def test_names_of_tracks() -> None:
    kind = TrackKind.SUBTITLE
    assert track_name(PlayerTrack(1, kind, "fre"), 1) == "French"
    assert track_name(PlayerTrack(1, kind, "eng", "SDH"), 1) == "English \u00b7 SDH"
    assert track_name(PlayerTrack(1, kind, "eng", "English"), 1) == "English"
    assert track_name(PlayerTrack(1, kind), 4) == "Track 4"
    assert track_note(PlayerTrack(1, kind, external=True)) == "beside it"
    sound = PlayerTrack(1, TrackKind.AUDIO, codec="ac3", channels=6)
    assert track_note(sound) == "5.1 \u00b7 Dolby Digital"
    codes = [language_code(tag) for tag in ("fre", "pt-BR", "zho", "xx?", None)]
    assert codes == ["fr", "pt", "zh", "", ""]


def test_names_of_files_beside_the_film() -> None:
    assert beside(b"/f/a.fr.srt", b"/f/a.mkv") == (b"/f/a.fr.srt", "", "fr")
    assert beside(b"/f/a.en.forced.srt", b"/f/a.mkv")[1:] == ("forced", "en")
    assert beside(b"/f/other.srt", b"/f/a.mkv")[1:] == ("other", "")
    assert beside(b"/f/a\xff.srt", b"/f/a.mkv")[2] == ""
