"""Asks Instagram, and brings it the pieces of a video."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.api import AuthRequired, Fields, HttpAnswer, Unavailable, from_place
from app.api.pieces import FilePart
from app.api.signing_in import SignIn
from plugins.instagram.parsers import (
    NAME,
    Container,
    Medium,
    Person,
    Standing,
    document_of,
    parse_container,
    parse_limit,
    parse_media,
    parse_offset,
    parse_people,
    parse_standing,
    signed_out,
)
from plugins.instagram.sessions import Reel

PATIENCE = 30.0
"""Seconds a question may take; a piece, and publishing, may take what the manifest says."""
NEWEST = "25"
"""Own posts that are looked through for one."""
Send = Callable[..., Awaitable[HttpAnswer]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where Instagram is reached, and what it takes: `places.json`."""

    places: Mapping[str, str]
    version: str
    metrics: str
    limits: Mapping[str, int]


class Client:
    """One sign-in's way to Instagram. `send` signs a request as usual, uploads in a way apart."""

    def __init__(self, send: Send, sign_in: SignIn, places: Places) -> None:
        self._send = send
        self._sign_in = sign_in
        self._places = places

    async def people(self) -> list[Person]:
        """Return the professional accounts of the owner's pages."""
        fields = "name,instagram_business_account{id,username}"
        return parse_people(await self._get("me/accounts", fields=fields, limit="100"))

    async def open(self, person: str, body: Mapping[str, Any]) -> Container:
        """Make a container; nothing is seen of it before it is published."""
        answer = await self._ask("POST", f"{person}/media", json=body, patience=PATIENCE)
        made = parse_container(document_of(answer), answer.host)
        address = made.address or self._upload_of(made.id)
        told, known = urlsplit(address), urlsplit(self._places.places["upload"])
        if (told.scheme, told.netloc) != (known.scheme, known.netloc):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return Container(made.id, address)

    async def reach(self, reel: Reel) -> int | None:
        """Return how many bytes of an upload are there; None when nobody says."""
        offset = parse_offset(await self._upload("GET", reel))
        if offset is not None:
            return offset
        return (await self.standing(reel.container)).arrived

    async def piece(self, reel: Reel, part: FilePart) -> HttpAnswer:
        """Send a piece; any status but a refused sign-in is an answer."""
        headers = {
            "offset": str(part.start),
            "file_size": str(reel.size),
            "Content-Type": "application/octet-stream",
        }
        return await self._upload("POST", reel, headers, part)

    async def standing(self, container: str) -> Standing:
        """Return how a container stands."""
        answer = await self._ask(
            "GET", container, params={"fields": "status_code,status,video_status"},
            patience=PATIENCE,
        )  # fmt: skip
        return parse_standing(document_of(answer), answer.host)

    async def may_publish(self, person: str) -> bool:
        """Whether the account has posts left for today."""
        fields = "config,quota_usage"
        return parse_limit(await self._get(f"{person}/content_publishing_limit", fields=fields))

    async def publish(self, person: str, container: str) -> Fields:
        """Publish a container."""
        body = {"creation_id": container}
        return document_of(await self._ask("POST", f"{person}/media_publish", json=body))

    async def newest(self, person: str) -> list[Medium]:
        """Return the newest posts of an account."""
        fields = "id,caption,permalink,timestamp"
        return parse_media(await self._get(f"{person}/media", fields=fields, limit=NEWEST))

    async def medium(self, name: str) -> Fields:
        """Return the address of a post."""
        return await self._get(name, fields="permalink")

    async def insights(self, name: str) -> HttpAnswer:
        """Return how a post does; any status is an answer."""
        metrics = {"metric": self._places.metrics}
        return await self._ask("GET", f"{name}/insights", params=metrics, patience=PATIENCE)

    async def _get(self, path: str, **params: str) -> Fields:
        return document_of(await self._ask("GET", path, params=params, patience=PATIENCE))

    async def _ask(self, method: str, path: str, **sent: Any) -> HttpAnswer:  # noqa: ANN401 - as `Http.request`
        """Ask; an access that is refused in Meta's own way (a 400) is renewed once."""
        address = f"{self._places.places['graph']}/{self._places.version}/{path}"
        answer = await self._send(method, address, **sent)
        if signed_out(answer):
            await self._sign_in.token(fresh=True)
            answer = await self._send(method, address, **sent)
        return answer

    async def _upload(
        self,
        method: str,
        reel: Reel,
        headers: Mapping[str, str] | None = None,
        part: FilePart | None = None,
    ) -> HttpAnswer:
        token = await self._sign_in.token()
        for last in (False, True):
            signed = {**(headers or {}), "Authorization": f"OAuth {token}"}
            answer = await self._sign_in.http.request(
                method, reel.address, headers=signed, content=part
            )
            if answer.status != 401 and not signed_out(answer):
                return from_place(answer, reel.address)
            if not last:
                token = await self._sign_in.token(refused=token)
        raise AuthRequired("errors.post_sign_in", name=NAME)

    def _upload_of(self, container: str) -> str:
        return f"{self._places.places['upload']}/{self._places.version}/{container}"
