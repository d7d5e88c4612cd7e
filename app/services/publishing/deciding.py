"""What the owner decides about a post: when it goes, whether, once more, and whether it is out."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Final

from app.domain.post import Post, PostId, PostState
from app.services.publishing.desk import Desk
from app.services.publishing.evergreen import following
from app.services.publishing.packing import web_address
from app.services.publishing.prints import prints_of
from app.services.publishing.tables import IntentState, Kept, Session

LATE: Final = 600.0
"""Seconds after its time in which what was called off may still go out by itself."""


class Decisions:
    """Lives on the service loop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def approve(self, post: PostId) -> None:
        """Say yes: it goes out at its time."""
        kept = await self._desk.store.get(post)
        changes = {"state": PostState.PLANNED, "due": self._desk.due(kept)}
        after = await self._desk.put(kept, changes, (PostState.ASKING,))
        await self._desk.hands.note("post.allowed", after.post)
        self._desk.look()

    async def move(self, post: PostId, at: float) -> None:
        """Give it another time; 0: as soon as it may."""
        kept = await self._desk.store.get(post)
        changes: dict[str, object] = {"at": max(0.0, at), "tries": 0, "slot": 0.0}
        if kept.post.state is PostState.PLANNED:
            changes["due"] = self._desk.due(replace(kept, post=replace(kept.post, at=max(0.0, at))))
        await self._desk.adapt(kept, changes)
        self._desk.look()

    async def cancel(self, post: PostId) -> None:
        """Call it off. `Refused` (``errors.post_too_late``) when it is out, or may be."""
        before = await self._desk.store.get(post)
        self._desk.hands.teller.changed(
            (await self._desk.store.cancel(post, self._desk.now())).post, before.post
        )

    async def restore(self, post: PostId) -> None:
        """Take a cancel back. What should have gone out long ago is a draft then."""
        kept = await self._desk.store.get(post)
        state = PostState(kept.before) if kept.before else PostState.DRAFT
        now = self._desk.now()
        late = kept.post.ended < now - LATE and (kept.post.at or kept.post.created) < now - LATE
        if state is PostState.PLANNED and late:
            state = PostState.DRAFT
        due = self._desk.due(kept) if state in (PostState.PLANNED, PostState.HELD) else None
        changes = {"state": state, "due": due, "ended": 0.0, "before": "", "slot": 0.0}
        await self._desk.put(kept, changes, (PostState.CANCELLED,))
        self._desk.look()

    async def again(self, post: PostId) -> Post:
        """Try one anew that failed, is held, or was called off; returns the post that goes out.

        Of one that had been out, and is not any more, a new post is made.
        """
        kept = await self._desk.store.get(post)
        intent = await self._desk.store.intent(post)
        now = self._desk.now()
        prints = await prints_of(kept.post.attached)
        fresh: dict[str, object] = {
            "state": PostState.PLANNED, "reason": "", "reason_args": {}, "tries": 0,
            "fraction": None, "ended": 0.0,
        }  # fmt: skip
        when = (PostState.FAILED, PostState.HELD, PostState.CANCELLED)
        if intent.out and kept.post.state is PostState.FAILED:
            made = replace(
                kept.post, id=PostId(secrets.token_hex(16)), at=0.0, remote="", url="",
                created=now, **fresh,  # type: ignore[arg-type]  # by their names
            )  # fmt: skip
            await self._desk.store.add([Kept(made, now, prints=prints)])
            self._desk.hands.teller.changed(made)
        else:
            session = Session() if prints != kept.prints else None
            changes = {**fresh, "due": now, "slot": 0.0, "prints": prints}
            made = (await self._desk.put(kept, changes, when, session=session)).post
        self._desk.look()
        return made

    async def answer(self, post: PostId, *, is_out: bool, url: str = "") -> None:
        """Say of an unconfirmed one whether it is out; what is not is tried once more."""
        kept, intent = await self._desk.store.get(post), await self._desk.store.intent(post)
        now = self._desk.now()
        also: tuple[Kept, ...] = ()
        if is_out:
            also = following(kept, now, await self._desk.first_state(kept.post))
            changes: dict[str, object] = {
                "state": PostState.DONE, "ended": now, "due": None, "reason": "",
                "reason_args": {}, "fraction": None,
            }  # fmt: skip
            if address := web_address(url.strip()):
                changes["url"] = address
        elif intent.out:
            changes = {"state": PostState.FAILED, "ended": now, "due": None,
                       "reason": "errors.post_vanished", "reason_args": {}}  # fmt: skip
        else:
            changes = {"state": PostState.PLANNED, "due": now, "tries": 0, "reason": "",
                       "reason_args": {}}  # fmt: skip
        ends = IntentState.CONFIRMED if is_out else IntentState.ABSENT
        await self._desk.put(
            kept, changes, (PostState.UNCONFIRMED,), also=also,
            intent=(intent.number, ends, now) if intent.open else None,
        )  # fmt: skip
        await self._desk.hands.note("post.answered", kept.post, is_out=is_out)
        self._desk.look()
