"""Posts videos on LinkedIn."""

from __future__ import annotations

import asyncio
import json
import re
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
    text,
)
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
from plugins.linkedin.client import Client, ways
from plugins.linkedin.commentary import marked, post_text, unmarked
from plugins.linkedin.parsers import (
    NAME,
    POST,
    Duty,
    Places,
    Seen,
    Upload,
    is_duplicate,
    parse_account,
    parse_figures,
    parse_made,
    parse_opened,
    parse_posts,
    parse_tag,
    read_places,
    read_tags,
    read_upload,
    trouble_of,
)

FILE = Path(__file__).with_name("places.json")
MOST_BEGUN = 5
"""Times an upload LinkedIn has forgotten is begun anew, in all."""
BYTES = "application/octet-stream"
AUDIENCES = {"": "PUBLIC", "public": "PUBLIC", "connections": "CONNECTIONS"}
_ME = "me"
_A_DAY = 86_400.0


class LinkedIn(SignedIn):
    """Implements `Publishes`, `ChangesPosts`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self, sign_in: SignIn, places: Mapping[str, Any], cache: Cache, version: str, page: str
    ) -> None:
        self.sign_in = sign_in
        self._web = places["places"]["web"]
        self._limits, self._waits = places["limits"], places["waits"]
        self._client = Client(self.send, sign_in.http, places["places"]["api"], version)
        self._host = "api.linkedin.com"
        self._cache = cache
        self._page = f"urn:li:organization:{page}" if page else ""

    async def account(self) -> Account:
        """Return who posts."""
        who = parse_account(await self._client.me(), self._host, self._web)
        await self._cache.put(_ME, who.id.encode(), 30 * _A_DAY)
        return who

    async def finish_sign_in(self, answer: Mapping[str, str]) -> Account:
        """Take the browser's answer; who was signed in before is forgotten."""
        await self._cache.put(_ME, b"", -1)
        return await super().finish_sign_in(answer)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Do the next action: open, a part, a picture, the end of it, or a look at the work."""
        self._check(wanted)
        upload, video = read_upload(session), wanted.video
        if video is None:
            ready = replace(upload, duty=Duty.READY, opened=upload.opened or time.time())
            return PostStep(Stage.READY, ready.to_text())
        if upload.duty is Duty.READY and upload.size == video.size:
            return self._step(Stage.READY, upload, video)
        places = read_places(await self._cache.get(_places_of(upload.video)))
        sending = upload.duty not in (Duty.LOOK, Duty.READY)
        if not upload.video or upload.size != video.size or (sending and places is None):
            return await self._begin(wanted, video, upload)
        try:
            return await self._go_on(wanted, video, upload, places or Places())
        except (NotFound, InvalidInput) as error:
            if error.key == "errors.post_file_gone":
                raise
            return await self._begin(wanted, video, upload)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Post it."""
        words, upload = self._check(wanted), read_upload(session)
        body: dict[str, Any] = {
            "author": await self._author(),
            "commentary": marked(words),
            "visibility": AUDIENCES[wanted.choices.get("audience", "")],
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        if wanted.video is not None:
            if not upload.video:
                raise NotFound("errors.post_upload_lost", name=NAME)
            title = wanted.title.strip()[: self._limits["title"]]
            body["content"] = {"media": {"id": upload.video, **({"title": title} if title else {})}}
        answer = await self._client.post(body)
        if is_duplicate(answer):
            return await self._there_already(wanted, session)
        trouble = trouble_of(answer, self._client.version)
        if trouble is not None:
            raise trouble
        return self._done(parse_made(answer), upload)

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Look for the post among the owner's newest ones, by its video.

        An app of a private person may post but not read: then nobody can tell.
        """
        upload, words = read_upload(session), self._check(wanted)
        author = await self._author()
        for last in (False, True):
            try:
                seen = parse_posts(await self._client.posts(author), self._host)
            except (AuthRequired, Refused, InvalidInput, NotFound) as error:
                if error.key == "errors.post_sign_in":
                    raise
                return Found(Trace.UNKNOWN)
            mine = next((one for one in seen if _is_ours(one, upload, words)), None)
            if mine is not None:
                return Found(Trace.THERE, self._done(mine.id, upload))
            if not last:
                await asyncio.sleep(self._waits["settle"])
        return Found(Trace.ABSENT)

    async def change(self, remote: str, wanted: PostWanted) -> None:
        """Give a post other words; its thumbnail stays as it is."""
        words = post_text(wanted, NAME, self._limits["text"])
        if not POST.fullmatch(remote):
            raise NotFound("errors.post_unknown_there", name=NAME)
        await self._client.change(remote, marked(words))

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return those of posts of a page; LinkedIn tells apps of private persons none."""
        found: list[Figures] = []
        for remote in remotes[:50] if self._page else ():
            if POST.fullmatch(remote):
                try:
                    found.append(parse_figures(remote, await self._client.figures(remote)))
                except (NotFound, InvalidInput):
                    continue  # the post is gone
        return found

    async def _begin(self, wanted: PostWanted, video: PostFile, before: Upload) -> PostStep:
        if before.begun >= MOST_BEGUN:
            raise Refused("errors.post_upload_lost", name=NAME)
        now = time.time()
        document = await self._client.open(
            await self._author(),
            video.size,
            thumbnail=wanted.thumbnail is not None,
            captions=wanted.captions is not None,
        )
        name, places, ends = parse_opened(document, self._host, video.size)
        life = _A_DAY if ends is None else max(0.0, ends - now)
        await self._cache.put(_places_of(name), places.to_bytes(), life)
        begun = Upload(
            name, video.size, opened=before.opened or now, begun=before.begun + 1, left=before.left
        )
        return self._step(Stage.SENDING, begun, video)

    async def _go_on(
        self, wanted: PostWanted, video: PostFile, upload: Upload, places: Places
    ) -> PostStep:
        if upload.duty is Duty.PARTS and upload.sent < len(places.parts):
            return await self._part(video, upload, places)
        if upload.duty is Duty.PARTS:
            after = replace(upload, duty=Duty.CAPTIONS)
            picture = wanted.thumbnail
            return await self._extra(video, after, picture, places.thumbnail, "STILLIMAGE")
        if upload.duty is Duty.CAPTIONS:
            after = replace(upload, duty=Duty.END)
            return await self._extra(video, after, wanted.captions, places.captions, "")
        if upload.duty is Duty.END:
            return await self._end(video, upload, places)
        return await self._look(video, upload)

    async def _part(self, video: PostFile, upload: Upload, places: Places) -> PostStep:
        """Send a part to its own address, and keep what it is called there."""
        part = places.parts[upload.sent]
        tags = read_tags(await self._cache.get(_tags_of(upload.video)))
        if len(tags) < upload.sent:
            raise NotFound("errors.post_upload_lost", name=NAME)  # forgotten here: begin anew
        piece = FilePart(video.path, part.first, part.last - part.first + 1)
        try:
            answer = await self._client.put(part.url, piece, BYTES)
        except AuthRequired as error:  # the address has run out
            raise NotFound("errors.post_upload_lost", name=NAME) from error
        tags = [*tags[: upload.sent], parse_tag(answer)]
        await self._cache.put(_tags_of(upload.video), json.dumps(tags).encode(), 2 * _A_DAY)
        return self._step(Stage.SENDING, replace(upload, sent=upload.sent + 1), video, places)

    async def _extra(
        self, video: PostFile, after: Upload, file: PostFile | None, url: str, family: str
    ) -> PostStep:
        """Send the thumbnail or the captions; what LinkedIn will not have is left out."""
        if file is not None and url:
            try:
                await self._client.put(url, FilePart(file.path, 0, file.size), BYTES, family)
            except (InvalidInput, Refused, AuthRequired):
                after = replace(after, left=True)
        return self._step(Stage.SENDING, after, video)

    async def _end(self, video: PostFile, upload: Upload, places: Places) -> PostStep:
        tags = read_tags(await self._cache.get(_tags_of(upload.video)))
        if len(tags) == len(places.parts):
            try:
                await self._client.finish(upload.video, places.token, tags)
            except (InvalidInput, NotFound):
                if not await self._ended(upload.video):
                    raise
        elif not await self._ended(upload.video):
            raise NotFound("errors.post_upload_lost", name=NAME)
        return self._step(Stage.SENDING, replace(upload, duty=Duty.LOOK), video)

    async def _ended(self, video: str) -> bool:
        """Whether LinkedIn was told before that all is there."""
        stands = await self._client.video(video)
        return text(stands.get("status"), 60) in ("PROCESSING", "AVAILABLE")

    async def _look(self, video: PostFile, upload: Upload) -> PostStep:
        try:
            status = text((await self._client.video(upload.video)).get("status"), 60)
        except AuthRequired as error:
            if error.key == "errors.post_sign_in":
                raise
            status = "AVAILABLE"  # who may not look may post all the same: LinkedIn goes on with it
        if status == "PROCESSING_FAILED":
            raise Refused("errors.post_failed_there", name=NAME)
        if status == "AVAILABLE":
            return self._step(Stage.READY, replace(upload, duty=Duty.READY), video)
        wait = max(0.2, min(60.0, self._waits["processing"] * 1.3 ** min(upload.looks, 20)))
        after = replace(upload, looks=upload.looks + 1)
        return replace(self._step(Stage.WORKING, after, video), wait=wait)

    async def _there_already(self, wanted: PostWanted, session: str) -> PostStep:
        """LinkedIn has this: it is this post when it was sent before, or else another one."""
        try:
            found = await self.find(wanted, session)
        except AuthRequired as error:
            raise Unavailable("errors.post_not_told", name=NAME) from error
        if found.step is None:
            raise Refused("errors.post_duplicate", name=NAME)
        return found.step

    def _step(
        self, stage: Stage, upload: Upload, video: PostFile, places: Places | None = None
    ) -> PostStep:
        share = 1.0
        if upload.duty is Duty.PARTS:
            done = places.parts[upload.sent - 1].last + 1 if places and upload.sent else 0
            share = done / video.size
        note = "notes.post_extras_left" if upload.left else ""
        return PostStep(stage, upload.to_text(), share, note=note)

    def _done(self, post: str, upload: Upload) -> PostStep:
        note = "notes.post_extras_left" if upload.left else ""
        url = f"{self._web}/feed/update/{post}/"
        return PostStep(Stage.DONE, upload.to_text(), 1.0, remote=post, url=url, note=note)

    async def _author(self) -> str:
        if self._page:
            return self._page
        kept = await self._cache.get(_ME)
        return kept.decode() if kept else (await self.account()).id

    def _check(self, wanted: PostWanted) -> str:
        """What LinkedIn would not take is told before anything is sent; returns the text."""
        if wanted.privacy is not Privacy.PUBLIC:
            raise InvalidInput("errors.post_public_only", name=NAME)
        if wanted.publish_at is not None and wanted.publish_at > time.time() + 60:
            raise InvalidInput("errors.post_no_planning", name=NAME)
        if wanted.draft:
            raise InvalidInput("errors.post_no_drafts", name=NAME)
        audience = wanted.choices.get("audience", "")
        if audience not in AUDIENCES:
            raise InvalidInput("errors.post_choice", name=NAME, choice=audience[:60])
        video = wanted.video
        if video is not None and video.ending.lower() != "mp4":
            raise InvalidInput("errors.post_bad_format", name=NAME)
        if video is not None and not 0 < video.size <= self._limits["largest"]:
            most = self._limits["largest"] // 1_000_000
            raise InvalidInput("errors.post_video_large", name=NAME, most=most)
        return post_text(wanted, NAME, self._limits["text"])


def _is_ours(seen: Seen, upload: Upload, words: str) -> bool:
    if upload.video:
        return seen.media == upload.video
    fresh = seen.created >= upload.opened - 60
    return fresh and unmarked(seen.commentary).split() == words.split()


def _places_of(video: str) -> str:
    return f"places:{video}"


def _tags_of(video: str) -> str:
    return f"tags:{video}"


async def setup(context: ProviderContext) -> LinkedIn:
    """Build the provider; nobody has to be signed in yet."""
    places = json.loads(FILE.read_text(encoding="utf-8"))
    settings = context.settings
    page = re.sub(r"^urn:li:organization:", "", str(settings["organization"]).strip())
    version = str(settings["version"]).strip() or places["version"]
    if page and not re.fullmatch(r"[0-9]{1,20}", page):
        raise InvalidInput("errors.linkedin_page")
    if not re.fullmatch(r"[0-9]{6}(?:\.[0-9]{2})?", version):
        raise InvalidInput("errors.linkedin_version", version=version[:20])
    secret = await context.secrets.get("client_secret") or ""
    sign_in = SignIn(
        ways(places, page=bool(page)),
        context.http,
        context.secrets,
        str(settings["client_id"]),
        secret,
    )
    return LinkedIn(sign_in, places, context.cache, version, page)
