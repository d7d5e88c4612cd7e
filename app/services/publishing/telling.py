"""Tells how posts stand: events for the window, notices for the owner."""

from __future__ import annotations

from typing import Final

from app.domain.events import NoticeLevel, NoticeRaised, PostChanged, PublishingChanged
from app.domain.post import Post, PostState, Repeat
from app.runtime.bus import EventBus

ASKING: Final = "errors.post_asking"
"""Why a post is unconfirmed while the platform is still being asked."""
_NOTICES: Final = {
    PostState.DONE: (NoticeLevel.GOOD, "notices.post_out"),
    PostState.FAILED: (NoticeLevel.BAD, "notices.post_failed"),
    PostState.HELD: (NoticeLevel.WARN, "notices.post_held"),
    PostState.UNCONFIRMED: (NoticeLevel.WARN, "notices.post_unconfirmed"),
}


class Teller:
    """Says each thing once: what was told already is not told again."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus

    def changed(self, post: Post, before: Post | None = None) -> None:
        """A post is another way now; `before`: how it was."""
        if post == before:
            return
        self._bus.publish(PostChanged(post))
        if before is not None and (before.state, before.reason) != (post.state, post.reason):
            self._notice(post)

    def many(self) -> None:
        """Pauses, or many posts at once, are another way now."""
        self._bus.publish(PublishingChanged())

    def _notice(self, post: Post) -> None:
        found = _NOTICES.get(post.state)
        if found is None or (post.state is PostState.UNCONFIRMED and post.reason == ASKING):
            return
        level, key = found
        args: dict[str, object] = {
            **post.reason_args,
            "title": post.words.title, "account": post.account_name, "reason": post.reason,
        }  # fmt: skip
        self._bus.publish(NoticeRaised(level, key, args, desktop=True))
        if post.state is PostState.FAILED and post.repeat is not Repeat.NEVER:
            told: dict[str, object] = {"title": post.words.title, "account": post.account_name}
            self._bus.publish(NoticeRaised(NoticeLevel.WARN, "notices.series_ended", told))
