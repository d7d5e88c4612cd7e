from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    Keyword,
    ProviderContext,
    Refused,
    Unavailable,
)
from plugins.serpapi.parsers import merged, packed, parse_suggestions, parse_trends, unpacked
from plugins.serpapi.provider import ADDRESS, begin
from plugins.serpapi.query import suggestions_parameters, trends_parameters
from tests.fakes.model_services import KEY, started, unleaked
from tests.fakes.plugins import manifest_of, provider
from tests.fakes.web import BAD_DAYS, Handler, WebServer, leads_to, web_server

TOPIC = "Why time runs slower in your kitchen"
DONE = {"id": "1", "status": "Success", "json_endpoint": "https://serpapi.com/searches/1.json"}
TRENDS: dict[str, Any] = {
    "search_metadata": DONE,
    "search_parameters": {"engine": "google_trends", "q": "time runs slower kitchen"},
    "related_queries": {
        "rising": [
            {"query": "time dilation kitchen", "value": "Breakout", "extracted_value": 19350},
            {"query": "kitchen clock", "value": "+90%", "extracted_value": 90},
        ],
        "top": [
            {"query": "why is time slower", "value": "100", "extracted_value": 100},
            {"query": "Kitchen Clock", "value": "57", "extracted_value": 57},
            {"query": "", "value": "3", "extracted_value": 3},
            "garbage",
        ],
    },
}
SUGGESTIONS: dict[str, Any] = {
    "search_metadata": DONE,
    "suggestions": [
        {"value": "why time runs slower near mass", "relevance": 1250, "type": "QUERY"},
        {"value": "why is time slower", "relevance": 601},
    ],
}
ACCOUNT = {"account_id": "a1", "plan_searches_left": 90, "total_searches_left": 90}
EMPTY = {
    "search_metadata": DONE,
    "error": "Google hasn't returned any results for this query.",
}
FOUND = [
    Keyword("why is time slower", 100.0),
    Keyword("time dilation kitchen", 85.7),
    Keyword("Kitchen Clock", 57.0),
    Keyword("why time runs slower near mass", 50.0),
]


