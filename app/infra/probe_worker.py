"""The worker process that looks into untrusted files and names, with all its rights given up.

Started by `app.infra.probe` as ``python -m app.infra.probe_worker FD PARENT ROLE``; it answers
requests on a socket until that closes. Files arrive as open descriptors: it cannot open any.
"""

from __future__ import annotations

import array
import dataclasses
import json
import os
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

from app.infra import sandbox

Answer = tuple[dict[str, Any], bytes]
Handler = Callable[[dict[str, Any], int | None], Answer]
MAX_MESSAGE = 1 << 19
SECONDS = 60


def main(arguments: list[str]) -> None:
    """Load, lock down, say hello, serve."""
    channel = socket.socket(fileno=int(arguments[0]))
    parent, role = int(arguments[1]), arguments[2]
    sandbox.limit(parent)
    handlers = ROLES[role]()
    network = sandbox.leave_network()
    calls = sandbox.forbid_calls(files=role == "media")
    _send(channel, {"hello": role, "network": network, "calls": calls}, b"")
    while (request := _receive(channel)) is not None:
        sandbox.allow_seconds(SECONDS)
        told, blob = _answer(handlers, *request)
        _send(channel, told, blob)


def _answer(handlers: dict[str, Handler], request: dict[str, Any], handle: int | None) -> Answer:
    try:
        return handlers[request["op"]](request, handle)
    except Exception as exc:  # noqa: BLE001 - whatever a hostile file does, the next one is served
        return {"note": getattr(exc, "key", "notes.unreadable"), "why": repr(exc)[:300]}, b""
    finally:
        if handle is not None:
            os.close(handle)


def _names() -> dict[str, Handler]:
    import msgspec

    from app.domain.release import kind_of, parse, parse_path

    encoder = msgspec.json.Encoder()

    def names(request: dict[str, Any], _handle: int | None) -> Answer:
        told = []
        for parts in request["paths"]:
            release = parse_path(tuple(parts))
            told.append({**dataclasses.asdict(release), "kind": str(kind_of(release))})
        return {"names": told}, b""

    def releases(request: dict[str, Any], _handle: int | None) -> Answer:
        return {}, encoder.encode([parse(name) for name in request["names"]])

    parse_path(("Films", "A Film (2001) 1080p.mkv"))  # loads what loads late
    return {"names": names, "releases": releases, "ping": _ping}


def _media() -> dict[str, Handler]:
    import av

    from app.infra import probe_media, probe_pictures

    av.logging.set_level(None)

    def opened(handle: int | None) -> Any:  # noqa: ANN401 - a raw file, closed with its descriptor
        if handle is None:
            raise probe_media.NotMedia("notes.unreadable")
        return open(handle, "rb", buffering=0, closefd=False)  # noqa: PTH123 - a descriptor, no path

    def describe(_request: dict[str, Any], handle: int | None) -> Answer:
        return probe_media.describe(opened(handle)), b""

    def image(request: dict[str, Any], handle: int | None) -> Answer:
        return {}, probe_pictures.from_image(opened(handle), request["shape"])

    def cover(_request: dict[str, Any], handle: int | None) -> Answer:
        return {}, probe_pictures.from_cover(opened(handle))

    def frame(_request: dict[str, Any], handle: int | None) -> Answer:
        poster, backdrop = probe_pictures.from_film(opened(handle))
        return {"split": len(poster)}, poster + backdrop

    probe_pictures.warm_up()
    return {"describe": describe, "image": image, "cover": cover, "frame": frame, "ping": _ping}


def _ping(request: dict[str, Any], _handle: int | None) -> Answer:
    return {"pong": request.get("pong")}, b""


ROLES: dict[str, Callable[[], dict[str, Handler]]] = {"names": _names, "media": _media}


def _receive(channel: socket.socket) -> tuple[dict[str, Any], int | None] | None:
    data, extra, _flags, _address = channel.recvmsg(MAX_MESSAGE, socket.CMSG_SPACE(4))
    if not data:
        return None
    handles = array.array("i")
    for _level, _kind, content in extra:
        handles.frombytes(content[: len(content) - len(content) % handles.itemsize])
    return json.loads(data), handles[0] if handles else None


def _send(channel: socket.socket, told: dict[str, Any], blob: bytes) -> None:
    head = json.dumps(told).encode()
    channel.sendmsg([struct.pack("<I", len(head)), head, blob])


if __name__ == "__main__":
    main(sys.argv[1:])
