"""Addresses: what was typed, what may be shown, and what is kept without its key and host."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, urlencode, urljoin, urlsplit

from app.api import InvalidInput, Refused, at_home

MARK = "{apikey}"
"""Stands where the key stood."""
LONGEST = 8192
SHORT_KEY = 6
"""A key of fewer characters is hidden as a parameter only: it may be a part of any word."""
SECRET_NAME = re.compile(
    r"(?i)[\w-]*(?:api_?key|passkey|rss_?key|auth_?key|torrent_pass|token|secret|signature"
    r"|password|passwd)[\w-]*|auth|key|pass|pwd|sid|sig|session(?:_?id)?"
)
_RSS_NAME = re.compile(r"(?i)[rk]")  # some sites call their key so; it is long then
_PROTOCOL = frozenset(
    ("t", "q", "cat", "extended", "attrs", "offset", "limit", "o", "configured", "apikey")
)
_PAGES = re.compile(r"(?i)/ui(?:/(?:dashboard|login))?$")
_MANY = re.compile(r"(?i)^(.*)/api/v2\.0/indexers/all(?:/.*)?$")
_FEED = re.compile(r"(?i)(?:/api|/results/torznab(?:/api)?)$")
_DOWNLOADS = re.compile(r"(?i)\.torrent|\.nzb|/download|/dl/|/getnzb|t=get")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an owner's instance lies, as typed; `base` ends without a slash."""

    base: str = field(repr=False)  # may hold a name and a password of the owner
    host: str
    port: int
    path: str
    extra: tuple[tuple[str, str], ...] = ()
    many: bool = False  # the address is that of all indexers of a manager
    feed: bool = False  # the address is that of one feed

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses its feed may have, the likeliest first."""
        if self.many:
            return (f"{self.base}/api/v2.0/indexers/all/results/torznab/api",)
        if self.path.lower().endswith("/results/torznab"):
            return (f"{self.base}/api",)
        if self.feed:
            return (self.base,)
        return (f"{self.base}/api", self.base) if self.path else (f"{self.base}/api",)

    @property
    def origin(self) -> str:
        """Its address without the path."""
        return self.base.removesuffix(self.path)


def read_address(typed: str) -> Place:
    """Return where an instance lies; `InvalidInput` when that is no address, or holds a key."""
    told = typed.strip()
    parts = _split(told)
    if parts is None or not told.isprintable():
        raise InvalidInput("errors.not_a_web_address")
    pairs = parse_qsl(parts.query)
    if any(is_secret(name, value) for name, value in pairs):
        raise InvalidInput("errors.indexer_key_in_address")
    path = _PAGES.sub("", parts.path.rstrip("/"))
    many = _MANY.match(path)
    if many:
        path = many[1].rstrip("/")
    return Place(
        base=f"{parts.scheme}://{parts.netloc}{path}",
        host=parts.hostname or "",
        port=_port(parts),
        path=path,
        extra=tuple((name, value) for name, value in pairs if name not in _PROTOCOL),
        many=bool(many),
        feed=bool(_FEED.search(path)),
    )


class Secret:
    """The key of an instance, which no text that leaves this plugin may hold."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._spelt = _spellings(key) if key else None

    def hide(self, text: str) -> str:
        """Return a text with the key, however it is spelt, taken out and marked."""
        return text if self._spelt is None else self._spelt.sub(MARK, text.replace(MARK, ""))

    def show(self, text: str) -> str:
        """Put the key back into an address."""
        return text.replace(MARK, quote(self.key, safe=""))

    def told_in(self, text: str) -> bool:
        """Whether a text holds the key."""
        return self._spelt is not None and bool(self._spelt.search(text))


def is_secret(name: str, value: str) -> bool:
    """Whether a parameter of an address looks like a key, a password or a session."""
    if not value:
        return False
    return bool(SECRET_NAME.fullmatch(name) or (_RSS_NAME.fullmatch(name) and len(value) >= 16))


def absolute(text: str, feed: str) -> str:
    """Return a download address whole; empty when it is no web address."""
    try:
        whole = urljoin(feed, text.strip().replace("&amp;", "&"))  # some servers escape twice
    except ValueError:
        return ""
    return whole if len(whole) <= LONGEST and _split(whole) is not None else ""


def kept_address(address: str, place: Place, *, manager: bool) -> str:
    """Return a download address as a reference holds it: the instance's own without its host.

    One that carries the instance's key was made by the instance, whatever name it gives itself
    (behind a proxy it knows only its inner one).
    """
    parts = _split(address)
    if parts is None:
        return ""
    inside = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if (parts.hostname, _port(parts)) == (place.host, place.port):
        return inside
    if MARK not in address or (not manager and _related(parts.hostname or "", place.host)):
        return address
    return inside if inside.startswith(f"{place.path}/") else place.path + inside


def real_address(kept: str, place: Place, secret: Secret) -> str:
    """Return the address behind a reference, with host and key; `Refused` for a trap."""
    if kept.startswith("/"):
        return place.origin + secret.show(kept)
    parts = _split(kept)
    if parts is None:
        raise Refused("errors.not_a_web_address")
    host = parts.hostname or ""
    if host == place.host and at_home(host):  # another port of the machine the instance is on
        raise Refused("errors.address_at_home", host=host)
    if MARK in kept and not _related(host, place.host):
        raise Refused("errors.not_a_web_address")
    if MARK in kept and place.base.startswith("https:"):
        kept = parts._replace(scheme="https").geturl()  # the key never goes in the open then
    return secret.show(kept)


def shown_address(text: str, feed: str = "") -> str:
    """Return an address for people to look at, without keys and passwords; empty if it is none."""
    try:
        parts = _split(urljoin(feed, text.strip()))
    except ValueError:
        return ""
    if parts is None or MARK in text or len(text) > 2000:
        return ""
    told = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(is_secret(name, value) for name, value in told):
        query = urlencode([pair for pair in told if not is_secret(*pair)])
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query).geturl()


def is_download(address: str) -> bool:
    """Whether an address looks like one of a file rather than of a page."""
    return bool(_DOWNLOADS.search(address))


def _spellings(key: str) -> re.Pattern[str]:
    """Every way a key may be written in an address or in a document."""
    spelt = {key, quote(key, safe=""), quote_plus(key), html.escape(key)}
    either = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True))
    if len(key) >= SHORT_KEY:
        return re.compile(either, re.IGNORECASE)
    return re.compile(rf"(?<==)(?:{either})(?=[&;#'\"<\s]|$)")


def _related(host: str, own: str) -> bool:
    """Whether a name belongs to the site an instance on the internet is of."""
    if at_home(host) or at_home(own):
        return False
    first, _, rest = own.partition(".")
    site = rest if first in ("api", "feed", "rss", "www") and "." in rest else own
    return host == site or host.endswith(f".{site}")


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _port(parts)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
