"""Reads what TikTok answers: who posts and what is open to them, how a post stands, troubles."""

from __future__ import annotations

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
    number,
    objects,
    text,
    texts,
)
from app.api.publishing import Account, Figures

NAME = "TikTok"
UNAUDITED = "unaudited_client_can_only_post_to_private_accounts"
HOUR = 3600.0
UPLOADING = "PROCESSING_UPLOAD"
WORKED_ON = frozenset({UPLOADING, "PROCESSING_DOWNLOAD"})
OUT, IN_INBOX, FAILED = "PUBLISH_COMPLETE", "SEND_TO_USER_INBOX", "FAILED"
STATES = WORKED_ON | {OUT, IN_INBOX, FAILED}

_LATER = {
    "rate_limit_exceeded": ("errors.post_busy_there", 60.0),
    "spam_risk_too_many_posts": ("errors.post_limit_there", HOUR),
    "spam_risk_too_many_pending_share": ("errors.post_drafts_full", HOUR),
    "reached_active_user_cap": ("errors.post_limit_app", HOUR),
    "internal_error": ("errors.post_failed_there", 60.0),
    "timeout": ("errors.post_failed_there", 60.0),
}
"""Troubles that pass, and the seconds after which it may be tried again."""
_REFUSALS = {
    "spam_risk_user_banned_from_posting": "errors.post_banned",
    "spam_risk": "errors.post_spam",
    "spam_risk_text": "errors.post_spam",
    UNAUDITED: "errors.post_app_unaudited",
}
_UNKNOWN = frozenset({"invalid_publish_id", "token_not_authorized_for_specified_publish_id"})
_NO_ACCESS = frozenset({"access_token_invalid", "scope_permission_missed"})
_FAILURES = {
    "file_format_check_failed": "errors.post_bad_format",
    "duration_check_failed": "errors.post_bad_length",
    "frame_rate_check_failed": "errors.post_bad_rate",
    "picture_size_check_failed": "errors.post_bad_size",
    "publish_cancelled": "errors.post_cancelled_there",
    "spam_risk_too_many_posts": "errors.post_limit_there",
    **_REFUSALS,
}
"""Why a video that is there did not become a post."""


@dataclass(frozen=True, slots=True)
class Creator:
    """Who posts, and what TikTok offers them now. `longest`: seconds of a video, 0: not told."""

    name: str
    levels: tuple[str, ...]
    longest: float
    closed: frozenset[str]  # of "comments", "duets", "stitches": what their account has off


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that TikTok waits for."""

    publish: str
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a post stands. `arrived` is how many bytes are there, None: not told."""

    state: str
    reason: str = ""
    arrived: int | None = None
    post: str = ""

    def whole(self, size: int) -> bool | None:
        """Whether all of the video has arrived; None when that cannot be told."""
        if self.state != UPLOADING:
            return self.state != FAILED
        return None if self.arrived is None else self.arrived >= size


def data_of(answer: HttpAnswer) -> Fields:
    """Return what an answer holds; raises what its trouble means."""
    trouble = trouble_of(answer)
    if trouble is not None:
        raise trouble
    data = inside(answer.json(), "data")
    if not isinstance(data, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return data


def code_of(answer: HttpAnswer) -> str:
    """Return the word for the trouble of an answer; empty when it has none, or is no document."""
    try:
        code = text(inside(answer.json(), "error", "code"), 80)
    except Unavailable:
        return ""
    return "" if code == "ok" else code


def trouble_of(answer: HttpAnswer) -> AppError | None:
    """Return what is wrong with an answer; None when nothing is."""
    code, status = code_of(answer), answer.status
    if not code and status < 300:
        return None
    if code in _LATER:
        key, pause = _LATER[code]
        return Unavailable(key, name=NAME, retry_after=answer.retry_after or pause)
    if code in _REFUSALS:
        return Refused(_REFUSALS[code], name=NAME)
    if code in _UNKNOWN:
        return NotFound("errors.post_unknown_there", name=NAME)
    if code == "privacy_level_option_mismatch":
        return InvalidInput("errors.post_privacy", name=NAME)
    if code == "scope_not_authorized":
        return AuthRequired("errors.post_no_right", name=NAME)
    if code in _NO_ACCESS or status == 401:
        return AuthRequired("errors.post_sign_in", name=NAME)
    return _by_status(answer)


def _by_status(answer: HttpAnswer) -> AppError:
    status, host = answer.status, answer.host
    if status == 429 or answer.retry_after is not None:
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=answer.retry_after)
    if status == 408 or status >= 500:
        return Unavailable("errors.server_failed", host=host, status=status)
    if 300 <= status < 400:
        return Unavailable("errors.bad_answer", host=host)
    return InvalidInput("errors.post_refused_there", name=NAME)


def failure_of(standing: Standing) -> AppError:
    """Return why a post failed there."""
    if standing.reason == "auth_removed":
        return AuthRequired("errors.post_sign_in", name=NAME)
    return Refused(_FAILURES.get(standing.reason, "errors.post_failed_there"), name=NAME)


def parse_account(data: Fields, host: str) -> Account:
    """Return who is signed in."""
    user = data.get("user")
    who = text(inside(user, "open_id"), 200)
    if not who:
        raise Unavailable("errors.bad_answer", host=host)
    return Account(who, text(inside(user, "display_name"), 100) or NAME)


def parse_creator(data: Fields, host: str) -> Creator:
    """Return what TikTok offers to who posts."""
    levels = texts(data.get("privacy_level_options"), 60)
    if not levels:
        raise Unavailable("errors.bad_answer", host=host)
    closed = {
        word
        for word, field in (
            ("comments", "comment_disabled"),
            ("duets", "duet_disabled"),
            ("stitches", "stitch_disabled"),
        )
        if data.get(field) is True
    }
    return Creator(
        name=text(data.get("creator_username"), 100),
        levels=levels,
        longest=float(number(data.get("max_video_post_duration_sec")) or 0),
        closed=frozenset(closed),
    )


def parse_begun(data: Fields, host: str) -> Begun:
    """Return the upload TikTok opened."""
    begun = Begun(text(data.get("publish_id"), 200), text(data.get("upload_url"), 4000))
    if not begun.publish or not begun.address:
        raise Unavailable("errors.bad_answer", host=host)
    return begun


def parse_standing(data: Fields, host: str) -> Standing:
    """Return how a post stands; `Unavailable` for a state nobody knows."""
    state = text(data.get("status"), 60)
    if state not in STATES:
        raise Unavailable("errors.bad_answer", host=host)
    # The misspelt name is TikTok's own; the other is what it may become.
    told = data.get("publicaly_available_post_id") or data.get("publicly_available_post_id")
    post = text(told, 40)
    return Standing(
        state=state,
        reason=text(data.get("fail_reason"), 80),
        arrived=number(data.get("uploaded_bytes")),
        post=post if post.isdecimal() else "",
    )


def parse_figures(data: Fields, remotes: dict[str, str]) -> Sequence[Figures]:
    """Return how videos do; `remotes` says by which name each was asked for."""
    found = []
    for one in objects(data.get("videos")):
        video = text(one.get("id"), 40)
        if video in remotes:
            found.append(
                Figures(
                    remotes[video],
                    views=number(one.get("view_count")),
                    likes=number(one.get("like_count")),
                    comments=number(one.get("comment_count")),
                    shares=number(one.get("share_count")),
                )
            )
    return found
