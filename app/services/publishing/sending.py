"""Sends one post: every step kept before the next, and never a second try without asking."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.api.capabilities import Capability
from app.api.publishing import LARGEST_SESSION, Found, PostStep, PostWanted, Stage, Trace
from app.domain.errors import AppError, AuthRequired, PutOff, Unavailable
from app.domain.post import UNDER_WAY, Post, PostState
from app.services.publishing.evergreen import following
from app.services.publishing.packing import wanted_of, web_address
from app.services.publishing.ports import Audit, Eyes, Plugins
from app.services.publishing.prints import trouble_with
from app.services.publishing.store import Overtaken, PostStore
from app.services.publishing.tables import Intent, IntentState, Kept, Session
from app.services.publishing.telling import ASKING, Teller

log = logging.getLogger(__name__)

MOST_TRIES: Final = 8
"""Failed tries in a row, without getting any further, after which a post has failed."""
BACK_OFF: Final = (15.0, 60.0, 180.0, 600.0, 1200.0, 2400.0, 3600.0, 3600.0)
LONGEST_PAUSE: Final = 90_000.0
"""Seconds of the longest day there is: that in which summer time ends."""
FIND_WAITS: Final = (15.0, 30.0, 60.0, 120.0, 180.0, 240.0)
"""Seconds between questions to a platform that cannot tell; then the owner is asked."""
MOST_FINDS: Final = 300
"""Questions to a platform that does not answer at all (two days), before the owner is asked."""
LONGEST_FIND: Final = 600.0
LONGEST_WORK: Final = 1800.0
"""Seconds a platform may work on a post without an end."""
USUAL_WAIT: Final = 5.0
LOOK_AGAIN: Final = 300.0
"""Seconds after which it is looked whether a file that was away is back."""
MOST_IDLE: Final = 50
"""Actions in a row which change nothing; then the plugin goes round in circles."""
_AWAY: Final = frozenset(
    {"errors.plugin_off", "errors.plugin_unknown", "errors.budget_spent", "errors.price_unknown"}
)
"""What passes when the owner does something: switches the account on, allows what it costs."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What sending is done with.

    `may`: whether a post may go on now (nothing is paused); `next_state`: of the next round of
    one that repeats.
    """

    store: PostStore
    plugins: Plugins
    teller: Teller
    eyes: Eyes
    clock: Callable[[], float]
    audit: Audit | None = None
    may: Callable[[Post], bool] = lambda _post: True
    next_state: Callable[[Post], PostState] = lambda _post: PostState.PLANNED

    async def note(self, kind: str, post: Post, **facts: object) -> None:
        """Write a line into the audit log, when there is one."""
        if self.audit is not None:
            told = {"post": post.id, "platform": post.platform, "title": post.words.title, **facts}
            await self.audit.note(kind, post.account, **told)


async def send(hands: Hands, kept: Kept) -> None:
    """Take a post from where it stands to where it waits for something, or has ended.

    What it waits for is in its `due`. May be cut off anywhere, by a kill too, and called again.
    `kept` is the post as it was found to be due: one that is another way by now goes no further.
    """
    post = kept.post.id
    intent, session = await hands.store.intent(post), await hands.store.session(post)
    way = _Way(hands, kept, intent, session)
    try:
        while await way.act():
            pass
    except Overtaken as error:  # cancelled meanwhile
        log.info("A post goes no further: %s", error)


class _Way:
    """One post on its way. Methods that act return whether there is more to do at once."""

    def __init__(self, hands: Hands, kept: Kept, intent: Intent, session: Session) -> None:
        self._hands, self._store = hands, hands.store
        self._kept, self._intent, self._session = kept, intent, session
        self._begun = False
        self._wanted: PostWanted | None = None
        self._idle = 0
        self._trouble: Unavailable | None = None  # why the last commit has no known end

    @property
    def _post(self) -> Post:
        return self._kept.post

    async def act(self) -> bool:
        """Do one thing."""
        if self._intent.open:
            return await self._find()
        if not self._intent.out and not self._hands.may(self._post):
            if self._post.state in UNDER_WAY:
                await self._put({"state": PostState.PLANNED})
            return False
        if not self._begun and not await self._begin():
            return False
        try:
            step = await self._ask("advance")
        except Unavailable as error:
            return await self._later(error)
        except AppError as error:
            return await self._turned_away(error)
        return await self._stepped(step)

    async def _begin(self) -> bool:
        """Look at the files, and say that it goes on; nothing of a file is sent unseen."""
        if not self._intent.out:
            trouble = await trouble_with(self._post.attached, self._kept.prints)
            if trouble is not None:
                return await self._hold(trouble)
        self._begun = True
        if self._post.state is PostState.PLANNED:  # others say so when they got further
            working = self._session.stage is Stage.WORKING
            state = PostState.WORKING if working else PostState.SENDING
            await self._put({"state": state, "reason": "", "reason_args": {}})
        return True

    async def _ask(self, method: str) -> PostStep:
        answer = await self._call(method)
        assert isinstance(answer, PostStep)
        if len(answer.session) > LARGEST_SESSION:
            raise Unavailable("errors.bad_answer", host=self._post.platform)
        return answer

    async def _call(self, method: str) -> object:
        if self._wanted is None:
            self._wanted = await wanted_of(self._kept, self._hands.eyes)
        return await self._hands.plugins.call(
            self._post.account, Capability.PUBLISHES, method, self._wanted, self._session.text
        )

    async def _stepped(self, step: PostStep) -> bool:
        if step.stage is Stage.DONE:
            return await self._done(step)
        if step.stage is Stage.READY:
            if self._intent.out:  # what was out begins anew: never a second time unasked
                return await self._find()
            await self._keep(step, PostState.SENDING)
            return await self._commit()
        if step.stage is Stage.WORKING:
            return await self._works(step)
        same = (step.session, step.fraction) == (self._session.text, self._post.fraction)
        self._idle = self._idle + 1 if same else 0
        if self._idle > MOST_IDLE:
            return await self._later(Unavailable("errors.bad_answer", host=self._post.platform))
        await self._keep(step, PostState.SENDING)
        return True

    async def _works(self, step: PostStep) -> bool:
        now = self._hands.clock()
        working = self._session.stage is Stage.WORKING
        since = min(self._session.since, now) if working else now
        if now - since > LONGEST_WORK:
            if self._intent.out:
                return await self._unsure("errors.post_processing_long")
            return await self._fail(Unavailable("errors.post_processing_long"))
        wait = min(max(step.wait, 0.0) or USUAL_WAIT, LONGEST_FIND)
        await self._keep(step, PostState.WORKING, since=since, due=now + wait)
        return False

    async def _keep(
        self,
        step: PostStep,
        state: PostState,
        *,
        since: float = 0.0,
        due: float | None = None,
        intent: IntentState | None = None,
    ) -> None:
        """Keep what a step brought, before anything else is done."""
        best, tries = self._session.best, self._post.tries
        if step.fraction is not None and step.fraction > best:
            best, tries = step.fraction, 0
        session = Session(step.session, step.stage, since, best, 0)
        changes = {
            "state": state, "fraction": step.fraction, "tries": tries, "reason": step.note,
            "reason_args": {}, "due": self._hands.clock() if due is None else due, **_remote(step),
        }  # fmt: skip
        await self._put(changes, intent=intent, session=session)

    async def _commit(self) -> bool:
        """The one action that makes it exist; that it is about to happen is written down first."""
        number = await self._store.begin_intent(self._post.id, self._hands.clock())
        self._intent = Intent(number, IntentState.ATTEMPTING)
        await self._hands.note("post.attempted", self._post, number=number)
        try:
            step = await self._ask("commit")
        except Unavailable as error:  # who knows: the platform is asked
            self._trouble = error
            return True
        except AppError as error:
            await self._put({}, intent=IntentState.ABSENT)
            return await self._turned_away(error)
        return await self._confirmed(step)

    async def _confirmed(self, step: PostStep) -> bool:
        """It is out; the plugin may have more to do."""
        if step.stage is Stage.DONE:
            return await self._done(step)
        now = self._hands.clock()
        wait = min(max(step.wait, 0.0), LONGEST_FIND)
        step = replace(step, stage=Stage.WORKING)
        await self._keep(
            step, PostState.WORKING, since=now, due=now + wait, intent=IntentState.CONFIRMED
        )
        await self._hands.note("post.sent", self._post, url=self._post.url)
        return not wait

    async def _done(self, step: PostStep, trouble: AppError | None = None) -> bool:
        """It is out; `trouble` is what of it did not work (a thumbnail that is refused)."""
        now = self._hands.clock()
        known = self._intent.out
        intent = IntentState.CONFIRMED if self._intent.open else None
        also = following(self._kept, now, self._hands.next_state(self._post))
        changes = {
            "state": PostState.DONE, "fraction": None, "due": None, "ended": now,
            "reason": trouble.key if trouble else step.note,
            "reason_args": trouble.args_map if trouble else {}, **_remote(step),
        }  # fmt: skip
        await self._put(changes, intent=intent, also=also)
        for copy in also:
            self._hands.teller.changed(copy.post)
        if not known:
            await self._hands.note("post.sent", self._post, url=self._post.url)
        return False

    async def _find(self, trouble: AppError | None = None) -> bool:
        """Ask the platform whether it is there; `trouble` is what happened after it was."""
        try:
            found = await self._call("find")
        except AuthRequired as error:
            return await self._unsure(error.key, error.args_map, most=0)
        except Unavailable as error:
            return await self._unsure(ASKING, most=MOST_FINDS, pause=_pause(error))
        except AppError as error:
            log.warning("The platform %s cannot be asked: %s", self._post.platform, error)
            found = Found(Trace.UNKNOWN)
        assert isinstance(found, Found)
        if found.trace is Trace.THERE:
            step = found.step or PostStep(Stage.DONE, self._session.text)
            if self._intent.out:  # it cannot be gone on with
                return await self._done(step, trouble)
            return await self._confirmed(step)
        if found.trace is Trace.ABSENT:
            return await self._absent(trouble)
        if self._intent.out:
            told = trouble or Unavailable("errors.post_unconfirmed")
            return await self._unsure(told.key, told.args_map, most=0)
        return await self._unsure(ASKING)

    async def _absent(self, trouble: AppError | None) -> bool:
        """It is certainly not there: it may be tried again, but not for ever."""
        if self._intent.out:
            return await self._fail(trouble or Unavailable("errors.post_vanished"))
        tries = self._post.tries
        told, self._trouble = self._trouble, None
        if told is not None or tries >= MOST_TRIES:
            await self._put({"state": PostState.SENDING}, intent=IntentState.ABSENT)
            return await self._later(told or Unavailable("errors.post_not_arrived"))
        changes = {"state": PostState.SENDING, "tries": tries + 1, "reason": "", "reason_args": {}}
        await self._put(changes, intent=IntentState.ABSENT)
        return True

    async def _unsure(
        self,
        key: str,
        args: Mapping[str, object] | None = None,
        *,
        most: int = len(FIND_WAITS),
        pause: float = 0.0,
    ) -> bool:
        """Nobody knows whether it is out: it is asked for again `most` times, with longer waits.

        After that only the owner can tell.
        """
        told = self._session
        finds = told.finds + 1
        due: float | None = None
        if finds <= most:
            wait = FIND_WAITS[finds - 1] if finds <= len(FIND_WAITS) else LONGEST_FIND
            due = self._hands.clock() + max(wait, pause)
        elif key == ASKING:
            key = "errors.post_unconfirmed"
        session = Session(told.text, told.stage, told.since, told.best, finds)
        changes = {
            "state": PostState.UNCONFIRMED, "reason": key, "reason_args": args or {}, "due": due,
        }  # fmt: skip
        await self._put(changes, session=session)
        return False

    async def _later(self, error: Unavailable) -> bool:
        """It may work later: try again after a while, a few times."""
        if error.key in _AWAY:
            return await self._hold(error)
        if isinstance(error, PutOff) and not self._intent.out:
            return await self._put_off(error)
        tries = self._post.tries + 1
        if tries > MOST_TRIES:
            if self._intent.out:
                return await self._find(error)
            return await self._fail(error)
        wait = max(BACK_OFF[tries - 1], _pause(error))
        changes = {
            "state": PostState.WORKING if self._intent.out else PostState.PLANNED,
            "reason": error.key, "reason_args": error.args_map, "tries": tries,
            "due": self._hands.clock() + wait,
        }  # fmt: skip
        # what it waits is no time the platform worked on it
        session = replace(self._session, since=self._session.since + wait)
        await self._put(changes, session=session if self._intent.out else None)
        return False

    async def _put_off(self, error: PutOff) -> bool:
        """Nothing of it was tried: it waits, and takes no other's turn meanwhile."""
        wait = max(BACK_OFF[0], _pause(error))
        changes: dict[str, object] = {
            "state": PostState.PLANNED, "reason": error.key, "reason_args": error.args_map,
            "due": self._hands.clock() + wait, "slot": 0.0,
        }  # fmt: skip
        await self._put(changes)
        return False

    async def _turned_away(self, error: AppError) -> bool:
        """The owner must do something, or the platform will not have it."""
        if isinstance(error, AuthRequired) or error.key in _AWAY:
            return await self._hold(error)
        if self._intent.out:
            return await self._find(error)
        return await self._fail(error)

    async def _hold(self, error: AppError) -> bool:
        """It waits for the owner, and takes no other's turn meanwhile; a disk may come back."""
        again = error.key == "errors.post_file_gone"
        changes: dict[str, object] = {
            "state": PostState.HELD, "reason": error.key, "reason_args": error.args_map,
            "due": self._hands.clock() + LOOK_AGAIN if again else None,
        }  # fmt: skip
        if not self._intent.out:
            changes["slot"] = 0.0
        await self._put(changes)
        return False

    async def _fail(self, error: AppError) -> bool:
        changes = {
            "state": PostState.FAILED, "reason": error.key, "reason_args": error.args_map,
            "due": None, "ended": self._hands.clock(),
        }  # fmt: skip
        await self._put(changes)
        return False

    async def _put(
        self,
        changes: Mapping[str, object],
        *,
        intent: IntentState | None = None,
        session: Session | None = None,
        also: tuple[Kept, ...] = (),
    ) -> None:
        """Change the post where it is kept, here, and in the window."""
        before = self._post
        ends = None if intent is None else (self._intent.number, intent, self._hands.clock())
        self._kept = await self._store.put(
            before.id, changes, seen=self._kept, intent=ends, session=session, also=also
        )
        if intent is not None:
            self._intent = Intent(self._intent.number, intent)
        if session is not None:
            self._session = session
        self._hands.teller.changed(self._post, before)


def _pause(error: AppError) -> float:
    """How long the platform wants to be left alone."""
    told = error.args_map.get("retry_after")
    return min(float(told), LONGEST_PAUSE) if isinstance(told, (int, float)) else 0.0


def _remote(step: PostStep) -> dict[str, object]:
    """What a step tells of where the post is."""
    told = {"remote": step.remote[:500], "url": web_address(step.url)}
    return {name: value for name, value in told.items() if value}
