"""What the Downloads page knows, without widgets: rows that move, wishes, links, adding."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.downloads import (
    Ahead,
    Download,
    DownloadId,
    DownloadKind,
    DownloadState,
    Priority,
    Traffic,
    Vpn,
    VpnState,
)
from app.domain.errors import InvalidInput, Unavailable
from app.domain.events import DownloadsChanged
from app.runtime.bus import EventBus
from tests.fakes.downloads import GB, MAGNET, MB, FakeDownloads, drawn, load, many
from tests.fakes.services import running_bridge
from tests.fakes.settings import FakeSettings
from ui import download_words as said
from ui.pages.downloads.adding_model import AddingModel, Step
from ui.pages.downloads.deeds import Deed, can_play, deeds_of
from ui.pages.downloads.details_model import DetailsModel
from ui.pages.downloads.links import dropped, is_offer, links_in, name_of
from ui.pages.downloads.shelves import Shelf
from ui.pages.downloads.viewmodel import DownloadsViewModel
from ui.rail_counts import RailCounts


@dataclass
class Desk:
    """View-models and what they stand on."""

    model: DownloadsViewModel
    adding: AddingModel
    details: DetailsModel
    service: FakeDownloads
    settings: FakeSettings
    bus: EventBus
    qtbot: QtBot

    def wake(self) -> None:
        self.model.wake()
        self.qtbot.waitUntil(lambda: self.model.loaded)

    def names(self) -> list[str]:
        rows = [self.model.row(number) for number in self.model.ids]
        return [row.name for row in rows if row is not None]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    with running_bridge() as (bridge, bus):
        service, settings = FakeDownloads(bus, drawn()), FakeSettings(bus)
        model = DownloadsViewModel(bridge, service, settings)
        adding, details = AddingModel(bridge, service), DetailsModel(bridge, service)
        yield Desk(model, adding, details, service, settings, bus, qtbot)
        model.rest()
        details.leave()
        adding.reset()


def test_rows_come_in_the_order_that_tells_most(desk: Desk) -> None:
    done = load(9, "Old film", state=DownloadState.DONE, finished_at=1.0, order=-5)
    newer = load(10, "New film", state=DownloadState.DONE, finished_at=2.0, order=-6)
    desk.service.all |= {done.id: done, newer.id: newer}
    desk.wake()
    assert desk.names() == [
        "Night of the Living Dead (1968) 4K",
        "Metropolis (1927) restored",
        "Apollo 11 launch, NASA.mp4",
        "Pioneer One S01E04",
        "Archive lecture 07.mkv",
        "New film",
        "Old film",
    ]
    assert desk.model.counts[Shelf.ACTIVE] == 3
    assert desk.model.counts[Shelf.ALL] == 7
    desk.model.show(Shelf.FINISHED)
    assert desk.names() == ["New film", "Old film"]


def test_a_row_keeps_its_number_while_it_moves(desk: Desk) -> None:
    desk.wake()
    number = desk.model.ids[0]
    before = list(desk.model.ids)
    changed: list[tuple[int, ...]] = []
    desk.model.rows_changed.connect(changed.append)
    desk.service.move_on()
    desk.qtbot.waitUntil(lambda: len(changed) == 1)
    assert set(changed[0]) == set(before[:3])  # only those that load
    assert list(desk.model.ids) == before
    row = desk.model.row(number)
    assert row is not None
    assert row.done > drawn()[0].done


def test_what_is_told_before_the_rows_are_read_is_not_lost(desk: Desk) -> None:
    fresh = load(7, "Fresh")
    desk.bus.publish(DownloadsChanged((fresh,), (), Traffic(peers=5)))
    desk.qtbot.waitUntil(lambda: desk.model.traffic.peers == 5)
    assert list(desk.model.ids) == []
    desk.service.all[fresh.id] = fresh
    desk.wake()
    assert "Fresh" in desk.names()


def test_those_that_are_gone_leave(desk: Desk) -> None:
    desk.wake()
    desk.service.tell(gone=(drawn()[0].id,))
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 4)


def test_a_failure_to_read_is_told_and_can_be_tried_again(desk: Desk) -> None:
    desk.service.error = Unavailable("errors.database_damaged")
    desk.model.wake()
    desk.qtbot.waitUntil(lambda: desk.model.error is not None)
    assert not desk.model.loaded
    desk.service.error = None
    desk.model.load()
    desk.qtbot.waitUntil(lambda: desk.model.loaded)
    assert desk.model.error is None


def test_removing_is_told_so_that_it_can_be_undone(desk: Desk) -> None:
    desk.wake()
    with desk.qtbot.waitSignal(desk.model.removed) as told:
        desk.model.remove(desk.model.ids[0], files=True)
    assert told.args is not None
    (row,), files = told.args
    assert files is True
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 4)
    desk.model.restore(row.id)
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 5)


def test_space_pauses_goes_on_and_tries_again(desk: Desk) -> None:
    desk.wake()
    loading, failed = desk.model.ids[0], desk.model.ids[4]
    desk.model.toggle(loading)
    desk.qtbot.waitUntil(lambda: ("pause", drawn()[0].id) in desk.service.asked)
    desk.qtbot.waitUntil(lambda: desk.model.counts[Shelf.PAUSED] == 1)
    desk.model.toggle(loading)
    desk.qtbot.waitUntil(lambda: ("go", drawn()[0].id) in desk.service.asked)
    desk.model.toggle(failed)
    desk.qtbot.waitUntil(lambda: ("retry", drawn()[4].id) in desk.service.asked)


def test_a_step_in_the_queue_jumps_over_those_that_are_over(desk: Desk) -> None:
    rows = (
        load(0, state=DownloadState.QUEUED, order=0),
        load(1, state=DownloadState.DONE, order=3),
        load(2, state=DownloadState.SEEDING, order=7),
        load(3, state=DownloadState.QUEUED, order=8),
    )
    desk.service.all = {row.id: row for row in rows}
    desk.wake()
    last = desk.model.number_of(rows[3].id)
    desk.model.step(last, 1)  # there is nothing behind it
    desk.model.step(last, -1)
    desk.qtbot.waitUntil(lambda: ("place", rows[3].id, 0) in desk.service.asked)
    assert len([one for one in desk.service.asked if one[0] == "place"]) == 1


def test_limits_are_settings_and_a_refusal_is_told(desk: Desk) -> None:
    desk.wake()
    desk.model.set_limit("down_limit", 5)
    desk.qtbot.waitUntil(lambda: desk.model.wishes.down_limit == 5)
    desk.settings.error = Unavailable("errors.disk_full")
    with desk.qtbot.waitSignal(desk.model.failed):
        desk.model.set_limit("down_limit", 10)


def test_everything_is_paused_and_goes_on(desk: Desk) -> None:
    desk.wake()
    assert not desk.model.all_paused
    desk.model.toggle_all()
    desk.qtbot.waitUntil(lambda: desk.model.all_paused)
    desk.model.toggle_all()
    desk.qtbot.waitUntil(lambda: ("go_all",) in desk.service.asked)


def test_the_chart_follows_the_stretch_of_time(desk: Desk) -> None:
    desk.wake()
    desk.qtbot.waitUntil(lambda: len(desk.model.samples) > 0)
    first = desk.model.samples
    desk.model.set_range(3600)
    desk.qtbot.waitUntil(lambda: desk.model.samples != first)
    stretch = desk.model.samples[-1].at - desk.model.samples[0].at
    assert stretch == pytest.approx(3600)


def test_details_stay_fresh_and_wishes_reach_the_service(desk: Desk) -> None:
    number = drawn()[0].id
    desk.details.watch(number)
    desk.qtbot.waitUntil(lambda: desk.details.details is not None)
    desk.details.choose({1: Priority.SKIP})
    desk.qtbot.waitUntil(lambda: ("choose", number, {1: Priority.SKIP}) in desk.service.asked)

    def skipped() -> bool:
        now = desk.details.details
        return now is not None and now.files[1].priority is Priority.SKIP

    desk.qtbot.waitUntil(skipped)
    desk.service.all.pop(number)
    with desk.qtbot.waitSignal(desk.details.gone, timeout=3000):
        pass
    assert desk.details.watched is None


def test_a_link_is_looked_into_and_added_in_part(desk: Desk) -> None:
    desk.adding.look(MAGNET)
    assert desk.adding.link == MAGNET
    desk.qtbot.waitUntil(lambda: desk.adding.step is Step.FOUND)
    with desk.qtbot.waitSignal(desk.adding.added) as told:
        desk.adding.aim(b"/media/other")
        desk.adding.add({0: Priority.HIGH}, paused=True)
    assert told.args is not None
    assert told.args[1] is False
    assert ("add", MAGNET, b"/media/other", {0: Priority.HIGH}, True) in desk.service.asked
    assert desk.adding.step is Step.ASKING


def test_a_link_may_be_added_before_anybody_told_what_is_in_it(desk: Desk) -> None:
    desk.service.wait = asyncio.Event()
    desk.adding.look(MAGNET)
    with desk.qtbot.waitSignal(desk.adding.added):
        desk.adding.add(play=True)
    assert ("add", MAGNET, None, {}, False) in desk.service.asked


def test_silence_leaves_the_way_open_and_nonsense_does_not(desk: Desk) -> None:
    desk.service.look_error = Unavailable("errors.torrent_silent", seconds=60)
    desk.adding.look(MAGNET)
    desk.qtbot.waitUntil(lambda: desk.adding.step is Step.BLIND)
    desk.service.look_error = InvalidInput("errors.not_a_link")
    with desk.qtbot.waitSignal(desk.adding.failed):
        desk.adding.look("no link")
    assert desk.adding.step is Step.ASKING


def test_torrent_files_are_read_and_one_bad_one_keeps_none_out(desk: Desk, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.torrent", tmp_path / "gone.torrent"
    good.write_bytes(b"d4:infoe")
    desk.adding.look_file(str(good))
    desk.qtbot.waitUntil(lambda: ("look", b"d4:infoe") in desk.service.asked)
    desk.qtbot.waitUntil(lambda: desk.adding.step is Step.FOUND)
    errors: list[object] = []
    desk.adding.failed.connect(errors.append)
    with desk.qtbot.waitSignal(desk.adding.added) as told:
        desk.adding.add_all(["https://a.example/x.mkv"], [str(bad), str(good)])
    assert told.args is not None
    assert len(told.args[0]) == 2
    desk.qtbot.waitUntil(lambda: len(errors) == 1)
    assert getattr(errors[0], "key", "") == "errors.torrent_file_unreadable"


def test_the_rail_counts_what_goes_on(desk: Desk) -> None:
    counts: list[int] = []
    keeper = RailCounts(desk.model._bridge, desk.service, counts.append, desk.model)
    desk.qtbot.waitUntil(lambda: counts == [3])
    desk.service.tell(replace(drawn()[0], state=DownloadState.SEEDING))
    desk.qtbot.waitUntil(lambda: counts == [3, 2])
    desk.service.tell(gone=(drawn()[1].id,))
    desk.qtbot.waitUntil(lambda: counts == [3, 2, 1])
    keeper.deleteLater()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (MAGNET, (MAGNET,)),
        (f"see <https://a.example/x.mkv> and {MAGNET}", ("https://a.example/x.mkv", MAGNET)),
        ("ab" * 20, (f"magnet:?xt=urn:btih:{'ab' * 20}",)),
        ("nothing of that kind", ()),
        ("file:///etc/passwd javascript:alert(1)", ()),
        (f"{MAGNET} {MAGNET}", (MAGNET,)),
    ],
)
def test_links_in_a_text(text: str, found: tuple[str, ...]) -> None:
    assert links_in(text) == found


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (MAGNET, True),
        ("https://a.example/film.mkv?key=1", True),
        ("https://a.example/list.torrent", True),
        ("https://a.example/an/article", False),
        (f"look at {MAGNET}", False),
        ("https://[broken/film.mkv", False),
        ("", False),
    ],
)
def test_only_a_link_to_a_file_is_offered_from_the_clipboard(text: str, offered: bool) -> None:
    assert bool(is_offer(text)) is offered


def test_what_is_dropped_is_sorted() -> None:
    found = dropped(
        ["file:///home/me/A%20film.torrent", "file:///home/me/notes.txt", "https://a.example/x"]
    )
    assert found.links == ("https://a.example/x",)
    assert found.torrents == ("/home/me/A film.torrent",)
    assert dropped([], f"text with {MAGNET}").links == (MAGNET,)
    assert not dropped(["file:///home/me/notes.txt"])


def test_a_link_is_called_by_its_name() -> None:
    assert name_of(MAGNET) == "Night of the Living Dead"
    assert name_of("https://a.example/dir/My%20film.mkv?x=1") == "My film.mkv"
    assert name_of("https://a.example/") == "https://a.example/"


@pytest.mark.parametrize(
    ("changes", "state", "more"),
    [
        ({}, "Loading", ""),
        ({"connections": 0, "down": 0.0}, "Looking for peers", ""),
        ({"ahead": Ahead(124.0, True, None, True)}, "Playing while it loads", "2 min ahead"),
        ({"ahead": Ahead(960.0, True)}, "Ready to play", "16 min ahead"),
        ({"ahead": Ahead(2.0, False, 12.0)}, "Ready in about 12 s", ""),
        (
            {"ahead": Ahead(30.0, False, None, True, 252.0)},
            "Playing while it loads",
            "may stop at 4:12",
        ),
        ({"state": DownloadState.QUEUED, "reason": "downloads.turn"}, "Waits for its turn", ""),
        (
            {"state": DownloadState.HELD, "reason": "downloads.vpn_away"},
            "Waits for the VPN",
            "",
        ),
        (
            {
                "state": DownloadState.HELD,
                "reason": "errors.disk_full",
                "reason_args": {"needed": 12 * GB},
            },
            "Not enough space",
            "12 GB needed",
        ),
        ({"state": DownloadState.HELD, "reason": "errors.never_heard_of"}, "Waits", ""),
        ({"state": DownloadState.FAILED}, "Failed · try again", ""),
        ({"state": DownloadState.SEEDING, "uploaded": 2 * GB}, "Here, and shared", "2 GB given"),
    ],
)
def test_states_as_people_say_them(changes: dict[str, Any], state: str, more: str) -> None:
    row = load(1, **changes)
    assert said.state(row)[0] == state
    assert said.state_more(row) == more


def test_figures_as_people_say_them() -> None:
    first, _, file, queued, failed = drawn()
    assert said.percent(first) == "38 %"
    assert said.percent(replace(first, done=first.size or 0)) == "100 %"
    assert said.percent(replace(first, done=(first.size or 0) - 1)) == "99 %"
    assert said.speed_of(first) == "28.1 MB/s"
    assert said.left(first) == "6 min"
    assert said.origin(first) == "42 of 412 peers"
    assert said.origin(file) == "4 connections"
    assert said.origin(queued) == "Followed series"
    assert said.origin(failed) == "Server refused: 403"
    assert "archive.example refused the request (403)" in said.reason(failed)
    assert said.speed_of(failed) == said.DASH
    assert said.left(replace(first, down=1.0)) == "weeks"
    assert said.amount(first) == "6.1 GB of 16 GB"
    assert said.speed(12_345) == "12 kB/s"
    assert said.speed(1.2e9) == "1.2 GB/s"
    for word in ("Night of the", "38 %", "16 GB", "Playing while", "28.1 MB/s", "6 min left"):
        assert word in said.spoken(first)


def test_the_badge_and_the_limit_tell_the_truth() -> None:
    assert said.vpn(Vpn()) == ("No VPN", "dim", "shield")
    assert said.vpn(Vpn(VpnState.UP, "wg0")) == ("VPN on · wg0", "good", "shield-check")
    away = said.vpn(Vpn(VpnState.AWAY, "wg0"))
    assert away == ("VPN away · torrents wait", "bad", "shield-alert")
    assert said.limit(Traffic()) == "No limit"
    assert said.limit(Traffic(down_limit=5 * MB)) == "5 MB/s"
    assert said.limit(Traffic(down_limit=2 * MB, by_timetable=True)) == "2 MB/s by timetable"


@pytest.mark.parametrize("row", many(8), ids=lambda row: row.state.value)
def test_every_state_has_words_and_buttons(row: Download) -> None:
    text, tone = said.state(row)
    assert text
    assert tone in ("accent", "good", "warn", "bad", "info", "dim")
    deeds = deeds_of(row)
    assert deeds[-2:] == (Deed.REMOVE, Deed.MORE)


def test_play_is_for_what_can_be_played() -> None:
    assert can_play(load(1))
    assert not can_play(load(1, playable=None))
    assert can_play(load(1, playable=None, state=DownloadState.DONE))
    assert not can_play(load(1, state=DownloadState.FAILED))
    assert load(1).kind is DownloadKind.TORRENT
    assert load(1).id == DownloadId(f"{1:016x}")
