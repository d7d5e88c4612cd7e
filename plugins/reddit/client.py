"""Asks Reddit: one method for each thing it can be asked."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from app.api import Fields, Http, HttpAnswer, Unavailable
from app.api.file_forms import file_form
from app.api.pieces import FilePart
from app.api.publishing import Doorway, PostFile
from app.api.signing_in import Challenge, ClientProof, OAuthWays
from plugins.reddit.parsers import NAME, Lease, pause_of, trouble_of

SCOPES = ("identity", "submit", "read", "history", "flair")
_LONG = 1_800.0
"""Seconds for a whole file: the store takes it in one piece only."""


def ways(places: Mapping[str, Any]) -> OAuthWays:
    """Return how Reddit signs people in: an app without a secret, which says so in a header."""
    addresses = places["places"]
    return OAuthWays(
        name=NAME,
        authorize=addresses["authorize"],
        token=addresses["token"],
        revoke=addresses["revoke"],
        scopes=SCOPES,
        needed=("identity", "submit", "history"),
        challenge=Challenge.NONE,
        proof=ClientProof.BASIC,
        extra={"duration": "permanent"},
        doorway=Doorway(**places["doorway"]),
    )


class Named:
    """A web client (`Http`) that says who asks, as Reddit wants it, and keeps to its limits."""

    def __init__(self, http: Http, agent: str, api: str) -> None:
        self._http = http
        self._agent = agent
        self._api = api
        self._not_before = 0.0  # of the monotonic clock

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | FilePart | None = None,
        lane: str = "",
        patience: float | None = None,
    ) -> HttpAnswer:
        """Ask; `Unavailable` when Reddit said that it takes nothing before some moment."""
        limited = url.startswith(self._api)
        pause = self._not_before - time.monotonic()
        if limited and pause > 0:
            raise Unavailable("errors.post_busy_there", name=NAME, retry_after=pause)
        answer = await self._http.request(
            method, url, params=params, headers={**(headers or {}), "User-Agent": self._agent},
            json=json, content=content, lane=lane, patience=patience,
        )  # fmt: skip
        told = pause_of(answer.headers) if limited else None
        if told is not None:
            self._not_before = time.monotonic() + told
        return answer

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        lane: str = "",
        patience: float | None = None,
    ) -> HttpAnswer:
        """Ask with GET."""
        return await self.request(
            "GET", url, params=params, headers=headers, lane=lane, patience=patience
        )


class Client:
    """Reddit for one account. Everything raises what an answer that is no success means."""

    def __init__(self, send: Callable[..., Awaitable[HttpAnswer]], http: Http, api: str) -> None:
        self._send = send
        self._http = http
        self._api = api

    async def me(self) -> Fields:
        """Ask who is signed in."""
        return await self._document("GET", "/api/v1/me")

    async def about(self, subreddit: str) -> Fields:
        """Ask what a community is."""
        return await self._document("GET", f"/r/{subreddit}/about")

    async def requirements(self, subreddit: str) -> Fields:
        """Ask what a community wants of posts."""
        return await self._document("GET", f"/api/v1/{subreddit}/post_requirements")

    async def flairs(self, subreddit: str) -> object:
        """Ask for the flairs of a community."""
        return (await self._ask("GET", f"/r/{subreddit}/api/link_flair_v2")).json()

    async def lease(self, name: str, kind: str) -> Fields:
        """Ask for leave to store a file."""
        form = {"filepath": name, "mimetype": kind}
        return await self._document("POST", "/api/media/asset.json", form)

    async def store(self, lease: Lease, file: PostFile, name: str, kind: str) -> HttpAnswer:
        """Put a file into Reddit's store, which takes it only whole; any status is an answer.

        The leave is all the proof it needs: no access goes along.
        """
        part = FilePart(file.path, 0, file.size)
        body, told = file_form(lease.fields, "file", part, filename=name, kind=kind)
        headers = {"Content-Type": told}
        return await self._http.request(
            "POST", lease.url, content=body, headers=headers, patience=_LONG
        )

    async def submit(self, form: Mapping[str, str]) -> Fields:
        """Post."""
        return await self._document("POST", "/api/submit", {"api_type": "json", **form})

    async def posts(self, who: str) -> Fields:
        """Ask for the newest own posts."""
        asked = {"sort": "new", "limit": "100", "raw_json": "1"}
        return await self._document("GET", f"/user/{who}/submitted", params=asked)

    async def figures(self, posts: Sequence[str]) -> Fields:
        """Ask for what is known of posts."""
        asked = {"id": ",".join(posts), "raw_json": "1"}
        return await self._document("GET", "/api/info", params=asked)

    async def _document(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Fields:
        answer = await self._ask(method, path, form, params)
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def _ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        sent: dict[str, Any] = {"params": params}
        if form is not None:
            sent["content"] = urlencode(form, errors="replace").encode()
            sent["headers"] = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await self._send(method, self._api + path, **sent)
        trouble = trouble_of(answer)
        if trouble is not None:
            raise trouble
        return answer
