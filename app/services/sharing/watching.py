"""Answers whoever opens the address of a link: its pages, and the films behind them."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from app.api.language_names import language_code
from app.domain.access import LinkId, LinkState
from app.domain.casting import SubtitleTrack
from app.domain.errors import AppError
from app.infra.lan.routes import PUBLIC_PREFIX, Route
from app.services.sharing import page, page_words
from app.services.sharing.giving import Giver
from app.services.sharing.look import ICON, STYLE
from app.services.sharing.page import HEADERS, FilmView, LinkView, Source, Text
from app.services.sharing.page_words import say
from app.services.sharing.playable import HLS, Form, forms, ordered
from app.services.sharing.shelf import Film, Shelf
from app.services.sharing.states import for_device
from app.services.sharing.tokens import film_key, new_device
from app.services.sharing.visits import COOKIE, COOKIE_SECONDS, ClosedError, Doorkeeper, Visit

if TYPE_CHECKING:
    from aiohttp import web

    Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = logging.getLogger(__name__)

FRESH: Final = 15.0
"""Seconds for which it is remembered which films a link leads to."""
MOST_LINKS: Final = 50
STYLE_PLACE: Final = f"{PUBLIC_PREFIX}look"
ICON_PLACE: Final = f"{PUBLIC_PREFIX}icon"
HERE: Final = "here"
"""Stands in the query of an address that a page of ours led to."""


class Watch:
    """The pages of all links. Lives on the service loop."""

    def __init__(
        self, door: Doorkeeper, shelf: Shelf, giver: Giver, contact: Callable[[], str]
    ) -> None:
        self._door = door
        self._shelf = shelf
        self._giver = giver
        self._contact = contact
        self._films: OrderedDict[LinkId, tuple[float, tuple[Film, ...]]] = OrderedDict()

    def routes(self) -> tuple[Route, ...]:
        """What is answered; all of it may be asked for from outside."""
        link, film = PUBLIC_PREFIX + "{token}", PUBLIC_PREFIX + "{token}/f/{film}"
        answers: tuple[tuple[str, Answer], ...] = (
            (STYLE_PLACE, self._plain_style),
            (ICON_PLACE, self._icon),
            (link, self._page),
            (f"{link}/look", self._style),
            (film, self._film_page),
            (f"{film}/play", self._play),
            (f"{film}/whole", self._whole),
            (f"{film}/made", self._made),
            (f"{film}/parts/{{part}}", self._part),
            (f"{film}/text/{{number}}", self._text),
            (f"{film}/poster", self._poster),
            (f"{film}/wide", self._wide),
        )
        return tuple(
            Route("GET", path, self._kindly(answer), public=True) for path, answer in answers
        )

    def forget(self, link: LinkId) -> None:
        """Look anew for the films of a link."""
        self._films.pop(link, None)

    def _kindly(self, answer: Answer) -> Answer:
        """Answer with a page that says why, where there is nothing to see."""

        async def answered(request: web.Request) -> web.StreamResponse:
            try:
                return await answer(request)
            except ClosedError as closed:
                return self._closed(request, closed)

        return answered

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN``: the film of a link, or the list of its films."""
        visit = await self._door.look(request)
        bounce = self._bounce(request, visit)
        if bounce is not None:
            return bounce
        self._door.check(visit)
        films = await self._films_of(visit)
        if not films:
            raise ClosedError(404, "empty", visit)
        self._opened(request, visit)
        link = self._link_view(visit)
        if len(films) == 1:
            return _html(page.film_page(link, await self._film_view(request, visit, films[0])))
        return _html(page.list_page(link, [self._card_view(visit, film) for film in films]))

    async def _film_page(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM``: one of several films."""
        visit = await self._door.look(request)
        bounce = self._bounce(request, visit)
        if bounce is not None:
            return bounce
        self._door.check(visit)
        film, _name = await self._film(request, visit)
        many = len(await self._films_of(visit)) > 1
        view = await self._film_view(request, visit, film)
        return _html(page.film_page(self._link_view(visit), view, visit.base if many else ""))

    async def _style(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/look``: how it looks. A device that comes for the first time gets its cookie.

        Not with the page itself: who follows a link from elsewhere does not send the cookie he
        has, and would be taken for another device each time. What a page fetches brings it.
        """
        from aiohttp import web

        visit = await self._door.look(request)
        answer = web.Response(text=STYLE, content_type="text/css", headers=HEADERS)
        if not visit.device:
            _name, kept = new_device(visit.key, visit.found.who.id)
            answer.set_cookie(
                COOKIE, kept, path=visit.base, max_age=COOKIE_SECONDS, httponly=True,
                samesite="Strict", secure=visit.secure,
            )  # fmt: skip
        return answer

    async def _plain_style(self, _request: web.Request) -> web.StreamResponse:
        """``/w/look``: the same for a page that belongs to no link."""
        from aiohttp import web

        return web.Response(text=STYLE, content_type="text/css", headers=HEADERS)

    async def _icon(self, _request: web.Request) -> web.StreamResponse:
        """``/w/icon``: the small picture of a tab."""
        from aiohttp import web

        return web.Response(text=ICON, content_type="image/svg+xml", headers=HEADERS)

    async def _play(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/play``: the file as it is, for a browser that plays it."""
        visit, film, name = await self._enter(request, downloads=False, container="")
        self._begins(request, visit, name, "plays")
        return await self._giver.file(request, visit, film, download=False)

    async def _whole(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/whole``: the file, to be kept."""
        visit, film, name = await self._enter(request, downloads=True)
        self._begins(request, visit, name, "downloads")
        return await self._giver.file(request, visit, film, download=True)

    async def _made(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/made``: one stream, made while it is sent."""
        return await self._converted(request, "mp4", "made")

    async def _part(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/parts/7.ts``: a piece, made when it is asked for."""
        return await self._converted(request, "hls", request.match_info["part"])

    async def _text(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/text/0``: subtitles."""
        visit = await self._door.look(request)
        self._door.check(visit)
        film, _name = await self._film(request, visit)
        number = request.match_info["number"]
        if not (number.isascii() and number.isdigit() and len(number) < 4):
            raise ClosedError(404, "unknown", visit)
        return await self._giver.text(request, visit, film, int(number))

    async def _poster(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/poster``: its picture."""
        visit = await self._door.look(request)
        self._door.check(visit)
        film, _name = await self._film(request, visit)
        return await self._giver.picture(request, visit, film, film.poster)

    async def _wide(self, request: web.Request) -> web.StreamResponse:
        """``/w/TOKEN/f/FILM/wide``: a picture as wide as it is."""
        visit = await self._door.look(request)
        self._door.check(visit)
        film, _name = await self._film(request, visit)
        return await self._giver.picture(request, visit, film, film.wide or film.poster)

    async def _converted(
        self, request: web.Request, container: str, rest: str
    ) -> web.StreamResponse:
        visit, film, name = await self._enter(request, downloads=False, container=container)
        form = next(one for one in await self._forms(film) if _container(one) == container)
        self._begins(request, visit, name, "plays")
        return await self._giver.made(request, visit, (film, name, form), rest)

    async def _enter(
        self, request: web.Request, *, downloads: bool, container: str = ""
    ) -> tuple[Visit, Film, str]:
        """Let a device have a film: the use of the link begins here, if it does not go on.

        What is watched must be a form of it that its page offers.
        """
        visit = await self._door.look(request)
        giving = visit.found.link.wish.giving
        if not (giving.downloads if downloads else giving.watches):
            raise ClosedError(403, "not_given", visit)
        film, name = await self._film(request, visit)
        if not downloads and container not in map(_container, await self._forms(film)):
            raise ClosedError(404, "unknown", visit)
        if request.method == "HEAD":
            self._door.check(visit)
            if not visit.device:
                raise ClosedError(403, "cookies", visit)
            return visit, film, name
        return await self._door.admit(visit), film, name

    def _begins(self, request: web.Request, visit: Visit, name: str, what: str) -> None:
        if request.method == "HEAD":
            return
        who = visit.found.who.id
        if self._door.going.begins(who, visit.device, f"{name} {what}"):
            self._door.going.add(who, **{what: 1})

    def _opened(self, request: web.Request, visit: Visit) -> None:
        if request.method != "HEAD":
            self._door.going.add(visit.found.who.id, opens=1)

    def _bounce(self, request: web.Request, visit: Visit) -> web.StreamResponse | None:
        """A page that leads here once more, for a device that is known only then."""
        state, full = for_device(visit.found, visit.now)
        if visit.device or HERE in request.query or not (full or state is LinkState.USED_UP):
            return None
        link = self._link_view(visit, with_style=False)
        return _html(page.bounce_page(link, f"{request.path}?{HERE}"))

    def _closed(self, request: web.Request, closed: ClosedError) -> web.StreamResponse:
        visit = closed.visit
        if visit is not None:
            view = self._link_view(visit)
        else:
            told = page_words.language_of(request.headers.get("Accept-Language", ""))
            view = LinkView(language=told, style=STYLE_PLACE, icon=ICON_PLACE, name="")
        answer = _html(page.closed_page(view, closed.key, **closed.words), closed.status)
        if closed.status == 429:
            answer.headers["Retry-After"] = str(closed.words["seconds"])
        return answer

    async def _films_of(self, visit: Visit) -> tuple[Film, ...]:
        link = visit.found.link
        now = time.monotonic()
        known = self._films.get(link.id)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        films = await self._shelf.films(link.wish.what)
        self._films[link.id] = (now, films)
        self._films.move_to_end(link.id)
        while len(self._films) > MOST_LINKS:
            self._films.popitem(last=False)
        return films

    async def _film(self, request: web.Request, visit: Visit) -> tuple[Film, str]:
        wanted = request.match_info["film"]
        for film in await self._films_of(visit):
            if self._name(visit, film) == wanted:
                return film, wanted
        raise ClosedError(404, "empty", visit)

    async def _forms(self, film: Film) -> tuple[Form, ...]:
        try:
            return forms(await self._shelf.facts(film))
        except AppError as error:
            log.info("A film of a link cannot be looked at: %s", error)
            return ()

    def _card_view(self, visit: Visit, film: Film) -> FilmView:
        at = f"{visit.base}/f/{self._name(visit, film)}"
        return FilmView(
            title=film.title,
            caption=_joined(film.caption, page_words.length(film.seconds)),
            page=at,
            poster=f"{at}/poster" if film.poster is not None else "",
        )

    async def _film_view(self, request: web.Request, visit: Visit, film: Film) -> FilmView:
        at = f"{visit.base}/f/{self._name(visit, film)}"
        giving, language = visit.found.link.wish.giving, visit.language
        agent = request.headers.get("User-Agent", "")
        found = ordered(await self._forms(film), agent) if giving.watches else ()
        texts = await self._shelf.texts(film) if found else ()
        seconds = film.seconds
        if seconds is None and found:
            seconds = (await self._shelf.facts(film)).duration
        return FilmView(
            title=film.title,
            caption=_joined(film.caption, page_words.length(seconds)),
            page=at,
            poster=f"{at}/wide",
            sources=tuple(Source(at + _place(form), form.content_type) for form in found),
            texts=_texts(at, texts, language),
            download=f"{at}/whole" if giving.downloads else "",
            download_words=await self._download_words(film, language),
            remark=_remark(found, language, watches=giving.watches, downloads=giving.downloads),
        )

    async def _download_words(self, film: Film, language: str) -> str:
        try:
            count = (await asyncio.to_thread(os.stat, film.path)).st_size
        except OSError:
            return say(language, "download")
        return say(language, "download_size", size=page_words.size(language, count))

    def _link_view(self, visit: Visit, *, with_style: bool = True) -> LinkView:
        link, who = visit.found.link, visit.found.who
        wish, language = link.wish, visit.language
        facts = []
        if wish.until is not None:
            facts.append(say(language, "until", date=page_words.date(language, wish.until)))
        if wish.uses:
            left = max(0, wish.uses - who.used)
            facts.append(say(language, "left", count=left, all=wish.uses))
        if wish.devices:
            key = "device" if wish.devices == 1 else "devices"
            facts.append(say(language, key, count=wish.devices))
        return LinkView(
            language=language,
            style=f"{visit.base}/look" if with_style else "",
            icon=ICON_PLACE,
            name=wish.name or link.title,
            note=wish.note,
            facts=tuple(facts),
            price=wish.price,
            pay=wish.pay if link.revoked is None and who.revoked is None else "",
            contact=self._contact(),
        )

    @staticmethod
    def _name(visit: Visit, film: Film) -> str:
        return film_key(visit.key, visit.found.who.id, film.path)


def _html(text: str, status: int = 200) -> web.Response:
    from aiohttp import web

    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)


def _container(form: Form) -> str:
    """Into what it is converted; nothing when it is the file itself."""
    return "" if form.plan is None else form.plan.container


def _place(form: Form) -> str:
    if form.plan is None:
        return "/play"
    return "/parts/list.m3u8" if form.content_type == HLS else "/made"


def _texts(at: str, tracks: tuple[SubtitleTrack, ...], language: str) -> tuple[Text, ...]:
    """The subtitles a visitor may choose; those of his language are shown at once."""
    found = []
    for number, track in enumerate(tracks):
        code = language_code(track.language) or "und"
        name = page_words.NAMES.get(code, "") or say(language, "subtitles")
        if track.title:
            name = f"{name} · {track.title}" if code != "und" else track.title
        found.append(Text(f"{at}/text/{number}", code, name, code == language))
    first = next((text for text in found if text.shown), None)
    return tuple(Text(text.address, text.language, text.name, text is first) for text in found)


def _remark(found: tuple[Form, ...], language: str, *, watches: bool, downloads: bool) -> str:
    if not watches:
        return ""
    if not found:
        return say(language, "unplayable" if downloads else "unplayable_only")
    if found[0].plan is None:
        return ""
    return say(language, "converted" if downloads else "converted_only")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
