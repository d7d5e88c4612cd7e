"""Screens of the home and what they do with a film, as people say it."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.domain.casting import (
    Casting,
    CastStage,
    Device,
    Method,
    Plan,
    Protocol,
    SoundTrack,
    SubtitleTrack,
)
from ui import messages
from ui.languages import language_name
from ui.words import SEPARATOR, channels

DAY = 86_400


def kind(device: Device) -> str:
    """Who made it and how it is spoken to, such as ``Samsung · DLNA``."""
    if device.protocol is Protocol.CHROMECAST:
        model = device.model if device.model.casefold() != "chromecast" else ""
        parts = [device.maker or model, "Chromecast"]
    else:
        parts = [device.maker or device.model, "DLNA"]
    return SEPARATOR.join(dict.fromkeys(part for part in parts if part))


def icon(device: Device) -> str:
    """The sign of its kind."""
    if device.sound_only:
        return "music"
    return "cast" if device.protocol is Protocol.CHROMECAST else "tv"


def method(plan: Plan) -> str:
    """What is done to a film for it."""
    if plan.burn is not None and plan.method is Method.FULL:
        return QCoreApplication.translate("Casting", "Subtitles are drawn in")
    return {
        Method.DIRECT: QCoreApplication.translate("Casting", "Plays directly"),
        Method.REMUX: QCoreApplication.translate("Casting", "Is repacked, nothing is lost"),
        Method.AUDIO: QCoreApplication.translate("Casting", "Audio is converted"),
        Method.FULL: QCoreApplication.translate("Casting", "Picture and sound are converted"),
    }[plan.method]


def why(plan: Plan) -> str:
    """Why in that form; empty when there is nothing to explain."""
    if plan.method is Method.DIRECT or not messages.known(plan.reason):
        return ""
    return messages.told(plan.reason, plan.args)


def form(choice: Method | None) -> str:
    """The owner's choice of a form for a device."""
    return {
        None: QCoreApplication.translate("Casting", "Automatic"),
        Method.DIRECT: QCoreApplication.translate("Casting", "Always as it is"),
        Method.REMUX: QCoreApplication.translate("Casting", "Repack"),
        Method.AUDIO: QCoreApplication.translate("Casting", "Convert the sound"),
        Method.FULL: QCoreApplication.translate("Casting", "Convert everything"),
    }[choice]


def away(device: Device, now: float | None = None) -> str:
    """Since when it is away, such as ``Off since 22:10``."""
    if not device.since:
        return QCoreApplication.translate("Casting", "Off")
    moment = QDateTime.fromSecsSinceEpoch(int(device.since))
    gone = (time.time() if now is None else now) - device.since
    locale = QLocale()
    if gone < DAY:
        told = locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    elif gone < 6 * DAY:
        told = locale.dayName(moment.date().dayOfWeek())
    else:
        told = locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
    return QCoreApplication.translate("Casting", "Off since {0}").format(told)


def stage(casting: Casting) -> str:
    """What a device does, in a word or two."""
    return {
        CastStage.PREPARING: QCoreApplication.translate("Casting", "Getting ready"),
        CastStage.LOADING: QCoreApplication.translate("Casting", "Loading"),
        CastStage.PLAYING: QCoreApplication.translate("Casting", "Playing"),
        CastStage.PAUSED: QCoreApplication.translate("Casting", "Paused"),
        CastStage.ENDED: QCoreApplication.translate("Casting", "Ended"),
        CastStage.FAILED: QCoreApplication.translate("Casting", "Did not play"),
        CastStage.GONE: QCoreApplication.translate("Casting", "Not answering"),
    }[casting.stage]


def where(casting: Casting) -> str:
    """On which device and in which form, such as ``On Living-room TV · plays directly``."""
    on = QCoreApplication.translate("Casting", "On {0}").format(casting.device.name)
    if casting.plan is None:
        return on
    told = method(casting.plan)
    return f"{on}{SEPARATOR}{told[:1].lower()}{told[1:]}"


def sound(track: SoundTrack, number: int) -> str:
    """The name of a sound track."""
    known = language_name(track.language) or track.title
    return known or QCoreApplication.translate("Casting", "Sound {0}").format(number)


def sound_note(track: SoundTrack) -> str:
    """What else is known of a sound track."""
    return channels(track.channels)


def subtitle(track: SubtitleTrack, number: int) -> str:
    """The name of subtitles."""
    known = language_name(track.language) or track.title
    return known or QCoreApplication.translate("Casting", "Subtitles {0}").format(number)


def subtitle_note(track: SubtitleTrack) -> str:
    """Where subtitles come from."""
    if not track.text:
        return QCoreApplication.translate("Casting", "pictures")
    if track.path:
        return QCoreApplication.translate("Casting", "beside it")
    return QCoreApplication.translate("Casting", "in file")


def this_machine() -> str:
    """What this machine is called, for the row of this screen."""
    import socket

    return socket.gethostname()
