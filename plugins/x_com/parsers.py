"""Reads what X answers, and makes the words of a post. Pure."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
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
    moment,
    number,
    objects,
    text,
    words_of,
)
from app.api.captions import caption
from app.api.publishing import Account, Figures, PostWanted
from app.api.weighing import weighted_length

NAME = "X"
ID = re.compile(r"[0-9]{1,25}")
_NO_APP = re.compile(r"client-forbidden|client-not-enrolled|oauth1-permissions|unsupported-auth")
_BANNED = re.compile(r"suspended|locked")
_NO_RIGHT = re.compile(r"not permitted to perform this action|not permitted to read")
_DUPLICATE = re.compile(r"duplicate")


class Duty(StrEnum):
    """What is next with a video."""

    PIECES = "pieces"
    END = "end"  # all pieces are there: X is told
    LOOK = "look"  # X works on it
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Upload:
    """How far a post is: what a session holds. `key` names the video in posts, `until` its end."""

    media: str = ""
    key: str = ""
    size: int = 0
    sent: int = 0  # bytes
    duty: Duty = Duty.PIECES
    until: float = 0.0
    opened: float = 0.0
    begun: int = 0

    def to_text(self) -> str:
        """Return it as a session."""
        return json.dumps(asdict(self), separators=(",", ":"))


def read_upload(session: str) -> Upload:
    """Return what a session holds; one that cannot be read begins anew."""
    try:
        held = json.loads(session or "{}")
        made = Upload(
            media=str(held.get("media", "")),
            key=str(held.get("key", "")),
            size=int(held.get("size", 0)),
            sent=int(held.get("sent", 0)),
            duty=Duty(held.get("duty", Duty.PIECES)),
            until=float(held.get("until", 0.0)),
            opened=float(held.get("opened", 0.0)),
            begun=int(held.get("begun", 0)),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return Upload()
    return made if not made.media or ID.fullmatch(made.media) else Upload()


def post_text(wanted: PostWanted, most: int) -> str:
    """Return the text of a post: title, words, as many tags as fit, and the link.

    `InvalidInput` when X would not take it.
    """
    link = wanted.link.strip()
    tail = "" if not link or link in f"{wanted.title} {wanted.description}" else link
    room = weighted_length(f"\n\n{tail}") if tail else 0
    made = caption(wanted, NAME, most - room, measure=weighted_length)
    told = "\n\n".join(part for part in (made, tail) if part)
    if not told and wanted.video is None:
        raise InvalidInput("errors.post_empty", name=NAME)
    return told


@dataclass(frozen=True, slots=True)
class Processing:
    """How X's work on a video stands."""

    state: str = "succeeded"  # pending, in_progress, succeeded, failed
    wait: float = 0.0
    fraction: float | None = None


def parse_media(document: Fields, host: str, now: float) -> tuple[str, str, float]:
    """Return the id of an upload, what posts call it, and when X forgets it."""
    media = text(inside(document, "data", "id"))
    if not ID.fullmatch(media):
        raise Unavailable("errors.bad_answer", host=host)
    key = text(inside(document, "data", "media_key"), 60)
    life = number(inside(document, "data", "expires_after_secs"), 30 * 86_400) or 3_600
    return media, key, now + life


def parse_processing(document: Fields, usual: float) -> Processing:
    """Return how the work stands; an answer that says nothing of it means there is none."""
    told = inside(document, "data", "processing_info")
    if not isinstance(told, dict):
        return Processing()
    share = number(told.get("progress_percent"), 100)
    return Processing(
        text(told.get("state"), 40).lower(),
        float(number(told.get("check_after_secs"), 300) or usual),
        None if share is None else share / 100,
    )


def parse_account(document: Fields, host: str, web: str) -> Account:
    """Return who is signed in."""
    who, name = text(inside(document, "data", "id")), text(inside(document, "data", "username"), 60)
    if not ID.fullmatch(who) or not re.fullmatch(r"\w{1,60}", name):
        raise Unavailable("errors.bad_answer", host=host)
    return Account(who, f"@{name}", f"{web}/{name}")


def parse_post(document: Fields, host: str) -> str:
    """Return the id of a post that was just made."""
    made = text(inside(document, "data", "id"))
    if not ID.fullmatch(made):
        raise Unavailable("errors.bad_answer", host=host)
    return made


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the owner's own posts."""

    id: str
    words: str
    created: float | None = None
    media: Sequence[str] = field(default_factory=tuple)


