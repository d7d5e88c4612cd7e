"""Voices and music of ElevenLabs: what goes out, what comes back, and every trouble there is."""

from __future__ import annotations

import io
import logging
import wave
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    AuthRequired,
    InvalidInput,
    MusicWanted,
    NotFound,
    Refused,
    SpeechWanted,
    Unavailable,
)
from tests.fakes.model_services import KEY, ORDERS, unleaked
from tests.fakes.plugins import provider as real
from tests.fakes.web import BAD_DAYS, Handler
from tests.plugins.elevenlabs.service import MP3, RATE, SECONDS, VOICE, error, served, spoken

TEXT = "Time runs slower — in your kitchen! Really? 1984 was…"


def asks(text: str = TEXT, language: str = "en", speed: float = 1.0) -> SpeechWanted:
    return SpeechWanted(VOICE, text, language, speed)


def tells(status: int, document: Any, **headers: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(document, status=status, headers=headers)

    return answer


def seconds_of(content: bytes) -> float:
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return float(file.getnframes() / RATE)


async def test_a_text_is_said_with_the_time_of_each_word(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        speech = await provider.speak(asks())
    assert seconds_of(speech.content) == pytest.approx(len(TEXT) * SECONDS)
    assert [word.text for word in speech.words] == TEXT.split()
    for word in speech.words:
        place = TEXT.index(word.text)
        assert word.start == pytest.approx(place * SECONDS, abs=0.002)
        assert word.end == pytest.approx((place + len(word.text)) * SECONDS, abs=0.002)
    assert service.said == [{"text": TEXT, "model_id": "eleven_v4", "language_code": "en"}]
    assert speech.price == pytest.approx(0.08 * len(TEXT) / 1_000)
    unleaked([str(one.rel_url) for one in service.asked])  # the key is in no address


async def test_a_long_text_goes_in_pieces_that_know_each_other(tmp_path: Path) -> None:
    sentence = "This is a sentence about the kitchen clock, number {}. "
    text = "".join(sentence.format(number) for number in range(120)).strip()
    options: dict[str, Any] = {"voice_model": "eleven_multilingual_v2", "voice_price": "0.2"}
    async with served(tmp_path, **options) as (provider, service):
        speech = await provider.speak(asks(text, speed=1.5))
    pieces = [one["text"] for one in service.said]
    assert len(pieces) == 3
    assert "".join(pieces) == text
    assert all(len(piece) <= 2_500 and piece.strip().endswith(".") for piece in pieces)
    assert [word.text for word in speech.words] == text.split()
    last = speech.words[-1]
    assert last.end == pytest.approx(len(text) * SECONDS, abs=0.002)
    assert all(
        a.end <= b.start + 1e-9 for a, b in zip(speech.words, speech.words[1:], strict=False)
    )
    assert "previous_text" not in service.said[0]
    assert service.said[1]["previous_text"] == pieces[0][-500:]
    assert service.said[1]["next_text"] == pieces[2][:500]
    assert "next_text" not in service.said[2]
    assert service.said[0]["voice_settings"] == {"speed": 1.2}
    assert "language_code" not in service.said[0]  # this model finds out by itself
    assert speech.price == pytest.approx(0.2 * len(text) / 1_000)


@pytest.mark.parametrize(
    ("alignment", "known"),
    [
        (None, 0),
        ({"characters": "abc"}, 0),
        ({"characters": ["H"], "character_start_times_seconds": [0.0]}, 0),
        (
            {
                "characters": [None, "H", "i", "t", "z", "x"],
                "character_start_times_seconds": [0, float("nan"), 0.1, -4, "0.2", True],
                "character_end_times_seconds": [0, 1, 0.2, 1, 0.3, 1e9],
            },
            2,
        ),
    ],
)
async def test_times_that_cannot_be_are_left_out(
    tmp_path: Path, alignment: Any, known: int
) -> None:
    document = {**spoken("Hi there"), "alignment": alignment}
    async with served(tmp_path) as (provider, service):
        service.instead["speech"] = tells(200, document)
        speech = await provider.speak(asks("Hi there"))
    assert len(speech.words) == known
    assert seconds_of(speech.content) == pytest.approx(8 * SECONDS)
    assert all(0 <= one.start <= one.end <= 8 * SECONDS for one in speech.words)


async def test_voices_of_the_account(tmp_path: Path) -> None:
    async with served(tmp_path, voice_model="eleven_multilingual_v2") as (provider, _):
        voices = list(await provider.voices())
    assert [(one.id, one.name, one.price, one.times) for one in voices] == [
        ("cloned1", "My own", None, True),
        (VOICE, "Rachel", None, True),
    ]


async def test_what_is_left_of_the_plan_is_looked_at_first(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        service.left = len(TEXT) + 5
        await provider.speak(asks())
        service.left = 5
        with pytest.raises(AuthRequired) as raised:
            await provider.speak(asks())
        plan = [one for one in service.asked if one.path == "/v1/user/subscription"]
    assert raised.value.key == "errors.voice_plan_empty"
    assert raised.value.args_map == {"name": "ElevenLabs", "left": 5, "needs": len(TEXT)}
    assert len(service.said) == 1
    assert len(plan) == 2


async def test_a_key_that_may_only_speak_speaks(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        service.instead["subscription"] = tells(401, error("missing_permissions"))
        await provider.speak(asks())
        await provider.speak(asks())
    assert len(service.said) == 2


TROUBLES: list[tuple[int, Any, type[AppError], str]] = [
    (401, error("invalid_api_key"), AuthRequired, "errors.model_key_refused"),
    (401, error("quota_exceeded", "You have 3 credits left"), AuthRequired, "errors.media_quota"),
    (401, error("detected_unusual_activity"), AuthRequired, "errors.media_no_money"),
    (402, error("payment_required"), AuthRequired, "errors.media_no_money"),
    (400, error("content_against_policy"), Refused, "errors.media_refused"),
    (400, error("max_character_limit_exceeded"), InvalidInput, "errors.media_not_taken"),
    (400, error("voice_not_found"), InvalidInput, "errors.voice_gone"),
    (404, error("model_not_found"), InvalidInput, "errors.model_unknown"),
    (422, {"detail": [{"loc": ["body"], "msg": "field"}]}, InvalidInput, "errors.server_refused"),
    (429, error("too_many_concurrent_requests"), Unavailable, "errors.server_busy"),
    (500, {}, Unavailable, "errors.server_failed"),
    (200, {"audio_base64": "!!"}, Unavailable, "errors.bad_answer"),
    (200, {"audio_base64": ""}, Unavailable, "errors.bad_answer"),
    (200, {}, Unavailable, "errors.bad_answer"),
    (200, [1], Unavailable, "errors.bad_answer"),
]


@pytest.mark.parametrize(("status", "document", "kind", "key"), TROUBLES)
async def test_what_goes_wrong_with_a_voice_is_told_plainly(
    tmp_path: Path, status: int, document: Any, kind: type[AppError], key: str
) -> None:
    async with served(tmp_path) as (provider, service):
        service.instead["speech"] = tells(status, document)
        with pytest.raises(kind) as raised:
            await provider.speak(asks())
    assert (type(raised.value), raised.value.key) == (kind, key)
    unleaked(raised.value)


async def test_a_pause_the_service_asks_for_is_passed_on(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        busy = error("too_many_concurrent_requests")
        service.instead["speech"] = tells(429, busy, **{"Retry-After": "77"})
        with pytest.raises(Unavailable) as raised:
            await provider.speak(asks())
    assert raised.value.args_map["retry_after"] == 77


@pytest.mark.parametrize("voice", ["../voices", "a/b", "", "a?b=c", "x" * 200, "é"])
async def test_a_name_that_would_change_the_address_is_none(tmp_path: Path, voice: str) -> None:
    async with served(tmp_path) as (provider, service):
        with pytest.raises(InvalidInput) as raised:
            await provider.speak(SpeechWanted(voice, TEXT, "en"))
        assert not any("text-to-speech" in one.path for one in service.asked)
    assert raised.value.key == "errors.voice_gone"


@pytest.mark.parametrize("text", ["", " \n", "…", pytest.param("x" * 1_000_000, id="a book")])
async def test_nothing_and_too_much_is_not_sent(tmp_path: Path, text: str) -> None:
    async with served(tmp_path) as (provider, service):
        with pytest.raises(InvalidInput) as raised:
            await provider.speak(asks(text))
        assert service.said == []
    assert raised.value.key in ("errors.voice_nothing", "errors.voice_too_long")


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_in_a_text_are_said_and_nothing_else(tmp_path: Path, order: str) -> None:
    async with served(tmp_path) as (provider, service):
        speech = await provider.speak(asks(order))
        paths = {one.path for one in service.asked}
    assert [word.text for word in speech.words] == order.split()
    assert paths == {
        "/v1/voices", "/v1/user/subscription", f"/v1/text-to-speech/{VOICE}/with-timestamps",
    }  # fmt: skip


async def test_music_is_composed_at_once(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        models = list(await provider.media_models())
        order = await provider.compose(MusicWanted(models[0].id, "curious", 47.5))
        await provider.call_off(order.remote)
        with pytest.raises(NotFound):
            await provider.follow(order.remote)
    assert [(one.id, one.price, one.longest) for one in models] == [("music_v2_5", 0.01, 600.0)]
    assert order.made is not None
    assert (order.made.content, order.made.ending) == (MP3, "mp3")
    assert order.made.price == pytest.approx(0.475)
    [asked] = service.composed
    assert (asked["music_length_ms"], asked["model_id"]) == (47_500, "music_v2_5")
    assert asked["force_instrumental"] is True
    assert "mallets" in asked["prompt"]


async def test_music_of_any_mood_and_only_so_long(tmp_path: Path) -> None:
    async with served(tmp_path) as (provider, service):
        await provider.compose(MusicWanted("music_v2_5", "tense heist " * 500, 1.0))
        with pytest.raises(InvalidInput) as raised:
            await provider.compose(MusicWanted("music_v2_5", "calm", 601.0))
    [asked] = service.composed
    assert asked["prompt"].startswith("tense heist")
    assert len(asked["prompt"]) <= 1_800
    assert asked["music_length_ms"] == 3_000
    assert raised.value.key == "errors.media_too_long"


@pytest.mark.parametrize(
    ("status", "document", "kind"),
    [
        (400, {"detail": {"status": "bad_prompt", "data": {"prompt_suggestion": "x"}}}, Refused),
        (402, error("limited_access"), AuthRequired),
        (401, error("quota_exceeded"), AuthRequired),
        (429, error("system_busy"), Unavailable),
        (200, {"what": "JSON"}, Unavailable),
    ],
)
async def test_what_goes_wrong_with_music_is_told_plainly(
    tmp_path: Path, status: int, document: Any, kind: type[AppError]
) -> None:
    async with served(tmp_path) as (provider, service):
        service.instead["music"] = tells(status, document)
        with pytest.raises(kind) as raised:
            await provider.compose(MusicWanted("music_v2_5", "calm", 10.0))
    unleaked(raised.value)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_ends_as_one_error(
    tmp_path: Path, day: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with served(tmp_path, seconds=0.4, largest=1_000_000) as (provider, service):
        service.server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as spoke:
            await provider.speak(asks())
        with pytest.raises(AppError) as composed:
            await provider.compose(MusicWanted("music_v2_5", "calm", 10.0))
    unleaked(spoke.value)
    unleaked(composed.value)
    assert KEY not in caplog.text


async def test_the_key_is_proved_at_the_beginning(tmp_path: Path) -> None:
    with pytest.raises(AuthRequired) as wrong:
        async with served(tmp_path, key="another-key"):
            pass
    assert wrong.value.key == "errors.model_key_refused"
    with pytest.raises(AuthRequired) as missing:
        async with real("elevenlabs", tmp_path):
            pass
    assert missing.value.key == "errors.model_key_missing"
