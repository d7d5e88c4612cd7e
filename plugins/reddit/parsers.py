"""Reads what Reddit answers. Pure."""

from __future__ import annotations

import json
import re
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
    number,
    objects,
    parse_xml,
    text,
    texts,
)
from app.api.publishing import Account, Figures

NAME = "Reddit"
POST = re.compile(r"t3_[a-z0-9]{1,20}")
_WHO = re.compile(r"[A-Za-z0-9_-]{1,40}")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
LONGEST_ADDRESS = 4_000


class Duty(StrEnum):
    """What is next with a post."""

    RULES = "rules"
    VIDEO = "video"
    POSTER = "poster"
    BEFORE = "before"  # which posts of this title are there already
    READY = "ready"
    SENT = "sent"  # Reddit works on it: it shows among the owner's posts when it is done


@dataclass(frozen=True, slots=True)
class Upload:
    """How far a post is: what a session holds. `before`: posts that look like it and are not it."""

    duty: Duty = Duty.RULES
    size: int = 0
    flair: str = ""
    video: str = ""
    asset: str = ""
    poster: str = ""
    before: tuple[str, ...] = ()
    looks: int = 0
    opened: float = 0.0

    def to_text(self) -> str:
        """Return it as a session."""
        return json.dumps(asdict(self), separators=(",", ":"))


