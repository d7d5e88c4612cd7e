"""What the owner does with posts: drafts, changes, the calendar, repeats, advice."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, NotFound, Refused
from app.domain.events import PublishingChanged
from app.domain.post import (
    AccountId,
    Channel,
    ChannelId,
    Manner,
    Misfit,
    Part,
    Post,
    Repeat,
    Words,
)
from app.domain.post import PostState as S
from app.services.publishing.advice import USUAL, advise
from app.services.publishing.evergreen import next_time
from app.services.publishing.packing import web_address
from app.services.publishing.service import Helpers
from tests.fakes.platforms import Fault, captions_file, picture_file, video_file
from tests.fakes.posting import TOKEN, Board, Newsroom

Room = tuple[Newsroom, Board]
WORDS = Words("A lighthouse", "In fog.", ("sea", "fog"))
DAY = 86_400.0


class ShortTitles:
    """The rules of a platform that takes ten letters."""

    async def check(self, post: Post) -> tuple[Misfit, ...]:
        if len(post.words.title) <= 10:
            return ()
        return (Misfit("post.misfit.title_long", {"most": 10}, mends=True),)

    async def fitted(self, platform: str, words: Words) -> Words:
        assert platform == "blackboard"
        return words if words.title.startswith("!") else replace(words, title=words.title[:10])

    async def mend(self, post: Post) -> Post:
        return replace(post, words=replace(post.words, title=post.words.title[:10]))

    async def cut(self, post: Post, part: Part) -> Post:
        assert part is Part.TITLE
        return replace(post, words=replace(post.words, title=post.words.title[:9]))

    async def shorten(self, post: Post) -> Post:
        return replace(post, attached=replace(post.attached, video=post.attached.video + b".short"))


class Lines:
    """An audit log that is only remembered."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    async def note(self, kind: str, about: str, **facts: object) -> None:
        self.lines.append((kind, about))


async def test_drafts_of_one_bundle_for_the_accounts_of_a_channel(room: Room) -> None:
    station, board = room
    accounts = [await station.add("blackboard", key=TOKEN) for _ in range(2)]
    made = await station.service.channels.put(Channel(ChannelId(""), " My  brand ", (*accounts,)))
    assert made.name == "My brand"
    video = video_file(station.paths.cache).path
    posts = await station.service.compose(video, (), WORDS, channel=made.id, language="fr")
    assert [one.account for one in posts] == accounts
    assert len({one.bundle for one in posts}) == 1
    assert {one.account_name for one in posts} == {"Mine"}
    assert posts == await station.service.bundle(posts[0].bundle)
    assert posts[0] == await station.service.post(posts[0].id)
    assert await station.service.queue() == ()
    assert board.seen == []


async def test_drafts_that_cannot_be(room: Room) -> None:
    station, _board = room
    account = await station.add("blackboard", key=TOKEN)
    compose = station.service.compose
    with pytest.raises(InvalidInput, match="post_no_account"):
        await compose(b"/x.mp4", (), WORDS)
    with pytest.raises(NotFound, match="plugin_unknown"):
        await compose(b"/x.mp4", (AccountId("nobody"),), WORDS)
    with pytest.raises(InvalidInput, match="post_words_long"):
        await compose(b"/x.mp4", (account,), Words("x" * 200_000))
    with pytest.raises(NotFound, match="channel_gone"):
        await compose(b"/x.mp4", (), WORDS, channel="nowhere")
    [post] = await compose(b"/not/there.mp4", (account,), WORDS)
    with pytest.raises(NotFound, match="post_file_gone"):
        await station.service.send([post.id])
    with pytest.raises(NotFound, match="post_gone"):
        await station.service.post(post.id[::-1])  # type: ignore[arg-type]  # of nobody


