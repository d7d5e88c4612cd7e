"""Publishes videos on TikTok, at once or into the owner's drafts there, and tells how they do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    NotFound,
    ProviderContext,
    Refused,
    Unavailable,
)
from app.api.pieces import FilePart
from app.api.publishing import (
    Account,
    Doorway,
    Figures,
    Found,
    PostFile,
    PostStep,
    PostWanted,
    Stage,
    Trace,
)
from app.api.signing_in import Challenge, OAuthWays, SignedIn, SignIn
from plugins.tiktok.client import Client, Places
from plugins.tiktok.parsers import (
    FAILED,
    IN_INBOX,
    NAME,
    OUT,
    Begun,
    Standing,
    failure_of,
    parse_account,
    parse_figures,
)
from plugins.tiktok.sessions import LONG_AFTER, Upload, again, cut, read_upload, tries_of
from plugins.tiktok.wishes import (
    ONLY_ME,
    PUBLIC,
    checked_video,
    level_of,
    media_type,
    post_info,
    source_info,
)

FILE = Path(__file__).with_name("places.json")
DRAFT_SCOPES = ("user.info.basic", "video.upload", "video.list")
SCOPES = (*DRAFT_SCOPES, "video.publish")
YEAR = 365 * 86_400.0
GONE = frozenset({403, 404, 410})
"""What an upload answers that is over."""
ASTRAY = frozenset({400, 409, 416})
"""What an upload answers to a piece that is not the one it waits for."""


class TikTok(SignedIn):
    """Implements `Publishes`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self,
        sign_in: SignIn,
        places: Places,
        *,
        drafts_only: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.sign_in = sign_in
        self.clock = clock
        self._places = places
        self._drafts_only = drafts_only
        self._client = Client(self.send, sign_in.http, places)

    async def account(self) -> Account:
        """Return who posts."""
        return parse_account(*await self._client.who())

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Open an upload, send a piece, or look how a post is worked on."""
        upload = read_upload(session)
        if upload is None:
            return await self._begin(wanted, tries_of(session))
        if upload.ended:
            return self._step(upload, await self._standing(upload))
        video = checked_video(wanted, self._places.limits, self.clock())
        if upload.sent >= upload.last or upload.size != video.size:
            return await self._look(upload, video)
        part = FilePart(video.path, upload.sent, upload.piece)
        answer = await self._client.piece(upload, part, media_type(video))
        if answer.status in (200, 201, 206):
            return replace(upload, sent=upload.sent + upload.piece).step()
        if answer.status in GONE:
            return self._anew(upload)
        if answer.status in ASTRAY:
            step = await self._look(upload, video)
            went_on = read_upload(step.session)
            same = went_on is not None and went_on.sent == upload.sent and not went_on.ended
            return self._anew(upload) if same else step
        raise _later(answer)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Send the last piece: TikTok publishes by itself once the whole video is there."""
        upload = read_upload(session)
        if upload is None:
            raise InvalidInput("errors.post_upload_lost", name=NAME)
        if upload.ended:
            return upload.working(self.clock())
        video = checked_video(wanted, self._places.limits, self.clock())
        part = FilePart(video.path, upload.last, upload.size - upload.last)
        answer = await self._client.piece(upload, part, media_type(video))
        if answer.status in (200, 201):
            return upload.committed(self.clock()).working(self.clock())
        if answer.status not in GONE | ASTRAY | {206}:
            raise _later(answer)
        try:
            standing = await self._standing(upload)
        except AuthRequired as error:  # it does not say that nothing has happened
            raise Unavailable("errors.post_unknown_there", name=NAME) from error
        if standing.whole(upload.size):
            return self._step(upload.committed(self.clock()), standing)
        raise _later(answer)  # `find` says then that it is not there, and `advance` mends it

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Ask for the upload: without its last piece there is no post."""
        upload = read_upload(session)
        if upload is None:
            return Found(Trace.UNKNOWN)
        try:
            standing = await self._client.standing(upload.publish)
        except NotFound:
            return Found(Trace.UNKNOWN)
        whole = standing.whole(upload.size)
        if whole is None:
            return Found(Trace.UNKNOWN)
        if not whole:
            return Found(Trace.ABSENT)
        return Found(Trace.THERE, self._step(upload.committed(self.clock()), standing))

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return how posts do; those whose video TikTok had not named yet are asked for it."""
        videos: dict[str, str] = {}
        for remote in remotes[:50]:
            video = remote if remote.isdecimal() else await self._video_of(remote)
            if video:
                videos[video] = remote
        found: list[Figures] = []
        names, most = list(videos), self._places.limits["figures_at_once"]
        for first in range(0, len(names), most):
            data = await self._client.videos(names[first : first + most])
            found.extend(parse_figures(data, videos))
        return found

    async def _begin(self, wanted: PostWanted, tries: int) -> PostStep:
        video = checked_video(wanted, self._places.limits, self.clock())
        piece, count = cut(video.size, self._places.limits)
        source = source_info(video.size, piece, count)
        upload = Upload("", "", video.size, piece, count, self.clock(), anew=tries)
        if wanted.draft or self._drafts_only:
            begun = await self._client.begin({"source_info": source}, draft=True)
            upload = replace(upload, draft=True)
        else:
            creator = await self._client.creator()
            level = level_of(wanted, creator)
            info = post_info(wanted, creator, level, self._places.limits["text"])
            begun, level = await self._open({"post_info": info, "source_info": source})
            note = "notes.post_only_me" if level != info["privacy_level"] else ""
            upload = replace(upload, level=level, name=creator.name, note=note)
        return replace(upload, publish=begun.publish, address=begun.address).step()

    async def _open(self, body: dict[str, dict[str, object]]) -> tuple[Begun, str]:
        """Open an upload for a post; what an app that was not looked at may not is told."""
        info = body["post_info"]
        level = str(info["privacy_level"])
        try:
            return await self._client.begin(body, draft=False), level
        except Refused as error:
            if error.key != "errors.post_app_unaudited" or level == ONLY_ME:
                raise
        only_me = {**body, "post_info": {**info, "privacy_level": ONLY_ME}}
        return await self._client.begin(only_me, draft=False), ONLY_ME

    async def _look(self, upload: Upload, video: PostFile) -> PostStep:
        """Ask how far an upload is, and go on from there, or begin anew when it cannot."""
        standing = await self._standing(upload)
        if standing.state == FAILED:
            raise failure_of(standing)
        if standing.whole(upload.size):
            return self._step(upload.committed(self.clock()), standing)
        arrived = upload.sent if standing.arrived is None else standing.arrived
        boundary = arrived % upload.piece == 0 and arrived <= upload.last
        over = self.clock() - upload.begun > self._places.limits["upload_seconds"]
        if over:  # it waited here for so long: that is nobody's fault
            return PostStep(Stage.SENDING, again(upload.anew), fraction=0.0)
        if not boundary or upload.size != video.size:
            return self._anew(upload)
        return replace(upload, sent=arrived).step()

    def _anew(self, upload: Upload) -> PostStep:
        """Begin once more: nothing of an upload without its end is ever seen."""
        return PostStep(Stage.SENDING, again(upload.anew + 1), fraction=0.0)

    async def _standing(self, upload: Upload) -> Standing:
        try:
            return await self._client.standing(upload.publish)
        except NotFound as error:  # it was there: whoever asks again may be told
            raise Unavailable("errors.post_unknown_there", name=NAME) from error

    def _step(self, upload: Upload, standing: Standing) -> PostStep:
        """Return how a post that is there stands."""
        if standing.state == FAILED:
            raise failure_of(standing)
        if standing.state == IN_INBOX:
            note = "notes.post_in_inbox"
            return PostStep(Stage.DONE, upload.text(), 1.0, remote=upload.publish, note=note)
        now = self.clock()
        if standing.state != OUT:
            return upload.working(now)
        # The name of a public video comes when TikTok has looked at it; one that is not public
        # has none.
        looked_at = upload.level != PUBLIC or now - upload.ended > LONG_AFTER
        if not standing.post and not looked_at:
            return upload.working(now)
        url = ""
        if standing.post and upload.name:
            url = f"{self._places.places['posts']}/@{upload.name}/video/{standing.post}"
        remote = standing.post or upload.publish
        return PostStep(Stage.DONE, upload.text(), 1.0, remote=remote, url=url, note=upload.note)

    async def _video_of(self, publish: str) -> str:
        try:
            return (await self._client.standing(publish)).post
        except NotFound:
            return ""


def _later(answer: HttpAnswer) -> AppError:
    """What an upload that takes no piece now means: it may take it later."""
    if answer.status == 429 or answer.retry_after is not None:
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=answer.retry_after)
    return Unavailable("errors.server_failed", host=answer.host, status=answer.status)


async def setup(context: ProviderContext) -> TikTok:
    """Build the provider; nobody needs to be signed in for that."""
    known = json.loads(FILE.read_text())
    places = Places(known["places"], known["version"], known["limits"])
    drafts_only = bool(context.settings["drafts_only"])
    scopes = DRAFT_SCOPES if drafts_only else SCOPES
    ways = OAuthWays(
        name=NAME,
        authorize=places.places["authorize"],
        token=places.places["token"],
        scopes=scopes,
        separator=",",
        client_field="client_key",
        challenge=Challenge.HEX,
        doorway=Doorway(path="/callback/"),
        revoke=places.places["revoke"],
        lifetime=YEAR,
        needed=("video.upload",) if drafts_only else ("video.publish",),
    )
    secret = await context.secrets.get("client_secret") or ""
    client_id = str(context.settings["client_id"])
    return TikTok(
        SignIn(ways, context.http, context.secrets, client_id, secret),
        places,
        drafts_only=drafts_only,
    )
