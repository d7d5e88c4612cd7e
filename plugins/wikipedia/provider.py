"""Finds facts on a topic in the Wikipedia of a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.api import AppError, Fact, Http, InvalidInput, ProviderContext, service_address
from app.api.prose import topic_words
from plugins.wikipedia.client import Client
from plugins.wikipedia.parsers import Found, parse_article, parse_found

MOST_FACTS = 3
LANGUAGE = "{language}"
_CODE = re.compile(r"[a-z]{2,3}")


class Wikipedia:
    """Implements `KnowsFacts`."""

    def __init__(self, http: Http, address: str) -> None:
        self._http = http
        self._address = address

    async def facts(self, topic: str, language: str) -> Sequence[Fact]:
        """Return articles on a topic, with two requests, or three when few words are found.

        The first is told from its beginning into its sections, the others as they begin.
        """
        code = language.strip().lower().partition("-")[0]
        if not _CODE.fullmatch(code):
            raise InvalidInput("errors.bad_argument", name=language[:20])
        words = topic_words(topic, code)
        if not words:
            return ()
        address = self._address.replace(LANGUAGE, code)
        client = Client(self._http, address)
        found = parse_found(await client.search(words), address, words)
        if not found and len(words) > 1:
            document = await client.search(words, any_of_them=True)
            found = parse_found(document, address, words)
        if not found:
            return ()
        best = await _whole(client, found[0])
        return (best, *(one.fact for one in found[1:MOST_FACTS]))


async def _whole(client: Client, found: Found) -> Fact:
    """The article with its sections; as it begins when no more is to be had now."""
    try:
        told = parse_article(await client.article(found.page))
    except AppError:
        return found.fact
    return replace(found.fact, text=told) if len(told) > len(found.fact.text) else found.fact


async def setup(context: ProviderContext) -> Wikipedia:
    """Build the provider."""
    address = str(context.settings["address"]).strip()
    service_address(address.replace(LANGUAGE, "en"))  # that it is one
    return Wikipedia(context.http, address.rstrip("/"))
