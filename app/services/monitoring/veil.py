"""Takes out of a text what is nobody else's business: secrets, places, people, what is watched."""

from __future__ import annotations

import base64
import ipaddress
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Final

from app.infra.log_text import redact

HIDDEN: Final = "[hidden]"
LEAST_SECRET: Final = 5
_LEAST_NAME, _LEAST_WORD = 4, 6
_MEDIA: Final = (
    "mkv|mp4|m4v|avi|mov|webm|ts|m2ts|mpg|mpeg|wmv|flv|iso|mp3|flac|m4a|ogg|opus|wav|srt|ass|vtt|"
    "sub|idx|nfo|jpg|jpeg|png|webp|torrent|part|txt|json|toml|db|zip|pdf|epub"
)
_MAGNET: Final = re.compile(r"magnet:\?[^\s\"'<>]+", re.IGNORECASE)
_URL: Final = re.compile(r"\b([a-z][a-z0-9+.\-]{1,20})://([^\s/\"'<>\\?#]*)([^\s\"'<>]*)", re.I)
_MAIL: Final = re.compile(r"[\w.+\-%]+@[\w\-]+(?:\.[\w\-]+)+")
_MAC: Final = re.compile(r"\b[0-9a-f]{2}(?:[:\-][0-9a-f]{2}){5}\b", re.IGNORECASE)
_IP4: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")
_IP6: Final = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_HASH: Final = re.compile(r"\b[0-9a-z]{32,128}\b", re.IGNORECASE)
_PATH: Final = re.compile(
    rf"(?<![\w>\].:/])~?/(?:(?<=[\"']/)[^\"'\n]+|(?<=[\"']~/)[^\"'\n]+|"
    rf"[^\n\"'/][^\n\"']*?\.(?:{_MEDIA})(?!\w)|[^\s\"'/][^\s\"']*)",
    re.IGNORECASE,
)
_OPEN_PATHS: Final = ("/usr/", "/bin/", "/lib/", "/etc/", "/proc/", "/sys/", "/dev/")
"""Every machine has these: where they lead tells nothing of the owner."""
_WORD: Final = re.compile(r"\w+")


