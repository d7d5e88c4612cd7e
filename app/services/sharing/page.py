"""Writes the pages visitors of a link see. Pure; every word from outside is escaped.

No script, nothing from elsewhere: they work in any browser, on a telephone as on a television.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from app.services.sharing.page_words import say

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}
"""What every answer under a link is told with."""


@dataclass(frozen=True, slots=True)
class Source:
    """A form of a film a browser may choose: its address and type."""

    address: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Text:
    """Subtitles: their address, language and name, and whether they are shown at once."""

    address: str
    language: str
    name: str
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmView:
    """A film as its page shows it; `page` is its own address in a list."""

    title: str
    caption: str = ""
    page: str = ""
    poster: str = ""
    sources: tuple[Source, ...] = ()
    texts: tuple[Text, ...] = ()
    download: str = ""
    download_words: str = ""
    remark: str = ""  # why it is converted, or cannot be shown


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What stands around the films of a link."""

    language: str
    style: str  # address of the style sheet
    icon: str  # address of the picture of the tab
    name: str
    note: str = ""
    facts: tuple[str, ...] = ()  # until when, how many viewings
    price: str = ""
    pay: str = ""
    contact: str = ""


def film_page(link: LinkView, film: FilmView, back: str = "") -> str:
    """The page of one film; `back` leads to the others."""
    way = f'<p class="back"><a href="{_at(back)}">← {_said(link, "all")}</a></p>' if back else ""
    body = f"""{way}{_screen(film)}
<h1>{escape(film.title)}</h1>
{_line("caption", film.caption)}{_line("remark", film.remark)}
<div class="acts">{_download(film)}{_payment(link, "pay_now")}</div>
{_about(link)}"""
    return _whole(link, film.title, body)


def list_page(link: LinkView, films: Sequence[FilmView]) -> str:
    """The page of a link with several films."""
    cards = "\n".join(_card(film) for film in films)
    body = f"""<h1>{escape(link.name)}</h1>
{_line("caption", say(link.language, "films", count=len(films)))}
<div class="acts">{_payment(link, "pay_now")}</div>
{_about(link)}
<ul class="films">
{cards}
</ul>"""
    return _whole(link, link.name, body)


def closed_page(link: LinkView, key: str, **args: object) -> str:
    """A page that says kindly why there is nothing to see; `key` names its words."""
    ways = _payment(link, "pay_again") + _asking(link)
    title = say(link.language, f"{key.removesuffix('_one')}_title")
    body = f"""<div class="closed">
<div class="mark" aria-hidden="true"></div>
<h1>{escape(title)}</h1>
<p class="why">{escape(say(link.language, key, **args))}</p>
<div class="acts">{ways}</div>
</div>"""
    return _whole(link, title, body)


def bounce_page(link: LinkView, address: str) -> str:
    """A page that opens another of ours at once: only then does a browser tell who it is."""
    refresh = f'<meta http-equiv="refresh" content="0; url={_at(address)}">'
    way = f'<a href="{_at(address)}">{_said(link, "going_on")}</a>'
    body = f'<div class="closed"><p class="why">{way}</p></div>'
    return _whole(link, say(link.language, "going_on"), body, refresh)


def _whole(link: LinkView, title: str, body: str, head: str = "") -> str:
    style = f'<link rel="stylesheet" href="{_at(link.style)}">' if link.style else ""
    return f"""<!doctype html>
<html lang="{link.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="icon" type="image/svg+xml" href="{_at(link.icon)}">
{style}{head}
</head>
<body>
<main>
{body}
</main>
<footer>{_said(link, "foot")}</footer>
</body>
</html>
"""


def _screen(film: FilmView) -> str:
    if not film.sources:
        picture = f'<img src="{_at(film.poster)}" alt="">' if film.poster else ""
        return f'<div class="screen still">{picture}</div>'
    poster = f' poster="{_at(film.poster)}"' if film.poster else ""
    sources = "".join(
        f'<source src="{_at(one.address)}" type="{escape(one.content_type)}">'
        for one in film.sources
    )
    tracks = "".join(
        f'<track kind="subtitles" src="{_at(one.address)}" srclang="{escape(one.language)}"'
        f' label="{escape(one.name)}"{" default" if one.shown else ""}>'
        for one in film.texts
    )
    # Nothing is fetched before Play is pressed: opening the page is no viewing.
    return (
        f'<div class="screen"><video controls playsinline preload="none"{poster}>'
        f"{sources}{tracks}</video></div>"
    )


def _card(film: FilmView) -> str:
    inside = f'<img src="{_at(film.poster)}" alt="" loading="lazy">' if film.poster else ""
    letter = "" if film.poster else f"<b>{escape(film.title[:1].upper())}</b>"
    return (
        f'<li><a href="{_at(film.page)}"><span class="poster">{inside}{letter}</span>'
        f'<span class="title">{escape(film.title)}</span>'
        f'<span class="more">{escape(film.caption)}</span></a></li>'
    )


def _download(film: FilmView) -> str:
    if not film.download:
        return ""
    return (
        f'<a class="button" href="{_at(film.download)}" download>{escape(film.download_words)}</a>'
    )


def _payment(link: LinkView, key: str) -> str:
    if not link.pay:
        return f'<span class="price">{escape(link.price)}</span>' if link.price else ""
    words = say(link.language, key, price=link.price) if link.price else say(link.language, "pay")
    return (
        f'<a class="button accent" href="{_at(link.pay)}" rel="noopener noreferrer nofollow"'
        f' target="_blank">{escape(words)}</a>'
    )


def _asking(link: LinkView) -> str:
    """How to ask for another one."""
    contact = link.contact
    if not contact:
        return ""
    words = escape(say(link.language, "ask", contact=contact))
    if "@" in contact and " " not in contact and "/" not in contact:
        return f'<a class="button" href="mailto:{_at(contact)}">{words}</a>'
    if contact.startswith(("https://", "http://")):
        return f'<a class="button" href="{_at(contact)}" rel="noopener noreferrer">{words}</a>'
    return f'<p class="why">{words}</p>'


def _about(link: LinkView) -> str:
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in link.facts)
    return _line("note", link.note) + (f'<ul class="facts">{facts}</ul>' if facts else "")


def _line(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>\n' if text else ""


def _said(link: LinkView, key: str) -> str:
    return escape(say(link.language, key))


def _at(address: str) -> str:
    return escape(address, quote=True)
