"""Posting on Telegram, against its protocol."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable
from app.api.captions import utf16
from app.api.publishing import Stage, Trace
from plugins.telegram.parsers import Sent, caption_of, parse_sent, session_of
from tests.fakes.platforms import (
    Fault,
    picture_file,
    publishing,
    step_by_step,
    until,
    video_file,
    wanted,
    whole,
)
from tests.plugins.telegram.platform import CHANNEL, GROUP, MOVED, NEW, TOKEN

LIMITED = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 90",
           "parameters": {"retry_after": 90}}  # fmt: skip


def small(place: Path) -> Any:
    return replace(picture_file(place), width=320, height=180)


async def test_a_video_goes_out_whole_with_its_words(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=3_000_000, thumbnail=small(tmp_path), notify=False)
    async with publishing("telegram", tmp_path) as (provider, platform):
        steps = [step async for step in step_by_step(provider, want)]
    (post,) = platform.posts
    assert want.video is not None
    assert post["digest"] == want.video.digest
    assert post["caption"] == "A lighthouse in fog\n\nHow it was built.\n\n#lighthouse #sea"
    assert post["thumbnail"].startswith(b"\xff\xd8\xff")
    assert len(post["thumbnail"]) == 2_000
    told = [post[name] for name in ("duration", "width", "height", "supports_streaming")]
    assert told == ["12", "1080", "1920", "true"]
    assert post["disable_notification"] == "true"
    assert post["chat"] == CHANNEL
    assert steps[-1].stage is Stage.DONE
    assert steps[-1].url.endswith(f"/lights/{post['id']}")
    assert steps[-1].remote == f"{CHANNEL}/{post['id']}"


async def test_who_posts_is_the_chat(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path) as (provider, _platform):
        who = await provider.account()
    assert (who.id, who.name) == (str(CHANNEL), "Lights")
    assert who.url.endswith("/lights")


async def test_a_post_may_choose_its_chat(tmp_path: Path) -> None:
    want = wanted(tmp_path, choices={"chat": str(GROUP)})
    async with publishing("telegram", tmp_path) as (provider, platform):
        done = await whole(provider, want)
    assert platform.posts[0]["chat"] == GROUP
    assert done.url.endswith(f"/c/9876543210/{platform.posts[0]['id']}")
    assert platform.posts[0]["disable_notification"] is None


async def test_without_a_video_it_is_a_picture_with_words_or_words(tmp_path: Path) -> None:
    picture = picture_file(tmp_path, name="code.png")
    pictured = wanted(tmp_path, video=None, thumbnail=picture)
    words = wanted(tmp_path, key="6" * 32, video=None, description="word " * 900)
    async with publishing("telegram", tmp_path) as (provider, platform):
        await whole(provider, pictured)
        await whole(provider, words)
        large = replace(pictured, thumbnail=replace(picture, size=10_000_001))
        with pytest.raises(InvalidInput, match="post_video_large"):
            await provider.advance(large, "")
    first, second = platform.posts
    assert first["digest"] == picture.digest
    assert first["caption"].startswith("A lighthouse in fog")
    assert 4_000 < len(second["text"]) <= 4_096


async def test_a_group_that_became_another_is_followed(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path, chat=str(MOVED)) as (provider, platform):
        await whole(provider, wanted(tmp_path))
    assert [one["chat"] for one in platform.posts] == [NEW]


@pytest.mark.parametrize(
    "change",
    [{"size": 200_001}, {"width": 321}, {"ending": "png"}, {"size": 0}],
)
async def test_a_thumbnail_telegram_would_not_take_is_left_out(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    picture = replace(small(tmp_path), **change)
    async with publishing("telegram", tmp_path) as (provider, platform):
        await whole(provider, wanted(tmp_path, thumbnail=picture))
    assert platform.posts[0]["thumbnail"] == b""


async def test_before_anything_goes_out_it_is_certainly_not_there(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("telegram", tmp_path) as (provider, platform):
        ready = await until(provider, want, Stage.READY)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        done = await provider.commit(want, ready.session)
        assert (await provider.advance(want, ready.session)).stage is Stage.READY
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
        found = await provider.find(want, done.session)
        assert (await provider.advance(want, done.session)).stage is Stage.DONE
    assert found.trace is Trace.THERE
    assert found.step.url == done.url
    assert len(platform.posts) == 1


async def test_a_connection_lost_in_the_middle_means_that_it_is_not_there(tmp_path: Path) -> None:
    """The last byte never went out, and that is known."""
    want = wanted(tmp_path, size=12_000_000)
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.trouble = [Fault("cut", "sendVideo")]
        ready = await until(provider, want, Stage.READY)
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        await whole(provider, want, ready.session)
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
    assert len(platform.posts) == 1


async def test_an_answer_that_is_lost_leaves_it_unknown(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.trouble = [Fault("late", "sendVideo")]
        ready = await until(provider, want, Stage.READY)
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        assert len(platform.posts) == 1
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN


async def test_what_is_known_of_it_is_known_after_a_kill(tmp_path: Path) -> None:
    want = wanted(tmp_path, size=12_000_000)
    for kind, trace in (("cut", Trace.ABSENT), ("late", Trace.UNKNOWN)):
        async with publishing("telegram", tmp_path) as (provider, platform):
            platform.trouble = [Fault(kind, "sendVideo")]
            with pytest.raises(Unavailable):
                await provider.commit(want, "")
        async with publishing("telegram", tmp_path) as (provider, _platform):
            assert (await provider.find(want, "")).trace is trace


async def test_a_cache_that_keeps_nothing_never_makes_it_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = wanted(tmp_path)

    async def nothing(*_args: object) -> None:
        return None

    async with publishing("telegram", tmp_path) as (provider, platform):
        monkeypatch.setattr(type(provider._context.cache), "put", nothing)
        with pytest.raises(Unavailable, match="not_noted"):
            await provider.commit(want, "")
        assert platform.posts == []
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN


@pytest.mark.parametrize(
    ("status", "body", "error", "key"),
    [
        (429, LIMITED, Unavailable, "post_busy_there"),
        (429, {"ok": False}, Unavailable, "post_busy_there"),
        (400, {"ok": False, "description": "Bad Request: chat not found"}, AuthRequired,
         "post_bot_chat"),
        (400, {"ok": False, "description": "Bad Request: not enough rights to send"}, AuthRequired,
         "post_bot_chat"),
        (400, {"ok": False, "description": "Bad Request: message caption is too long"},
         InvalidInput, "post_text_long"),
        (400, {"ok": False, "description": "Bad Request: wrong type of the web page"}, Refused,
         "post_refused_there"),
        (403, {"ok": False, "description": "Forbidden: bot was kicked"}, AuthRequired,
         "post_bot_chat"),
        (401, {"ok": False, "description": "Unauthorized"}, AuthRequired, "post_bot_token"),
        (404, {"ok": False, "description": "Not Found"}, AuthRequired, "post_bot_token"),
        (413, "Request Entity Too Large", InvalidInput, "post_video_large"),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_and_means_that_it_is_not_there(
    tmp_path: Path, status: int, body: Any, error: type[AppError], key: str
) -> None:
    want = wanted(tmp_path)
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="sendVideo", status=status, body=body)]
        with pytest.raises(error, match=key):
            await provider.commit(want, "")
        assert (await provider.find(want, "")).trace is Trace.ABSENT
    assert platform.posts == []


async def test_the_pause_it_asks_for_is_passed_on(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="sendVideo", status=429, body=LIMITED)]
        with pytest.raises(Unavailable) as caught:
            await provider.commit(wanted(tmp_path), "")
    assert caught.value.args_map["retry_after"] == 90


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, "oops"), (502, {"ok": False}), (200, "<html>"), (200, {"ok": True, "result": {}}),
     (200, "[" * 5_000), (302, "")],
)  # fmt: skip
async def test_an_answer_nobody_understands_leaves_it_unknown(
    tmp_path: Path, status: int, body: Any
) -> None:
    want = wanted(tmp_path)
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.trouble = [Fault(where="sendVideo", status=status, body=body)]
        with pytest.raises(Unavailable):
            await provider.commit(want, "")
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN


@pytest.mark.parametrize("token", ["", "nonsense", "1:2/../getUpdates", "4242:" + "x" * 200])
async def test_without_a_good_token_the_owner_is_asked(tmp_path: Path, token: str) -> None:
    async with publishing("telegram", tmp_path, secrets={"token": token}) as (provider, platform):
        for call in (provider.advance(wanted(tmp_path), ""), provider.account()):
            with pytest.raises(AuthRequired, match="post_bot_token"):
                await call
        assert platform.seen == []


async def test_a_token_telegram_does_not_know_is_told(tmp_path: Path) -> None:
    other = {"token": "4242:" + "another-bot_" * 3}
    async with publishing("telegram", tmp_path, secrets=other) as (provider, _platform):
        with pytest.raises(AuthRequired, match="post_bot_token"):
            await provider.account()


async def test_a_chat_must_be_named_and_written_right(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path, chat="") as (provider, platform):
        with pytest.raises(AuthRequired, match="chat_missing"):
            await provider.advance(wanted(tmp_path), "")
        await whole(provider, wanted(tmp_path, choices={"chat": "https://t.me/lights"}))
        assert platform.posts[0]["chat"] == CHANNEL
    with pytest.raises(InvalidInput, match="chat_missing"):
        async with publishing("telegram", tmp_path, chat="my channel!") as _:
            pass


async def test_a_bot_that_was_put_out_is_told(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path) as (provider, platform):
        platform.rights = False
        with pytest.raises(AuthRequired, match="post_bot_chat"):
            await whole(provider, wanted(tmp_path))
        platform.rights = True
        await whole(provider, wanted(tmp_path))
    assert len(platform.posts) == 1


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"video": None, "title": "", "description": " "}, "post_needs_video"),
        ({"publish_at": 4e9}, "post_no_planning"),
        ({"draft": True}, "post_no_drafts"),
    ],
)
async def test_what_it_cannot_do_is_told(tmp_path: Path, change: dict[str, Any], key: str) -> None:
    async with publishing("telegram", tmp_path) as (provider, _platform):
        with pytest.raises(InvalidInput, match=key):
            await provider.advance(wanted(tmp_path, **change), "")


async def test_with_a_server_of_ones_own_films_may_be_large(tmp_path: Path) -> None:
    large = wanted(tmp_path, video=replace(video_file(tmp_path), size=60_000_000))
    async with publishing("telegram", tmp_path) as (provider, platform):
        with pytest.raises(InvalidInput, match="post_video_large"):
            await provider.advance(large, "")
        async with publishing("telegram", tmp_path, server=platform.address) as (own, _other):
            assert (await own.advance(large, "")).stage is Stage.READY
            await whole(own, wanted(tmp_path))
        assert len(platform.posts) == 1, "it went to the owner's own server"
        too = replace(large, video=replace(video_file(tmp_path), size=2_000_000_001))
        with pytest.raises(InvalidInput, match="post_video_large"):
            await own.advance(too, "")


async def test_a_file_that_is_gone_is_told_and_nothing_is_there(tmp_path: Path) -> None:
    want = wanted(tmp_path)
    async with publishing("telegram", tmp_path) as (provider, platform):
        (tmp_path / "film.mp4").unlink()
        with pytest.raises(NotFound, match="post_file_gone"):
            await provider.commit(want, "")
        assert (await provider.find(want, "")).trace is Trace.ABSENT
    assert platform.posts == []


async def test_a_caption_can_be_changed(tmp_path: Path) -> None:
    async with publishing("telegram", tmp_path) as (provider, platform):
        done = await whole(provider, wanted(tmp_path))
        for _ in range(2):
            await provider.change(done.remote, wanted(tmp_path, title="Another", tags=()))
        assert platform.posts[0]["caption"] == "Another\n\nHow it was built."
        with pytest.raises(Refused):
            await provider.change(f"{CHANNEL}/99", wanted(tmp_path))
        for bad in ("", "x", "@a/b", "../5"):
            with pytest.raises(InvalidInput, match="unknown_there"):
                await provider.change(bad, wanted(tmp_path))


async def test_the_token_is_never_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "plugins")
    caplog.set_level(logging.DEBUG, "app")
    told = []
    async with publishing("telegram", tmp_path) as (provider, platform):
        faults: list[Any] = ["cut", "late", (500, "x"), (200, "x"), (403, {"ok": False})]
        for fault in faults:
            platform.trouble = [fault]
            with pytest.raises(AppError) as caught:
                await provider.commit(wanted(tmp_path), "")
            told.append(f"{caught.value} {caught.value.__cause__!r}")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith(("plugins", "app"))]
    assert ours
    assert TOKEN not in "".join([*ours, *told])


@pytest.mark.parametrize(
    ("title", "description", "link"),
    [
        ("A lighthouse", "word " * 900, ""), ("A lighthouse", "word " * 900, "https://l.example/x"),
        ("🌊" * 900, "x", "https://l.example"), ("", "", ""), ("", "👍🏽" * 700, ""),
    ],
)  # fmt: skip
def test_captions_are_cut_politely(tmp_path: Path, title: str, description: str, link: str) -> None:
    want = wanted(tmp_path, title=title, description=description, link=link)
    made = caption_of(want, 1024)
    assert utf16(made) <= 1024
    if len(description) > 1_000 and title:
        assert utf16(made) > 990
        assert "word…" in made
        assert made.endswith("#lighthouse #sea")
        assert link in made


def test_odd_answers_and_sessions_are_none() -> None:
    for text in ("", "x", "[]", "{}", '{"message":true,"chat":1}', '{"message":1}'):
        assert session_of(text) is None
    odd: tuple[object, ...] = (None, [], {}, {"message_id": True, "chat": {"id": 1}}, {"chat": 1})
    for result in odd:
        with pytest.raises(Unavailable):
            parse_sent(result, "host")
    assert Sent(5, -77).url("https://t.me") == ""
