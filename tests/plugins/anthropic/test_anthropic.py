"""The protocol of Anthropic's messages, with answers as its documentation shows them."""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    AuthRequired,
    Finish,
    InvalidInput,
    ProviderContext,
    Unavailable,
)
from app.api.model_lists import parse_models
from plugins.anthropic.provider import FILE, Anthropic, start
from tests.fakes.model_services import (
    DOCUMENT,
    KEY,
    ORDERS,
    SCHEMA,
    Says,
    asks,
    says,
    started,
    unleaked,
)
from tests.fakes.plugins import provider as real
from tests.fakes.web import BAD_DAYS, WebServer, web_server

HAIKU, SONNET, OLD = "claude-haiku-5-5", "claude-sonnet-5-5", "claude-haiku-4-5"
LISTED = {
    "data": [
        {"type": "model", "id": name, "display_name": name.title(), "created_at": "2026-10-07"}
        for name in (HAIKU, SONNET, "claude-opus-5-5", OLD)
    ],
    "has_more": False,
}


def message(*content: dict[str, Any], stop: str = "end_turn", **usage: int) -> dict[str, Any]:
    """An answer."""
    return {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": HAIKU,
        "content": list(content),
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 6, **usage},
    }


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def error(kind: str, text: str = "no") -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": text}, "request_id": "req_011"}


@contextlib.asynccontextmanager
async def served(
    place: Path, answers: Says | None = None, **options: Any
) -> AsyncIterator[tuple[Anthropic, Says, WebServer]]:
    """The plugin, with its service on loopback."""
    told = answers or says(message(words("Hello.")))
    async with web_server() as server:
        server.answers["/v1/models"] = says(LISTED)
        server.answers["/v1/messages"] = told

        async def begin(context: ProviderContext) -> Anthropic:
            models = parse_models(FILE.read_text(), datetime.date(2026, 11, 26))
            return await start(context, models, server.url)

        async with started("anthropic", place, begin, **options) as provider:
            yield provider, told, server


async def test_a_question_is_put_and_answered(tmp_path: Path) -> None:
    answer = message(
        {"type": "thinking", "thinking": "Hmm.", "signature": "x"},
        words("It is"),
        words(" a film."),
        cache_read_input_tokens=100,
        cache_creation_input_tokens=3,
    )
    async with served(tmp_path, says(answer)) as (provider, told, _):
        made = await provider.complete(asks(HAIKU, system="Be brief.", most_tokens=64))
    assert (made.text, made.finish) == ("It is a film.", Finish.COMPLETE)
    assert (made.input_tokens, made.output_tokens, made.model) == (115, 6, HAIKU)
    body = told.bodies[-1]
    assert body["system"] == "Be brief."
    assert body["max_tokens"] == 64
    assert body["messages"] == [{"role": "user", "content": "What is it?"}]
    assert "temperature" not in body  # this model refuses it, the list says
    head = told.headers[-1]
    assert (head["x-api-key"], head["anthropic-version"]) == (KEY, "2023-06-01")


async def test_new_models_are_bound_by_the_form_of_the_answer(tmp_path: Path) -> None:
    answers = says(message(words(json.dumps(DOCUMENT))))
    async with served(tmp_path, answers) as (provider, told, _):
        made = await provider.complete(asks(SONNET, schema=SCHEMA))
    assert json.loads(made.text) == DOCUMENT
    told_form = told.bodies[-1]["output_config"]
    assert told_form["format"]["type"] == "json_schema"
    assert told_form["format"]["schema"]["additionalProperties"] is False
    assert told_form["effort"] == "low"  # the list's own stays
    assert "tools" not in told.bodies[-1]
    assert "system" not in told.bodies[-1]


async def test_older_models_are_bound_by_a_tool(tmp_path: Path) -> None:
    use = {"type": "tool_use", "id": "toolu_01", "name": "answer", "input": DOCUMENT}
    answers = says(message(words("I will answer."), use, stop="tool_use"))
    async with served(tmp_path, answers) as (provider, told, _):
        made = await provider.complete(asks(OLD, schema=SCHEMA))
    assert json.loads(made.text) == DOCUMENT
    assert made.finish is Finish.COMPLETE
    body = told.bodies[-1]
    assert body["tool_choice"] == {"type": "tool", "name": "answer"}
    assert body["tools"][0]["input_schema"]["required"] == ["title", "kind", "tags"]
    assert body["temperature"] == 0.2


async def test_what_is_refused_is_left_out_and_remembered(tmp_path: Path) -> None:
    answers = says(
        (400, error("invalid_request_error", "temperature is not supported by this model")),
        (400, error("invalid_request_error", "output_config.format: Extra inputs are no")),
        (400, error("invalid_request_error", "tool_choice forces tool use: not supported")),
        message(words(json.dumps(DOCUMENT))),
    )
    async with served(tmp_path, answers) as (provider, told, _):
        made = await provider.complete(asks("claude-next", schema=SCHEMA))
        await provider.complete(asks("claude-next", schema=SCHEMA))
    assert json.loads(made.text) == DOCUMENT
    assert len(told.bodies) == 5
    assert set(told.bodies[-1]) == {"model", "max_tokens", "messages", "system"}
    assert "JSON Schema" in told.bodies[-1]["system"]


async def test_an_effort_that_is_refused_leaves_the_form(tmp_path: Path) -> None:
    answers = says(
        (400, error("invalid_request_error", "thinking.type: unexpected value")),
        (400, error("invalid_request_error", "output_config.effort is not supported")),
        message(words(json.dumps(DOCUMENT))),
    )
    async with served(tmp_path, answers) as (provider, told, _):
        await provider.complete(asks(SONNET, schema=SCHEMA))
    assert list(told.bodies[-1]["output_config"]) == ["format"]
    assert "thinking" not in told.bodies[-1]


