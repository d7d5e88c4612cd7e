"""The voices of this device: real ones, on texts of every kind."""

from __future__ import annotations

import array
import asyncio
import io
import os
import wave
from pathlib import Path

import pytest

from app.api.making import SpeechWanted
from app.domain.errors import InvalidInput, ToolFailed, Unsupported
from app.infra.ffmpeg.running import Outside
from app.infra.speech import local, polish, process
from app.infra.speech.espeak import Engine, NoEngine
from app.infra.speech.languages import language_of
from app.infra.speech.local import LocalSpeech

TEXT = "Stop. Why does 1984 cost $5.50, hmm — or 100%? Café naïve…"
HOSTILE = {
    "markup": "<speak><audio src='file:///etc/passwd'/>Hello</speak> [[hh@'loU]]",
    "orders of the engine": "Hello \x01500S \x01+50P there \x1b[2J\x00 end",
    "other scripts": "Hello Привет 今日は สวัสดี مرحبا नमस्ते 안녕 🎬",
    "marks alone between": "— … !!! a ??? *** --- b",
    "a long number": "9" * 300,
    "one long word": "a" * 3_000,
    "breaks": "a\r\nb\t\tc\u2028d\u00a0e\ufeff",
}


def sound_of(content: bytes) -> tuple[array.array[int], float]:
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        found = array.array("h", file.readframes(file.getnframes()))
    return found, len(found) / 22_050


async def test_every_word_has_its_time() -> None:
    speech = await LocalSpeech().speak(SpeechWanted("", TEXT, "en"))
    samples, seconds = sound_of(speech.content)
    assert (speech.ending, speech.price) == ("wav", 0.0)
    assert [word.text for word in speech.words] == TEXT.split()
    before = 0.0
    for word in speech.words:
        assert before <= word.start <= word.end <= seconds
        before = word.end
    said = {word.text: word for word in speech.words}
    assert said["1984"].end - said["1984"].start > 0.5  # several words of the engine's are one
    assert said["Why"].start - said["Stop."].end > 0.15  # a pause belongs to nobody
    for word in (said["Stop."], said["Why"], said["1984"], said["naïve…"]):
        part = samples[int(word.start * 22_050) : int(word.end * 22_050)]
        assert max(map(abs, part)) > 1_000  # something is heard while it is shown
    quiet = samples[int(said["Stop."].end * 22_050) + 1_200 : int(said["Why"].start * 22_050) - 600]
    assert max(map(abs, quiet)) < 1_000
    assert max(map(abs, samples)) < 32_767 * 0.9


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_text_is_a_text(name: str) -> None:
    text = HOSTILE[name]
    speech = await LocalSpeech().speak(SpeechWanted("espeak/en-us", text, "en"))
    _, seconds = sound_of(speech.content)
    clean = [word.text for word in speech.words]
    assert "".join(clean) == "".join(
        char for char in text.replace("\ufeff", "") if not char.isspace() and ord(char) >= 32
    )
    assert all(0 <= word.start <= word.end <= seconds for word in speech.words)


