"""Asks X: one method for each thing it can be asked."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from app.api import Fields, HttpAnswer, Unavailable
from app.api.file_forms import file_form
from app.api.pieces import FilePart
from app.api.publishing import Doorway
from app.api.signing_in import ClientProof, OAuthWays
from plugins.x_com.parsers import NAME, trouble_of

SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
_HALF_A_YEAR = 183 * 86_400.0


def ways(places: Mapping[str, Any]) -> OAuthWays:
    """Return how X signs people in: an app without a secret, whose refresh is good once."""
    addresses = places["places"]
    return OAuthWays(
        name=NAME,
        authorize=addresses["authorize"],
        token=addresses["token"],
        revoke=addresses["revoke"],
        scopes=SCOPES,
        needed=("tweet.read", "tweet.write", "users.read", "media.write"),
        proof=ClientProof.PUBLIC,
        doorway=Doorway(**places["doorway"]),
        lifetime=_HALF_A_YEAR,
    )


class Client:
    """X for one account. Everything raises what an answer that is no success means."""

    def __init__(self, send: Callable[..., Awaitable[HttpAnswer]], api: str) -> None:
        self._send = send
        self._api = api

    async def me(self) -> Fields:
        """Ask who is signed in."""
        return await self._document("GET", "/users/me")

    async def initialize(self, size: int, kind: str) -> Fields:
        """Open an upload of so many bytes."""
        wanted = {"media_type": kind, "total_bytes": size, "media_category": "tweet_video"}
        return await self._document("POST", "/media/upload/initialize", json=wanted)

    async def append(self, media: str, index: int, part: FilePart) -> None:
        """Send a piece; the same one may be sent again."""
        body, kind = file_form({"segment_index": str(index)}, "media", part, filename="piece")
        await self._ask(
            "POST", f"/media/upload/{media}/append", content=body, headers={"Content-Type": kind}
        )

    async def finalize(self, media: str) -> Fields:
        """Say that all pieces are there."""
        return await self._document("POST", f"/media/upload/{media}/finalize")

    async def status(self, media: str) -> Fields:
        """Ask how the work on a video stands."""
        asked = {"command": "STATUS", "media_id": media}
        return await self._document("GET", "/media/upload", params=asked)

    async def post(self, body: Mapping[str, Any]) -> HttpAnswer:
        """Post; any answer comes back, for one that is no success may mean that it is there."""
        return await self._send("POST", self._api + "/tweets", json=body)

    async def posts(self, user: str) -> Fields:
        """Ask for the newest own posts."""
        asked = {
            "max_results": "20",
            "expansions": "attachments.media_keys",
            "tweet.fields": "created_at,attachments,entities",
        }
        return await self._document("GET", f"/users/{user}/tweets", params=asked)

    async def figures(self, posts: Sequence[str]) -> Fields:
        """Ask for the figures of posts."""
        asked = {"ids": ",".join(posts), "tweet.fields": "public_metrics"}
        return await self._document("GET", "/tweets", params=asked)

    async def _document(self, method: str, path: str, **sent: Any) -> Fields:  # noqa: ANN401 - what `Http.request` takes
        answer = await self._ask(method, path, **sent)
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def _ask(self, method: str, path: str, **sent: Any) -> HttpAnswer:  # noqa: ANN401 - as above
        answer = await self._send(method, self._api + path, **sent)
        trouble = trouble_of(answer, time.time())
        if trouble is not None:
            raise trouble
        return answer
