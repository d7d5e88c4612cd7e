"""Reels go to Instagram over its real protocol: each appears once, whatever happens on the way."""

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
from tests.fakes.platforms import Fault, provided, publishing, step_by_step, until, wanted, whole
from tests.plugins.instagram.platform import OTHER, PERSON, Platform, signed

PIECE = 8 << 20
LARGE = PIECE + 100_123
Pair = tuple[Any, Platform]


@pytest.fixture
async def instagram(tmp_path: Path) -> AsyncIterator[Pair]:
    """Instagram, and somebody who is signed in there."""
    async with publishing("instagram", tmp_path) as (provider, platform):
        yield provider, platform


def digest(want: PostWanted) -> str:
    """The SHA-256 of the video that is to arrive."""
    assert want.video is not None
    return want.video.digest


def with_video(want: PostWanted, **changes: Any) -> PostWanted:
    """The same with a video that is told to be different."""
    assert want.video is not None
    return replace(want, video=replace(want.video, **changes))


def trouble(code: int, sub: int = 0, **more: object) -> dict[str, object]:
    """An error as Meta tells it."""
    return {"error": {"message": "x", "code": code, "error_subcode": sub, **more}}


async def test_a_reel_goes_out_whole(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    choices = {"cover_at": "1.5", "feed": "no", "with": "@keeper, mate"}
    want = wanted(tmp_path, size=LARGE, choices=choices)
    steps = [step async for step in step_by_step(provider, want)]
    assert [one["digest"] for one in platform.posts] == [digest(want)]
    post = platform.posts[0]
    assert post["caption"] == "A lighthouse in fog\n\nHow it was built.\n\n#lighthouse #sea"
    assert (post["thumb_offset"], post["share_to_feed"]) == (1500, False)
    assert (post["collaborators"], post["person"]) == (["keeper", "mate"], PERSON)
    assert platform.container.pieces == [PIECE, LARGE - PIECE]
    last = steps[-1]
    assert (last.stage, last.remote, last.url) == (Stage.DONE, post["id"], post["permalink"])
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)
    assert all(len(step.session) <= 16_000 for step in steps)
    assert platform.asked("content_publishing_limit")


