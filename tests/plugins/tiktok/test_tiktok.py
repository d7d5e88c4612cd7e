"""Videos go to TikTok over its real protocol: each appears once, whatever happens on the way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.api import AppError, AuthRequired, InvalidInput, Refused, Unavailable
from app.api.publishing import PostWanted, Privacy, Stage, Trace
from tests.fakes.platforms import Fault, publishing, step_by_step, until, wanted, whole
from tests.plugins.tiktok.platform import (
    FRIENDS,
    MIB,
    ONLY_ME,
    PUBLIC,
    Platform,
    signed,
)

LARGE = 16 * MIB + 123
TWO = 10 * MIB + 123
"""Bytes of a video that is sent in two pieces."""
Pair = tuple[Any, Platform]


@pytest.fixture
async def tiktok(tmp_path: Path) -> AsyncIterator[Pair]:
    """TikTok, and somebody who is signed in there."""
    async with publishing("tiktok", tmp_path) as (provider, platform):
        yield provider, platform


def digest(want: PostWanted) -> str:
    """The SHA-256 of the video that is to arrive."""
    assert want.video is not None
    return want.video.digest


def with_video(want: PostWanted, **changes: Any) -> PostWanted:
    """The same with a video that is told to be different."""
    assert want.video is not None
    return replace(want, video=replace(want.video, **changes))


async def test_a_video_goes_out_whole(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=LARGE, synthetic=True)
    steps = [step async for step in step_by_step(provider, want)]
    assert [len(platform.posts), platform.posts[0]["digest"]] == [1, digest(want)]
    post = platform.posts[0]
    assert post["title"].startswith("A lighthouse in fog\n\nHow it was built.")
    assert "#lighthouse #sea" in post["title"]
    assert (post["privacy_level"], post["is_aigc"]) == (PUBLIC, True)
    sizes = platform.upload.pieces
    assert sum(sizes) == LARGE
    assert len(sizes) == 3
    assert max(sizes) <= 8 * MIB
    last = steps[-1]
    assert (last.stage, last.remote) == (Stage.DONE, post["id"])
    assert last.url == f"{platform.address}/@lighthouse/video/{post['id']}"
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)
    assert all(len(step.session) <= 16_000 for step in steps)


async def test_nothing_is_seen_before_the_last_piece(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    first = await provider.advance(want, "")
    assert platform.upload.publish in first.session
    assert platform.upload.pieces == []
    ready = await until(provider, want, Stage.READY, first.session)
    assert platform.posts == []
    found = await provider.find(want, ready.session)
    assert found.trace is Trace.ABSENT
    assert (await provider.commit(want, ready.session)).stage is Stage.WORKING
    assert len(platform.posts) == 1


async def test_a_small_video_goes_in_one_piece(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=50_000)
    assert (await provider.advance(want, "")).stage is Stage.READY
    assert (await whole(provider, want)).stage is Stage.DONE
    assert platform.upload.pieces == [50_000]


@pytest.mark.parametrize("fault", ["cut", "late"])
async def test_a_connection_lost_within_a_piece(tiktok: Pair, tmp_path: Path, fault: str) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=LARGE)
    first = await provider.advance(want, "")
    platform.trouble.append(Fault(fault, where="PUT /video"))
    with pytest.raises(Unavailable):
        await provider.advance(want, first.session)
    assert len(platform.upload.pieces) == (1 if fault == "late" else 0)
    assert (await whole(provider, want, first.session)).stage is Stage.DONE
    assert [one["digest"] for one in platform.posts] == [digest(want)]
    assert len(platform.uploads) == 1


async def test_a_piece_that_is_not_the_next_one(tiktok: Pair, tmp_path: Path) -> None:
    """An old session sends a piece that is there: TikTok says which one it waits for."""
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    first = await provider.advance(want, "")
    await until(provider, want, Stage.READY, first.session)
    step = await provider.advance(want, first.session)
    assert step.stage is Stage.READY
    assert platform.asked("status/fetch")
    await whole(provider, want, step.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_a_server_that_is_never_content_is_left(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    platform.trouble.extend([Fault(where="PUT /video", status=416)] * 9)
    with pytest.raises(InvalidInput) as told:
        await until(provider, want, Stage.READY)
    assert told.value.key == "errors.post_upload_lost"
    assert platform.posts == []


async def test_an_upload_that_is_over_begins_anew(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=LARGE)
    first = await provider.advance(want, "")
    step = await provider.advance(want, first.session)
    platform.upload.dead = True
    step = await provider.advance(want, step.session)
    assert (step.stage, step.fraction) == (Stage.SENDING, 0.0)
    assert (await whole(provider, want, step.session)).stage is Stage.DONE
    assert len(platform.uploads) == 2
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_a_post_that_waited_too_long_begins_anew(tiktok: Pair, tmp_path: Path) -> None:
    """The address of an upload lives for an hour; a post may have been held for longer."""
    provider, platform = tiktok
    want = wanted(tmp_path)
    ready = await provider.advance(want, "")
    platform.upload.dead = True
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
    now = provider.clock()
    provider.clock = lambda: now + 4000
    step = await provider.advance(want, ready.session)
    assert step.stage is Stage.SENDING
    await whole(provider, want, step.session)
    assert len(platform.posts) == 1


async def test_the_file_has_changed(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    first = await provider.advance(wanted(tmp_path, size=TWO), "")
    want = wanted(tmp_path, size=60_000)
    await whole(provider, want, first.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]


@pytest.mark.parametrize("size", [50_000, TWO])
async def test_the_answer_to_the_last_piece_is_lost(
    tiktok: Pair, tmp_path: Path, size: int
) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=size)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("late", where="PUT /video"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    found = await provider.find(want, ready.session)
    assert found.trace is Trace.THERE
    assert found.step.stage is Stage.WORKING
    last = await whole(provider, want, found.step.session)
    assert (last.stage, last.remote) == (Stage.DONE, platform.posts[0]["id"])
    assert len(platform.posts) == 1


async def test_the_last_piece_is_lost(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("cut", where="PUT /video"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
    again = await provider.advance(want, ready.session)
    assert again.stage is Stage.READY
    assert (await provider.commit(want, again.session)).stage is Stage.WORKING
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_a_second_commit_makes_no_second_post(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    ready = await until(provider, want, Stage.READY)
    for _ in range(2):
        step = await provider.commit(want, ready.session)
        assert step.stage is Stage.WORKING
    assert len(platform.posts) == 1


async def test_what_cannot_be_told_is_not_guessed(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, size=TWO)
    ready = await until(provider, want, Stage.READY)
    assert (await provider.find(want, "")).trace is Trace.UNKNOWN
    platform.counts_bytes = False
    assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
    platform.uploads.clear()
    assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN


async def test_work_that_takes_long_is_told(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    platform.work = 5
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    session = (await provider.commit(want, ready.session)).session
    quick = await provider.advance(want, session)
    assert (quick.stage, quick.note) == (Stage.WORKING, "")
    now = provider.clock()
    provider.clock = lambda: now + 1200
    slow = await provider.advance(want, session)
    assert (slow.stage, slow.note) == (Stage.WORKING, "notes.post_takes_long")
    assert slow.wait > quick.wait > 0
    assert (await whole(provider, want, session)).stage is Stage.DONE


async def test_a_public_video_is_named_when_it_was_looked_at(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    platform.named, platform.work = False, 0
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    session = (await provider.commit(want, ready.session)).session
    assert (await provider.advance(want, session)).stage is Stage.WORKING
    now = provider.clock()
    provider.clock = lambda: now + 700
    step = await provider.advance(want, session)
    assert (step.stage, step.remote, step.url) == (Stage.DONE, platform.upload.publish, "")
    platform.named = True
    platform.figures[platform.posts[0]["id"]] = {"view_count": 5}
    found = await provider.figures([step.remote])
    assert [(one.remote, one.views) for one in found] == [(step.remote, 5)]


@pytest.mark.parametrize(
    ("reason", "error", "key"),
    [
        ("file_format_check_failed", Refused, "errors.post_bad_format"),
        ("duration_check_failed", Refused, "errors.post_bad_length"),
        ("frame_rate_check_failed", Refused, "errors.post_bad_rate"),
        ("picture_size_check_failed", Refused, "errors.post_bad_size"),
        ("publish_cancelled", Refused, "errors.post_cancelled_there"),
        ("spam_risk_user_banned_from_posting", Refused, "errors.post_banned"),
        ("internal", Refused, "errors.post_failed_there"),
        ("auth_removed", AuthRequired, "errors.post_sign_in"),
    ],
)
async def test_a_video_that_is_refused(
    tiktok: Pair, tmp_path: Path, reason: str, error: type[AppError], key: str
) -> None:
    provider, platform = tiktok
    platform.fails, platform.work = reason, 0
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    step = await provider.commit(want, ready.session)
    assert (await provider.find(want, step.session)).trace is Trace.ABSENT
    for session in (step.session, ready.session):
        with pytest.raises(error) as told:
            await provider.advance(want, session)
        assert told.value.key == key
    assert platform.posts == []


@pytest.mark.parametrize(
    ("status", "code", "error", "key"),
    [
        (429, "rate_limit_exceeded", Unavailable, "errors.post_busy_there"),
        (403, "spam_risk_too_many_posts", Unavailable, "errors.post_limit_there"),
        (403, "spam_risk_too_many_pending_share", Unavailable, "errors.post_drafts_full"),
        (403, "reached_active_user_cap", Unavailable, "errors.post_limit_app"),
        (403, "spam_risk_user_banned_from_posting", Refused, "errors.post_banned"),
        (400, "privacy_level_option_mismatch", InvalidInput, "errors.post_privacy"),
        (400, "invalid_params", InvalidInput, "errors.post_refused_there"),
        (403, "scope_not_authorized", AuthRequired, "errors.post_no_right"),
        (500, "internal_error", Unavailable, "errors.post_failed_there"),
        (502, "", Unavailable, "errors.server_failed"),
        (200, "", Unavailable, "errors.bad_answer"),
    ],
)
async def test_what_troubles_mean(
    tiktok: Pair, tmp_path: Path, status: int, code: str, error: type[AppError], key: str
) -> None:
    provider, platform = tiktok
    body: object = {"data": {}, "error": {"code": code, "message": "x"}} if code else "<html>"
    platform.trouble.append(Fault(where="video/init", status=status, body=body))
    with pytest.raises(error) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.key == key
    if code in ("rate_limit_exceeded", "spam_risk_too_many_posts"):
        assert told.value.args_map["retry_after"] in (60.0, 3600.0)
    assert (await whole(provider, wanted(tmp_path))).stage is Stage.DONE


async def test_a_busy_upload_says_when(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path)
    ready = await provider.advance(want, "")
    platform.trouble.append(Fault(where="PUT", status=429, headers={"Retry-After": "90"}))
    with pytest.raises(Unavailable) as told:
        await provider.commit(want, ready.session)
    assert told.value.args_map["retry_after"] == 90
    assert platform.posts == []


async def test_an_app_that_was_not_looked_at_posts_for_the_owner_alone(
    tiktok: Pair, tmp_path: Path
) -> None:
    provider, platform = tiktok
    platform.audited = False
    last = await whole(provider, wanted(tmp_path))
    assert (last.stage, last.note, last.url) == (Stage.DONE, "notes.post_only_me", "")
    assert platform.posts[0]["privacy_level"] == ONLY_ME
    assert last.remote == platform.upload.publish
    platform.private_only = True
    with pytest.raises(Refused) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.key == "errors.post_app_unaudited"


async def test_what_the_account_does_not_offer(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    platform.levels, platform.longest, platform.closed = [FRIENDS, ONLY_ME], 10, {"duet"}
    want = wanted(tmp_path)
    short = with_video(want, seconds=9.0)
    refused = {
        "errors.post_privacy": short,
        "errors.post_video_long": replace(want, privacy=Privacy.PRIVATE),
        "errors.post_no_unlisted": replace(short, privacy=Privacy.UNLISTED),
        "errors.post_choice": replace(short, choices={"audience": "friends", "duets": "yes"}),
    }
    for key, post in refused.items():
        with pytest.raises(InvalidInput) as told:
            await provider.advance(post, "")
        assert told.value.key == key
    assert not platform.asked("video/init")
    choices = {"audience": "friends", "comments": "no", "cover_at": "2.5", "own_brand": "yes"}
    await whole(provider, replace(short, choices=choices))
    out = platform.posts[0]
    assert (out["privacy_level"], out["video_cover_timestamp_ms"]) == (FRIENDS, 2500)
    assert [out["disable_comment"], out["disable_duet"], out["disable_stitch"]] == [
        True,
        True,
        False,
    ]
    assert (out["brand_organic_toggle"], out["brand_content_toggle"]) == (True, False)


async def test_what_tiktok_never_takes(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path)
    refused = {
        "errors.post_needs_video": replace(want, video=None),
        "errors.post_bad_format": with_video(want, ending="avi"),
        "errors.post_video_large": with_video(want, size=5_000_000_000),
        "errors.post_no_planning": replace(want, publish_at=provider.clock() + 3600),
        "errors.post_text_long": replace(want, description="\U0001f30a" * 1200),
        "errors.post_choice": replace(want, choices={"cover_at": "12.5"}),
    }
    for key, post in refused.items():
        with pytest.raises(InvalidInput) as told:
            await provider.advance(post, "")
        assert told.value.key == key
    assert not platform.asked("init")


async def test_a_draft_goes_to_the_inbox(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    want = wanted(tmp_path, draft=True)
    last = await whole(provider, want)
    assert (last.stage, last.note) == (Stage.DONE, "notes.post_in_inbox")
    assert [one["digest"] for one in platform.inbox] == [digest(want)]
    assert platform.posts == []
    assert not platform.asked("creator_info")
    found = await provider.find(want, last.session)
    assert (found.trace, found.step.stage) == (Trace.THERE, Stage.DONE)


async def test_an_app_for_drafts_makes_drafts_of_all(tmp_path: Path) -> None:
    async with publishing("tiktok", tmp_path, drafts_only=True) as (provider, platform):
        page = await provider.begin_sign_in("http://127.0.0.1:4000/callback/")
        assert "video.publish" not in page.url
        await whole(provider, wanted(tmp_path))
        assert (len(platform.inbox), platform.posts) == (1, [])


async def test_an_upload_goes_nowhere_else(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    elsewhere = "https://uploads.example.com/video/1"
    body = {
        "data": {"publish_id": "v_pub_file~1", "upload_url": elsewhere},
        "error": {"code": "ok"},
    }
    platform.trouble.append(Fault(where="video/init", status=200, body=body))
    with pytest.raises(Unavailable) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.key == "errors.bad_answer"


async def test_an_access_that_is_over_is_renewed_once(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    platform.access = "tk-access-of-yesterday"
    assert (await whole(provider, wanted(tmp_path))).stage is Stage.DONE
    assert platform.renewals == 1
    assert len(platform.posts) == 1


async def test_signed_out(tmp_path: Path) -> None:
    async with publishing("tiktok", tmp_path, signed_in=False) as (provider, platform):
        for ask in (provider.account(), provider.advance(wanted(tmp_path), "")):
            with pytest.raises(AuthRequired) as told:
                await ask
            assert told.value.key == "errors.post_sign_in"
        assert platform.seen == []


async def test_a_sign_in_that_was_taken_back(tmp_path: Path) -> None:
    secrets = {**Platform.SECRETS, "sign_in": signed(refresh="tk-refresh-taken-back")}
    async with publishing("tiktok", tmp_path, secrets=secrets) as (provider, platform):
        platform.access = "tk-access-of-somebody"
        with pytest.raises(AuthRequired):
            await provider.advance(wanted(tmp_path), "")
        assert not (await provider.standing()).signed_in


async def test_the_owner_signs_in_in_the_browser(tmp_path: Path) -> None:
    secrets = {"client_secret": Platform.SECRETS["client_secret"]}
    async with publishing("tiktok", tmp_path, secrets=secrets) as (provider, platform):
        door = await provider.doorway()
        assert (door.host, door.port, door.path) == ("127.0.0.1", 0, "/callback/")
        page = await provider.begin_sign_in("http://127.0.0.1:4000/callback/")
        asked = {name: one[0] for name, one in parse_qs(urlsplit(page.url).query).items()}
        assert asked["client_key"] == Platform.OPTIONS["client_id"]
        assert asked["scope"] == "user.info.basic,video.upload,video.list,video.publish"
        assert len(asked["code_challenge"]) == 64
        platform.challenges["code-1"] = asked["code_challenge"]
        who = await provider.finish_sign_in({"code": "code-1", "state": page.state})
        assert (who.id, who.name) == ("open-1", "Lighthouse")
        standing = await provider.standing()
        assert standing.signed_in
        assert (standing.name, standing.renews) == ("Lighthouse", True)
        assert standing.ends - standing.expires == pytest.approx(364 * 86_400)
        assert (await whole(provider, wanted(tmp_path))).stage is Stage.DONE
        await provider.sign_out()
        assert platform.revoked
        assert not (await provider.standing()).signed_in


async def test_how_posts_do(tiktok: Pair) -> None:
    provider, platform = tiktok
    counts = {"view_count": 1200, "like_count": 30, "comment_count": 4, "share_count": 2}
    platform.figures = {str(number): counts for number in range(25)}
    found = await provider.figures([str(number) for number in range(30)])
    assert [one.remote for one in found] == [str(number) for number in range(25)]
    one = found[0]
    assert (one.views, one.likes, one.comments, one.shares) == (1200, 30, 4, 2)
    assert len(platform.asked("video/query")) == 2


async def test_no_access_lies_in_an_address_or_a_session(tiktok: Pair, tmp_path: Path) -> None:
    provider, platform = tiktok
    sessions = [step.session async for step in step_by_step(provider, wanted(tmp_path))]
    assert platform.access not in json.dumps(sessions)
    assert all(platform.access not in str(request.url) for request in platform.seen)


@pytest.mark.parametrize("session", ["{", "[1]", '{"publish": 1}', "null", "x" * 20_000])
async def test_a_session_nobody_can_read_begins_anew(
    tiktok: Pair, tmp_path: Path, session: str
) -> None:
    provider, platform = tiktok
    assert (await whole(provider, wanted(tmp_path), session)).stage is Stage.DONE
    assert len(platform.posts) == 1
