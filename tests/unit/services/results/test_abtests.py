"""A/B tests: windows kept to the second over restarts, lost answers, outages, and their ends."""

from __future__ import annotations

import io
import random
from collections import deque
from pathlib import Path

import pytest
from PIL import Image

from app.api.capabilities import Capability
from app.domain.errors import AuthRequired, InvalidInput, Refused, Unavailable, Unsupported
from app.domain.post import Attached, Post, PostState
from app.domain.results import ABTest, TestState, TestWay, Variant
from app.services.results.swapping import Swapper
from app.services.results.windows import UNKNOWN
from tests.unit.services.results.house import HOUR, NOW, House

TITLES = (Variant(), Variant("Time is slower at home"))
WINDOW = 6 * HOUR


class Crowd:
    """Watches what is set: so many views in an hour for each title."""

    def __init__(self, house: House, post: Post, rates: dict[str, float]) -> None:
        self.house, self.post, self.rates = house, post, rates
        self.views, self.since, self.title = 1_000.0, house.now, post.words.title
        house.platforms.on_change = self._changed
        self.count()

    def count(self) -> None:
        passed = self.house.now - self.since
        self.views += self.rates[self.title] * passed / HOUR
        self.since = self.house.now
        self.house.count(self.post, views=round(self.views))

    async def _changed(self, _remote: str, wanted: object) -> None:
        self.count()
        self.title = wanted.title  # type: ignore[attr-defined]  # a PostWanted


async def begun(house: House, post: Post, **plan: int) -> ABTest:
    house.tests._shuffle = random.Random(4).shuffle  # the same lot each time
    return await house.tests.begin(post.id, TITLES, **plan)


async def go(house: House, crowd: Crowd, hours: float, swapper: Swapper | None = None) -> None:
    """Let time pass, with a look each half an hour."""
    for _ in range(round(hours * 2)):
        house.now += HOUR / 2
        crowd.count()
        await (swapper or house.swapper).step()


async def test_the_better_title_is_found_and_stays(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 60.0, "Time is slower at home": 90.0})
    test = await begun(house, post)
    await house.swapper.step()
    await go(house, crowd, 24 * 14)
    ended = await house.tests.view(test.id)
    assert ended.state is TestState.WON
    assert ended.winner == ended.leader == 1
    assert ended.sure >= 0.95
    assert ended.least <= ended.windows_done < ended.windows
    assert crowd.title == "Time is slower at home"
    assert ended.standings[1].rate == pytest.approx(90.0, rel=0.05)
    assert ended.standings[0].rate == pytest.approx(60.0, rel=0.05)
    assert [one.key for one in house.notices] == ["notices.test_won"]
    changes = len(house.platforms.changed)
    await go(house, crowd, 24)
    assert len(house.platforms.changed) == changes


async def test_alike_ones_end_without_a_winner_and_with_the_first(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 60.0, "Time is slower at home": 60.0})
    test = await begun(house, post, days=4)
    await house.swapper.step()
    await go(house, crowd, 24 * 4 + 1)
    ended = await house.tests.view(test.id)
    assert ended.state is TestState.NO_DIFFERENCE
    assert ended.winner is None
    assert crowd.title == "Video 0"
    assert ended.windows_done == ended.windows == 16


async def test_each_variant_is_set_in_its_window(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    test = await begun(house, post, hours=6, days=2)
    await house.swapper.step()
    plan = await house.windows.windows(test.id)
    for window in plan:
        house.now = window.at + 1.0
        await house.swapper.step()
        assert (
            crowd.title == (await house.tests.view(test.id)).standings[window.variant].variant.title
        )
        view = await house.tests.view(test.id)
        assert view.showing == window.variant
        if window.number < len(plan) - 1:
            assert view.next_swap == plan[window.number + 1].at


async def test_a_restart_sets_what_is_due_and_nothing_twice(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    test = await begun(house, post)
    await house.swapper.step()
    plan = await house.windows.windows(test.id)
    changes = len(house.platforms.changed)
    await house.new_swapper().step()
    assert len(house.platforms.changed) == changes
    away = next(one for one in plan[3:] if one.variant != plan[0].variant)
    house.now = away.at + 60.0  # it was off for several windows
    await house.new_swapper().step()
    assert crowd.title == TITLES[away.variant].title or (away.variant == 0)
    windows = await house.windows.windows(test.id)
    assert windows[away.number].begun == house.now
    assert all(not one.begun for one in windows[1 : away.number])
    assert (await house.tests.view(test.id)).standings[plan[0].variant].windows == 0  # too long


@pytest.mark.parametrize("kept", [True, False])
async def test_a_lost_answer_is_followed_by_the_same_wish(house: House, kept: bool) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})

    async def lost(_remote: str, wanted: object) -> None:
        house.platforms.on_change = crowd._changed
        if kept:  # it happened, but nobody hears of it
            await crowd._changed("", wanted)
        raise Unavailable("errors.connection_lost")

    test = await begun(house, post)
    house.platforms.on_change = lost
    await house.swapper.step()
    view = await house.tests.view(test.id)
    assert view.showing == UNKNOWN
    assert view.reason == "errors.connection_lost"
    assert not (await house.windows.windows(test.id))[0].begun
    house.now += 20.0
    await house.new_swapper().step()
    first, second = house.platforms.changed
    assert first == second
    view = await house.tests.view(test.id)
    assert (view.reason, view.windows_done) == ("", 0)
    assert (await house.windows.windows(test.id))[0].begun == house.now


