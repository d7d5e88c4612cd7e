"""What a plugin may ask of a real browser: to visit a page, press things, and watch what loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.api.searching import HitKind


@dataclass(frozen=True, slots=True)
class PageVisit:
    """A page to open, and what is wanted of it.

    `clicks` are CSS selectors pressed one after the other, each as soon as it is there. `links`
    is the CSS selector of links to read. With `streams`, the visit ends when a stream is seen.
    `cookies` and `user_agent` are those somebody else was let in with.
    """

    url: str
    clicks: tuple[str, ...] = ()
    links: str = ""
    streams: bool = False
    seconds: float = 20.0  # for the whole visit
    user_agent: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caught:
    """A stream the page asked for, with the headers its server wants to see again."""

    url: str
    kind: HitKind
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the page, its address made whole."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What a visit brought. `protected`: the page asked for keys of a DRM system."""

    title: str = ""
    url: str = ""
    links: tuple[PageLink, ...] = ()
    streams: tuple[Caught, ...] = ()
    protected: bool = False
    status: int = 200


class Browser(Protocol):
    """A browser without a window, shared by all plugins: visits wait for their turn."""

    async def visit(self, wanted: PageVisit) -> PageSeen:
        """Visit a page. `Unavailable` when it cannot be opened, `Refused` if it lies at home."""
