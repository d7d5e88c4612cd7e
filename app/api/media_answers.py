"""What services that make media answer: what their troubles mean, and whether a file is one. Pure.

What a service says in words is looked at and never passed on: it may repeat a key or a wish.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.api.answers import trouble_told, words_of
from app.api.context import HttpAnswer
from app.api.making import MadeMedia
from app.api.media_calls import Path, inside_of
from app.api.reading import Fields
from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
)

PICTURES = frozenset({"png", "jpg", "webp"})
FILMS = frozenset({"mp4", "webm"})
_WORDS = 2_000
_TYPES = ("image/", "video/", "application/octet-stream", "binary/octet-stream", "application/mp4")


class Standing(StrEnum):
    """How an order stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # why lies elsewhere in the answer
    REFUSED = "refused"
    GONE = "gone"  # called off, or nobody remembers it


class Meaning(StrEnum):
    """What a code a service gives for a trouble means."""

    KEY = "key"
    MONEY = "money"
    QUOTA = "quota"
    REFUSED = "refused"
    BUSY = "busy"
    WRONG = "wrong"  # it cannot be made from this
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Troubles:
    """How a service tells its troubles: where its codes and words lie, and what codes mean.

    A code also stands for all that begin with it and a dot. `name` is the service's, for people.
    """

    name: str
    where: tuple[Path, ...] = ()
    codes: Mapping[str, Meaning] | None = None

    def of_answer(self, answer: HttpAnswer, model: str = "", *, order: bool) -> AppError | None:
        """Return what an answer that is no success means; None: it is one.

        `order`: something was ordered, so that what is not found is the model, not an order.
        """
        if 300 <= answer.status < 400:
            return Unavailable("errors.bad_answer", host=answer.host)
        if answer.status < 400:
            return None
        meaning = self._coded(fields_of(answer)) or _spoken(answer.status, words_of(answer))
        if meaning is not None:
            return self._error(meaning, answer)
        if answer.status in (404, 410) and not order:
            return NotFound("errors.media_gone", name=self.name)
        if answer.status in (404, 410):
            return InvalidInput("errors.model_unknown", model=model, name=self.name)
        return trouble_told(answer.status, "", answer, model)

    def of_code(self, document: Fields, answer: HttpAnswer) -> AppError | None:
        """Return the trouble whose code a good answer holds; None: it holds none."""
        meaning = self._coded(document)
        return None if meaning is None else self._error(meaning, answer)

    def of_failure(self, document: Fields) -> AppError:
        """Return why an order ended without a result, from the answer that says so.

        `Refused` when the same would end the same way (they will not, this cannot be made, no
        money), else `NotFound`: the order is no more, a new one may do.
        """
        words = " ".join(self._told(document)).lower()
        meaning = self._coded(document) or _spoken(400, words)
        if meaning is None and _WRONG.search(words):
            meaning = Meaning.WRONG
        if meaning in _LASTING:
            return Refused(_ERRORS[meaning][1], name=self.name)
        return NotFound("errors.media_failed", name=self.name)

    def refused(self) -> Refused:
        """Return that the service will not make this."""
        return Refused("errors.media_refused", name=self.name)

    def gone(self) -> NotFound:
        """Return that an order or its result is there no more."""
        return NotFound("errors.media_gone", name=self.name)

    def _told(self, document: Fields) -> list[str]:
        found = (inside_of(document, path) for path in self.where)
        return [str(one)[:_WORDS] for one in found if isinstance(one, str | int)]

    def _coded(self, document: Fields) -> Meaning | None:
        for told in self._told(document):
            for code, meaning in (self.codes or {}).items():
                if told.lower() == code or told.lower().startswith(f"{code}."):
                    return meaning
        return None

    def _error(self, meaning: Meaning, answer: HttpAnswer) -> AppError:
        if meaning is Meaning.BUSY:
            pause = answer.retry_after
            return Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
        kind, key = _ERRORS[meaning]
        return kind(key, name=self.name)


