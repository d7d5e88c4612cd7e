"""What the owner can set, in sections; each field carries what describes it (`Option`). Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.options import OptionKind

LANGUAGES = (
    *("", "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it"),
    *("ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"),
)
"""Languages offered for sound and subtitles, ISO 639-1; empty means as the film has it."""


T = TypeVar("T", bool, int, str)


def _switch(default: bool) -> bool:
    return _setting(default, OptionKind.SWITCH)


def _choice(default: str, *choices: str) -> str:
    return _setting(default, OptionKind.CHOICE, choices=choices)


def _slider(default: int, low: int, high: int, step: int, unit: str, shown: bool = True) -> int:
    return _setting(
        default, OptionKind.SLIDER, low=low, high=high, step=step, unit=unit, shown=shown
    )


def _number(default: int, low: int, high: int) -> int:
    return _setting(default, OptionKind.NUMBER, low=low, high=high)


def _text(shown: bool = True) -> str:
    return _setting("", OptionKind.TEXT, shown=shown)


def _folder() -> str:
    return _setting("", OptionKind.FOLDER)


def _setting(default: T, kind: OptionKind, **rules: object) -> T:
    return field(default=default, metadata={"kind": kind, **rules})


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks and speaks."""

    scale: int = _slider(100, 100, 200, 10, "%")
    language: str = _choice("auto", "auto", "en", "fr")
    motion: str = _choice("auto", "auto", "on", "off")
    start_page: str = _choice("home", "home", "library", "last")


@dataclass(frozen=True, slots=True)
class Library:
    """How folders are kept up to date."""

    watch_changes: bool = _switch(True)
    frame_pictures: bool = _switch(True)


@dataclass(frozen=True, slots=True)
class Search:
    """What the owner wants of what is found: the rules behind the score."""

    least_resolution: str = _choice("any", "any", "480p", "720p", "1080p", "2160p")
    most_resolution: str = _choice("2160p", "720p", "1080p", "2160p")
    codec: str = _choice("any", "any", "HEVC", "H.264", "AV1")
    first_language: str = _choice("", *LANGUAGES)
    second_language: str = _choice("", *LANGUAGES)
    only_languages: bool = _switch(False)
    hide_camera: bool = _switch(True)
    largest_film: int = _slider(0, 0, 150, 5, "GB")


@dataclass(frozen=True, slots=True)
class Downloads:
    """What is fetched, how fast, when, and where it goes. An empty folder is the usual one."""

    folder: str = _folder()
    file_away: bool = _switch(True)
    films_folder: str = _folder()
    series_folder: str = _folder()
    at_once: int = _slider(3, 1, 10, 1, "")
    down_limit: int = _slider(0, 0, 200, 1, "MB/s")
    up_limit: int = _slider(0, 0, 100, 1, "MB/s")
    timetable: str = _text(shown=False)
    slow_down: int = _slider(2, 1, 50, 1, "MB/s")
    slow_up: int = _slider(1, 1, 50, 1, "MB/s")
    reserve: int = _slider(2, 1, 100, 1, "GB")
    seed_percent: int = _slider(100, 0, 500, 25, "%")
    seed_hours: int = _slider(48, 0, 336, 12, "h")
    interface: str = _text()
    encryption: str = _choice("allow", "allow", "require", "off")
    find_peers: bool = _switch(True)
    exchange_peers: bool = _switch(True)
    local_peers: bool = _switch(True)
    open_port: bool = _switch(False)
    connections: int = _slider(4, 1, 8, 1, "")


@dataclass(frozen=True, slots=True)
class Playback:
    """How films play. Languages are ISO 639-1, or empty for what the film itself prefers."""

    audio_language: str = _choice("", *LANGUAGES)
    subtitle_language: str = _choice("", *LANGUAGES)
    subtitles_on: bool = _switch(False)
    subtitle_size: int = _slider(100, 50, 200, 10, "%")
    hardware_decoding: str = _choice("auto", "auto", "off")
    skip_seconds: int = _slider(10, 5, 60, 5, "s")
    volume: int = _slider(100, 0, 130, 1, "%", shown=False)
    autoplay_next: bool = _switch(True)


@dataclass(frozen=True, slots=True)
class Casting:
    """Where TVs are looked for: names of this machine's networks, none: those of a home."""

    networks: str = _text(shown=False)
    port: int = _number(8095, 1024, 65535)


@dataclass(frozen=True, slots=True)
class MediaServer:
    """What other devices of the home may see; `app.domain.sharing` reads `name` and `folders`."""

    enabled: bool = _switch(True)
    name: str = _text()
    ask: bool = _switch(True)
    folders: str = _text(shown=False)