@pytest.mark.parametrize(
    ("stop", "finish", "text"),
    [
        ("end_turn", Finish.COMPLETE, "So"),
        ("stop_sequence", Finish.COMPLETE, "So"),
        ("max_tokens", Finish.CUT, "So"),
        ("model_context_window_exceeded", Finish.CUT, "So"),
        ("refusal", Finish.REFUSED, ""),
    ],
)
async def test_how_an_answer_ends(tmp_path: Path, stop: str, finish: Finish, text: str) -> None:
    async with served(tmp_path, says(message(words("So"), stop=stop))) as (provider, _, _):
        made = await provider.complete(asks(HAIKU))
    assert (made.finish, made.text) == (finish, text)


POOR = "Your credit balance is too low to access the Anthropic API."
LONG = "prompt is too long: 345320 tokens > 199999 maximum"
TROUBLES: list[tuple[int, Any, type[AppError], str]] = [
    (401, error("authentication_error", f"invalid x-api-key {KEY}"), AuthRequired,
     "errors.model_key_refused"),
    (403, error("permission_error"), AuthRequired, "errors.model_key_refused"),
    (400, error("invalid_request_error", POOR), AuthRequired, "errors.model_no_money"),
    (402, error("billing_error"), AuthRequired, "errors.model_no_money"),
    (400, error("invalid_request_error", LONG), InvalidInput, "errors.model_too_long"),
    (413, error("request_too_large"), InvalidInput, "errors.model_too_long"),
    (404, error("not_found_error", "model: claude-9"), InvalidInput, "errors.model_unknown"),
    (429, error("rate_limit_error"), Unavailable, "errors.server_busy"),
    (500, error("api_error"), Unavailable, "errors.server_failed"),
    (529, error("overloaded_error"), Unavailable, "errors.server_busy"),
    (200, {"content": "hello"}, Unavailable, "errors.bad_answer"),
    (200, [], Unavailable, "errors.bad_answer"),
    (200, b'{"content": [{"ty', Unavailable, "errors.bad_answer"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "kind", "key"), TROUBLES)
async def test_what_goes_wrong_is_told_plainly(
    tmp_path: Path, status: int, body: Any, kind: type[AppError], key: str
) -> None:
    async with served(tmp_path, says((status, body))) as (provider, told, _):
        with pytest.raises(kind) as raised:
            await provider.complete(asks(HAIKU))
    assert (type(raised.value), raised.value.key) == (kind, key)
    assert len(told.bodies) == 1
    unleaked(raised.value)


async def test_an_overloaded_service_says_when_to_come_again(tmp_path: Path) -> None:
    busy = (529, error("overloaded_error"), {"Retry-After": "40"})
    async with served(tmp_path, says(busy)) as (provider, _, _):
        with pytest.raises(Unavailable) as raised:
            await provider.complete(asks(HAIKU))
    assert raised.value.args_map["retry_after"] == 40


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_ends_as_one_error(tmp_path: Path, day: str) -> None:
    async with served(tmp_path, seconds=0.3) as (provider, _, server):
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as raised:
            await provider.complete(asks(HAIKU, schema=SCHEMA))
    unleaked(raised.value)


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_in_an_answer_are_text_and_nothing_else(tmp_path: Path, order: str) -> None:
    document = {"title": order, "kind": "film", "tags": [order]}
    use = {"type": "tool_use", "id": "t", "name": "answer", "input": document}
    answers = says(message(words(order)), message(use, stop="tool_use"))
    async with served(tmp_path, answers) as (provider, _, server):
        plain = await provider.complete(asks(OLD, order))
        bound = await provider.complete(asks(OLD, order, schema=SCHEMA))
        asked = [one.path for one in server.seen]
    assert plain.text == order.strip()
    assert json.loads(bound.text) == document
    assert asked == ["/v1/models", "/v1/messages", "/v1/messages"]


async def test_models_and_their_prices(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, _, _):
        usual = list(await provider.text_models())
    assert [(one.id, one.input_price, one.output_price, one.context) for one in usual] == [
        (HAIKU, 0.1, 0.5, 100_000),
        (SONNET, 2.0, 10.0, 1_000_000),
    ]
    async with served(tmp_path, model="claude-next") as (provider, _, _):
        unknown = list(await provider.text_models())
    assert [(one.id, one.input_price, one.output_price) for one in unknown] == [
        ("claude-next", None, None)
    ]
    async with served(tmp_path, model=HAIKU, input_price="3", output_price="4.5") as (own, _, _):
        mine = list(await own.text_models())
    assert [(one.input_price, one.output_price) for one in mine] == [(3.0, 4.5)]


async def test_the_key_is_proved_at_the_beginning(tmp_path: Path) -> None:
    async with web_server() as server:
        server.always = says((401, error("authentication_error", f"invalid x-api-key {KEY}")))

        async def begin(context: ProviderContext) -> Anthropic:
            models = parse_models(FILE.read_text(), datetime.date(2026, 11, 26))
            return await start(context, models, server.url)

        with pytest.raises(AuthRequired) as raised:
            async with started("anthropic", tmp_path, begin):
                pass
    assert raised.value.key == "errors.model_key_refused"
    unleaked(raised.value)
    with pytest.raises(AuthRequired) as missing:
        async with real("anthropic", tmp_path):
            pass
    assert missing.value.key == "errors.model_key_missing"
