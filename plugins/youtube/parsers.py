"""Reads what YouTube answers: videos, figures, how far an upload is, and what its errors mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
from app.api.publishing import Account, Figures
from plugins.youtube.quota import until_midnight

NAME = "YouTube"

_RANGE = re.compile(r"bytes=0-(\d{1,15})")
_VIDEO = re.compile(r"[A-Za-z0-9_-]{6,32}")
_QUOTA = frozenset({"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"})
_HASTE = frozenset({"rateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_BUSY = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "backendError", "processingFailure",
     "internalError", "serviceUnavailable"}
)  # fmt: skip
_WORDS_WRONG: Mapping[str, str] = {
    "invalidTitle": "errors.youtube_title",
    "invalidVideoTitle": "errors.youtube_title",
    "invalidDescription": "errors.youtube_description",
    "invalidTags": "errors.youtube_tags",
    "invalidCategoryId": "errors.youtube_category",
    "invalidPublishAt": "errors.youtube_publish_at",
    "invalidVideoMetadata": "errors.youtube_words",
}
_SIGN_IN = frozenset({"authError", "authorizationRequired", "unauthorized", "required"})
_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_REJECTED: Mapping[str, str] = {
    "copyright": "errors.youtube_rejected_copyright",
    "claim": "errors.youtube_rejected_copyright",
    "trademark": "errors.youtube_rejected_copyright",
    "duplicate": "errors.youtube_rejected_duplicate",
    "length": "errors.youtube_rejected_length",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is: bytes that arrived, or the video it has become, or gone."""

    sent: int = 0
    video: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Video:
    """A video as YouTube has it. `uploaded`: its state there (``processed``)."""

    id: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    language: str = ""
    published: float | None = None
    uploaded: str = ""
    reason: str = ""
    privacy: str = ""
    size: int | None = None


def trouble_of(answer: HttpAnswer, now: float, upload_pause: float) -> AppError | None:
    """Return what an answer that is no success means; None: it is one.

    `upload_pause` is how many seconds a channel waits that has uploaded too much.
    """
    if answer.status < 300:
        return None
    if answer.status < 400:
        return Unavailable("errors.bad_answer", host=answer.host)
    reason = reason_of(answer)
    if spent(answer):
        return Unavailable("errors.youtube_quota", retry_after=until_midnight(now))
    if reason == "uploadLimitExceeded":
        return Unavailable("errors.youtube_upload_limit", retry_after=upload_pause)
    if answer.status == 429 or reason in _BUSY:
        pause = answer.retry_after
        return Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
    if answer.status >= 500 or answer.status == 408:
        return Unavailable("errors.server_failed", host=answer.host, status=answer.status)
    return _final(answer, reason)


def reason_of(answer: HttpAnswer) -> str:
    """Return the word YouTube has for an error; empty when it says none."""
    error = inside(_document(answer), "error")
    for one in objects(inside(error, "errors")):
        if reason := text(one.get("reason"), 80):
            return reason
    for one in objects(inside(error, "details")):
        if reason := text(one.get("reason"), 80):
            return reason
    return ""


def spent(answer: HttpAnswer) -> bool:
    """Whether an answer says that the day's quota is used up, of units or of uploads.

    Uploads have one apart, which ends in the words for too much haste; the sentence tells.
    """
    if answer.status < 400:
        return False
    reason = reason_of(answer)
    if reason in _QUOTA:
        return True
    told = reason in _HASTE and inside(_document(answer), "error", "message")
    return isinstance(told, str) and "per day" in told[:1000].lower()


def progress_of(answer: HttpAnswer, size: int) -> Progress | None:
    """Return how far an upload of `size` bytes is; None when the answer says something else."""
    if answer.status in (404, 410):
        return Progress(gone=True)
    if answer.status in (200, 201):
        return Progress(size, video_id(answer.json(), answer.host))
    if answer.status != 308:
        return None
    told = answer.headers.get("range", "").strip()
    found = _RANGE.fullmatch(told)
    sent = int(found[1]) + 1 if found else 0
    if (told and not found) or sent >= size:
        raise Unavailable("errors.bad_answer", host=answer.host)
    return Progress(sent)


def video_id(document: object, host: str) -> str:
    """Return the id of a video that was made; `Unavailable` when there is none."""
    found = inside(document, "id")
    if not isinstance(found, str) or not _VIDEO.fullmatch(found):
        raise Unavailable("errors.bad_answer", host=host)
    return found


def parse_account(document: Fields, channel: str) -> Account:
    """Return whose channel it is; `Refused` when the Google account has none."""
    for one in objects(document.get("items")):
        if name := text(one.get("id"), 100):
            shown = text(inside(one, "snippet", "title"), 200) or name
            return Account(name, shown, f"{channel}/{name}")
    raise Refused("errors.youtube_no_channel")


