"""Holds a post against what its platform takes, and mends what can be; see `ports.Rules`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.post import AccountId, Attached, Misfit, Part, Post, Words
from app.infra.ffmpeg.recoding import OnProgress
from app.services.publishing import checking, wording
from app.services.publishing.checking import Seen
from app.services.publishing.looking import Looker
from app.services.publishing.mending import Mender
from app.services.publishing.rules import Rules, rules_of

Options = Callable[[AccountId], Awaitable[Mapping[str, object]]]
"""Asks for the options of an account that are no secrets."""

SHORT: Final = 0.25
"""Seconds a cut video stays below the limit: sound and picture never end together."""


async def no_options(_account: AccountId) -> Mapping[str, object]:
    """Every account is as it comes."""
    return {}


class Rulebook:
    """What platforms take. `options` tells how an account is set: some allow more."""

    def __init__(self, looker: Looker, mender: Mender, options: Options = no_options) -> None:
        self._looker = looker
        self._mender = mender
        self._options = options

    async def check(self, post: Post) -> tuple[Misfit, ...]:
        """Say what of a post does not fit."""
        rules = await self._rules(post)
        return checking.check(post, await self._looker.seen(post.attached), rules)

    async def fitted(self, platform: str, words: Words) -> Words:
        """Cut words to what a platform takes."""
        return wording.fit(words, rules_of(platform))

    async def mend(self, post: Post, progress: OnProgress = lambda _share: None) -> Post:
        """Return the post with words and files that fit, as far as that can be done.

        A video that is too long stays as long as it is: `shorten` is asked for on its own.
        `Unsupported` when a file cannot be made to fit, `ToolFailed`, `Unavailable`, `NotFound`.
        Cancelled, nothing is left behind.
        """
        rules = await self._rules(post)
        seen = await self._looker.seen(post.attached)
        video = post.attached.video
        if seen.video is not None and seen.video.container:
            video = await self._mender.video(video, seen.video, rules.video, progress=progress)
        attached = Attached(
            video, await self._thumbnail(post, seen, rules), await self._captions(post, seen, rules)
        )
        words = wording.fit(post.words, rules)
        return replace(post, words=words, attached=attached)

    async def cut(self, post: Post, part: Part) -> Post:
        """Return the post with one part of its words cut between words; the rest stays."""
        fitted = wording.fit(post.words, await self._rules(post))
        words = post.words
        if part in (Part.TITLE, Part.TEXT):
            words = replace(words, title=fitted.title)
        if part in (Part.DESCRIPTION, Part.TEXT):
            words = replace(words, description=fitted.description)
        if part is Part.TAGS:
            words = replace(words, tags=fitted.tags)
        return replace(post, words=words)

    async def shorten(
        self, post: Post, seconds: float = 0.0, progress: OnProgress = lambda _share: None
    ) -> Post:
        """Return the post with the first seconds of its video: as many as there is room for.

        `seconds` may be fewer. `InvalidInput` when the platform sets no limit and none is given.
        """
        rules = await self._rules(post)
        most = rules.video.longest
        most = max(0.0, most - SHORT)
        until = min(seconds or most, most or seconds)
        facts = await self._looker.media(post.attached.video)
        if until <= 0 or not facts.container:
            raise InvalidInput("errors.post_cannot_shorten")
        made = await self._mender.video(
            post.attached.video, facts, rules.video, until=until, progress=progress
        )
        return replace(post, attached=replace(post.attached, video=made))

    async def _rules(self, post: Post) -> Rules:
        return rules_of(post.platform, await self._options(post.account))

    async def _thumbnail(self, post: Post, seen: Seen, rules: Rules) -> bytes:
        picture, room = post.attached.thumbnail, rules.thumbnail
        if room is None:
            return picture
        if seen.thumbnail is None:
            pictured = seen.video is not None and seen.video.video
            if not room.needed or seen.video is None or not pictured:
                return picture
            return await self._mender.still(post.attached.video, seen.video, room)
        if checking.picture_fits(seen.thumbnail, room):
            return picture
        return await self._mender.thumbnail(picture, room)

    async def _captions(self, post: Post, seen: Seen, rules: Rules) -> bytes:
        path = post.attached.captions
        if seen.captions is None or not rules.captions or seen.captions in rules.captions:
            return path
        return await self._mender.captions(path, rules.captions)
