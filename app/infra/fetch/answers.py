"""What servers say about a file in the heads of their answers."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.errors import AppError, AuthRequired, NotFound, Refused, Unavailable
from app.infra.fetch.digests import digest_in
from app.infra.fetch.names import told_name
from app.infra.fetch.wire import Place, Reply

LONGEST_WAIT: Final = 120.0
"""Seconds a server may ask us to wait before it counts as closed."""
_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,18}")
_GONE: Final = (404, 410)
STALE: Final = (401, 403, *_GONE)
"""Answers after which an address that a redirect gave is asked for anew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as its server describes it now."""

    place: Place  # where it really is, behind the redirects
    size: int | None = None
    ranges: bool = False
    etag: str = ""
    modified: str = ""
    content_type: str = ""
    name: str = ""  # by Content-Disposition
    note: str = ""
    digest: tuple[str, str] | None = None  # the sum of the whole file, and its letters

    def same_as(self, etag: str, modified: str, size: int | None) -> bool:
        """Whether this may be the file those words were said of."""
        if self.size is not None and size is not None and self.size != size:
            return False
        if self.etag and etag:
            return _opaque(self.etag) == _opaque(etag)
        return not (self.modified and modified) or self.modified == modified

    def with_note(self, note: str) -> Seen:
        """The same, with something to tell."""
        return replace(self, note=note)

    @property
    def condition(self) -> dict[str, str]:
        """Headers that make a server send all of a file that has changed."""
        strong = self.etag and not self.etag.startswith("W/")
        return {"If-Range": self.etag} if strong else {}


class ChangedError(Exception):
    """The server has another file now, or gives it in another way; `seen` is how, if known."""

    def __init__(self, seen: Seen | None) -> None:
        super().__init__("the file changed")
        self.seen = seen


class BusyError(Exception):
    """The server asks for a pause of so many seconds."""

    def __init__(self, seconds: float, told: AppError) -> None:
        super().__init__(f"busy for {seconds} s")
        self.seconds = seconds
        self.told = told


def seen_in(reply: Reply) -> Seen:
    """What a good answer, 200 or 206, says about the file."""
    found = span_of(reply.headers)
    size = found[2] if found is not None and reply.status == 206 else reply.length
    return Seen(
        place=reply.place,
        size=size,
        ranges=reply.status == 206 and found is not None and size is not None,
        etag=reply.headers.get("etag", "").strip(),
        modified=reply.headers.get("last-modified", "").strip(),
        content_type=reply.headers.get("content-type", "").partition(";")[0].strip().lower(),
        name=told_name(reply.headers.get("content-disposition", "")),
        digest=digest_in(reply.headers, whole=reply.status == 200),
    )


def span_of(headers: Mapping[str, str]) -> tuple[int, int, int | None] | None:
    """First byte, the one behind the last, and the whole size of a partial answer."""
    found = _RANGE.fullmatch(headers.get("content-range", "").strip())
    if found is None or int(found[2]) < int(found[1]):
        return None
    return int(found[1]), int(found[2]) + 1, None if found[3] == "*" else int(found[3])


def require(reply: Reply) -> None:
    """Raise what an answer other than 200 and 206 means; the connection is free afterwards.

    `BusyError` when the server names a short pause.
    """
    host, status = reply.place.host, reply.status
    if status in (200, 206):
        if reply.whole and "content-length" in reply.headers:  # a length that is no number
            reply.drain()
            raise Unavailable("errors.bad_answer", host=host)
        return
    pause = _pause(reply.headers.get("retry-after", ""))
    reply.drain()
    if status in (429, 503):
        busy = Unavailable("errors.server_busy", host=host, retry_after=pause or 0.0)
        if pause is not None and pause <= LONGEST_WAIT:
            raise BusyError(pause, busy)
        if pause is not None or status == 429:
            raise busy
    if status in _GONE:
        raise NotFound("errors.server_has_not", host=host, status=status)
    if status == 401:
        raise AuthRequired("errors.server_wants_sign_in", host=host)
    if 400 <= status < 500 and status not in (408, 425):
        raise Refused("errors.server_refused", host=host, status=status)
    raise Unavailable("errors.server_failed", host=host, status=status)


def length_told(headers: Mapping[str, str]) -> int | None:
    """The whole size a 416 names."""
    told = headers.get("content-range", "").rpartition("/")[2].strip()
    return int(told) if _NUMBER.fullmatch(told) else None


def _opaque(etag: str) -> str:
    return etag.removeprefix("W/")


def _pause(told: str) -> float | None:
    if _NUMBER.fullmatch(told.strip()):
        return float(told)
    try:
        moment = email.utils.parsedate_to_datetime(told).timestamp()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return max(0.0, moment - time.time())
