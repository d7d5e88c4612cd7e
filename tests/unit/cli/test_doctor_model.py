"""What `sokoul doctor --model` measures, with the real engine and a tiny model."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from app.cli import doctor_model, output, words
from app.cli.words_model import WORDS
from app.domain.errors import InvalidInput
from tests.fakes import gguf
from tests.unit.infra.llm.parts import needs_engine


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "WORDS", words.WORDS | WORDS)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@needs_engine
def test_a_model_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = gguf.write(tmp_path / "tiny.gguf")
    assert doctor_model.run(path, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["name"] == "Tiny Random"
    assert told["verdict_tokens"] >= 40
    assert told["verdicts_fit"]
    for figure in ("cold_load_seconds", "first_token_seconds", "write_tokens_per_second", "memory"):
        assert told[figure] > 0, figure


@needs_engine
def test_what_people_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor_model.run(gguf.write(tmp_path / "tiny.gguf")) == 0
    told = capsys.readouterr().out
    assert "Measuring tiny.gguf" in told
    assert "Tiny Random · F32 · 524 kB · mit" in told
    assert "40 verdicts" in told
    assert "doctor." not in told  # every key has words


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        doctor_model.run(tmp_path / "away.gguf")


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_things(key: str) -> None:
    english, french = (
        {name for _text, name, _form, _how in string.Formatter().parse(words) if name}
        for words in WORDS[key]
    )
    assert english == french
