"""Reads the answers of the Bot API, and puts a post into its words; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.api import (
    AppError,
    AuthRequired,
    Fields,
    HttpAnswer,
    InvalidInput,
    Refused,
    Unavailable,
    inside,
)
from app.api.captions import hashtag, utf16
from app.api.publishing import Account, PostWanted
from app.api.shortening import shortened

NAME = "Telegram"
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,63}|-?\d{1,20}")
_LONGEST_PAUSE = 86_400.0
JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that is there: its number, its chat, and the name of a public one."""

    message: int
    chat: int
    public: str = ""

    def remote(self) -> str:
        """What stands for it at home."""
        return f"{self.chat}/{self.message}"

    def url(self, web: str) -> str:
        """Where it is to be seen; private groups of the old kind have no addresses."""
        if self.public:
            return f"{web}/{self.public}/{self.message}"
        told = str(self.chat)
        return f"{web}/c/{told[4:]}/{self.message}" if told.startswith("-100") else ""


def proper_token(secret: str | None) -> str:
    """Return a bot's token; `AuthRequired` for what cannot be one: it goes into addresses."""
    token = (secret or "").strip()
    if not _TOKEN.fullmatch(token):
        raise AuthRequired("errors.post_bot_token", name=NAME)
    return token


def proper_chat(told: str) -> str:
    """Return a chat; `AuthRequired` when the owner has still to say which."""
    chat = told.strip()
    for start in ("https://t.me/", "http://t.me/", "t.me/"):
        if chat.startswith(start):
            chat = "@" + chat.removeprefix(start).strip("/")
    if not _CHAT.fullmatch(chat):
        raise AuthRequired("errors.post_chat_missing", name=NAME)
    return chat


def caption_of(wanted: PostWanted, most: int) -> str:
    """Title, description, link and hashtags as one caption, the description cut to its room."""
    title = shortened(wanted.title.strip(), most, utf16)
    tags = " ".join(dict.fromkeys(one for tag in wanted.tags[:8] if (one := hashtag(tag))))
    tail = [part for part in (wanted.link, tags) if part]
    while tail and utf16(JOINT.join([title, *tail])) > most:
        tail.pop()
    around = utf16(JOINT.join(part for part in (title, *tail) if part))
    room = most - around - utf16(JOINT)
    text = shortened(wanted.description.strip(), room, utf16) if room > 0 else ""
    return JOINT.join(part for part in (title, text, *tail) if part)


def result_of(answer: HttpAnswer, most_text: int, largest: int) -> object:
    """Return what was asked for; raises what an answer that is no success means."""
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and document.get("ok") is True:
        return document.get("result")
    raise trouble_of(answer, document if isinstance(document, dict) else {}, most_text, largest)


def trouble_of(answer: HttpAnswer, document: Fields, most_text: int, largest: int) -> AppError:
    """Return what a refusal means."""
    status, words = answer.status, str(document.get("description", "")).lower()[:500]
    if status == 401 or (status == 404 and document.get("ok") is False):
        return AuthRequired("errors.post_bot_token", name=NAME)
    if status == 429:
        pause = inside(document, "parameters", "retry_after")
        good = isinstance(pause, int) and not isinstance(pause, bool) and pause >= 0
        told = min(float(str(pause)), _LONGEST_PAUSE) if good else answer.retry_after
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=told)
    if status == 413 or "too large" in words or "file is too big" in words:
        return InvalidInput("errors.post_video_large", name=NAME, most=largest // 1_000_000)
    if status == 403 or "chat not found" in words or "not enough rights" in words:
        return AuthRequired("errors.post_bot_chat", name=NAME)
    if "caption is too long" in words:
        return InvalidInput("errors.post_text_long", name=NAME, most=most_text)
    if status in (400, 409) and document.get("ok") is False:
        return Refused("errors.post_refused_there", name=NAME)
    if status >= 500:
        return Unavailable("errors.server_failed", host=answer.host, status=status)
    return Unavailable("errors.bad_answer", host=answer.host)


def moved_to(answer: HttpAnswer) -> str:
    """The number of the group a chat has become; nothing when it has not."""
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError):
        return ""
    told = inside(document, "parameters", "migrate_to_chat_id")
    return str(told) if isinstance(told, int) and not isinstance(told, bool) else ""


def is_unchanged(answer: HttpAnswer) -> bool:
    """Whether a change was refused because it says what is there already."""
    return answer.status == 400 and b"message is not modified" in answer.content


def parse_account(bot: object, chat: object, web: str) -> Account:
    """Read who posts, and where."""
    name = inside(chat, "title") or inside(chat, "username") or inside(bot, "username")
    public = inside(chat, "username")
    url = f"{web}/{public}" if isinstance(public, str) and _CHAT.fullmatch(f"@{public}") else ""
    return Account(str(inside(chat, "id") or ""), str(name or "")[:200], url)


def parse_sent(result: object, host: str) -> Sent:
    """Read a message that was sent; `Unavailable` when it is none."""
    message, chat = inside(result, "message_id"), inside(result, "chat", "id")
    public = inside(result, "chat", "username")
    numbers = [one for one in (message, chat) if isinstance(one, int) and not isinstance(one, bool)]
    if len(numbers) != 2:
        raise Unavailable("errors.bad_answer", host=host)
    good = isinstance(public, str) and _CHAT.fullmatch(f"@{public}")
    return Sent(numbers[0], numbers[1], str(public) if good else "")


def parse_remote(remote: str) -> tuple[str, int]:
    """The chat and the number of a message; `InvalidInput` for what is none of ours."""
    chat, _slash, message = remote.partition("/")
    if not _CHAT.fullmatch(chat) or not re.fullmatch(r"\d{1,18}", message):
        raise InvalidInput("errors.post_unknown_there", name=NAME)
    return chat, int(message)


def fields_of(wanted: PostWanted, chat: str, caption: str) -> Mapping[str, str]:
    """The fields of a message, beside its file."""
    video = wanted.video
    silent = "" if wanted.notify else "true"
    told: dict[str, Any] = {"chat_id": chat, "caption": caption, "disable_notification": silent}
    if video is not None:
        told |= {
            "supports_streaming": "true", "duration": round(video.seconds), "width": video.width,
            "height": video.height,
        }  # fmt: skip
    return {name: str(value) for name, value in told.items() if value}


def session_of(text: str) -> Sent | None:
    """The message of a session; None before it is there."""
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return None
    numbers = [inside(told, name) for name in ("message", "chat")]
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in numbers):
        return None
    public = inside(told, "public")
    return Sent(told["message"], told["chat"], public if isinstance(public, str) else "")


def session_text(sent: Sent) -> str:
    """A message as a session keeps it."""
    return json.dumps({"message": sent.message, "chat": sent.chat, "public": sent.public})
