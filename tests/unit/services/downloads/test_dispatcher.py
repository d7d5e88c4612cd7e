"""Downloads from the queue to the library, and every wait in between."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Vpn, VpnState
from app.domain.errors import AppError, NotFound, Refused, Unavailable
from app.domain.timetable import Pace, painted
from app.services.downloads.dispatcher import PACE_BEAT, SPACE_BEAT
from app.services.downloads.run import PAUSES
from app.services.downloads.space import Room
from tests.unit.services.downloads.conftest import GB, Yard, soon

AWAY = Unavailable("errors.server_offline", host="a.example")


async def test_it_loads_is_filed_and_is_done(yard: Yard) -> None:
    number, load = await yard.run()
    load.finish()
    record = await yard.until(number, DownloadState.DONE)
    assert [os.path.basename(path) for path in record.filed] == [b"Film (1999) [1080p].mkv"]
    assert os.path.exists(record.filed[0])
    await soon(lambda: [one.id for one in yard.finished] == [number])
    assert record.finished_at == 1000.0
    assert yard.library.added == [os.fsencode(yard.place / "library/Films")]
    (kept,) = await yard.store.all()
    assert kept.state is DownloadState.DONE
    assert kept.filed == record.filed


async def test_without_filing_it_stays_where_it_is(yard: Yard) -> None:
    yard.wishes = replace(yard.wishes, file_away=False)
    number, load = await yard.run()
    load.finish()
    record = await yard.until(number, DownloadState.DONE)
    assert record.filed == (os.fsencode(yard.place / "loads/Film 1999 1080p.mkv"),)


async def test_so_many_at_once_and_then_the_next(yard: Yard) -> None:
    yard.wishes = replace(yard.wishes, at_once=1)
    first, load = await yard.run()
    second = await yard.add()
    yard.crew.begin(second)
    await yard.until(second, DownloadState.QUEUED)
    assert yard.loads[second].looks <= 1  # it may be asked what it is
    load.finish()
    await yard.until(first, DownloadState.DONE)
    await soon(yard.loads[second].running.wait)


async def test_who_is_watched_takes_the_turn_of_another(yard: Yard) -> None:
    yard.wishes = replace(yard.wishes, at_once=1)
    first, _load = await yard.run()
    second = await yard.add()
    yard.crew.begin(second)
    with yard.crew.watched(second):
        await soon(yard.loads[second].running.wait)
        await yard.until(first, DownloadState.QUEUED)
    await yard.until(second, DownloadState.QUEUED)
    await yard.until(first, DownloadState.LOADING)


async def test_a_server_that_is_away_is_asked_again_and_then_it_has_failed(yard: Yard) -> None:
    number, load = await yard.run()
    for _attempt in range(4):
        await yard.waking(load.running.is_set)
        load.fail(AWAY)
        record = await yard.until(number, DownloadState.HELD)
        assert record.reason == "errors.server_offline"
        assert record.reason_args == {"host": "a.example"}
    await yard.waking(load.running.is_set)
    assert [one for one in yard.pauses if one in PAUSES[1:]] == list(PAUSES[1:])
    load.fail(AWAY)
    record = await yard.until(number, DownloadState.FAILED)
    assert record.reason == "errors.server_offline"
    await soon(lambda: number not in yard.crew.runs)


async def test_what_is_refused_fails_at_once(yard: Yard) -> None:
    number, load = await yard.run()
    load.fail(Refused("errors.stream_refused", host="a.example"))
    record = await yard.until(number, DownloadState.FAILED)
    assert record.reason == "errors.stream_refused"
    await soon(lambda: number not in yard.crew.runs)  # it is told first, then kept
    (kept,) = await yard.store.all()
    assert (kept.state, kept.reason) == (DownloadState.FAILED, "errors.stream_refused")


@pytest.mark.parametrize("key", ["errors.disk_full", "errors.disk_away", "errors.disk_read_only"])
async def test_a_disk_is_waited_for(yard: Yard, key: str) -> None:
    number, load = await yard.run()
    yard.disk_error = Unavailable(key, folder="x")
    load.fail(Unavailable(key, folder="x"))
    record = await yard.until(number, DownloadState.HELD)
    assert record.reason == key
    pauses = len(yard.pauses)
    await yard.waking(lambda: len(yard.pauses) > pauses + 2)
    assert yard.state(number) is DownloadState.HELD  # still away
    yard.disk_error = None
    await yard.waking(load.running.is_set)
    assert load.closed >= 1
    assert yard.state(number) is DownloadState.LOADING


async def test_what_would_eat_the_reserve_waits_before_it_begins(yard: Yard) -> None:
    yard.room = Room(7, GB + 500, 200 * GB)
    number = await yard.add()
    yard.crew.begin(number)
    record = await yard.until(number, DownloadState.HELD)
    assert record.reason == "errors.disk_full"
    assert yard.loads[number].runs == 0
    yard.room = Room(7, 2 * GB, 200 * GB)
    await yard.waking(yard.loads[number].running.is_set)


async def test_the_reserve_is_watched_while_it_loads(yard: Yard) -> None:
    number, load = await yard.run()
    yard.room = Room(7, GB - 1, 200 * GB)
    await yard.waking(lambda: yard.state(number) is DownloadState.HELD)
    record = yard.crew.get(number)
    assert record.reason == "errors.disk_full"
    yard.room = Room(7, GB + GB // 20, 200 * GB)
    pauses = len(yard.pauses)
    await yard.waking(lambda: len(yard.pauses) > pauses + 4)
    assert yard.state(number) is DownloadState.HELD  # a little over the reserve is not enough
    yard.room = Room(7, 2 * GB, 200 * GB)
    await yard.waking(load.running.is_set)


async def test_another_disk_in_its_place_is_no_disk(yard: Yard) -> None:
    number, load = await yard.run()
    yard.room = Room(8, 100 * GB, 200 * GB)
    await yard.waking(lambda: yard.state(number) is DownloadState.HELD)
    record = yard.crew.get(number)
    assert record.reason == "errors.disk_away"
    yard.room = Room(7, 100 * GB, 200 * GB)
    await yard.waking(load.running.is_set)


async def test_after_a_restart_it_goes_on(yard: Yard) -> None:
    number, load = await yard.run()
    load.done = 400
    await yard.crew.stop()
    (kept,) = await yard.store.all()
    assert kept.done == 400
    yard.crew = yard.build()
    await yard.crew.start()
    await soon(load.running.wait)
    assert yard.state(number) is DownloadState.LOADING


async def test_what_was_paused_failed_or_done_stays_so(yard: Yard) -> None:
    states = (DownloadState.PAUSED, DownloadState.FAILED, DownloadState.DONE)
    for state in states:
        await yard.add(state=state)
    await yard.crew.stop()
    yard.crew = yard.build()
    await yard.crew.start()
    assert [row.state for row in yard.crew.rows()] == list(states)
    assert yard.crew.runs == {}


async def test_a_torrent_gives_until_it_gave_enough(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip  # noqa: E501
    monkeypatch.setattr("app.services.downloads.run.LOOK_AGAIN", 0.01)
    yard.wishes = replace(yard.wishes, seed_percent=50, seed_hours=0)
    number, load = await yard.run(kind=DownloadKind.TORRENT)
    load.finish()
    await yard.until(number, DownloadState.SEEDING)
    load.uploaded = 499
    assert yard.state(number) is DownloadState.SEEDING
    load.uploaded = 500
    record = await yard.until(number, DownloadState.DONE)
    assert record.uploaded == 500


async def test_a_torrent_gives_until_its_time_is_over(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip  # noqa: E501
    monkeypatch.setattr("app.services.downloads.run.LOOK_AGAIN", 0.01)
    yard.wishes = replace(yard.wishes, seed_percent=100, seed_hours=1)
    number, load = await yard.run(kind=DownloadKind.TORRENT)
    load.finish()
    await yard.until(number, DownloadState.SEEDING)
    load.seeded = 3600.0
    await yard.until(number, DownloadState.DONE)


async def test_in_hours_of_rest_only_what_is_watched_runs(yard: Yard) -> None:
    number, _load = await yard.run()
    yard.wishes = replace(yard.wishes, timetable=painted("", 0, 9, Pace.REST))
    await yard.crew.set_pace()
    await yard.until(number, DownloadState.QUEUED)
    with yard.crew.watched(number):
        await yard.until(number, DownloadState.LOADING)


async def test_limits_follow_settings_and_hours(yard: Yard) -> None:
    yard.wishes = replace(yard.wishes, down_limit=5)
    await yard.crew.set_pace()
    assert yard.throttles.limits == (5_000_000, 0)
    yard.wishes = replace(
        yard.wishes, timetable=painted("", 0, 9, Pace.SLOW), slow_down=2, slow_up=1
    )
    await yard.waking(lambda: yard.throttles.limits == (2_000_000, 1_000_000))
    assert yard.crew.traffic().by_timetable


async def test_nobody_looks_at_disks_and_hours_while_there_is_nothing_to_hold(yard: Yard) -> None:
    yard.wishes = replace(yard.wishes, file_away=False)
    assert yard.pauses == []
    number, load = await yard.run()
    await soon(lambda: SPACE_BEAT in yard.pauses)
    assert PACE_BEAT not in yard.pauses
    load.finish()
    await yard.until(number, DownloadState.DONE)
    yard.wake()  # the look that was begun is the last
    yard.pauses.clear()
    await yard.crew.set_pace()
    await soon(lambda: not yard.crew.runs)
    assert yard.pauses == []
    yard.wishes = replace(yard.wishes, timetable=painted("", 0, 9, Pace.SLOW))
    await yard.crew.set_pace()
    await soon(lambda: yard.pauses == [PACE_BEAT])


async def test_rows_tell_what_changed_and_nothing_twice(yard: Yard) -> None:
    number, load = await yard.run()
    await soon(lambda: yard.told and yard.told[-1][0])
    await soon(lambda: yard.told[-1][0][0].state is DownloadState.LOADING)
    assert yard.told[-1][2].down == 100.0
    told = len(yard.told)
    yard.crew.ring()
    load.done = 10
    await soon(lambda: len(yard.told) > told)
    assert yard.told[-1][0][0].done == 10
    await yard.crew.end(number)
    yard.crew.records.clear()
    yard.crew.ring()
    await soon(lambda: yard.told[-1][1] == (number,))


async def test_without_its_vpn_a_torrent_is_shown_as_waiting(yard: Yard) -> None:
    number, _load = await yard.run(kind=DownloadKind.TORRENT)
    other, _load = await yard.run()
    yard.throttles.state = Vpn(VpnState.AWAY, "wg0")
    rows = {row.id: row for row in yard.crew.rows()}
    assert rows[number].state is DownloadState.HELD
    assert (rows[number].reason, rows[number].reason_args) == (
        "downloads.vpn_away", {"interface": "wg0"},
    )  # fmt: skip
    assert rows[other].state is DownloadState.LOADING


async def test_a_failure_while_filing_is_waited_for_and_nothing_is_fetched_twice(
    yard: Yard,
) -> None:
    blocked = yard.place / "library"
    blocked.write_text("in the way")
    number, load = await yard.run()
    load.finish()
    record = await yard.until(number, DownloadState.HELD)
    assert record.reason in ("errors.filing_failed", "errors.disk_away")
    blocked.unlink()
    await yard.waking(load.running.is_set)
    load.finish()  # what is here is only compared again
    await yard.until(number, DownloadState.DONE)


async def test_one_nobody_knows(yard: Yard) -> None:
    with pytest.raises(NotFound):
        yard.crew.get(DownloadId("nobody"))


async def test_an_error_of_ours_is_logged_and_ends_that_run_alone(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    number, load = await yard.run()
    _other, other = await yard.run()
    load.fail(AppError("errors.unexpected"))
    await yard.until(number, DownloadState.FAILED)
    assert other.running.is_set()
    assert not [one for one in caplog.records if one.levelname == "ERROR"]
