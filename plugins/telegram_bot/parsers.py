"""Reads what the Bot API answers and what people sent, and writes messages for it; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

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
    objects,
)
from app.api.captions import utf16
from app.api.chatting import ChatButton, ChatIdentity, Incoming
from app.api.reading import web_address
from app.api.shortening import shortened

NAME = "Telegram"
OTHER_PAUSE = 120.0
"""Seconds to stay away when another program listens as the same bot: it may be ours elsewhere."""
MOST_PEOPLE = 50
MOST_ROWS, MOST_IN_ROW = 25, 8
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_CHAT = re.compile(r"\d{1,20}")
_USER = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,63}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_PAUSE = 86_400.0
_LARGEST_NUMBER = 2**53
_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_from_chat")
_NOT_OWN = ("via_bot", "sender_chat", "sender_business_bot", "business_connection_id")
_PICTURES = ("jpg", "jpeg", "png", "webp")


def proper_token(secret: str | None) -> str:
    """Return a bot's token; `AuthRequired` for what cannot be one: it goes into addresses."""
    token = (secret or "").strip()
    if not _TOKEN.fullmatch(token):
        raise AuthRequired("errors.post_bot_token", name=NAME)
    return token


def people_of(told: str) -> tuple[str, ...]:
    """The chats of the people of an option; what is no number is left out."""
    found = (part.strip() for part in told[:2000].split(","))
    return tuple(dict.fromkeys(one for one in found if _CHAT.fullmatch(one)))[:MOST_PEOPLE]


def proper_chat(chat: str) -> str:
    """A private chat, which is the number of a person; `InvalidInput` when it is none."""
    if not _CHAT.fullmatch(chat):
        raise InvalidInput("errors.bad_argument", name="chat")
    return chat


def message_number(sent: str) -> int:
    """The number of a message; `InvalidInput` when it is none."""
    if not re.fullmatch(r"\d{1,15}", sent):
        raise InvalidInput("errors.bad_argument", name="sent")
    return int(sent)


def result_of(answer: HttpAnswer) -> object:
    """Return what was asked for; raises what an answer that is no success means."""
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and document.get("ok") is True:
        return document.get("result")
    raise trouble_of(answer, document if isinstance(document, dict) else {})


def trouble_of(answer: HttpAnswer, document: Fields) -> AppError:
    """Return what a refusal means."""
    status, words = answer.status, str(document.get("description", "")).lower()[:500]
    told = document.get("ok") is False
    if status == 401 or (status == 404 and told):
        return AuthRequired("errors.post_bot_token", name=NAME)
    if status == 429:
        return Unavailable("errors.post_busy_there", name=NAME, retry_after=pause_of(answer))
    if status == 409:
        return Unavailable("errors.chat_other_listener", name=NAME, retry_after=OTHER_PAUSE)
    if status == 413 or "too large" in words or "file is too big" in words:
        return InvalidInput("errors.chat_file_large", name=NAME)
    if status == 403 or "chat not found" in words:
        return Refused("errors.chat_closed", name=NAME)
    if "message to edit not found" in words or "message can't be edited" in words:
        return NotFound("errors.chat_message_gone", name=NAME)
    if "query is too old" in words:
        return NotFound("errors.chat_press_old", name=NAME)
    if status < 500 and told:
        return Refused("errors.chat_refused", name=NAME)
    if status >= 500:
        return Unavailable("errors.server_failed", host=answer.host, status=status)
    return Unavailable("errors.bad_answer", host=answer.host)


def pause_of(answer: HttpAnswer) -> float | None:
    """Seconds a server that was asked too often wants to be left alone."""
    try:
        told = inside(json.loads(answer.content), "parameters", "retry_after")
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, int) and not isinstance(told, bool) and told >= 0:
        return min(float(told), _LONGEST_PAUSE)
    return answer.retry_after


def says(answer: HttpAnswer, status: int, words: bytes) -> bool:
    """Whether an answer is this refusal."""
    return answer.status == status and words in answer.content[:1000]


def parse_identity(result: object, web: str) -> ChatIdentity:
    """Read who the bot is."""
    name = inside(result, "username")
    if not isinstance(name, str) or not _USER.fullmatch(name):
        raise Unavailable("errors.chat_no_name", name=NAME)
    return ChatIdentity(f"@{name}", f"{web}/{name}")


def parse_sent(result: object, host: str) -> str:
    """Read the number of a message that was sent; `Unavailable` when it is none."""
    sent = _whole(inside(result, "message_id"))
    if not sent:
        raise Unavailable("errors.bad_answer", host=host)
    return str(sent)


