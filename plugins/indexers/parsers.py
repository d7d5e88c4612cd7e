"""Turns the entries of feeds into hits, and downloads into streams; pure, no input or output."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import quote

from app.api import Hit, HitKind, HttpAnswer, InvalidInput, Stream, Unavailable, plain_text
from plugins.indexers import values
from plugins.indexers.addresses import (
    LONGEST,
    Place,
    Secret,
    absolute,
    is_download,
    kept_address,
    shown_address,
)
from plugins.indexers.caps import work_of
from plugins.indexers.feeds import Item

LONGEST_TITLE = 400
MOST_READ = 2000
"""Entries of one answer looked at; more come only from servers that know no limits."""
_FORMATTING = re.compile(r"(?i)</?(?:a|b|i|u|em|strong|span|font|br|p)(?:\s[^<>]*)?/?>")
_TORRENT = re.compile(rb"d\d{1,3}:")
_REFERENCE = re.compile(r"([tn]):([A-Za-z0-9_.-]{1,100}):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where entries came from."""

    source: str
    feed: str
    place: Place
    secret: Secret
    manager: bool = False
    usenet: bool = False


def parse_hits(items: Iterable[Item], desk: Desk, most: int) -> list[Hit]:
    """Return the hits of a feed, each once, those without any way to get them left out."""
    found: dict[tuple[str, ...], Hit] = {}
    for item in islice(items, MOST_READ):
        hit = parse_hit(item, desk)
        if hit is None or desk.secret.told_in(repr(hit)):
            continue
        found.setdefault((hit.title, item.texts.get("guid", ""), hit.link, hit.reference), hit)
        if len(found) >= most:
            break
    return list(found.values())


def parse_hit(item: Item, desk: Desk) -> Hit | None:
    """Return one entry as a hit; None when it has no title or no way to get it."""
    title = title_text(item.texts.get("title") or item.first("title"))
    magnet = next((link for told in _addresses(item) if (link := values.magnet(told))), "")
    kind = HitKind.TORRENT if magnet else _kind(item, desk)
    kept = "" if magnet else _kept(item, desk)
    hashed = values.magnet_hash(magnet) or values.info_hash(item.first("infohash"))
    if not magnet and not kept and hashed and kind is HitKind.TORRENT:
        magnet = _magnet_of(hashed, title)
    if not title or not (magnet or kept):
        return None
    letter = "n" if kind is HitKind.NZB else "t"
    hit = Hit(
        title=title,
        kind=kind,
        link=magnet,
        reference=f"{letter}:{desk.source}:{kept}" if kept else "",
        info_hash=hashed,
    )
    return _described(_measured(hit, item), item, desk)


