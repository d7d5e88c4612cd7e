"""Asks YouTube: one method for each of its questions."""

from __future__ import annotations

import email.utils
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from app.api import Fields, HttpAnswer, Unavailable, from_place
from app.api.pieces import FilePart
from app.api.publishing import PostFile
from plugins.youtube.parsers import Progress, progress_of, spent, trouble_of
from plugins.youtube.quota import Quota, Spend
from plugins.youtube.sessions import LONGEST_ADDRESS

Send = Callable[..., Awaitable[HttpAnswer]]
FIRST_DAY = "2005-02-14"
"""Nothing on YouTube is older."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where YouTube is, and its limits."""

    places: Mapping[str, str]
    limits: Mapping[str, int]
    categories: Mapping[str, str]


class Client:
    """YouTube's API, for one account. `send` sends with the owner's access.

    Everything raises `PutOff` when today's quota does not allow it to be asked; `way` is what it
    is asked for.
    """

    def __init__(
        self,
        send: Send,
        places: Places,
        clock: Callable[[], float],
        quota: Quota,
        way: Spend = Spend(),  # noqa: B008 - it is frozen
    ) -> None:
        self._send = send
        self._places = places
        self._clock = clock
        self._quota = quota
        self._way = way

    def asking(self, way: Spend) -> Client:
        """Return one whose questions are asked for something."""
        return Client(self._send, self._places, self._clock, self._quota, way)

    async def open(
        self, resource: Mapping[str, Any], size: int, media: str, *, notify: bool
    ) -> tuple[str, float]:
        """Open an upload: its address, and what time it is there."""
        query = {
            "uploadType": "resumable",
            "part": ",".join(resource),
            "notifySubscribers": "true" if notify else "false",
        }
        answer = self._checked(
            await self._ask(
                "videos.insert",
                "POST",
                self._url("upload", "videos", query),
                headers={
                    "X-Upload-Content-Type": media,
                    "X-Upload-Content-Length": str(size),
                },
                json=resource,
            )
        )
        place = self._places.places["upload"]
        address = urljoin(answer.url, answer.headers.get("location", ""))
        if not answer.headers.get("location") or len(address) > LONGEST_ADDRESS:
            raise Unavailable("errors.bad_answer", host=answer.host)
        from_place(HttpAnswer(200, address, {}, b""), place)
        return address, _time(answer.headers.get("date", ""), self._clock())

    async def piece(self, address: str, part: FilePart, size: int, media: str) -> Progress:
        """Send a piece of an upload of `size` bytes."""
        told = f"bytes {part.start}-{part.start + part.count - 1}/{size}"
        headers = {"Content-Range": told, "Content-Type": media}
        return self._progress(await self._put(address, headers=headers, content=part), size)

    async def reach(self, address: str, size: int) -> Progress:
        """Ask how far an upload of `size` bytes is."""
        headers = {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
        return self._progress(await self._put(address, headers=headers, content=b""), size)

    async def thumbnail(self, video: str, file: PostFile, kind: str) -> None:
        """Give a video a picture."""
        url = self._url("upload", "thumbnails/set", {"videoId": video, "uploadType": "media"})
        part = FilePart(file.path, 0, file.size)
        headers = {"Content-Type": kind}
        self._checked(await self._ask("thumbnails.set", "POST", url, headers=headers, content=part))

    async def captions(self, video: str, file: PostFile, language: str) -> HttpAnswer:
        """Give a video captions; any answer is returned."""
        url = self._url("upload", "captions", {"part": "snippet", "uploadType": "multipart"})
        snippet = {"videoId": video, "language": language, "name": "", "isDraft": False}
        body, kind = _related({"snippet": snippet}, file)
        headers = {"Content-Type": kind}
        return await self._ask("captions.insert", "POST", url, headers=headers, content=body)

    async def videos(self, names: Sequence[str], part: str) -> Fields:
        """Return what is known of videos."""
        query = {"part": part, "id": ",".join(names)}
        return await self._get("api", "videos", query, "videos.list")

    async def update(self, resource: Mapping[str, Any]) -> None:
        """Give a video other words."""
        url = self._url("api", "videos", {"part": "snippet"})
        self._checked(await self._ask("videos.update", "PUT", url, json=resource))

    async def channel(self, part: str) -> Fields:
        """Return the owner's channel."""
        query = {"part": part, "mine": "true"}
        return await self._get("api", "channels", query, "channels.list")

    async def listed(self, playlist: str) -> Fields:
        """Return the newest 50 of a playlist."""
        query = {"part": "contentDetails", "playlistId": playlist, "maxResults": "50"}
        return await self._get("api", "playlistItems", query, "playlistItems.list")

    async def watched(self, names: Sequence[str], today: str) -> Fields:
        """Return a report on videos, from their beginning."""
        query = {
            "ids": "channel==MINE",
            "startDate": FIRST_DAY,
            "endDate": today,
            "metrics": "views,estimatedMinutesWatched,shares",
            "dimensions": "video",
            "filters": "video==" + ",".join(names),
            "sort": "-views",
            "maxResults": "200",
        }
        return await self._get("analytics", "reports", query)

    def trouble(self, answer: HttpAnswer) -> Exception | None:
        """What an answer means that is no success."""
        pause = float(self._places.limits["upload_limit_seconds"])
        return trouble_of(answer, self._clock(), pause)

    async def _ask(self, method: str, verb: str, url: str, **more: object) -> HttpAnswer:
        """Ask what costs something: it is counted before it goes out, whatever comes of it."""
        await self._quota.spend(method, self._way)
        answer = await self._send(verb, url, **more)
        if spent(answer):
            await self._quota.full(method)
        return answer

    async def _put(self, address: str, **more: object) -> HttpAnswer:
        """Go on with an upload: it was counted when it was opened."""
        answer = await self._send("PUT", address, **more)
        if spent(answer):
            await self._quota.full("videos.insert")
        return answer

    async def _get(
        self, place: str, path: str, query: Mapping[str, str], method: str = ""
    ) -> Fields:
        """Ask; what has no `method` of YouTube's own (reports) has a quota apart."""
        url = self._url(place, path, query)
        answer = self._checked(
            await (self._ask(method, "GET", url) if method else self._send("GET", url))
        )
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    def _checked(self, answer: HttpAnswer) -> HttpAnswer:
        trouble = self.trouble(answer)
        if trouble is not None:
            raise trouble
        return answer

    def _progress(self, answer: HttpAnswer, size: int) -> Progress:
        found = progress_of(answer, size)
        if found is not None:
            return found
        if answer.status in (400, 409, 416):  # another piece is waited for: it is asked which
            raise Unavailable("errors.server_failed", host=answer.host, status=answer.status)
        self._checked(answer)
        raise Unavailable("errors.bad_answer", host=answer.host)

    def _url(self, place: str, path: str, query: Mapping[str, str]) -> str:
        return f"{self._places.places[place]}/{path}?{urlencode(query)}"


def _related(resource: Mapping[str, Any], file: PostFile) -> tuple[FilePart, str]:
    """The body of a question with a file, as Google wants it: not a form, two parts."""
    boundary = uuid.uuid4().hex
    before = (
        f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
        f"{json.dumps(resource)}\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    after = f"\r\n--{boundary}--\r\n"
    part = FilePart(file.path, 0, file.size, before.encode(), after.encode())
    return part, f"multipart/related; boundary={boundary}"


def _time(told: str, ours: float) -> float:
    """The time of a server's answer; ours when it does not tell."""
    try:
        return email.utils.parsedate_to_datetime(told).timestamp()
    except ValueError:
        return ours
