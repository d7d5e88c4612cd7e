"""The table of what is answered, as aiohttp looks things up in it; it may grow while it serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NoReturn

from aiohttp import web
from yarl import URL

from app.infra.lan.routes import Route

PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "600",
}


class Table(web.AbstractResource):
    """All routes as one resource: aiohttp's own router takes no more once it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._inner = web.UrlDispatcher()
        self._routes: dict[web.AbstractRoute, Route] = {}

    def add(self, routes: Sequence[Route]) -> None:
        """Answer these too."""
        for route in routes:
            added = [self._inner.add_route(route.method, route.path, route.answer)]
            if route.method == "GET":
                added.append(self._inner.add_route("HEAD", route.path, route.answer))
            if route.shared:
                added.append(self._inner.add_route("OPTIONS", route.path, _preflight))
            self._routes.update(dict.fromkeys(added, route))

    def route_of(self, request: web.Request) -> Route | None:
        """The route that answers a request; None when none does."""
        return self._routes.get(request.match_info.route)

    @property
    def canonical(self) -> str:
        """Everything is looked up here."""
        return "/"

    def url_for(self, **kwargs: str) -> URL:
        """A table has no address of its own."""
        raise TypeError("a table of routes has no address")

    def add_prefix(self, prefix: str) -> None:
        """It stands at the root only."""
        raise TypeError("a table of routes stands at the root")

    def get_info(self) -> NoReturn:
        """Nobody asks for it: only lists of routes for people do."""
        raise TypeError("a table of routes is not listed")

    def raw_match(self, path: str) -> bool:
        """Whether its canonical address is this one."""
        return path == self.canonical

    async def resolve(
        self, request: web.Request
    ) -> tuple[web.UrlMappingMatchInfo | None, set[str]]:
        """Find the route of a request, and what else that address takes."""
        found = await self._inner.resolve(request)
        if found.http_exception is None:
            return found, set()
        refusal = found.http_exception
        return None, (
            refusal.allowed_methods if isinstance(refusal, web.HTTPMethodNotAllowed) else set()
        )

    def __len__(self) -> int:
        return len(self._routes)

    def __iter__(self) -> Iterator[web.AbstractRoute]:
        return iter(self._routes)


async def _preflight(request: web.Request) -> web.StreamResponse:
    """Tell the page of a Chromecast that it may ask for parts of a film."""
    headers = dict(PREFLIGHT)
    if request.headers.get("Access-Control-Request-Private-Network") == "true":
        headers["Access-Control-Allow-Private-Network"] = "true"
    return web.Response(status=204, headers=headers)