def split_reference(reference: str) -> tuple[HitKind, str, str]:
    """Return what a reference leads to, whose it is, and its kept address."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise InvalidInput("errors.bad_argument", name="reference")
    return (HitKind.NZB if found[1] == "n" else HitKind.TORRENT), found[2], found[3]


def parse_download(answer: HttpAnswer, secret: Secret) -> Stream:
    """Return what a download address gave: a torrent, or a magnet link it leads to."""
    led = answer.headers.get("location", "") if 300 <= answer.status < 400 else ""
    start = answer.content.lstrip()
    if not led and start[:7].lower() == b"magnet:":
        led = start[:16_000].decode("utf-8", "replace")
    magnet = values.magnet(led)
    if magnet and not secret.told_in(magnet):
        return Stream(url=magnet, kind=HitKind.TORRENT)
    if answer.status == 200 and is_torrent(answer.content):
        return Stream(url="", kind=HitKind.TORRENT, content=answer.content)
    raise Unavailable("errors.bad_answer", host=answer.host)


def is_torrent(content: bytes) -> bool:
    """Whether bytes look like a .torrent file: a dictionary that describes something."""
    return bool(_TORRENT.match(content)) and b"4:info" in content and content.rstrip()[-1:] == b"e"


def title_text(text: str) -> str:
    """Return a title as it was meant: entities undone, in one line, of a bounded length."""
    for _ in range(2):  # some servers escape twice
        text = html.unescape(text)
    text = _FORMATTING.sub("", text[: LONGEST_TITLE * 8])
    told = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    return " ".join(told.split())[:LONGEST_TITLE]


def _addresses(item: Item) -> Iterator[str]:
    """Everything in an entry that may say where it is got, the likeliest first.

    A link beside an enclosure is often that of a page.
    """
    yield from item.attributes.get("magneturl", ())
    yield item.enclosure.get("url", "")
    yield item.texts.get("link", "")
    yield item.texts.get("guid", "")


def _download(item: Item, desk: Desk) -> str:
    candidates = [
        item.enclosure.get("url", ""),
        *item.attributes.get("magneturl", ()),  # managers put their own address there
        item.texts.get("link", ""),
    ]
    guid = item.texts.get("guid", "")
    if is_download(guid):
        candidates.append(guid)
    for told in candidates:
        if told and (whole := absolute(told, desk.feed)):
            return whole
    return ""


def _kept(item: Item, desk: Desk) -> str:
    address = _download(item, desk)
    if not address:
        return ""
    kept = kept_address(address, desk.place, manager=desk.manager)
    return kept if len(kept) <= LONGEST else ""


def _kind(item: Item, desk: Desk) -> HitKind:
    """Whether an entry is a torrent or of Usenet; what its enclosure says counts most."""
    told = item.enclosure.get("type", "").lower()
    if "nzb" in told:
        return HitKind.NZB
    if "torrent" in told:
        return HitKind.TORRENT
    if any(name in item.attributes for name in ("seeders", "infohash", "magneturl", "peers")):
        return HitKind.TORRENT
    address = _download(item, desk).lower()
    if item.newznab or desk.usenet or ".nzb" in address or "getnzb" in address:
        return HitKind.NZB
    return HitKind.TORRENT


def _measured(hit: Hit, item: Item) -> Hit:
    """With its numbers."""
    seeders = values.number(item.first("seeders"), 10**8)
    leechers = values.number(item.first("leechers"), 10**8)
    peers = values.number(item.first("peers"), 10**8)
    if leechers is not None:
        peers = (seeders or 0) + leechers
    elif peers is not None and seeders is not None and peers < seeders:
        peers += seeders  # this site counts only those who are not done
    sizes = (
        *item.attributes.get("size", ()),
        item.enclosure.get("length", ""),
        item.texts.get("size", ""),
    )
    told = values.size(one for one in sizes if values.number(one))
    dates = (item.texts.get("pubdate", ""), item.first("usenetdate", "date"))
    return replace(
        hit,
        size=told,
        seeders=seeders,
        peers=peers,
        published=next((at for one in dates if one and (at := values.moment(one))), None),
        year=values.year(item.first("year")),
        season=values.part(item.first("season")),
        episode=values.part(item.first("episode", "ep")),
        files=values.number(item.first("files"), 10**6),
        password=values.truth(item.first("password")),
    )


def _described(hit: Hit, item: Item, desk: Desk) -> Hit:
    """With what it is, and where more of it can be read."""
    categories = (values.number(one, 10**9) for one in item.categories)
    held = [one for one in categories if one is not None]
    told = (*item.attributes.get("language", ()), item.texts.get("language", ""))
    return replace(
        hit,
        work=work_of(held, episode=hit.episode is not None),
        languages=values.languages(told),
        description=plain_text(item.texts.get("description", ""), 1000),
        creator=title_text(item.first("author", "artist"))[:200],
        poster=shown_address(item.first("coverurl", "cover"), desk.feed),
        page=_page(item, desk),
        ids=_ids(item),
    )


def _page(item: Item, desk: Desk) -> str:
    """The address people can read more at: comments, else a guid that is one."""
    comments = item.texts.get("comments", "")
    guid = item.texts.get("guid", "") if item.permanent else ""
    for told in (comments, guid):
        if told.startswith(("http://", "https://", "/")) and not is_download(told):
            page = shown_address(told, desk.feed)
            if page and page != _download(item, desk):
                return page
    return ""


def _ids(item: Item) -> Mapping[str, str]:
    found = {
        "imdb": next(
            (
                known
                for name in ("imdbid", "imdb")
                for told in item.attributes.get(name, ())
                if (known := values.imdb(told))
            ),
            "",
        ),
        "tmdb": values.identifier(item.first("tmdbid", "tmdb")),
        "tvdb": values.identifier(item.first("tvdbid", "tvdb")),
        "tvmaze": values.identifier(item.first("tvmazeid")),
    }
    return {name: told for name, told in found.items() if told}


def _magnet_of(hashed: str, title: str) -> str:
    """A magnet link for what is told by its hash alone."""
    kind = "btih:" if len(hashed) == 40 else "btmh:1220"
    return f"magnet:?xt=urn:{kind}{hashed}&dn={quote(title, safe='')}"
