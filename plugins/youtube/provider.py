"""Publishes videos on YouTube, changes their words and pictures, and tells how they do."""

from __future__ import annotations

import datetime
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
    SignInStanding,
    Stage,
    Trace,
)
from app.api.signing_in import OAuthWays, SignedIn, SignIn
from plugins.youtube.client import Client, Places
from plugins.youtube.parsers import (
    NAME,
    Progress,
    Video,
    parse_account,
    parse_figures,
    parse_listed,
    parse_uploads_list,
    parse_videos,
    parse_watched,
    reason_of,
    rejected,
    the_one,
)
from plugins.youtube.quota import UNITS, UPLOADS, Quota, Spend, read_costs
from plugins.youtube.sessions import LONGEST_ADDRESS, Upload, read_upload
from plugins.youtube.wishes import (
    changed,
    media_type,
    picture_type,
    privacy_of,
    resource,
    video_of,
)

FILE = Path(__file__).with_name("places.json")
MOST_ROUNDS = 4
"""Requests of one commit: a look, the last piece, and what of it did not arrive."""
SLACK = 120.0
"""Seconds by which the clocks of YouTube's own servers may differ."""
SURE_SECONDS = 120.0
"""Seconds an upload is believed to stand as it stood."""
MOST_FIGURES = 50
_PROCESSED = "processed"