async def test_nothing_is_seen_before_it_is_published(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    first = await provider.advance(want, "")
    assert platform.container.id in first.session
    assert platform.container.arrived == 0
    ready = await until(provider, want, Stage.READY, first.session)
    assert platform.posts == []
    assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
    assert (await provider.commit(want, ready.session)).stage is Stage.WORKING
    assert len(platform.posts) == 1


async def test_a_connection_lost_within_a_piece(instagram: Pair, tmp_path: Path) -> None:
    """What came is kept there, and is not sent twice."""
    provider, platform = instagram
    want = wanted(tmp_path, size=LARGE)
    session = (await provider.advance(want, "")).session
    platform.loses_after = 3_000_001
    with pytest.raises(Unavailable):
        await provider.advance(want, session)
    step = await provider.advance(want, session)
    assert (step.stage, step.fraction) == (Stage.SENDING, 3_000_001 / LARGE)
    await whole(provider, want, step.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]
    assert len(platform.containers) == 1


@pytest.mark.parametrize("fault", ["cut", "late"])
@pytest.mark.parametrize("tells", [True, False])
async def test_the_answer_to_a_piece_is_lost(
    instagram: Pair, tmp_path: Path, fault: str, tells: bool
) -> None:
    """Where the upload itself does not say how far it is, the container does."""
    provider, platform = instagram
    platform.tells_offset = tells
    want = wanted(tmp_path, size=LARGE)
    session = (await provider.advance(want, "")).session
    platform.trouble.append(Fault(fault, where="POST /ig-api-upload"))
    with pytest.raises(Unavailable):
        await provider.advance(want, session)
    await whole(provider, want, session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]
    assert platform.container.pieces == [PIECE, LARGE - PIECE]


async def test_a_station_that_was_killed_asks_first(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path, size=LARGE)
    session = (await provider.advance(want, "")).session
    await provider.advance(want, session)  # and nobody wrote down what came of it
    secrets, options = platform.secrets(), platform.options()
    async with provided(
        "instagram", tmp_path, platform.address, seconds=5.0, secrets=secrets, options=options
    ) as newer:
        step = await newer.advance(want, session)
        assert step.fraction == PIECE / LARGE
        await whole(newer, want, step.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]
    assert platform.container.pieces == [PIECE, LARGE - PIECE]


async def test_a_piece_at_a_wrong_place(instagram: Pair, tmp_path: Path) -> None:
    """Instagram has other bytes than the session says: it goes on where Instagram is."""
    provider, platform = instagram
    want = wanted(tmp_path, size=LARGE)
    first = await provider.advance(want, "")
    second = await provider.advance(want, first.session)
    provider._sure[platform.container.id] = 0
    step = await provider.advance(want, first.session)
    assert step.fraction == second.fraction
    await whole(provider, want, step.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_an_upload_that_takes_no_pieces(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    platform.takes_pieces = False
    want = wanted(tmp_path, size=LARGE)
    assert (await whole(provider, want)).stage is Stage.DONE
    assert platform.container.pieces == [LARGE]
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_an_upload_that_is_never_content_is_left(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    body = {"debug_info": {"retriable": False, "type": "ProcessingFailedError"}}
    fault = Fault(where="POST /ig-api-upload", status=400, body=body)
    platform.trouble.extend([fault] * 9)
    with pytest.raises(InvalidInput) as told:
        await until(provider, wanted(tmp_path), Stage.READY)
    assert told.value.key == "errors.post_upload_lost"
    assert platform.posts == []


async def test_a_container_that_expired_begins_anew(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    platform.container.expired = True
    assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
    step = await provider.advance(want, ready.session)
    assert (step.stage, step.fraction) == (Stage.SENDING, 0.0)
    await whole(provider, want, step.session)
    assert len(platform.containers) == 2
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_a_container_that_expires_while_it_is_filled(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path, size=LARGE)
    step = await provider.advance(want, "")
    step = await provider.advance(want, step.session)
    platform.container.expired = True
    await whole(provider, want, step.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_the_file_has_changed(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    first = await provider.advance(wanted(tmp_path, size=LARGE), "")
    want = wanted(tmp_path, size=60_000)
    await whole(provider, want, first.session)
    assert [one["digest"] for one in platform.posts] == [digest(want)]


async def test_the_answer_to_publishing_is_lost(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("late", where="media_publish"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    found = await provider.find(want, ready.session)
    post = platform.posts[0]
    assert (found.trace, found.step.stage) == (Trace.THERE, Stage.DONE)
    assert (found.step.remote, found.step.url) == (post["id"], post["permalink"])
    assert len(platform.posts) == 1


async def test_the_question_to_publish_is_lost(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("cut", where="media_publish"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
    assert (await whole(provider, want, ready.session)).stage is Stage.DONE
    assert len(platform.posts) == 1


async def test_a_second_commit_makes_no_second_post(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    await provider.commit(want, ready.session)
    again = await provider.commit(want, ready.session)
    assert again.stage is Stage.WORKING
    last = await provider.advance(want, again.session)
    assert (last.stage, last.remote) == (Stage.DONE, platform.posts[0]["id"])
    assert len(platform.posts) == 1


async def test_a_post_that_is_not_listed_yet(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    platform.lists = False
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("late", where="media_publish"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    found = await provider.find(want, ready.session)
    assert (found.trace, found.step.stage) == (Trace.THERE, Stage.WORKING)
    assert (await provider.advance(want, found.step.session)).stage is Stage.WORKING
    platform.lists = True
    step = await provider.advance(want, found.step.session)
    assert (step.stage, step.remote) == (Stage.DONE, platform.posts[0]["id"])
    platform.lists = False
    now = provider.clock()
    provider.clock = lambda: now + 1200
    step = await provider.advance(want, found.step.session)
    assert (step.stage, step.remote) == (Stage.DONE, "")


async def test_the_own_posts_tell_when_the_container_is_gone(
    instagram: Pair, tmp_path: Path
) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    ready = await until(provider, want, Stage.READY)
    platform.trouble.append(Fault("late", where="media_publish"))
    with pytest.raises(Unavailable):
        await provider.commit(want, ready.session)
    platform.containers.clear()
    with pytest.raises(Unavailable):  # it may only seem so
        await provider.find(want, ready.session)
    now = provider.clock()
    provider.clock = lambda: now + 90_000
    found = await provider.find(want, ready.session)
    assert (found.trace, found.step.remote) == (Trace.THERE, platform.posts[0]["id"])
    platform.posts[0]["timestamp"] = "2020-01-01T00:00:00+0000"  # one that said the same before
    assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
    assert (await provider.find(want, "")).trace is Trace.UNKNOWN


async def test_work_that_takes_long_is_told(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    platform.work = 6
    want = wanted(tmp_path)
    step = await until(provider, want, Stage.WORKING)
    quick = await provider.advance(want, step.session)
    assert (quick.stage, quick.note) == (Stage.WORKING, "")
    now = provider.clock()
    provider.clock = lambda: now + 1200
    slow = await provider.advance(want, quick.session)
    assert (slow.stage, slow.note) == (Stage.WORKING, "notes.post_takes_long")
    assert slow.wait > quick.wait > 0
    assert (await whole(provider, want, slow.session)).stage is Stage.DONE


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("2207026", "errors.post_bad_format"),
        ("2207009", "errors.post_bad_size"),
        ("2207051", "errors.post_spam"),
        ("2207082", "errors.post_failed_there"),
        ("2207053", "errors.post_failed_there"),
    ],
)
async def test_a_video_that_is_refused(
    instagram: Pair, tmp_path: Path, code: str, key: str
) -> None:
    provider, platform = instagram
    platform.fails = code
    want = wanted(tmp_path)
    step = await until(provider, want, Stage.WORKING)
    with pytest.raises(Refused) as told:
        await until(provider, want, Stage.READY, step.session)
    assert told.value.key == key
    assert (await provider.find(want, step.session)).trace is Trace.ABSENT
    assert platform.posts == []


@pytest.mark.parametrize(
    ("status", "body", "error", "key"),
    [
        (400, trouble(4), Unavailable, "errors.post_busy_there"),
        (400, trouble(9, 2207042), Unavailable, "errors.post_limit_there"),
        (400, trouble(-1, 2207001), Unavailable, "errors.post_failed_there"),
        (400, trouble(-1, 2207032), Unavailable, "errors.post_failed_there"),
        (400, trouble(100, 33), Unavailable, "errors.post_unknown_there"),
        (400, trouble(77, is_transient=True), Unavailable, "errors.post_failed_there"),
        (400, trouble(4, 2207051), Refused, "errors.post_spam"),
        (400, trouble(25, 2207050), Refused, "errors.post_banned"),
        (400, trouble(368), Refused, "errors.post_spam"),
        (400, trouble(100), InvalidInput, "errors.post_refused_there"),
        (400, trouble(1, 2207057), InvalidInput, "errors.post_choice"),
        (403, trouble(10), AuthRequired, "errors.post_no_right"),
        (429, "", Unavailable, "errors.post_busy_there"),
        (502, "<html>", Unavailable, "errors.server_failed"),
        (200, "<html>", Unavailable, "errors.bad_answer"),
        (200, {"id": "no number"}, Unavailable, "errors.bad_answer"),
    ],
)
async def test_what_troubles_mean(
    instagram: Pair, tmp_path: Path, status: int, body: object, error: type[AppError], key: str
) -> None:
    provider, platform = instagram
    platform.trouble.append(Fault(where=r"POST /v24.0/\d+/media$", status=status, body=body))
    with pytest.raises(error) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.key == key
    assert (await whole(provider, wanted(tmp_path))).stage is Stage.DONE


async def test_an_account_that_asked_too_much_waits_as_long_as_it_is_told(
    instagram: Pair, tmp_path: Path
) -> None:
    provider, platform = instagram
    usage = json.dumps({PERSON: [{"type": "instagram", "estimated_time_to_regain_access": 19}]})
    headers = {"X-Business-Use-Case-Usage": usage}
    platform.trouble.append(
        Fault(where="me/accounts", status=400, body=trouble(80002), headers=headers)
    )
    with pytest.raises(Unavailable) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.args_map["retry_after"] == 19 * 60


async def test_the_posts_of_the_day_are_used_up(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    platform.used = platform.most
    want = wanted(tmp_path)
    step = await until(provider, want, Stage.WORKING)
    with pytest.raises(Unavailable) as told:
        await until(provider, want, Stage.READY, step.session)
    assert told.value.key == "errors.post_limit_there"
    assert not platform.asked("media_publish")
    platform.used = 0
    ready = await provider.advance(want, step.session)
    platform.used = platform.most  # somebody else was quicker
    with pytest.raises(Unavailable) as told:
        await provider.commit(want, ready.session)
    assert told.value.args_map["retry_after"] in (60.0, 3600.0)
    assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
    platform.used = 0
    await whole(provider, want, ready.session)
    assert len(platform.posts) == 1


async def test_what_instagram_never_takes(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    want = wanted(tmp_path)
    refused = {
        "errors.post_needs_video": replace(want, video=None),
        "errors.post_bad_format": with_video(want, ending="webm"),
        "errors.post_video_large": with_video(want, size=400_000_000),
        "errors.post_video_long": with_video(want, seconds=901.0),
        "errors.post_public_only": replace(want, privacy=Privacy.UNLISTED),
        "errors.post_no_drafts": replace(want, draft=True),
        "errors.post_no_planning": replace(want, publish_at=provider.clock() + 3600),
        "errors.post_text_long": replace(want, description="x" * 2200),
        "errors.post_tags_many": replace(want, description="#a" + " #b" * 30),
        "errors.post_choice": replace(want, choices={"cover_at": "99"}),
    }
    for key, post in refused.items():
        with pytest.raises(InvalidInput) as told:
            await provider.advance(post, "")
        assert told.value.key == key
    for choices in ({"with": "a,b,c,d"}, {"with": "no name"}, {"feed": "maybe"}):
        with pytest.raises(InvalidInput):
            await provider.advance(replace(want, choices=choices), "")
    assert not platform.asked("/media")


async def test_more_tags_than_it_takes_are_left_out(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    tags = tuple(f"tag {number} x" for number in range(40))
    await whole(provider, wanted(tmp_path, tags=("sea", "Sea", "#sea", "!", *tags)))
    words = platform.posts[0]["caption"]
    assert words.count("#") == 30
    assert words.lower().count("#sea") == 1
    assert "#tag0x #tag1x" in words


async def test_one_of_several_accounts(tmp_path: Path) -> None:
    several = [{"id": PERSON, "username": "lighthouse"}, {"id": OTHER, "username": "Keeper"}]
    async with publishing("instagram", tmp_path) as (provider, platform):
        platform.people = several
        with pytest.raises(InvalidInput) as told:
            await provider.account()
        assert told.value.key == "errors.post_which_account"
        assert told.value.args_map["names"] == "lighthouse, Keeper"
        platform.people = []
        with pytest.raises(InvalidInput) as told:
            await provider.account()
        assert told.value.key == "errors.post_no_professional"
    async with publishing("instagram", tmp_path, account="@keeper") as (provider, platform):
        platform.people = several
        who = await provider.account()
        assert (who.id, who.name) == (OTHER, "Keeper")
        await whole(provider, wanted(tmp_path))
        assert platform.posts[0]["person"] == OTHER
        platform.people = several[:1]
        with pytest.raises(InvalidInput) as told:
            await provider.account()
        assert told.value.key == "errors.post_account_unknown"


async def test_an_upload_goes_nowhere_else(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    body = {"id": "18000000000000009", "uri": "https://uploads.example.com/1"}
    platform.trouble.append(Fault(where=r"POST /v24.0/\d+/media$", status=200, body=body))
    with pytest.raises(Unavailable) as told:
        await provider.advance(wanted(tmp_path), "")
    assert told.value.key == "errors.bad_answer"


@pytest.mark.parametrize("status", [400, 401])
async def test_an_access_that_is_over_is_renewed_once(
    instagram: Pair, tmp_path: Path, status: int
) -> None:
    provider, platform = instagram
    platform.signs_out_with = status
    want = wanted(tmp_path)
    step = await provider.advance(want, "")
    platform.access = "ig-access-of-tomorrow"
    assert (await whole(provider, want, step.session)).stage is Stage.DONE
    assert len(platform.exchanges) == 1
    assert len(platform.posts) == 1


@pytest.mark.parametrize("status", [400, 401])
async def test_a_sign_in_that_was_taken_back(tmp_path: Path, status: int) -> None:
    async with publishing("instagram", tmp_path) as (provider, platform):
        want = wanted(tmp_path)
        ready = await until(provider, want, Stage.READY)
        platform.signs_out_with = status
        platform.access, platform.exchangeable = "ig-access-of-somebody", set()
        with pytest.raises(AuthRequired) as told:
            await provider.commit(want, ready.session)
        assert told.value.key == "errors.post_sign_in"
        assert platform.posts == []
        assert not (await provider.standing()).signed_in


async def test_signed_out(tmp_path: Path) -> None:
    async with publishing("instagram", tmp_path, signed_in=False) as (provider, platform):
        for ask in (provider.account(), provider.advance(wanted(tmp_path), "")):
            with pytest.raises(AuthRequired) as told:
                await ask
            assert told.value.key == "errors.post_sign_in"
        assert platform.seen == []


async def test_the_owner_signs_in_in_the_browser(tmp_path: Path) -> None:
    secrets = {"client_secret": Platform.SECRETS["client_secret"]}
    async with publishing("instagram", tmp_path, secrets=secrets) as (provider, platform):
        door = await provider.doorway()
        assert (door.host, door.port, door.path) == ("localhost", 8713, "/callback/")
        page = await provider.begin_sign_in("http://localhost:8713/callback/")
        assert urlsplit(page.url).path == "/v24.0/dialog/oauth"
        asked = {name: one[0] for name, one in parse_qs(urlsplit(page.url).query).items()}
        assert asked["redirect_uri"] == "http://localhost:8713/callback/"
        assert "instagram_content_publish" in asked["scope"].split(",")
        who = await provider.finish_sign_in({"code": "code-1", "state": page.state})
        assert (who.id, who.name) == (PERSON, "lighthouse")
        assert who.url.endswith("/lighthouse/")
        assert platform.exchanges == ["ig-short"]
        standing = await provider.standing()
        assert standing.signed_in
        assert standing.expires - standing.since == pytest.approx(60 * 86_400, abs=60)
        assert (await whole(provider, wanted(tmp_path))).stage is Stage.DONE


async def test_an_access_is_exchanged_at_half_its_life(tmp_path: Path) -> None:
    secrets = {**Platform.SECRETS, "sign_in": signed(issued=1.0, expires=4e9)}
    async with publishing("instagram", tmp_path, secrets=secrets) as (provider, platform):
        provider.sign_in._clock = lambda: 3e9
        await provider.account()
        assert platform.exchanges == ["ig-access-1"]


async def test_how_reels_do(instagram: Pair) -> None:
    provider, platform = instagram
    counts = {"views": 900, "reach": 700, "likes": 30, "comments": 4, "shares": 2, "saved": 5}
    platform.insights = {"17900000000000001": {**counts, "ig_reels_video_view_total_time": 90_500}}
    found = await provider.figures(["17900000000000001", "17900000000000002", "", "x/y"])
    assert [one.remote for one in found] == ["17900000000000001"]
    one = found[0]
    assert (one.views, one.likes, one.comments, one.shares) == (900, 30, 4, 2)
    assert one.watched == 90.5


async def test_no_access_lies_in_an_address_or_a_session(instagram: Pair, tmp_path: Path) -> None:
    provider, platform = instagram
    sessions = [step.session async for step in step_by_step(provider, wanted(tmp_path))]
    assert platform.access not in json.dumps(sessions)
    assert all(platform.access not in str(request.url) for request in platform.seen)


@pytest.mark.parametrize("session", ["{", "[1]", '{"container": 1}', "null", "x" * 20_000])
async def test_a_session_nobody_can_read_begins_anew(
    instagram: Pair, tmp_path: Path, session: str
) -> None:
    provider, platform = instagram
    assert (await whole(provider, wanted(tmp_path), session)).stage is Stage.DONE
    assert len(platform.posts) == 1