async def test_words_are_fitted_checked_and_mended(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    station.helpers = Helpers(rules=ShortTitles())
    await station.again()
    compose = station.service.compose
    video = video_file(station.paths.cache).path
    [fitted] = await compose(video, (account,), WORDS)
    assert fitted.words.title == "A lighthou"
    [post] = await compose(video, (account,), Words("! too long a title"))
    assert [one.key for one in await station.service.check(post.id)] == ["post.misfit.title_long"]
    with pytest.raises(InvalidInput, match="post_does_not_fit"):
        await station.service.send([fitted.id, post.id])
    assert (await station.service.post(fitted.id)).state is S.DRAFT
    cut = await station.service.mend(post.id, Part.TITLE)
    assert cut == await station.service.post(post.id)
    assert (cut.words.title, cut.attached) == ("! too lon", post.attached)
    await station.service.change(post.id, words=Words("! too long a title"))
    mended = await station.service.mend(post.id)
    assert mended.words.title == "! too long"
    short = await station.service.mend((await compose(video, (account,), WORDS))[0].id, Part.VIDEO)
    assert short.attached.video == video + b".short"
    assert short.words == fitted.words
    await station.service.send([fitted.id, post.id])
    await station.until(post.id, S.DONE)
    await station.until(fitted.id, S.DONE)
    assert sorted(one["title"] for one in board.posts) == ["! too long", "A lighthou"]


async def test_a_post_is_changed_until_it_goes_out(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    later = time.time() + DAY
    post = await station.plan(account, at=later)
    picture = picture_file(station.paths.cache).path
    captions = captions_file(station.paths.cache).path
    changed = await station.service.change(
        post.id, words=Words("Another", "", ("x",)), manner=Manner("private", choices={"a": "b"}),
        thumbnail=picture, captions=captions, repeat=Repeat.MONTHLY,
    )  # fmt: skip
    assert changed.words == Words("Another", "", ("x",))
    assert changed.manner == Manner("private", choices={"a": "b"})
    assert (changed.attached.thumbnail, changed.attached.captions) == (picture, captions)
    assert changed.repeat is Repeat.MONTHLY
    assert changed == await station.service.post(post.id)
    await station.service.move(post.id, 0.0)
    done = await station.until(post.id, S.DONE)
    assert board.posts[0]["title"] == "Another"
    with pytest.raises(Refused):
        await station.service.change(done.id, words=WORDS)
    with pytest.raises(Refused):
        await station.service.move(done.id, later)
    with pytest.raises(Refused):
        await station.service.cancel(done.id)


async def test_cancelled_and_taken_back(still: Room) -> None:
    station, board = still
    clock = station.clock
    account = await station.add("blackboard", key=TOKEN)
    soon, later = clock.now() + 60, clock.now() + DAY
    posts = [await station.plan(account, at=at) for at in (soon, later)]
    for post in posts:
        await station.service.cancel(post.id)
        assert (await station.service.post(post.id)).state is S.CANCELLED
    with pytest.raises(Refused):
        await station.service.cancel(posts[0].id)
    await clock.settled(3600)
    assert board.seen == []
    for post in posts:
        await station.service.restore(post.id)
    states = [(await station.service.post(one.id)).state for one in posts]
    assert states == [S.DRAFT, S.PLANNED], "what is long past went out by itself"
    [draft] = await station.service.compose(b"/x.mp4", (account,), WORDS)
    await station.service.cancel(draft.id)
    await station.service.restore(draft.id)
    assert (await station.service.post(draft.id)).state is S.DRAFT


async def test_the_calendar_shows_what_was_and_what_comes(still: Room) -> None:
    station, board = still
    board.wait = 0.0
    account = await station.add("blackboard", key=TOKEN, finish=False)
    now = station.clock.now()
    out = await station.plan(account)
    await station.until(out.id, S.DONE)
    planned = [await station.plan(account, at=now + days * DAY) for days in (3, 1, 40)]
    [draft] = await station.service.compose(b"/x.mp4", (account,), WORDS, at=now + 2 * DAY)
    month = await station.service.posts(now - 1, now + 30 * DAY)
    assert [one.id for one in month] == [out.id, planned[1].id, draft.id, planned[0].id]
    assert [one.id for one in await station.service.queue()] == [
        planned[1].id, planned[0].id, planned[2].id,
    ]  # fmt: skip
    await station.service.move(planned[0].id, now + 35 * DAY)
    assert planned[0].id not in [one.id for one in await station.service.posts(now, now + 30 * DAY)]


async def test_an_evergreen_post_plans_its_next_round(still: Room) -> None:
    station, board = still
    board.wait = 0.0
    clock = station.clock
    account = await station.add("blackboard", key=TOKEN, finish=False)
    post = await station.plan(account, at=clock.now() + 60)
    await station.service.change(post.id, repeat=Repeat.WEEKLY)
    await clock.settled(60)
    await station.until(post.id, S.DONE)
    [following] = await station.service.queue()
    assert following.id != post.id
    assert following.bundle != post.bundle
    assert following.source == "evergreen"
    assert following.at == next_time(post.at, Repeat.WEEKLY, clock.now())
    board.trouble.append(Fault(where="POST .*/publish", status=422, body={}))
    await clock.settled(following.at - clock.now())
    await station.until(following.id, S.FAILED)
    assert await station.service.queue() == ()
    assert len(station.noticed("notices.series_ended")) == 1
    assert len(board.posts) == 1


async def test_the_next_round_asks_where_that_is_wanted(room: Room) -> None:
    station, _board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.channels.put(Channel(ChannelId(""), "Brand", (account,), approve=True))
    post = await station.plan(account)
    await station.service.change(post.id, repeat=Repeat.QUARTERLY)
    await station.service.approve(post.id)
    await station.until(post.id, S.DONE)
    [following] = await station.service.queue()
    assert following.state is S.ASKING


async def test_everything_that_goes_out_is_noted(room: Room) -> None:
    station, _board = room
    account = await station.add("blackboard", key=TOKEN)
    lines = Lines()
    station.helpers = Helpers(audit=lines)
    await station.again()
    await station.settings.set("publishing", "approve_all", True)
    post = await station.plan(account)
    await station.service.approve(post.id)
    await station.until(post.id, S.DONE)
    assert lines.lines == [
        ("post.allowed", account), ("post.attempted", account), ("post.sent", account),
    ]  # fmt: skip


async def test_pauses_are_told(room: Room) -> None:
    station, _board = room
    told: list[PublishingChanged] = []
    station.bus.on(PublishingChanged, told.append)
    await station.service.pause(paused=True)
    assert len(told) == 1


async def test_channels_are_kept(room: Room) -> None:
    station, _board = room
    store = station.service.channels
    a, b, c = (AccountId(one) for one in "abc")
    one = await store.put(Channel(ChannelId(""), "One", (a, b, a)))
    assert one.accounts == (a, b)
    other = await store.put(Channel(ChannelId(""), "another", (b, c), per_day=2, approve=True))
    assert await store.of(b) == other
    assert [found.name for found in await store.all()] == ["another", "One"]
    assert (await store.get(one.id)).accounts == (a,)
    await store.set_paused(c, paused=True)
    await store.forget(c)
    assert (await store.get(other.id)).accounts == (b,)
    assert await store.paused() == frozenset()
    await store.remove(one.id)
    with pytest.raises(NotFound):
        await store.get(one.id)
    for wrong in (Channel(ChannelId(""), " "), Channel(ChannelId(""), "x", per_day=-1)):
        with pytest.raises(InvalidInput):
            await store.put(wrong)


# Pure parts.


@pytest.mark.parametrize(
    ("repeat", "begun", "now", "expected"),
    [
        (Repeat.WEEKLY, "2026-03-02T18:00", "2026-03-02T18:01", "2026-03-09T18:00"),
        (Repeat.WEEKLY, "2026-03-02T18:00", "2026-03-17T09:00", "2026-03-23T18:00"),
        (Repeat.MONTHLY, "2026-01-31T08:00", "2026-01-31T08:00", "2026-02-28T08:00"),
        (Repeat.MONTHLY, "2026-01-31T08:00", "2026-02-28T08:00", "2026-03-31T08:00"),
        (Repeat.QUARTERLY, "2025-11-30T08:00", "2025-12-01T08:00", "2026-02-28T08:00"),
    ],
)
def test_rounds_keep_their_time_of_day(repeat: Repeat, begun: str, now: str, expected: str) -> None:
    times = [datetime.fromisoformat(one).timestamp() for one in (begun, now)]
    found = next_time(times[0], repeat, times[1])
    assert found == datetime.fromisoformat(expected).timestamp()


def test_without_figures_the_usual_hours_are_told_as_such() -> None:
    told = advise([(1_770_000_000.0, 500)] * 7)
    assert [(one.weekday, one.hour) for one in told] == [(day, hour) for day, hour, _ in USUAL]
    assert all(one.posts == 0 for one in told)


def test_own_figures_decide_when_there_are_enough() -> None:
    monday = datetime.fromisoformat("2026-03-02T00:00")
    history = []
    for week in range(6):
        start = monday + timedelta(weeks=week)
        history.append(((start + timedelta(days=1, hours=7)).timestamp(), 900 + week))
        history.append(((start + timedelta(days=4, hours=20)).timestamp(), 40 + week))
    history.append(((monday + timedelta(days=6, hours=3)).timestamp(), 2_000))  # one stroke of luck
    best = advise(history)
    assert (best[0].weekday, best[0].hour, best[0].posts) == (1, 7, 6)
    assert best[0].score == 1.0
    assert [one.score for one in best] == sorted((one.score for one in best), reverse=True)
    assert (4, 20) in [(one.weekday, one.hour) for one in best]


async def test_advice_rests_on_what_the_results_say(room: Room) -> None:
    station, _board = room

    class Results:
        async def history(self, account: AccountId) -> list[tuple[float, int]]:
            assert account == "mine"
            return [(1_770_000_000.0 + number, 100) for number in range(9)]

    assert all(one.posts == 0 for one in await station.service.advice())
    station.helpers = Helpers(history=Results())
    await station.again()
    [found] = await station.service.advice("mine")
    assert found.posts == 9


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("https://a.example/x?y=1", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://a.example/x y", False),
        ("https://a.example/\n", False),
        ("https://a.example/" + "x" * 3000, False),
        ("", False),
    ],
)
def test_only_web_addresses_are_kept(told: str, good: bool) -> None:
    assert web_address(told) == (told if good else "")


async def test_the_files_of_a_draft_may_change_and_are_seen_when_it_is_sent(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    film = Path(video_file(station.paths.cache).path.decode())
    [post] = await station.service.compose(bytes(film), (account,), WORDS)
    film.write_bytes(b"another film")
    await station.service.send([post.id])
    await station.until(post.id, S.DONE)
    assert board.posts[0]["content"] == b"another film"


async def test_accounts_are_meant_by_their_name_or_platform_too(room: Room) -> None:
    station, _board = room
    accounts = [await station.add("blackboard", key=TOKEN) for _ in range(2)]
    video = video_file(station.paths.cache).path
    for told in ("mine", "Blackboard", accounts[0]):
        posts = await station.service.compose(video, (AccountId(told),), WORDS)
        meant = accounts[:1] if told == accounts[0] else accounts
        assert sorted(one.account for one in posts) == sorted(meant)