class YouTube(SignedIn):
    """Implements `Publishes`, `ChangesPosts`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self,
        sign_in: SignIn,
        places: Places,
        category: str,
        quota: Quota,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.sign_in = sign_in
        self.clock = clock
        self._quota = quota
        quota.clock = lambda: self.clock()
        self._places = places
        self._category = category
        self._client = Client(self.send, places, lambda: self.clock(), quota)
        self._sure: dict[str, tuple[int, float]] = {}  # what YouTube just said has arrived, when

    async def account(self) -> Account:
        """Return whose channel it is."""
        document = await self._client.asking(Spend(must=True)).channel("snippet")
        return parse_account(document, self._places.places["channel"])

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Open an upload, send a piece of it, or go on with what belongs to the video.

        Until it is out it goes on only while today's quota has all that it still needs.
        """
        upload = read_upload(session)
        if upload is not None and upload.video:
            return await self._after(wanted, upload)
        video = video_of(wanted)
        opens = upload is None or upload.size != video.size
        await self._quota.set_aside(wanted.key, self._needed(wanted, opens=opens))
        if upload is None or opens:
            return await self._open(wanted, video)
        if not self._is_sure(upload):
            return self._told(upload, await self._client.reach(upload.address, upload.size))
        step = upload.step(self._places.limits["piece"])
        if step.stage is Stage.READY:
            return step
        return self._told(upload, await self._send_piece(upload, video))

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Send the last piece: with its last byte the video is there."""
        upload = read_upload(session)
        if upload is None:
            raise InvalidInput("errors.post_upload_lost", name=NAME)
        if upload.video:
            return self._working(upload)
        video, tried = video_of(wanted), False
        for _ in range(MOST_ROUNDS):
            if self._is_sure(upload):
                tried = True
                progress = await self._send_piece(upload, video)
            else:
                progress = await self._client.reach(upload.address, upload.size)
            if progress.video:
                return self._working(upload.made(progress.video, self.clock()))
            if progress.gone:
                kind = Unavailable if tried else InvalidInput
                raise kind("errors.post_upload_lost", name=NAME)
            upload = self._reached(upload, progress)
        raise Unavailable("errors.post_unknown_there", name=NAME)

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Ask the upload what became of it; when it is forgotten, look among the own videos."""
        upload = read_upload(session)
        if upload is None:
            return Found(Trace.UNKNOWN)
        if upload.video:
            return Found(Trace.THERE, self._working(upload))
        self._sure.pop(upload.address, None)
        progress = await self._client.reach(upload.address, upload.size)
        if progress.video:
            return self._there(upload, progress.video)
        if not progress.gone:
            return Found(Trace.ABSENT, self._reached(upload, progress).step(self._piece))
        found = await self._among_own(wanted, upload)
        return Found(Trace.UNKNOWN) if found is None else self._there(upload, found.id)

    async def change(self, remote: str, wanted: PostWanted) -> None:
        """Give a video these words, and its thumbnail; what is not told stays as it is."""
        also = () if wanted.thumbnail is None else ("thumbnails.set",)
        costs = self._quota.costs.needed("videos.list", "videos.update", *also, looks=False)
        await self._quota.afford(costs)
        found = parse_videos(await self._client.videos([remote], "snippet"))
        if not found:
            raise NotFound("errors.youtube_gone")
        told = changed(wanted, found[0])
        if told is not None:
            await self._client.update(told)
        if wanted.thumbnail is not None:
            kind = picture_type(wanted.thumbnail)
            if not kind or wanted.thumbnail.size > self._places.limits["thumbnail"]:
                raise InvalidInput("errors.youtube_thumbnail")
            await self._client.thumbnail(remote, wanted.thumbnail, kind)

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return the public counters, and what was watched where that may be asked."""
        names = list(remotes[:MOST_FIGURES])
        if not names:
            return []
        client = self._client.asking(Spend(spares=True))
        found = parse_figures(await client.videos(names, "statistics"))
        if not found:
            return []
        day = datetime.datetime.fromtimestamp(self.clock(), datetime.UTC).date()
        try:
            report = await self._client.watched(list(found), day.isoformat())
        except AuthRequired as error:
            if error.key == "errors.post_sign_in":
                raise
            return list(found.values())  # that box was left unticked: the counters are enough
        except AppError:
            return list(found.values())
        told = parse_watched(report)
        return [
            replace(one, watched=told[name][0], shares=told[name][1]) if name in told else one
            for name, one in found.items()
        ]

    async def standing(self) -> SignInStanding:
        """Say how it stands, and what is left of today's quota."""
        told = await super().standing()
        if not told.signed_in:
            return told
        left = await self._quota.left()
        args = {"units": left[UNITS], "uploads": left[UPLOADS]}
        return replace(told, note="notes.youtube_left", note_args=args)

    def unauthorized(self, answer: HttpAnswer) -> AppError:
        """Return what a second 401 means: YouTube says with it too that there is no channel."""
        if reason_of(answer) == "youtubeSignupRequired":
            return Refused("errors.youtube_no_channel")
        return super().unauthorized(answer)

    @property
    def _piece(self) -> int:
        return self._places.limits["piece"]

    async def _open(self, wanted: PostWanted, video: PostFile) -> PostStep:
        now = self.clock()
        told = resource(wanted, self._places.categories, self._category, now)
        client = self._client.asking(Spend(wanted.key))
        try:
            address, there = await client.open(
                told, video.size, media_type(video), notify=wanted.notify
            )
        except AppError as error:
            if not isinstance(error, Unavailable):  # it goes no further as it is
                await self._quota.release(wanted.key)
            raise
        self._sure[address] = (0, now)
        return Upload(address[:LONGEST_ADDRESS], video.size, there).step(self._piece)

    async def _send_piece(self, upload: Upload, video: PostFile) -> Progress:
        """Send the next piece; until YouTube has answered nobody is sure what arrived."""
        self._sure.pop(upload.address, None)
        count = min(self._piece, upload.size - upload.sent)
        part = FilePart(video.path, upload.sent, count)
        return await self._client.piece(upload.address, part, upload.size, media_type(video))

    def _told(self, upload: Upload, progress: Progress) -> PostStep:
        """How it stands after an answer; an upload that is forgotten begins anew."""
        if progress.gone:
            return PostStep(Stage.SENDING, "", fraction=0.0)
        if progress.video:  # a commit nobody knew the end of
            return self._working(upload.made(progress.video, self.clock()))
        return self._reached(upload, progress).step(self._piece)

    def _reached(self, upload: Upload, progress: Progress) -> Upload:
        self._sure[upload.address] = (progress.sent, self.clock())
        return replace(upload, sent=progress.sent)

    def _is_sure(self, upload: Upload) -> bool:
        """Whether it is known what has arrived: of one that was left alone nobody knows."""
        sent, when = self._sure.get(upload.address, (-1, 0.0))
        return sent == upload.sent and abs(self.clock() - when) < SURE_SECONDS

    def _there(self, upload: Upload, video: str) -> Found:
        return Found(Trace.THERE, self._working(upload.made(video, self.clock())))

    def _working(self, upload: Upload, wait: float = 0.0) -> PostStep:
        self._sure.pop(upload.address, None)
        return upload.working(self._url(upload.video), wait)

    def _url(self, video: str) -> str:
        return f"{self._places.places['watch']}?v={video}"

    async def _after(self, wanted: PostWanted, upload: Upload) -> PostStep:
        """Do the next of what belongs to a video that is there."""
        if wanted.thumbnail is not None and "thumbnail" not in upload.done:
            note = await self._thumbnail(wanted.key, upload.video, wanted.thumbnail)
            return self._working(upload.with_added("thumbnail", note))
        if wanted.captions is not None and "captions" not in upload.done:
            note = await self._captions(wanted, upload.video, wanted.captions)
            return self._working(upload.with_added("captions", note))
        return await self._look(wanted, upload)

    def _needed(self, wanted: PostWanted, *, opens: bool) -> dict[str, int]:
        """What a post that is not out yet still costs."""
        asked = ["videos.insert"] if opens else []
        if wanted.thumbnail is not None and self._takes_picture(wanted.thumbnail):
            asked.append("thumbnails.set")
        if wanted.captions is not None and self._takes_captions(wanted.captions):
            asked.append("captions.insert")
        return self._quota.costs.needed(*asked)

    def _takes_picture(self, file: PostFile) -> bool:
        return bool(picture_type(file)) and file.size <= self._places.limits["thumbnail"]

    def _takes_captions(self, file: PostFile) -> bool:
        return file.size <= self._places.limits["captions"]

    async def _thumbnail(self, post: str, video: str, file: PostFile) -> str:
        """Give it its picture; a note when YouTube will not have it, the video is out anyway."""
        if not self._takes_picture(file):
            return "notes.youtube_thumbnail"
        try:
            client = self._client.asking(Spend(post))
            await client.thumbnail(video, file, picture_type(file))
        except (Unavailable, AuthRequired):
            raise
        except AppError:
            return "notes.youtube_thumbnail"
        return ""

    async def _captions(self, wanted: PostWanted, video: str, file: PostFile) -> str:
        if not self._takes_captions(file):
            return "notes.youtube_captions"
        client = self._client.asking(Spend(wanted.key))
        answer = await client.captions(video, file, wanted.language)
        trouble = self._client.trouble(answer)
        if trouble is None or reason_of(answer) == "captionExists":  # sent, and the answer lost
            return ""
        if isinstance(trouble, Unavailable | AuthRequired):
            raise trouble
        return "notes.youtube_captions"

    async def _look(self, wanted: PostWanted, upload: Upload) -> PostStep:
        """See how YouTube works on it."""
        client = self._client.asking(Spend(wanted.key))
        found = parse_videos(await client.videos([upload.video], "status,processingDetails"))
        long = self.clock() - upload.out > self._places.limits["processing_seconds"]
        refused = rejected(found[0]) if found else NotFound("errors.youtube_gone")
        done = bool(found) and found[0].uploaded == _PROCESSED
        if refused is not None or done or long:
            await self._quota.release(wanted.key)
        if refused is not None:
            raise refused
        if done or long:
            note = "" if done else "notes.post_takes_long"
            return self._finished(wanted, upload, found[0], note)
        wait = upload.pause()
        return self._working(replace(upload, looks=upload.looks + 1), wait)

    def _finished(
        self, wanted: PostWanted, upload: Upload, video: Video, note: str = ""
    ) -> PostStep:
        """The end; that YouTube keeps it to itself matters more than any other note."""
        asked = "private" if wanted.publish_at else privacy_of(wanted, self.clock())
        if video.privacy == "private" and asked != "private":
            return replace(upload, note="notes.youtube_private").finished(self._url(upload.video))
        return replace(upload, note=upload.note or note).finished(self._url(upload.video))

    async def _among_own(self, wanted: PostWanted, upload: Upload) -> Video | None:
        """The own video that can only have come of this upload."""
        client = self._client.asking(Spend(spares=True))
        playlist = parse_uploads_list(await client.channel("contentDetails"))
        if not playlist:
            return None
        names = parse_listed(await client.listed(playlist))
        if not names:
            return None
        videos = parse_videos(await client.videos(names, "snippet,fileDetails"))
        return the_one(videos, wanted.title, upload.begun - SLACK, upload.size)


async def setup(context: ProviderContext) -> YouTube:
    """Build the provider; nobody needs to be signed in for that."""
    known = json.loads(FILE.read_text())
    places = Places(known["places"], known["limits"], known["categories"])
    scopes = known["scopes"]
    ways = OAuthWays(
        name=NAME,
        authorize=places.places["authorize"],
        token=places.places["token"],
        scopes=tuple(scopes.values()),
        extra={"access_type": "offline", "prompt": "consent"},
        doorway=Doorway(),
        revoke=places.places["revoke"],
        needed=(scopes["upload"], scopes["manage"]),
    )
    secret = await context.secrets.get("client_secret") or ""
    client_id = str(context.settings["client_id"])
    sign_in = SignIn(ways, context.http, context.secrets, client_id, secret)
    limits = {
        UNITS: int(context.settings["daily_units"]), UPLOADS: int(context.settings["daily_uploads"])
    }  # fmt: skip
    quota = Quota(context.shared, client_id, limits, read_costs())
    return YouTube(sign_in, places, str(context.settings["category"]), quota)
