"""Posts videos on X."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.api import (
    AuthRequired,
    Cache,
    InvalidInput,
    NotFound,
    ProviderContext,
    Refused,
    Unavailable,
    inside,
)
from app.api.media_lists import own_price
from app.api.pieces import FilePart
from app.api.publishing import (
    Account,
    Figures,
    Found,
    PostFile,
    PostStep,
    PostWanted,
    Privacy,
    Stage,
    Trace,
)
from app.api.signing_in import SignedIn, SignIn
from plugins.x_com.client import Client, ways
from plugins.x_com.parsers import (
    NAME,
    Duty,
    Processing,
    Upload,
    is_duplicate,
    is_ours,
    parse_account,
    parse_figures,
    parse_media,
    parse_post,
    parse_posts,
    parse_processing,
    post_text,
    read_upload,
    trouble_of,
)

FILE = Path(__file__).with_name("places.json")
MOST_BEGUN = 5
"""Times an upload X has forgotten is begun anew, in all."""
KINDS = {"mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm"}
REPLIES = ("following", "mentionedUsers", "subscribers", "verified")
_OWNER = ("errors.post_sign_in", "errors.post_no_credit")
"""What the owner can do something about; then X can be asked again."""
_ME = "me"


class X(SignedIn):
    """Implements `Publishes`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self, sign_in: SignIn, places: Mapping[str, Any], cache: Cache, most: int, price: float
    ) -> None:
        self.sign_in = sign_in
        self.price = price
        """US dollars of a post."""
        self._web = places["places"]["web"]
        self._limits, self._waits = places["limits"], places["waits"]
        self._client = Client(self.send, places["places"]["api"])
        self._host = "api.x.com"
        self._cache = cache
        self._most = most

    async def account(self) -> Account:
        """Return who posts."""
        who = parse_account(await self._client.me(), self._host, self._web)
        await self._cache.put(_ME, json.dumps([who.id, who.name]).encode(), 30 * 86_400)
        return who

    async def finish_sign_in(self, answer: Mapping[str, str]) -> Account:
        """Take the browser's answer; who was signed in before is forgotten."""
        await self._cache.put(_ME, b"", -1)
        return await super().finish_sign_in(answer)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Do the next action: open, a piece, the end of the pieces, or a look at X's work."""
        self._check(wanted)
        upload = read_upload(session)
        video = wanted.video
        if video is None:
            ready = replace(upload, duty=Duty.READY, opened=upload.opened or time.time())
            return PostStep(Stage.READY, ready.to_text())
        stale = upload.size != video.size or time.time() > upload.until
        if not upload.media or stale:
            return await self._begin(video, upload)
        try:
            if upload.duty is Duty.PIECES:
                return await self._piece(video, upload)
            if upload.duty is Duty.READY:
                return PostStep(Stage.READY, upload.to_text(), 1.0)
            return await self._look(upload)
        except (NotFound, InvalidInput) as error:
            if error.key == "errors.post_file_gone":
                raise
            return await self._begin(video, upload)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Post it."""
        words, upload = self._check(wanted), read_upload(session)
        body: dict[str, Any] = {"text": words} if words else {}
        if wanted.video is not None:
            if not upload.media or time.time() > upload.until:
                raise NotFound("errors.post_upload_lost", name=NAME)
            body["media"] = {"media_ids": [upload.media]}
        if wanted.choices.get("replies") in REPLIES:
            body["reply_settings"] = wanted.choices["replies"]
        answer = await self._client.post(body)
        if is_duplicate(answer):
            return await self._there_already(wanted, session)
        trouble = trouble_of(answer, time.time())
        if trouble is not None:
            raise trouble
        document = answer.json()
        made = parse_post(document if isinstance(document, dict) else {}, self._host)
        return self._done(made, upload)

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Look for the post among the owner's newest ones.

        What was sent may be on its way still: only what is not there at a second look, a little
        later, is not.
        """
        upload, words = read_upload(session), self._check(wanted)
        for last in (False, True):
            try:
                seen = parse_posts(await self._client.posts(await self._me()))
            except (AuthRequired, Refused, InvalidInput, NotFound) as error:
                if error.key in _OWNER:
                    raise
                return Found(Trace.UNKNOWN)  # X does not let this app read
            mine = next((one for one in seen if is_ours(one, upload, words)), None)
            if mine is not None:
                return Found(Trace.THERE, self._done(mine.id, upload))
            if not last:
                await asyncio.sleep(self._waits["settle"])
        return Found(Trace.ABSENT)

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return those of the posts X still has."""
        asked = [one for one in remotes if one.isascii() and one.isdecimal()][:50]
        return parse_figures(await self._client.figures(asked)) if asked else []

    async def _begin(self, video: PostFile, before: Upload) -> PostStep:
        if before.begun >= MOST_BEGUN:
            raise Refused("errors.post_upload_lost", name=NAME)
        now = time.time()
        document = await self._client.initialize(video.size, KINDS[video.ending.lower()])
        media, key, until = parse_media(document, self._host, now)
        begun = Upload(
            media, key, video.size, until=until, opened=before.opened or now, begun=before.begun + 1
        )
        return PostStep(Stage.SENDING, begun.to_text(), 0.0)

    async def _piece(self, video: PostFile, upload: Upload) -> PostStep:
        size = self._limits["piece"]
        count = min(size, video.size - upload.sent)
        part = FilePart(video.path, upload.sent, count)
        await self._client.append(upload.media, upload.sent // size, part)
        sent = upload.sent + count
        duty = Duty.END if sent >= video.size else Duty.PIECES
        after = replace(upload, sent=sent, duty=duty)
        return PostStep(Stage.SENDING, after.to_text(), sent / video.size)

    async def _look(self, upload: Upload) -> PostStep:
        usual = float(self._waits["processing"])
        if upload.duty is Duty.END:
            stands = parse_processing(await self._ended(upload.media), usual)
        else:
            stands = parse_processing(await self._client.status(upload.media), usual)
        return self._worked_on(upload, stands)

    async def _ended(self, media: str) -> Any:  # noqa: ANN401 - a document
        """Say that all is there; when that was said before, how it stands says so too."""
        try:
            return await self._client.finalize(media)
        except InvalidInput:
            document = await self._client.status(media)
            if inside(document, "data", "processing_info") is None:
                raise
            return document

    def _worked_on(self, upload: Upload, stands: Processing) -> PostStep:
        if stands.state == "failed":
            raise Refused("errors.post_failed_there", name=NAME)
        if stands.state == "succeeded":
            ready = replace(upload, duty=Duty.READY)
            return PostStep(Stage.READY, ready.to_text(), 1.0)
        looking = replace(upload, duty=Duty.LOOK)
        return PostStep(Stage.WORKING, looking.to_text(), 1.0, max(0.2, stands.wait))

    async def _there_already(self, wanted: PostWanted, session: str) -> PostStep:
        """X has this text: it is this post when it was sent before, or else another one."""
        try:
            found = await self.find(wanted, session)
        except AuthRequired as error:
            raise Unavailable("errors.post_not_told", name=NAME) from error
        if found.step is None:
            raise Refused("errors.post_duplicate", name=NAME)
        return found.step

    def _done(self, post: str, upload: Upload) -> PostStep:
        url = f"{self._web}/i/status/{post}"
        return PostStep(Stage.DONE, upload.to_text(), 1.0, remote=post, url=url)

    async def _me(self) -> str:
        """Who posts; kept, for X takes money for each look."""
        kept = await self._cache.get(_ME)
        return str(json.loads(kept)[0]) if kept else (await self.account()).id

    def _check(self, wanted: PostWanted) -> str:
        """What X would not take is told before anything is sent; returns the text."""
        if wanted.privacy is not Privacy.PUBLIC:
            raise InvalidInput("errors.post_public_only", name=NAME)
        if wanted.publish_at is not None and wanted.publish_at > time.time() + 60:
            raise InvalidInput("errors.post_no_planning", name=NAME)
        if wanted.draft:
            raise InvalidInput("errors.post_no_drafts", name=NAME)
        video = wanted.video
        if video is not None and video.ending.lower() not in KINDS:
            raise InvalidInput("errors.post_bad_format", name=NAME)
        if video is not None and not 0 < video.size <= self._limits["largest"]:
            most = self._limits["largest"] // 1_000_000
            raise InvalidInput("errors.post_video_large", name=NAME, most=most)
        return post_text(wanted, self._most)


async def setup(context: ProviderContext) -> X:
    """Build the provider; nobody has to be signed in yet."""
    places = json.loads(FILE.read_text(encoding="utf-8"))
    client_id = str(context.settings["client_id"])
    sign_in = SignIn(ways(places), context.http, context.secrets, client_id, "")
    limit = "long_text" if context.settings["long_posts"] else "text"
    own = own_price(context.settings["price"])
    price = places["prices"]["post"] if own is None else own
    return X(sign_in, places, context.cache, places["limits"][limit], price)
