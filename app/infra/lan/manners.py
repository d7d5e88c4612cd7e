"""What devices of the home expect to be told with a film: DLNA's headers, and Samsung's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.loopback import Serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is sent. `features` is the fourth field of its DLNA protocolInfo."""

    features: str = ""
    still: bool = False  # a picture or subtitles: fetched whole, not played
    captions: str = ""  # address of its subtitles
    seeks_by_time: bool = False  # what serves it knows TimeSeekRange


def with_headers(serve: Serve, headers: Mapping[str, str]) -> Serve:
    """Give what another serves more headers, wherever it succeeds; they go before its own.

    Works for what `LanServer` offers.
    """
    told = dict(headers)

    async def serve_with(request: web.Request, rest: str) -> web.StreamResponse:
        from app.infra.lan.gate import EXTRA

        request[EXTRA] = {**request.get(EXTRA, {}), **told}
        return await serve(request, rest)

    return serve_with


def with_manner(serve: Serve, manner: Manner) -> Serve:
    """Serve something as DLNA wants it; what it forbids is refused."""

    async def serve_so(request: web.Request, rest: str) -> web.StreamResponse:
        from aiohttp import web

        status = refusal(request.headers, manner)
        if status:
            return web.Response(status=status)
        return await with_headers(serve, answers(request.headers, manner))(request, rest)

    return serve_so


def refusal(asked: Mapping[str, str], manner: Manner) -> int:
    """Return the status with which a request's DLNA headers must be refused; 0: they need not."""
    mode = asked.get("transferMode.dlna.org", "")
    if mode.lower() not in ("", "streaming", "interactive", "background"):
        return 400
    if mode.lower() == ("streaming" if manner.still else "interactive"):
        return 406
    if asked.get("getcontentFeatures.dlna.org", "1") != "1":
        return 400
    if "TimeSeekRange.dlna.org" in asked and not manner.seeks_by_time:
        return 406
    return 0


def answers(asked: Mapping[str, str], manner: Manner) -> dict[str, str]:
    """The DLNA headers of an answer."""
    usual = "Interactive" if manner.still else "Streaming"
    background = asked.get("transferMode.dlna.org", "").lower() == "background"
    told = {"transferMode.dlna.org": "Background" if background else usual}
    if manner.features:
        told["contentFeatures.dlna.org"] = manner.features
    if manner.captions and asked.get("getCaptionInfo.sec") == "1":
        told["CaptionInfo.sec"] = manner.captions
    return told