async def test_an_order_of_the_engine_in_a_text_changes_nothing() -> None:
    speech = await LocalSpeech().speak(SpeechWanted("espeak/en-us", "one two \x01400S three", "en"))
    plain = await LocalSpeech().speak(SpeechWanted("espeak/en-us", "one two  400S three", "en"))
    assert speech.content == plain.content


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("word " * 200_000, "errors.voice_too_long", id="a megabyte"),
        pytest.param("", "errors.voice_nothing", id="nothing"),
        pytest.param("… — !", "errors.voice_nothing", id="marks alone"),
    ],
)
async def test_nothing_and_too_much_is_told(text: str, key: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await LocalSpeech().speak(SpeechWanted("", text, "en"))
    assert raised.value.key == key


async def test_voices_of_every_language_of_the_settings() -> None:
    from app.domain.settings_sections import LANGUAGES

    speech = LocalSpeech()
    voices = await speech.voices()
    assert voices[0].id == "espeak/en-us"
    assert len({voice.id for voice in voices}) == len(voices) > 200
    assert {one for one in LANGUAGES if one} <= {voice.language for voice in voices}
    assert all(voice.price == 0 and voice.times for voice in voices)
    first: dict[str, str] = {}
    for voice in voices:
        first.setdefault(voice.language, voice.id)
    assert (first["fr"], first["pt"], first["zh"]) == (
        "espeak/fr-fr", "espeak/pt-br", "espeak/cmn",
    )  # fmt: skip
    french = await speech.speak(SpeechWanted("", "Oui, bonjour.", "fr"))
    woman = await speech.speak(SpeechWanted("espeak/fr-fr+f2", "Oui, bonjour.", "fr"))
    assert french.content != woman.content


async def test_speed_is_as_asked() -> None:
    speech = LocalSpeech()
    lengths = [
        sound_of((await speech.speak(SpeechWanted("espeak/en-us", TEXT, "en", speed))).content)[1]
        for speed in (0.7, 1.0, 1.5)
    ]
    assert lengths[0] > lengths[1] * 1.2 > lengths[2] * 1.4


@pytest.mark.parametrize("voice", ["espeak/nobody", "espeak/../../x", "alloy", "piper/none"])
async def test_a_voice_that_is_not_there(voice: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await LocalSpeech().speak(SpeechWanted(voice, TEXT, "en"))
    assert raised.value.key == "errors.voice_gone"
    with pytest.raises(Unsupported) as none:
        await LocalSpeech().speak(SpeechWanted("", TEXT, "xx"))
    assert none.value.key == "errors.voice_none"


async def test_without_the_library_there_are_no_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_name: str) -> object:
        raise OSError("no such file")

    with pytest.raises(NoEngine):
        Engine(away)

    async def missing(*_args: object, **_more: object) -> process.Answered:
        raise Unsupported("errors.voice_engine_missing")

    monkeypatch.setattr(process, "ask", missing)
    assert list(await LocalSpeech().voices()) == []
    with pytest.raises(Unsupported):
        await LocalSpeech().speak(SpeechWanted("espeak/en-us", TEXT, "en"))


async def test_a_time_limit_and_a_cancel_end_the_process() -> None:
    long = {"do": "say", "voice": "gmw/en-US", "text": "word " * 3_900,
            "manner": {"rate": 80, "pitch": 50, "range": 50, "gap": 0}}  # fmt: skip
    with pytest.raises(ToolFailed) as raised:
        await process.ask(long, seconds=0.05)
    assert raised.value.key == "errors.tool_timeout"
    asking = asyncio.ensure_future(process.ask(long))
    while not workers():  # noqa: ASYNC110 - the system tells nobody of a new process
        await asyncio.sleep(0.005)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert workers() == []


async def test_a_voice_that_never_ends_is_stopped() -> None:
    manner = {"rate": 80, "pitch": 50, "range": 50, "gap": 500}
    order = {"do": "say", "voice": "gmw/en-US", "text": "9 " * 9_000, "manner": manner}
    with pytest.raises(ToolFailed) as raised:
        await process.ask(order)
    assert raised.value.key in ("errors.voice_failed", "errors.tool_timeout")


async def test_polish_takes_the_edge_off_and_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    made = await process.ask({"do": "say", "voice": "gmw/en-US", "text": TEXT,
                              "manner": {"rate": 158, "pitch": 42, "range": 58}})  # fmt: skip
    soft = await polish.polish(made.pcm, 22_050, Outside())
    assert len(soft) == len(made.pcm)

    def share(pcm: bytes) -> float:
        power = np.square(np.abs(np.fft.rfft(np.frombuffer(pcm, np.int16).astype(float))))
        hertz = np.fft.rfftfreq(len(pcm) // 2, 1 / 22_050)
        buzz = power[(hertz > 2_500) & (hertz < 8_000)].sum()
        return float(buzz / power[(hertz > 100) & (hertz < 1_000)].sum())

    assert share(soft) < share(made.pcm) * 0.6
    monkeypatch.setattr(polish, "CHAIN", "no-such-filter")
    assert await polish.polish(made.pcm, 22_050, Outside()) == made.pcm


def test_codes_of_languages() -> None:
    codes = {"en-gb-x-rp": "en", "cmn": "zh", "nb": "no", "pt_BR": "pt", "haw": "haw"}
    assert {code: language_of(code) for code in codes} == codes
    assert local.RATE in range(150, 166)


def workers() -> list[int]:
    """Our children that speak."""
    found = []
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            words = (place / "cmdline").read_bytes()
            parent = (place / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if b"app.infra.speech.worker" in words and int(parent) == os.getpid():
            found.append(int(place.name))
    return found
