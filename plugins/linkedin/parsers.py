"""Reads what LinkedIn answers. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from app.api import (
    AppError,
    AuthRequired,
    Fields,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
    inside,
    number,
    objects,
    text,
    words_of,
)
from app.api.publishing import Account, Figures

NAME = "LinkedIn"
VIDEO = re.compile(r"urn:li:video:[A-Za-z0-9_-]{1,100}")
POST = re.compile(r"urn:li:(?:share|ugcPost|activity):[0-9]{1,25}")
LONGEST_ADDRESS = 8_000
MOST_PARTS = 5_000
_PERSON = re.compile(r"[A-Za-z0-9_-]{1,100}")
_DUPLICATE = re.compile(r"duplicate")


class Duty(StrEnum):
    """What is next with a video."""

    PARTS = "parts"  # then the thumbnail
    CAPTIONS = "captions"
    END = "end"  # all is there: LinkedIn is told
    LOOK = "look"  # LinkedIn works on it
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Upload:
    """How far a post is: what a session holds. The long addresses are kept elsewhere."""

    video: str = ""
    size: int = 0
    sent: int = 0  # parts
    duty: Duty = Duty.PARTS
    looks: int = 0
    opened: float = 0.0
    begun: int = 0
    left: bool = False  # LinkedIn would not have the thumbnail or the captions

    def to_text(self) -> str:
        """Return it as a session."""
        return json.dumps(asdict(self), separators=(",", ":"))


def read_upload(session: str) -> Upload:
    """Return what a session holds; one that cannot be read begins anew."""
    try:
        held = json.loads(session or "{}")
        made = Upload(
            video=str(held.get("video", "")),
            size=int(held.get("size", 0)),
            sent=int(held.get("sent", 0)),
            duty=Duty(held.get("duty", Duty.PARTS)),
            looks=int(held.get("looks", 0)),
            opened=float(held.get("opened", 0.0)),
            begun=int(held.get("begun", 0)),
            left=held.get("left") is True,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return Upload()
    return made if not made.video or VIDEO.fullmatch(made.video) else Upload()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a video, and its own address."""

    url: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a video go; addresses LinkedIn gave for this one upload."""

    token: str = ""
    parts: Sequence[Part] = field(default_factory=tuple)
    thumbnail: str = ""
    captions: str = ""

    def to_bytes(self) -> bytes:
        """Return them as they are kept."""
        parts = [[part.url, part.first, part.last] for part in self.parts]
        return json.dumps([self.token, parts, self.thumbnail, self.captions]).encode()


def read_places(kept: bytes | None) -> Places | None:
    """Return what was kept; None when it is there no more."""
    if not kept:
        return None
    try:
        token, parts, thumbnail, captions = json.loads(kept)
        return Places(token, tuple(Part(*part) for part in parts), thumbnail, captions)
    except (ValueError, TypeError):
        return None


def read_tags(kept: bytes | None) -> list[str]:
    """Return the ETags of the parts that are there, as they were kept."""
    try:
        tags = json.loads(kept or b"[]")
    except ValueError:
        return []
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def parse_opened(document: Fields, host: str, size: int) -> tuple[str, Places, float | None]:
    """Return the name of an upload, where its parts go, and until when (unix seconds).

    `Unavailable` when the parts are not the whole video, in order.
    """
    told = document.get("value")
    video = text(inside(told, "video"), 200)
    parts = [_part(one) for one in objects(inside(told, "uploadInstructions"))]
    place = 0
    for part in parts:
        if part is None or part.first != place or part.last < part.first:
            raise Unavailable("errors.bad_answer", host=host)
        place = part.last + 1
    if not VIDEO.fullmatch(video) or place != size or len(parts) > MOST_PARTS:
        raise Unavailable("errors.bad_answer", host=host)
    token = inside(told, "uploadToken")
    places = Places(
        token[:2000] if isinstance(token, str) else "",
        tuple(part for part in parts if part is not None),
        _address(inside(told, "thumbnailUploadUrl")),
        _address(inside(told, "captionsUploadUrl")),
    )
    ends = number(inside(told, "uploadUrlsExpireAt"), 10**14)
    return video, places, None if not ends else ends / 1000


def parse_tag(answer: HttpAnswer) -> str:
    """Return what a part is called once it is there."""
    tag = answer.headers.get("etag", "").strip()
    tag = tag[1:-1] if len(tag) > 1 and tag[0] == tag[-1] == '"' else tag
    if not 0 < len(tag) <= 2000:
        raise Unavailable("errors.bad_answer", host=answer.host)
    return tag


def parse_account(document: Fields, host: str, web: str) -> Account:
    """Return who is signed in."""
    who = text(document.get("sub"), 200)
    if not _PERSON.fullmatch(who):
        raise Unavailable("errors.bad_answer", host=host)
    return Account(f"urn:li:person:{who}", text(document.get("name"), 200) or NAME, f"{web}/in/me/")


def parse_made(answer: HttpAnswer) -> str:
    """Return the name of a post that was just made."""
    headers = answer.headers
    made = (headers.get("x-restli-id") or headers.get("x-linkedin-id") or "").strip()
    if not POST.fullmatch(made):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return made


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the owner's own posts."""

    id: str
    media: str
    commentary: str
    created: float


