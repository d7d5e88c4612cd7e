"""Servers, topics and messages of ntfy; pure."""

from __future__ import annotations

import re

from app.api import HttpAnswer, InvalidInput, Notice, NoticeKind, Unavailable

LARGEST = 4_096
"""Bytes of a message; what is longer a server makes a file of."""
LARGEST_TITLE = 250
_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAGS = {
    NoticeKind.GOOD: ["white_check_mark"],
    NoticeKind.WARN: ["warning"],
    NoticeKind.BAD: ["rotating_light"],
}
_PRIORITIES = {NoticeKind.GOOD: 2, NoticeKind.BAD: 4}
"""1 to 5: what is good makes no sound, what is bad is held out longer; 3 is the usual."""


def server_of(told: str) -> str:
    """The root of a server, without a slash at its end; `InvalidInput` for what is none."""
    address = told.strip().rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise InvalidInput("errors.not_a_web_address")
    return address


def topic_of(told: str) -> str:
    """A topic; `InvalidInput` for what is none."""
    topic = told.strip()
    if not _TOPIC.fullmatch(topic):
        raise InvalidInput("errors.ntfy_topic", topic=topic[:70])
    return topic


def message(notice: Notice, topic: str) -> dict[str, object]:
    """What is posted for a notice."""
    title = " ".join(_CONTROL.sub(" ", notice.title).split())
    text = _CONTROL.sub(" ", notice.body).strip() or title
    found: dict[str, object] = {
        "topic": topic, "title": _cut(title, LARGEST_TITLE), "message": _cut(text, LARGEST),
        "priority": _PRIORITIES.get(notice.kind, 3),
    }  # fmt: skip
    if notice.kind in _TAGS:
        found["tags"] = _TAGS[notice.kind]
    return found


def require_taken(answer: HttpAnswer, topic: str) -> None:
    """Raise what an answer means, unless it says that the message was taken."""
    told = answer.require().json()
    if not isinstance(told, dict) or told.get("event") != "message" or told.get("topic") != topic:
        raise Unavailable("errors.bad_answer", host=answer.host)


def require_healthy(answer: HttpAnswer) -> None:
    """Raise unless a server is there, is an ntfy, is well, and lets us in."""
    told = answer.require().json()
    if not isinstance(told, dict) or told.get("healthy") is not True:
        raise Unavailable("errors.bad_answer", host=answer.host)


def _cut(text: str, most: int) -> str:
    """Text of so many bytes at most, never in the middle of a letter."""
    content = text.encode("utf-8", "replace")
    if len(content) <= most:
        return content.decode()
    return content[: most - 3].decode("utf-8", "ignore") + "…"
