"""Names videos as "host/id", and accepts no other shape: any server can write into an index."""

from __future__ import annotations

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_AT_HOME = frozenset(
    ["arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain"]
    + ["localhost", "onion", "private", "test"]
)
_LONG = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_SHORT = re.compile(r"[1-9A-HJ-NP-Za-km-z]{22}")


def video_name(host: object, identifier: object, own: str) -> str:
    """Return the name of a video, or nothing when its host or its id cannot be right.

    `own` is the host the owner typed as the index, with its port: a server of his own.
    """
    if not isinstance(host, str) or not isinstance(identifier, str):
        return ""
    host = host.lower()
    public = _HOST.fullmatch(host) and host.rpartition(".")[2] not in _AT_HOME
    if host != own and not public:
        return ""
    if _LONG.fullmatch(identifier):
        return f"{host}/{identifier.lower()}"
    return f"{host}/{identifier}" if _SHORT.fullmatch(identifier) else ""


def read_name(name: str, own: str) -> tuple[str, str] | None:
    """Return host and id of a video, or None when the name is not exactly one of ours."""
    host, _, identifier = name.partition("/")
    return (host, identifier) if name and video_name(host, identifier, own) == name else None
