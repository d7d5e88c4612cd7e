"""Posting on Reddit, against its protocol."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
)
from app.api.publishing import LARGEST_SESSION, PostWanted, Privacy, Stage, Trace
from plugins.reddit.parsers import Lease, Upload, parse_lease, parse_stored, pause_of, read_upload
from plugins.reddit.wishes import subreddit_of
from tests.fakes.platforms import Fault, picture_file, publishing, step_by_step, until, whole
from tests.fakes.platforms import wanted as usual
from tests.plugins.reddit.platform import FLAIRS, ME, Community


def wanted(place: Path, **changes: Any) -> PostWanted:
    """What is to be published, with a poster."""
    return usual(place, **{"thumbnail": picture_file(place), **changes})


async def test_a_video_and_its_poster_go_into_the_store_and_then_out(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=3_000_000, choices={"nsfw": "yes"}, link="https://example.com")
    async with publishing("reddit", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
        assert len(platform.asked("POST /s3")) == 2
    (post,) = platform.posts
    assert want.video is not None
    assert post["digest"] == want.video.digest
    assert post["poster"] == hashlib.sha256((tmp_path / "thumbnail.jpg").read_bytes()).hexdigest()
    assert (post["title"], post["subreddit"], post["nsfw"]) == (want.title, "lighthouses", "true")
    assert post["text"] == "How it was built.\n\nhttps://example.com"
    last = steps[-1]
    assert (last.stage, last.remote) == (Stage.DONE, post["name"])
    assert last.url.endswith("/r/lighthouses/comments/000003/x/")
    assert all(len(step.session) <= LARGEST_SESSION for step in steps)
    assert all("policy" not in step.session for step in steps)
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)


@pytest.mark.parametrize("where", ["about", "requirements", "asset.json", "POST /s3", "submitted"])
@pytest.mark.parametrize("kind", ["cut", "late", "answer"])
async def test_a_connection_lost_anywhere_before_costs_nothing(
    tmp_path: Path, where: str, kind: str
) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.trouble = [Fault(kind, where, status=503)]
        session, broken = "", 0
        for _ in range(30):
            try:
                step = await provider.advance(want, session)
            except Unavailable:
                broken += 1
                continue
            session = step.session
            if step.stage is Stage.READY:
                break
        await provider.commit(want, session)
    assert broken == 1
    assert want.video is not None
    assert [one["digest"] for one in platform.posts] == [want.video.digest]


async def test_leave_that_ran_out_is_asked_for_again(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        begun = await provider.advance(want, "")
        denied = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"
        platform.trouble = [Fault(where="/s3", status=403, body=denied)]
        with pytest.raises(Unavailable):
            await provider.advance(want, begun.session)
        await whole(provider, want, begun.session)
    assert len(platform.assets) == 3
    assert len(platform.posts) == 1


async def test_a_file_that_changed_begins_anew(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        ready = await until(provider, wanted(tmp_path), Stage.READY)
        other = wanted(tmp_path, size=60_000)
        await whole(provider, other, ready.session)
    assert other.video is not None
    assert [one["digest"] for one in platform.posts] == [other.video.digest]


async def test_long_work_is_looked_at_until_the_post_shows(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        provider._waits = {"processing": 5, "shown": 900}
        platform.works = 20
        steps = [step async for step in step_by_step(provider, wanted(tmp_path))]
    waits = [step.wait for step in steps if step.stage is Stage.WORKING]
    assert (len(waits), waits[0], waits[-1]) == (20, 5.0, 60.0)
    assert steps[-1].stage is Stage.DONE
    assert len(platform.posts) == 1


async def test_what_never_shows_ends(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        provider._limits = {**provider._limits, "looks": 9}
        platform.fails = True
        with pytest.raises(Refused) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == "errors.post_failed_there"
    assert platform.posts == []


@pytest.mark.parametrize("kind", ["late", "cut"])
async def test_a_lost_answer_is_asked_about(tmp_path: Path, kind: str) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        platform.trouble = [Fault(kind, "submit")]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        if kind == "cut":
            assert found.trace is Trace.ABSENT
            await provider.commit(want, ready.session)
            found = await provider.find(want, ready.session)
    assert found.trace is Trace.THERE
    assert found.step is not None
    assert [one["name"] for one in platform.posts] == [found.step.remote]


async def test_nobody_says_absent_while_reddit_may_still_work_on_it(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        provider._waits = {"processing": 0, "shown": 900}
        platform.works = 3
        platform.trouble = [Fault("late", "submit")]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        for _ in range(2):
            with pytest.raises(Unavailable) as raised:
                await provider.find(want, ready.session)
            assert raised.value.key == "errors.reddit_not_shown"
            assert raised.value.args_map["retry_after"] == 60.0
        found = await provider.find(want, ready.session)
    assert found.trace is Trace.THERE
    assert len(platform.posts) == 1


async def test_what_reddit_kept_no_word_of_is_waited_for_from_the_first_question(
    tmp_path: Path,
) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, _platform):
        ready = await until(provider, want, Stage.READY)
        provider._waits = {"processing": 0, "shown": 900}
        with pytest.raises(Unavailable):  # killed before anything was noted
            await provider.find(want, ready.session)
        await provider._mark(want, "1.0")  # long ago
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT


async def test_what_was_refused_is_certainly_not_there(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        provider._waits = {"processing": 0, "shown": 900}
        platform.refusal = [["RATELIMIT", "Try again in 9 minutes.", "ratelimit"]]
        with pytest.raises(Unavailable) as raised:
            await provider.commit(want, ready.session)
        assert raised.value.args_map["retry_after"] == 540.0
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        await provider.commit(want, ready.session)
    assert len(platform.posts) == 1


async def test_an_older_post_of_the_same_title_is_another(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        await whole(provider, want)
        ready = await until(provider, want, Stage.READY)
        assert read_upload(ready.session).before == (platform.posts[0]["name"],)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        elsewhere = replace(want, choices={"subreddit": "r/sea"})
        other = await until(provider, elsewhere, Stage.READY)
        assert read_upload(other.session).before == ()
        done = await whole(provider, want)
    assert [one["name"] for one in platform.posts][1:] == [done.remote]


async def test_the_same_video_again_is_this_post(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("reddit", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        await provider.commit(want, ready.session)
        again = await provider.commit(want, ready.session)
        assert (again.stage, again.remote) == (Stage.DONE, platform.posts[0]["name"])
        platform.posts[0]["title"] = "somebody changed it"
        with pytest.raises(Refused) as raised:
            await provider.commit(want, ready.session)
    assert raised.value.key == "errors.post_duplicate"
    assert len(platform.posts) == 1


RULES: list[tuple[Community, dict[str, str], str]] = [
    (Community(videos=False), {}, "errors.reddit_no_videos"),
    (Community(wants={"title_text_min_length": 40}), {}, "errors.reddit_title_short"),
    (Community(wants={"title_text_max_length": 5}), {}, "errors.reddit_title_long_there"),
    (Community(wants={"title_required_strings": ["[OC]"]}), {}, "errors.reddit_title_needs"),
    (Community(wants={"title_blacklisted_strings": ["FOG"]}), {}, "errors.reddit_title_bans"),
    (Community(wants={"is_flair_required": True}), {}, "errors.reddit_flair_needed"),
    (Community(flairs=FLAIRS), {"flair": "Fog"}, "errors.reddit_flair_unknown"),
    (Community(), {"flair": "News"}, "errors.reddit_flair_unknown"),
]


@pytest.mark.parametrize(("community", "choices", "key"), RULES, ids=lambda one: str(one)[-30:])
async def test_rules_of_a_community_are_looked_at_before_anything_is_sent(
    tmp_path: Path, community: Community, choices: dict[str, str], key: str
) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.communities["lighthouses"] = community
        with pytest.raises(InvalidInput) as raised:
            await provider.advance(wanted(tmp_path, choices=choices), "")
        assert raised.value.key == key
        assert not platform.asked("POST")


async def test_rules_that_are_kept_let_it_through_with_its_flair(tmp_path: Path) -> None:
    wants = {
        "is_flair_required": True, "title_required_strings": ["[OC]", "lighthouse"],
        "title_text_min_length": 3, "title_text_max_length": 100,
    }  # fmt: skip
    async with publishing("reddit", tmp_path, flair="nothing") as (provider, platform):
        platform.communities["sea"] = Community(flairs=FLAIRS, wants=wants)
        for flair in ("own WORK", FLAIRS[0]["id"]):
            await whole(provider, wanted(tmp_path, choices={"subreddit": "sea", "flair": flair}))
        await whole(provider, wanted(tmp_path))  # the usual flair is not there, nor needed
    flairs = [one["flair"] for one in platform.posts]
    assert flairs == [FLAIRS[0]["id"], FLAIRS[0]["id"], ""]


async def test_communities_that_are_not_there_or_closed(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        nowhere = wanted(tmp_path, choices={"subreddit": "nowhere"})
        for fault in ([], [Fault(where="about", status=404)]):
            platform.trouble = list(fault)
            with pytest.raises(InvalidInput) as raised:
                await provider.advance(nowhere, "")
            assert raised.value.key == "errors.reddit_subreddit_unknown"
        platform.trouble = [Fault(where="about", status=403)]
        with pytest.raises(Refused) as closed:
            await provider.advance(wanted(tmp_path), "")
        platform.communities["lighthouses"].banned = True
        with pytest.raises(Refused):
            await provider.advance(wanted(tmp_path), "")
    assert closed.value.key == "errors.reddit_not_allowed"


REFUSALS: list[tuple[str, type[AppError], str]] = [
    ("SUBREDDIT_NOEXIST", InvalidInput, "errors.reddit_subreddit_unknown"),
    ("SUBREDDIT_NOTALLOWED", Refused, "errors.reddit_not_allowed"),
    ("SUBMIT_VALIDATION_TITLE_REGEX_MATCH", InvalidInput, "errors.reddit_rules"),
    ("QUOTA_FILLED", Unavailable, "errors.post_limit_there"),
    ("USER_REQUIRED", AuthRequired, "errors.post_sign_in"),
    ("ALREADY_SUB", Refused, "errors.post_duplicate"),
    ("SOMETHING_NEW", Refused, "errors.post_refused_there"),
]


@pytest.mark.parametrize(("code", "kind", "key"), REFUSALS)
async def test_what_reddit_refuses_with(
    tmp_path: Path, code: str, kind: type[AppError], key: str
) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.refusal = [[code, "no", "sr"]]
        with pytest.raises(kind) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == key
    assert platform.posts == []


FAULTS: list[tuple[Fault, type[AppError], str]] = [
    (Fault(where="submit", status=403), Refused, "errors.post_refused_there"),
    (Fault(where="submit", status=400), InvalidInput, "errors.post_refused_there"),
    (Fault(where="submit", status=500), Unavailable, "errors.server_failed"),
    (Fault(where="submit", status=200, body="<html>"), Unavailable, "errors.bad_answer"),
    (Fault(where="submit", status=200, body=[]), Unavailable, "errors.bad_answer"),
    (Fault(where="submit", status=200, body={"json": 1}), Unavailable, "errors.bad_answer"),
    (Fault(where="asset", status=200, body={"args": {}}), Unavailable, "errors.bad_answer"),
    (Fault(where="/s3", status=201, body="<a"), Unavailable, "errors.bad_answer"),
    (Fault(where="/s3", status=500), Unavailable, "errors.server_failed"),
    (Fault(where="submitted", status=200, body={"kind": 1}), Unavailable, "errors.bad_answer"),
    (
        Fault(where="/s3", status=400, body=b"<Error><Code>EntityTooLarge</Code></Error>"),
        InvalidInput,
        "errors.post_video_large",
    ),
]


@pytest.mark.parametrize(("fault", "kind", "key"), FAULTS, ids=lambda one: str(one)[-40:])
async def test_what_reddit_says_no_with(
    tmp_path: Path, fault: Fault, kind: type[AppError], key: str
) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.trouble = [fault]
        with pytest.raises(kind) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == key
    assert platform.posts == []


async def test_a_file_too_large_for_the_store_is_told(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.largest = 10_000
        with pytest.raises(InvalidInput) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == "errors.post_video_large"


async def test_nothing_more_is_asked_once_the_limit_is_used_up(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.left = 0.0
        await provider.account()
        for _ in range(2):
            with pytest.raises(Unavailable) as raised:
                await provider.advance(wanted(tmp_path), "")
            assert raised.value.key == "errors.post_busy_there"
            assert 0 < float(str(raised.value.args_map["retry_after"])) <= 57
        assert len(platform.seen) == 1


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"X-Ratelimit-Remaining": "0.0", "X-Ratelimit-Reset": "300"}, 300.0),
    ],
)
async def test_limits_are_told_with_their_end(
    tmp_path: Path, headers: dict[str, str], pause: float
) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="about", status=429, headers=headers)]
        with pytest.raises(Unavailable) as raised:
            await provider.advance(wanted(tmp_path), "")
    assert raised.value.args_map["retry_after"] == pause


async def test_an_access_that_ended_is_renewed(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        begun = await provider.advance(wanted(tmp_path), "")
        platform.oauth.expire()
        await whole(provider, wanted(tmp_path), begun.session)
        assert [one["grant_type"] for one in platform.oauth.asked] == ["refresh_token"]
    assert len(platform.posts) == 1


async def test_signed_out_says_so_at_each_door(tmp_path: Path) -> None:
    ready = Upload(video="https://a.b/v", poster="https://a.b/p").to_text()
    async with publishing("reddit", tmp_path) as (provider, platform):
        platform.oauth.expire()
        platform.oauth.refreshes.clear()
        for call in (
            provider.advance(wanted(tmp_path), ""),
            provider.commit(wanted(tmp_path), ready),
            provider.find(wanted(tmp_path), ready),
            provider.account(),
            provider.figures(["t3_1"]),
        ):
            with pytest.raises(AuthRequired) as raised:
                await call
            assert raised.value.key == "errors.post_sign_in"
    assert platform.posts == []


async def test_signing_in_for_good_with_an_app_without_a_secret(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path, signed_in=False) as (provider, platform):
        door = await provider.doorway()
        page = await provider.begin_sign_in(f"http://{door.host}:{door.port}{door.path}")
        assert "duration=permanent" in page.url
        back = platform.oauth.visit(page.url)
        who = await provider.finish_sign_in(platform.oauth.answer_of(back))
        await whole(provider, wanted(tmp_path))
        await provider.sign_out()
        assert not (await provider.standing()).signed_in
    assert who.name == ME
    assert len(platform.posts) == 1


async def test_who_is_suspended_there_cannot_post(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, platform):
        told = {"id": "a", "name": ME, "is_suspended": True}
        platform.trouble = [Fault(where="v1/me", status=200, body=told)]
        with pytest.raises(AuthRequired) as raised:
            await provider.account()
    assert raised.value.key == "errors.post_banned"


async def test_what_does_not_fit_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    assert want.video is not None
    assert want.thumbnail is not None
    wrong: dict[str, dict[str, Any]] = {
        "errors.post_public_only": {"privacy": Privacy.PRIVATE},
        "errors.post_no_drafts": {"draft": True},
        "errors.post_no_planning": {"publish_at": 9e9},
        "errors.post_needs_video": {"video": None},
        "errors.post_bad_format": {"video": replace(want.video, ending="avi")},
        "errors.post_video_large": {"video": replace(want.video, size=2**31)},
        "errors.reddit_poster": {"thumbnail": None},
        "errors.reddit_title_missing": {"title": " \n"},
        "errors.reddit_title_long": {"title": "x" * 301},
        "errors.post_text_long": {"description": "x" * 40_001},
        "errors.reddit_subreddit_unknown": {"choices": {"subreddit": "../me"}},
    }
    async with publishing("reddit", tmp_path) as (provider, platform):
        for key, changes in wrong.items():
            with pytest.raises(InvalidInput) as raised:
                await provider.advance(wanted(tmp_path, **changes), "")
            assert raised.value.key == key
        gif = replace(want.thumbnail, ending="gif")
        with pytest.raises(InvalidInput):
            await provider.commit(wanted(tmp_path, thumbnail=gif), "")
        with pytest.raises(NotFound):
            await provider.commit(want, "")
        assert platform.seen == []
    async with publishing("reddit", tmp_path, subreddit="") as (provider, _platform):
        with pytest.raises(InvalidInput) as nowhere:
            await provider.advance(wanted(tmp_path), "")
    assert nowhere.value.key == "errors.reddit_no_subreddit"


async def test_figures_of_the_posts_it_still_has(tmp_path: Path) -> None:
    async with publishing("reddit", tmp_path) as (provider, _platform):
        done = await whole(provider, wanted(tmp_path))
        told = await provider.figures([done.remote, "t3_zzz", "no name"])
        assert await provider.figures(["no name"]) == []
    assert [(one.remote, one.likes, one.comments, one.views) for one in told] == [
        (done.remote, 31, 7, None)
    ]


@pytest.mark.parametrize("told", ["sea", "r/sea", "/r/sea/", "u_keeper"])
def test_names_of_communities(told: str) -> None:
    assert subreddit_of(told) == ("u_keeper" if told == "u_keeper" else "sea")


@pytest.mark.parametrize("told", ["", "r/", "a b", "sea/../../me", "x" * 40, "\N{SNOWMAN}"])
def test_what_is_no_name_of_a_community(told: str) -> None:
    with pytest.raises(InvalidInput):
        subreddit_of(told)


def test_sessions_nobody_can_read_begin_anew() -> None:
    for session in ("", "{", "[]", '"x"', '{"duty": "x"}', '{"before": 5}', "[" * 90_000):
        assert read_upload(session) == Upload()
    full = Upload(video="https://a.b/c", size=5, before=("t3_1",), looks=2, opened=1.0)
    assert read_upload(full.to_text()) == full


def test_addresses_of_the_store() -> None:
    fields = [{"name": "key", "value": "a/b.mp4"}, {"name": 5}, "x"]
    told = {"args": {"action": "//bucket.example.com", "fields": fields}}
    lease = parse_lease(told, "example.com")
    assert (lease.url, lease.fields) == ("https://bucket.example.com", {"key": "a/b.mp4"})
    bare = HttpAnswer(204, "https://bucket.example.com/", {}, b"")
    assert parse_stored(bare, lease, 1) == "https://bucket.example.com/a/b.mp4"
    named = (
        b"<PostResponse><Location>https://bucket.example.com/a%2Fb.mp4</Location></PostResponse>"
    )
    whole_answer = replace(bare, status=201, content=named)
    assert parse_stored(whole_answer, lease, 1) == "https://bucket.example.com/a%2Fb.mp4"
    for action in ("ftp://x/", 5, "", "//" + "x" * 5000):
        with pytest.raises(Unavailable):
            parse_lease({"args": {"action": action, "fields": fields}}, "example.com")
    with pytest.raises(Unavailable):
        parse_stored(replace(whole_answer, content=b"<a><Location>x</Location></a>"), Lease("y"), 1)


def test_limits_that_are_none() -> None:
    assert pause_of({}) is None
    assert pause_of({"x-ratelimit-remaining": "12.0", "x-ratelimit-reset": "5"}) is None
    assert pause_of({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}) is None
    assert pause_of({"x-ratelimit-remaining": "nan", "x-ratelimit-reset": "5"}) is None
    assert pause_of({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "999999"}) == 86_400.0
