"""The day's quota: counted ahead, one for all of an app, and nothing begun it would not end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import tomllib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import AppError, PutOff, Refused, Unavailable
from app.api.publishing import PostWanted, Stage, Trace
from plugins.youtube.quota import Day, day_of, project_of, read_costs, read_day, until_midnight
from tests.fakes.oauth import CLIENT, CLIENT_SECRET, kept
from tests.fakes.platforms import (
    Fault,
    captions_file,
    picture_file,
    provided,
    publishing,
    until,
    wanted,
    whole,
)
from tests.fakes.plugins import ROOT
from tests.plugins.youtube.platform import used_up

NOW = datetime.datetime.fromisoformat("2026-07-01T12:00:00-07:00").timestamp()
ALL = 1 * 50 + 400 + 12
"""Units of a post with thumbnail and captions, with as many looks as there may be."""


def everything(place: Path, number: int = 0) -> PostWanted:
    one = wanted(place, thumbnail=picture_file(place), captions=captions_file(place))
    return replace(one, key=f"{number:032x}")


async def left(provider: Any) -> dict[str, int]:
    told = await provider.standing()
    assert told.note == "notes.youtube_left"
    return dict(told.note_args)


@contextlib.asynccontextmanager
async def another(place: Path, there: Any, **options: Any) -> AsyncIterator[Any]:
    """One more account there, or the same after a restart."""
    async with provided(
        "youtube", place, there.address, seconds=5.0,
        secrets={"client_secret": CLIENT_SECRET, **kept(options.get("client_id", CLIENT))},
        options={"client_id": CLIENT, **options},
    ) as provider:  # fmt: skip
        provider.clock = lambda: NOW
        yield provider


async def test_everything_is_counted_as_youtube_counts_it(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        there.states = ["uploaded", "uploaded"]
        last = await whole(provider, everything(tmp_path))
        assert there.used == {"units": 50 + 400 + 3, "uploads": 1}
        await provider.figures([last.remote])
        await provider.account()
        there.sessions.clear()
        ended = json.dumps({**json.loads(last.session), "video": "", "sent": 0})
        assert (await provider.find(everything(tmp_path), ended)).trace is Trace.THERE
        await provider.change(last.remote, replace(wanted(tmp_path), title="Fog"))
        assert there.used["units"] == 453 + 1 + 1 + 51 + 3
        assert await left(provider) == {"units": 10_000 - there.used["units"], "uploads": 99}


async def test_a_refused_upload_leaves_nothing_set_aside(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=ALL) as (provider, there):
        with pytest.raises(AppError, match="youtube_title"):
            await provider.advance(replace(everything(tmp_path), title="a < b"), "")
        await whole(provider, everything(tmp_path, 1))
        assert len(there.posts) == 1


async def test_what_does_not_fit_is_not_begun(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=800) as (provider, there):
        provider.clock = lambda: NOW
        await whole(provider, everything(tmp_path))
        asked = len(there.seen)
        with pytest.raises(PutOff, match="youtube_quota_ahead") as caught:
            await provider.advance(everything(tmp_path, 1), "")
        assert caught.value.args_map == {
            "retry_after": 12 * 3600, "needed": ALL, "left": 800 - 451,
        }  # fmt: skip
        assert len(there.seen) == asked
        await whole(provider, replace(wanted(tmp_path), key="7" * 32))  # this one needs less
        provider.clock = lambda: NOW + 12 * 3600
        there.used = {"units": 0, "uploads": 0}
        await whole(provider, everything(tmp_path, 1))
        assert len(there.posts) == 3


async def test_uploads_have_a_count_of_their_own(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_uploads=1) as (provider, there):
        await whole(provider, wanted(tmp_path))
        with pytest.raises(PutOff, match="youtube_uploads_ahead"):
            await provider.advance(replace(wanted(tmp_path), key="7" * 32), "")
        assert len(there.sessions) == 1
        assert (await left(provider))["uploads"] == 0


async def test_what_no_day_can_hold_is_refused(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=ALL - 1) as (provider, there):
        with pytest.raises(Refused, match="youtube_quota_small"):
            await provider.advance(everything(tmp_path), "")
        assert not there.seen


async def test_figures_and_searches_leave_something_for_posts(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=24) as (provider, there):
        last = await whole(provider, wanted(tmp_path))
        for _ in range(11):
            await provider.figures([last.remote])
        asked = len(there.seen)
        with pytest.raises(PutOff, match="youtube_quota_ahead"):
            await provider.figures([last.remote])
        assert len(there.seen) == asked
        there.sessions.clear()
        ended = json.dumps({**json.loads(last.session), "video": "", "sent": 0})
        with pytest.raises(PutOff):
            await provider.find(wanted(tmp_path), ended)
        await whole(provider, replace(wanted(tmp_path), key="7" * 32))
        assert len(there.posts) == 2


async def test_words_are_changed_wholly_or_not_at_all(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=100) as (provider, there):
        last = await whole(provider, wanted(tmp_path))
        new = replace(wanted(tmp_path), title="Fog", thumbnail=picture_file(tmp_path))
        with pytest.raises(PutOff):
            await provider.change(last.remote, new)
        assert there.posts[0]["title"] != "Fog"


async def test_the_count_outlives_a_restart_and_is_one_for_all_of_an_app(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (_, there):
        async with another(tmp_path, there) as provider:
            await whole(provider, everything(tmp_path))
        async with another(tmp_path, there) as again, another(tmp_path, there) as beside:
            for one in (again, beside):
                assert await left(one) == {"units": 10_000 - 451, "uploads": 99}
            await beside.account()
            assert (await left(again))["units"] == 10_000 - 452
        async with another(tmp_path, there, client_id="other-app") as apart:
            assert await left(apart) == {"units": 10_000, "uploads": 100}


def test_an_app_is_known_by_its_project() -> None:
    ending = ".apps.googleusercontent.com"
    assert project_of(f" 1234567890-abc{ending}") == project_of(f"1234567890-xyz{ending}")
    assert project_of("1234567890-abc") != project_of("1234567891-abc")
    assert project_of("an-app") == "an-app"


async def test_youtube_knows_better(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        provider.clock = lambda: NOW
        there.quota["units"] = 100  # another program asks for the same project
        there.states = ["uploaded"]
        ready = await until(provider, everything(tmp_path), Stage.READY)
        out = await provider.commit(everything(tmp_path), ready.session)
        step = await provider.advance(everything(tmp_path), out.session)
        with pytest.raises(Unavailable, match="errors.youtube_quota") as caught:
            await provider.advance(everything(tmp_path), step.session)
        assert not isinstance(caught.value, PutOff)
        assert await left(provider) == {"units": 0, "uploads": 99}
        asked = len(there.seen)
        for ask in (
            provider.advance(everything(tmp_path, 1), ""),
            provider.advance(everything(tmp_path), step.session),
            provider.figures(["vid-0000000"]),
        ):
            with pytest.raises(PutOff):
                await ask
        assert len(there.seen) == asked
        provider.clock = lambda: NOW + 12 * 3600
        there.used["units"], there.quota["units"] = 0, 10_000
        await whole(provider, everything(tmp_path), step.session)
        assert [len(one) for one in there.captions.values()] == [1]
        assert len(there.posts) == 1


async def test_uploads_that_are_used_up_are_no_haste(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        provider.clock = lambda: NOW
        there.quota["uploads"] = 0
        with pytest.raises(Unavailable, match="errors.youtube_quota") as caught:
            await provider.advance(wanted(tmp_path), "")
        assert caught.value.args_map == {"retry_after": 12 * 3600}
        assert await left(provider) == {"units": 10_000, "uploads": 0}
        with pytest.raises(PutOff):
            await provider.advance(wanted(tmp_path), "")
        body = used_up("uploads").body
        assert isinstance(body, bytes)
        hasty = Fault(status=429, body=body.decode().replace("per day", "per minute"))
        provider.clock = lambda: NOW + 12 * 3600
        there.trouble = [hasty]
        with pytest.raises(Unavailable, match="server_busy"):
            await provider.advance(wanted(tmp_path), "")
        assert (await left(provider))["uploads"] == 99


async def test_nothing_is_shown_that_could_not_be_ended(tmp_path: Path) -> None:
    """Sent but for the last piece, when YouTube says that nothing is left."""
    async with publishing("youtube", tmp_path) as (provider, there):
        provider.clock = lambda: NOW
        ready = await until(provider, everything(tmp_path), Stage.READY)
        there.quota["units"] = 0
        with pytest.raises(Unavailable):
            await provider.account()
        with pytest.raises(PutOff):
            await provider.advance(everything(tmp_path), ready.session)
        assert not there.posts
        provider.clock = lambda: NOW + 12 * 3600
        there.quota["units"] = 10_000
        await whole(provider, everything(tmp_path), ready.session)
        assert len(there.sessions) == len(there.posts) == 1


async def test_posts_at_once_never_overrun(tmp_path: Path) -> None:
    units = 2 * ALL + 100
    async with publishing("youtube", tmp_path) as (_, there), contextlib.AsyncExitStack() as stack:
        there.quota["units"] = units
        accounts = [
            await stack.enter_async_context(another(tmp_path, there, daily_units=units))
            for _ in range(5)
        ]
        wishes = [everything(tmp_path, number) for number in range(5)]
        ends = await asyncio.gather(
            *(whole(one, wish) for one, wish in zip(accounts, wishes, strict=True)),
            return_exceptions=True,
        )
        assert sorted(type(one).__name__ for one in ends) == ["PostStep"] * 2 + ["PutOff"] * 3
        assert len(there.sessions) == len(there.posts) == len(there.thumbnails) == 2
        assert len(there.captions) == 2
        assert there.used["units"] == 2 * 451
        assert (await left(accounts[0]))["units"] == units - 2 * 451


async def test_what_was_given_up_is_free_again(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=ALL + 100) as (provider, there):
        provider.clock = lambda: NOW
        await provider.advance(everything(tmp_path), "")  # cancelled: nobody asks for it again
        with pytest.raises(PutOff):
            await provider.advance(everything(tmp_path, 1), "")
        provider.clock = lambda: NOW + 2 * 3600 + 1
        await whole(provider, everything(tmp_path, 1))
        assert len(there.posts) == 1


async def test_what_is_sent_for_long_stays_set_aside(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, daily_units=ALL + 100) as (provider, there):
        session = ""
        for minutes in range(0, 181, 20):
            provider.clock = lambda at=NOW + minutes * 60: at
            session = (await provider.advance(everything(tmp_path), session)).session
            with pytest.raises(PutOff):
                await provider.advance(everything(tmp_path, 1), "")
        assert len(there.sessions) == 1


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-07-01", 24)]
)
def test_a_day_is_as_long_as_it_is_in_california(day: str, hours: int) -> None:
    offset = "-08:00" if day < "2026-03-09" else "-07:00"
    begin = datetime.datetime.fromisoformat(f"{day}T00:00:00{offset}").timestamp()
    assert until_midnight(begin) == hours * 3600
    assert day_of(begin - 1) < day_of(begin) == day
    assert day_of(begin + hours * 3600 - 1) == day < day_of(begin + hours * 3600)
    assert until_midnight(begin + hours * 3600 - 7200) == 7200


async def test_the_count_begins_anew_when_summer_time_has_ended(tmp_path: Path) -> None:
    begin = datetime.datetime.fromisoformat("2026-11-01T00:00:00-07:00").timestamp()
    async with publishing("youtube", tmp_path, daily_uploads=1) as (provider, there):
        provider.clock = lambda: begin
        await whole(provider, wanted(tmp_path))
        again = replace(wanted(tmp_path), key="7" * 32)
        for seconds in (24 * 3600 - 1, 24 * 3600, 25 * 3600 - 61):
            provider.clock = lambda at=begin + seconds: at
            with pytest.raises(PutOff) as caught:
                await provider.advance(again, "")
            assert caught.value.args_map["retry_after"] == 25 * 3600 - seconds
        provider.clock = lambda: begin + 25 * 3600
        await whole(provider, again)
        assert len(there.posts) == 2


def test_the_table_says_where_it_is_from() -> None:
    costs = read_costs()
    assert costs.source.startswith("https://developers.google.com/youtube/")
    manifest = tomllib.loads((ROOT / "plugins/youtube/manifest.toml").read_text())
    assert costs.limits == {
        kind: manifest["options"][f"daily_{kind}"]["default"] for kind in ("units", "uploads")
    }
    assert costs.needed("videos.insert", "thumbnails.set", "captions.insert") == {
        "units": ALL, "uploads": 1,
    }  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["day", "used", "held", "units", "uploads", "at"]), inner, max_size=4
        )
    ),
    max_leaves=15,
)


@given(JSON | st.just({"day": "2026-07-01", "used": {"units": "x"}, "held": {"k": 7}}))
def test_what_was_kept_is_a_day_or_a_new_one(told: Any) -> None:
    for kept_as in (json.dumps(told).encode(), repr(told).encode(), b"\xff", b"[" * 100_000):
        day = read_day(kept_as, "2026-07-01", 0.0)
        assert day.name == "2026-07-01"
        assert all(isinstance(one, int) and one >= 0 for one in day.used.values())
        assert day.promised("units", "") >= 0
    held = Day("2026-07-01", {"units": 3}, {"k": {"units": 5, "at": 10.0}})
    assert read_day(held.text(), "2026-07-01", 0.0) == held
    assert read_day(held.text(), "2026-07-01", 11.0).held == {}
    assert read_day(held.text(), "2026-07-02", 0.0) == Day("2026-07-02")
