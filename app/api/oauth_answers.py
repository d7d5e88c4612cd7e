"""Reads what an OAuth server answers: tokens, and why there are none. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from app.api.context import HttpAnswer
from app.api.reading import Fields, inside, number
from app.domain.errors import AppError, AuthRequired, Unavailable

LARGEST_ANSWER = 64_000
LONGEST_TOKEN = 8_192
LONGEST_LIFE = 10 * 366 * 86_400
"""Seconds; what is said to live longer has no end anybody knows."""
ENDED_THERE = 190
"""Meta's number for an access that is no longer good."""
_APP_WRONG = frozenset({"invalid_client", "unauthorized_client", "invalid_client_id"})
_LATER = frozenset({"temporarily_unavailable", "server_error", "slow_down", "rate_limit_exceeded"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """What signs the owner in. Times are seconds since 1970, None: nobody knows.

    `who` is the platform's own id of the owner; `client` marks the app they were given to: those
    of another app are of no use.
    """

    access: str
    refresh: str = ""
    issued: float = 0.0
    expires: float | None = None
    ends: float | None = None  # of `refresh`
    since: float = 0.0
    name: str = ""
    who: str = ""
    client: str = ""
    scopes: tuple[str, ...] = ()

    def renewed(self, newer: Tokens) -> Tokens:
        """Return the newer ones; what they do not bring (the refresh, the name) stays."""
        kept = replace(
            newer,
            since=self.since,
            name=self.name,
            who=self.who,
            scopes=newer.scopes or self.scopes,
        )
        if newer.refresh:
            return kept
        return replace(kept, refresh=self.refresh, ends=newer.ends or self.ends)


class GrantEndedError(Exception):
    """The platform no longer knows the sign-in; `certain`: it says so in as many words."""

    def __init__(self, name: str, *, certain: bool) -> None:
        super().__init__(name)
        self.certain = certain


def parse_tokens(answer: HttpAnswer, name: str, now: float, lifetime: float | None) -> Tokens:
    """Return the tokens of an answer of the token address.

    `lifetime` is how long a refresh lives where the answer does not tell. `GrantEndedError` when
    the code or the refresh is no longer good, `AuthRequired` when the owner's app is refused,
    `Unavailable` for all else.
    """
    document = _document(answer)
    trouble = _trouble(answer, document, name)
    if trouble is not None:
        raise trouble
    access, refresh = _token(document.get("access_token")), _token(document.get("refresh_token"))
    kind = document.get("token_type", "bearer")
    if not access or not isinstance(kind, str) or kind.lower() != "bearer":
        raise Unavailable("errors.bad_answer", host=answer.host)
    told = _life(document, "refresh_token_expires_in", "refresh_expires_in")
    end = told or (lifetime if refresh else None)
    life = _life(document, "expires_in")
    return Tokens(
        access=access,
        refresh=refresh,
        issued=now,
        expires=None if life is None else now + life,
        ends=None if end is None else now + end,
        since=now,
        scopes=_scopes(document.get("scope")),
    )


def to_text(tokens: Tokens) -> str:
    """Return tokens as the one secret they are kept as."""
    return json.dumps({field: getattr(tokens, field) for field in Tokens.__slots__})


def from_text(kept: str | None) -> Tokens | None:
    """Return the tokens of a secret; None when there are none, or what is kept is none."""
    try:
        document = json.loads(kept or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    access = document.get("access")
    if not isinstance(access, str):
        return None
    scopes = document.get("scopes")
    return Tokens(
        access=access,
        refresh=_word(document.get("refresh")),
        issued=_moment(document.get("issued")) or 0.0,
        expires=_moment(document.get("expires")),
        ends=_moment(document.get("ends")),
        since=_moment(document.get("since")) or 0.0,
        name=_word(document.get("name")),
        who=_word(document.get("who")),
        client=_word(document.get("client")),
        scopes=tuple(filter(None, map(_word, scopes))) if isinstance(scopes, list) else (),
    )


def _document(answer: HttpAnswer) -> Fields:
    if len(answer.content) > LARGEST_ANSWER:
        raise Unavailable("errors.answer_too_large", host=answer.host, most=LARGEST_ANSWER)
    try:
        document = answer.json()
    except Unavailable:
        if answer.status < 400:
            raise
        document = {}
    if not isinstance(document, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return document


def _trouble(answer: HttpAnswer, document: Fields, name: str) -> AppError | Exception | None:
    """What keeps an answer from being tokens; some platforms say so with a good status."""
    status, told = answer.status, document.get("error")
    if status < 300 and not told:
        return None
    word = told if isinstance(told, str) else ""
    if status == 429 or status >= 500 or word in _LATER:
        pause = answer.retry_after
        return Unavailable("errors.server_busy", host=answer.host, retry_after=pause)
    if word in _APP_WRONG or status in (401, 403):
        return AuthRequired("errors.post_app_refused", name=name)
    ended = bool(word) or inside(told, "code") == ENDED_THERE
    if status == 400 or ended:
        return GrantEndedError(name, certain=ended)
    return Unavailable("errors.server_failed", host=answer.host, status=status)


def _token(value: object) -> str:
    """A token as it can go into a header; nothing for anything else."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN:
        return ""
    return value if value.isascii() and value.isprintable() and " " not in value else ""


def _life(document: Fields, *names: str) -> float | None:
    """Seconds, told as a number or a text; 0 and nothing are unknown."""
    for name in names:
        told = number(document.get(name), LONGEST_LIFE)
        if told:
            return float(told)
    return None


def _scopes(value: object) -> tuple[str, ...]:
    if not isinstance(value, str):
        return ()
    return tuple(value[:4000].replace(",", " ").split())


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
