"""Speech: what goes out with a sound, and what comes back."""

from __future__ import annotations

import shutil
import subprocess
import wave
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    Heard,
    InvalidInput,
    NotFound,
    SoundQuestion,
    Unavailable,
)
from plugins.openai_compatible.sounds import LARGEST, read_sound
from tests.fakes.model_services import KEY, ORDERS, says, unleaked
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, web_server
from tests.plugins.openai_compatible.servers import error, served

VERBOSE: dict[str, Any] = {
    "task": "transcribe",
    "language": "english",
    "duration": 2.95,
    "text": " Hello from the kitchen. Dinner is ready.",
    "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 1.4, "text": " Hello from the kitchen.",
         "tokens": [50364], "temperature": 0.0, "avg_logprob": -0.28, "no_speech_prob": 0.01},
        {"id": 1, "seek": 0, "start": 1.4, "end": 2.9, "text": " Dinner is ready."},
    ],
    "words": [
        {"word": "Hello", "start": 0.0, "end": 0.4},
        {"word": "from", "start": 0.4, "end": 0.6},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody says a sentence; without a voice on this machine it is silence."""
    path = tmp_path_factory.mktemp("speech") / "My secret film.wav"
    if shutil.which("espeak-ng"):
        said = "Hello from the kitchen. Dinner is ready."
        subprocess.run(["espeak-ng", "-w", path, said], check=True, timeout=20)
        return path
    with wave.open(str(path), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(16_000)
        written.writeframes(b"\0\0" * 48_000)
    return path


def asks(path: Path, model: str = "whisper-1", language: str | None = "en") -> SoundQuestion:
    return SoundQuestion(model, str(path), language, 2.95)


async def test_a_sound_is_sent_whole_and_written_down(tmp_path: Path, sound: Path) -> None:
    async with served(tmp_path, says(VERBOSE)) as (provider, told, _):
        heard = await provider.transcribe(asks(sound))
    assert heard.language == "en"
    assert heard.pieces == (
        Heard(0.0, 1.4, "Hello from the kitchen."),
        Heard(1.4, 2.9, "Dinner is ready."),
    )
    assert heard.words == (Heard(0.0, 0.4, "Hello"), Heard(0.4, 0.6, "from"))
    form = told.bodies[-1]
    file = form["file"]
    assert told.files == [sound.read_bytes()]
    assert (file.filename, file.content_type) == ("sound.wav", "audio/wav")  # not its own name
    assert (form["model"], form["language"]) == ("whisper-1", "en")
    assert form["response_format"] == "verbose_json"
    assert form.getall("timestamp_granularities[]") == ["word", "segment"]
    assert told.headers[-1]["Authorization"] == f"Bearer {KEY}"


async def test_a_model_without_times_gives_one_piece(tmp_path: Path, sound: Path) -> None:
    answers = says({"text": "Hello from the kitchen."})
    async with served(tmp_path, answers) as (provider, told, _):
        heard = await provider.transcribe(asks(sound, "gpt-4o-mini-transcribe", "en"))
    assert told.bodies[-1]["response_format"] == "json"
    assert heard.pieces == (Heard(0.0, 2.95, "Hello from the kitchen."),)
    assert (heard.language, heard.words) == ("en", ())


async def test_a_form_that_is_refused_is_left_and_remembered(tmp_path: Path, sound: Path) -> None:
    refused = error("response_format 'verbose_json' is not compatible with this model.")
    both = error("timestamp_granularities and language cannot be used together")
    answers = says((400, refused), (400, both), {"text": "Hello.", "segments": []})
    async with served(tmp_path, answers) as (provider, told, _):
        await provider.transcribe(asks(sound, "new-model"))
        heard = await provider.transcribe(asks(sound, "new-model"))
    assert heard.pieces[0].text == "Hello."
    assert heard.language == "en"  # as was asked
    sent = [(one.get("response_format"), one.get("language")) for one in told.bodies]
    assert sent == [("verbose_json", "en"), (None, "en"), (None, None), (None, None)]


@pytest.mark.parametrize("service", ["groq", "mistral", "ollama", "llama_server", "deepseek"])
async def test_who_hears(tmp_path: Path, service: str) -> None:
    async with served(tmp_path, service=service, listed={"data": [{"id": "a"}]}) as (made, _, _):
        models = await made.speech_models()
    expected = {
        "groq": [("whisper-large-v3-turbo", True), ("whisper-large-v3", True)],
        "mistral": [("voxtral-mini-latest", False)],
    }
    assert [(one.id, one.words) for one in models] == expected.get(service, [])


async def test_a_server_in_the_house_that_hears_costs_nothing(tmp_path: Path) -> None:
    listed = {"data": [{"id": "Systran/faster-whisper-small"}, {"id": "qwen"}]}
    async with web_server() as server:
        server.answers["/v1/models"] = says(listed)
        where: dict[str, Any] = {"service": "other", "address": server.url}
        async with provider("openai_compatible", tmp_path, **where) as made:
            models = await made.speech_models()
            text = await made.text_models()
    assert [(one.id, one.price) for one in models] == [("Systran/faster-whisper-small", 0.0)]
    assert [one.id for one in text] == ["qwen"]


def test_what_is_no_speech_is_not_sent(tmp_path: Path) -> None:
    starts = {
        b"RIFF\0\0\0\0WAVEfmt ": "wav", b"fLaC\0\0": "flac", b"OggS\0\2": "ogg",
        b"ID3\4": "mp3", b"\xff\xfb\x90": "mp3",
    }  # fmt: skip
    for start, ending in starts.items():
        (tmp_path / "a").write_bytes(start + b"\0" * 50)
        assert read_sound(str(tmp_path / "a"))[1] == ending
    for other in (b"", b"\x1aE\xdf\xa3webm", b"root:x:0:0", b"\xff"):
        (tmp_path / "a").write_bytes(other)
        with pytest.raises(InvalidInput) as told:
            read_sound(str(tmp_path / "a"))
        assert told.value.key == "errors.sound_form"
    with (tmp_path / "big.wav").open("wb") as big:
        big.truncate(LARGEST + 1)
    with pytest.raises(InvalidInput) as large:
        read_sound(str(tmp_path / "big.wav"))
    assert large.value.args_map == {"name": "big.wav", "most": 25}
    with pytest.raises(NotFound):
        read_sound(str(tmp_path / "gone.wav"))
    with pytest.raises(Unavailable):
        read_sound(str(tmp_path))


@pytest.mark.parametrize("order", ORDERS)
async def test_orders_that_are_spoken_are_text(tmp_path: Path, sound: Path, order: str) -> None:
    document = {"text": order, "segments": [{"start": 0, "end": 1, "text": order}]}
    async with served(tmp_path, says(document)) as (provider, _, server):
        heard = await provider.transcribe(asks(sound))
        assert [one.path for one in server.seen] == ["/v1/models", "/v1/audio/transcriptions"]
    assert heard.pieces == (Heard(0.0, 1.0, order.strip()),)


async def test_times_that_cannot_be_are_left_out(tmp_path: Path, sound: Path) -> None:
    segments = [
        {"start": 2, "end": 3, "text": "later"},
        {"start": -1, "end": 3, "text": "before the beginning"},
        {"start": 3, "end": 1, "text": "backwards"},
        {"start": "0", "end": 1, "text": "a text"},
        {"start": 0, "end": 1e12, "text": "endless"},
        {"start": float("nan"), "end": 1, "text": "nowhere"},
        {"start": 0, "end": 1, "text": ["no"]},
        {"start": 0, "end": 1, "text": "first"},
        "what",
    ]
    answers = says({"text": 5, "segments": segments, "words": {"a": 1}, "language": ["xx"]})
    async with served(tmp_path, answers) as (provider, _, _):
        heard = await provider.transcribe(asks(sound, language=None))
    assert [one.text for one in heard.pieces] == ["first", "later"]
    assert (heard.words, heard.language) == ((), "")


DAYS = ("drips for a minute", "sends a gigabyte", "nothing", "500", "a web page", "401")


@pytest.mark.parametrize("day", [*DAYS, "a redirect home", "JSON, a number"])
async def test_a_bad_day_ends_as_one_error(tmp_path: Path, sound: Path, day: str) -> None:
    async with served(tmp_path, seconds=0.5) as (provider, _, server):
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as raised:
            await provider.transcribe(asks(sound))
    unleaked(raised.value)
