"""The one place where a request of the home is judged before anything answers it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from app.infra.lan.routes import Outside, Route
from app.infra.lan.table import Table

if TYPE_CHECKING:
    from app.infra.lan.routes import Answer

log = logging.getLogger(__name__)

EXTRA: Final = web.RequestKey("extra headers", dict)
"""Headers its answer gets besides its own, when it succeeds."""
SENT: Final[web.RequestKey[Callable[[int], None]]] = web.RequestKey("told what was sent")
"""Is told how many bytes of a file were sent, also when it breaks off."""
ASKER: Final = web.RequestKey("who asks", str)
"""The address it comes from; by the owner's proxy: from where that says it comes."""
SECURE: Final = web.RequestKey("came encrypted", bool)
"""Whether it came to the owner's proxy by HTTPS."""
BODY_SECONDS: Final = 10.0
"""So long a body may take to come."""
NAME: Final = "Linux UPnP/1.0 Sokoul/1.0"
_SHOWN: Final = "Content-Length, Content-Range, Accept-Ranges, ETag"
_FORMS: Final = frozenset(
    {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
)
_PATH: Final = re.compile(r"(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+|/")
_BARRED: Final = re.compile(r"[\x00-\x1f\x7f\\%/]")
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class Gate:
    """Judges requests; `doing` holds what answers them, by connection."""

    def __init__(self, table: Table, outside: Callable[[], Outside] = Outside) -> None:
        self._table = table
        self._outside = outside
        self.doing: dict[web.RequestHandler, asyncio.Task[object]] = {}

    def application(self) -> web.Application:
        """The application whose every request comes by here."""
        made = web.Application(middlewares=[self._pass])
        made.router.register_resource(self._table)
        made.on_response_prepare.append(self._finish)
        return made

    @web.middleware
    async def _pass(self, request: web.Request, handler: Answer) -> web.StreamResponse:
        route = self._table.route_of(request)
        task = asyncio.current_task()
        assert task is not None
        self.doing[request.protocol] = task
        try:
            outside = self._outside()
            status = judge(request, route, outside)
            if status:
                return _refused(request, status)
            _told_by_proxy(request, outside)
            if route is not None and route.most:
                request = await _with_body(request, route.most)
            return await handler(request)
        except ConnectionError:  # it has gone, which is its right: nobody is there to be answered
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        finally:
            self.doing.pop(request.protocol, None)

    async def _finish(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give every answer what all have."""
        if response.headers.get("Server", "").startswith("Python"):
            response.headers["Server"] = NAME
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.status in (200, 206):
            response.headers.update(request.get(EXTRA, {}))
        route = self._table.route_of(request)
        if route is not None and route.shared and response.status != 403:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = _SHOWN
        where = "-" if route is None else route.path
        log.debug("%s %s: %d to %s", request.method, where, response.status, request.remote)


def judge(request: web.Request, route: Route | None, outside: Outside = Outside()) -> int:  # noqa: B008 - it is frozen
    """Return the status a request is refused with; 0: it may come in, or is not in the table."""
    public = route is not None and route.public
    if not _ours(request, outside.name if public else ""):
        return 403
    if outside.proxy and request.remote == outside.proxy and not public:
        return 403  # whatever name it tells: who comes by it may be anybody
    if not _plain(request.raw_path.partition("?")[0]):
        return 404
    if route is None:
        return 0
    if not route.shared and not (public and _led_here(request)) and _foreign(request, public):
        return 403
    if route.may is not None and not route.may(request.remote or ""):
        return 403
    return _body_refused(request, route)


def _ours(request: web.Request, public: str) -> bool:
    """Whether it is addressed to us: by number, for a name may be anybody's who makes it lead here.

    `public` is the one name that is the owner's own.
    """
    transport = request.transport
    if transport is None:
        return False
    address, port = transport.get_extra_info("sockname")[:2]
    names = [f"{address}:{port}", address] if port == 80 else [f"{address}:{port}"]
    if public:
        names.append(public)
    told = request.headers.getall("Host", [])
    return len(told) == 1 and (told[0] in names or told[0].lower() in names)


def _plain(path: str) -> bool:
    """Whether a path is one, and no trick: nothing in it may mean something else further in."""
    if not _PATH.fullmatch(path):
        return False
    if path == "/":
        return True
    for part in path[1:].split("/"):
        try:
            name = unquote(part, errors="strict")
        except UnicodeDecodeError:
            return False
        if name in (".", "..") or _BARRED.search(name):
            return False
    return True


def _led_here(request: web.Request) -> bool:
    """Whether somebody followed a link to a page of ours; what a page fetches is none of these."""
    told = [request.headers.getall(f"Sec-Fetch-{name}", []) for name in ("Mode", "Dest")]
    return (
        request.method == "GET"
        and told == [["navigate"], ["document"]]
        and "Origin" not in request.headers
    )


def _foreign(request: web.Request, public: bool = False) -> bool:
    """Whether a page of somebody else's sends it."""
    sites = request.headers.getall("Sec-Fetch-Site", [])
    if any(site not in _OWN_SITE for site in sites):
        return True
    own = [f"http://{request.headers['Host']}"]
    if public:
        own.append(f"https://{request.headers['Host']}")
    return any(origin not in own for origin in request.headers.getall("Origin", []))


def _told_by_proxy(request: web.Request, outside: Outside) -> None:
    """Note who asks. Only the owner's own proxy is believed, and of it only what it added last."""
    request[ASKER], request[SECURE] = request.remote or "", False
    if not outside.proxy or request.remote != outside.proxy:
        return
    told = request.headers.getall("X-Forwarded-For", [])
    if told:
        last = told[-1].rpartition(",")[2].strip()
        try:
            request[ASKER] = str(ipaddress.ip_address(last))
        except ValueError:
            log.debug("The proxy does not say who asks")
    ways = request.headers.getall("X-Forwarded-Proto", [])
    request[SECURE] = bool(ways) and ways[-1].rpartition(",")[2].strip().lower() == "https"


def _body_refused(request: web.Request, route: Route) -> int:
    if request.method == "POST":
        kinds = request.headers.getall("Content-Type", [])
        if len(kinds) != 1 or request.content_type in _FORMS:
            return 415
    if not request.body_exists:
        return 0
    if "Content-Encoding" in request.headers:
        return 415
    if not route.most or (request.content_length or 0) > route.most:
        return 413
    return 0


async def _with_body(request: web.Request, most: int) -> web.Request:
    """Read the body, which must not be longer and must not dawdle; the handler finds it there."""
    made = request.clone(client_max_size=most)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await made.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from error
    except web.RequestPayloadError as error:
        raise web.HTTPBadRequest(headers={"Connection": "close"}) from error
    return made


def _refused(request: web.Request, status: int) -> web.Response:
    log.info("Refused with %d: %s from %s", status, request.method, request.remote)
    response = web.Response(status=status)
    response.force_close()
    return response


class Unexcited(logging.Filter):
    """Keeps out of the log what is no fault of ours: what others send that is no HTTP."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be told."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, HttpProcessingError)
