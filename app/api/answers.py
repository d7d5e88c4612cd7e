"""Reads the answers of services that hold models, and what their refusals mean.

What a service says in words is looked at and never passed on: it may repeat a key or a question.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from app.api.context import HttpAnswer
from app.api.reading import Fields, inside, objects
from app.api.thinking import TextQuestion
from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    Refused,
    Unavailable,
)

LONGEST_TEXT = 400_000
"""Characters of one answer; a longer one is nobody's wish."""
MOST_TRIES = 8
"""Times one question is put until a service takes it as it is put."""
_WORDS = 20_000

_NO_MONEY = re.compile(
    r"insufficient[_ ](?:quota|balance|credits?|funds)|credit balance|more credits"
    r"|billing_(?:error|hard_limit|not_active)|account is not active|spend(?:ing)? (?:limit|cap)"
)
_NO_KEY = re.compile(
    r"invalid[_ ]api[_ ]key|incorrect api key|invalid x-api-key|api[_ ]key[_ ](?:not[_ ]valid"
    r"|invalid|expired)|authentication[_ ](?:error|fails)|invalid_authentication"
)
_REFUSED = re.compile(
    r"content[_ ](?:policy|filter)|moderation|flagged|prohibited_content|safety system"
    r"|usage polic"
)
_TOO_LONG = re.compile(
    r"context_length|context length|context window|context size|exceed_context"
    r"|prompt is too long|too many tokens|maximum context|reduce the length|request_too_large"
    r"|input token count|string_above_max_length|model_max_prompt"
)
_NO_MODEL = re.compile(
    r"model_not_found|model[^.]{0,120}(?:does not exist|not found|not exist)|invalid_model"
    r"|not a valid model|no such model|is not found for api version"
)
_BARE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_FENCED = re.compile(r"\A\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


def at_home(host: str) -> bool:
    """Whether a host lies in the owner's own network, as far as its name tells."""
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".home", ".internal", ".arpa"))


