"""Posts videos on Reddit."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.api import (
    AppError,
    AuthRequired,
    Cache,
    Http,
    InvalidInput,
    NotFound,
    ProviderContext,
    Refused,
    Unavailable,
)
from app.api.publishing import (
    Account,
    Figures,
    Found,
    PostFile,
    PostStep,
    PostWanted,
    Stage,
    Trace,
)
from app.api.signing_in import SignedIn, SignIn
from plugins.reddit.client import Client, Named, ways
from plugins.reddit.parsers import (
    NAME,
    POST,
    Duty,
    Seen,
    Upload,
    is_ours,
    looks_like,
    parse_account,
    parse_figures,
    parse_flairs,
    parse_lease,
    parse_posts,
    parse_rules,
    parse_sent,
    parse_stored,
    read_upload,
)
from plugins.reddit.wishes import (
    PICTURES,
    VIDEOS,
    Wish,
    check_rules,
    flair_of,
    subreddit_of,
    wish_of,
)

FILE = Path(__file__).with_name("places.json")
_ME = "me"
_A_DAY = 86_400.0
_SEEN_AT_MOST = 100


class Reddit(SignedIn):
    """Implements `Publishes`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self,
        sign_in: SignIn,
        http: Http,
        places: Mapping[str, Any],
        cache: Cache,
        usual: tuple[str, str],
    ) -> None:
        self.sign_in = sign_in
        self._web = places["places"]["web"]
        self._limits, self._waits = places["limits"], places["waits"]
        self._client = Client(self.send, http, places["places"]["api"])
        self._host = "oauth.reddit.com"
        self._cache = cache
        self._usual = usual

    async def account(self) -> Account:
        """Return who posts."""
        who = parse_account(await self._client.me(), self._host, self._web)
        await self._cache.put(_ME, who.name.encode(), 30 * _A_DAY)
        return who

    async def finish_sign_in(self, answer: Mapping[str, str]) -> Account:
        """Take the browser's answer; who was signed in before is forgotten."""
        await self._cache.put(_ME, b"", -1)
        return await super().finish_sign_in(answer)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Do the next action: the community's rules, the video, the poster, a look at own posts.

        Each file goes whole: Reddit's store takes no pieces. After `commit` it looks whether the
        post shows.
        """
        wish, upload = self._wish(wanted), read_upload(session)
        if upload.duty is Duty.SENT:
            return await self._look(wish, upload)
        if upload.size != wish.video.size or upload.duty is Duty.RULES:
            return await self._rules(wish, upload)
        if upload.duty is Duty.VIDEO:
            video, asset = await self._stored(wish.video, "video", VIDEOS)
            after = replace(upload, video=video, asset=asset, duty=Duty.POSTER)
            return PostStep(Stage.SENDING, after.to_text(), 0.95)
        if upload.duty is Duty.POSTER:
            poster, _ = await self._stored(wish.poster, "poster", PICTURES)
            after = replace(upload, poster=poster, duty=Duty.BEFORE)
            return PostStep(Stage.SENDING, after.to_text(), 1.0)
        if upload.duty is Duty.BEFORE:
            names = [one.name for one in await self._posts() if _like(one, wish)]
            upload = replace(upload, before=tuple(names[:_SEEN_AT_MOST]), duty=Duty.READY)
        return PostStep(Stage.READY, upload.to_text(), 1.0)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Post it. Reddit says only that it took it: the post shows a little later."""
        wish, upload = self._wish(wanted), read_upload(session)
        if not upload.video or not upload.poster:
            raise NotFound("errors.post_upload_lost", name=NAME)
        form = {
            "kind": "video",
            "sr": wish.subreddit,
            "title": wish.title,
            "url": upload.video,
            "video_poster_url": upload.poster,
            "nsfw": _word(said=wish.nsfw),
            "spoiler": _word(said=wish.spoiler),
            "resubmit": "false",
            "sendreplies": "true",
            "validate_on_submit": "true",
        }
        form |= {"text": wish.text} if wish.text else {}
        form |= {"flair_id": upload.flair} if upload.flair else {}
        await self._mark(wanted, str(time.time()))
        try:
            parse_sent(await self._client.submit(form), wish.subreddit, self._host)
        except AppError as error:
            if _certainly_not(error):
                await self._mark(wanted, "0")
            if error.key == "errors.post_duplicate":
                return await self._there_already(wanted, session)
            raise
        sent = replace(upload, duty=Duty.SENT, looks=0)
        return PostStep(Stage.WORKING, sent.to_text(), 1.0, float(self._waits["processing"]))

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Look for the post among the owner's newest ones.

        One that was taken shows only when its video is worked on: until that has had its time
        nobody can say that it will not, and this is `Unavailable`.
        """
        wish, upload = self._wish(wanted), read_upload(session)
        mine = await self._mine(wish, upload)
        if mine is not None:
            return Found(Trace.THERE, self._done(mine, upload))
        kept = await self._cache.get(_mark_of(wanted))
        if kept is None:
            kept = str(time.time()).encode()
            await self._mark(wanted, kept.decode())
        left = float(kept) + self._waits["shown"] - time.time()
        if left > 0:
            raise Unavailable("errors.reddit_not_shown", retry_after=min(left, 60.0))
        return Found(Trace.ABSENT)

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return those of the posts Reddit still has: points and comments, never views."""
        asked = [one for one in remotes if POST.fullmatch(one)][:50]
        return parse_figures(await self._client.figures(asked), self._host) if asked else []

    async def _rules(self, wish: Wish, before: Upload) -> PostStep:
        """Ask what the community takes, and begin."""
        about: Mapping[str, object] = {}
        wanted: Mapping[str, object] = {}
        flairs: object = []
        try:
            about = await self._client.about(wish.subreddit)
            wanted = await self._client.requirements(wish.subreddit)
        except NotFound as error:
            raise _unknown(wish) from error
        except Refused as error:
            raise Refused("errors.reddit_not_allowed", subreddit=wish.subreddit) from error
        rules = parse_rules(about, wanted, wish.subreddit)
        check_rules(wish, rules)
        if rules.flair or wish.flair:
            try:
                flairs = await self._client.flairs(wish.subreddit)
            except (Refused, NotFound):
                flairs = []  # it has none for those who only post
        flair = flair_of(wish, rules, parse_flairs(flairs))
        begun = Upload(
            Duty.VIDEO,
            wish.video.size,
            flair="" if flair is None else flair.id,
            opened=before.opened or time.time(),
        )
        return PostStep(Stage.SENDING, begun.to_text(), 0.0)

    async def _stored(self, file: PostFile, name: str, kinds: Mapping[str, str]) -> tuple[str, str]:
        """Put a file into Reddit's store; returns where it lies and what it is called."""
        ending = file.ending.lower()
        kind, told = kinds[ending], f"{name}.{ending}"
        lease = parse_lease(await self._client.lease(told, kind), self._host)
        answer = await self._client.store(lease, file, told, kind)
        return parse_stored(answer, lease, self._limits["largest"]), lease.asset

    async def _look(self, wish: Wish, upload: Upload) -> PostStep:
        mine = await self._mine(wish, upload)
        if mine is not None:
            return self._done(mine, upload)
        if upload.looks >= self._limits["looks"]:
            raise Refused("errors.post_failed_there", name=NAME)
        wait = max(0.2, min(60.0, self._waits["processing"] * 1.3 ** min(upload.looks, 20)))
        after = replace(upload, looks=upload.looks + 1)
        return PostStep(Stage.WORKING, after.to_text(), 1.0, wait)

    async def _mine(self, wish: Wish, upload: Upload) -> Seen | None:
        posts = await self._posts()
        found = (one for one in posts if is_ours(one, upload, wish.subreddit, wish.title))
        return next(found, None)

    async def _posts(self) -> list[Seen]:
        kept = await self._cache.get(_ME)
        who = kept.decode() if kept else (await self.account()).name
        return parse_posts(await self._client.posts(who), self._host)

    async def _there_already(self, wanted: PostWanted, session: str) -> PostStep:
        """Reddit has this video: it is this post when it was sent before."""
        try:
            found = await self.find(wanted, session)
        except AuthRequired as error:
            raise Unavailable("errors.post_not_told", name=NAME) from error
        if found.step is None:
            raise Refused("errors.post_duplicate", name=NAME)
        return found.step

    def _done(self, mine: Seen, upload: Upload) -> PostStep:
        path = mine.path if mine.path.startswith("/r/") or mine.path.startswith("/user/") else ""
        url = self._web + (path or f"/comments/{mine.name.removeprefix('t3_')}")
        return PostStep(Stage.DONE, upload.to_text(), 1.0, remote=mine.name, url=url)

    async def _mark(self, wanted: PostWanted, when: str) -> None:
        """Keep when a post was sent; 0: Reddit said that it did not take it."""
        await self._cache.put(_mark_of(wanted), when.encode(), 30 * _A_DAY)

    def _wish(self, wanted: PostWanted) -> Wish:
        return wish_of(wanted, self._limits, self._usual, time.time())


def _like(seen: Seen, wish: Wish) -> bool:
    return looks_like(seen, wish.subreddit, wish.title)


def _certainly_not(error: AppError) -> bool:
    """Whether an error says that a post was not taken; an answer that is lost says nothing."""
    told = ("errors.post_limit_there", "errors.post_busy_there")
    return not isinstance(error, Unavailable) or error.key in told


def _unknown(wish: Wish) -> InvalidInput:
    return InvalidInput("errors.reddit_subreddit_unknown", subreddit=wish.subreddit)


def _mark_of(wanted: PostWanted) -> str:
    return f"sent:{wanted.key}"


def _word(*, said: bool) -> str:
    return "true" if said else "false"


async def setup(context: ProviderContext) -> Reddit:
    """Build the provider; nobody has to be signed in yet."""
    places = json.loads(FILE.read_text(encoding="utf-8"))
    subreddit = str(context.settings["subreddit"]).strip()
    usual = (subreddit_of(subreddit) if subreddit else "", str(context.settings["flair"]).strip())
    http = Named(context.http, places["agent"], places["places"]["api"])
    sign_in = SignIn(ways(places), http, context.secrets, str(context.settings["client_id"]), "")
    return Reddit(sign_in, http, places, context.cache, usual)
