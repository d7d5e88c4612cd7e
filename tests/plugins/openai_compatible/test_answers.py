"""Questions and answers: as they are, bound to a schema, and put as each model takes them."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import AppError, AuthRequired, Finish, InvalidInput, Refused, Turn, Unavailable
from app.domain.schema import problems
from tests.fakes.model_services import (
    DOCUMENT,
    KEY,
    ORDERS,
    SCHEMA,
    asks,
    says,
    unleaked,
)
from tests.fakes.web import BAD_DAYS, leads_to, web_server
from tests.plugins.openai_compatible.servers import chat, error, served

LUNA = "gpt-6-luna"


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Everything is logged, but what the station keeps quiet and our own server."""
    for talkative in ("httpx", "httpcore", "asyncio", "aiohttp.access"):
        caplog.set_level(logging.WARNING, talkative)
    caplog.set_level(logging.DEBUG)


async def test_a_question_is_put_and_answered(tmp_path: Path) -> None:
    question = asks(LUNA, "And now?", system="Be brief.", most_tokens=50, seed=7)
    question = type(question)(
        question.model,
        (Turn("user", "Hi"), Turn("assistant", "Hello."), *question.turns),
        question.system,
        most_tokens=50,
        seed=7,
    )
    async with served(tmp_path, says(chat("Fine."))) as (provider, told, _):
        answer = await provider.complete(question)
    assert (answer.text, answer.finish) == ("Fine.", Finish.COMPLETE)
    assert (answer.input_tokens, answer.output_tokens) == (19, 10)
    assert answer.model == "gpt-6-luna-2026-09-22"
    assert told.headers[-1]["Authorization"] == f"Bearer {KEY}"
    body = told.bodies[-1]
    assert [one["role"] for one in body["messages"]] == ["system", "user", "assistant", "user"]
    assert body["messages"][0]["content"] == "Be brief."
    assert body["max_completion_tokens"] == 50
    assert (body["seed"], body["temperature"]) == (7, 0.2)
    assert body["reasoning_effort"] == "none"  # out of the list of models
    assert "response_format" not in body


async def test_an_answer_is_bound_to_a_schema(tmp_path: Path) -> None:
    async with served(tmp_path, says(chat(json.dumps(DOCUMENT)))) as (provider, told, _):
        answer = await provider.complete(asks(LUNA, schema=SCHEMA))
    assert problems(SCHEMA, json.loads(answer.text)) == ()
    form = told.bodies[-1]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    schema = form["json_schema"]["schema"]
    assert schema["additionalProperties"] is False
    assert "maxLength" not in schema["properties"]["title"]  # strict services refuse limits
    assert SCHEMA["properties"]["title"]["maxLength"] == 80


NO_SCHEMA = error("'response_format' of type 'json_schema' is not supported with this model.")
NO_OBJECT = error("response_format type is unavailable")


async def test_a_service_without_schemas_is_asked_for_json_and_remembered(tmp_path: Path) -> None:
    good = chat(f"```json\n{json.dumps(DOCUMENT)}\n```")
    answers = says((400, NO_SCHEMA), good)
    async with served(tmp_path, answers) as (provider, told, _):
        first = await provider.complete(asks(LUNA, schema=SCHEMA))
        await provider.complete(asks(LUNA, schema=SCHEMA))
        await provider.complete(asks(LUNA))
    assert json.loads(first.text) == DOCUMENT
    forms = [one.get("response_format", {}).get("type") for one in told.bodies]
    assert forms == ["json_schema", "json_object", "json_object", None]
    assert '"enum":["film","series"]' in told.bodies[1]["messages"][0]["content"]
    assert told.bodies[3]["messages"][0]["role"] == "user"  # no schema, no words about one


async def test_a_service_without_json_is_told_in_words(tmp_path: Path) -> None:
    answers = says((400, NO_SCHEMA), (422, NO_OBJECT), chat(json.dumps(DOCUMENT)))
    async with served(tmp_path, answers) as (provider, told, _):
        answer = await provider.complete(asks(LUNA, schema=SCHEMA, system="Judge."))
    assert json.loads(answer.text) == DOCUMENT
    assert "response_format" not in told.bodies[2]
    assert told.bodies[2]["messages"][0]["content"].startswith("Judge.\n\nAnswer with one JSON")


async def test_a_service_that_ignores_the_schema_is_told_in_words_next_time(tmp_path: Path) -> None:
    answers = says(chat("Surely! It is a film."), chat(json.dumps(DOCUMENT)))
    async with served(tmp_path, answers) as (provider, told, _):
        prose = await provider.complete(asks(LUNA, schema=SCHEMA))
        await provider.complete(asks(LUNA, schema=SCHEMA))
    assert prose.text == "Surely! It is a film."  # whoever asked sees that it does not fit
    forms = [one["response_format"]["type"] for one in told.bodies]
    assert forms == ["json_schema", "json_object"]


