"""Reads what Instagram answers: accounts, containers, uploads, own posts, numbers, troubles."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
)
from app.api.publishing import Figures

NAME = "Instagram"
HOUR = 3600.0
IN_PROGRESS, FINISHED, PUBLISHED = "IN_PROGRESS", "FINISHED", "PUBLISHED"
ERROR, EXPIRED = "ERROR", "EXPIRED"
STATES = frozenset({IN_PROGRESS, FINISHED, PUBLISHED, ERROR, EXPIRED})
_SUBCODE = re.compile(r"\b22070\d\d\b")
_SLOWER = frozenset({4, 17, 32, 613, 80002})
_SHORTLY = frozenset({-2, -1, 1, 2})
_SIGNED_OUT = frozenset({102, 190, 463, 467})
_AGAIN = frozenset({2207001, 2207003, 2207008, 2207027, 2207032, 2207053})
"""Troubles that are said to pass when it is tried again."""
_REFUSALS = {
    2207004: "errors.post_bad_size",
    2207009: "errors.post_bad_size",
    2207023: "errors.post_bad_format",
    2207026: "errors.post_bad_format",
    2207050: "errors.post_banned",
    2207051: "errors.post_spam",
    2207052: "errors.post_bad_format",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A professional account, and the page it belongs to."""

    id: str
    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Container:
    """What becomes a post: its name, and where its video is sent to."""

    id: str
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a container stands; `arrived` is how many bytes are there, None: not told."""

    state: str
    why: str = ""
    arrived: int | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """An own post."""

    id: str
    caption: str
    url: str
    at: float


def document_of(answer: HttpAnswer) -> Fields:
    """Return the object of an answer; raises what its trouble means."""
    trouble = trouble_of(answer)
    if trouble is not None:
        raise trouble
    document = answer.json()
    if not isinstance(document, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return document


def signed_out(answer: HttpAnswer) -> bool:
    """Whether an answer says that the access is no longer good."""
    return answer.status >= 400 and _code(answer, "code") in _SIGNED_OUT


def is_missing(answer: HttpAnswer) -> bool:
    """Whether an answer says that there is no such thing; it may do so for a while."""
    return _code(answer, "code") == 100 and _code(answer, "error_subcode") == 33


def trouble_of(answer: HttpAnswer) -> AppError | None:
    """Return what is wrong with an answer; None when nothing is."""
    code, sub = _code(answer, "code"), _code(answer, "error_subcode")
    if not code and answer.status < 300:
        return None
    if is_missing(answer):
        return Unavailable("errors.post_unknown_there", name=NAME)
    return _of_subcode(sub) or _of_code(code, answer) or _of_status(answer)


def _of_subcode(sub: int) -> AppError | None:
    if sub in _REFUSALS:
        return Refused(_REFUSALS[sub], name=NAME)
    if sub in _AGAIN:
        return Unavailable("errors.post_failed_there", name=NAME, retry_after=60.0)
    if sub == 2207042:
        return Unavailable("errors.post_limit_there", name=NAME, retry_after=HOUR)
    if sub in (2207006, 2207020):
        return NotFound("errors.post_upload_lost", name=NAME)
    if sub == 2207057:
        return InvalidInput("errors.post_choice", name=NAME, choice="cover_at")
    return None


def _of_code(code: int, answer: HttpAnswer) -> AppError | None:
    if code in _SIGNED_OUT:
        return AuthRequired("errors.post_sign_in", name=NAME)
    if code in (3, 10) or 200 <= code < 300:
        return AuthRequired("errors.post_no_right", name=NAME)
    if code in _SLOWER:
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=_pause(answer))
    if code == 9:
        return Unavailable("errors.post_limit_there", name=NAME, retry_after=HOUR)
    if code == 368:
        return Refused("errors.post_spam", name=NAME)
    if code in _SHORTLY or _error(answer).get("is_transient") is True:
        return Unavailable("errors.post_failed_there", name=NAME, retry_after=60.0)
    return None


def _of_status(answer: HttpAnswer) -> AppError:
    status, host = answer.status, answer.host
    if status == 401:
        return AuthRequired("errors.post_sign_in", name=NAME)
    if status == 429 or answer.retry_after is not None:
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=answer.retry_after)
    if status == 408 or status >= 500:
        return Unavailable("errors.server_failed", host=host, status=status)
    if 300 <= status < 400:
        return Unavailable("errors.bad_answer", host=host)
    return InvalidInput("errors.post_refused_there", name=NAME)


def failure_of(standing: Standing) -> AppError:
    """Return why a container did not come about."""
    found = _SUBCODE.search(standing.why)
    trouble = _of_subcode(int(found[0])) if found else None
    if isinstance(trouble, Refused | InvalidInput):
        return trouble
    return Refused("errors.post_failed_there", name=NAME)


def parse_people(document: Fields) -> list[Person]:
    """Return the professional accounts of somebody's pages."""
    found = []
    for page in objects(document.get("data")):
        who = page.get("instagram_business_account")
        identifier = text(inside(who, "id"), 40)
        if identifier.isdecimal():
            name = text(inside(who, "username"), 100)
            found.append(Person(identifier, name, text(page.get("name"), 200)))
    return list({one.id: one for one in found}.values())