def parse_updates(result: object, most_text: int) -> list[Incoming]:
    """Read what came, oldest first. What cannot be read is there with its number alone."""
    found = (_incoming(one, most_text) for one in objects(result))
    return sorted((one for one in found if one.number), key=lambda one: one.number)


def _incoming(update: Fields, most: int) -> Incoming:
    number = _whole(update.get("update_id"))
    query = update.get("callback_query")
    if isinstance(query, dict):
        return _press(number, query)
    for kind in ("message", "edited_message"):
        message = update.get(kind)
        if isinstance(message, dict):
            return _message(number, message, most, edited=kind == "edited_message")
    return _nothing(number)


def _message(number: int, message: Fields, most: int, *, edited: bool) -> Incoming:
    sender, chat = inside(message, "from"), inside(message, "chat")
    text = message.get("text")
    who, where = _whole(inside(sender, "id")), inside(chat, "id")
    if not isinstance(text, str) or not who or not _whole(message.get("date")):
        return _nothing(number)
    return Incoming(
        number, str(where)[:40], who, _name(sender), _words(text, most),
        float(_whole(message["date"])), private=_private(chat, who),
        edited=edited or "edit_date" in message,
        forwarded=any(name in message for name in _FORWARDED),
        from_bot=inside(sender, "is_bot") is not False or any(one in message for one in _NOT_OWN),
    )  # fmt: skip


def _press(number: int, query: Fields) -> Incoming:
    sender, message = query.get("from"), query.get("message")
    chat, reply, pressed = inside(message, "chat"), query.get("id"), query.get("data")
    who, below = _whole(inside(sender, "id")), _whole(inside(message, "message_id"))
    if not isinstance(reply, str) or not 0 < len(reply) <= 100 or not who:
        return _nothing(number)
    return Incoming(
        number, str(inside(chat, "id"))[:40], who, _name(sender), "",
        float(_whole(inside(message, "date"))), private=_private(chat, who),
        from_bot=inside(sender, "is_bot") is not False,
        press=pressed if isinstance(pressed, str) and 0 < len(pressed) <= 64 else "?",
        message=str(below) if below else "", reply=reply,
    )  # fmt: skip


def _nothing(number: int) -> Incoming:
    return Incoming(number, "", 0, "", "", 0.0, private=False)


def _private(chat: object, who: int) -> bool:
    return inside(chat, "type") == "private" and inside(chat, "id") == who


def _whole(value: object) -> int:
    """A whole number above nothing; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 < value < _LARGEST_NUMBER else 0


def _name(sender: object) -> str:
    parts = (inside(sender, name) for name in ("first_name", "last_name", "username"))
    told = [_words(one, 64) for one in parts if isinstance(one, str)]
    return " ".join(" ".join(one for one in told[:2] if one).split())[:64]


def _words(text: str, most: int) -> str:
    """Text without signs that are no letters, nor half ones."""
    whole = text[:most].encode("utf-8", "ignore").decode()
    return _NOT_WORDS.sub("", whole.replace("\r\n", "\n")).strip()


def text_of(text: str, most: int) -> str:
    """A text of at most `most` as Telegram counts, and never an empty one: it takes none."""
    return shortened(text.strip(), most, utf16) or "…"


def keyboard(
    rows: Sequence[Sequence[ChatButton]], most_press: int, most_text: int
) -> Mapping[str, Any]:
    """Buttons as the Bot API has them; those which can neither be pressed nor opened go."""
    made = [
        [told for one in row[:MOST_IN_ROW] if (told := _button(one, most_press, most_text))]
        for row in rows[:MOST_ROWS]
    ]
    return {"inline_keyboard": [row for row in made if row]}


def _button(button: ChatButton, most_press: int, most_text: int) -> Mapping[str, str] | None:
    text = text_of(button.text, most_text)
    if button.press:
        if len(button.press.encode()) > most_press:
            raise InvalidInput("errors.bad_argument", name="press")
        return {"text": text, "callback_data": button.press}
    url = web_address(button.url)
    return {"text": text, "url": url} if url else None


def kind_of(name: str, size: int, most_picture: int) -> str:
    """How a file is sent: pictures and films are shown, anything else is a document."""
    ending = name.rpartition(".")[2].lower()
    if ending in _PICTURES and size <= most_picture:
        return "photo"
    return "video" if ending == "mp4" else "document"


def menu_of(commands: Sequence[tuple[str, str]]) -> list[Mapping[str, str]]:
    """Commands for the menu beside the line where one types."""
    return [
        {"command": name, "description": shortened(words.strip(), 256, utf16) or name}
        for name, words in commands[:100]
        if _COMMAND.fullmatch(name)
    ]