def parse_posts(document: Fields, host: str) -> list[Seen]:
    """Return the owner's newest posts; `Unavailable` when the answer is no list of them."""
    if not isinstance(document.get("elements"), list):
        raise Unavailable("errors.bad_answer", host=host)
    found = []
    for one in objects(document["elements"]):
        name, words = text(one.get("id"), 200), one.get("commentary")
        if POST.fullmatch(name) and one.get("lifecycleState", "PUBLISHED") == "PUBLISHED":
            media = text(inside(one, "content", "media", "id"), 200)
            created = (number(one.get("createdAt"), 10**14) or 0) / 1000
            found.append(Seen(name, media, words if isinstance(words, str) else "", created))
    return found


def parse_figures(name: str, document: Fields) -> Figures:
    """Return the figures of a post."""
    return Figures(
        name,
        likes=number(inside(document, "likesSummary", "totalLikes")),
        comments=number(inside(document, "commentsSummary", "aggregatedTotalComments")),
    )


def is_duplicate(answer: HttpAnswer) -> bool:
    """Whether LinkedIn says that it has this post already."""
    return 400 <= answer.status < 500 and bool(_DUPLICATE.search(words_of(answer)))


def trouble_of(answer: HttpAnswer, version: str) -> AppError | None:
    """Return what an answer that is no success means; None: it is one."""
    status, host = answer.status, answer.host
    if status < 300:
        return None
    if status == 426:
        return Refused("errors.linkedin_version", version=version)
    if status == 403:
        return AuthRequired("errors.post_no_right", name=NAME)
    if status in (404, 410):
        return NotFound("errors.server_has_not", host=host)
    if status in (429, 503):
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=answer.retry_after)
    if status >= 500 or status == 408:
        return Unavailable("errors.server_failed", host=host, status=status)
    if is_duplicate(answer):
        return Refused("errors.post_duplicate", name=NAME)
    if status >= 400:
        return InvalidInput("errors.post_refused_there", name=NAME)
    return Unavailable("errors.bad_answer", host=host)


def _part(told: Fields) -> Part | None:
    first, last = number(told.get("firstByte")), number(told.get("lastByte"))
    url = _address(told.get("uploadUrl"))
    return None if first is None or last is None or not url else Part(url, first, last)


def _address(told: object) -> str:
    if not isinstance(told, str) or not 0 < len(told) <= LONGEST_ADDRESS:
        return ""
    plain = told.isascii() and told.isprintable() and " " not in told
    return told if plain and told.startswith(("http://", "https://")) else ""