def parse_posts(document: Fields) -> list[Seen]:
    """Return the owner's newest posts."""
    found = []
    for one in objects(document.get("data")):
        number_ = text(one.get("id"))
        keys = inside(one, "attachments", "media_keys")
        if ID.fullmatch(number_):
            media = tuple(str(key) for key in keys) if isinstance(keys, list) else ()
            created = moment(one.get("created_at"))
            found.append(Seen(number_, _whole_words(one), created, media))
    return found


def is_ours(seen: Seen, upload: Upload, words: str) -> bool:
    """Whether a post is the one an upload was made for."""
    if upload.media:
        keys = {upload.key, upload.media}
        if any(key and (key in keys or key.endswith(f"_{upload.media}")) for key in seen.media):
            return True
        if seen.media:
            return False  # with another video
    fresh = seen.created is not None and seen.created >= upload.opened - 60
    return fresh and bool(words) and plain(seen.words) == plain(words)


def plain(words: str) -> str:
    """Return words as they are compared: X changes spaces, and how letters are written."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def parse_figures(document: Fields) -> list[Figures]:
    """Return the figures of posts."""
    found = []
    for one in objects(document.get("data")):
        told, name = one.get("public_metrics"), text(one.get("id"))
        if isinstance(told, dict) and ID.fullmatch(name):
            shares = [number(told.get(kind)) for kind in ("retweet_count", "quote_count")]
            known = [share for share in shares if share is not None]
            found.append(
                Figures(
                    name,
                    views=number(told.get("impression_count")),
                    likes=number(told.get("like_count")),
                    comments=number(told.get("reply_count")),
                    shares=sum(known) if known else None,
                )
            )
    return found


def is_duplicate(answer: HttpAnswer) -> bool:
    """Whether X says that it has this text already."""
    return answer.status == 403 and bool(_DUPLICATE.search(words_of(answer)))


def trouble_of(answer: HttpAnswer, now: float) -> AppError | None:
    """Return what an answer that is no success means; None: it is one."""
    if answer.status < 300:
        return None
    status, host = answer.status, answer.host
    if status == 402:
        return AuthRequired("errors.post_no_credit", name=NAME)
    if status == 403:
        return _forbidden(words_of(answer))
    if status in (404, 410):
        return NotFound("errors.server_has_not", host=host)
    if status in (429, 503):
        pause = pause_of(answer.headers, now) if answer.retry_after is None else answer.retry_after
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=pause)
    if status >= 500 or status == 408:
        return Unavailable("errors.server_failed", host=host, status=status)
    if status >= 400:
        return InvalidInput("errors.post_refused_there", name=NAME)
    return Unavailable("errors.bad_answer", host=host)


def pause_of(headers: Mapping[str, str], now: float) -> float | None:
    """Return for how many seconds X takes nothing, told as moments when its limits end."""
    pauses = []
    for limit in ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"):
        ends = number(headers.get(f"{limit}-reset"), 10**11)
        if ends is not None and number(headers.get(f"{limit}-remaining")) in (0, None):
            pauses.append(min(max(0.0, ends - now), 86_400.0))
    return max(pauses, default=None)


def _forbidden(words: str) -> AppError:
    if _NO_APP.search(words):
        return AuthRequired("errors.post_app_refused", name=NAME)
    if _DUPLICATE.search(words):
        return Refused("errors.post_duplicate", name=NAME)
    if _BANNED.search(words):
        return AuthRequired("errors.post_banned", name=NAME)
    if _NO_RIGHT.search(words):
        return AuthRequired("errors.post_no_right", name=NAME)
    return Refused("errors.post_refused_there", name=NAME)


def _whole_words(one: Fields) -> str:
    """The words of a post as they were sent: its links whole, those to its media gone."""
    words = html.unescape(str(one.get("text", "")))
    for link in objects(inside(one, "entities", "urls")):
        short, whole = text(link.get("url"), 200), text(link.get("expanded_url"), 4000)
        media = "media_key" in link or "/video/1" in whole or "pic." in str(link.get("display_url"))
        if short:
            words = words.replace(short, "" if media else whole)
    return words
