"""What may be told of a log record: its words without secrets, made once for all who want them."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Final

LONGEST: Final = 16_000
"""Characters of one message; a page of somebody's HTML must not fill the log."""
_LONGEST_TRACE: Final = 200_000
TOLD: Final = "told_once"
TRACED: Final = "traced_once"
"""Where a record keeps its own words once they were made: each handler of it wants them."""

_HIDDEN: Final = "[hidden]"
_NAMES: Final = (
    r"(?:api[_\-]?key|apikey|[\w\-]*token|[\w\-]*secret[\w\-]*|pass(?:word|wd|phrase|key)|pwd|"
    r"torrent_pass|authkey|auth_key|rsskey|private_key|credentials?|session(?:_?id)?|sid|sig|"
    r"signature|refresh|oauth_verifier|code_verifier)"
)
_NAMED: Final = (
    *("key", "token", "secret", "pass", "pwd", "credential", "session", "sid", "sig", "refresh"),
    "verifier",
)
_PATTERNS: Final = (
    # Headers, also as they look inside a printed dict or list of pairs.
    (
        ("authorization", "cookie", "api-key", "token"),
        re.compile(
            r"(?i)((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-[\w\-]*token)"
            r"(['\"]?\s*[:=,]\s*['\"]?)(?:b')?[^'\"\r\n]+"
        ),
        rf"\1\2{_HIDDEN}",
    ),
    (
        ("bearer", "basic", "digest"),
        re.compile(r"(?i)\b(bearer|basic|digest)\s+[A-Za-z0-9._~+/=\-]{6,}"),
        rf"\1 {_HIDDEN}",
    ),
    # name=value, "name": "value", name: value, ('name', 'value')
    (
        _NAMED,
        re.compile(
            rf"(?i)((?:\b|(?<=%3F)|(?<=%26)){_NAMES}['\"]?\s*(?:=|:|%3D|,\s*(?=['\"]))\s*)(\"[^\"]*\"|'[^']*'|[^\s&,;'\")}}\]]+)"
        ),
        rf"\1{_HIDDEN}",
    ),
    (
        ("://",),
        re.compile(r"(?i)\b([a-z][a-z0-9+.\-]*://)[^\s/@:]*:[^\s/@]+@"),
        rf"\1{_HIDDEN}@",
    ),
    # A tracker's passkey is a part of its path, in plain or inside a magnet link.
    (
        ("announce", "scrape"),
        re.compile(
            r"(?i)((?:/|%2F)(?:announce(?:\.php)?(?:/|%2F))?)[0-9a-z]{24,64}((?:/|%2F)(?:announce|scrape))"
        ),
        rf"\1{_HIDDEN}\2",
    ),
    (
        ("announce",),
        re.compile(r"(?i)((?:/|%2F)announce(?:\.php)?(?:/|%2F))[0-9a-z]{16,64}"),
        rf"\1{_HIDDEN}",
    ),
    # Keys known by their looks.
    (("eyj",), re.compile(r"\beyJ[\w\-]{8,}\.[\w\-]{4,}\.[\w\-]*"), _HIDDEN),
    (
        ("sk-", "sk_", "pk-", "pk_", "rk-", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        re.compile(r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_\-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}"),
        _HIDDEN,
    ),
    (
        ("aiza", "xox", "ya29"),
        re.compile(r"\bAIza[\w\-]{30,}|\bxox[abprs]-[\w\-]{10,}|\bya29\.[\w\-]{20,}"),
        _HIDDEN,
    ),
    ((":",), re.compile(r"\b\d{8,12}:[A-Za-z0-9_\-]{30,}"), _HIDDEN),
)
"""Each with words of which one must be there: most lines have none, and cost next to nothing."""


def redact(text: str) -> str:
    """The text without what looks like a password, a token, a key or a tracker's passkey."""
    low = text.casefold()
    for words, pattern, into in _PATTERNS:
        for word in words:
            if word in low:
                text = pattern.sub(into, text)
                break
    return text


def words_of(record: logging.LogRecord) -> str:
    """The message of a record, redacted and no longer than `LONGEST`."""
    known = record.__dict__.get(TOLD)
    if known is None:
        known = record.__dict__[TOLD] = redact(_message(record)[:LONGEST])
    return str(known)


def trace_of(record: logging.LogRecord) -> str:
    """The error that came with a record, redacted: its last `LONGEST` characters; "" for none."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    known = record.__dict__.get(TRACED)
    if known is None:
        whole = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        known = record.__dict__[TRACED] = redact(whole[-_LONGEST_TRACE:])[-LONGEST:]
    return str(known)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - a wrong log call must not end the caller
        return f"{record.msg!r} (could not be told: {error!r})"