async def test_a_killed_change_is_made_again(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})

    class KilledError(BaseException):
        pass

    async def kill(_remote: str, _wanted: object) -> None:
        house.platforms.on_change = crowd._changed
        raise KilledError

    test = await begun(house, post)
    house.platforms.on_change = kill
    with pytest.raises(KilledError):
        await house.swapper.step()
    await house.new_swapper().step()
    window = (await house.windows.windows(test.id))[0]
    assert window.begun == NOW
    assert house.platforms.changed[0] == house.platforms.changed[1]


async def test_signing_in_wakes_a_test_that_waits_for_it(house: House) -> None:
    post = house.posts.put()
    Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    signed_out = AuthRequired("errors.post_sign_in", name="YouTube")
    house.platforms.troubles["change"] = deque([signed_out])
    test = await begun(house, post)
    await house.swapper.step()
    assert (await house.tests.view(test.id)).reason == "errors.post_sign_in"
    await house.swapper.step()
    assert house.platforms.changed == []
    house.tests.nudge()
    await house.swapper.step()
    assert len(house.platforms.changed) == 1
    assert (await house.tests.view(test.id)).reason == ""


async def test_a_refusal_ends_it(house: House) -> None:
    post = house.posts.put()
    Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    house.platforms.troubles["change"] = deque([Refused("errors.post_refused", reason="no")])
    test = await begun(house, post)
    await house.swapper.step()
    ended = await house.tests.view(test.id)
    assert (ended.state, ended.reason) == (TestState.FAILED, "errors.post_refused")
    assert [one.key for one in house.notices] == ["notices.test_failed"]


async def test_figures_that_do_not_come_make_a_window_wait_and_then_not_count(
    house: House,
) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    test = await begun(house, post)
    await house.swapper.step()
    del house.platforms.seen[post.remote]
    house.now += WINDOW + 1
    await house.swapper.step()
    view = await house.tests.view(test.id)
    assert (view.reason, view.windows_done) == ("errors.test_no_figures", 0)
    house.now += 2 * WINDOW
    await house.swapper.step()
    windows = await house.windows.windows(test.id)
    assert windows[0].after is None
    crowd.count()
    house.now += HOUR
    await house.swapper.step()
    assert (await house.tests.view(test.id)).standings[windows[0].variant].windows == 0


async def test_the_owner_stops_it_and_keeps_one(house: House) -> None:
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    test = await begun(house, post)
    await house.swapper.step()
    with pytest.raises(InvalidInput, match="test_runs"):
        await house.tests.remove(test.id)
    with pytest.raises(InvalidInput, match="test_result"):
        await house.tests.stop(test.id, 7)
    del house.platforms.seen[post.remote]  # no figures are needed for that
    await house.tests.stop(test.id, 1)
    await house.swapper.step()
    ended = await house.tests.stop(test.id, 0)
    assert (ended.state, ended.showing, ended.winner) == (TestState.STOPPED, 1, None)
    assert crowd.title == "Time is slower at home"
    await house.tests.remove(test.id)
    assert await house.tests.list() == ()


