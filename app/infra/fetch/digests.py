"""Sums of a whole file that servers tell in the heads of their answers."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

LENGTHS: Final = {"sha512": 64, "sha256": 32, "sha1": 20, "md5": 16}
"""Bytes of a sum of each kind, the surest first."""
WANTED: Final = {"Want-Repr-Digest": "sha-256=9, sha-512=8"}
"""Asks for one; few servers tell it without."""
_KINDS: Final = {
    "sha-512": "sha512", "sha-256": "sha256", "sha": "sha1", "sha-1": "sha1", "md5": "md5",
}  # fmt: skip
_STRUCTURED: Final = re.compile(r"\s*([a-z0-9*-]{1,20})\s*=\s*:([A-Za-z0-9+/=]{1,128}):\s*(?:;.*)?")
_PLAIN: Final = re.compile(r"\s*([A-Za-z0-9-]{1,20})\s*=\s*([A-Za-z0-9+/=]{1,128})\s*")
_MOST: Final = 4096


def digest_in(headers: Mapping[str, str], *, whole: bool) -> tuple[str, str] | None:
    """The surest sum of the whole file: its kind as `hashlib` calls it, and its letters.

    ``Repr-Digest`` (RFC 9530) and ``Digest`` (RFC 3230) are of the whole file in an answer with a
    part of it too. ``Content-Digest`` and ``Content-MD5`` are of what is sent, so they count only
    when `whole` is. A file that is sent packed is not what is summed up. What cannot be read
    counts as not told.
    """
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return None
    told: dict[str, str] = {}
    names = ["repr-digest", *(["content-digest"] if whole else [])]
    for name in names:
        _take(told, _STRUCTURED, headers.get(name, ""))
    _take(told, _PLAIN, headers.get("digest", ""))
    if whole:
        _keep(told, "md5", headers.get("content-md5", "").strip())
    return next(((kind, told[kind]) for kind in LENGTHS if kind in told), None)


def _take(told: dict[str, str], form: re.Pattern[str], text: str) -> None:
    for part in text[:_MOST].split(","):
        found = form.fullmatch(part)
        if found is not None:
            _keep(told, _KINDS.get(found[1].lower(), ""), found[2])


def _keep(told: dict[str, str], kind: str, text: str) -> None:
    """The first that is told of a kind counts."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return
    if kind and len(raw) == LENGTHS[kind]:
        told.setdefault(kind, raw.hex())