def read_upload(session: str) -> Upload:
    """Return what a session holds; one that cannot be read begins anew."""
    try:
        held = json.loads(session or "{}")
        return Upload(
            duty=Duty(held.get("duty", Duty.RULES)),
            size=int(held.get("size", 0)),
            flair=str(held.get("flair", "")),
            video=str(held.get("video", "")),
            asset=str(held.get("asset", "")),
            poster=str(held.get("poster", "")),
            before=tuple(str(name) for name in held.get("before", ())),
            looks=int(held.get("looks", 0)),
            opened=float(held.get("opened", 0.0)),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return Upload()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a community takes; 0 and nothing are no rule."""

    videos: bool = True
    flair: bool = False
    text: bool = True
    shortest: int = 0
    longest: int = 0
    needs: Sequence[str] = ()
    bans: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Flair:
    """A flair of a community."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Lease:
    """Leave to put one file into Reddit's store."""

    url: str
    fields: Mapping[str, str] = field(default_factory=dict)
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the owner's own posts."""

    name: str
    title: str
    subreddit: str
    created: float
    url: str
    path: str


def parse_account(document: Fields, host: str, web: str) -> Account:
    """Return who is signed in."""
    who, name = text(document.get("id"), 60), text(document.get("name"), 60)
    if not who or not _WHO.fullmatch(name):
        raise Unavailable("errors.bad_answer", host=host)
    if document.get("is_suspended") is True:
        raise AuthRequired("errors.post_banned", name=NAME)
    return Account(who, name, f"{web}/user/{name}")


def parse_rules(about: Fields, wanted: Fields, subreddit: str) -> Rules:
    """Return what a community takes; `InvalidInput` when there is none of that name."""
    data = about.get("data")
    if about.get("kind") != "t5" or not isinstance(data, dict):
        raise InvalidInput("errors.reddit_subreddit_unknown", subreddit=subreddit)
    if data.get("user_is_banned") is True or data.get("subreddit_type") == "archived":
        raise Refused("errors.reddit_not_allowed", subreddit=subreddit)
    return Rules(
        videos=data.get("allow_videos") is not False and data.get("submission_type") != "self",
        flair=wanted.get("is_flair_required") is True,
        text=wanted.get("body_restriction_policy") != "notAllowed",
        shortest=number(wanted.get("title_text_min_length"), 300) or 0,
        longest=number(wanted.get("title_text_max_length"), 300) or 0,
        needs=texts(wanted.get("title_required_strings"), 100),
        bans=texts(wanted.get("title_blacklisted_strings"), 100),
    )


def parse_flairs(document: object) -> list[Flair]:
    """Return the flairs of a community."""
    found = ((text(one.get("id"), 60), text(one.get("text"), 100)) for one in objects(document))
    return [Flair(name, words) for name, words in found if name]


def parse_lease(document: Fields, host: str) -> Lease:
    """Return where a file goes and what goes along with it."""
    told = inside(document, "args", "action")
    url = f"https:{told}" if isinstance(told, str) and told.startswith("//") else told
    fields = {
        name: value
        for one in objects(inside(document, "args", "fields"))
        if (name := text(one.get("name"), 100)) and isinstance(value := one.get("value"), str)
    }
    proper = isinstance(url, str) and url.startswith(("https://", "http://"))
    if not proper or not isinstance(url, str) or len(url) > LONGEST_ADDRESS or not fields:
        raise Unavailable("errors.bad_answer", host=host)
    return Lease(url, fields, text(inside(document, "asset", "asset_id"), 60))


def parse_stored(answer: HttpAnswer, lease: Lease, most: int) -> str:
    """Return where a file lies in Reddit's store."""
    if answer.status >= 300:
        raise _not_stored(answer, most)
    place = ""
    if answer.content.strip():
        found = parse_xml(answer.content, answer.host).find("Location")
        place = (found.text or "").strip() if found is not None else ""
    place = place or f"{lease.url.rstrip('/')}/{lease.fields.get('key', '')}"
    if not place.startswith(("http://", "https://")) or len(place) > LONGEST_ADDRESS:
        raise Unavailable("errors.bad_answer", host=answer.host)
    return place


def parse_sent(document: Fields, subreddit: str, host: str) -> None:
    """Raise why Reddit did not take a post; nothing is raised when it did."""
    told = document.get("json")
    errors = inside(told, "errors")
    if not isinstance(told, dict) or not isinstance(errors, list):
        raise Unavailable("errors.bad_answer", host=host)
    for one in errors:
        code = one[0] if isinstance(one, list) and one else one
        raise _refusal(str(code), told, subreddit)


def parse_posts(document: Fields, host: str) -> list[Seen]:
    """Return the owner's newest posts; `Unavailable` when the answer is no list of them."""
    children = inside(document, "data", "children")
    if document.get("kind") != "Listing" or not isinstance(children, list):
        raise Unavailable("errors.bad_answer", host=host)
    found = []
    for one in objects(children):
        data = one.get("data")
        if one.get("kind") == "t3" and isinstance(data, dict):
            name, created = text(data.get("name"), 40), number(data.get("created_utc"), 10**11)
            if POST.fullmatch(name):
                found.append(
                    Seen(
                        name,
                        text(data.get("title"), 1000),
                        text(data.get("subreddit"), 60),
                        float(created or 0),
                        text(data.get("url"), 2000),
                        text(data.get("permalink"), 600),
                    )
                )
    return found


def looks_like(seen: Seen, subreddit: str, title: str) -> bool:
    """Whether a post has this title in this community."""
    same = seen.subreddit.lower() == subreddit.lower()
    return same and seen.title.split() == text(title, 1000).split()


def is_ours(seen: Seen, upload: Upload, subreddit: str, title: str) -> bool:
    """Whether a post is the one an upload was made for."""
    if len(upload.asset) >= 8 and upload.asset in seen.url:
        return True
    fresh = seen.created >= upload.opened - 600 and seen.name not in upload.before
    return fresh and looks_like(seen, subreddit, title)


def parse_figures(document: Fields, host: str) -> list[Figures]:
    """Return the figures of posts. Reddit tells no views."""
    if document.get("kind") != "Listing":
        raise Unavailable("errors.bad_answer", host=host)
    found = []
    for one in objects(inside(document, "data", "children")):
        data = one.get("data")
        name = text(inside(data, "name"), 40)
        if POST.fullmatch(name):
            found.append(
                Figures(
                    name,
                    likes=number(inside(data, "score")),
                    comments=number(inside(data, "num_comments")),
                )
            )
    return found


def pause_of(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds Reddit takes nothing more; None: it takes it."""
    left, ends = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
    if not _DECIMAL.fullmatch(left) or not _DECIMAL.fullmatch(ends) or float(left) >= 1:
        return None
    return min(float(ends), 86_400.0)


def trouble_of(answer: HttpAnswer) -> AppError | None:
    """Return what an answer that is no success means; None: it is one."""
    status, host = answer.status, answer.host
    if status < 300:
        return None
    if status == 403:
        return Refused("errors.post_refused_there", name=NAME)
    if status in (404, 410):
        return NotFound("errors.server_has_not", host=host)
    if status == 429:
        pause = answer.retry_after or pause_of(answer.headers)
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=pause)
    if status >= 500 or status == 408:
        pause = answer.retry_after
        return Unavailable("errors.server_failed", host=host, status=status, retry_after=pause)
    if status >= 400:
        return InvalidInput("errors.post_refused_there", name=NAME)
    return Unavailable("errors.bad_answer", host=host)


_LATER = frozenset({"RATELIMIT", "QUOTA_FILLED", "TOO_FAST"})
_NOT_HERE = frozenset(
    {"SUBREDDIT_NOTALLOWED", "SUBREDDIT_NOTALLOWED_BANNED", "NO_VIDEOS", "SUBREDDIT_RESTRICTED",
     "USER_BANNED", "SUBREDDIT_LINKING_DISABLED", "NOT_WHITELISTED_BY_USER_MESSAGE"}
)  # fmt: skip


def _refusal(code: str, told: Fields, subreddit: str) -> AppError:
    if code in _LATER:
        pause = float(number(told.get("ratelimit"), 86_400) or 600)
        return Unavailable("errors.post_limit_there", name=NAME, retry_after=pause)
    if code == "SUBREDDIT_NOEXIST":
        return InvalidInput("errors.reddit_subreddit_unknown", subreddit=subreddit)
    if code == "ALREADY_SUB":
        return Refused("errors.post_duplicate", name=NAME)
    if code in _NOT_HERE:
        return Refused("errors.reddit_not_allowed", subreddit=subreddit)
    if code == "USER_REQUIRED":
        return AuthRequired("errors.post_sign_in", name=NAME)
    if "VALIDATION" in code or "FLAIR" in code or "TITLE" in code or code == "NO_TEXT":
        return InvalidInput("errors.reddit_rules", subreddit=subreddit)
    return Refused("errors.post_refused_there", name=NAME)


def _not_stored(answer: HttpAnswer, most: int) -> AppError:
    """Why the store did not take a file; its leave may only have run out."""
    code = ""
    if answer.status < 500 and b"<Error" in answer.content[:400]:
        found = parse_xml(answer.content, answer.host).find("Code")
        code = (found.text or "") if found is not None else ""
    if code == "EntityTooLarge" or answer.status == 413:
        return InvalidInput("errors.post_video_large", name=NAME, most=most // 1_000_000)
    pause = answer.retry_after
    return Unavailable("errors.server_failed", host=answer.host, status=answer.status,
                       retry_after=pause)  # fmt: skip
