"""The English phrases of downloads: states, reasons, choices; translators read this file."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.domain.downloads import DownloadState, Priority

STATES: Mapping[DownloadState, tuple[object, str]] = {
    DownloadState.LOOKING: (QT_TRANSLATE_NOOP("Downloads", "Asking what is in it"), "info"),
    DownloadState.QUEUED: (QT_TRANSLATE_NOOP("Downloads", "Waits for its turn"), "dim"),
    DownloadState.CHECKING: (QT_TRANSLATE_NOOP("Downloads", "Checking what is here"), "info"),
    DownloadState.LOADING: (QT_TRANSLATE_NOOP("Downloads", "Loading"), "info"),
    DownloadState.PAUSED: (QT_TRANSLATE_NOOP("Downloads", "Paused"), "dim"),
    DownloadState.HELD: (QT_TRANSLATE_NOOP("Downloads", "Waits"), "warn"),
    DownloadState.FINISHING: (QT_TRANSLATE_NOOP("Downloads", "Putting it in its place"), "info"),
    DownloadState.SEEDING: (QT_TRANSLATE_NOOP("Downloads", "Here, and shared"), "good"),
    DownloadState.DONE: (QT_TRANSLATE_NOOP("Downloads", "Finished"), "good"),
    DownloadState.FAILED: (QT_TRANSLATE_NOOP("Downloads", "Failed \u00b7 try again"), "bad"),
}
WAITS: Mapping[str, object] = {
    "downloads.vpn_away": QT_TRANSLATE_NOOP("Downloads", "Waits for the VPN"),
    "downloads.turn": QT_TRANSLATE_NOOP("Downloads", "Waits for its turn"),
    "errors.disk_full": QT_TRANSLATE_NOOP("Downloads", "Not enough space"),
    "errors.disk_away": QT_TRANSLATE_NOOP("Downloads", "Waits for its disk"),
    "errors.download_folder_away": QT_TRANSLATE_NOOP("Downloads", "Waits for its disk"),
    "errors.disk_read_only": QT_TRANSLATE_NOOP("Downloads", "Its disk is locked"),
    "errors.folder_not_writable": QT_TRANSLATE_NOOP("Downloads", "Its folder is locked"),
    "errors.server_offline": QT_TRANSLATE_NOOP("Downloads", "Waits for the server"),
    "errors.server_busy": QT_TRANSLATE_NOOP("Downloads", "Waits for the server"),
    "errors.server_slow": QT_TRANSLATE_NOOP("Downloads", "Waits for the server"),
    "errors.torrent_silent": QT_TRANSLATE_NOOP("Downloads", "Nobody has it now"),
}
SHORT: Mapping[str, object] = {
    "downloads.vpn_away": QT_TRANSLATE_NOOP("Downloads", "{interface} is not there"),
    "errors.checksum_differs": QT_TRANSLATE_NOOP("Downloads", "Arrived damaged"),
    "errors.disk_away": QT_TRANSLATE_NOOP("Downloads", "Disk unplugged"),
    "errors.disk_full": QT_TRANSLATE_NOOP("Downloads", "{free} free"),
    "errors.disk_read_only": QT_TRANSLATE_NOOP("Downloads", "Cannot be written to"),
    "errors.download_folder_away": QT_TRANSLATE_NOOP("Downloads", "Disk unplugged"),
    "errors.download_program": QT_TRANSLATE_NOOP("Downloads", "It is a program"),
    "errors.folder_not_writable": QT_TRANSLATE_NOOP("Downloads", "Cannot be written to"),
    "errors.server_busy": QT_TRANSLATE_NOOP("Downloads", "Server is busy"),
    "errors.server_certificate": QT_TRANSLATE_NOOP("Downloads", "Server not trusted"),
    "errors.server_failed": QT_TRANSLATE_NOOP("Downloads", "Server failed: {status}"),
    "errors.server_has_not": QT_TRANSLATE_NOOP("Downloads", "Not there any more: {status}"),
    "errors.server_offline": QT_TRANSLATE_NOOP("Downloads", "No answer"),
    "errors.server_refused": QT_TRANSLATE_NOOP("Downloads", "Server refused: {status}"),
    "errors.server_slow": QT_TRANSLATE_NOOP("Downloads", "No answer"),
    "errors.server_wants_sign_in": QT_TRANSLATE_NOOP("Downloads", "Wants a password"),
    "errors.size_differs": QT_TRANSLATE_NOOP("Downloads", "Another size than promised"),
    "errors.torrent_silent": QT_TRANSLATE_NOOP("Downloads", "Nobody answered"),
}
"""What fits into a column; the whole sentence is told in the details."""
REFUSALS: Mapping[str, object] = {
    "errors.torrent_program": QT_TRANSLATE_NOOP("Downloads", "A program: never written to disk"),
    "errors.torrent_link": QT_TRANSLATE_NOOP("Downloads", "A link: never written to disk"),
}
SPEEDS = (
    QT_TRANSLATE_NOOP("Downloads", "kB/s"),
    QT_TRANSLATE_NOOP("Downloads", "MB/s"),
    QT_TRANSLATE_NOOP("Downloads", "GB/s"),
)
PRIORITIES: Mapping[Priority, object] = {
    Priority.SKIP: QT_TRANSLATE_NOOP("Downloads", "Leave out"),
    Priority.LOW: QT_TRANSLATE_NOOP("Downloads", "Later"),
    Priority.NORMAL: QT_TRANSLATE_NOOP("Downloads", "Normal"),
    Priority.HIGH: QT_TRANSLATE_NOOP("Downloads", "First"),
}
SOURCES: Mapping[str, object] = {
    "tracker": QT_TRANSLATE_NOOP("Downloads", "from a tracker"),
    "dht": QT_TRANSLATE_NOOP("Downloads", "from the open network"),
    "pex": QT_TRANSLATE_NOOP("Downloads", "from other peers"),
    "lsd": QT_TRANSLATE_NOOP("Downloads", "at home"),
    "incoming": QT_TRANSLATE_NOOP("Downloads", "called here"),
}
