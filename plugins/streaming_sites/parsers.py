"""Addresses from patterns, hits from links, streams from visits; pure, no input or output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, quote_plus, urlsplit

from app.api import (
    Caught,
    Hit,
    HitKind,
    InvalidInput,
    PageLink,
    PageSeen,
    SearchQuestion,
    Stream,
    Unavailable,
)

FIELDS = ("query", "title", "slug", "year", "season", "episode")
NAMING = ("query", "title", "slug")
"""Fields of which one must be in the address: the others name no film."""
MOST_CLICKS = 10
MOST_COOKIES = 60
LONGEST_COOKIE = 4096
TURNED_AWAY = (403, 503)
"""Answers of a site that wants to see a person first."""
_FIELD = re.compile(r"\{([a-z]*)\}")
_APOSTROPHE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Site:
    """A site, as the owner described it."""

    pattern: str
    host: str
    origin: str

    def address(self, question: SearchQuestion) -> str | None:
        """The page to visit; None when the question lacks what the address needs."""
        words = {
            "query": question.text,
            "title": question.text,
            "slug": slug(question.text),
            "year": question.year,
            "season": question.season,
            "episode": question.episode,
        }
        asked = set(_FIELD.findall(self.pattern))
        if any(words[name] in (None, "") for name in asked):
            return None
        path, mark, query = self.pattern.partition("?")

        def fill(text: str, write: Callable[[str], str]) -> str:
            return _FIELD.sub(lambda found: write(str(words[found[1]])), text)

        return fill(path, lambda word: quote(word, safe="")) + mark + fill(query, quote_plus)

    def owns(self, url: str) -> bool:
        """Whether a page is the site's own: its host, or one below it."""
        host, base = _host(url), _plain(self.host).removeprefix("www.")
        return host == base or host.endswith(f".{base}")


@dataclass(frozen=True, slots=True)
class Clearance:
    """What somebody else was let in with."""

    user_agent: str
    cookies: dict[str, str]


def read_site(text: str) -> Site:
    """Read the address pattern; `InvalidInput` when it is none."""
    pattern = text.strip()
    try:
        parts = urlsplit(pattern)
        host = parts.hostname or ""
        _ = parts.port  # reading it is how a bad one is found
    except ValueError as error:
        raise InvalidInput("errors.not_a_web_address") from error
    if parts.scheme not in ("http", "https") or not host or "{" in parts.netloc:
        raise InvalidInput("errors.not_a_web_address")
    fields = _FIELD.findall(pattern)
    if not set(fields) & set(NAMING) or not set(fields) <= set(FIELDS):
        raise InvalidInput("errors.site_address_incomplete")
    return Site(pattern, host, f"{parts.scheme}://{parts.netloc}/")


def read_clicks(text: str) -> tuple[str, ...]:
    """The selectors to press, in order."""
    return tuple(one.strip() for one in text.split(";") if one.strip())[:MOST_CLICKS]


def read_solver(text: str) -> str:
    """Where FlareSolverr is asked; empty for none, `InvalidInput` when it is no address."""
    address = text.strip().rstrip("/")
    if not address:
        return ""
    if not address.startswith(("http://", "https://")) or not _host(address):
        raise InvalidInput("errors.not_a_web_address")
    return f"{address.removesuffix('/v1')}/v1"


def slug(title: str) -> str:
    """A title as addresses write it: small letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title.replace("&", " and ").lower())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return _NO_WORD.sub("-", _APOSTROPHE.sub("", letters)).strip("-")


def turned_away(seen: PageSeen) -> bool:
    """Whether a site let the visitor see nothing."""
    return seen.status in TURNED_AWAY


def hits_of(site: Site, links: Iterable[PageLink], most: int) -> list[Hit]:
    """The results of a search page; links that lead elsewhere are left out."""
    own = {link.url: link for link in links if site.owns(link.url) and link.text.strip()}
    return [hit(link.url, link.text) for link in list(own.values())[: max(1, most)]]


def hit(url: str, title: str) -> Hit:
    """A page as a hit."""
    return Hit(title=title.strip()[:300], kind=HitKind.ITEM, reference=url, page=url)


def own_page(site: Site, url: str, question: SearchQuestion) -> Hit:
    """The page of what is looked for itself: it is what its address was made of."""
    asked = set(_FIELD.findall(site.pattern))
    return replace(
        hit(url, question.text),
        year=question.year if "year" in asked else None,
        season=question.season if "season" in asked else None,
        episode=question.episode if "episode" in asked else None,
    )


def streams_of(seen: PageSeen) -> list[Stream]:
    """What a film's page played, the best first; under DRM it is told and nothing more."""
    if seen.protected and not seen.streams:
        return [Stream(url=seen.url, title=seen.title, protected=True)]
    return [_stream(one, seen) for one in seen.streams]


def clearance_of(answer: object, host: str) -> Clearance:
    """What FlareSolverr was let in with; `Unavailable` when it says that it was not."""
    solution = answer.get("solution") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or answer.get("status") != "ok":
        raise Unavailable("errors.solver_failed", host=host)
    if not isinstance(solution, dict):
        raise Unavailable("errors.solver_failed", host=host)
    agent = solution.get("userAgent")
    cookies = solution.get("cookies")
    if not isinstance(agent, str) or not agent.isprintable() or not isinstance(cookies, list):
        raise Unavailable("errors.solver_failed", host=host)
    kept = [_cookie(one, host) for one in cookies[:MOST_COOKIES]]
    return Clearance(agent[:500], dict(pair for pair in kept if pair is not None))


def _cookie(told: object, host: str) -> tuple[str, str] | None:
    """A cookie of the site; those of others stay where they are."""
    if not isinstance(told, dict):
        return None
    name, value = told.get("name"), told.get("value")
    domain = str(told.get("domain") or host).lstrip(".").lower()
    if not isinstance(name, str) or not isinstance(value, str) or not name:
        return None
    if len(name) + len(value) > LONGEST_COOKIE or not (name + value).isprintable():
        return None
    return (name, value) if host == domain or host.endswith(f".{domain}") else None


def _stream(caught: Caught, seen: PageSeen) -> Stream:
    ending = urlsplit(caught.url).path.rpartition(".")[2].lower()
    known = caught.kind is HitKind.FILE and ending.isalnum() and len(ending) <= 4
    return Stream(
        url=caught.url,
        kind=caught.kind,
        title=seen.title,
        headers=dict(caught.headers),
        container=ending if known else None,
        protected=seen.protected,
    )


def _host(url: str) -> str:
    try:
        return _plain(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def _plain(host: str) -> str:
    """A host as the browser writes it: in ASCII."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host
