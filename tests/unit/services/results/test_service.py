"""Figures fetched, kept and told; accounts that cannot be asked; the schedule; CSV."""

from __future__ import annotations

import csv
from collections import deque
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.api.capabilities import Capability
from app.api.publishing import Figures
from app.domain.errors import AuthRequired, InvalidInput, Unavailable
from app.domain.events import JobState
from app.domain.post import AccountId, PostState
from app.domain.results import Counts
from app.services.results.fetching import counts_of
from app.services.results.service import KIND
from tests.unit.services.results.house import DAY, HOUR, NOW, House


async def test_figures_come_from_each_account_fifty_at_a_time(house: House) -> None:
    for number in range(120):
        house.count(house.posts.put(days=1), views=number)
    house.count(house.posts.put("tiktok1", days=1), views=7)
    house.posts.put(days=1, remote="")
    house.posts.put(days=1, state=PostState.FAILED)
    assert await house.results.fetch() == 121
    sizes = [(account, len(remotes)) for account, remotes in house.platforms.asked]
    assert sizes == [("youtube1", 50), ("youtube1", 50), ("youtube1", 20), ("tiktok1", 1)]
    assert len(house.told) == 1


async def test_an_account_that_cannot_be_asked_does_not_stop_the_others(house: House) -> None:
    house.count(house.posts.put(days=1), views=5)
    other = house.posts.put("tiktok1", days=1)
    house.count(other, views=6)
    error = AuthRequired("errors.post_sign_in", name="YouTube")
    house.platforms.troubles["youtube1 figures"] = deque([error])
    assert await house.results.fetch() == 1
    overview = await house.results.overview(0.0, NOW)
    assert [(one.account, one.key) for one in overview.troubles] == [
        ("youtube1", "errors.post_sign_in")
    ]
    assert (await house.results.curve(other.id))[0].counts.views == 6
    assert overview.looked == NOW
    await house.results.fetch()
    assert (await house.results.overview(0.0, NOW)).troubles == ()


async def test_an_account_that_tells_no_figures_is_left_alone(house: House) -> None:
    post = house.posts.put("email1", days=1)
    await house.results.fetch()
    assert house.platforms.asked == []
    assert await house.results.curve(post.id) == ()
    video = (await house.results.videos())[0]
    assert (video.counts, video.silent) == (Counts(), 1)


async def test_one_look_a_day_is_kept_the_last(house: House) -> None:
    post = house.posts.put(days=1)
    for hours, views in ((0, 10), (1, 11), (24, 30), (48, None)):
        house.now = NOW + hours * HOUR
        house.count(post, views=views, likes=1)
        await house.results.fetch([post.id])
    seen = await house.results.curve(post.id)
    assert [one.counts.views for one in seen] == [11, 30, None]
    assert [one.at for one in seen] == [NOW + HOUR, NOW + DAY, NOW + 2 * DAY]
    assert (await house.results.videos())[0].counts.views == 30


async def test_old_posts_are_looked_at_less_often(house: House) -> None:
    ages = {days: house.posts.put(days=days) for days in (1.0, 20.0, 300.0)}
    for post in ages.values():
        house.count(post, views=1)
    looks: list[int] = []
    for hours in range(0, 10 * 24, 6):
        house.now = NOW + hours * HOUR
        looks.append(len(await house.fetcher.fetch()))
    assert looks[0] == 3
    assert looks[1:4] == [1, 1, 1]
    assert looks[4] == 2
    assert sum(looks[12:]) < 2 * 9 + 5  # nine days later even the youngest is looked at daily


async def test_a_schedule_fetches_and_survives(house: House) -> None:
    house.count(house.posts.put(days=1), views=5)
    await house.jobs.start()
    try:
        await house.results.start()
        assert "results" in house.jobs.schedules()
        await house.results.start()  # once more changes nothing
        job = await house.jobs.submit(KIND, key="now")
        assert await house.jobs.wait(job) == 1
        assert (await house.jobs.info(job)).state is JobState.DONE
    finally:
        await house.results.stop()
        await house.jobs.stop()


async def test_what_posts_of_a_week_and_more_brought_is_told_to_who_plans(house: House) -> None:
    old, young = house.posts.put(days=8.0), house.posts.put(days=3)
    house.now = NOW - 1.5 * DAY
    house.count(old, views=600)
    house.count(young, views=3)
    await house.results.fetch()
    house.now = NOW - 0.5 * DAY
    house.count(old, views=800)
    await house.results.fetch()
    house.now = NOW
    assert await house.results.history() == ((NOW - 8 * DAY, 700),)
    assert await house.results.history(AccountId("tiktok1")) == ()


async def test_an_overview_has_videos_of_the_time_and_its_days(house: House) -> None:
    house.posts.put(days=40)
    post = house.posts.put(days=1)
    house.count(post, views=50)
    await house.results.fetch([post.id])
    overview = await house.results.overview(NOW - 3 * DAY, NOW)
    assert [one.title for one in overview.videos] == ["Video 1"]
    assert [one.day for one in overview.days] == [
        datetime.fromtimestamp(NOW - days * DAY, UTC).date().isoformat() for days in (3, 2, 1, 0)
    ]
    assert [one.gaps for one in overview.days] == [1, 1, 2, 2]


async def test_many_days_are_bounded(house: House) -> None:
    days = await house.results.days(date(1990, 1, 1), date(2026, 1, 1))
    assert len(days) == 401


async def test_all_looks_go_into_a_table(house: House, tmp_path: Path) -> None:
    post = house.posts.put(days=9, account_name='=HYPERLINK("x")')
    for days, views in ((6.5, 60), (7.5, None), (8.5, 90)):
        house.now = post.ended + days * DAY
        house.count(post, views=views, watched=12.5)
        await house.results.fetch([post.id])
    out = tmp_path / "figures.csv"
    assert await house.results.export(out) == out
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["views"] for row in rows] == ["60", "", "90"]
    assert {row["watched"] for row in rows} == {"12.5"}
    assert rows[0]["account"].startswith("'=")
    with pytest.raises(InvalidInput, match="file_there"):
        await house.results.export(out)


async def test_an_account_is_forgotten(house: House) -> None:
    post = house.posts.put(days=1)
    house.count(post, views=5)
    await house.results.fetch()
    assert await house.results.forget(post.account) == 1
    assert await house.results.curve(post.id) == ()


async def test_a_platform_that_fails_midway_keeps_what_it_told(house: House) -> None:
    posts = [house.posts.put(days=1) for _ in range(60)]
    for post in posts:
        house.count(post, views=1)
    gone = [Unavailable("errors.bad_answer")]
    real = house.platforms.call

    async def once(plugin: str, *args: object, **more: object) -> object:
        if len(house.platforms.asked) == 1:
            raise gone[0]
        return await real(plugin, *args, **more)  # type: ignore[arg-type]  # passed on as they came

    house.platforms.call = once  # type: ignore[method-assign]  # fails once
    assert await house.results.fetch() == 50
    overview = await house.results.overview(0.0, NOW)
    assert [one.key for one in overview.troubles] == ["errors.bad_answer"]


def test_figures_that_cannot_be_are_none() -> None:
    bad = Figures("r", -1, True, 2**60, 3, float("nan"), None, "7")  # type: ignore[arg-type]  # hostile
    assert counts_of(bad) == Counts(shares=3)


async def test_capabilities_are_asked_for(house: House) -> None:
    house.platforms.can = {Capability.CHANGES_POSTS}
    house.count(house.posts.put(days=1), views=5)
    assert await house.results.fetch() == 0
