"""The English sentences behind the keys of searching and of what plays from outside."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.magnet_broken": QT_TRANSLATE_NOOP(
        "Messages",
        "This magnet link is not complete. Copy it anew, as a whole.",
    ),
    "errors.not_a_torrent": QT_TRANSLATE_NOOP(
        "Messages",
        "This is one file, not a torrent: there is no list of files to look at.",
    ),
    "errors.nothing_to_play": QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing here can be played yet. Try other words, or add a source in Settings, Sources.",
    ),
    "errors.search_empty": QT_TRANSLATE_NOOP("Messages", "Type what you look for first."),
    "errors.search_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This search was too long ago. Search again.",
    ),
    "errors.source_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no source {source}. There are: {known}.",
    ),
    "errors.stream_ended": QT_TRANSLATE_NOOP(
        "Messages",
        "The stream was closed. Press Play to go on where you were.",
    ),
    "errors.stream_is_page": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} sent a web page in place of the film. Try another source of it.",
    ),
    "errors.stream_protected": QT_TRANSLATE_NOOP(
        "Messages",
        "This stream is locked with DRM, which Sokoul does not touch. Choose another source.",
    ),
    "errors.stream_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} does not give this stream to everybody, or no longer. Try another source of it.",
    ),
    "errors.stream_unplayable": QT_TRANSLATE_NOOP(
        "Messages",
        "What {host} sent is no film. Try another source of it.",
    ),
    "errors.ticket_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This was found too long ago to be played from here. Search for it again.",
    ),
    "errors.torrent_broken": QT_TRANSLATE_NOOP(
        "Messages",
        "The torrent file is damaged. Choose another source.",
    ),
    "errors.torrent_doubtful": QT_TRANSLATE_NOOP(
        "Messages",
        "What is inside this torrent is not what it claims to be, so nothing of it was fetched.",
    ),
    "errors.torrent_no_video": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no film inside this torrent, so nothing of it was fetched.",
    ),
    "errors.torrent_packed": QT_TRANSLATE_NOOP(
        "Messages",
        "This torrent holds only packed archives, so nothing of it was fetched.",
    ),
    "errors.torrent_program": QT_TRANSLATE_NOOP(
        "Messages",
        "There is a program inside this torrent, so nothing of it was fetched.",
    ),
    "errors.torrent_silent": QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody who has this torrent answered within {seconds} s. Try again later, or choose a "
        "source with more people.",
    ),
    "errors.vpn_away": QT_TRANSLATE_NOOP(
        "Messages",
        "The VPN {interface} is away, so nobody was asked what is in this torrent. Try again when "
        "it is back.",
    ),
    "errors.torrent_too_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The torrent file is far larger than such files are, and was not read.",
    ),
    "errors.torrent_too_many_files": QT_TRANSLATE_NOOP(
        "Messages",
        "This torrent lists more than {most} files, and was not read.",
    ),
    "errors.torrents_not_here": QT_TRANSLATE_NOOP(
        "Messages",
        "Torrents cannot be played here yet. Choose a source that plays at once.",
    ),
    "notes.following": QT_TRANSLATE_NOOP("Messages", "Looking for news of what you follow."),
    "notices.followed_here": QT_TRANSLATE_NOOP(
        "Messages",
        "{title}, which you follow, can be found now.",
    ),
    "notices.followed_news": QT_TRANSLATE_NOOP(
        "Messages",
        "There is something new of {title}: {what}.",
    ),
}
"""Source text by key."""
