"""Posting on LinkedIn, against its protocol."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable
from app.api.publishing import LARGEST_SESSION, Privacy, Stage, Trace
from plugins.linkedin.commentary import marked, unmarked
from plugins.linkedin.parsers import Upload, parse_opened, read_places, read_tags, read_upload
from tests.fakes.platforms import (
    Fault,
    captions_file,
    picture_file,
    publishing,
    step_by_step,
    until,
    wanted,
    whole,
)
from tests.plugins.linkedin.platform import PAGE, PERSON, read_little

PAGE_NUMBER = PAGE.split(":")[-1]


async def test_each_part_goes_to_its_own_address_and_the_video_arrives_whole(
    tmp_path: Path,
) -> None:
    want = wanted(
        tmp_path, size=9_000_000, thumbnail=picture_file(tmp_path), captions=captions_file(tmp_path)
    )
    async with publishing("linkedin", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
        puts = platform.asked("PUT")
    (post,) = platform.posts
    (video,) = platform.videos.values()
    assert want.video is not None
    assert post["digest"] == want.video.digest
    assert (post["author"], post["visibility"]) == (PERSON, "PUBLIC")
    assert post["title"] == want.title
    assert post["text"] == "A lighthouse in fog\n\nHow it was built.\n\n#lighthouse #sea"
    assert len({one.path for one in puts}) == len(puts) == 5
    assert video.thumbnail == (tmp_path / "thumbnail.jpg").read_bytes()
    assert video.captions == (tmp_path / "film.srt").read_bytes()
    assert steps[-1].stage is Stage.DONE
    assert steps[-1].remote == post["id"]
    assert steps[-1].url.endswith(f"/feed/update/{post['id']}/")
    assert {step.note for step in steps} == {""}
    assert Stage.WORKING in [step.stage for step in steps]
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)


async def test_sessions_stay_small_however_many_parts_there_are(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=50_000)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.part, platform.long_tags = 400, True  # 125 parts, as 500 MB have
        longest = 0
        async for step in step_by_step(provider, want):
            longest = max(longest, len(step.session))
        assert len(platform.asked("PUT")) == 125
    assert longest < 1_000 < LARGEST_SESSION
    assert want.video is not None
    assert [one["digest"] for one in platform.posts] == [want.video.digest]


async def test_words_alone_may_go_out(tmp_path: Path) -> None:
    want = wanted(
        tmp_path, video=None, link="https://example.com/a_b?c=(d)", description="1 < 2 #1"
    )
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        done = await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
    assert platform.posts[0]["text"] == (
        "A lighthouse in fog\n\n1 < 2 #1\n\n#lighthouse #sea\n\nhttps://example.com/a_b?c=(d)"
    )
    assert found.step is not None
    assert found.step.remote == done.remote


@pytest.mark.parametrize("where", ["POST /rest/videos", "dms-uploads/.*/1", "GET /rest/videos"])
@pytest.mark.parametrize("kind", ["cut", "late", "answer"])
async def test_a_connection_lost_anywhere_before_costs_nothing(
    tmp_path: Path, where: str, kind: str
) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.part = 20_000
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


async def test_the_end_of_it_may_be_said_twice(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        session = ""
        while read_upload(session).duty != "end":
            session = (await provider.advance(want, session)).session
        platform.trouble = [Fault("late", "POST /rest/videos")]
        with pytest.raises(Unavailable):
            await provider.advance(want, session)
        await whole(provider, want, session)
    assert len(platform.videos) == 1
    assert len(platform.posts) == 1


async def test_a_part_sent_twice_is_there_once(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.part = 20_000
        begun = await provider.advance(want, "")
        first = await provider.advance(want, begun.session)
        assert first.session == (await provider.advance(want, begun.session)).session
        second = await provider.advance(want, first.session)
        await whole(provider, want, second.session)
        assert len(platform.asked("PUT")) == 4
    assert want.video is not None
    assert platform.posts[0]["digest"] == want.video.digest


@pytest.mark.parametrize("lost", ["places:", "tags:"])
async def test_forgotten_addresses_and_names_make_it_begin_anew(tmp_path: Path, lost: str) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.part = 20_000
        begun = await provider.advance(want, "")
        first = await provider.advance(want, begun.session)
        await provider._cache.put(lost + read_upload(first.session).video, b"", -1)
        await whole(provider, want, first.session)
    assert len(platform.videos) == 2
    assert want.video is not None
    assert [one["digest"] for one in platform.posts] == [want.video.digest]


@pytest.mark.parametrize("steps", [1, 2, 4, 6])
async def test_an_upload_that_ran_out_begins_anew(tmp_path: Path, steps: int) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.part, platform.works = 30_000, 9
        session = ""
        for _ in range(steps):
            session = (await provider.advance(want, session)).session
        for video in platform.videos.values():
            video.gone = True
        platform.works = 0
        await whole(provider, want, session)
    assert len(platform.videos) == 2
    assert len(platform.posts) == 1


async def test_what_is_always_forgotten_ends(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="dms-uploads", status=403)] * 9
        with pytest.raises(Refused) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == "errors.post_upload_lost"
    assert len(platform.videos) == 5


async def test_long_work_is_looked_at_less_and_less_often(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        provider._waits = {"processing": 5, "settle": 0}
        platform.works = 25
        steps = [step async for step in step_by_step(provider, wanted(tmp_path))]
    waits = [step.wait for step in steps if step.stage is Stage.WORKING]
    assert (len(waits), waits[0], waits[-1]) == (25, 5.0, 60.0)
    assert waits == sorted(waits)
    assert len(platform.posts) == 1


async def test_a_video_linkedin_cannot_work_with(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.fails = True
        with pytest.raises(Refused) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == "errors.post_failed_there"
    assert platform.posts == []


async def test_who_may_not_look_may_post_all_the_same(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.watchable = False
        await whole(provider, wanted(tmp_path))
    assert len(platform.posts) == 1


async def test_a_thumbnail_it_will_not_have_is_left_out_and_told(tmp_path: Path) -> None:
    want = wanted(tmp_path, thumbnail=picture_file(tmp_path))
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.takes_extras = False
        done = await whole(provider, want)
    assert done.note == "notes.post_extras_left"
    assert len(platform.posts) == 1


@pytest.mark.parametrize("kind", ["late", "cut"])
async def test_a_lost_answer_is_asked_about(tmp_path: Path, kind: str) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        platform.trouble = [Fault(kind, "POST /rest/posts")]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        if kind == "cut":
            assert found.trace is Trace.ABSENT
            await provider.commit(want, ready.session)
            found = await provider.find(want, ready.session)
    assert found.trace is Trace.THERE
    assert found.step is not None
    assert [one["id"] for one in platform.posts] == [found.step.remote]


async def test_what_shows_a_moment_later_is_there(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        await provider.commit(want, ready.session)
        platform.hidden = 1
        assert (await provider.find(want, ready.session)).trace is Trace.THERE


async def test_posts_that_cannot_be_read_leave_it_unknown(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        platform.readable = False
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
        platform.readable = True
        platform.trouble = [Fault(where="GET /rest/posts", status=200, body={"what": 1})]
        with pytest.raises(Unavailable):
            await provider.find(want, ready.session)
    assert platform.posts == []


async def test_the_same_again_is_this_post_or_another(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        first = await provider.commit(want, ready.session)
        assert (await provider.commit(want, ready.session)).remote == first.remote
        with pytest.raises(Refused) as raised:
            await whole(provider, want)  # another intent with the same words
        platform.readable = False
        with pytest.raises(Refused):
            await provider.commit(want, ready.session)
    assert raised.value.key == "errors.post_duplicate"
    assert len(platform.posts) == 1


FAULTS: list[tuple[Fault, type[AppError], str]] = [
    (Fault(where="POST /rest/posts", status=403), AuthRequired, "errors.post_no_right"),
    (Fault(where="POST /rest/posts", status=400), InvalidInput, "errors.post_refused_there"),
    (Fault(where="POST /rest/posts", status=429), Unavailable, "errors.post_busy_there"),
    (Fault(where="POST /rest/posts", status=500), Unavailable, "errors.server_failed"),
    (Fault(where="POST /rest/posts", status=201), Unavailable, "errors.bad_answer"),
    (
        Fault(where="POST /rest/posts", status=201, headers={"x-restli-id": "../../me"}),
        Unavailable,
        "errors.bad_answer",
    ),
    (Fault(where="POST /rest/videos", status=426), Refused, "errors.linkedin_version"),
    (Fault(where="POST /rest/videos", status=200, body="<html>"), Unavailable, "errors.bad_answer"),
    (Fault(where="POST /rest/videos", status=200, body=[]), Unavailable, "errors.bad_answer"),
    (
        Fault(where="POST /rest/videos", status=200, body={"value": {"video": "urn:li:video:x"}}),
        Unavailable,
        "errors.bad_answer",
    ),
    (Fault(where="PUT", status=200), Unavailable, "errors.bad_answer"),  # no ETag
    (Fault(where="GET /rest/videos", status=302), Unavailable, "errors.bad_answer"),
]


@pytest.mark.parametrize(("fault", "kind", "key"), FAULTS, ids=lambda one: str(one)[-40:])
async def test_what_linkedin_says_no_with(
    tmp_path: Path, fault: Fault, kind: type[AppError], key: str
) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.trouble = [fault]
        with pytest.raises(kind) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == key
    assert platform.posts == []


async def test_limits_are_told_with_their_end(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        ready = await until(provider, wanted(tmp_path), Stage.READY)
        limited = Fault(where="POST /rest/posts", status=429, headers={"Retry-After": "3600"})
        platform.trouble = [limited]
        with pytest.raises(Unavailable) as raised:
            await provider.commit(wanted(tmp_path), ready.session)
    assert raised.value.args_map["retry_after"] == 3600.0


async def test_a_version_that_has_died_can_be_replaced_by_the_owner(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path, version="202701") as (provider, platform):
        with pytest.raises(Refused) as raised:
            await provider.advance(wanted(tmp_path), "")
        platform.version = "202701"
        await whole(provider, wanted(tmp_path))
    assert raised.value.args_map == {"version": "202701"}
    assert len(platform.posts) == 1


async def test_an_access_that_ended_is_renewed(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        begun = await provider.advance(wanted(tmp_path), "")
        platform.oauth.expire()
        await whole(provider, wanted(tmp_path), begun.session)
        assert [one["grant_type"] for one in platform.oauth.asked] == ["refresh_token"]
    assert len(platform.posts) == 1


async def test_signed_out_says_so_at_each_door(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        platform.oauth.expire()
        platform.oauth.refreshes.clear()
        for call in (
            provider.advance(wanted(tmp_path), ""),
            provider.commit(wanted(tmp_path, video=None), ""),
            provider.find(wanted(tmp_path, video=None), ""),
            provider.account(),
            provider.change("urn:li:share:1", wanted(tmp_path)),
        ):
            with pytest.raises(AuthRequired) as raised:
                await call
            assert raised.value.key == "errors.post_sign_in"
    assert platform.posts == []


@pytest.mark.parametrize(("page", "author"), [("", PERSON), (PAGE_NUMBER, PAGE), (PAGE, PAGE)])
async def test_signing_in_and_posting_as_oneself_or_as_a_page(
    tmp_path: Path, page: str, author: str
) -> None:
    secrets = {"client_secret": "not so secret"}
    async with publishing("linkedin", tmp_path, secrets=secrets, organization=page) as (
        provider,
        platform,
    ):
        door = await provider.doorway()
        started = await provider.begin_sign_in(f"http://{door.host}:{door.port}{door.path}")
        assert ("w_organization_social" in started.url) == bool(page)
        back = platform.oauth.visit(started.url)
        who = await provider.finish_sign_in(platform.oauth.answer_of(back))
        done = await whole(provider, wanted(tmp_path))
        told = await provider.figures([done.remote, "urn:li:share:9", "no name"])
        await provider.sign_out()
        assert not (await provider.standing()).signed_in
    assert (who.id, who.name) == (PERSON, "Ada Light")
    assert [one["author"] for one in platform.posts] == [author]
    assert [(one.likes, one.comments, one.views) for one in told] == (
        [(12, 4, None)] if page else []
    )


async def test_words_of_a_post_that_is_out_are_changed(tmp_path: Path) -> None:
    async with publishing("linkedin", tmp_path) as (provider, platform):
        done = await whole(provider, wanted(tmp_path))
        other = wanted(tmp_path, title="In [thick] fog", description="", tags=())
        await provider.change(done.remote, other)
        await provider.change(done.remote, other)
        for gone in ("urn:li:share:1", "../../v2/userinfo"):
            with pytest.raises(NotFound):
                await provider.change(gone, other)
    assert [one["text"] for one in platform.posts] == ["In [thick] fog"]


async def test_what_does_not_fit_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    assert want.video is not None
    wrong: dict[str, dict[str, Any]] = {
        "errors.post_public_only": {"privacy": Privacy.UNLISTED},
        "errors.post_no_drafts": {"draft": True},
        "errors.post_no_planning": {"publish_at": 9e9},
        "errors.post_bad_format": {"video": replace(want.video, ending="webm")},
        "errors.post_video_large": {"video": replace(want.video, size=600_000_000)},
        "errors.post_text_long": {"description": "word " * 700},
        "errors.post_choice": {"choices": {"audience": "aliens"}},
        "errors.post_empty": {"video": None, "title": " ", "description": "", "tags": ()},
    }
    async with publishing("linkedin", tmp_path) as (provider, platform):
        for key, changes in wrong.items():
            with pytest.raises(InvalidInput) as raised:
                await provider.advance(wanted(tmp_path, **changes), "")
            assert raised.value.key == key
        assert platform.seen == []
        connections = wanted(tmp_path, choices={"audience": "connections"})
        await whole(provider, connections)
    assert platform.posts[0]["visibility"] == "CONNECTIONS"


@pytest.mark.parametrize("options", [{"organization": "my page"}, {"version": "latest"}])
async def test_options_that_cannot_be_are_told(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        async with publishing("linkedin", tmp_path, **options):
            raise AssertionError


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "all of \\ | { } @ [ ] ( ) < > # * _ ~ there",
        "#fog and #sea_side, (#not) https://example.com/#top a#b ##",
        "{hashtag|\\#|x} \\# \\",
        "mail me@example.com\n\n#caf\N{LATIN SMALL LETTER E WITH ACUTE}",
    ],
)
def test_no_sign_of_a_text_is_lost(text: str) -> None:
    assert read_little(marked(text)) == text
    assert unmarked(marked(text)) == text


def test_hashtags_are_marked_as_such() -> None:
    assert marked("See #fog_bank") == r"See {hashtag|\#|fog\_bank}"


def test_sessions_and_kept_things_nobody_can_read_are_forgotten() -> None:
    for session in ("", "{", "[]", '"x"', '{"video": "../x"}', '{"sent": "many"}', "[" * 90_000):
        assert read_upload(session) == Upload()
    full = Upload("urn:li:video:A1", 5, 2, looks=1, opened=1.0, begun=1, left=True)
    assert read_upload(full.to_text()) == full
    for kept in (None, b"", b"{", b"[]", b"[1,2,3,4]"):
        assert read_places(kept) is None
    assert read_tags(b"{") == read_tags(b"{}") == []


@pytest.mark.parametrize(
    "parts",
    [
        [(0, 4), (6, 9)],  # a hole
        [(0, 4), (3, 9)],  # twice
        [(0, 8)],  # not all
        [(5, 9), (0, 4)],
        [(0, 9, "ftp://example.com/")],
        [(0, 9, "https://example.com/ two")],
        [],
    ],
)
def test_parts_that_are_not_the_video_are_no_answer(parts: list[Any]) -> None:
    told = [
        {"firstByte": part[0], "lastByte": part[1], "uploadUrl": (*part, "https://a.b/c")[2]}
        for part in parts
    ]
    value = {"video": "urn:li:video:A", "uploadToken": "", "uploadInstructions": told}
    with pytest.raises(Unavailable):
        parse_opened({"value": value}, "example.com", 10)