def proper_key(secret: str | None, name: str) -> str:
    """Return a key as it goes into a header; `AuthRequired` for one that cannot be a key."""
    key = (secret or "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key or len(key) > 1000:
        raise AuthRequired("errors.model_key_refused", name=name)
    return key


def bearer(key: str) -> dict[str, str]:
    """Return the header that carries a key; none without one."""
    return {"Authorization": f"Bearer {key}"} if key else {}


def trouble_of(answer: HttpAnswer, model: str = "") -> AppError | None:
    """Return what an answer that is no success means; None: it is one.

    `InvalidInput` with the key ``errors.server_refused`` is all that is left when nothing more
    is known: the question may be put in another way then.
    """
    if 300 <= answer.status < 400:
        return Unavailable("errors.bad_answer", host=answer.host)
    if answer.status < 400:
        return None
    return trouble_told(answer.status, words_of(answer), answer, model)


def trouble_told(status: int, words: str, answer: HttpAnswer, model: str = "") -> AppError:
    """Return what a status and the words beside it mean; see `trouble_of`."""
    host = answer.host
    if status == 402 or _NO_MONEY.search(words):
        return AuthRequired("errors.model_no_money", name=host)
    if status == 401 or _NO_KEY.search(words):
        return AuthRequired("errors.model_key_refused", name=host)
    if status < 429 and _TOO_LONG.search(words) or status == 413:
        return InvalidInput("errors.model_too_long", model=model)
    if status < 429 and _REFUSED.search(words):
        return Refused("errors.model_refused", name=host)
    if status == 403:
        return AuthRequired("errors.model_key_refused", name=host)
    if status in (404, 410) or (status < 429 and _NO_MODEL.search(words)):
        return InvalidInput("errors.model_unknown", model=model, name=host)
    return _later(status, answer)


def _later(status: int, answer: HttpAnswer) -> AppError:
    host = answer.host
    if status in (408, 504):
        return Unavailable("errors.server_slow", host=host)
    if status in (429, 503, 529):
        pause = answer.retry_after
        if pause is None and (told := answer.headers.get("retry-after", "")).isdecimal():
            pause = min(float(told[:6]), 86_400.0)
        return Unavailable("errors.server_busy", host=host, retry_after=pause)
    if status >= 500:
        return Unavailable("errors.server_failed", host=host, status=status)
    return InvalidInput("errors.server_refused", host=host, status=status)


def words_of(answer: HttpAnswer) -> str:
    """Return all an answer says of an error, in lower case, to look for words in; never to show."""
    return answer.content[:_WORDS].decode("utf-8", "replace").lower()


def from_place(answer: HttpAnswer, asked: str) -> HttpAnswer:
    """Return an answer that came from where was asked; `Unavailable` when it is from elsewhere."""
    if _origin(answer.url) != _origin(asked):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return answer


def answer_object(answer: HttpAnswer, asked: str, model: str = "") -> Fields:
    """Return the document of an answer; raises what its status means.

    `asked` is the address of the question, see `from_place`. `Unavailable` for anything but an
    object.
    """
    from_place(answer, asked)
    trouble = trouble_of(answer, model)
    if trouble is not None:
        raise trouble
    document = answer.json()
    if not isinstance(document, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return document


def model_text(value: object, host: str, *, document: bool) -> str:
    """Return what a model wrote: of a text or of parts with one, without its thinking aloud.

    With `document` the fence around a JSON document goes too. `Unavailable` when it is endless.
    """
    if isinstance(value, list):
        value = "".join(
            told
            for one in objects(value)
            if one.get("thought") is not True and isinstance(told := one.get("text"), str)
        )
    if not isinstance(value, str):
        return ""
    if len(value) > LONGEST_TEXT:
        raise Unavailable("errors.answer_too_large", host=host, most=LONGEST_TEXT)
    text = _THOUGHTS.sub("", _BARE.sub("", value)).strip()
    fenced = _FENCED.match(text) if document else None
    return fenced[1].strip() if fenced else text


def is_document(text: str) -> bool:
    """Whether a text is a JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def tokens(document: Fields, *names: str) -> int:
    """Return a count of tokens that lies that deep in an answer; 0: it does not say."""
    value = inside(document, *names)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        return 0
    return value


_PLAIN = frozenset(
    {"type", "properties", "required", "items", "enum", "description", "additionalProperties"}
)


def plain_schema(schema: Mapping[str, Any], kept: Collection[str] = _PLAIN) -> dict[str, Any]:
    """Return a schema without the limits services do not know; objects hold what is named only.

    Who asked checks the answer against the whole schema.
    """
    made: dict[str, Any] = {}
    for name, value in schema.items():
        if name not in kept:
            continue
        if name == "properties":
            made[name] = {key: plain_schema(one, kept) for key, one in value.items()}
        elif name == "items":
            made[name] = plain_schema(value, kept)
        else:
            made[name] = value
    if made.get("type") == "object" and "additionalProperties" in kept:
        made["additionalProperties"] = False
    return made


def schema_words(schema: Mapping[str, Any]) -> str:
    """Return what a model is told where its service cannot bind it to a schema."""
    told = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else. It fits this JSON Schema:\n{told}"


def system_words(question: TextQuestion, *, with_schema: bool) -> str:
    """Return what stands above a question, with the schema in words when it has to be."""
    if not with_schema or question.schema is None:
        return question.system
    return f"{question.system}\n\n{schema_words(question.schema)}".strip()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model takes a question: the means for a schema that are left, and what it refuses."""

    means: tuple[str, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def mean(self) -> str:
        """The best means for a schema; empty: words alone."""
        return self.means[0] if self.means else ""

    def other(
        self, answer: HttpAnswer, sent: Collection[str], schema: re.Pattern[str] | None
    ) -> Manner | None:
        """Return how to ask when an answer refuses this manner; None when that is not why.

        `sent` are the names that may be left out, `schema` finds the words of a refused means
        (None: none was used).
        """
        trouble = trouble_of(answer)
        if trouble is None or trouble.key != "errors.server_refused":
            return None
        words = words_of(answer)
        for name in sent:
            if name not in self.left_out and name.lower() in words:
                return replace(self, left_out=self.left_out | {name})
        return self.worse() if schema is not None and schema.search(words) else None

    def worse(self) -> Manner | None:
        """Return the manner with the next means; None when there is none left."""
        return replace(self, means=self.means[1:]) if self.means else None


def joined(*tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return tables as one; tables in them are joined too, and else the later one counts."""
    made: dict[str, Any] = {}
    for table in tables:
        for name, value in table.items():
            before = made.get(name)
            if isinstance(before, dict) and isinstance(value, Mapping):
                value = joined(before, value)
            made[name] = value
    return made


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual
