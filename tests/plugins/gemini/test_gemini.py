"""The protocol of Gemini's generateContent, with answers as its documentation shows them."""

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
    TextQuestion,
    Turn,
    Unavailable,
)
from app.api.model_lists import parse_models
from plugins.gemini.provider import FILE, Gemini, start
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

LITE, FLASH = "gemini-3.5-flash-lite", "gemini-3.8-flash"
WRITES = ["generateContent", "countTokens"]
LISTED = {
    "models": [
        {"name": f"models/{LITE}", "displayName": "Gemini 3.5 Flash-Lite",
         "inputTokenLimit": 1048576, "supportedGenerationMethods": WRITES},
        {"name": f"models/{FLASH}", "inputTokenLimit": 1048576,
         "supportedGenerationMethods": WRITES},
        {"name": "models/gemini-embedding-2", "supportedGenerationMethods": ["embedContent"]},
    ]
}  # fmt: skip


def content(*parts: dict[str, Any], finish: str = "STOP", **usage: int) -> dict[str, Any]:
    """An answer."""
    return {
        "candidates": [
            {
                "content": {"parts": list(parts), "role": "model"},
                "finishReason": finish,
                "index": 0,
                "safetyRatings": [],
            }
        ],
        "usageMetadata": {
            "promptTokenCount": 8, "candidatesTokenCount": 5, "totalTokenCount": 13, **usage,
        },
        "modelVersion": LITE,
        "responseId": "mAitaLmkHPPlz7IPvtfUqQ4",
    }  # fmt: skip


def error(code: int, status: str, text: str = "no", **detail: str) -> dict[str, Any]:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", **detail}] if detail else []
    return {"error": {"code": code, "message": text, "status": status, "details": details}}


@contextlib.asynccontextmanager
async def served(
    place: Path, answers: Says | None = None, **options: Any
) -> AsyncIterator[tuple[Gemini, Says, WebServer]]:
    """The plugin, with its service on loopback."""
    told = answers or says(content({"text": "Hello."}))
    async with web_server() as server:
        server.answers["/v1beta/models"] = says(LISTED)
        for name in (LITE, FLASH, "gemini-next"):
            server.answers[f"/v1beta/models/{name}:generateContent"] = told

        async def begin(context: ProviderContext) -> Gemini:
            models = parse_models(FILE.read_text(), datetime.date(2026, 11, 26))
            return await start(context, models, server.url)

        async with started("gemini", place, begin, **options) as provider:
            yield provider, told, server


async def test_a_question_is_put_and_answered(tmp_path: Path) -> None:
    turns = (Turn("user", "Hi"), Turn("assistant", "Hello."), Turn("user", "What is it?"))
    question = TextQuestion(LITE, turns, "Be brief.", most_tokens=64, seed=3)
    answer = content(
        {"text": "Hmm.", "thought": True},
        {"text": "It is", "thoughtSignature": "x"},
        {"text": " a film."},
        thoughtsTokenCount=20,
    )
    async with served(tmp_path, says(answer)) as (provider, told, server):
        made = await provider.complete(question)
        addresses = [str(one.rel_url) for one in server.seen]
    assert (made.text, made.finish) == ("It is a film.", Finish.COMPLETE)
    assert (made.input_tokens, made.output_tokens, made.model) == (8, 25, LITE)
    body = told.bodies[-1]
    assert [one["role"] for one in body["contents"]] == ["user", "model", "user"]
    assert body["systemInstruction"] == {"parts": [{"text": "Be brief."}]}
    assert body["generationConfig"] == {
        "temperature": 0.2,
        "seed": 3,
        "maxOutputTokens": 64,
        "thinkingConfig": {"thinkingLevel": "minimal"},
    }
    assert told.headers[-1]["x-goog-api-key"] == KEY
    unleaked(addresses)  # the key is in no address


async def test_an_answer_is_bound_by_the_services_own_schema(tmp_path: Path) -> None:
    answers = says(content({"text": json.dumps(DOCUMENT)}))
    async with served(tmp_path, answers) as (provider, told, _):
        made = await provider.complete(asks(LITE, schema=SCHEMA))
    assert json.loads(made.text) == DOCUMENT
    config = told.bodies[-1]["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert config["responseSchema"] == {
        "type": "OBJECT",
        "properties": {
            "title": {"type": "STRING"},
            "kind": {"type": "STRING", "enum": ["film", "series"]},
            "tags": {"type": "ARRAY", "items": {"type": "STRING"}},
        },
        "required": ["title", "kind", "tags"],
        "propertyOrdering": ["title", "kind", "tags"],
    }


async def test_what_is_refused_is_left_out_and_remembered(tmp_path: Path) -> None:
    answers = says(
        (400, error(400, "INVALID_ARGUMENT", "thinkingConfig is not supported")),
        (400, error(400, "INVALID_ARGUMENT", "The specified schema has too many states")),
        (400, error(400, "INVALID_ARGUMENT", "JSON mode is not enabled for this model")),
        content({"text": f"```json\n{json.dumps(DOCUMENT)}\n```"}),
    )
    async with served(tmp_path, answers) as (provider, told, _):
        made = await provider.complete(asks(FLASH, schema=SCHEMA))
        await provider.complete(asks(FLASH, schema=SCHEMA))
    assert json.loads(made.text) == DOCUMENT
    assert len(told.bodies) == 5
    assert set(told.bodies[-1]["generationConfig"]) == {"temperature", "maxOutputTokens"}
    assert "JSON Schema" in told.bodies[-1]["systemInstruction"]["parts"][0]["text"]


