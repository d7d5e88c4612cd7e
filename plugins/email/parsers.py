"""Addresses, and a post as a message; pure."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses, parseaddr

from app.api import AuthRequired, InvalidInput, Notice, Unsupported
from app.api.publishing import PostWanted

NAME = "E-mail"
LARGEST = 20_000_000
"""Bytes of a whole message: what most services take."""
MOST_RECIPIENTS = 50
LONGEST_TITLE = 200
LONGEST_NOTICE = 20_000
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|localhost"
)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[?[0-9a-f:]{2,45}\]?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029]+")
_WITHIN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TYPES = {"mp4": "mp4", "m4v": "mp4", "webm": "webm", "mov": "quicktime"}
POLICY = SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True)
class Letter:
    """Who writes to whom. Addresses are ASCII; `name` is the sender's own."""

    sender: str
    name: str
    recipients: tuple[str, ...]
    unsubscribe: str = ""


def proper_host(told: str) -> str:
    """Return a server's name; `InvalidInput` for what is none."""
    host = told.strip().lower()
    if not _HOST.fullmatch(host):
        raise InvalidInput("errors.post_mail_address", address=told[:100])
    return host.strip("[]")


def address_of(told: str) -> tuple[str, str]:
    """Return a name and an address; `InvalidInput` for what is none. Domains become ASCII."""
    name, address = parseaddr(_CONTROL.sub(" ", told))
    whole = address in told  # what is read out of several words is not what was meant
    local, _at, domain = address.rpartition("@")
    try:
        domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    good = whole and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and len(address) <= 254
    if not good or len(local) > 64:
        raise InvalidInput("errors.post_mail_address", address=told.strip()[:100])
    return name[:100], f"{local}@{domain}"


def recipients_of(told: str) -> tuple[str, ...]:
    """Return addresses out of a list of them, each once; `InvalidInput` for one that is none."""
    if len(told) > 100 * MOST_RECIPIENTS:
        raise InvalidInput("errors.post_mail_recipients", most=MOST_RECIPIENTS)
    words = _CONTROL.sub(" ", told.replace(";", ",").replace("\n", ","))
    found: dict[str, None] = {}
    for name, address in getaddresses([part for part in words.split(",") if part.strip()]):
        found[address_of(address or name)[1]] = None
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise InvalidInput("errors.post_mail_recipients", most=MOST_RECIPIENTS)
    return tuple(found)


def unsubscribe_of(told: str, sender: str) -> str:
    """Return where people leave a list, as the header has it."""
    told = told.strip()
    if told.startswith("https://") and re.fullmatch(r"[!-;=?-~]{9,500}", told):
        return f"<{told}>"
    address = address_of(told)[1] if told else sender
    return f"<mailto:{address}?subject=unsubscribe>"


def message_id(key: str, sender: str) -> str:
    """Return what names the message of a post: the same for each try."""
    return f"<{key}@{sender.rpartition('@')[2]}>"


def fits(poster: int, video: int) -> bool:
    """Whether a message with files of so many bytes stays within what services take."""
    return (poster + video) * 4 / 3 * 79 / 77 + 100_000 <= LARGEST


def web_link(wanted: PostWanted) -> str:
    """The link of a post, or the one that was chosen for it, when it leads to the web."""
    link = (wanted.link or wanted.choices.get("link", "")).strip()
    good = link.startswith(("https://", "http://")) and link.isprintable()
    return link if good and " " not in link else ""


def message_of(
    wanted: PostWanted, letter: Letter, poster: bytes, video: bytes, at: float
) -> EmailMessage:
    """A post as a message: text and HTML beside each other, the poster in it, the video with it."""
    made = EmailMessage(policy=POLICY)
    local, _at, domain = letter.sender.rpartition("@")
    made["From"] = Address(_CONTROL.sub(" ", letter.name).strip(), local, domain)
    alone = len(letter.recipients) == 1
    made["To"] = letter.recipients[0] if alone else "undisclosed-recipients:;"
    made["Subject"] = _CONTROL.sub(" ", wanted.title).strip()[:LONGEST_TITLE] or "…"
    made["Date"] = format_datetime(datetime.datetime.fromtimestamp(at, datetime.UTC))
    made["Message-ID"] = message_id(wanted.key, letter.sender)
    if not alone:
        made["List-Unsubscribe"] = letter.unsubscribe
        if letter.unsubscribe.startswith("<https:"):
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_text(wanted, letter))
    made.add_alternative(_html(wanted, letter, pictured=bool(poster)), subtype="html")
    if poster:
        _alternative, page = made.iter_parts()
        kind = "png" if poster.startswith(b"\x89PNG") else "jpeg"
        assert isinstance(page, EmailMessage)
        page.add_related(poster, "image", kind, cid="<poster>", disposition="inline")
    if video:
        ending = wanted.video.ending if wanted.video is not None else ""
        kind = _TYPES.get(ending, "mp4")
        made.add_attachment(video, "video", kind, filename=f"video.{ending or 'mp4'}")
    if re.fullmatch(r"[a-z]{2,3}", wanted.language):  # last: contents come with heads of their own
        made["Content-Language"] = wanted.language
    return made