def parse_container(document: Fields, host: str) -> Container:
    """Return the container that was made."""
    found = Container(text(document.get("id"), 40), text(document.get("uri"), 4000))
    if not found.id.isdecimal():
        raise Unavailable("errors.bad_answer", host=host)
    return found


def parse_standing(document: Fields, host: str) -> Standing:
    """Return how a container stands; `Unavailable` for a state nobody knows."""
    state = text(document.get("status_code"), 40)
    if state not in STATES:
        raise Unavailable("errors.bad_answer", host=host)
    arrived = inside(document, "video_status", "uploading_phase", "bytes_transferred")
    return Standing(state, text(document.get("status"), 400), number(arrived))


def parse_offset(answer: HttpAnswer) -> int | None:
    """Return how many bytes an upload has; None when the answer does not tell."""
    try:
        document = document_of(answer)
    except AppError:
        return None
    for field in ("offset", "file_offset"):
        if (told := number(document.get(field))) is not None:
            return told
    return None


def taken(answer: HttpAnswer) -> bool:
    """Whether a piece was taken."""
    if answer.status >= 300:
        return False
    document = document_of(answer)
    if document.get("success") is False:
        return False
    return not isinstance(document.get("debug_info"), dict)


def tries_again(answer: HttpAnswer) -> bool:
    """Whether an upload that did not take a piece may take it later."""
    if answer.status in (408, 429) or answer.status >= 500:
        return True
    return inside(_document(answer), "debug_info", "retriable") is True


def wants_whole(answer: HttpAnswer) -> bool:
    """Whether an upload takes the rest of a file at once only."""
    kind = text(inside(_document(answer), "debug_info", "type"), 80)
    return kind == "PartialRequestError"


def parse_limit(document: Fields) -> bool:
    """Whether the account may publish one more today."""
    for one in objects(document.get("data")):
        used = number(one.get("quota_usage"))
        most = number(inside(one, "config", "quota_total"))
        return used is None or most is None or used < most
    return True


def parse_media(document: Fields) -> list[Medium]:
    """Return own posts, newest first."""
    found = []
    for one in objects(document.get("data")):
        name = text(one.get("id"), 40)
        if name.isdecimal():
            told = one.get("caption")
            words = told if isinstance(told, str) else ""
            found.append(Medium(name, words, text(one.get("permalink"), 500), _at(one)))
    return found


def parse_figures(document: Fields, remote: str) -> Figures:
    """Return how a post does."""
    told: dict[str, int | None] = {}
    for one in objects(document.get("data")):
        value = next((number(each.get("value")) for each in objects(one.get("values"))), None)
        told[text(one.get("name"), 80)] = value
    watched = told.get("ig_reels_video_view_total_time")
    return Figures(
        remote,
        views=told.get("views"),
        likes=told.get("likes"),
        comments=told.get("comments"),
        shares=told.get("shares"),
        watched=None if watched is None else watched / 1000,
    )


def newest(media: Sequence[Medium], caption: str, since: float) -> Medium | None:
    """Return the newest own post that says this and is not older."""
    wanted = caption.split()
    for one in sorted(media, key=lambda each: each.at, reverse=True):
        if one.at >= since and one.caption.split() == wanted:
            return one
    return None


def _at(document: Fields) -> float:
    """When a post came out. The zone is written without a colon, which is odd but usual there."""
    told = document.get("timestamp")
    if isinstance(told, str):
        told = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", told.strip())
    return moment(told) or 0.0


def _document(answer: HttpAnswer) -> object:
    try:
        document: object = answer.json()
    except Unavailable:
        return None
    return document


def _error(answer: HttpAnswer) -> Fields:
    error = inside(_document(answer), "error")
    return error if isinstance(error, dict) else {}


def _code(answer: HttpAnswer, field: str) -> int:
    code = _error(answer).get(field)
    return code if isinstance(code, int) and not isinstance(code, bool) else 0


def _pause(answer: HttpAnswer) -> float:
    """Seconds until an account that asked too much may ask again; an hour when nobody says."""
    told = answer.headers.get("x-business-use-case-usage", "")[:20_000]
    try:
        usage = json.loads(told or "{}")
    except (ValueError, RecursionError):
        usage = {}
    entries = [one for many in usage.values() for one in objects(many)] if _is_table(usage) else []
    minutes = [number(one.get("estimated_time_to_regain_access")) or 0 for one in entries]
    most = max(minutes, default=0)
    return answer.retry_after or (min(most, 1440) * 60.0 if most else HOUR)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)
