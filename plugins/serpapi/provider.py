"""Finds what people search for around a topic, and remembers it for a day: a search is paid."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from app.api import (
    AppError,
    AuthRequired,
    Cache,
    Fields,
    InvalidInput,
    Keyword,
    ProviderContext,
    Unavailable,
    proper_key,
)
from plugins.serpapi.client import Client
from plugins.serpapi.parsers import (
    NAME,
    merged,
    packed,
    parse_suggestions,
    parse_trends,
    unpacked,
)
from plugins.serpapi.query import suggestions_parameters, trends_parameters

ADDRESS = "https://serpapi.com"
DAY = 86_400.0
_CODE = re.compile(r"[a-z]{2,3}")


class SerpApi:
    """Implements `FindsKeywords`."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self._client = client
        self._cache = cache

    async def keywords(self, topic: str, language: str) -> Sequence[Keyword]:
        """Return words around a topic, with two searches, or none when it was asked today.

        What one search gives is enough when the other fails.
        """
        code = language.strip().lower().partition("-")[0]
        if not _CODE.fullmatch(code):
            raise InvalidInput("errors.bad_argument", name=language[:20])
        trends, suggestions = trends_parameters(topic, code), suggestions_parameters(topic, code)
        if not trends["q"]:
            return ()
        found: list[Keyword] = []
        failure: AppError | None = None
        for parameters, parse in ((trends, parse_trends), (suggestions, parse_suggestions)):
            try:
                found += await self._known(parameters, parse)
            except Unavailable as error:
                failure = error
        if not found and failure is not None:
            raise failure
        return merged(found)

    async def _known(
        self, parameters: Mapping[str, str], parse: Callable[[Fields], list[Keyword]]
    ) -> list[Keyword]:
        name = "\n".join(f"{key}={value}" for key, value in sorted(parameters.items()))
        remembered = await self._cache.get(name)
        known = None if remembered is None else unpacked(remembered)
        if known is None:
            known = parse(await self._client.search(parameters))
            await self._cache.put(name, packed(known), DAY)
        return known


async def begin(context: ProviderContext, address: str = ADDRESS) -> SerpApi:
    """Build the provider and prove its key; `AuthRequired` without one."""
    key = proper_key(await context.secrets.get("api_key"), NAME)
    if not key:
        raise AuthRequired("errors.model_key_missing", name=NAME)
    client = Client(context.http, address, key)
    await client.check()
    return SerpApi(client, context.cache)


async def setup(context: ProviderContext) -> SerpApi:
    """Build the provider; the key is proved first."""
    return await begin(context)