async def test_the_runner_swaps_when_it_is_time(house: House) -> None:
    """The real task: woken by a new test, and by the clock."""
    post = house.posts.put()
    crowd = Crowd(house, post, {"Video 0": 5.0, "Time is slower at home": 5.0})
    import asyncio

    stirred = asyncio.Event()

    async def changed(remote: str, wanted: object) -> None:
        await crowd._changed(remote, wanted)
        stirred.set()

    house.platforms.on_change = changed
    await house.tests.open()
    try:
        test = await begun(house, post)
        async with asyncio.timeout(30):
            await stirred.wait()
        stirred.clear()
        plan = await house.windows.windows(test.id)
        other = next(one for one in plan if one.variant != plan[0].variant)
        house.now = other.at
        house.swapper.nudge()  # as the end of its sleep does
        async with asyncio.timeout(30):
            await stirred.wait()
    finally:
        await house.tests.close()


def picture(path: Path, colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, "PNG")
    path.write_bytes(out.getvalue())
    return bytes(path)


async def test_pictures_are_tested_from_copies_of_our_own(house: House, tmp_path: Path) -> None:
    own = picture(tmp_path / "own.png", "red")
    other = picture(tmp_path / "other.png", "blue")
    post = house.posts.put(attached=Attached(thumbnail=own))
    house.count(post, views=1)
    test = await house.tests.begin(post.id, [Variant(), Variant("", other)])
    for name in ("own.png", "other.png"):
        (tmp_path / name).unlink()
    await house.swapper.step()
    sent = house.platforms.changed[0][1]
    assert sent.title == "Video 0"
    assert sent.thumbnail is not None
    assert Path(sent.thumbnail.path.decode()).read_bytes()
    kept = [Path(one.variant.thumbnail.decode()) for one in test.standings]
    assert all(one.parent == house.folder / "tests" for one in kept)
    assert len(set(kept)) == 2


async def test_titles_alone_leave_the_picture_alone(house: House, tmp_path: Path) -> None:
    post = house.posts.put(attached=Attached(thumbnail=picture(tmp_path / "own.png", "red")))
    house.count(post, views=1)
    await begun(house, post)
    await house.swapper.step()
    assert house.platforms.changed[0][1].thumbnail is None


async def test_what_cannot_be_tested_is_told(house: House, tmp_path: Path) -> None:
    post = house.posts.put()
    house.count(post, views=1)
    begin = house.tests.begin
    with pytest.raises(InvalidInput, match="test_variants"):
        await begin(post.id, [Variant()])
    with pytest.raises(InvalidInput, match="test_variants"):
        await begin(post.id, [Variant(), Variant("Video 0")])
    with pytest.raises(InvalidInput, match="test_variants"):
        await begin(post.id, [Variant(str(number)) for number in range(4)])
    with pytest.raises(InvalidInput, match="test_plan"):
        await begin(post.id, TITLES, hours=5)
    with pytest.raises(InvalidInput, match="test_needs_pictures"):
        await begin(post.id, [Variant(), Variant("", picture(tmp_path / "b.png", "blue"))])
    (tmp_path / "no.png").write_bytes(b"no picture")
    with pytest.raises(InvalidInput, match="not_a_picture"):
        await begin(post.id, [Variant(), Variant("", bytes(tmp_path / "no.png"))])
    with pytest.raises(InvalidInput, match="test_not_out"):
        await begin(house.posts.put(state=PostState.PLANNED).id, TITLES)
    await begun(house, post)
    with pytest.raises(InvalidInput, match="test_runs"):
        await begin(post.id, TITLES)
    house.platforms.can = {Capability.REPORTS_FIGURES}
    with pytest.raises(Unsupported, match="test_cannot"):
        await begin(house.posts.put().id, TITLES)


async def test_a_guided_test_waits_for_what_came_out(house: House) -> None:
    post = house.posts.put()
    other = house.posts.put("tiktok1")
    assert await house.tests.able(post.id) == (TestWay.SWAP, TestWay.GUIDED)
    assert await house.tests.able(other.id) == (TestWay.SWAP,)
    test = await house.tests.guide(post.id, TITLES)
    await house.swapper.step()
    assert house.platforms.changed == []
    with pytest.raises(InvalidInput, match="test_result"):
        await house.tests.enter(test.id, [0.4, 1.6], 1)
    ended = await house.tests.enter(test.id, [0.4, 0.6], 1)
    assert (ended.state, ended.winner) == (TestState.WON, 1)
    assert [one.share for one in ended.standings] == [0.4, 0.6]
    again = await house.tests.guide(post.id, TITLES)
    assert (await house.tests.enter(again.id, [], None)).state is TestState.NO_DIFFERENCE
    with pytest.raises(Unsupported):
        await house.tests.guide(other.id, TITLES)
