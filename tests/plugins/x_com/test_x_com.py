"""Posting on X, against its protocol."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable
from app.api.publishing import LARGEST_SESSION, Privacy, Stage, Trace
from app.api.weighing import weighted_length
from plugins.x_com.parsers import Upload, parse_posts, post_text, read_upload
from tests.fakes.platforms import Fault, publishing, step_by_step, until, wanted, whole

TEXT = "A lighthouse in fog\n\nHow it was built.\n\n#lighthouse #sea"
RATE = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "99999999999"}


async def test_a_video_goes_out_in_pieces_and_arrives_whole(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=9_000_000, choices={"replies": "following"})
    async with publishing("x_com", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
        pieces = platform.asked("/append")
    assert want.video is not None
    assert [one["digest"] for one in platform.posts] == [want.video.digest]
    assert (platform.posts[0]["text"], platform.posts[0]["replies"]) == (TEXT, "following")
    assert len(pieces) == 3
    assert steps[-1].stage is Stage.DONE
    assert steps[-1].remote == platform.posts[0]["id"]
    assert steps[-1].url.endswith(f"/i/status/{steps[-1].remote}")
    told = [step.fraction for step in steps if step.fraction is not None]
    assert told == sorted(told)
    assert all(len(step.session) <= LARGEST_SESSION for step in steps)
    assert Stage.WORKING in [step.stage for step in steps]


async def test_words_alone_may_go_out(tmp_path: Path) -> None:
    want = wanted(tmp_path, video=None, link="https://example.com/a?b=1&c=2")
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        done = await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        assert not platform.asked("media")
    assert platform.posts[0]["text"] == f"{TEXT}\n\n{want.link}"
    assert found.trace is Trace.THERE
    assert found.step is not None
    assert found.step.remote == done.remote


@pytest.mark.parametrize("where", ["initialize", "append", "finalize", "GET /2/media"])
@pytest.mark.parametrize("kind", ["cut", "late", "answer"])
async def test_a_connection_lost_anywhere_before_costs_nothing(
    tmp_path: Path, where: str, kind: str
) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
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


async def test_a_piece_sent_twice_is_there_once(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=5_000_000)
    async with publishing("x_com", tmp_path) as (provider, platform):
        begun = await provider.advance(want, "")
        first = await provider.advance(want, begun.session)
        again = await provider.advance(want, begun.session)
        assert first.session == again.session
        await whole(provider, want, again.session)
    assert want.video is not None
    assert platform.posts[0]["digest"] == want.video.digest


async def test_a_gap_makes_it_begin_anew(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=9_000_000)
    async with publishing("x_com", tmp_path) as (provider, platform):
        begun = read_upload((await provider.advance(want, "")).session)
        piece = provider._limits["piece"]
        await whole(provider, want, replace(begun, sent=piece).to_text())
    assert len(platform.media) == 2
    assert want.video is not None
    assert platform.posts[0]["digest"] == want.video.digest


@pytest.mark.parametrize("pieces", [0, 1, 3])
async def test_a_session_x_has_forgotten_begins_anew(tmp_path: Path, pieces: int) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        session = (await provider.advance(want, "")).session
        for _ in range(pieces):
            session = (await provider.advance(want, session)).session
        if pieces < 3:
            for media in platform.media.values():
                media.expired = True
        else:
            session = replace(read_upload(session), until=1.0).to_text()
        await whole(provider, want, session)
    assert len(platform.media) == 2
    assert len(platform.posts) == 1


async def test_what_is_always_forgotten_ends(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="append", status=400)] * 10
        with pytest.raises(Refused) as raised:
            await whole(provider, want)
    assert raised.value.key == "errors.post_upload_lost"
    assert len(platform.media) == 5


async def test_a_video_that_ran_out_is_not_posted(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        with pytest.raises(NotFound):
            await provider.commit(want, replace(read_upload(ready.session), until=1.0).to_text())
    assert platform.posts == []


async def test_long_work_is_looked_at_when_x_says(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        platform.works, platform.pause = 12, 7
        steps = [step async for step in step_by_step(provider, want)]
    waits = [step.wait for step in steps if step.stage is Stage.WORKING]
    assert waits == [7.0] * 12
    assert len(platform.posts) == 1


async def test_a_video_x_cannot_work_with(tmp_path: Path) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        platform.fails = True
        with pytest.raises(Refused) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == "errors.post_failed_there"
    assert platform.posts == []


@pytest.mark.parametrize("kind", ["late", "cut"])
async def test_a_lost_answer_is_asked_about(tmp_path: Path, kind: str) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        platform.trouble = [Fault(kind, "POST /2/tweets")]
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
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        await provider.commit(want, ready.session)
        platform.hidden = 1
        assert (await provider.find(want, ready.session)).trace is Trace.THERE


async def test_the_same_text_again_is_this_post_or_another(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        first = await provider.commit(want, ready.session)
        again = await provider.commit(want, ready.session)
        assert again.remote == first.remote
        with pytest.raises(Refused) as raised:
            await whole(provider, want)  # another intent with the same words
        platform.readable = False
        with pytest.raises(Refused):
            await provider.commit(want, ready.session)
    assert raised.value.key == "errors.post_duplicate"
    assert len(platform.posts) == 1


async def test_posts_that_cannot_be_read_leave_it_unknown(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        platform.readable = False
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
        platform.trouble = [Fault(where="users", status=402)]
        with pytest.raises(AuthRequired):
            await provider.find(want, ready.session)


FAULTS: list[tuple[Fault, type[AppError], str]] = [
    (Fault(where="2/tweets", status=402), AuthRequired, "errors.post_no_credit"),
    (
        Fault(where="2/tweets", status=403, body={"detail": "no"}),
        Refused,
        "errors.post_refused_there",
    ),
    (
        Fault(where="2/tweets", status=403, body={"detail": "Your account is suspended"}),
        AuthRequired,
        "errors.post_banned",
    ),
    (
        Fault(
            where="2/tweets", status=403, body={"detail": "not permitted to perform this action"}
        ),
        AuthRequired,
        "errors.post_no_right",
    ),
    (
        Fault(where="2/tweets", status=403, body={"reason": "client-not-enrolled"}),
        AuthRequired,
        "errors.post_app_refused",
    ),
    (Fault(where="2/tweets", status=400), InvalidInput, "errors.post_refused_there"),
    (Fault(where="2/tweets", status=500), Unavailable, "errors.server_failed"),
    (Fault(where="2/tweets", status=201, body="<html>"), Unavailable, "errors.bad_answer"),
    (Fault(where="2/tweets", status=201, body=[1]), Unavailable, "errors.bad_answer"),
    (Fault(where="initialize", status=200, body={"data": 5}), Unavailable, "errors.bad_answer"),
    (
        Fault(where="initialize", status=200, body={"data": {"id": "../me"}}),
        Unavailable,
        "errors.bad_answer",
    ),
    (Fault(where="2/tweets", status=302, body=""), Unavailable, "errors.bad_answer"),
]


@pytest.mark.parametrize(("fault", "kind", "key"), FAULTS, ids=lambda one: str(one)[-40:])
async def test_what_x_says_no_with(
    tmp_path: Path, fault: Fault, kind: type[AppError], key: str
) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        platform.trouble = [fault]
        with pytest.raises(kind) as raised:
            await whole(provider, wanted(tmp_path))
    assert raised.value.key == key
    assert platform.posts == []


@pytest.mark.parametrize("headers", [RATE, {"Retry-After": "900"}])
async def test_limits_are_told_with_their_end(tmp_path: Path, headers: dict[str, str]) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        ready = await until(provider, wanted(tmp_path), Stage.READY)
        platform.trouble = [Fault(where="2/tweets", status=429, headers=headers)]
        with pytest.raises(Unavailable) as raised:
            await provider.commit(wanted(tmp_path), ready.session)
    assert raised.value.args_map["retry_after"] == (86_400.0 if headers is RATE else 900.0)


async def test_an_access_that_ended_is_renewed_and_its_refresh_rotates(tmp_path: Path) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        await provider.advance(wanted(tmp_path), "")
        platform.oauth.expire()
        await whole(provider, wanted(tmp_path))
        platform.oauth.expire()
        assert (await provider.account()).name == "@lights"
        told = [one["refresh_token"] for one in platform.oauth.asked]
    assert told == ["refresh-0", "refresh-1"]
    assert len(platform.posts) == 1


async def test_signed_out_says_so_at_each_door(tmp_path: Path) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        platform.oauth.expire()
        platform.oauth.refreshes.clear()
        for call in (
            provider.advance(wanted(tmp_path), ""),
            provider.commit(wanted(tmp_path, video=None), ""),
            provider.find(wanted(tmp_path, video=None), ""),
            provider.account(),
            provider.figures(["1"]),
        ):
            with pytest.raises(AuthRequired) as raised:
                await call
            assert raised.value.key == "errors.post_sign_in"
    assert platform.posts == []


async def test_signing_in_with_an_app_without_a_secret(tmp_path: Path) -> None:
    async with publishing("x_com", tmp_path, signed_in=False) as (provider, platform):
        door = await provider.doorway()
        page = await provider.begin_sign_in(f"http://{door.host}:{door.port}{door.path}")
        back = platform.oauth.visit(page.url)
        who = await provider.finish_sign_in(platform.oauth.answer_of(back))
        standing = await provider.standing()
        await whole(provider, wanted(tmp_path))
        await provider.sign_out()
        assert not (await provider.standing()).signed_in
    assert (who.id, who.name) == ("2244994945", "@lights")
    assert standing.signed_in
    assert standing.renews
    assert platform.oauth.revoked
    assert len(platform.posts) == 1


async def test_what_does_not_fit_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    assert want.video is not None
    wrong: dict[str, dict[str, Any]] = {
        "errors.post_public_only": {"privacy": Privacy.PRIVATE},
        "errors.post_no_drafts": {"draft": True},
        "errors.post_no_planning": {"publish_at": 2e9},
        "errors.post_bad_format": {"video": replace(want.video, ending="avi")},
        "errors.post_video_large": {"video": replace(want.video, size=2**30)},
        "errors.post_text_long": {"description": "\N{CJK UNIFIED IDEOGRAPH-6D77}" * 130},
        "errors.post_empty": {"video": None, "title": " ", "description": "", "tags": ()},
    }
    async with publishing("x_com", tmp_path) as (provider, platform):
        for key, changes in wrong.items():
            with pytest.raises(InvalidInput) as raised:
                await provider.advance(wanted(tmp_path, **changes), "")
            assert raised.value.key == key
        assert platform.seen == []


async def test_with_long_posts_more_fits(tmp_path: Path) -> None:
    want = wanted(tmp_path, description="word " * 200)
    async with publishing("x_com", tmp_path, long_posts=True) as (provider, _platform):
        assert (await until(provider, want, Stage.READY)).stage is Stage.READY


@pytest.mark.parametrize(("told", "price"), [("", 0.01), ("0.02", 0.02)])
async def test_a_post_has_its_price(tmp_path: Path, told: str, price: float) -> None:
    async with publishing("x_com", tmp_path, price=told) as (provider, _platform):
        assert provider.price == price


async def test_a_price_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        async with publishing("x_com", tmp_path, price="a lot"):
            raise AssertionError


async def test_a_file_that_has_gone_is_told(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("x_com", tmp_path) as (provider, _platform):
        begun = await provider.advance(want, "")
        (tmp_path / "film.mp4").unlink()
        with pytest.raises(NotFound) as raised:
            await provider.advance(want, begun.session)
    assert raised.value.key == "errors.post_file_gone"


async def test_figures_of_the_posts_it_still_has(tmp_path: Path) -> None:
    async with publishing("x_com", tmp_path) as (provider, platform):
        done = await whole(provider, wanted(tmp_path))
        told = await provider.figures([done.remote, "123", "no id"])
        assert await provider.figures([]) == []
    assert [one.remote for one in told] == [done.remote]
    assert (told[0].views, told[0].likes, told[0].comments, told[0].shares) == (1234, 40, 3, 3)


def test_sessions_nobody_can_read_begin_anew() -> None:
    for session in ("", "{", "[]", '"x"', '{"media": "../x"}', '{"size": "many"}', "[" * 90_000):
        assert read_upload(session) == Upload()
    full = Upload("12", "7_12", 5, 5, until=2.0, opened=1.0, begun=1)
    assert read_upload(full.to_text()) == full


def test_posts_are_read_as_they_were_written() -> None:
    link = {"url": "https://t.co/a", "expanded_url": "https://example.com/x?a=1&b=2"}
    film = {"url": "https://t.co/b", "expanded_url": "https://x.com/i/status/1/video/1"}
    told = {
        "id": "1", "text": "a &lt; b &amp; c https://t.co/a https://t.co/b",
        "entities": {"urls": [link, film]}, "attachments": {"media_keys": ["7_9"]},
    }  # fmt: skip
    seen = parse_posts({"data": [told, {"id": "no"}, 5]})
    assert [one.words.strip() for one in seen] == ["a < b & c https://example.com/x?a=1&b=2"]
    assert seen[0].media == ("7_9",)
    assert parse_posts({"data": "nothing"}) == []


def test_the_text_says_each_thing_once(tmp_path: Path) -> None:
    want = wanted(
        tmp_path, title="Fog", description="", tags=("sea", "light house", "12", "#Sea"),
        link="https://example.com",
    )  # fmt: skip
    assert post_text(want, 280) == "Fog\n\n#sea #lighthouse\n\nhttps://example.com"
    inside = replace(want, description="See https://example.com #sea")
    assert post_text(inside, 280) == "Fog\n\nSee https://example.com #sea\n\n#lighthouse"
    full = replace(want, description="x" * 250)
    assert weighted_length(post_text(full, 280)) == 280
    with pytest.raises(InvalidInput):
        post_text(replace(want, description="x" * 251), 280)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", 4),
        ("cafe\N{COMBINING ACUTE ACCENT}", 4),
        ("\N{CJK UNIFIED IDEOGRAPH-6D77}\N{HIRAGANA LETTER A}", 4),
        ("\N{CYRILLIC SMALL LETTER ZHE}\N{ARABIC LETTER BEH}", 2),
        ("\N{EN DASH}\N{LEFT DOUBLE QUOTATION MARK}\N{BULLET}", 4),
        ("https://example.com/" + "a" * 500, 23),
        ("see http://a.de/x, now", 4 + 23 + 5),
        ("(https://en.wikipedia.org/wiki/Fog_(film))", 1 + 23 + 1),
        ("example.com and bbc.co.uk/news", 23 + 5 + 23),
        ("me@example.com 3.14 e.g. no", 27),
        ("\N{GRINNING FACE}", 2),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", 2),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2),
        ("\U0001f1eb\U0001f1f7", 2),
        ("\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}!", 3),
        ("1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}", 2),
        ("\N{COPYRIGHT SIGN}", 1),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),
    ],
)
def test_letters_are_counted_as_x_does(words: str, length: int) -> None:
    assert weighted_length(words) == length