_ERRORS: Mapping[Meaning, tuple[type[AppError], str]] = {
    Meaning.KEY: (AuthRequired, "errors.model_key_refused"),
    Meaning.MONEY: (AuthRequired, "errors.media_no_money"),
    Meaning.QUOTA: (AuthRequired, "errors.media_quota"),
    Meaning.REFUSED: (Refused, "errors.media_refused"),
    Meaning.WRONG: (InvalidInput, "errors.media_not_taken"),
    Meaning.GONE: (NotFound, "errors.media_gone"),
    Meaning.FAILED: (Unavailable, "errors.media_failed"),
}
_LASTING = (Meaning.REFUSED, Meaning.WRONG, Meaning.MONEY, Meaning.QUOTA)
_MONEY = re.compile(
    r"(?:insufficient|not enough|no|lack of|exhausted|out of)[_ ](?:[a-z]+[_ ])?"
    r"(?:balance|credits?|funds|tokens)|insufficientcredits|balance not enough|insufficient_quota"
    r"|billing_(?:error|hard_limit|not_active)|payment required|enough credits|top up"
)
_QUOTA = re.compile(
    r"(?:daily|monthly|hourly|weekly)[_ ](?:[a-z]+[_ ])?(?:limit|quota|cap)"
    r"|quota[_ ](?:has been[_ ])?(?:exceeded|exhausted|reached)|exceeded your [a-z ]{0,20}quota"
    r"|spend(?:ing)?[_ ](?:limit|cap)|upgrade your (?:plan|subscription)"
)
_REFUSED = re.compile(
    r"moderat|content[_ ](?:policy|filter|security)|safety|nsfw|flagged|usage polic|prohibited"
    r"|sensitive (?:content|words?|information)|risk control|inappropriate"
)
_KEY = re.compile(
    r"(?:invalid|incorrect|wrong|expired|missing)[_ ](?:x-)?api[_ -]?key|unauthorized"
)
_WRONG = re.compile(r"invalid|unsupported|corrupt|too[_ ](?:large|long|small|short)")


def file_kind(content: bytes) -> str:
    """Return the ending a picture or a film has by its first bytes; nothing for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return "mp4"
    return "webm" if content.startswith(b"\x1a\x45\xdf\xa3") else ""


def made_of(
    content: bytes, wanted: Collection[str], host: str, price: float | None = None
) -> MadeMedia:
    """Return a file a service made; `Unavailable` when it is none of the kinds wanted."""
    ending = file_kind(content)
    if ending not in wanted:
        raise Unavailable("errors.bad_answer", host=host)
    return MadeMedia(content, ending, price)


def file_of(answer: HttpAnswer, wanted: Collection[str], troubles: Troubles) -> MadeMedia:
    """Return the file an answer holds; `NotFound` when its address has expired."""
    if answer.status in (400, 401, 403, 404, 410):  # stores tell an expired address in these
        raise troubles.gone()
    trouble = trouble_told(answer.status, "", answer) if answer.status >= 300 else None
    if trouble is not None:
        raise trouble if isinstance(trouble, Unavailable) else _bad(answer.host)
    kind = answer.headers.get("content-type", "").strip().lower()
    if kind and not kind.startswith(_TYPES):
        raise _bad(answer.host)
    return made_of(answer.content, wanted, answer.host)


def fields_of(answer: HttpAnswer) -> Fields:
    """Return the object an answer is, whatever its status; an empty one for anything else."""
    if len(answer.content) > 1_000_000:
        return {}
    try:
        document = answer.json()
    except Unavailable:
        return {}
    return document if isinstance(document, dict) else {}


def unpacked(value: object, host: str) -> bytes:
    """Return the bytes of a base64 text; `Unavailable` when it is none."""
    if not isinstance(value, str):
        raise _bad(host)
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad(host) from error


def _bad(host: str) -> Unavailable:
    return Unavailable("errors.bad_answer", host=host)


def _spoken(status: int, words: str) -> Meaning | None:
    """What the words beside a status mean; None: no more than the status."""
    found: Iterable[tuple[bool, Meaning]] = (
        (status == 402 or (status < 500 and bool(_MONEY.search(words))), Meaning.MONEY),
        (status == 401, Meaning.KEY),
        (status < 500 and bool(_QUOTA.search(words)), Meaning.QUOTA),
        (status == 451 or (status < 429 and bool(_REFUSED.search(words))), Meaning.REFUSED),
        (status < 500 and bool(_KEY.search(words)), Meaning.KEY),
        (status == 403, Meaning.KEY),
    )
    return next((meaning for holds, meaning in found if holds), None)
