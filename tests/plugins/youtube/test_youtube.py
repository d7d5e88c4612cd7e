"""YouTube: uploads in pieces and what can go wrong with them, words, pictures, figures."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import AppError, AuthRequired, InvalidInput, NotFound, Refused, Unavailable
from app.api.context import HttpAnswer
from app.api.publishing import Account, Figures, Privacy, Stage, Trace
from plugins.youtube.parsers import (
    parse_figures,
    parse_videos,
    parse_watched,
    progress_of,
    reason_of,
)
from plugins.youtube.quota import until_midnight
from plugins.youtube.sessions import Upload, read_upload
from tests.fakes.oauth import CLIENT_SECRET, kept
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
from tests.plugins.youtube.platform import SCOPES, UNIT, said

LARGE = 9_000_000  # three pieces
UPLOAD = "PUT /upload/youtube/v3/videos"


def error(status: int, reason: str, where: str = "") -> Fault:
    return Fault(status=status, body=said(status, reason).body.decode(), where=where)  # type: ignore[union-attr]  # bytes


async def test_a_video_goes_out_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, category="science") as (provider, there):
        want = wanted(
            tmp_path, size=LARGE, thumbnail=picture_file(tmp_path),
            captions=captions_file(tmp_path), synthetic=True, notify=False, language="fr",
        )  # fmt: skip
        there.states = ["uploaded", "uploaded"]
        steps = [step async for step in step_by_step(provider, want)]
        fractions = [round(one.fraction or 0, 2) for one in steps if one.stage is Stage.SENDING]
        assert fractions == [0.0, 0.47]
        assert steps[2].stage is Stage.READY
        assert [one.stage for one in steps[3:]] == [Stage.WORKING] * 5 + [Stage.DONE]
        assert [one.wait for one in steps[3:]] == [0, 0, 0, 10, 20, 0]
        post = there.posts[0]
        assert len(there.posts) == 1
        assert post["content"] == Path(tmp_path / "film.mp4").read_bytes()
        assert post["title"] == want.title
        assert post["tags"] == ["lighthouse", "sea"]
        assert post["categoryId"] == "28"
        assert post["notify"] == "false"
        assert post["media"] == "video/mp4"
        assert post["status"] == {
            "privacyStatus": "public", "selfDeclaredMadeForKids": False,
            "containsSyntheticMedia": True,
        }  # fmt: skip
        assert there.thumbnails[post["id"]] == (tmp_path / "thumbnail.jpg").read_bytes()
        caption = there.captions[post["id"]][0]
        assert caption["language"] == "fr"
        assert caption["content"] == (tmp_path / "film.srt").read_bytes()
        assert steps[-1].remote == post["id"]
        assert steps[-1].url == f"{there.address}/watch?v={post['id']}"
        assert steps[-1].note == ""
        assert all(len(one.session) < 16_000 for one in steps)


async def test_pieces_are_whole_units_and_8_mb_at_most(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        await whole(provider, wanted(tmp_path, size=LARGE))
        ranges = [one.headers["Content-Range"] for one in there.asked(UPLOAD)]
        assert ranges == [
            "bytes 0-4194303/9000000",
            "bytes 4194304-8388607/9000000",
            "bytes 8388608-8999999/9000000",
        ]
        assert 4194304 % UNIT == 0


async def test_nothing_is_there_before_the_commit(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        ready = await until(provider, want, Stage.READY)
        again = await provider.advance(want, ready.session)
        assert again.stage is Stage.READY
        assert not there.posts
        step = await provider.commit(want, ready.session)
        assert step.stage is Stage.WORKING
        assert step.remote == there.posts[0]["id"]
        # what was committed is not sent again
        step = await provider.commit(want, step.session)
        assert step.stage is Stage.WORKING
        assert len(there.posts) == 1


@pytest.mark.parametrize("arrived", [0, 5 * UNIT + 7, 16 * UNIT])
async def test_a_piece_that_breaks_off_goes_on_where_it_ended(tmp_path: Path, arrived: int) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        opened = await provider.advance(want, "")
        there.stop_after = arrived
        with pytest.raises(Unavailable):
            await provider.advance(want, opened.session)
        session = next(iter(there.sessions.values()))
        assert len(session.content) == arrived // UNIT * UNIT
        step = await provider.advance(want, opened.session)  # it asks first
        assert read_upload(step.session).sent == len(session.content)  # type: ignore[union-attr]  # one
        await whole(provider, want, step.session)
        assert [len(one["content"]) for one in there.posts] == [LARGE]
        assert len(there.sessions) == 1


async def test_a_station_started_anew_asks_how_far_it_is(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        opened = await provider.advance(want, "")
        await provider.advance(want, opened.session)  # and the answer was never written down
        provider._sure.clear()
        step = await provider.advance(want, opened.session)
        assert step.fraction == pytest.approx(4194304 / LARGE)
        assert there.seen[-1].headers["Content-Range"] == f"bytes */{LARGE}"
        assert "Range" not in there.seen[-1].headers
        await whole(provider, want, opened.session)
        assert len(there.posts) == 1


async def test_an_answer_that_says_less_arrived_is_believed(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        opened = await provider.advance(want, "")
        step = await provider.advance(want, opened.session)
        next(iter(there.sessions.values())).content[3 * UNIT :] = b""
        with pytest.raises(Unavailable):  # the wrong place
            await provider.advance(want, step.session)
        last = await whole(provider, want, step.session)
        assert last.stage is Stage.DONE
        assert there.posts[0]["content"] == (tmp_path / "film.mp4").read_bytes()


async def test_a_forgotten_upload_begins_anew(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        ready = await until(provider, want, Stage.READY)
        there.sessions.clear()
        with pytest.raises(Unavailable, match="post_upload_lost"):
            await provider.commit(want, ready.session)  # it was sent: nobody knows
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
        with pytest.raises(InvalidInput, match="post_upload_lost"):
            await provider.commit(want, ready.session)  # it was only asked: nothing happened
        step = await provider.advance(want, ready.session)
        assert (step.stage, step.session) == (Stage.SENDING, "")
        await whole(provider, want, step.session)
        assert len(there.posts) == 1


async def test_an_upload_left_alone_is_looked_at_before_it_is_committed(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        ready = await until(provider, want, Stage.READY)
        there.sessions.clear()
        week = time.time() + 7 * 86_400
        provider.clock = lambda: week
        step = await provider.advance(want, ready.session)
        assert (step.stage, step.session) == (Stage.SENDING, "")


async def test_a_file_that_changed_begins_anew(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        ready = await until(provider, wanted(tmp_path, size=LARGE), Stage.READY)
        await whole(provider, wanted(tmp_path, size=60_000), ready.session)
        assert [len(one["content"]) for one in there.posts] == [60_000]
        (tmp_path / "film.mp4").unlink()
        want = wanted(tmp_path, size=60_000)
        (tmp_path / "film.mp4").unlink()
        ready = await until(provider, want, Stage.READY)
        with pytest.raises(NotFound, match="post_file_gone"):
            await provider.commit(want, ready.session)
        assert len(there.posts) == 1


@pytest.mark.parametrize("size", [50_000, LARGE])
async def test_a_commit_whose_answer_is_lost_is_found(tmp_path: Path, size: int) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=size)
        ready = await until(provider, want, Stage.READY)
        there.trouble = [Fault("late", where=UPLOAD)]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        assert found.trace is Trace.THERE
        assert found.step.remote == there.posts[0]["id"]
        last = await whole(provider, want, found.step.session)
        assert last.stage is Stage.DONE
        assert len(there.posts) == 1
        # a station that advances instead of asking does no harm either
        step = await provider.advance(want, ready.session)
        assert step.remote == there.posts[0]["id"]
        assert len(there.posts) == 1


async def test_a_commit_that_did_not_arrive_is_absent_and_goes_again(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        ready = await until(provider, want, Stage.READY)
        there.stop_after = 2 * UNIT
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        found = await provider.find(want, ready.session)
        assert found.trace is Trace.ABSENT
        assert not there.posts
        step = await provider.commit(want, ready.session)  # the old session is good enough
        assert step.remote == there.posts[0]["id"]
        assert there.posts[0]["content"] == (tmp_path / "film.mp4").read_bytes()


async def test_a_lost_commit_of_a_forgotten_upload_is_looked_for_among_the_own_videos(
    tmp_path: Path,
) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path)
        ready = await until(provider, want, Stage.READY)
        there.trouble = [Fault("late", where=UPLOAD)]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        there.sessions.clear()
        found = await provider.find(want, ready.session)
        assert found.trace is Trace.THERE
        assert found.step.remote == there.posts[0]["id"]
        upload = read_upload(ready.session)
        assert upload is not None
        other = replace(want, title="Another")
        assert (await provider.find(other, ready.session)).trace is Trace.UNKNOWN
        for odd in (replace(upload, size=7), replace(upload, begun=time.time() + 5000)):
            assert (await provider.find(want, odd.text())).trace is Trace.UNKNOWN
        there.posts.append({**there.posts[0], "id": "vid-twin-1"})
        assert (await provider.find(want, ready.session)).trace is Trace.UNKNOWN
        assert (await provider.find(want, "")).trace is Trace.UNKNOWN


@pytest.mark.parametrize("privacy", list(Privacy))
async def test_who_may_see_it_and_when(tmp_path: Path, privacy: Privacy) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        at = time.time() + 86_400
        want = wanted(tmp_path, privacy=privacy, publish_at=at, for_children=True)
        last = await whole(provider, want)
        await whole(provider, replace(want, publish_at=time.time() - 60))
        await whole(provider, replace(want, draft=True))
        later, at_once, draft = (one["status"] for one in there.posts)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        if privacy is Privacy.PUBLIC:
            assert later["privacyStatus"] == "private"
            assert later["publishAt"] == stamp
        else:
            assert later["privacyStatus"] == privacy.value
            assert "publishAt" not in later
        assert later["selfDeclaredMadeForKids"] is True
        assert at_once["privacyStatus"] == privacy.value
        assert draft["privacyStatus"] == "private"
        assert "publishAt" not in draft
        assert last.note == ""


async def test_a_video_kept_private_is_told(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        there.audited = there.verified = False
        want = wanted(tmp_path, thumbnail=picture_file(tmp_path))
        last = await whole(provider, want)
        assert last.stage is Stage.DONE
        assert last.note == "notes.youtube_private"
        last = await whole(provider, replace(want, privacy=Privacy.PRIVATE))
        assert last.note == "notes.youtube_thumbnail"  # that only; the video is out


@pytest.mark.parametrize("size", [2 << 20, (2 << 20) + 1])
async def test_a_thumbnail_that_is_too_large_is_left_out(tmp_path: Path, size: int) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        last = await whole(provider, wanted(tmp_path, thumbnail=picture_file(tmp_path, size)))
        fits = size <= 2 << 20
        assert bool(there.thumbnails) == fits
        assert last.note == ("" if fits else "notes.youtube_thumbnail")
        bmp = picture_file(tmp_path, name="thumbnail.bmp")
        last = await whole(provider, wanted(tmp_path, thumbnail=bmp))
        assert last.note == "notes.youtube_thumbnail"


async def test_additions_whose_answer_is_lost_are_added_once(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, thumbnail=picture_file(tmp_path), captions=captions_file(tmp_path))
        ready = await until(provider, want, Stage.READY)
        step = await provider.commit(want, ready.session)
        for place in ("thumbnails", "captions"):
            there.trouble = [Fault("late", where=place)]
            with pytest.raises(Unavailable):
                await provider.advance(want, step.session)
            step = await provider.advance(want, step.session)
        last = await whole(provider, want, step.session)
        assert (last.stage, last.note) == (Stage.DONE, "")
        assert len(there.captions[last.remote]) == 1
        there.trouble = [error(400, "invalidMetadata", "captions")]
        last = await whole(provider, want)
        assert last.note == "notes.youtube_captions"


@pytest.mark.parametrize(
    ("state", "key"),
    [
        ("rejected:copyright", "youtube_rejected_copyright"),
        ("rejected:duplicate", "youtube_rejected_duplicate"),
        ("rejected:length", "youtube_rejected_length"),
        ("rejected:inappropriate", "youtube_rejected"),
        ("failed", "youtube_unusable"),
    ],
)
async def test_a_video_that_is_refused_afterwards(tmp_path: Path, state: str, key: str) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        there.states = ["uploaded", state]
        with pytest.raises(Refused, match=f"errors.{key}$"):
            await whole(provider, wanted(tmp_path))


async def test_work_that_takes_long_is_not_waited_for_forever(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        there.states = ["uploaded"] * 100
        want = wanted(tmp_path)
        ready = await until(provider, want, Stage.READY)
        step = await provider.commit(want, ready.session)
        waits = []
        for _ in range(8):
            step = await provider.advance(want, step.session)
            waits.append(step.wait)
        assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
        now = time.time()
        provider.clock = lambda: now + 2_000
        step = await provider.advance(want, step.session)
        assert (step.stage, step.note) == (Stage.DONE, "notes.post_takes_long")
        there.posts.clear()
        with pytest.raises(NotFound, match="youtube_gone"):
            await provider.advance(want, step.session)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": "t" * 101}, "youtube_title"),
        ({"title": "a < b"}, "youtube_title"),
        ({"description": "é" * 2501}, "youtube_description"),
        ({"tags": ("t" * 501,)}, "youtube_tags"),
        ({"choices": {"category": "nonsense"}}, "youtube_category"),
        ({"video": None}, "post_needs_video"),
    ],
)
async def test_what_does_not_fit_is_told(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        with pytest.raises(InvalidInput, match=key):
            await provider.advance(wanted(tmp_path, **changes), "")
        assert not there.sessions


@pytest.mark.parametrize(
    ("status", "reason", "kind", "key"),
    [
        (403, "quotaExceeded", Unavailable, "youtube_quota"),
        (400, "uploadLimitExceeded", Unavailable, "youtube_upload_limit"),
        (403, "rateLimitExceeded", Unavailable, "server_busy"),
        (429, "", Unavailable, "server_busy"),
        (500, "backendError", Unavailable, "server_busy"),
        (502, "", Unavailable, "server_failed"),
        (401, "youtubeSignupRequired", Refused, "youtube_no_channel"),
        (403, "accessNotConfigured", AuthRequired, "youtube_api_off"),
        (403, "insufficientPermissions", AuthRequired, "sign_in_scopes"),
        (403, "forbidden", Refused, "youtube_forbidden"),
        (400, "invalidPublishAt", InvalidInput, "youtube_publish_at"),
        (400, "badRequest", InvalidInput, "server_refused"),
    ],
)
async def test_errors_are_told_apart(
    tmp_path: Path, status: int, reason: str, kind: type[AppError], key: str
) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        # what 401 means beside a reason of its own is asked once more with a new access
        there.trouble = [error(status, reason, "POST /upload")] * 2
        if status == 401:
            there.has_channel = False
            there.trouble = []
        with pytest.raises(kind, match=f"errors.{key}") as caught:
            await provider.advance(wanted(tmp_path), "")
        if key == "youtube_quota":
            assert 60 <= caught.value.args_map["retry_after"] <= 86_400  # type: ignore[operator]  # a number
        if key == "youtube_upload_limit":
            assert caught.value.args_map["retry_after"] == 21_600


async def test_quota_at_the_last_piece_is_for_later(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path)
        ready = await until(provider, want, Stage.READY)
        there.trouble = [error(403, "quotaExceeded", UPLOAD)]
        with pytest.raises(Unavailable, match="youtube_quota"):
            await provider.commit(want, ready.session)
        assert (await provider.find(want, ready.session)).trace is Trace.ABSENT
        await whole(provider, want, ready.session)
        assert len(there.posts) == 1


def test_the_quota_begins_anew_at_midnight_in_california() -> None:
    summer, winter = 1_782_900_000.0, 1_797_800_000.0  # 2026-07-01 10:00 and 2026-12-20 20:53 UTC
    for now, hours in ((summer, 7), (winter, 8)):
        assert (now + until_midnight(now) - hours * 3600) % 86_400 == pytest.approx(0, abs=1)


async def test_an_access_that_ended_is_renewed_on_the_way(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        opened = await provider.advance(want, "")
        there.oauth.expire()
        await whole(provider, want, opened.session)
        assert there.posts[0]["content"] == (tmp_path / "film.mp4").read_bytes()
        assert len(there.asked("/token")) == 1


async def test_signed_out_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path, size=LARGE)
        opened = await provider.advance(want, "")
        there.oauth.expire()
        there.oauth.refreshes.clear()
        for ask in (
            provider.account(), provider.advance(want, ""), provider.advance(want, opened.session),
            provider.commit(want, opened.session), provider.find(want, opened.session),
            provider.figures(["vid-0000000"]),
        ):  # fmt: skip
            with pytest.raises(AuthRequired, match="post_sign_in"):
                await ask
        assert not (await provider.standing()).signed_in


async def test_signing_in(tmp_path: Path) -> None:
    secrets = {"client_secret": CLIENT_SECRET}
    async with publishing("youtube", tmp_path, secrets=secrets) as (provider, there):
        page = await provider.begin_sign_in("http://127.0.0.1:4711/")
        assert page.url.startswith(f"{there.address}/o/oauth2/v2/auth?")
        assert "access_type=offline" in page.url
        answer = there.oauth.answer_of(there.oauth.visit(page.url))
        who = await provider.finish_sign_in(answer)
        assert who == Account(
            "UC-lighthouses", "Lighthouses & fog", f"{there.address}/channel/UC-lighthouses"
        )
        await whole(provider, wanted(tmp_path))
        await provider.sign_out()
        assert there.oauth.revoked
        page = await provider.begin_sign_in("http://127.0.0.1:4711/")
        answer = there.oauth.answer_of(there.oauth.visit(page.url, scope=SCOPES[2]))
        with pytest.raises(Refused, match="sign_in_scopes"):
            await provider.finish_sign_in(answer)
        there.has_channel = False
        page = await provider.begin_sign_in("http://127.0.0.1:4711/")
        with pytest.raises(Refused, match="youtube_no_channel"):
            await provider.finish_sign_in(there.oauth.answer_of(there.oauth.visit(page.url)))
        assert not (await provider.standing()).signed_in


async def test_words_are_changed_and_the_rest_stays(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path, category="travel") as (provider, there):
        want = wanted(tmp_path)
        last = await whole(provider, want)
        new = replace(want, title="Fog", tags=(), thumbnail=picture_file(tmp_path))
        await provider.change(last.remote, new)
        await provider.change(last.remote, new)
        post = there.posts[0]
        assert post["title"] == "Fog"
        assert post["tags"] == ["lighthouse", "sea"]
        assert post["categoryId"] == "19"
        assert post["defaultLanguage"] == "en"
        assert there.thumbnails[last.remote]
        assert len(there.asked("PUT /youtube/v3/videos")) == 1  # the second had nothing to say
        with pytest.raises(NotFound, match="youtube_gone"):
            await provider.change("vid-9999999", new)
        with pytest.raises(InvalidInput, match="youtube_thumbnail"):
            await provider.change(
                last.remote, replace(new, thumbnail=picture_file(tmp_path, 3_000_000))
            )


async def test_figures(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        names = [(await whole(provider, wanted(tmp_path))).remote for _ in range(2)]
        told = await provider.figures([*names, "vid-gone-99"])
        assert told == [
            Figures(name, views=1234, likes=56, comments=None, shares=5, watched=77 * 60.0)
            for name in names
        ]
        there.may_report = False
        assert [one.watched for one in await provider.figures(names)] == [None, None]
        there.trouble = [error(500, "backendError", "reports")]
        assert len(await provider.figures(names)) == 2
        assert await provider.figures([]) == []
        assert await provider.figures(["vid-gone-99"]) == []


async def test_an_upload_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        for place in ("https://elsewhere.example/upload", "", "http://127.0.0.1:1/x", "x" * 5000):
            headers = {"Location": place} if place else {}
            there.trouble = [Fault(status=200, headers=headers, where="POST /upload")]
            with pytest.raises(Unavailable, match="bad_answer"):
                await provider.advance(wanted(tmp_path), "")


@pytest.mark.parametrize("body", ["", "[]", "7", '{"id": 7}', "<html>", "[" * 100_000])
async def test_a_last_answer_nobody_understands_is_asked_after(tmp_path: Path, body: str) -> None:
    async with publishing("youtube", tmp_path) as (provider, there):
        want = wanted(tmp_path)
        ready = await until(provider, want, Stage.READY)
        there.trouble = [Fault(status=200, body=body, where=UPLOAD)]
        with pytest.raises(Unavailable):
            await provider.commit(want, ready.session)
        there.trouble = [Fault(status=200, body=body, where="GET /youtube")]
        with pytest.raises((Unavailable, Refused)):
            await provider.account()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["items", "id", "snippet", "status", "error", "errors", "rows", "tags",
                         "columnHeaders", "name", "statistics", "reason"]), inner, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_parsers_take_anything(document: Any) -> None:
    answer = HttpAnswer(400, "https://x.test/", {}, json.dumps(document).encode())
    reason_of(answer)
    if isinstance(document, dict):
        parse_videos(document)
        parse_figures(document)
        parse_watched(document)


@given(st.text(max_size=40))
def test_a_range_is_one_or_a_bad_answer(told: str) -> None:
    answer = HttpAnswer(308, "https://x.test/", {"range": told}, b"")
    try:
        progress = progress_of(answer, 1000)
    except Unavailable:
        return
    assert progress is not None
    assert 0 <= progress.sent < 1000


@given(JSON | st.text(max_size=50))
def test_a_session_is_one_or_none(document: Any) -> None:
    assert read_upload(document if isinstance(document, str) else json.dumps(document)) is None
    upload = Upload("https://x.test/u", 10, 5.0, done=("thumbnail",))
    assert read_upload(upload.text()) == upload
    for name in ("size", "sent", "begun", "address", "done"):
        odd = {**json.loads(upload.text()), name: document}
        read = read_upload(json.dumps(odd))
        assert read is None or isinstance(getattr(read, name), type(getattr(upload, name)))


def test_what_is_kept_signs_in() -> None:
    assert set(kept()) == {"sign_in"}
