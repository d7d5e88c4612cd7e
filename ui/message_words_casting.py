"""The English sentences behind the keys of casting and of the media server."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "casting.why.burnt": QT_TRANSLATE_NOOP(
        "Messages", "The subtitles are pictures, which it cannot show by itself."
    ),
    "casting.why.container": QT_TRANSLATE_NOOP("Messages", "It does not open {container} files."),
    "casting.why.depth": QT_TRANSLATE_NOOP(
        "Messages", "It does not play {codec} with {bits} bits of colour."
    ),
    "casting.why.direct": QT_TRANSLATE_NOOP("Messages", "It plays this as it is."),
    "casting.why.dolby_vision": QT_TRANSLATE_NOOP(
        "Messages", "It does not show this kind of Dolby Vision."
    ),
    "casting.why.forced": QT_TRANSLATE_NOOP(
        "Messages", "Some subtitles of this film always belong to the picture."
    ),
    "casting.why.index_at_end": QT_TRANSLATE_NOOP(
        "Messages", "The file tells only at its end where everything is."
    ),
    "casting.why.interlaced": QT_TRANSLATE_NOOP(
        "Messages", "It does not show interlaced pictures well."
    ),
    "casting.why.level": QT_TRANSLATE_NOOP(
        "Messages", "It does not play {codec} of level {level}."
    ),
    "casting.why.only_sound": QT_TRANSLATE_NOOP(
        "Messages", "It has no screen: only the sound is sent."
    ),
    "casting.why.other_sound": QT_TRANSLATE_NOOP(
        "Messages", "Another sound track was chosen than the film begins with."
    ),
    "casting.why.owner": QT_TRANSLATE_NOOP("Messages", "You chose this form for it in Settings."),
    "casting.why.picture": QT_TRANSLATE_NOOP("Messages", "It does not play {codec} pictures."),
    "casting.why.played_before": QT_TRANSLATE_NOOP(
        "Messages", "This form played well on it before."
    ),
    "casting.why.profile": QT_TRANSLATE_NOOP("Messages", "It does not play this kind of {codec}."),
    "casting.why.rate": QT_TRANSLATE_NOOP(
        "Messages", "The film has more data a second than it can take."
    ),
    "casting.why.refused": QT_TRANSLATE_NOOP("Messages", "It does not say that it plays this."),
    "casting.why.refused_before": QT_TRANSLATE_NOOP(
        "Messages", "It refused every gentler form before."
    ),
    "casting.why.rotated": QT_TRANSLATE_NOOP(
        "Messages", "It would show the film lying on its side."
    ),
    "casting.why.size": QT_TRANSLATE_NOOP("Messages", "It shows no picture that large."),
    "casting.why.sound": QT_TRANSLATE_NOOP("Messages", "It does not play {codec} sound."),
    "casting.why.subtitles": QT_TRANSLATE_NOOP(
        "Messages", "It cannot show these subtitles by itself."
    ),
    "casting.why.too_large": QT_TRANSLATE_NOOP(
        "Messages", "It shows no picture of {height} lines."
    ),
    "errors.cast_busy": QT_TRANSLATE_NOOP(
        "Messages", "The device is busy with something else just now. Try again in a moment."
    ),
    "errors.cast_cannot": QT_TRANSLATE_NOOP("Messages", "This device cannot do that."),
    "errors.cast_conversion_ended": QT_TRANSLATE_NOOP(
        "Messages",
        "The conversion of the film was ended. Press Try again to go on where it was.",
    ),
    "errors.cast_conversion_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The film could not be converted for this device. Choose another form, or play it here.",
    ),
    "errors.cast_device_ambiguous": QT_TRANSLATE_NOOP(
        "Messages", "Several devices are meant: {names}. Name one of them."
    ),
    "errors.cast_device_away": QT_TRANSLATE_NOOP(
        "Messages", "The device is off, or in another network. Switch it on and try again."
    ),
    "errors.cast_device_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "The device is not there any more. It is found again when it is switched on.",
    ),
    "errors.cast_device_here": QT_TRANSLATE_NOOP(
        "Messages", "A device that is here cannot be forgotten: switch it off first."
    ),
    "errors.cast_device_unknown": QT_TRANSLATE_NOOP(
        "Messages", "There is no device {device}. There are: {names}."
    ),
    "errors.cast_did_not_play": QT_TRANSLATE_NOOP(
        "Messages",
        "The device took the film but did not play it. Choose another form, or play it here.",
    ),
    "errors.cast_file_gone": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not where it was. Plug its disk in and try again."
    ),
    "errors.cast_no_answer": QT_TRANSLATE_NOOP(
        "Messages", "{device} does not answer. See whether it is on, then try again."
    ),
    "errors.cast_no_device": QT_TRANSLATE_NOOP(
        "Messages", "This device is not known any more. Look for devices again."
    ),
    "errors.cast_no_form": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no form in which {device} could play this. Play it on this screen.",
    ),
    "errors.cast_no_network": QT_TRANSLATE_NOOP(
        "Messages",
        "No network of this machine reaches the device. See Settings, TVs and casting.",
    ),
    "errors.cast_not_media": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not a film or a song that can be read."
    ),
    "errors.cast_nothing": QT_TRANSLATE_NOOP(
        "Messages", "There is nothing to play. Choose a film first."
    ),
    "errors.cast_nothing_plays": QT_TRANSLATE_NOOP("Messages", "Nothing plays there now."),
    "errors.cast_queue_full": QT_TRANSLATE_NOOP(
        "Messages", "{most} films wait there already. Play one of them first."
    ),
    "errors.cast_points_elsewhere": QT_TRANSLATE_NOOP(
        "Messages",
        "The device gives addresses that are not its own ({host}), so nothing is sent to it.",
    ),
    "errors.cast_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "The device refuses this film, in every form that was tried. Choose another form, or "
        "play it here.",
    ),
    "errors.cast_subtitle_broken": QT_TRANSLATE_NOOP(
        "Messages", "These subtitles cannot be read. Choose others, or none."
    ),
    "errors.cast_subtitle_loading": QT_TRANSLATE_NOOP(
        "Messages",
        "These subtitles are still being taken out of the film. Try again in a moment.",
    ),
    "errors.cast_subtitle_pictures": QT_TRANSLATE_NOOP(
        "Messages", "These subtitles are pictures, which cannot be sent as text."
    ),
    "errors.cast_title_ambiguous": QT_TRANSLATE_NOOP(
        "Messages", "Several items are called {title}."
    ),
    "errors.cast_title_unknown": QT_TRANSLATE_NOOP(
        "Messages", "The library has nothing called {title}."
    ),
    "errors.guest_gone": QT_TRANSLATE_NOOP("Messages", "This device is not in the list any more."),
    "errors.lan_no_port": QT_TRANSLATE_NOOP(
        "Messages",
        "Port {port} and those after it are taken, so TVs cannot fetch films. Choose another "
        "in Settings, TVs and casting.",
    ),
    "errors.lan_not_there": QT_TRANSLATE_NOOP(
        "Messages", "This machine is not in the network of the device any more ({address})."
    ),
    "errors.picture_gone": QT_TRANSLATE_NOOP("Messages", "This picture is not there any more."),
    "notices.device_asks": QT_TRANSLATE_NOOP(
        "Messages", "{name} ({address}) asks to look into the library."
    ),
}
