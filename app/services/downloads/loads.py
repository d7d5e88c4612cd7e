"""What fetches a download: the same few things are asked of torrents, files and streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.downloads import DownloadFile, Limits, Peer, Picture, Priority, Tracker
from app.infra.growing import Growing

if TYPE_CHECKING:
    from app.infra.loopback import Serve


@dataclass(frozen=True, slots=True)
class Found:
    """What a link turned out to hold. `size` is of what is wanted of it, None while unknown."""

    name: str
    size: int | None
    files: tuple[DownloadFile, ...]
    pictures: tuple[Picture, ...] = ()  # of a stream, the tallest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a load stands. Bytes, bytes a second, seconds."""

    size: int | None = None
    done: int = 0
    down: float = 0.0
    up: float = 0.0
    uploaded: int = 0
    seeded: float = 0.0
    connections: int = 0
    known_peers: int = 0
    seeds: int = 0
    availability: float | None = None
    checking: bool = False
    received: int = 0  # over the link, verified or not
    note: str = ""  # message key of something worth saying, such as a server that began anew


@dataclass(frozen=True, slots=True)
class Inside:
    """What only its details show."""

    peers: tuple[Peer, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    pieces: bytes = b""
    piece_length: int = 0
    web_seeds: tuple[str, ...] = ()


def playable(files: Iterable[DownloadFile]) -> int | None:
    """The number of the file that Play plays: the largest film or sound among those wanted."""
    best = max(
        (file for file in files if file.playable and file.priority), key=lambda one: one.size,
        default=None,
    )  # fmt: skip
    return best.index if best is not None else None


class Load(Protocol):
    """Fetches one download. Lives on the service loop; each call but `figures` may be cancelled."""

    async def look(self) -> Found:
        """Ask what there is, before anything of it is fetched."""

    async def run(self) -> None:
        """Fetch what is wanted until all of it is here, verified and on the disk.

        Cancelled, it keeps what it has and goes on from there the next time.
        """

    def figures(self) -> Figures:
        """How it stands. Cheap."""

    def files(self) -> tuple[DownloadFile, ...]:
        """Its files with what is here of each."""

    def paths(self) -> Mapping[int, Path]:
        """Where the files are that are whole, by their numbers."""

    def inside(self) -> Inside:
        """Peers, trackers, pieces."""

    def choose(self, files: Mapping[int, Priority]) -> None:
        """Want some files more, less or not at all."""

    def limit(self, limits: Limits) -> None:
        """Bound its speed."""

    def open(self, index: int) -> Growing:
        """Read a file of it while it loads. Raises `Unavailable` when it does not load."""

    def offer(self) -> Serve | None:
        """What answers a player itself, for what is no single file while it loads."""

    def grain(self) -> int:
        """So many bytes become usable at once."""

    async def seed(self) -> None:
        """Give it to others until cancelled; returns at once where there are no others."""

    async def check(self) -> None:
        """Compare what is on the disk with what it should be."""

    async def move(self, folder: Path) -> None:
        """Take everything of it to another folder."""

    async def close(self) -> None:
        """Stop, and keep everything needed to go on."""

    async def discard(self, *, files: bool) -> None:
        """Forget how far it was; with `files` its own files go too, and nobody else's."""