@pytest.mark.parametrize(
    ("answer", "finish", "text"),
    [
        (content({"text": "So"}, finish="MAX_TOKENS"), Finish.CUT, "So"),
        (content({"text": "So"}, finish="SAFETY"), Finish.REFUSED, ""),
        (content({"text": "So"}, finish="RECITATION"), Finish.REFUSED, ""),
        (content({"text": "So"}, finish="PROHIBITED_CONTENT"), Finish.REFUSED, ""),
        ({"candidates": [{"finishReason": "SAFETY", "index": 0}]}, Finish.REFUSED, ""),
        ({"promptFeedback": {"blockReason": "SAFETY"}}, Finish.REFUSED, ""),
        (content(finish="STOP"), Finish.COMPLETE, ""),
    ],
)
async def test_how_an_answer_ends(
    tmp_path: Path, answer: dict[str, Any], finish: Finish, text: str
) -> None:
    async with served(tmp_path, says(answer)) as (provider, _, _):
        made = await provider.complete(asks(LITE))
    assert (made.finish, made.text) == (finish, text)


KEYLESS = error(400, "INVALID_ARGUMENT", "API key not valid.", reason="API_KEY_INVALID")
LONG = "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."
LIMIT = "You exceeded your current quota, please check your plan and billing details."
TROUBLES: list[tuple[int, Any, type[AppError], str]] = [
    (400, KEYLESS, AuthRequired, "errors.model_key_refused"),
    (403, error(403, "PERMISSION_DENIED", KEY), AuthRequired, "errors.model_key_refused"),
    (402, error(402, "FAILED_PRECONDITION"), AuthRequired, "errors.model_no_money"),
    (400, error(400, "INVALID_ARGUMENT", LONG), InvalidInput, "errors.model_too_long"),
    (404, error(404, "NOT_FOUND"), InvalidInput, "errors.model_unknown"),
    (429, error(429, "RESOURCE_EXHAUSTED", LIMIT), Unavailable, "errors.server_busy"),
    (500, error(500, "INTERNAL"), Unavailable, "errors.server_failed"),
    (503, error(503, "UNAVAILABLE"), Unavailable, "errors.server_busy"),
    (504, error(504, "DEADLINE_EXCEEDED"), Unavailable, "errors.server_slow"),
    (200, content(finish="MALFORMED_FUNCTION_CALL"), Unavailable, "errors.bad_answer"),
    (200, {"candidates": []}, Unavailable, "errors.bad_answer"),
    (200, [content({"text": "x"})], Unavailable, "errors.bad_answer"),
    (200, b'{"candidates": [', Unavailable, "errors.bad_answer"),
]


@pytest.mark.parametrize(("status", "body", "kind", "key"), TROUBLES)
async def test_what_goes_wrong_is_told_plainly(
    tmp_path: Path, status: int, body: Any, kind: type[AppError], key: str
) -> None:
    async with served(tmp_path, says((status, body))) as (provider, told, _):
        with pytest.raises(kind) as raised:
            await provider.complete(asks(LITE))
    assert (type(raised.value), raised.value.key) == (kind, key)
    assert len(told.bodies) == 1
    unleaked(raised.value)


@pytest.mark.parametrize("name", ["../../v1/files", "a/b", "x?key=1", "", "a b", "a:b"])
async def test_a_name_that_would_change_the_address_is_none(tmp_path: Path, name: str) -> None:
    async with served(tmp_path) as (provider, _, server):
        with pytest.raises(InvalidInput) as raised:
            await provider.complete(asks(name))
        assert [one.path for one in server.seen] == ["/v1beta/models"]
    assert raised.value.key == "errors.model_unknown"


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_ends_as_one_error(tmp_path: Path, day: str) -> None:
    async with served(tmp_path, seconds=0.3) as (provider, _, server):
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as raised:
            await provider.complete(asks(LITE, schema=SCHEMA))
    unleaked(raised.value)


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_in_an_answer_are_text_and_nothing_else(tmp_path: Path, order: str) -> None:
    document = {"title": order, "kind": "film", "tags": [order]}
    answers = says(content({"text": order}), content({"text": json.dumps(document)}))
    async with served(tmp_path, answers) as (provider, _, server):
        plain = await provider.complete(asks(LITE, order))
        bound = await provider.complete(asks(LITE, order, schema=SCHEMA))
        asked = len(server.seen)
    assert plain.text == order.strip()
    assert json.loads(bound.text) == document
    assert asked == 3


async def test_models_and_their_prices(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, _, _):
        usual = list(await provider.text_models())
    assert [(one.id, one.input_price, one.output_price) for one in usual] == [
        (LITE, 0.3, 2.5),
        (FLASH, 0.75, 3.75),
    ]
    async with served(tmp_path, model="gemini-next") as (provider, _, _):
        unknown = list(await provider.text_models())
    assert [(one.id, one.input_price) for one in unknown] == [("gemini-next", None)]


async def test_the_key_is_proved_at_the_beginning(tmp_path: Path) -> None:
    async with web_server() as server:
        server.always = says((400, KEYLESS))

        async def begin(context: ProviderContext) -> Gemini:
            models = parse_models(FILE.read_text(), datetime.date(2026, 11, 26))
            return await start(context, models, server.url)

        with pytest.raises(AuthRequired) as raised:
            async with started("gemini", tmp_path, begin):
                pass
    assert raised.value.key == "errors.model_key_refused"
    with pytest.raises(AuthRequired) as missing:
        async with real("gemini", tmp_path):
            pass
    assert missing.value.key == "errors.model_key_missing"
