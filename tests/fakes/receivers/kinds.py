"""The devices on which the tests play: which plugin speaks to each, and what it needs to run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.receivers import dlna
from tests.fakes.receivers.chromecast import MODULES, Chromecast
from tests.fakes.receivers.home import Room


class Television(Protocol):
    """A device in a room; `start` after `kill` brings the same one back."""

    name: str
    room: Room

    def start(self) -> None:
        """Switch it on."""

    def kill(self) -> None:
        """Without a word."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of device."""

    plugin: str
    build: Callable[..., Television]
    """With its room, a folder for what it writes, and perhaps a name and number of its own."""
    lacking: str = ""  # why it cannot run here


def _no_chromecast() -> str:
    programs = [one for one in ("node", "mpv") if shutil.which(one) is None]
    if programs:
        return f"not installed: {', '.join(programs)}"
    return "" if (MODULES / "castv2").is_dir() else "packaging/setup.sh test has not fetched castv2"


KINDS = {
    "chromecast": Kind("chromecast", Chromecast, _no_chromecast()),
    **{
        name: Kind("dlna", renderer, dlna.missing(name))
        for name, renderer in dlna.RENDERERS.items()
    },
}
