"""Plugins that do what they should not: the post is safe all the same."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.api.capabilities import Capability
from app.api.publishing import Found, PostStep, Stage, Trace
from app.domain.errors import AppError, AuthRequired, Unavailable
from app.domain.events import PostChanged
from app.domain.post import AccountId, Attached, BundleId, Post, PostId, PostState, Repeat, Words
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.plugins.model import PluginInfo
from app.services.publishing.prints import prints_of
from app.services.publishing.sending import LONGEST_WORK, MOST_IDLE, Hands, send
from app.services.publishing.service import NoEyes
from app.services.publishing.store import Overtaken, PostStore
from app.services.publishing.tables import Intent, IntentState, Kept
from app.services.publishing.telling import Teller
from tests.fakes.platforms import video_file

Answer = PostStep | Found | AppError
ID = PostId("7" * 32)


class Scripted:
    """Says one thing after the other; the last stays."""

    def __init__(self, **script: list[Answer]) -> None:
        self.script = script
        self.asked: list[str] = []

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        self.asked.append(method)
        answers = self.script[method]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, AppError):
            raise answer
        return answer

    async def list(self) -> tuple[PluginInfo, ...]:
        return ()


class Case:
    """A planned post, and the hands that send it."""

    def __init__(self, database: Database, video: bytes) -> None:
        self.store = PostStore(database)
        self.now = time.time()
        self.video = video
        self.told: list[Post] = []
        self.bus = EventBus()
        self.bus.on(PostChanged, lambda event: self.told.append(event.post))

    async def plan(self, repeat: Repeat = Repeat.NEVER) -> None:
        attached = Attached(self.video)
        post = Post(
            ID, BundleId("8" * 32), AccountId("odd"), "odd", Words("A"), attached,
            state=PostState.PLANNED, created=self.now, repeat=repeat,
        )  # fmt: skip
        await self.store.add([Kept(post, self.now, prints=await prints_of(attached))])

    async def send(self, plugins: Scripted, kept: Kept | None = None) -> Post:
        hands = Hands(self.store, plugins, Teller(self.bus), NoEyes(), lambda: self.now)
        await send(hands, kept or await self.store.get(ID))
        return (await self.store.get(ID)).post


@pytest.fixture
async def case(database: Database, tmp_path: Path) -> Case:
    made = Case(database, video_file(tmp_path).path)
    await made.plan()
    return made


def _step(stage: Stage, session: str = "s", **more: object) -> PostStep:
    return PostStep(stage, session, **more)  # type: ignore[arg-type]  # by their names


async def test_ready_again_after_it_was_out_is_never_a_second_post(case: Case) -> None:
    plugins = Scripted(
        advance=[_step(Stage.READY)], commit=[_step(Stage.WORKING, "out", remote="r")],
        find=[Found(Trace.THERE, _step(Stage.DONE, remote="r"))],
    )  # fmt: skip
    post = await case.send(plugins)
    assert post.state is PostState.DONE
    assert plugins.asked.count("commit") == 1
    assert plugins.asked[-1] == "find"


async def test_ready_again_and_nobody_knows(case: Case) -> None:
    plugins = Scripted(
        advance=[_step(Stage.READY)], commit=[_step(Stage.WORKING, "out")],
        find=[Found(Trace.UNKNOWN)],
    )  # fmt: skip
    post = await case.send(plugins)
    assert (post.state, post.reason) == (PostState.UNCONFIRMED, "errors.post_unconfirmed")
    assert plugins.asked.count("commit") == 1
    assert (await case.store.get(ID)).due is None


async def test_a_session_that_is_far_too_long(case: Case) -> None:
    post = await case.send(Scripted(advance=[_step(Stage.SENDING, "x" * 16_001)]))
    assert (post.state, post.reason, post.tries) == (PostState.PLANNED, "errors.bad_answer", 1)
    assert (await case.store.session(ID)).text == ""


async def test_a_plugin_that_goes_round_in_circles(case: Case) -> None:
    plugins = Scripted(advance=[_step(Stage.SENDING, fraction=0.5)])
    post = await case.send(plugins)
    assert (post.state, post.reason) == (PostState.PLANNED, "errors.bad_answer")
    assert len(plugins.asked) <= MOST_IDLE + 2


async def test_out_at_once_without_a_commit(case: Case) -> None:
    post = await case.send(Scripted(advance=[_step(Stage.DONE, remote="r", note="notes.draft")]))
    assert (post.state, post.remote, post.reason) == (PostState.DONE, "r", "notes.draft")


async def test_addresses_that_are_none_are_not_kept(case: Case) -> None:
    odd = _step(Stage.DONE, remote="r" * 900, url="javascript:alert(1)")
    post = await case.send(Scripted(advance=[odd]))
    assert (len(post.remote), post.url) == (500, "")


async def test_working_for_ever_once_it_is_out_is_the_owners_to_tell(case: Case) -> None:
    plugins = Scripted(
        advance=[_step(Stage.READY), _step(Stage.WORKING, "out", wait=60)],
        commit=[_step(Stage.WORKING, "out")],
    )
    assert (await case.send(plugins)).state is PostState.WORKING
    case.now += LONGEST_WORK + 1
    post = await case.send(plugins)
    assert (post.state, post.reason) == (PostState.UNCONFIRMED, "errors.post_processing_long")
    assert (await case.store.get(ID)).due is not None, "it is not asked for any more"
    plugins.script["advance"] = [_step(Stage.DONE, "out", url="https://a.example/1")]
    assert (await case.send(plugins)).state is PostState.DONE
    assert plugins.asked.count("commit") == 1


async def test_a_commit_that_never_arrives_is_not_tried_for_ever(case: Case) -> None:
    plugins = Scripted(
        advance=[_step(Stage.READY)], commit=[Unavailable("errors.server_offline", host="a")],
        find=[Found(Trace.ABSENT)],
    )  # fmt: skip
    for _ in range(40):
        post = await case.send(plugins)
        if post.state is PostState.FAILED:
            break
        case.now += 5_000
    assert post.state is PostState.FAILED
    assert plugins.asked.count("commit") < 20
    assert plugins.asked.count("find") == plugins.asked.count("commit")


async def test_a_kill_between_the_intent_and_its_end(case: Case) -> None:
    await case.store.put(ID, {"state": PostState.SENDING})
    number = await case.store.begin_intent(ID, case.now)
    with pytest.raises(Overtaken):
        await case.store.begin_intent(ID, case.now)
    plugins = Scripted(find=[Found(Trace.THERE, _step(Stage.DONE, remote="r"))])
    post = await case.send(plugins)
    assert plugins.asked == ["find"], "something was tried before it was asked"
    assert post.state is PostState.DONE
    assert await case.store.intent(ID) == Intent(number, IntentState.CONFIRMED)


async def test_signed_out_when_it_is_to_be_asked_for(case: Case) -> None:
    await case.store.put(ID, {"state": PostState.SENDING})
    await case.store.begin_intent(ID, case.now)
    plugins = Scripted(find=[AuthRequired("errors.post_sign_in", name="Odd")])
    post = await case.send(plugins)
    assert (post.state, post.reason) == (PostState.UNCONFIRMED, "errors.post_sign_in")
    assert [one.post.id for one in await case.store.held()] == [ID]
    plugins.script["find"] = [Found(Trace.THERE)]
    assert (await case.send(plugins)).state is PostState.DONE


async def test_what_changes_meanwhile_is_not_overwritten(case: Case) -> None:
    class Slow(Scripted):
        async def call(
            self, plugin: str, capability: Capability, method: str, *args: object
        ) -> object:
            await case.store.cancel(ID, case.now)
            return await super().call(plugin, capability, method, *args)

    plugins = Slow(advance=[_step(Stage.READY)], commit=[_step(Stage.DONE)])
    assert (await case.send(plugins)).state is PostState.CANCELLED
    assert plugins.asked == ["advance"]


@pytest.mark.parametrize("state", [PostState.PLANNED, PostState.WORKING, PostState.HELD])
async def test_what_was_cancelled_or_moved_just_before_it_began(
    case: Case, state: PostState
) -> None:
    seen = await case.store.put(ID, {"state": state})
    await case.store.put(ID, {"at": case.now + 9_000, "due": case.now + 9_000})
    plugins = Scripted(advance=[_step(Stage.READY)], commit=[_step(Stage.DONE)])
    assert (await case.send(plugins, seen)).state is state
    seen = await case.store.get(ID)
    await case.store.cancel(ID, case.now)
    assert (await case.send(plugins, seen)).state is PostState.CANCELLED
    assert "commit" not in plugins.asked


async def test_a_round_is_planned_with_the_end_of_the_one_before(
    database: Database, tmp_path: Path
) -> None:
    case = Case(database, video_file(tmp_path).path)
    await case.plan(Repeat.WEEKLY)
    await case.send(Scripted(advance=[_step(Stage.DONE)]))
    [following] = await case.store.unended()
    assert following.state is PostState.PLANNED
    assert following.at == pytest.approx(case.now + 7 * 86_400, abs=3_700)
