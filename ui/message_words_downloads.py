"""The English sentences behind the keys of downloads; translators read this file."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "downloads.turn": QT_TRANSLATE_NOOP(
        "Messages",
        "Others go first. It starts by itself when its turn comes.",
    ),
    "downloads.vpn_away": QT_TRANSLATE_NOOP(
        "Messages",
        "Torrents use {interface} and nothing else, and it is not there. They go on by "
        "themselves once it is back.",
    ),
    "errors.check_torrents_only": QT_TRANSLATE_NOOP(
        "Messages",
        "Only torrents can be checked. A file from a web server is compared when it is complete.",
    ),
    "errors.checksum_differs": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} arrived damaged: it is not the file {host} promised. It was thrown away; "
        "press Retry to fetch it anew.",
    ),
    "errors.checksum_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "A checksum of the kind {name} is not known here. SHA-256, SHA-1 and MD5 are.",
    ),
    "errors.disk_away": QT_TRANSLATE_NOOP(
        "Messages",
        "The disk of {folder} is not there. What was fetched is kept; plug it in and it goes "
        "on by itself.",
    ),
    "errors.disk_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The disk of {folder} refused to be written to ({reason}). What was fetched is kept; "
        "check the disk, then press Retry.",
    ),
    "errors.disk_full": QT_TRANSLATE_NOOP(
        "Messages",
        "There is not enough space in {folder}. What was fetched is kept; make room and it "
        "goes on by itself, or move it to another folder.",
    ),
    "errors.disk_read_only": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} can only be read just now. What was fetched is kept; it goes on once the "
        "disk can be written to.",
    ),
    "errors.disk_slow": QT_TRANSLATE_NOOP(
        "Messages",
        "The disk did not answer within {seconds} s. What was fetched is kept; try again in a "
        "moment.",
    ),
    "errors.download_busy": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is being fetched by another program. End that one, then press Retry.",
    ),
    "errors.download_ended": QT_TRANSLATE_NOOP(
        "Messages",
        "The download of {name} was stopped. Start it again to go on where it was.",
    ),
    "errors.download_files_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "The files of {name} are not where they were. If they are on a disk that was "
        "unplugged, plug it in.",
    ),
    "errors.download_folder_away": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} is not there. If it is on a disk that was unplugged, plug it in and press Retry.",
    ),
    "errors.download_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This download was stopped while it was played. Start it again to go on where you were.",
    ),
    "errors.download_known": QT_TRANSLATE_NOOP("Messages", "{name} is in the list already."),
    "errors.download_name_taken": QT_TRANSLATE_NOOP(
        "Messages",
        "There is a file {name} in {folder} already. Nothing was moved; choose another folder.",
    ),
    "errors.download_no_file": QT_TRANSLATE_NOOP("Messages", "This download has no such file."),
    "errors.download_no_film": QT_TRANSLATE_NOOP(
        "Messages",
        "There is nothing to play in {name}. Open its folder to see what it holds.",
    ),
    "errors.download_program": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is a program, and programs are never written to your disk.",
    ),
    "errors.download_stopped": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} was stopped. Let it go on, then play it.",
    ),
    "errors.download_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "This download is not in the list any more.",
    ),
    "errors.file_keeps_changing": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} gives another file each time it is asked. Try again later, or choose another "
        "source.",
    ),
    "errors.file_too_big_for_disk": QT_TRANSLATE_NOOP(
        "Messages",
        "The disk of {folder} cannot hold files this large. Move the download to another disk.",
    ),
    "errors.filing_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is here, but could not be put into {folder}. It stays where it was fetched to.",
    ),
    "errors.folder_not_writable": QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing may be written into {folder}. Change its permissions, or choose another folder.",
    ),
    "errors.no_such_file": QT_TRANSLATE_NOOP("Messages", "There is no file {path}."),
    "errors.not_a_link": QT_TRANSLATE_NOOP(
        "Messages",
        "This is no link that can be fetched. Magnet links, web addresses and .torrent files are.",
    ),
    "errors.plays_when_done": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} does not say how long the film is, so it plays once it is complete.",
    ),
    "errors.server_changed_file": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} has another file by now. It is fetched from its beginning.",
    ),
    "errors.size_differs": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} has another file than was promised: its size is not the same. Choose another "
        "source.",
    ),
    "errors.stream_empty": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} gave no part of this stream. Try again later, or choose another source.",
    ),
    "errors.stream_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "This stream has more than {most} parts, and was not fetched.",
    ),
    "errors.too_many_downloads": QT_TRANSLATE_NOOP(
        "Messages",
        "There are {most} downloads in the list, which is as many as it holds. Remove some first.",
    ),
    "errors.torrent_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "This torrent stopped ({reason}). What was fetched is kept; press Retry.",
    ),
    "errors.torrent_file_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot be read. Check that it is still there and may be opened.",
    ),
    "errors.torrent_link": QT_TRANSLATE_NOOP(
        "Messages",
        "This is a link inside the torrent, and such links are never written to your disk.",
    ),
    "errors.torrents_off": QT_TRANSLATE_NOOP(
        "Messages",
        "Torrents are not running just now. Try again in a moment.",
    ),
    "notes.bad_pieces": QT_TRANSLATE_NOOP(
        "Messages",
        "Somebody sent damaged parts. They were thrown away and are fetched again from others.",
    ),
    "notes.server_cannot_resume": QT_TRANSLATE_NOOP(
        "Messages",
        "The server cannot go on in the middle, so it was begun anew.",
    ),
    "notes.server_changed_file": QT_TRANSLATE_NOOP(
        "Messages",
        "The server has another file by now, so it was begun anew.",
    ),
    "notes.stream_has_gaps": QT_TRANSLATE_NOOP(
        "Messages",
        "Some parts of this stream were missing on the server; the film jumps there.",
    ),
    "notes.stream_subtitles_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "Some subtitles of this stream could not be had. The film is whole; search for others.",
    ),
    "errors.subtitles_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "These subtitles cannot be read. Choose other ones.",
    ),
    "notices.download_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not be fetched. Downloads tells why.",
    ),
    "notices.download_here": QT_TRANSLATE_NOOP("Messages", "{name} is here."),
}
"""Source text by key."""
