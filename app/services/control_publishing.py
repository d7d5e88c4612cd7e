"""What commands may ask of Publishing: put a video on accounts, and stay until it is out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import AuthRequired, InvalidInput, NotFound
from app.domain.events import PostChanged
from app.domain.post import (
    ENDED,
    AccountId,
    AccountView,
    Manner,
    Misfit,
    Post,
    PostId,
    PostState,
    Words,
)
from app.runtime.bus import EventBus

if TYPE_CHECKING:
    from app.services.publishing.accounts import AccountDesk
    from app.services.publishing.service import PublishingService

Progress = Callable[[object], Awaitable[None]]
_RESTS: Final = ENDED | {PostState.ASKING, PostState.HELD, PostState.UNCONFIRMED}
MOST_TAGS: Final = 60


async def publish(
    publishing: PublishingService,
    desk: AccountDesk,
    bus: EventBus,
    args: Mapping[str, Any],
    progress: Progress,
) -> object:
    """Put a video on accounts; ends when its posts are out, planned, or wait for the owner.

    With ``check`` nothing goes out: what does not fit is told. Who leaves early leaves the posts
    under way.
    """
    path = _path(args, "path")
    if not path:
        raise InvalidInput("errors.bad_argument", name="path")
    accounts = named(await desk.accounts(), args.get("to") or ())
    check = bool(args.get("check"))
    signed_out = [one for one in accounts if not one.signed_in]
    if signed_out and not check:
        raise AuthRequired("errors.post_sign_in", name=signed_out[0].platform_name)
    posts = await publishing.compose(
        path, [one.id for one in accounts], _words(args, path),
        manner=Manner(privacy=_text(args, "privacy") or "public"),
        thumbnail=_path(args, "thumbnail"), captions=_path(args, "captions"),
        at=_at(args), source="command",
    )  # fmt: skip
    ids = [one.id for one in posts]
    names = {one.id: one for one in accounts}
    misfits = {one: await publishing.check(one) for one in ids}
    fitting = [] if check else [one for one in ids if not _blocked(misfits[one])]
    for one in ids:  # what does not go out leaves no draft behind
        if one not in fitting:
            await publishing.cancel(one)
        elif misfits[one]:
            await publishing.mend(one)
    await publishing.send(fitting)
    last = await _followed(publishing, bus, ids, fitting, names, progress)
    left = {one: () if one in fitting else misfits[one] for one in ids}
    return {"posts": [told(post, names, left[post.id]) for post in last]}


def named(accounts: Sequence[AccountView], wanted: Sequence[object]) -> list[AccountView]:
    """The accounts somebody named: by platform, by name, by both, by id.

    `NotFound` (``errors.publish_nobody``) says which there are.
    """
    found: dict[AccountId, AccountView] = {}
    for word in wanted:
        told_ = str(word).strip().casefold()
        fits = [one for one in accounts if told_ in _names(one)]
        if not fits:
            known = ", ".join(" · ".join(dict.fromkeys((one.platform_name, one.name)))
                              for one in accounts) or "-"  # fmt: skip
            raise NotFound("errors.publish_nobody", name=str(word)[:80], known=known)
        found.update((one.id, one) for one in fits)
    if not found:
        raise InvalidInput("errors.bad_argument", name="to")
    return list(found.values())


def told(
    post: Post, accounts: Mapping[AccountId, AccountView], misfits: Sequence[Misfit]
) -> dict[str, Any]:
    """A post for programs."""
    account = accounts[post.account]
    return {
        "id": post.id, "platform": account.platform_name, "account": account.name,
        "state": post.state.value, "at": post.at, "url": post.url, "reason": post.reason,
        "reason_args": dict(post.reason_args), "title": post.words.title,
        "blocked": _blocked(misfits),
        "misfits": [{"key": one.key, "args": dict(one.args), "mends": one.mends}
                    for one in misfits],
    }  # fmt: skip


async def _followed(
    publishing: PublishingService,
    bus: EventBus,
    ids: Sequence[PostId],
    going: Sequence[PostId],
    names: Mapping[AccountId, AccountView],
    progress: Progress,
) -> list[Post]:
    """Stay until each has ended or waits: for its time, its turn, the owner."""
    changes: asyncio.Queue[Post] = asyncio.Queue()
    way_out = bus.on(
        PostChanged, lambda event: changes.put_nowait(event.post) if event.post.id in ids else None
    )
    try:
        last = {one: await publishing.post(one) for one in ids}
        while any(not _rests(last[one]) for one in going):
            post = await changes.get()
            last[post.id] = post
            account = names[post.account]
            await progress({"platform": account.platform_name, "account": account.name,
                            "state": post.state.value, "fraction": post.fraction})  # fmt: skip
    finally:
        way_out.close()
    return list(last.values())


def _blocked(misfits: Sequence[Misfit]) -> bool:
    """Whether a post cannot go out, and nothing here makes it fit."""
    return any(one.blocks and not one.mends for one in misfits)


def _rests(post: Post) -> bool:
    return post.state in _RESTS or (
        post.state is PostState.PLANNED and (post.at > 0 or bool(post.reason))
    )


def _names(account: AccountView) -> set[str]:
    platform, name = account.platform_name.casefold(), account.name.casefold()
    short = account.platform.removeprefix("local_").removesuffix("_com")
    return {
        account.id.casefold(), account.platform.casefold(), short, platform, name,
        f"{name} on {platform}", f"{platform} · {name}",
    }  # fmt: skip


def _words(args: Mapping[str, Any], path: bytes) -> Words:
    name = os.path.basename(path).rpartition(b".")[0] or os.path.basename(path)  # noqa: PTH119 - bytes
    title = _text(args, "title") or " ".join(
        name.decode("utf-8", "replace").replace("_", " ").replace(".", " ").split()
    )
    tags = tuple(str(one)[:100] for one in args.get("tags") or ())[:MOST_TAGS]
    return Words(title[:500], _text(args, "description")[:20_000], tags)


def _at(args: Mapping[str, Any]) -> float:
    try:
        return max(0.0, float(args.get("at") or 0.0))
    except (TypeError, ValueError) as error:
        raise InvalidInput("errors.bad_argument", name="at") from error


def _path(args: Mapping[str, Any], name: str) -> bytes:
    path = os.fsencode(_text(args, name))
    if path and not path.startswith(b"/"):
        raise InvalidInput("errors.path_not_absolute", path=os.fsdecode(path))
    return path


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str):
        raise InvalidInput("errors.bad_argument", name=name)
    return value
