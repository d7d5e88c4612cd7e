"""Reads what renderers say of themselves, and believes little: anybody in the home may say it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from app.api import Refused, Unavailable, parse_xml, text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RENDERER = "urn:schemas-upnp-org:device:MediaRenderer:"
SERVICES = {
    "AVTransport": "urn:schemas-upnp-org:service:AVTransport:",
    "RenderingControl": "urn:schemas-upnp-org:service:RenderingControl:",
    "ConnectionManager": "urn:schemas-upnp-org:service:ConnectionManager:",
}
LARGEST_MESSAGE = 8192
LONGEST_AGE = 1800.0
SHORTEST_AGE = 60.0
MOST_SINKS = 500
MOST_SINK_LETTERS = 100_000
TRAITS = (
    *("manufacturer", "modelName", "modelNumber", "modelDescription", "UDN"),
    *("X_DLNADOC", "X_DLNACAP", "ProductCap", "X_ProductCap"),
)
_UDN = re.compile(r"uuid:[!-~]{1,120}", re.I)
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})", re.I)
_CLOCK = re.compile(r"[+]?(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9})|\.(\d+)/(\d+))?")


@dataclass(frozen=True, slots=True)
class Said:
    """What a device said of itself to everybody, or as an answer to us."""

    udn: str
    location: str = ""
    max_age: float = LONGEST_AGE
    server: str = ""
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """A renderer's own page: who it is, and where it is told things (whole addresses)."""

    udn: str
    name: str
    traits: Mapping[str, str]
    controls: Mapping[str, tuple[str, str]]  # by short name: type of the service, its address


def read_said(data: bytes, source: str) -> Said | None:
    """Read a packet that came from an address; None when it is no renderer's, or does not fit.

    The address of its description must be the one the packet came from.
    """
    first, fields = _message(data)
    verb = first.split(" ", 1)[0].upper()
    if verb not in ("NOTIFY", "HTTP/1.1", "HTTP/1.0"):
        return None
    about = fields.get("nt" if verb == "NOTIFY" else "st", "")
    udn = fields.get("usn", "").partition("::")[0]
    if not about.startswith(RENDERER) or not _UDN.fullmatch(udn):
        return None
    if verb == "NOTIFY" and fields.get("nts") == "ssdp:byebye":
        return Said(udn, leaves=True)
    if verb == "NOTIFY" and fields.get("nts") not in ("ssdp:alive", "ssdp:update"):
        return None
    location = fields.get("location", "")
    if not is_at(location, source):
        return None
    age = _MAX_AGE.search(fields.get("cache-control", ""))
    seconds = float(age[1]) if age else LONGEST_AGE
    seconds = min(max(seconds, SHORTEST_AGE), LONGEST_AGE)
    return Said(udn, location, seconds, text(fields.get("server"), 200))


def is_at(url: str, address: str) -> bool:
    """Whether an http address lies at this literal IP, and is nothing else besides."""
    try:
        parts = urlsplit(url)
        same = ipaddress.ip_address(parts.hostname or "") == ipaddress.ip_address(address)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and "@" not in parts.netloc and port != 0
    return same and plain and url.isascii() and url.isprintable() and " " not in url


def read_description(content: bytes, location: str, udn: str) -> Description:
    """Read the page of a renderer.

    `Refused` when it sends us to another address, `Unavailable` when it is no renderer's page.
    """
    host = urlsplit(location).hostname or ""
    root = parse_xml(content, host)
    base = next((one.text or "" for one in root if _local(one) == "URLBase"), "").strip()
    device = _renderer(root, udn)
    if device is None:
        raise Unavailable("errors.bad_answer", host=host)
    controls = dict(_controls(device, urljoin(location, base), host))
    if "AVTransport" not in controls:
        raise Unavailable("errors.bad_answer", host=host)
    told = {_local(one): text(one.text, 300) for one in reversed(device) if one.text}
    traits = {name: told[name] for name in TRAITS if told.get(name)}
    own = (_field(device, "UDN") or "").strip()
    if not _UDN.fullmatch(own):
        raise Unavailable("errors.bad_answer", host=host)
    return Description(own, _name(told.get("friendlyName", "")) or host, traits, controls)


def read_sinks(answer: str) -> tuple[str, ...]:
    """Return what a renderer says it plays, from a `Sink` list with commas."""
    kept = []
    for one in answer[:MOST_SINK_LETTERS].replace("\\,", "\0").split(","):
        plain = one.strip().replace("\0", ",")
        if plain.count(":") >= 3 and plain.isprintable():
            kept.append(plain[:300])
    return tuple(kept[:MOST_SINKS])


def only_sound(sinks: tuple[str, ...]) -> bool:
    """Whether a renderer says it plays something, but no film."""
    kinds = {one.split(":")[2].partition("/")[0].lower() for one in sinks}
    return bool(kinds) and not kinds & {"video", "*", "application"}


def read_clock(told: str | None) -> float | None:
    """Return the seconds of a time as AVTransport writes it; None for ``NOT_IMPLEMENTED``."""
    found = _CLOCK.fullmatch((told or "").strip())
    if found is None:
        return None
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])
    if found[4]:
        return seconds + float(f"0.{found[4]}")
    return seconds + (int(found[5]) / int(found[6]) if found[6] and int(found[6]) else 0.0)


def write_clock(seconds: float) -> str:
    """Write a time as AVTransport reads it."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _name(told: str) -> str:
    """Without what turns the writing of a whole line around, or cannot be seen."""
    return "".join(one for one in told if one.isprintable())[:100].strip()


def _message(data: bytes) -> tuple[str, dict[str, str]]:
    lines = data[:LARGEST_MESSAGE].decode("utf-8", "replace").split("\r\n")
    fields: dict[str, str] = {}
    for line in lines[1:40]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return lines[0], fields


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _field(element: Element, name: str) -> str | None:
    return next((one.text for one in element if _local(one) == name), None)


def _renderer(root: Element, udn: str) -> Element | None:
    """The device that was announced, or the only kind of its page we could mean."""
    found = [
        one
        for one in root.iter()
        if _local(one) == "device" and (_field(one, "deviceType") or "").startswith(RENDERER)
    ]
    named = (one for one in found if (_field(one, "UDN") or "").strip().lower() == udn.lower())
    return next(named, found[0] if found else None)


def _controls(device: Element, base: str, host: str) -> Iterator[tuple[str, tuple[str, str]]]:
    services = next((one for one in device if _local(one) == "serviceList"), ())
    for service in services:
        kind = (_field(service, "serviceType") or "").strip()
        name = next((one for one, prefix in SERVICES.items() if kind.startswith(prefix)), None)
        for place in ("controlURL", "eventSubURL", "SCPDURL"):
            told = (_field(service, place) or "").strip()
            if told and not is_at(urljoin(base, told), host):
                raise Refused("errors.cast_points_elsewhere", host=host)
        if name is not None:
            yield name, (kind, urljoin(base, (_field(service, "controlURL") or "").strip()))
