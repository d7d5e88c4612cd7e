"""Asks LinkedIn: one method for each thing it can be asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from app.api import Fields, Http, HttpAnswer, Unavailable
from app.api.pieces import FilePart
from app.api.publishing import Doorway
from app.api.signing_in import Challenge, ClientProof, OAuthWays
from plugins.linkedin.parsers import NAME, trouble_of

_A_YEAR = 365 * 86_400.0


def ways(places: Mapping[str, Any], *, page: bool) -> OAuthWays:
    """Return how LinkedIn signs people in: an app with a secret, and one address to come back to.

    PKCE is open only to apps LinkedIn allowed it to; the secret does its work.
    """
    addresses = places["places"]
    own = ("w_organization_social", "r_organization_social") if page else ("w_member_social",)
    return OAuthWays(
        name=NAME,
        authorize=addresses["authorize"],
        token=addresses["token"],
        revoke=addresses["revoke"],
        scopes=("openid", "profile", *own),
        needed=own[:1],
        challenge=Challenge.NONE,
        proof=ClientProof.BODY,
        doorway=Doorway(**places["doorway"]),
        lifetime=_A_YEAR,
    )


class Client:
    """LinkedIn for one account. Everything raises what an answer that is no success means."""

    def __init__(
        self, send: Callable[..., Awaitable[HttpAnswer]], http: Http, api: str, version: str
    ) -> None:
        self._send = send
        self._http = http
        self._api = api
        self.version = version

    async def me(self) -> Fields:
        """Ask who is signed in."""
        return await self._document("GET", "/v2/userinfo")

    async def open(self, owner: str, size: int, *, thumbnail: bool, captions: bool) -> Fields:
        """Open an upload of so many bytes."""
        wanted = {
            "owner": owner,
            "fileSizeBytes": size,
            "uploadCaptions": captions,
            "uploadThumbnail": thumbnail,
        }
        return await self._document(
            "POST", "/rest/videos?action=initializeUpload", {"initializeUploadRequest": wanted}
        )

    async def put(self, url: str, part: FilePart, kind: str, family: str = "") -> HttpAnswer:
        """Send a part to its own address, which is all the proof it needs: no access goes along."""
        headers = {"Content-Type": kind}
        if family:
            headers["media-type-family"] = family
        answer = await self._http.request("PUT", url, content=part, headers=headers)
        return self._good(answer)

    async def finish(self, video: str, token: str, tags: Sequence[str]) -> None:
        """Say that all parts are there."""
        told = {"video": video, "uploadToken": token, "uploadedPartIds": list(tags)}
        await self._ask(
            "POST", "/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": told}
        )

    async def video(self, video: str) -> Fields:
        """Ask how a video stands."""
        return await self._document("GET", f"/rest/videos/{quote(video, safe='')}")

    async def post(self, body: Mapping[str, Any]) -> HttpAnswer:
        """Post; any answer comes back, for one that is no success may mean that it is there."""
        return await self._send(
            "POST", f"{self._api}/rest/posts", json=body, headers=self._headers()
        )

    async def posts(self, author: str) -> Fields:
        """Ask for the newest own posts."""
        asked = f"author={quote(author, safe='')}&q=author&count=20&sortBy=LAST_MODIFIED"
        return await self._document("GET", f"/rest/posts?{asked}", method_of="FINDER")

    async def change(self, post: str, commentary: str) -> None:
        """Give a post other words."""
        path = f"/rest/posts/{quote(post, safe='')}"
        patch = {"patch": {"$set": {"commentary": commentary}}}
        await self._ask("POST", path, patch, method_of="PARTIAL_UPDATE")

    async def figures(self, post: str) -> Fields:
        """Ask for the figures of a post."""
        return await self._document("GET", f"/rest/socialActions/{quote(post, safe='')}")

    async def _document(
        self, method: str, path: str, body: object = None, method_of: str = ""
    ) -> Fields:
        answer = await self._ask(method, path, body, method_of)
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def _ask(
        self, method: str, path: str, body: object = None, method_of: str = ""
    ) -> HttpAnswer:
        headers = self._headers()
        if method_of:
            headers["X-RestLi-Method"] = method_of
        answer = await self._send(method, self._api + path, json=body, headers=headers)
        return self._good(answer)

    def _headers(self) -> dict[str, str]:
        return {"LinkedIn-Version": self.version, "X-Restli-Protocol-Version": "2.0.0"}

    def _good(self, answer: HttpAnswer) -> HttpAnswer:
        trouble = trouble_of(answer, self.version)
        if trouble is not None:
            raise trouble
        return answer
