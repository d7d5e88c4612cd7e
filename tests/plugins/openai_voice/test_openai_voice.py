"""The protocol of OpenAI for speech, with answers as its reference shows them."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import logging
import wave
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    AuthRequired,
    InvalidInput,
    ProviderContext,
    Refused,
    SpeechWanted,
    Unavailable,
)
from app.api.speaking import wav
from plugins.openai_voice.provider import OpenAIVoice, start
from plugins.openai_voice.questions import read_list
from tests.fakes.model_services import KEY, ORDERS, unleaked
from tests.fakes.model_services import started as on_bench
from tests.fakes.plugins import provider as real
from tests.fakes.web import BAD_DAYS, Handler, WebServer, web_server

TODAY = datetime.date(2026, 11, 26)
RATE = 24_000
TEXT = "Time runs slower in your kitchen. Really?"
BROKEN_LENGTHS = wav(b"\1\2" * RATE, RATE).replace((RATE * 2).to_bytes(4, "little"), b"\xff" * 4)
"""A WAV as it is sent while it is made: nobody knew yet how long it is."""


class Service:
    """Answers a second of sound; `instead` answers otherwise."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.said: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.instead: Handler | None = None
        self.voices: Any = None
        server.always = self.handle

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization", ""))
        if request.path.endswith("/models"):
            wrong = {"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}
            good = self.keys[-1] in (f"Bearer {KEY}", "")
            return web.json_response({"data": []} if good else wrong, status=200 if good else 401)
        if request.path.endswith("/audio/voices") and self.voices is not None:
            return web.json_response(self.voices)
        if not request.path.endswith("/audio/speech"):
            return web.Response(status=404)
        self.said.append(json.loads(await request.read()))
        if self.instead is not None:
            return await self.instead(request)
        return web.Response(body=BROKEN_LENGTHS, content_type="audio/wav")


@contextlib.asynccontextmanager
async def served(
    place: Path,
    *,
    today: datetime.date = TODAY,
    home: bool = False,
    key: str = KEY,
    seconds: float = 20.0,
    **options: Any,
) -> AsyncIterator[tuple[OpenAIVoice, Service]]:
    """The plugin, with the service, or a server at home, on loopback."""
    async with web_server() as server:
        service = Service(server)
        table = {**read_list(), **({} if home else {"address": f"{server.url}/v1"})}
        if home:
            options["address"] = f"{server.url}/v1/"

        async def begin(context: ProviderContext) -> OpenAIVoice:
            return await start(context, table, today)

        async with on_bench(
            "openai_voice", place, begin, key=key, seconds=seconds, **options
        ) as provider:
            yield provider, service


def asks(text: str = TEXT, voice: str = "coral", speed: float = 1.0) -> SpeechWanted:
    return SpeechWanted(voice, text, "en", speed)


def tells(status: int, document: Any, **headers: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        if isinstance(document, bytes):
            return web.Response(body=document, status=status, headers=headers)
        return web.json_response(document, status=status, headers=headers)

    return answer


def seconds_of(content: bytes) -> float:
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert len(file.readframes(10**9)) == file.getnframes() * 2
        return float(file.getnframes() / RATE)


async def test_a_text_is_said(tmp_path: Path) -> None:
    async with served(tmp_path, tone="Like a late radio show.") as (provider, service):
        speech = await provider.speak(asks(speed=1.25))
    assert seconds_of(speech.content) == pytest.approx(1.0)
    assert (speech.ending, speech.words) == ("wav", ())
    assert speech.price == pytest.approx(0.017 * len(TEXT) / 1_000)
    assert service.said == [
        {
            "model": "gpt-4o-mini-tts", "input": TEXT, "voice": "coral", "response_format": "wav",
            "speed": 1.25, "instructions": "Like a late radio show.",
        }
    ]  # fmt: skip
    assert set(service.keys) == {f"Bearer {KEY}"}


async def test_the_language_is_told_and_only_to_models_that_listen(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        await provider.speak(SpeechWanted("coral", TEXT, "fr"))
    assert "code fr" in service.said[0]["instructions"]
    async with served(tmp_path, model="tts-1") as (provider, service):
        await provider.speak(SpeechWanted("coral", TEXT, "fr"))
        voices = [one.id for one in await provider.voices()]
    assert "instructions" not in service.said[0]
    assert "marin" not in voices


async def test_a_long_text_is_joined_of_pieces(tmp_path: Path) -> None:
    text = "".join(f"Sentence number {number} is about the clock. " for number in range(130))
    async with served(tmp_path) as (provider, service):
        speech = await provider.speak(asks(text))
    said = [one["input"] for one in service.said]
    assert len(said) == 3
    assert " ".join(said).split() == text.split()
    assert all(len(one) <= 2_000 and one.endswith(".") for one in said)
    assert seconds_of(speech.content) == pytest.approx(3 * 1.0 + 2 * 0.15)


async def test_models_end_on_their_day(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as raised:
        async with served(tmp_path, today=datetime.date(2027, 1, 6)):
            pass
    assert raised.value.key == "errors.model_none_there"
    later: dict[str, Any] = {"today": datetime.date(2027, 1, 6), "model": "gpt-next-tts"}
    async with served(tmp_path, price="0.05", **later) as (provider, service):
        speech = await provider.speak(asks())
    assert service.said[0]["model"] == "gpt-next-tts"
    assert speech.price == pytest.approx(0.05 * len(TEXT) / 1_000)


async def test_a_server_at_home_needs_no_key_and_costs_nothing(tmp_path: Path) -> None:
    async with served(tmp_path, home=True, key="", model="kokoro") as (provider, service):
        usual = [one.id for one in await provider.voices()]
        service.voices = {"voices": ["af_heart", {"id": "ff_siwis"}, 7, {"what": 1}]}
        told = [(one.id, one.name, one.price) for one in await provider.voices()]
        speech = await provider.speak(asks(voice="af_heart"))
    assert usual[0] == "marin"
    assert told[:2] == [("af_heart", "Af heart", 0.0), ("ff_siwis", "Ff siwis", 0.0)]
    assert speech.price == 0.0
    assert set(service.keys) == {""}
    named: dict[str, Any] = {"voices": " bella , ,tom"}
    async with served(tmp_path, home=True, key="", **named) as (provider, _):
        assert [one.id for one in await provider.voices()] == ["bella", "tom"]


WRONG = {"error": {"message": "Incorrect API key provided: canary", "code": "invalid_api_key"}}
TROUBLES: list[tuple[int, Any, type[AppError], str]] = [
    (401, WRONG, AuthRequired, "errors.model_key_refused"),
    (429, {"error": {"code": "insufficient_quota"}}, AuthRequired, "errors.model_no_money"),
    (429, {"error": {"code": "rate_limit_exceeded"}}, Unavailable, "errors.server_busy"),
    (400, {"error": {"message": "content policy"}}, Refused, "errors.model_refused"),
    (404, {"error": {"code": "model_not_found"}}, InvalidInput, "errors.model_unknown"),
    (400, {"error": {"message": "voice must be one of"}}, InvalidInput, "errors.server_refused"),
    (503, b"", Unavailable, "errors.server_busy"),
    (500, b"", Unavailable, "errors.server_failed"),
    (200, {"text": "no sound"}, Unavailable, "errors.bad_answer"),
    (200, b"ID3\4 an mp3", Unavailable, "errors.bad_answer"),
    (200, wav(b"", RATE), Unavailable, "errors.bad_answer"),
    (200, BROKEN_LENGTHS[:30], Unavailable, "errors.bad_answer"),
    (200, b"RIFF\xff\xff\xff\xffWAVE" + b"\0" * 4000, Unavailable, "errors.bad_answer"),
]


@pytest.mark.parametrize(("status", "document", "kind", "key"), TROUBLES)
async def test_what_goes_wrong_is_told_plainly(
    tmp_path: Path, status: int, document: Any, kind: type[AppError], key: str
) -> None:
    async with served(tmp_path) as (provider, service):
        service.instead = tells(status, document)
        with pytest.raises(kind) as raised:
            await provider.speak(asks())
    assert (type(raised.value), raised.value.key) == (kind, key)
    unleaked(raised.value)


async def test_a_pause_the_service_asks_for_is_passed_on(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        service.instead = tells(429, {}, **{"Retry-After": "61"})
        with pytest.raises(Unavailable) as raised:
            await provider.speak(asks())
    assert raised.value.args_map["retry_after"] == 61


@pytest.mark.parametrize("text", ["", "\x00\x1b", "…", pytest.param("x" * 1_000_000, id="a book")])
async def test_nothing_and_too_much_is_not_sent(tmp_path: Path, text: str) -> None:
    async with served(tmp_path) as (provider, service):
        with pytest.raises(InvalidInput):
            await provider.speak(asks(text))
        with pytest.raises(InvalidInput):
            await provider.speak(asks(voice='x"; rm'))
        assert service.said == []


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_in_a_text_are_said_and_nothing_else(tmp_path: Path, order: str) -> None:
    async with served(tmp_path) as (provider, service):
        await provider.speak(asks(order))
        paths = [one.path for one in service.server.seen]
    assert paths == ["/v1/models", "/v1/audio/speech"]
    assert [one["input"].split() for one in service.said] == [order.split()]


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_ends_as_one_error(
    tmp_path: Path, day: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with served(tmp_path, seconds=0.4) as (provider, service):
        service.server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as raised:
            await provider.speak(asks())
    unleaked(raised.value)
    assert KEY not in caplog.text


async def test_the_key_is_proved_at_the_beginning(tmp_path: Path) -> None:
    with pytest.raises(AuthRequired) as wrong:
        async with served(tmp_path, key="another-key"):
            pass
    assert wrong.value.key == "errors.model_key_refused"
    with pytest.raises(AuthRequired) as missing:
        async with real("openai_voice", tmp_path):
            pass
    assert missing.value.key == "errors.model_key_missing"
    with pytest.raises(Refused) as opened:
        async with real(
            "openai_voice", tmp_path, secrets={"api_key": KEY}, address="http://example.com/v1"
        ):
            pass
    assert opened.value.key == "errors.model_key_in_the_open"