@dataclass(frozen=True, slots=True)
class Intelligence:
    """Who thinks for the station.

    `model` and `speech` are the paths of the chosen files (one that writes, one that hears),
    `routes` holds policies of single tasks as JSON.
    """

    policy: str = _choice("here_first", "here_first", "best", "cheapest", "only_here", "rules")
    folder: str = _folder()
    model: str = _text(shown=False)
    speech: str = _text(shown=False)
    unload_minutes: int = _slider(5, 1, 60, 1, "min")
    learn: bool = _switch(True)
    rest_while_playing: bool = _switch(True)
    routes: str = _text(shown=False)


@dataclass(frozen=True, slots=True)
class Studio:
    """How videos are made. `step_limits` holds tries and seconds of single steps as JSON."""

    voice_folder: str = _folder()
    picture_folder: str = _folder()
    music_folder: str = _folder()
    tries: int = _slider(3, 1, 6, 1, "")
    step_seconds: int = _slider(300, 30, 1800, 30, "s")
    step_limits: str = _text(shown=False)


@dataclass(frozen=True, slots=True)
class Publishing:
    """How posts go out: so many an hour in all, and whether each waits for the owner's yes.

    New videos of `watch_folder`, and of more in `watch_folders` (a JSON list), go to
    `watch_accounts`, which `app.domain.targets` reads. The audit log tells what happened for
    `audit_days`, 0 for ever; that it happened stays.
    """

    per_hour: int = _slider(10, 1, 60, 1, "")
    approve_all: bool = _switch(False)
    watch_folder: str = _folder()
    watch_folders: str = _text(shown=False)
    watch_accounts: str = _text(shown=False)
    watch_publish: str = _choice("ask", "ask", "go")
    audit_days: int = _number(0, 0, 3_650)


@dataclass(frozen=True, slots=True)
class Links:
    """How links are reached from outside; `app.domain.access` reads the address."""

    public_address: str = _text()
    proxy: str = _text()
    contact: str = _text()
    keep_days: int = _slider(90, 7, 730, 1, "d")


@dataclass(frozen=True, slots=True)
class Budget:
    """What calls to paid services may cost; `app.domain.budget` reads the amounts."""

    currency: str = _choice(
        "USD",
        *("USD", "EUR", "GBP", "CHF", "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "HUF", "INR"),
        *("JPY", "KRW", "MXN", "NOK", "NZD", "PLN", "RON", "SEK", "TRY", "UAH", "ZAR"),
    )
    dollar_rate: str = _text()
    month: str = _setting("10", OptionKind.TEXT)
    day: str = _text()
    more: str = _text(shown=False)
    unknown: str = _choice("ask", "ask", "up_to", "never")
    unknown_most: str = _setting("0.50", OptionKind.TEXT)


@dataclass(frozen=True, slots=True)
class Notifications:
    """When the station speaks up outside its window."""

    desktop: bool = _switch(True)
    keep_in_tray: bool = _switch(False)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the station writes down about itself."""

    log_detail: str = _choice("normal", "normal", "detailed")


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is watched and told. Times are "22:00" by the machine's clock; empty: no quiet hours.

    `alerts_off` are names of rules, `targets_off` ids of plugins that tell no alerts, both with
    commas between them.
    """

    alerts: bool = _switch(True)
    quiet_from: str = _text()
    quiet_to: str = _text()
    disk_percent: int = _slider(90, 50, 99, 1, "%")
    storage_percent: int = _slider(80, 50, 99, 1, "%")
    temperature: int = _slider(85, 60, 110, 1, "°C")
    provider_minutes: int = _slider(10, 1, 120, 1, "min")
    pipeline_minutes: int = _slider(10, 5, 240, 5, "min")
    error_percent: int = _slider(5, 1, 50, 1, "%")
    render_queue: int = _slider(50, 5, 500, 5, "")
    alerts_off: str = _text(shown=False)
    targets_off: str = _text(shown=False)
    metrics: bool = _switch(False)


@dataclass(frozen=True, slots=True)
class Remote:
    """What people may do from a phone."""

    enabled: bool = _switch(True)
    publish: bool = _switch(True)
    delete: bool = _switch(False)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the station does by itself at night. `hour` is by the machine's clock."""

    hour: int = _slider(4, 0, 23, 1, "h")
    backups: int = _slider(7, 0, 60, 1, "")
    backup_folder: str = _folder()
