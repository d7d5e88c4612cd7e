"""The parts of the station that take space, and which of them can be made again."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from app.domain.media import Folder
from app.infra.paths import Paths
from app.services.upkeep.space import Part

_DAY: Final = 86_400.0
_OWN: Final = (
    ("studio", ("studio",), "studio"),
    ("posts", ("variants", "remakes", "trials", "curator"), "publishing"),
    ("database", ("station.db", "station.db-wal", "jobs.db", "jobs.db-wal"), ""),
    ("history", ("history.db", "history.db-wal"), ""),
)
"""Below the data folder: part, names, page."""
_CACHES: Final = (
    ("answers", ("plugins", "search", "subtitles"), _DAY),
    ("conversions", ("conversions",), _DAY),
    ("montage", ("montage",), _DAY),
    ("sounds", ("sounds", "dialogue", "cast-subtitles", "codes"), _DAY),
)
"""Below the cache folder: all of it comes again; what was touched within so long stays."""


class StationParts:
    """Asked when the space is measured: folders come and go."""

    def __init__(
        self,
        paths: Paths,
        folders: Callable[[], Awaitable[Sequence[Folder]]],
        downloads: Callable[[], Path],
        models: Callable[[], str],
        backups: Callable[[], Path],
    ) -> None:
        self._paths, self._folders, self._downloads = paths, folders, downloads
        self._models, self._backups = models, backups

    async def __call__(self) -> list[Part]:
        """Every part, as it is now."""
        paths = self._paths
        return [
            *(Part("library", (one.path,), "library") for one in await self._folders()),
            Part("downloads", (bytes(self._downloads()),), "downloads"),
            *(
                Part(name, tuple(bytes(paths.data / each) for each in names), page)
                for name, names, page in _OWN
            ),
            Part("models", self._of_models(), "settings"),
            Part("backups", (bytes(self._backups()),)),
            Part("pictures", (bytes(paths.pictures),)),
            *(
                Part(
                    name, tuple(bytes(paths.cache / each) for each in names),
                    freeable=True, rest=rest,
                )
                for name, names, rest in _CACHES
            ),
            Part("log", tuple(os.fsencode(one) for one in sorted(paths.state.glob("*.log*")))),
        ]  # fmt: skip

    def _of_models(self) -> tuple[bytes, ...]:
        chosen = self._models().strip()
        folder = Path(chosen).expanduser() if chosen else self._paths.data / "models"
        return (bytes(folder),)