def _text(wanted: PostWanted, letter: Letter) -> str:
    parts = [wanted.title, wanted.description, web_link(wanted)]
    if len(letter.recipients) > 1:
        parts.append(f"-- \n{_leave(letter)}")
    return "\n\n".join(_WITHIN.sub("", part).strip() for part in parts if part.strip()) + "\n"


def _html(wanted: PostWanted, letter: Letter, *, pictured: bool) -> str:
    title = html.escape(_WITHIN.sub("", wanted.title))
    link = html.escape(web_link(wanted))
    parts = [
        '<!doctype html><html><body style="margin:0;background:#f4f4f5">'
        '<div style="max-width:600px;margin:0 auto;padding:24px;background:#fff;'
        'font:16px/1.5 sans-serif;color:#18181b">'
    ]
    if pictured:
        image = (
            f'<img src="cid:poster" alt="{title}" width="552" style="width:100%;border-radius:8px">'
        )
        parts.append(f'<a href="{link}">{image}</a>' if link else image)
    parts.append(f'<h1 style="font-size:22px">{title}</h1>')
    for paragraph in re.split(r"\n\s*\n", _WITHIN.sub("", wanted.description).strip()):
        if paragraph:
            parts.append(f"<p>{html.escape(paragraph).replace(chr(10), '<br>')}</p>")
    if link:
        parts.append(f'<p><a href="{link}" style="color:#0f766e">{link}</a></p>')
    if len(letter.recipients) > 1:
        leave = html.escape(_leave(letter))
        parts.append(f'<p style="font-size:12px;color:#71717a">{leave}</p>')
    return "".join([*parts, "</div></body></html>"])


def _leave(letter: Letter) -> str:
    """Where people leave the list, in the message itself."""
    return letter.unsubscribe.strip("<>").removeprefix("mailto:").partition("?subject")[0]


def letter_of(sender: str, recipients: str, chosen: str, unsubscribe: str) -> Letter:
    """Who writes to whom, out of the options and what a post chose.

    `AuthRequired` when the owner has still to say who writes.
    """
    if not sender.strip():
        raise AuthRequired("errors.post_mail_address", address="")
    name, address = address_of(sender)
    people: Sequence[str] = recipients_of(chosen or recipients)
    return Letter(address, name, tuple(people), unsubscribe_of(unsubscribe, address))


def notice_letter(sender: str, told: str) -> Letter:
    """Who writes notices to whom: the owner alone, never those posts go to.

    `Unsupported` when the owner wants none here.
    """
    if not told.strip():
        raise Unsupported("errors.notices_no_address")
    if not sender.strip():
        raise AuthRequired("errors.post_mail_address", address="")
    name, address = address_of(sender)
    return Letter(address, name, (address_of(told)[1],))


def notice_of(notice: Notice, letter: Letter, key: str, at: float) -> EmailMessage:
    """A notice as a message: plain text, marked as written by a machine."""
    made = EmailMessage(policy=POLICY)
    local, _at, domain = letter.sender.rpartition("@")
    title = _CONTROL.sub(" ", notice.title).strip()[:LONGEST_TITLE] or "…"
    made["From"] = Address(_CONTROL.sub(" ", letter.name).strip(), local, domain)
    made["To"] = letter.recipients[0]
    made["Subject"] = title
    made["Date"] = format_datetime(datetime.datetime.fromtimestamp(at, datetime.UTC))
    made["Message-ID"] = message_id(key, letter.sender)
    made["Auto-Submitted"] = "auto-generated"
    text = _WITHIN.sub("", notice.body)[:LONGEST_NOTICE].strip()
    made.set_content(f"{text or title}\n")
    return made


def is_sent(session: str) -> bool:
    """Whether a session says that the message was taken."""
    try:
        told = json.loads(session) if session else {}
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("sent") is True