async def test_what_a_model_refuses_is_left_out_from_then_on(tmp_path: Path) -> None:
    answers = says(
        (400, error("Unsupported parameter: 'max_completion_tokens' is unknown.")),
        (400, error("Unsupported value: 'temperature' does not support 0.2 with this model.")),
        (400, error("Unrecognized request argument supplied: reasoning_effort")),
        chat("Yes."),
    )
    async with served(tmp_path, answers) as (provider, told, _):
        assert (await provider.complete(asks(LUNA))).text == "Yes."
        await provider.complete(asks(LUNA))
    assert len(told.bodies) == 5
    last = told.bodies[-1]
    assert last["max_tokens"] == 1024
    assert not {"max_completion_tokens", "temperature", "reasoning_effort"} & set(last)


async def test_a_service_that_refuses_everything_is_asked_a_few_times_only(tmp_path: Path) -> None:
    everything = "max_tokens max_completion_tokens temperature seed reasoning_effort schema"
    async with served(tmp_path, says((400, error(everything)))) as (provider, told, _):
        with pytest.raises(InvalidInput):
            await provider.complete(asks(LUNA, schema=SCHEMA, seed=1))
    assert len(told.bodies) <= 8


@pytest.mark.parametrize(
    ("answer", "finish", "text"),
    [
        (chat("Half of", "length"), Finish.CUT, "Half of"),
        (chat('{"title": "Ni', "length"), Finish.CUT, '{"title": "Ni'),
        (chat("", "content_filter"), Finish.REFUSED, ""),
        (chat(None, refusal="I'm sorry, I cannot."), Finish.REFUSED, ""),
        (chat("<think>\nLong thoughts</think>\n\nYes."), Finish.COMPLETE, "Yes."),
        (chat([{"type": "thinking", "thinking": []}, {"type": "text", "text": "Yes."}]),
         Finish.COMPLETE, "Yes."),
        (chat("a\x00b\ud800c"), Finish.COMPLETE, "abc"),
        (chat(None), Finish.COMPLETE, ""),
    ],
)  # fmt: skip
async def test_how_an_answer_ends(
    tmp_path: Path, answer: dict[str, Any], finish: Finish, text: str
) -> None:
    async with served(tmp_path, says(answer)) as (provider, _, _):
        told = await provider.complete(asks(LUNA))
    assert (told.finish, told.text) == (finish, text)


async def test_counts_that_cannot_be_are_none(tmp_path: Path) -> None:
    odd = {**chat("Yes."), "usage": {"prompt_tokens": -5, "completion_tokens": "many"}, "model": []}
    async with served(tmp_path, says(odd)) as (provider, _, _):
        told = await provider.complete(asks(LUNA))
    assert (told.input_tokens, told.output_tokens, told.model) == (0, 0, "")


QUOTA = error(
    "You exceeded your current quota, please check your plan and billing details.",
    "insufficient_quota",
    code="insufficient_quota",
)
TROUBLES: list[tuple[int, Any, type[AppError], str]] = [
    (401, error(f"Incorrect API key provided: {KEY}."), AuthRequired, "errors.model_key_refused"),
    (400, error("bad", code="invalid_api_key"), AuthRequired, "errors.model_key_refused"),
    (403, error("Project has no access"), AuthRequired, "errors.model_key_refused"),
    (429, QUOTA, AuthRequired, "errors.model_no_money"),
    (402, error("Insufficient Balance"), AuthRequired, "errors.model_no_money"),
    (429, error("Rate limit reached"), Unavailable, "errors.server_busy"),
    (400, error("too long", code="context_length_exceeded"), InvalidInput, "errors.model_too_long"),
    (413, b"", InvalidInput, "errors.model_too_long"),
    (400, {"error": "the request exceeds the available context size"}, InvalidInput,
     "errors.model_too_long"),
    (400, error("flagged by moderation"), Refused, "errors.model_refused"),
    (404, error("no", code="model_not_found"), InvalidInput, "errors.model_unknown"),
    (400, error("The model `x` does not exist"), InvalidInput, "errors.model_unknown"),
    (500, error("The server had an error"), Unavailable, "errors.server_failed"),
    (503, error("overloaded"), Unavailable, "errors.server_busy"),
    (200, {"error": {"message": "Provider returned error", "code": 502}}, Unavailable,
     "errors.server_failed"),
    (200, {"error": {"message": "credits", "code": 402}}, AuthRequired, "errors.model_no_money"),
    (200, {"choices": []}, Unavailable, "errors.bad_answer"),
    (200, {"choices": [{"message": "hello"}]}, Unavailable, "errors.bad_answer"),
    (200, b"<!doctype html><html>Sign in to the hotel</html>", Unavailable, "errors.bad_answer"),
    (200, b'{"choices": [{"mess', Unavailable, "errors.bad_answer"),
    (200, chat("x" * 500_000), Unavailable, "errors.answer_too_large"),
    (200, chat("x" * 2_000_000), Unavailable, "errors.answer_too_large"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "kind", "key"), TROUBLES)
