"""Reads what Chromecasts say of themselves, and writes what they are told to play."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from app.api import CastDevice, CastMedia, text

USUAL_PORT = 8009
SHOWS_PICTURES = 1  # bit of "ca"
IS_A_GROUP = 32
TRAITS = ("md", "ca", "ve", "bs", "st")
MAKERS = {"Chromecast": "Google", "Google": "Google", "Nest": "Google"}
HLS = frozenset({"application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl"})
TEXT_STYLE: Mapping[str, object] = {
    "backgroundColor": "#00000000",
    "foregroundColor": "#FFFFFFFF",
    "edgeType": "OUTLINE",
    "edgeColor": "#000000FF",
    "fontScale": 1.0,
    "fontGenericFamily": "SANS_SERIF",
}


@dataclass(frozen=True, slots=True)
class Announced:
    """What a device said of itself to everybody, before anybody looked whether it is there."""

    id: str
    name: str
    model: str
    address: str
    port: int
    traits: Mapping[str, str]
    sound_only: bool


def read_announced(
    fields: Mapping[bytes, bytes | None], addresses: list[str], port: int | None
) -> Announced | None:
    """Read a service of ``_googlecast._tcp``; None when it cannot be one we may talk to."""
    told = {
        name.decode("ascii", "replace"): text((value or b"").decode("utf-8", "replace"), 200)
        for name, value in list(fields.items())[:40]
    }
    address = next((one for one in addresses if at_home(one)), None)
    if address is None or not port or not 0 < port < 65_536:
        return None
    try:
        device = str(uuid.UUID(told.get("id", "")))
    except ValueError:
        return None
    abilities = int(told["ca"]) if told.get("ca", "").isdigit() else SHOWS_PICTURES
    group = port != USUAL_PORT or bool(abilities & IS_A_GROUP)
    model = told.get("md", "")
    traits = {name: told[name] for name in TRAITS if told.get(name)}
    traits["port"] = str(port)
    if group:
        traits["group"] = "1"
    # Without what turns the writing of a whole line around, or cannot be seen.
    shown = "".join(one for one in told.get("fn", "") if one.isprintable()).strip()
    name = shown or model or address
    sound_only = group or not abilities & SHOWS_PICTURES
    return Announced(device, name[:100], model, address, port, traits, sound_only)


def at_home(address: str) -> bool:
    """Whether a literal address may be a device's in a home; loopback is sorted out later."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return False
    return read.version == 4 and not (read.is_global or read.is_multicast or read.is_unspecified)


def device_of(said: Announced, way: str) -> CastDevice:
    """Return it as a device found by an address of this machine."""
    maker = next((name for begin, name in MAKERS.items() if said.model.startswith(begin)), "")
    return CastDevice(
        id=said.id,
        name=said.name,
        address=said.address,
        way=way,
        maker=maker,
        model=said.model,
        traits=said.traits,
        sound_only=said.sound_only,
    )


def load_message(media: CastMedia) -> dict[str, object]:
    """Return the LOAD message of the media namespace, without what the connection adds."""
    kind = "application/x-mpegURL" if media.content_type.lower() in HLS else media.content_type
    about: dict[str, object] = {"metadataType": 0, "title": media.title}
    if media.caption:
        about["subtitle"] = media.caption
    if media.picture:
        about["images"] = [{"url": media.picture}]
    told: dict[str, object] = {
        "contentId": media.url,
        "contentType": kind,
        "streamType": "LIVE" if media.live else "BUFFERED",
        "metadata": about,
    }
    if media.duration and not media.live:
        told["duration"] = media.duration
    if media.subtitles:
        told["tracks"] = [
            {
                "trackId": number + 1,
                "trackContentId": one.url,
                "trackContentType": one.content_type,
                "type": "TEXT",
                "subtype": "SUBTITLES",
                "language": one.language or "und",
                "name": one.name or one.language or str(number + 1),
            }
            for number, one in enumerate(media.subtitles)
        ]
        told["textTrackStyle"] = dict(TEXT_STYLE)
    message: dict[str, object] = {"type": "LOAD", "media": told, "autoplay": True}
    if media.start > 0:
        message["currentTime"] = media.start
    message["activeTrackIds"] = [] if media.subtitle is None else [media.subtitle + 1]
    return message
