from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    Caught,
    HitKind,
    InvalidInput,
    PageLink,
    PageSeen,
    SearchQuestion,
    Stream,
    Unavailable,
)
from plugins.streaming_sites.parsers import (
    clearance_of,
    hits_of,
    own_page,
    read_clicks,
    read_site,
    read_solver,
    slug,
    streams_of,
    turned_away,
)

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("https://a.example/search?q={query}&t=film", "https://a.example/search?q=L%27%C3%A9t%C3%A9+%26+%7Bx%7D&t=film"),
        ("https://a.example/s/{query}/", "https://a.example/s/L%27%C3%A9t%C3%A9%20%26%20%7Bx%7D/"),
        ("https://a.example/{year}/{slug}", "https://a.example/1968/lete-and-x"),
        ("https://a.example/{title}?s={season}&e={episode}", "https://a.example/L%27%C3%A9t%C3%A9%20%26%20%7Bx%7D?s=1&e=2"),
        ("  http://a.example:81/x#{query}", "http://a.example:81/x#L%27%C3%A9t%C3%A9%20%26%20%7Bx%7D"),
    ],
)  # fmt: skip
def test_addresses(pattern: str, address: str) -> None:
    question = SearchQuestion("L'été & {x}", year=1968, season=1, episode=2)
    assert read_site(pattern).address(question) == address


def test_an_address_that_needs_what_is_not_asked_finds_nothing() -> None:
    assert read_site("https://a.example/{year}/{slug}").address(SearchQuestion("x")) is None
    assert read_site("https://a.example/{slug}").address(SearchQuestion("映画")) is None
    assert read_site("https://a.example/{query}").address(SearchQuestion("")) is None


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("", "not_a_web_address"),
        ("films.example/{query}", "not_a_web_address"),
        ("file:///{query}", "not_a_web_address"),
        ("https://{query}.example/", "not_a_web_address"),
        ("https://[1/{query}", "not_a_web_address"),
        ("https://a.example:99999/{query}", "not_a_web_address"),
        ("https://a.example/search", "site_address_incomplete"),
        ("https://a.example/{year}", "site_address_incomplete"),
        ("https://a.example/{query}/{page}", "site_address_incomplete"),
        ("https://a.example/{query}/{}", "site_address_incomplete"),
    ],
)
def test_patterns_that_cannot_be(pattern: str, key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        read_site(pattern)


def test_what_is_the_sites_own() -> None:
    site = read_site("https://www.Films.example/?q={query}")
    for url in ("http://films.example/x", "https://www.films.example", "https://m.films.example/"):
        assert site.owns(url), url
    for url in ("https://notfilms.example/", "https://films.example.evil.example/", "x", "",
                "https://evil.example/?films.example", "https://[1/"):  # fmt: skip
        assert not site.owns(url), url
    assert read_site("https://müller.example/{query}").owns("https://xn--mller-kva.example/a")


def test_titles_as_addresses_write_them() -> None:
    assert slug("The Third Man") == "the-third-man"
    assert slug("Amélie & Co. — Ça va?") == "amelie-and-co-ca-va"
    assert slug("Ocean’s Eleven") == "oceans-eleven"  # noqa: RUF001,RUF100 - as it is typed
    assert slug("映画") == ""


def test_what_to_press_and_whom_to_ask() -> None:
    assert read_clicks(" #a ; .b > c;; ") == ("#a", ".b > c")
    assert read_clicks("") == ()
    assert len(read_clicks("a;" * 50)) == 10
    assert read_solver("") == ""
    for text in (
        "http://nas:8191",
        "http://nas:8191/",
        "http://nas:8191/v1",
        "http://nas:8191/v1/",
    ):
        assert read_solver(text) == "http://nas:8191/v1"
    for text in ("nas:8191", "http://", "ftp://nas"):
        with pytest.raises(InvalidInput, match="not_a_web_address"):
            read_solver(text)


def test_links_become_hits() -> None:
    site = read_site("https://a.example/?q={query}")
    links = [
        PageLink("Night", "https://a.example/1"),
        PageLink("Elsewhere", "https://b.example/1"),
        PageLink(" ", "https://a.example/2"),
        PageLink("Tide", "https://a.example/3"),
        PageLink("More", "https://a.example/4"),
    ]
    hits = hits_of(site, links, 2)
    assert [(one.title, one.reference, one.page, one.kind) for one in hits] == [
        ("Night", "https://a.example/1", "https://a.example/1", HitKind.ITEM),
        ("Tide", "https://a.example/3", "https://a.example/3", HitKind.ITEM),
    ]
    assert all(not one.link for one in hits)


def test_a_films_own_page_is_what_its_address_says() -> None:
    question = SearchQuestion("Night", year=1968, season=1, episode=2)
    found = own_page(read_site("https://a.example/{year}/{slug}"), "https://a.example/x", question)
    assert (found.title, found.year, found.season, found.episode) == ("Night", 1968, None, None)


def test_what_was_caught_becomes_streams() -> None:
    seen = PageSeen(
        "Night",
        "https://a.example/1",
        streams=(
            Caught("https://c.example/a.m3u8?t=1", HitKind.PLAYLIST, {"referer": "x"}),
            Caught("https://c.example/a.MKV?t=1", HitKind.FILE),
            Caught("https://c.example/get", HitKind.FILE),
        ),
    )
    playlist, file, nameless = streams_of(seen)
    assert playlist == Stream(
        "https://c.example/a.m3u8?t=1", HitKind.PLAYLIST, "Night", headers={"referer": "x"}
    )
    assert (file.container, nameless.container) == ("mkv", None)
    protected = streams_of(PageSeen("Night", "https://a.example/1", protected=True))
    assert [(one.url, one.protected) for one in protected] == [("https://a.example/1", True)]
    assert streams_of(PageSeen()) == []
    assert turned_away(PageSeen(status=403))
    assert turned_away(PageSeen(status=503))
    assert not turned_away(PageSeen(status=404))


def test_what_the_solver_was_let_in_with() -> None:
    solved = json.loads((FIXTURES / "solved.json").read_text())
    found = clearance_of(solved, "127.0.0.1")
    assert found.user_agent.startswith("Mozilla/5.0 ")
    assert found.cookies == {"clearance": "let-me-in"}


@pytest.mark.parametrize(
    "answer",
    [
        json.loads((FIXTURES / "failed.json").read_text()),
        {}, [], 7, None, {"status": "ok"}, {"status": "ok", "solution": []},
        {"status": "ok", "solution": {"userAgent": 5, "cookies": []}},
        {"status": "ok", "solution": {"userAgent": "a\nb", "cookies": []}},
        {"status": "ok", "solution": {"userAgent": "a", "cookies": {}}},
    ],
)  # fmt: skip
def test_a_solver_that_did_not_get_in(answer: Any) -> None:
    with pytest.raises(Unavailable, match="solver_failed"):
        clearance_of(answer, "a.example")
