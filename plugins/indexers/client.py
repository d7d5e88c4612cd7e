"""Talks to an instance and returns what it said, raw; the key goes out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.api import AuthRequired, Http, HttpAnswer, Unavailable
from plugins.indexers.addresses import Place, Secret, real_address
from plugins.indexers.feeds import raise_trouble, read_xml
from plugins.indexers.model import Kind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Client:
    """One instance of one owner."""

    def __init__(self, http: Http, place: Place, secret: Secret) -> None:
        self.place = place
        self.secret = secret
        self._http = http

    def feed(self, kind: Kind, source: str, number: int = 0) -> str:
        """Return the address of the feed of one indexer."""
        if kind is Kind.PROWLARR:
            return f"{self.place.base}/{source}/api"
        if kind is Kind.JACKETT:
            return f"{self.place.base}/api/v2.0/indexers/{source}/results/torznab/api"
        return self.place.feeds[min(number, len(self.place.feeds) - 1)]

    async def prowlarr(self, path: str, lane: str = "") -> Any:  # noqa: ANN401 - JSON: parsers check
        """Ask Prowlarr's own interface."""
        answer = await self._http.get(
            f"{self.place.base}/api/v1/{path}",
            headers={"X-Api-Key": self.secret.key, "Accept": "application/json"},
            lane=lane,
        )
        if answer.status == 401:
            raise AuthRequired("errors.indexer_key_refused", name=self.place.host)
        if 300 <= answer.status < 400:
            raise Unavailable("errors.bad_answer", host=answer.host)
        return answer.require().json()

    async def jackett(self, lane: str = "") -> Element:
        """Ask Jackett for its configured indexers."""
        params = {"t": "indexers", "configured": "true"}
        return await self.ask(self.feed(Kind.JACKETT, "all"), params, lane, self.place.host)

    async def ask(
        self,
        feed: str,
        params: Mapping[str, str],
        lane: str,
        name: str,
        patience: float | None = None,
    ) -> Element:
        """Ask a feed; errors it tells in a document are raised, whatever the status."""
        asked = {**dict(self.place.extra), **params}
        if self.secret.key:
            asked["apikey"] = self.secret.key
        answer = await self._http.get(feed, params=asked, lane=lane, patience=patience)
        raise_trouble(answer, None, name, self.secret.hide)
        _check(answer, name)
        root = read_xml(answer.content, answer.host)
        raise_trouble(answer, root, name, self.secret.hide)
        return root

    async def fetch(self, kept: str, lane: str) -> HttpAnswer:
        """Fetch what a reference leads to; a redirect to a magnet link is an answer."""
        answer = await self._http.get(real_address(kept, self.place, self.secret), lane=lane)
        raise_trouble(answer, None, self.place.host, self.secret.hide)
        if answer.status == 401:
            raise AuthRequired("errors.indexer_key_refused", name=answer.host)
        return answer.require()


def _check(answer: HttpAnswer, name: str) -> None:
    if answer.status == 401:
        raise AuthRequired("errors.indexer_key_refused", name=name)
    if answer.require().status >= 300:
        raise Unavailable("errors.bad_answer", host=answer.host)
