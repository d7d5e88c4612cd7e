"""The owner's voice files: real networks, real loading, and files that are none."""

from __future__ import annotations

import io
import json
import sys
import wave
from pathlib import Path
from typing import Any

import pytest

from app.api.making import SpeechWanted
from app.domain.errors import AppError, InvalidInput, ToolFailed, Unsupported
from app.infra.ffmpeg.running import Outside
from app.infra.speech import piper, piper_worker
from app.infra.speech.local import LocalSpeech
from app.infra.speech.sounds import measure
from tests.fakes.voices import HOP, RATE, piper_voice


async def test_a_voice_file_speaks(tmp_path: Path) -> None:
    path = piper_voice(tmp_path, "anna")
    speech = LocalSpeech(lambda: [path])
    voice = (await speech.voices())[0]
    assert (voice.id, voice.name, voice.language) == ("piper/anna", "hum test (en_US)", "en")
    assert not voice.times
    text = "Time runs slower. In your kitchen, it does!"
    made = await speech.speak(SpeechWanted(voice.id, text, "en"))
    assert made.words == ()
    with wave.open(io.BytesIO(made.content)) as file:
        assert file.getframerate() == RATE
        between = int(RATE * piper_worker.BETWEEN)
        assert (file.getnframes() - between) % HOP == 0  # two sentences, whole numbers of both
    seen = await measure(made.content, Outside())
    assert any(stop - start > 0.2 for start, stop in seen.silences)
    best = await speech.speak(SpeechWanted("", "Hello.", "en"))
    assert best.words == ()  # the owner's own voice comes first


def test_signs_of_speech_become_numbers() -> None:
    table = {"_": [0], "^": [1], "$": [2], "a": [5], "b": [6, 7], ".": [8]}
    assert piper_worker.numbers([*"ab?^."], table) == [1, 0, 5, 0, 6, 7, 0, 8, 0, 2]
    told = list(piper_worker.sentences("One, two.\nThree…\n\n", None))
    assert ["".join(one) for one in told] == ["one, two.", "three."]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"phoneme_type": "pinyin"}, "errors.voice_file_kind"),
        ({"audio": {"sample_rate": 10**9}}, "errors.voice_file_broken"),
        ({"audio": None}, "errors.voice_file_broken"),
        ({"espeak": {"voice": "../../etc"}}, "errors.voice_file_broken"),
        ({"phoneme_id_map": {"a": [1]}}, "errors.voice_file_broken"),
        ({"phoneme_id_map": {"_": [], "^": [1], "$": [2]}}, "errors.voice_file_broken"),
        ({"phoneme_id_map": {"_": ["0"], "^": [1], "$": [2]}}, "errors.voice_file_broken"),
        ({"inference": {"length_scale": float("nan")}}, "errors.voice_file_broken"),
        ({"language": 5}, "errors.voice_file_broken"),
    ],
)
async def test_a_table_that_cannot_be_is_told(tmp_path: Path, change: Any, key: str) -> None:
    path = piper_voice(tmp_path, **change)
    with pytest.raises(AppError) as raised:
        piper.check(path)
    assert raised.value.key == key
    assert isinstance(raised.value, InvalidInput | Unsupported)
    assert all(voice.id != "piper/hum" for voice in await LocalSpeech(lambda: [path]).voices())


def test_files_that_are_away_or_something_else(tmp_path: Path) -> None:
    path = piper_voice(tmp_path)
    for content in (b"", b"[" * 100_000, b"7", b"\xff\xfe", b" " * (piper.LARGEST_TABLE + 1)):
        path.with_name("hum.onnx.json").write_bytes(content)
        with pytest.raises(InvalidInput) as raised:
            piper.check(path)
        assert raised.value.key == "errors.voice_file_broken"
    path.with_name("hum.onnx.json").unlink()
    for other in (path, tmp_path, tmp_path / "none.onnx"):
        with pytest.raises(InvalidInput) as away:
            piper.check(other)
        assert away.value.key == "errors.voice_file_missing"


@pytest.mark.parametrize("content", [b"garbage", b"\x08\x08" * 500])
async def test_a_network_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    path = piper_voice(tmp_path)
    path.write_bytes(content)
    with pytest.raises(ToolFailed) as raised:
        await LocalSpeech(lambda: [path]).speak(SpeechWanted("piper/hum", "Hello.", "en"))
    assert raised.value.key == "errors.voice_failed"


def test_without_the_runtime_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert piper_worker.say({"espeak": ""}) == ({"failed": "runtime"}, b"")


def test_the_order_is_json_and_bounded(tmp_path: Path) -> None:
    facts = piper.check(piper_voice(tmp_path))
    assert piper.order(facts, "x", 100.0)["scales"] == [0.667, 1 / 2.5, 0.8]
    assert json.loads(json.dumps(piper.order(facts, "x", 1.0)))["speakers"] == 1