class Service:
    """Answers by engine; an answer is a document, with a status beside it, or a handler."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.answers: dict[str, Any] = {
            "account": ACCOUNT, "google_trends": TRENDS, "google_autocomplete": SUGGESTIONS,
        }  # fmt: skip
        server.always = self.handle

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("api_key") != KEY:
            body = {"error": "Invalid API key. Your API key should be here: https://serpapi.com"}
            return web.json_response(body, status=401)
        which = request.query.get("engine", "account")
        assert request.path == ("/account.json" if which == "account" else "/search.json")
        answer = self.answers[which]
        if callable(answer):
            answered: web.StreamResponse = await answer(request)
            return answered
        status, document = answer if isinstance(answer, tuple) else (200, answer)
        return web.json_response(document, status=status)

    def searches(self) -> list[str]:
        """The engines of the searches made, in order."""
        return [one.query["engine"] for one in self.server.seen if "engine" in one.query]


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with web_server() as server:
        yield Service(server)


@contextlib.asynccontextmanager
async def serp(service: Service, place: Path, key: str = KEY) -> AsyncIterator[Any]:
    async def build(context: ProviderContext) -> Any:
        return await begin(context, service.server.url)

    async with started("serpapi", place, build, key=key) as made:
        yield made


async def fails(work: Any) -> AppError:
    """The one plain error a piece of work ends with; no key is in it."""
    try:
        answer = await work
    except AppError as error:
        unleaked(error)
        return error
    raise AssertionError(f"it went well: {answer!r}")


async def test_two_searches_tell_what_people_look_for(
    service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="plugins")
    async with serp(service, tmp_path) as made:
        assert list(await made.keywords(TOPIC, "en")) == FOUND
    asked = [dict(one.query) for one in service.server.seen]
    assert asked == [
        {"api_key": KEY},
        {
            "engine": "google_trends", "q": "time runs slower kitchen", "hl": "en",
            "data_type": "RELATED_QUERIES", "date": "today 12-m", "api_key": KEY,
        },
        {"engine": "google_autocomplete", "q": TOPIC, "hl": "en", "api_key": KEY},
    ]  # fmt: skip
    assert KEY not in caplog.text


async def test_a_topic_is_paid_once_a_day(service: Service, tmp_path: Path) -> None:
    async with serp(service, tmp_path) as made:
        first = await made.keywords(TOPIC, "en")
        assert await made.keywords(TOPIC, "en") == first
    async with serp(service, tmp_path) as made:  # another start
        assert await made.keywords(TOPIC, "en") == first
        assert len(service.searches()) == 2
        await made.keywords(TOPIC, "fr")
    assert len(service.searches()) == 4
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()


async def test_nothing_found_is_an_answer_and_remembered(service: Service, tmp_path: Path) -> None:
    service.answers |= {"google_trends": EMPTY, "google_autocomplete": EMPTY}
    async with serp(service, tmp_path) as made:
        assert list(await made.keywords(TOPIC, "en")) == []
        assert list(await made.keywords(TOPIC, "en")) == []
        assert list(await made.keywords("-- !", "en")) == []
    assert len(service.searches()) == 2


async def test_one_search_is_enough_when_the_other_fails(service: Service, tmp_path: Path) -> None:
    service.answers["google_trends"] = (500, {"error": "oops"})
    async with serp(service, tmp_path) as made:
        found = await made.keywords(TOPIC, "en")
        assert [one.text for one in found] == [
            "why time runs slower near mass",
            "why is time slower",
        ]
        service.answers["google_trends"] = TRENDS  # what failed is not remembered
        assert list(await made.keywords(TOPIC, "en")) == FOUND


RATE = {"error": "You are exceeding your hourly throughput limit."}
SPENT = {"error": "Your account has run out of searches."}
BROKEN = {"search_metadata": {"status": "Error"}, "error": "We couldn't get valid results."}


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        ((401, {"error": "Invalid API key."}), AuthRequired, "errors.model_key_refused"),
        ((403, {"error": "gone"}), AuthRequired, "errors.model_key_refused"),
        ((429, SPENT), AuthRequired, "errors.media_quota"),
        ((429, RATE), Unavailable, "errors.server_busy"),
        ((400, {"error": "Missing query `q` parameter."}), InvalidInput, "errors.server_refused"),
        ((503, BROKEN), Unavailable, "errors.server_failed"),
        ((200, BROKEN), Unavailable, "errors.bad_answer"),
        ((200, {"search_metadata": {"status": "Processing"}}), Unavailable, "errors.bad_answer"),
        ((200, {}), Unavailable, "errors.bad_answer"),
        ((200, []), Unavailable, "errors.bad_answer"),
    ],
)
async def test_refusals_are_told_plainly(
    service: Service, tmp_path: Path, answer: Any, kind: type[AppError], key: str
) -> None:
    service.answers |= {"google_trends": answer, "google_autocomplete": answer}
    async with serp(service, tmp_path) as made:
        error = await fails(made.keywords(TOPIC, "en"))
    assert (type(error), error.key) == (kind, key)


@pytest.mark.parametrize(
    ("account", "kind", "key"),
    [
        ((401, {"error": "Invalid API key."}), AuthRequired, "errors.model_key_refused"),
        (ACCOUNT | {"total_searches_left": 0}, AuthRequired, "errors.media_quota"),
        ({"hello": 1}, Unavailable, "errors.bad_answer"),
    ],
)
async def test_the_key_is_proved_before_it_is_kept(
    service: Service, tmp_path: Path, account: Any, kind: type[AppError], key: str
) -> None:
    service.answers["account"] = account
    error = await fails(serp(service, tmp_path).__aenter__())
    assert (type(error), error.key) == (kind, key)
    assert service.searches() == []


@pytest.mark.parametrize(
    ("given", "key"),
    [("", "errors.model_key_missing"), ("two words", "errors.model_key_refused"),
     ("ключ", "errors.model_key_refused"), ("wrong", "errors.model_key_refused")],
)  # fmt: skip
async def test_what_is_no_key_is_told(
    service: Service, tmp_path: Path, given: str, key: str
) -> None:
    with pytest.raises(AuthRequired) as told:
        async with serp(service, tmp_path, given):
            pass
    assert told.value.key == key
    assert len(service.server.seen) == (given == "wrong")


async def test_the_key_goes_to_nobody_else(service: Service, tmp_path: Path) -> None:
    async with web_server() as other, serp(service, tmp_path) as made:
        to = leads_to(f"{other.url}/search.json")
        service.answers |= {"google_trends": to, "google_autocomplete": to}
        other.play("/search.json", '{"search_metadata": {"status": "Success"}}')
        error = await fails(made.keywords(TOPIC, "en"))
        assert (type(error), error.key) == (Unavailable, "errors.bad_answer")
        assert [dict(one.query) for one in other.seen] == [{}, {}]


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_plainly(service: Service, tmp_path: Path, day: str) -> None:
    handler: Handler = BAD_DAYS[day]
    async with serp(service, tmp_path) as made:
        service.answers |= {"google_trends": handler, "google_autocomplete": handler}
        assert isinstance(
            await fails(made.keywords(TOPIC, "en")),
            Unavailable | InvalidInput | AuthRequired | Refused,
        )


@pytest.mark.parametrize("language", ["", "english", "e n", "../"])
async def test_what_is_no_language_is_not_asked(
    service: Service, tmp_path: Path, language: str
) -> None:
    async with serp(service, tmp_path) as made:
        assert (await fails(made.keywords(TOPIC, language))).key == "errors.bad_argument"
    assert service.searches() == []


def test_fields_of_other_kinds_are_left_out() -> None:
    assert parse_trends({"related_queries": [1]}) == []
    assert (
        parse_trends({"related_queries": {"top": {"query": "x"}, "rising": [{"query": {}}]}}) == []
    )
    odd = {"top": [{"query": "x", "value": "1,204%"}, {"query": "y", "extracted_value": -5},
                   {"query": "z" * 500, "extracted_value": 1e300}]}  # fmt: skip
    found = parse_trends({"related_queries": odd})
    assert [(one.text, one.weight) for one in found] == [("x", 100.0), ("y", 0.0), ("z" * 100, 0.0)]
    assert parse_suggestions({"suggestions": [{"value": str(at)} for at in range(99)]})[-1] == (
        Keyword("39", 5.0)
    )
    assert len(merged(Keyword(str(at), at) for at in range(99))) == 40


@pytest.mark.parametrize("content", [b"", b"7", b"[[1]]", b'[["a", "b"]]', b"[" * 90_000, b"\xff"])
def test_what_is_no_memory_is_asked_anew(content: bytes) -> None:
    assert unpacked(content) is None
    assert unpacked(packed(FOUND)) == FOUND


def test_a_question_fits_and_is_one() -> None:
    long = " ".join(["kitchen,clock"] * 60) + " a" * 300
    for made in (trends_parameters(long, "en"), suggestions_parameters(long, "en")):
        assert 0 < len(made["q"]) <= 100
        assert "," not in made["q"]


async def test_the_real_service_is_asked_over_tls_only(tmp_path: Path) -> None:
    assert ADDRESS == "https://serpapi.com"
    assert not manifest_of("serpapi").on_by_default
    with pytest.raises(AuthRequired):
        async with provider("serpapi", tmp_path):
            pass
    answer = HttpAnswer(200, f"{ADDRESS}/search.json?api_key={KEY}", {}, b"")
    assert KEY not in answer.host
