"""A line of the station's log as it is shown: when, how grave, which part, what. Pure."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Final, NamedTuple

DEBUG: Final = logging.DEBUG
INFO: Final = logging.INFO
WARNING: Final = logging.WARNING
ERROR: Final = logging.ERROR

_WORDS: Final = {DEBUG: "DEBUG", INFO: "INFO", WARNING: "WARN", ERROR: "ERROR"}
_PROVIDER: Final = "provider"
_SERVICES: Final = {
    **{"media_server": "media server", "lan": "media server", "intelligence": "model"},
    **{"meaning": "model", "audit": "audit log", "automation": "timetable", "upkeep": "upkeep"},
    **{"plugins": "plugins", "remote": "remote", "monitoring": "monitoring"},
}
_INFRA: Final = {
    **{"torrents": "downloads", "fetch": "downloads", "lan": "media server", "http": "network"},
    **{"http_guard": "network", "http_stream": "network", "loopback": "playback"},
    **{"database": "database", "llm": "model", "embedding": "model", "hearing": "hearing"},
    **{"speech": "studio", "montage": "studio", "drawing": "studio", "music_bed": "studio"},
    **{"ffmpeg": "ffmpeg", "probe": "library", "pictures": "library", "picture_worker": "library"},
    **{"browser": "browser", "secrets": "secrets", "vault": "secrets", "control": "commands"},
    **{"settings_file": "settings", "machine": "monitoring"},
}
_OTHERS: Final = {
    **{"ui": "window", "dbos": "jobs", "alembic": "database", "sqlalchemy": "database"},
    **{"aiosqlite": "database", "aiohttp": "media server", "httpx": "network", "mpv": "player"},
    **{"httpcore": "network", "zeroconf": "casting", "pychromecast": "casting", "PIL": "library"},
    **{"playwright": "browser", "keyring": "secrets", "uncaught": "station", "asyncio": "station"},
    **{"py.warnings": "station", "py": "station", "libtorrent": "downloads"},
}


class LogLine(NamedTuple):
    """One line. `level` is a number of `logging`; `more` the whole of it when it is longer.

    Numbers only rise; `at` is in seconds since 1970; `part` one of a few names people know.
    """

    number: int
    at: float
    level: int
    part: str
    message: str
    more: str = ""
    logger: str = ""


@lru_cache(maxsize=1024)
def part_of(logger: str) -> str:
    """The part of the station that speaks, by the name of its logger."""
    names = logger.split(".")
    top, second = names[0], names[1] if len(names) > 1 else ""
    if top == "plugins":
        return f"{_PROVIDER} {second}" if second else _PROVIDER
    if top == "ui":
        return "player" if names[1:3] == ["pages", "player"] else "window"
    if top != "app":
        return _OTHERS.get(top, top[:24] or "station")
    third = names[2] if len(names) > 2 else ""  # noqa: PLR2004 - app.<layer>.<part>
    if second == "services":
        return _SERVICES.get(third, third or "station")
    if second == "infra":
        return _INFRA.get(third, "station")
    return "jobs" if (second, third) == ("runtime", "jobs") else "station"


@lru_cache(maxsize=64)
def level_word(level: int) -> str:
    """The word of a level, as a line shows it: DEBUG, INFO, WARN, ERROR."""
    return _WORDS[max((known for known in _WORDS if known <= level), default=DEBUG)]