async def test_what_goes_wrong_is_told_plainly(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    status: int,
    body: Any,
    kind: type[AppError],
    key: str,
) -> None:
    async with served(tmp_path, says((status, body))) as (provider, told, _):
        with pytest.raises(kind) as raised:
            await provider.complete(asks(LUNA))
    assert raised.value.key == key
    assert type(raised.value) is kind
    assert len(told.bodies) == 1  # nothing here is put again in another way
    unleaked(raised.value)
    unleaked(caplog.text)


async def test_a_busy_service_says_when_to_come_again(tmp_path: Path) -> None:
    busy = (429, error("Rate limit reached"), {"Retry-After": "90"})
    async with served(tmp_path, says(busy)) as (provider, told, _):
        with pytest.raises(Unavailable) as first:
            await provider.complete(asks(LUNA))
        with pytest.raises(Unavailable) as second:
            await provider.complete(asks(LUNA))
        assert await provider.text_models()  # the list is another matter
    assert first.value.args_map["retry_after"] == 90
    assert second.value.key == "errors.server_busy"
    assert len(told.bodies) == 1


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_ends_as_one_error(tmp_path: Path, day: str) -> None:
    async with served(tmp_path, seconds=0.5) as (provider, _, server):
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as raised:
            await provider.complete(asks(LUNA, schema=SCHEMA))
        with pytest.raises(AppError):
            await provider.text_models()
    unleaked(raised.value)


async def test_a_service_that_never_answers_is_given_up(tmp_path: Path) -> None:
    async def sleeps(request: web.Request) -> web.StreamResponse:
        import asyncio

        await asyncio.sleep(30)
        return web.Response()

    async with served(tmp_path, seconds=0.4) as (provider, _, server):
        server.always = sleeps
        with pytest.raises(Unavailable) as raised:
            await provider.complete(asks(LUNA))
    assert raised.value.key == "errors.server_slow"


async def test_a_redirect_elsewhere_gets_no_key_and_is_no_answer(tmp_path: Path) -> None:
    elsewhere = says(chat("I am the service, believe me."))
    async with web_server() as thief, served(tmp_path) as (provider, _, server):
        thief.always = elsewhere

        async def moved(_request: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": f"{thief.url}/v1/x"})

        server.always = moved
        with pytest.raises(Unavailable) as raised:
            await provider.complete(asks(LUNA))
        server.always = leads_to("http://192.168.1.1/")
        with pytest.raises(Refused):
            await provider.complete(asks(LUNA))
    assert raised.value.key == "errors.bad_answer"
    assert elsewhere.headers
    assert not elsewhere.bodies
    assert not any(KEY in str(one) for one in elsewhere.headers)


@pytest.mark.parametrize("status", [307, 308])
async def test_a_question_is_not_sent_on_to_another_server(tmp_path: Path, status: int) -> None:
    async with web_server() as thief, served(tmp_path) as (provider, _, server):

        async def moved(_request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers={"Location": f"{thief.url}/v1/x"})

        server.always = moved
        with pytest.raises(Refused) as raised:
            await provider.complete(asks(LUNA))
        assert raised.value.key == "errors.sent_on_elsewhere"
        assert not thief.seen


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_in_an_answer_are_text_and_nothing_else(tmp_path: Path, order: str) -> None:
    document = {"title": order, "kind": "film", "tags": [order]}
    answers = says(chat(order), chat(json.dumps(document)))
    async with served(tmp_path, answers) as (provider, told, server):
        plain = await provider.complete(asks(LUNA, order))
        bound = await provider.complete(asks(LUNA, order, schema=SCHEMA))
        asked = [one.path for one in server.seen]
    assert plain.text == order.strip()
    assert json.loads(bound.text) == document
    assert asked == ["/v1/models", "/v1/chat/completions", "/v1/chat/completions"]
    assert told.bodies[0]["messages"][-1]["content"] == order
