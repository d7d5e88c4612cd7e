"""Downloads as people say them: how far, how fast, how long, from whom, and what they wait for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.downloads import (
    Ahead,
    Download,
    DownloadKind,
    DownloadState,
    Priority,
    Traffic,
    Vpn,
    VpnState,
)
from ui import download_phrases as phrases
from ui import words
from ui.messages import told

DASH = "\u2014"
STEP = 1000.0
MEGABYTE = 1_000_000
SHORTEST_AHEAD = 5.0  # seconds of film below which nothing is said of them
LONGEST_LEFT = 30 * 86_400.0
DOWNLOADING = frozenset(
    (DownloadState.LOOKING, DownloadState.CHECKING, DownloadState.LOADING, DownloadState.FINISHING)
)


def speed_parts(amount: float) -> tuple[str, str]:
    """A speed in bytes a second as figure and unit, such as ``41.8`` and ``MB/s``."""
    value, step = max(0.0, amount) / STEP, 0  # never single bytes: they flicker and tell nothing
    while value >= STEP and step < len(phrases.SPEEDS) - 1:
        value, step = value / STEP, step + 1
    digits = 1 if step and value < 100 else 0
    return QLocale().toString(value, "f", digits), _said(phrases.SPEEDS[step])


def speed(amount: float) -> str:
    """A speed, such as ``28.1 MB/s``; a dash when nothing moves."""
    if amount < 1:
        return DASH
    return "{} {}".format(*speed_parts(amount))


def level(amount: float) -> str:
    """A round speed at the edge of a chart, such as ``25 MB/s``."""
    value, step = amount / STEP, 0
    while value >= STEP and step < len(phrases.SPEEDS) - 1:
        value, step = value / STEP, step + 1
    whole = value == round(value)
    return f"{QLocale().toString(value, 'f', 0 if whole else 1)} {_said(phrases.SPEEDS[step])}"


def speed_of(row: Download) -> str:
    """How fast a download goes; one that is only given away tells how fast that goes."""
    if row.state in DOWNLOADING and row.down >= 1:
        return speed(row.down)
    if row.state is DownloadState.SEEDING and row.up >= 1:
        return f"\u2191 {speed(row.up)}"
    return DASH


def percent(row: Download) -> str:
    """How far a download is; 100 % only when it is."""
    fraction = row.fraction
    whole = 100 if fraction >= 1 else min(99, int(fraction * 100))
    return QCoreApplication.translate("Downloads", "{0} %").format(whole)


def left(row: Download) -> str:
    """How long until it is here."""
    seconds = row.left if row.state is DownloadState.LOADING else None
    if seconds is None:
        return DASH
    if seconds > LONGEST_LEFT:
        return QCoreApplication.translate("Downloads", "weeks")
    if seconds > 2 * 86_400:
        days = round(seconds / 86_400)
        return QCoreApplication.translate("Downloads", "{0} days").format(days)
    return words.duration(seconds)


def still(row: Download) -> str:
    """The same with its word, such as ``6 min left``."""
    return QCoreApplication.translate("Words", "{0} left").format(left(row))


def amount(row: Download) -> str:
    """How much of it is here, such as ``6.1 GB of 16 GB``."""
    whole = row.size or 0
    done = min(whole, row.done) if row.fraction < 1 else whole
    return QCoreApplication.translate("Downloads", "{0} of {1}").format(
        words.size(done), words.size(whole)
    )


def origin(row: Download) -> str:
    """From whom it comes, or why it does not."""
    if row.state in (DownloadState.FAILED, DownloadState.HELD) and row.reason:
        return short_reason(row)
    if row.state is DownloadState.QUEUED and row.origin:
        return QCoreApplication.translate("Downloads", "Followed series")
    if row.kind is DownloadKind.TORRENT:
        return _peers(row)
    if row.state in DOWNLOADING and row.connections:
        return _connections(row.connections)
    return _host(row.link) or DASH


def short_reason(row: Download) -> str:
    """Why it failed or waits, in a few words."""
    phrase = phrases.SHORT.get(row.reason)
    if phrase is None:
        return told(row.reason, _readable(row.reason_args)) if row.reason else ""
    args = _readable(row.reason_args)
    if row.reason == "errors.disk_full" and not row.reason_args.get("free"):
        return QCoreApplication.translate("Downloads", "Disk full")
    return _said(phrase).format_map(_Gaps(args))


def reason(row: Download) -> str:
    """Why it failed or waits, in whole sentences; empty when it does not."""
    if not row.reason or row.reason == "downloads.turn":
        return ""
    return told(row.reason, _readable(row.reason_args))


def state(row: Download) -> tuple[str, str]:
    """Where a download is, and a colour token for it."""
    if row.state is DownloadState.HELD:
        return _waits(row), "bad" if row.reason == "downloads.vpn_away" else "warn"
    if row.state is DownloadState.QUEUED and row.reason in phrases.WAITS:
        return _said(phrases.WAITS[row.reason]), "dim"
    if row.state is DownloadState.DONE and row.item is not None:
        return QCoreApplication.translate("Downloads", "In your library"), "good"
    if row.state is DownloadState.LOADING:
        if row.ahead is not None:
            return _playing(row.ahead)
        if row.down < 1 and row.kind is DownloadKind.TORRENT and not row.connections:
            return QCoreApplication.translate("Downloads", "Looking for peers"), "info"
    phrase, tone = phrases.STATES[row.state]
    return _said(phrase), tone


def state_more(row: Download) -> str:
    """What stands below the state: how much film is loaded ahead, or how much was given."""
    if row.state is DownloadState.LOADING and row.ahead is not None:
        return ahead(row.ahead)
    needed = row.reason_args.get("needed")
    if row.state is DownloadState.HELD and isinstance(needed, int) and needed > 0:
        return QCoreApplication.translate("Downloads", "{0} needed").format(words.size(needed))
    if row.state is DownloadState.SEEDING and row.uploaded:
        return QCoreApplication.translate("Downloads", "{0} given").format(words.size(row.uploaded))
    return ""


def ahead(of: Ahead) -> str:
    """How much film is loaded from where it plays on, such as ``2 min ahead``."""
    if of.playing and of.stall_at is not None and not of.ready:
        return QCoreApplication.translate("Downloads", "may stop at {0}").format(
            words.clock(of.stall_at)
        )
    if of.loaded < SHORTEST_AHEAD:
        return ""
    return QCoreApplication.translate("Downloads", "{0} ahead").format(words.duration(of.loaded))


def counts(active: int, queued: int, seeding: int) -> str:
    """What goes on, such as ``3 active · 2 queued · 14 seeding``."""
    parts = []
    if active:
        parts.append(QCoreApplication.translate("Downloads", "{0} active").format(active))
    if queued:
        parts.append(QCoreApplication.translate("Downloads", "{0} queued").format(queued))
    if seeding:
        parts.append(QCoreApplication.translate("Downloads", "{0} seeding").format(seeding))
    if not parts:
        return QCoreApplication.translate("Downloads", "Nothing is under way")
    return words.SEPARATOR.join(parts)


def vpn(of: Vpn) -> tuple[str, str, str]:
    """Whether torrents go through a VPN: the words, a colour token and an icon."""
    if of.state is VpnState.UP:
        said = QCoreApplication.translate("Downloads", "VPN on \u00b7 {interface}")
        return said.format(interface=of.interface), "good", "shield-check"
    if of.state is VpnState.AWAY:
        said = QCoreApplication.translate("Downloads", "VPN away \u00b7 torrents wait")
        return said, "bad", "shield-alert"
    return QCoreApplication.translate("Downloads", "No VPN"), "dim", "shield"


def vpn_more(of: Vpn) -> str:
    """The same as a sentence."""
    if of.state is VpnState.UP:
        said = QCoreApplication.translate(
            "Downloads", "Torrents use {interface} and nothing else. Press to change it."
        )
        return said.format(interface=of.interface)
    if of.state is VpnState.AWAY:
        said = QCoreApplication.translate(
            "Downloads",
            "{interface} is not there. No torrent sends or takes anything until it is back.",
        )
        return said.format(interface=of.interface)
    return QCoreApplication.translate(
        "Downloads", "Torrents use every connection there is. Press to tie them to a VPN."
    )


def limit(traffic: Traffic) -> str:
    """The limit in force."""
    if not traffic.down_limit:
        if traffic.by_timetable:
            return QCoreApplication.translate("Downloads", "By timetable")
        return QCoreApplication.translate("Downloads", "No limit")
    said = limit_choice(max(1, round(traffic.down_limit / MEGABYTE)))
    if traffic.by_timetable:
        return QCoreApplication.translate("Downloads", "{0} by timetable").format(said)
    return said


def limit_choice(megabytes: int) -> str:
    """One choice of a limit in MB a second."""
    if not megabytes:
        return QCoreApplication.translate("Downloads", "No limit")
    return QCoreApplication.translate("Downloads", "{0} MB/s").format(megabytes)


def priority(of: Priority) -> str:
    """How much a file is wanted."""
    return _said(phrases.PRIORITIES[of])


def refusal(key: str) -> str:
    """Why a file is left out, whatever the owner says."""
    phrase = phrases.REFUSALS.get(key)
    if phrase is None:
        return QCoreApplication.translate("Downloads", "Never written to disk")
    return _said(phrase)


def met(source: str) -> str:
    """How a peer became known."""
    return _said(phrases.SOURCES.get(source, source))


def health(copies: float | None) -> tuple[str, str]:
    """How safe it is that a torrent will be complete, with a colour token."""
    if copies is None:
        return QCoreApplication.translate("Downloads", "Not known yet"), "dim"
    figure = QLocale().toString(copies, "f", 1)
    if copies >= 2:
        said = QCoreApplication.translate("Downloads", "Good: {0} copies among the peers")
        return said.format(figure), "good"
    if copies >= 1:
        said = QCoreApplication.translate("Downloads", "Enough: {0} copies among the peers")
        return said.format(figure), "warn"
    missing = max(1, round((1 - copies) * 100))
    said = QCoreApplication.translate("Downloads", "{0} % of it nobody has just now")
    return said.format(missing), "bad"


def spoken(row: Download) -> str:
    """Everything a screen reader says of a row."""
    whole = words.size(row.size) if row.size else ""
    remaining = still(row) if left(row) != DASH else ""
    moving = speed_of(row)
    parts = (
        row.name,
        percent(row),
        whole,
        state(row)[0],
        state_more(row),
        reason(row) or origin(row),
        "" if moving == DASH else moving,
        remaining,
    )
    return ", ".join(part for part in parts if part and part != DASH)


def _playing(of: Ahead) -> tuple[str, str]:
    if of.playing:
        return QCoreApplication.translate("Downloads", "Playing while it loads"), "accent"
    if of.ready:
        return QCoreApplication.translate("Downloads", "Ready to play"), "good"
    if of.ready_in is not None:
        said = QCoreApplication.translate("Downloads", "Ready in about {0}")
        return said.format(words.duration(max(1.0, of.ready_in))), "info"
    return _said(phrases.STATES[DownloadState.LOADING][0]), "info"


def _waits(row: Download) -> str:
    phrase = phrases.WAITS.get(row.reason)
    return _said(phrase if phrase is not None else phrases.STATES[DownloadState.HELD][0])


def _peers(row: Download) -> str:
    known = max(row.known_peers, row.connections)
    if not known:
        return DASH
    if row.state not in DOWNLOADING and row.state is not DownloadState.SEEDING:
        return _one_or_more_peers(known)
    return QCoreApplication.translate("Downloads", "{0} of {1} peers").format(
        words.count(row.connections), words.count(known)
    )


def _one_or_more_peers(amount: int) -> str:
    if amount == 1:
        return QCoreApplication.translate("Downloads", "1 peer")
    return QCoreApplication.translate("Downloads", "{0} peers").format(words.count(amount))


def _connections(amount: int) -> str:
    if amount == 1:
        return QCoreApplication.translate("Downloads", "1 connection")
    return QCoreApplication.translate("Downloads", "{0} connections").format(amount)


def _host(link: str) -> str:
    if "://" not in link:
        return ""
    return link.split("://", 1)[1].split("/", 1)[0].rpartition("@")[2].removeprefix("www.")


def _readable(args: Mapping[str, object]) -> dict[str, object]:
    sizes = ("needed", "free")
    return {
        name: words.size(value) if name in sizes and isinstance(value, int) else value
        for name, value in args.items()
    }


class _Gaps(dict[str, object]):
    """An argument that is missing leaves a gap in place of failing."""

    def __missing__(self, name: str) -> str:
        return ""


def _said(source_text: object) -> str:
    return QCoreApplication.translate("Downloads", str(source_text))