def parse_uploads_list(document: Fields) -> str:
    """Return the playlist of everything that was uploaded; empty when there is none."""
    for one in objects(document.get("items")):
        return text(inside(one, "contentDetails", "relatedPlaylists", "uploads"), 100)
    return ""


def parse_listed(document: Fields) -> tuple[str, ...]:
    """Return the videos of a playlist, the newest first."""
    found = (text(inside(one, "contentDetails", "videoId"), 100)
             for one in objects(document.get("items")))  # fmt: skip
    return tuple(one for one in found if _VIDEO.fullmatch(one))


def parse_videos(document: Fields) -> tuple[Video, ...]:
    """Return the videos of an answer."""
    return tuple(
        _video(one) for one in objects(document.get("items")) if isinstance(one.get("id"), str)
    )


def parse_figures(document: Fields) -> dict[str, Figures]:
    """Return what the public counters say, by video."""
    found = {}
    for one in objects(document.get("items")):
        name = text(one.get("id"), 100)
        told = one.get("statistics")
        if name and isinstance(told, dict):
            found[name] = Figures(
                remote=name,
                views=number(told.get("viewCount")),
                likes=number(told.get("likeCount")),
                comments=number(told.get("commentCount")),
            )
    return found


def parse_watched(document: Fields) -> dict[str, tuple[float | None, int | None]]:
    """Return the seconds watched and the shares of a report, by video."""
    headers = [text(one.get("name"), 60) for one in objects(document.get("columnHeaders"))]
    rows = document.get("rows")
    found: dict[str, tuple[float | None, int | None]] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == len(headers):
            told = dict(zip(headers, row, strict=True))
            minutes = number(told.get("estimatedMinutesWatched"))
            seconds = None if minutes is None else minutes * 60.0
            found[text(told.get("video"), 100)] = (seconds, number(told.get("shares")))
    return found


def rejected(video: Video) -> AppError | None:
    """Return why YouTube will not show a video; None when it will."""
    if video.uploaded == "rejected":
        return Refused(_REJECTED.get(video.reason, "errors.youtube_rejected"))
    if video.uploaded in ("failed", "deleted"):
        return Refused("errors.youtube_unusable")
    return None


def the_one(videos: Sequence[Video], title: str, since: float, size: int) -> Video | None:
    """Return the only video with this title that came since then and is as large, or None."""
    found = [
        one
        for one in videos
        if _plain(one.title) == _plain(title)
        and one.published is not None
        and one.published >= since
        and one.size in (None, size)
    ]
    return found[0] if len(found) == 1 else None


def _final(answer: HttpAnswer, reason: str) -> AppError:
    """What a refusal means that will not be another one by itself."""
    if reason == "youtubeSignupRequired":
        return Refused("errors.youtube_no_channel")
    if reason in _OFF:
        return AuthRequired("errors.youtube_api_off")
    if reason == "insufficientPermissions" or reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return AuthRequired("errors.sign_in_scopes", name=NAME)
    if answer.status == 401 or reason in _SIGN_IN:
        return AuthRequired("errors.post_sign_in", name=NAME)
    if key := _WORDS_WRONG.get(reason):
        return InvalidInput(key)
    if answer.status == 403:
        return Refused("errors.youtube_forbidden")
    if answer.status in (404, 410):
        return NotFound("errors.youtube_gone")
    return InvalidInput("errors.server_refused", host=answer.host, status=answer.status)


def _video(one: Fields) -> Video:
    snippet, status = one.get("snippet"), one.get("status")
    tags = inside(snippet, "tags")
    return Video(
        id=text(one.get("id"), 100),
        title=_raw(inside(snippet, "title")),
        description=_raw(inside(snippet, "description")),
        tags=tuple(_raw(tag) for tag in tags[:500]) if isinstance(tags, list) else (),
        category=text(inside(snippet, "categoryId"), 20),
        language=text(inside(snippet, "defaultLanguage"), 20),
        published=moment(inside(snippet, "publishedAt")),
        uploaded=text(inside(status, "uploadStatus"), 40),
        reason=text(inside(status, "rejectionReason"), 40),
        privacy=text(inside(status, "privacyStatus"), 40),
        size=number(inside(one, "fileDetails", "fileSize")),
    )


def _document(answer: HttpAnswer) -> object:
    """What an answer holds; None when it is no JSON."""
    try:
        document: object = answer.json()
    except Unavailable:
        return None
    return document


def _raw(value: object) -> str:
    """A text as it is, to be sent back the same."""
    return value[:6000] if isinstance(value, str) else ""


def _plain(title: str) -> str:
    return " ".join(title.split())
