from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import AppError, Credit, InvalidInput, Unavailable
from tests.fakes.plugins import manifest_of, provider
from tests.fakes.web import BAD_DAYS, WebServer, says, web_server

FIXTURES = Path(__file__).parent / "fixtures"
API = "/w/api.php"
TOPIC = "Why time runs slower in your kitchen"
BEGINNING = (
    "Gravitational time dilation is a form of time dilation, an actual difference of elapsed time "
    "between two events. The lower the gravitational potential, the slower time passes."
)
NOTHING = '{"batchcomplete": true}'


class Wiki:
    """Answers searches and questions for an article, each with what is set before it."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.search = (FIXTURES / "search.json").read_text()
        self.any_of_them = NOTHING
        self.article = (FIXTURES / "article.json").read_text()
        server.always = self.handle

    async def handle(self, request: web.Request) -> web.StreamResponse:
        assert request.path == API
        if "pageids" in request.query:
            body = self.article
        else:
            body = self.any_of_them if " OR " in request.query["gsrsearch"] else self.search
        return web.Response(text=body, content_type="application/json")

    def pages(self, *changes: dict[str, Any]) -> None:
        """The search finds these alone, each like a page of the recording."""
        document = json.loads((FIXTURES / "search.json").read_text())
        usual = document["query"]["pages"][1]
        document["query"]["pages"] = [usual | change for change in changes]
        self.search = json.dumps(document)


@pytest.fixture
async def wiki() -> AsyncIterator[Wiki]:
    async with web_server() as server:
        yield Wiki(server)


@pytest.fixture
async def wikipedia(wiki: Wiki, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("wikipedia", tmp_path, address=wiki.server.url) as made:
        yield made


async def test_a_search_tells_how_articles_begin_and_one_is_read_on(
    wikipedia: Any, wiki: Wiki
) -> None:
    await wikipedia.facts(TOPIC, "en")
    search, article = wiki.server.seen
    usual = {"action": "query", "format": "json", "formatversion": "2", "maxlag": "5"}
    assert dict(search.query) == usual | {
        "explaintext": "1",
        "generator": "search",
        "gsrnamespace": "0",
        "gsrsearch": "time runs slower kitchen",
        "gsrlimit": "8",
        "prop": "extracts|info|pageprops",
        "exintro": "1",
        "exlimit": "8",
        "inprop": "url",
        "ppprop": "disambiguation",
        "meta": "siteinfo",
        "siprop": "general|rightsinfo",
    }
    assert dict(article.query) == usual | {
        "explaintext": "1",
        "pageids": "301",
        "prop": "extracts",
        "exlimit": "1",
        "exsectionformat": "wiki",
    }
    assert search.headers["User-Agent"].startswith("Sokoul/")


async def test_articles_come_as_plain_sentences_with_whom_to_credit(wikipedia: Any) -> None:
    facts = await wikipedia.facts(TOPIC, "en")
    assert [one.title for one in facts] == [
        "Gravitational time dilation",
        "Clock",
    ]
    assert facts[0].text == (
        f"{BEGINNING}\nClocks that are far from massive bodies run more quickly. Clocks close to "
        "massive bodies run more slowly.\nIt has been measured using atomic clocks on airplanes."
    )
    assert facts[0].credit == Credit(
        "Gravitational time dilation", "Wikipedia contributors", "CC BY-SA 4.0",
        "https://en.wikipedia.org/wiki/Gravitational_time_dilation",
    )  # fmt: skip
    assert facts[1].text == (
        "A clock is a device that measures and displays time. Some run slower than "
        "others. The clock is one of the oldest human inventions."
    )


async def test_when_no_article_has_all_words_any_of_them_do(wikipedia: Any, wiki: Wiki) -> None:
    wiki.any_of_them, wiki.search = wiki.search, NOTHING
    assert (await wikipedia.facts(TOPIC, "en"))[0].title == "Gravitational time dilation"
    assert [one.query.get("gsrsearch") for one in wiki.server.seen] == [
        "time runs slower kitchen",
        "time OR runs OR slower OR kitchen",
        None,
    ]


async def test_one_that_tells_of_little_is_better_than_none(wikipedia: Any, wiki: Wiki) -> None:
    usual = {"title": "Kitchen", "extract": "A kitchen is a room for cooking."}
    wiki.pages(usual, usual | {"title": "Room", "pageid": 5})
    assert [one.title for one in await wikipedia.facts(TOPIC, "en")] == ["Kitchen"]


async def test_nothing_is_found_about_nothing(wikipedia: Any, wiki: Wiki) -> None:
    wiki.search = NOTHING
    assert list(await wikipedia.facts("Xyzzy", "en")) == []
    assert len(wiki.server.seen) == 1
    assert list(await wikipedia.facts('"" -- ?', "en")) == []
    assert len(wiki.server.seen) == 1


async def test_an_article_that_cannot_be_read_on_is_told_as_it_begins(
    wikipedia: Any, wiki: Wiki
) -> None:
    wiki.article = '{"error": {"code": "internal_api_error", "info": "oh no"}}'
    assert (await wikipedia.facts(TOPIC, "en"))[0].text == BEGINNING


async def test_the_wiki_of_the_language_is_asked(wiki: Wiki, tmp_path: Path) -> None:
    default = next(one for one in manifest_of("wikipedia").options if one.name == "address").default
    assert default == "https://{language}.wikipedia.org"
    address = wiki.server.url + "/{language}"
    async with provider("wikipedia", tmp_path, address=address) as made:
        for language in ("fr", "pt-BR", "MAI"):
            with pytest.raises(AppError):
                await made.facts("Le temps", language)
    # aiohttp's path is checked by the wiki itself, which knows no such place
    assert [one.path for one in wiki.server.seen] == [
        f"/{code}{API}" for code in ("fr", "pt", "mai")
    ]


@pytest.mark.parametrize("language", ["", "e", "english", "..", "en.evil.example/", "e n", "日本"])
async def test_what_is_no_language_is_not_asked(wikipedia: Any, wiki: Wiki, language: str) -> None:
    with pytest.raises(InvalidInput):
        await wikipedia.facts(TOPIC, language)
    assert wiki.server.seen == []


@pytest.mark.parametrize(
    "address", ["", "ftp://x", "https://", "file:///etc/{language}", "{language}"]
)
async def test_what_is_no_address_is_told_at_once(tmp_path: Path, address: str) -> None:
    with pytest.raises(InvalidInput):
        async with provider("wikipedia", tmp_path, address=address):
            pass


async def test_a_busy_wiki_says_how_long(wikipedia: Any, wiki: Wiki) -> None:
    busy = '{"error": {"code": "maxlag", "info": "Waiting for 10.64.0.1: 6.2 seconds lagged."}}'
    wiki.server.always = says(busy, Retry_After="7")
    with pytest.raises(Unavailable) as told:
        await wikipedia.facts(TOPIC, "en")
    assert told.value.key == "errors.server_busy"
    assert told.value.args_map["retry_after"] == 7.0
    assert len(wiki.server.seen) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": None}, {"title": {"x": 1}}, {"pageid": "no"}, {"pageid": -3}, {"extract": None},
        {"extract": {"a": 1}}, {"extract": "Too short"}, {"pageprops": {"disambiguation": ""}},
    ],
)  # fmt: skip
async def test_pages_that_are_no_articles_are_left_out(
    wikipedia: Any, wiki: Wiki, change: dict[str, Any]
) -> None:
    wiki.pages(change, {"title": "Time"})
    assert [one.title for one in await wikipedia.facts(TOPIC, "en")] == ["Time"]


async def test_what_a_page_says_is_held_to_its_place_and_size(wikipedia: Any, wiki: Wiki) -> None:
    wiki.pages(
        {"canonicalurl": "javascript:alert(1)", "fullurl": "file:///etc/passwd"},
        {"title": "T" * 5_000, "extract": "Time runs on and passes. " * 9_000},
    )
    wiki.article = NOTHING
    first, second = await wikipedia.facts(TOPIC, "en")
    assert first.credit.url == ""
    assert len(second.title) == 300
    assert 2_400 < len(second.text) <= 2_500


@pytest.mark.parametrize(
    ("name", "rights", "author", "licence"),
    [
        ("Wikipédia", {}, "Wikipédia contributors", "CC BY-SA 4.0"),
        ("Vikidia", {"url": "https://creativecommons.org/licenses/by-sa/3.0/", "text": "x"},
         "Vikidia contributors", "CC BY-SA 3.0"),
        ("Home", {"url": "", "text": "All rights reserved"}, "Home contributors",
         "All rights reserved"),
        ("Home", {}, "Home contributors", ""),
        ("", {"url": "https://creativecommons.org/publicdomain/zero/1.0/"},
         "Wikipedia contributors", "CC0"),
    ],
)  # fmt: skip
async def test_the_licence_is_the_one_the_wiki_names(
    wikipedia: Any, wiki: Wiki, name: str, rights: object, author: str, licence: str
) -> None:
    document = json.loads(wiki.search)
    document["query"] |= {"general": {"sitename": name}, "rightsinfo": rights}
    wiki.search = json.dumps(document)
    credit = (await wikipedia.facts(TOPIC, "en"))[0].credit
    assert (credit.author, credit.license) == (author, licence)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("wikipedia", tmp_path, seconds=0.8, address=server.url) as made,
    ):
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError):
            await made.facts(TOPIC, "en")


def test_it_is_there_from_the_start() -> None:
    manifest = manifest_of("wikipedia")
    assert manifest.on_by_default
    assert manifest.limits.requests_per_second <= 1.0
