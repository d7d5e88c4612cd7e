"""The English sentences behind the keys of access links; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.link_clock": QT_TRANSLATE_NOOP(
        "Messages",
        "The clock of this machine was set back, so links are closed. Set it right; if it is right "
        "now, say so under Settings, Links.",
    ),
    "errors.link_count": QT_TRANSLATE_NOOP(
        "Messages", "Enter a number from 0 to {most}. 0 means as often as anybody likes."
    ),
    "errors.link_file_gone": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not where it was. Plug its disk in and try again."
    ),
    "errors.link_gone": QT_TRANSLATE_NOOP(
        "Messages", "This link is not in the list any more. Make a new one."
    ),
    "errors.link_gone_for_good": QT_TRANSLATE_NOOP(
        "Messages",
        "All links were taken back since, so its addresses never open again. Make a new link.",
    ),
    "errors.link_keys": QT_TRANSLATE_NOOP(
        "Messages",
        "The keys that sign links cannot be read, so no link opens. Links that were given out end "
        "when you take all back under Settings, Links.",
    ),
    "errors.link_no_address": QT_TRANSLATE_NOOP(
        "Messages",
        "This machine is in no network of a home now, so the link has no address yet. It has one "
        "when the network is there, or with a public address in Settings, Links.",
    ),
    "errors.link_no_contact": QT_TRANSLATE_NOOP(
        "Messages", "Nobody knows where to send it. Enter an address, or copy the link."
    ),
    "errors.link_no_film": QT_TRANSLATE_NOOP(
        "Messages", "{name} is no film or video. Choose one, or a folder of them."
    ),
    "errors.link_no_folder": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not a folder. Choose a folder, or share it as a file."
    ),
    "errors.link_no_sender": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no account that could send it. Add one under Publishing, Accounts, or copy the "
        "link.",
    ),
    "errors.link_not_written": QT_TRANSLATE_NOOP(
        "Messages",
        "The picture could not be written to {path} ({reason}). The link is made: choose another "
        "place for its picture.",
    ),
    "errors.link_past": QT_TRANSLATE_NOOP(
        "Messages", "This time is over already. Choose a later one."
    ),
    "errors.link_pay": QT_TRANSLATE_NOOP(
        "Messages",
        "“{text}” is no web address. "
        "Copy your payment link from your browser: it begins with https://.",
    ),
    "errors.link_recipients": QT_TRANSLATE_NOOP(
        "Messages", "A link has {most} recipients at most. Make a second one for the others."
    ),
    "errors.link_times": QT_TRANSLATE_NOOP(
        "Messages", "The link would end before it opens. Choose a later end."
    ),
    "notices.links_clock": QT_TRANSLATE_NOOP(
        "Messages",
        "The clock of this machine was set back. Links are closed until it is right again, or "
        "until you say that it is right now.",
    ),
    "notices.links_clock_right": QT_TRANSLATE_NOOP(
        "Messages", "The clock is right again, and links are open."
    ),
}
