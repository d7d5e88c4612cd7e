"""What both drafting and deciding stand on: a change of a post, told, and when it is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.post import MOVABLE, Post, PostState
from app.services.publishing.channels import ChannelStore
from app.services.publishing.packing import shows_itself
from app.services.publishing.ports import HasSettings
from app.services.publishing.sending import Hands
from app.services.publishing.store import PostStore
from app.services.publishing.tables import IntentState, Kept, Session


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the owner's wishes become changes; `look` tells the queue."""

    hands: Hands
    channels: ChannelStore
    settings: HasSettings
    look: Callable[[], None]

    @property
    def store(self) -> PostStore:
        """The posts."""
        return self.hands.store

    def now(self) -> float:
        """What time it is."""
        return self.hands.clock()

    async def first_state(self, post: Post) -> PostState:
        """Whether a post waits for its time, or for the owner's yes first."""
        brand = {one.id: one for one in await self.channels.all()}.get(post.channel)
        asks = self.settings.current.publishing.approve_all or (brand is not None and brand.approve)
        return PostState.ASKING if asks else PostState.PLANNED

    def due(self, kept: Kept) -> float:
        """When a planned post is to be looked at: at its time, or now when it is shown there."""
        now = self.now()
        return now if shows_itself(kept) else kept.post.at or now

    async def put(
        self,
        kept: Kept,
        changes: Mapping[str, object],
        when: Collection[PostState],
        *,
        session: Session | None = None,
        intent: tuple[int, IntentState, float] | None = None,
        also: tuple[Kept, ...] = (),
    ) -> Kept:
        """Change a post that still is as it was seen, and in one of these states; tell of it."""
        if kept.post.state not in when:
            raise Refused("errors.post_not_now", state=kept.post.state.value)
        after = await self.store.put(
            kept.post.id, changes, seen=kept, session=session, intent=intent, also=also
        )
        self.hands.teller.changed(after.post)
        for copy in also:
            self.hands.teller.changed(copy.post)
        return after

    async def adapt(
        self, kept: Kept, changes: Mapping[str, object], session: Session | None = None
    ) -> Kept:
        """Change a post that may still get another time and other words."""
        intent = await self.store.intent(kept.post.id)
        if intent.open or intent.out:
            raise Refused("errors.post_too_late")
        return await self.put(kept, changes, MOVABLE, session=session)
