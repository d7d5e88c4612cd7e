"""Drafts of posts: made for each platform, changed, checked, and let go."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.api.capabilities import Capability
from app.domain.errors import InvalidInput, NotFound
from app.domain.post import (
    AccountId,
    Attached,
    BundleId,
    ChannelId,
    Manner,
    Misfit,
    Part,
    Post,
    PostId,
    PostState,
    Repeat,
    Words,
)
from app.domain.targets import meant
from app.services.publishing.desk import Desk
from app.services.publishing.ports import Plugins, Rules
from app.services.publishing.prints import prints_of
from app.services.publishing.tables import Kept, Session

MOST_ACCOUNTS: Final = 100
MOST_TEXT: Final = 100_000
MOST_TAGS: Final = 500
Known = Mapping[AccountId, tuple[str, str]]
"""Accounts, with the kind of their plugin and their names."""


class Drafts:
    """Lives on the service loop."""

    def __init__(self, desk: Desk, plugins: Plugins, rules: Rules | None) -> None:
        self._desk, self._plugins, self._rules = desk, plugins, rules

    async def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = Manner(),  # noqa: B008 - frozen
        thumbnail: bytes = b"",
        captions: bytes = b"",
        at: float = 0.0,
        project: str = "",
        source: str = "hand",
        language: str = "en",
        channel: str = "",
        bundle: str = "",
    ) -> tuple[Post, ...]:
        """Make drafts of one bundle, one for each account, with words that fit its platform.

        Without accounts, those of the channel. Nothing goes out before `send`. A `bundle` of the
        caller's own (32 hex digits) is made once: asked for again, its posts are returned.
        """
        if bundle and (there := await self._desk.store.bundle(BundleId(bundle))):
            return tuple(one.post for one in there)
        words = checked_words(words)
        brand = ChannelId(channel)
        if channel and not accounts:
            accounts = (await self._desk.channels.get(brand)).accounts
        if not 0 < len(accounts) <= MOST_ACCOUNTS:
            raise InvalidInput("errors.post_no_account")
        known = await accounts_of(self._plugins)
        now, of = self._desk.now(), BundleId(bundle or secrets.token_hex(16))
        plain = Post(
            PostId(""), of, AccountId(""), "", words, Attached(video, thumbnail, captions),
            manner, brand, at, language=language, project=project, source=source, created=now,
        )  # fmt: skip
        whole = dict.fromkeys(one for told in accounts for one in meant(told, known) or [told])
        made = [await self._draft(plain, one, known) for one in whole]
        await self._desk.store.add([Kept(one) for one in made])
        for one in made:
            self._desk.hands.teller.changed(one)
        return tuple(made)

    async def _draft(self, plain: Post, account: AccountId, known: Known) -> Post:
        """The post of a bundle for one account."""
        if account not in known:
            raise NotFound("errors.plugin_unknown", plugin=account)
        platform, name = known[account]
        own = None if plain.channel else await self._desk.channels.of(account)
        return replace(
            plain, id=PostId(secrets.token_hex(16)), account=account, platform=platform,
            words=await self._fitted(platform, plain.words), account_name=name,
            channel=plain.channel if own is None else own.id,
        )  # fmt: skip

    async def change(
        self,
        post: PostId,
        *,
        words: Words | None = None,
        manner: Manner | None = None,
        thumbnail: bytes | None = None,
        captions: bytes | None = None,
        repeat: Repeat | None = None,
    ) -> Post:
        """Change a post that is not under way yet."""
        kept = await self._desk.store.get(post)
        if words is not None:
            words = checked_words(words)
        changes: dict[str, object] = {
            name: value
            for name, value in {
                "words": words, "manner": manner, "thumbnail": thumbnail, "captions": captions,
            }.items()
            if value is not None
        }  # fmt: skip
        session = Session() if changes else None  # what was opened there tells of what it was
        files = replace(
            kept.post.attached,
            thumbnail=kept.post.attached.thumbnail if thumbnail is None else thumbnail,
            captions=kept.post.attached.captions if captions is None else captions,
        )
        if files != kept.post.attached and kept.post.state is not PostState.DRAFT:
            seen = {name: kept.prints[name] for name in ("video",) if name in kept.prints}
            changes["prints"] = {**await prints_of(replace(files, video=b"")), **seen}
        if repeat is not None:
            changes["repeat"] = repeat
        return (await self._desk.adapt(kept, changes, session)).post

    async def check(self, post: PostId) -> tuple[Misfit, ...]:
        """Say what of a post its platform will not take."""
        kept = await self._desk.store.get(post)
        return () if self._rules is None else await self._rules.check(kept.post)

    async def mend(self, post: PostId, only: Part | None = None) -> Post:
        """Make a post fit, as far as the station can: words are cut, a variant of a file made.

        `only` shortens that part, and leaves the rest as it is.
        """
        kept = await self._desk.store.get(post)
        if self._rules is None:
            return kept.post
        mended = await self._mended(self._rules, kept.post, only)
        files = mended.attached
        changes: dict[str, object] = {
            "words": mended.words, "manner": mended.manner, "video": files.video,
            "thumbnail": files.thumbnail, "captions": files.captions,
        }  # fmt: skip
        if files != kept.post.attached and kept.post.state is not PostState.DRAFT:
            changes["prints"] = await prints_of(files)
        return (await self._desk.adapt(kept, changes, Session())).post

    async def send(self, posts: Sequence[PostId]) -> None:
        """Let drafts go out at their time, or ask the owner first where that is wanted.

        `InvalidInput` (``errors.post_does_not_fit``) when one of them cannot go out as it is:
        none is sent then.
        """
        drafts = [await self._desk.store.get(one) for one in posts]
        for kept in drafts:
            for misfit in await self.check(kept.post.id):
                if misfit.blocks:
                    told = {**misfit.args, "account": kept.post.account_name, "why": misfit.key}
                    raise InvalidInput("errors.post_does_not_fit", **told)
        for kept in drafts:
            prints = await prints_of(kept.post.attached)
            state = await self._desk.first_state(kept.post)
            due = None if state is PostState.ASKING else self._desk.due(kept)
            changes = {"state": state, "due": due, "prints": prints}
            await self._desk.put(kept, changes, (PostState.DRAFT,))
        self._desk.look()

    async def _mended(self, rules: Rules, post: Post, only: Part | None) -> Post:
        if only is None:
            return await rules.mend(post)
        return await (rules.shorten(post) if only is Part.VIDEO else rules.cut(post, only))

    async def _fitted(self, platform: str, words: Words) -> Words:
        return words if self._rules is None else await self._rules.fitted(platform, words)


async def accounts_of(plugins: Plugins) -> Known:
    """The kind of plugin of each account that can be posted with, and its name."""
    return {
        AccountId(one.id): (one.of or one.id, one.name)
        for one in await plugins.list()
        if one.enabled and Capability.PUBLISHES.value in one.capabilities
    }


def checked_words(words: Words) -> Words:
    """The words as they can be written down; `InvalidInput` for what nobody wrote by hand."""
    if len(words.title) + len(words.description) > MOST_TEXT or len(words.tags) > MOST_TAGS:
        raise InvalidInput("errors.post_words_long", most=MOST_TEXT)
    return Words(_whole(words.title), _whole(words.description), tuple(map(_whole, words.tags)))


def _whole(text: str) -> str:
    """A text without half letters, which no file and no platform can hold."""
    return text.encode("utf-8", "replace").decode()
