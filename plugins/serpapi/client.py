"""Asks SerpApi. The key goes out in the address, as the service wants it: no address is told."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import AuthRequired, Fields, Http, HttpAnswer, Unavailable, from_place
from plugins.serpapi.parsers import NAME, is_account, is_search, parse_left, trouble

SOON = 8.0
"""Seconds the question for the account may take."""


class Client:
    """One account."""

    def __init__(self, http: Http, address: str, key: str) -> None:
        self._http = http
        self._address = address
        self._key = key

    async def check(self) -> None:
        """Prove the key, which costs no search.

        `AuthRequired` when it is refused, or when the plan has no search left.
        """
        answer = await self._ask("/account.json", {}, patience=SOON)
        document = _document(answer)
        if not is_account(document):
            raise Unavailable("errors.bad_answer", host=answer.host)
        if parse_left(document) == 0:
            raise AuthRequired("errors.media_quota", name=NAME)

    async def search(self, parameters: Mapping[str, str]) -> Fields:
        """Return the document of a search; one that found nothing is a good answer."""
        answer = await self._ask("/search.json", parameters)
        document = _document(answer)
        if not is_search(document):
            raise Unavailable("errors.bad_answer", host=answer.host)
        return document

    async def _ask(
        self, path: str, parameters: Mapping[str, str], patience: float | None = None
    ) -> HttpAnswer:
        sent = {**parameters, "api_key": self._key}
        answer = await self._http.get(self._address + path, params=sent, patience=patience)
        return from_place(answer, self._address)


def _document(answer: HttpAnswer) -> Fields:
    failure = trouble(answer)
    if failure is not None:
        raise failure
    document = answer.json()
    if not isinstance(document, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return document
