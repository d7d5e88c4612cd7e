"""Reads what a control point asks, and writes the answer or the fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from app.services.media_server.describing import XML, Action, Service

LARGEST: Final = 64 * 1024
"""Bytes of a question."""
_OPEN: Final = (
    f'{XML}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
)
_CLOSE: Final = "</s:Body></s:Envelope>"
_SOAP: Final = "{http://schemas.xmlsoap.org/soap/envelope/}"
_WORDS: Final = {
    401: "Invalid Action",
    402: "Invalid Args",
    501: "Action Failed",
    600: "Argument Value Invalid",
    701: "No such object",
    706: "Invalid connection reference",
    708: "Unsupported or invalid search criteria",
    709: "Unsupported or invalid sort criteria",
    710: "No such container",
    720: "Cannot process the request",
}


class Fault(Exception):
    """What was asked cannot be answered: an error of UPnP by its number."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Call:
    """One question: an action of a service with its arguments, all of them there."""

    action: str
    given: Mapping[str, str]

    def number(self, name: str) -> int:
        """An argument that is a number of 32 bits; `Fault` 402 when it is none."""
        text = self.given[name].strip()
        if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) >= 1 << 32:
            raise Fault(402)
        return int(text)


def read(body: bytes, header: str, service: Service) -> Call:
    """What is asked. Raises `Fault`: nothing in it is expanded, fetched or guessed.

    `header` is ``SOAPACTION``: it must name what the body asks.
    """
    name, given = _opened(body)
    action = service.actions.get(name)
    if action is None or header.strip().strip('"') != f"{service.kind}#{name}":
        raise Fault(401)
    wanted = [each for each, _ in action.takes]
    if any(each not in given for each in wanted):
        raise Fault(402)
    return Call(name, {each: given[each] for each in wanted})


def answer(
    service: Service, name: str, action: Action, values: Iterable[str | int | bytes]
) -> bytes:
    """The answer with its values in order; bytes are already written as they are to be sent."""
    parts = [f'{_OPEN}<u:{name}Response xmlns:u="{service.kind}">'.encode()]
    for (each, _), value in zip(action.gives, values, strict=True):
        told = value if isinstance(value, bytes) else escape(str(value)).encode()
        parts += [f"<{each}>".encode(), told, f"</{each}>".encode()]
    parts.append(f"</u:{name}Response>{_CLOSE}".encode())
    return b"".join(parts)


def fault(code: int) -> bytes:
    """The answer when it went wrong; it is sent with the status 500."""
    return (
        f"{_OPEN}<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring>"
        f'<detail><UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{code}'
        f"</errorCode><errorDescription>{_WORDS[code]}</errorDescription></UPnPError></detail>"
        f"</s:Fault>{_CLOSE}"
    ).encode()


def _opened(body: bytes) -> tuple[str, dict[str, str]]:
    if len(body) > LARGEST:
        raise Fault(402)
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as exc:
        raise Fault(402) from exc
    inside = root.find(f"{_SOAP}Body") if root.tag == f"{_SOAP}Envelope" else None
    if inside is None or len(inside) == 0:
        raise Fault(402)
    asked = inside[0]
    # Some devices give arguments a namespace, and some send more than there are.
    return _plain(asked.tag), {_plain(each.tag): each.text or "" for each in asked}


def _plain(tag: object) -> str:
    return str(tag).rpartition("}")[2]
