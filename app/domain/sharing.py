"""Reads and writes what the settings say of the home: its networks, and what is shared in it.

The settings file holds plain text; here it becomes names and folders.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.media import FolderId
from app.domain.media_server import Sharing
from app.domain.settings_sections import Casting, MediaServer

NAME: Final = "Sokoul"
NOTHING: Final = "-"
"""Stands in the settings where nothing at all is chosen: no folder, no network."""


def network_names(wishes: Casting) -> tuple[str, ...]:
    """The networks the owner named, in order; none: whatever looks like a home."""
    return tuple(dict.fromkeys(wishes.networks.replace(",", " ").split()))


def networks_of(text: str) -> tuple[str, ...] | None:
    """The networks named in the settings; None for all of the home, those that come later too."""
    names = tuple(dict.fromkeys(text.replace(",", " ").split()))
    return tuple(name for name in names if name != NOTHING) if names else None


def networks_text(names: Iterable[str] | None) -> str:
    """How the settings hold these networks; None stands for all of the home."""
    if names is None:
        return ""
    return " ".join(names) or NOTHING


def sharing_of(wishes: MediaServer) -> Sharing:
    """What the owner wants of the media server."""
    return Sharing(
        on=wishes.enabled,
        name=wishes.name.strip() or NAME,
        ask=wishes.ask,
        folders=folders_of(wishes.folders),
    )


def folders_of(text: str) -> tuple[FolderId, ...] | None:
    """The folders named in the settings; None for all, those that come later too."""
    if not text.strip():
        return None
    return tuple(FolderId(int(part)) for part in text.split(",") if part.strip().isdigit())


def folders_text(folders: Iterable[FolderId] | None) -> str:
    """How the settings hold these folders; None stands for all."""
    if folders is None:
        return ""
    return ",".join(str(folder) for folder in folders) or NOTHING