class Veil:
    """Hides the same thing behind the same word each time, so that one can follow it.

    `secrets` go wherever they stand, also encoded. `names` are titles, folders, accounts.
    `hosts` are machines of the owner's and `people` their users; sites in `public` may be told.
    `places` are folders of the program by the word that stands for them.
    """

    def __init__(
        self,
        *,
        secrets: Iterable[str] = (),
        names: Iterable[str] = (),
        hosts: Iterable[str] = (),
        people: Iterable[str] = (),
        public: Iterable[str] = (),
        places: Mapping[str, str] | None = None,
    ) -> None:
        self._secrets = _any_of(form for one in secrets for form in _forms(one))
        wanted = {one.strip().casefold() for one in hosts if len(one.strip()) >= _LEAST_NAME}
        self._hosts = _any_of(wanted, whole=True)
        self._people = _any_of((one for one in people if one), whole=True)
        self._public = frozenset(one.casefold() for one in public)
        self._names = _by_first_word(names)
        self._words_of = dict(places or {})
        self._places = _any_of(self._words_of, folders=True)
        self._known: dict[tuple[str, str], str] = {}

    def text(self, text: str) -> str:
        """The text without all that. Takes some 50 µs for a line of a log."""
        text = redact(self.without_secrets(text))
        if "magnet:" in text.casefold():
            text = _MAGNET.sub(f"magnet:{HIDDEN}", text)
        if "://" in text:
            text = _URL.sub(self._on_url, text)
        if "@" in text:
            text = _MAIL.sub(lambda found: self._word("e-mail", found[0]), text)
        if self._names:
            text = self._without_names(text)
        if "/" in text:
            text = self._without_paths(text)
        text = self._without_addresses(text)
        if self._people is not None:
            text = self._people.sub(lambda found: self._word("person", found[0]), text)
        if self._hosts is not None:
            text = self._hosts.sub(lambda found: self._word("host", found[0]), text)
        return text

    def without_secrets(self, text: str) -> str:
        """The text without what is known to be a secret."""
        return text if self._secrets is None else self._secrets.sub(HIDDEN, text)

    def value(self, value: object) -> object:
        """The same for what is written as JSON: every text in it, keys too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self._named(str(key), one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(one) for one in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, bytes):
            return self.text(value.decode("utf-8", "replace"))
        return self.text(str(value))

    def _named(self, name: str, value: object) -> object:
        """A value of a mapping; what its name says is a secret goes, whatever it is."""
        if isinstance(value, str) and redact(f"{name}={value}") != f"{name}={redact(value)}":
            return HIDDEN if value else ""
        return self.value(value)

    def _without_paths(self, text: str) -> str:
        if self._places is not None:
            text = self._places.sub(lambda found: self._words_of.get(found[0], found[0]), text)
        return _PATH.sub(self._on_path, text)

    def _without_addresses(self, text: str) -> str:
        colons = text.count(":")
        if colons >= 5 or text.count("-") >= 5:  # noqa: PLR2004 - as many as an address has
            text = _MAC.sub(lambda found: self._word("mac", found[0]), text)
        if "::" in text or colons >= 7:  # noqa: PLR2004 - likewise
            text = _IP6.sub(self._on_address, text)
        text = _IP4.sub(self._on_address, text)
        return _HASH.sub(lambda found: self._word("hash", found[0]), text)

    def _word(self, kind: str, hidden: str) -> str:
        """What stands for it: ``[host-2]``."""
        key = (kind, hidden.casefold())
        if key not in self._known:
            many = sum(1 for known, _ in self._known if known == kind)
            self._known[key] = f"[{kind}-{many + 1}]"
        return self._known[key]

    def _on_url(self, found: re.Match[str]) -> str:
        scheme, place, rest = found[1].lower(), found[2], found[3]
        if scheme == "file":
            return self._word("path", rest)
        host, _, port = place.rpartition("@")[2].partition(":")
        shown = host if self._is_public(host) else self._word("host", host)
        more = "/…" if len(rest) > 1 else rest
        return f"{scheme}://{shown}{':' + port if port.isdigit() else ''}{more}"

    def _is_public(self, host: str) -> bool:
        low = host.casefold()
        return low in ("localhost", "127.0.0.1") or any(
            low == one or low.endswith(f".{one}") for one in self._public
        )

    def _on_path(self, found: re.Match[str]) -> str:
        path = found[0]
        if path.startswith(_OPEN_PATHS):
            return path
        suffix = PurePath(path.rstrip(".,;:)]}")).suffix
        kept = suffix if re.fullmatch(rf"\.(?:{_MEDIA}|py)", suffix, re.IGNORECASE) else ""
        return f"{'~/' if path.startswith('~') else ''}{self._word('path', path)}{kept}"

    def _on_address(self, found: re.Match[str]) -> str:
        try:
            address = ipaddress.ip_address(found[0])
        except ValueError:
            return found[0]
        plain = address.is_loopback or address.is_unspecified
        return found[0] if plain else self._word("address", found[0])

    def _without_names(self, text: str) -> str:
        made, done = [], 0
        for word in _WORD.finditer(text):
            if word.start() < done:
                continue
            for name in self._names.get(word[0], ()):
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not text[end : end + 1].isalnum():
                    made += [text[done : word.start()], self._word("name", name)]
                    done = end
                    break
        return "".join([*made, text[done:]]) if made else text


def _forms(secret: str) -> list[str]:
    """A secret as it may stand somewhere; nothing for one too short to be told from words."""
    if len(secret.strip()) < LEAST_SECRET:
        return []
    quoted = [urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret)]
    coded = base64.b64encode(secret.encode("utf-8", "surrogateescape")).decode().rstrip("=")
    escaped = secret.encode("unicode_escape").decode()
    return [secret, secret.strip(), *quoted, coded, escaped]


def _any_of(
    words: Iterable[str], *, whole: bool = False, folders: bool = False
) -> re.Pattern[str] | None:
    """Finds any of these words, the longest first; `whole` ones, or `folders` to their end."""
    ordered = sorted(set(words), key=len, reverse=True)
    if not ordered:
        return None
    found = f"(?:{'|'.join(map(re.escape, ordered))})"
    if folders:
        return re.compile(rf"(?<![\w.\-]){found}(?![\w\-])")
    return re.compile(rf"(?<![\w\-]){found}(?![\w\-])" if whole else found, re.IGNORECASE)


def _by_first_word(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Names by the word they begin with, the longest first: those no ordinary word is like."""
    sorted_in: dict[str, set[str]] = {}
    for name in names:
        first = _WORD.search(name)
        if first is None:
            continue
        told = name[first.start() :].strip()
        several = len(told) >= _LEAST_NAME and not told.isalnum()
        if several or (len(told) >= _LEAST_WORD and told != told.lower()):
            sorted_in.setdefault(first[0], set()).add(told)
    return {word: sorted(found, key=len, reverse=True) for word, found in sorted_in.items()}
