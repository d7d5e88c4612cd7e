"""What the server for the home answers to: a table, and nothing that is not in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aiohttp import web

    Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

PUBLIC_PREFIX: Final = "/w/"
"""Below it lies what people are led to by links."""


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that may be asked for. A GET answers HEAD too.

    `may` decides by the address that asks, before the handler is called: False is answered with
    403. A POST needs a content type that no form has, so that a page in a browser cannot send it.
    """

    method: str
    path: str  # "/dlna/{page}.xml"
    answer: Answer
    may: Callable[[str], bool] | None = None
    most: int = 0  # bytes of body that are read, 0: none may come
    shared: bool = False  # pages of other origins may read it: media, subtitles, their pictures
    public: bool = False  # people are led to it from elsewhere, and by the owner's own proxy


@dataclass(frozen=True, slots=True)
class Outside:
    """How the owner lets the world in: by a name of his, and a proxy of his. Empty: he does not.

    Only what is `public` answers to the name, and only that is given to the proxy.
    """

    name: str = ""  # "films.example.org", in lower case, with its port when it has one
    proxy: str = ""  # its address: "192.168.1.2"
