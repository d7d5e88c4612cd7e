"""Names of files as strangers give them, made safe to show."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

LONGEST = 200
_PARAMETER = re.compile(r';\s*([\w*-]{1,40})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
_EXTENDED = re.compile(r"(?i)(utf-8|iso-8859-1)'[^']*'(.*)", re.DOTALL)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,7})$")


def disposition_name(header: str) -> str:
    """Return the name a Content-Disposition gives, safe; empty when it gives none."""
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(";" + header[:16_000]):
        found.setdefault(name.lower(), value.strip())
    extended = _EXTENDED.fullmatch(found.get("filename*", "").strip('"'))
    if extended:
        named = clean_name(unquote(extended[2], encoding=extended[1], errors="replace"))
        if named:
            return named
    plain = found.get("filename", "")
    if len(plain) >= 2 and plain[0] == plain[-1] == '"':
        plain = re.sub(r"\\([\"\\])", r"\1", plain[1:-1])
    return clean_name(plain)


def clean_name(name: str) -> str:
    """Return a name without folders, control characters, tricks of direction and great length."""
    readable = "".join(
        " " if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") else one
        for one in name[:50_000]
        if not _turns(one)
    )
    last = readable.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    told = " ".join(last.split()).strip("\"'` ").lstrip(". ")
    if len(told) <= LONGEST:
        return told
    end = ending(told)
    kept = told[: LONGEST - len(end) - 1].rstrip()
    return f"{kept}.{end}" if end else told[:LONGEST].rstrip()


def ending(name: str) -> str:
    """Return the ending of a name, in lower case and without its dot."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def _turns(one: str) -> bool:
    """Whether a character turns the direction of those after it, so that an ending can hide."""
    return "\u202a" <= one <= "\u202e" or "\u2066" <= one <= "\u2069" or one in "\u200e\u200f"
