"""The library as the other devices of the home see it: who they are, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from app.domain.media import FolderId

GuestId = NewType("GuestId", str)
"""Names a device that looks into the library: its hardware address, or else its network address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A device that asked for the library. `allowed` is None until the owner answered."""

    id: GuestId
    name: str
    address: str  # where it was last
    mac: str = ""
    agent: str = ""  # as it names itself
    allowed: bool | None = None
    folders: tuple[FolderId, ...] | None = None  # None: all that are shared
    met_at: float = 0.0  # unix seconds
    seen_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What the owner wants of the media server."""

    on: bool = True
    name: str = "Sokoul"
    ask: bool = True  # False: whoever the owner did not turn away may look
    folders: tuple[FolderId, ...] | None = None  # None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """What the containers of the tree are called, in the owner's language."""

    films: str = "Films"
    series: str = "Series"
    videos: str = "My videos"
    recent: str = "Recently added"
    genres: str = "By genre"
    years: str = "By year"
    folders: str = "Folders"
    season: str = "Season {number}"
    specials: str = "Specials"
    other_episodes: str = "Other episodes"
