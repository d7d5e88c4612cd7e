"""Words are cut as the model's own tokenizer cuts them, however nasty the text is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.infra.embedding.tokenizer import WordPiece, words
from tests.unit.infra.embedding.conftest import Reference


@pytest.fixture(scope="module")
def tokenizer(model: Path) -> WordPiece:
    return WordPiece(model / "vocab.txt")


def test_the_same_ids_as_the_reference(tokenizer: WordPiece, reference: Reference) -> None:
    assert len(reference.tokens) > 50
    wrong = [text for text, ids in reference.tokens if tokenizer.ids(text) != ids]
    assert wrong == []


def test_the_vocabulary_and_its_rules_are_those_of_the_package(model: Path) -> None:
    told = json.loads((model / "tokenizer.json").read_text("utf-8"))
    tokenizer = WordPiece(model / "vocab.txt")
    assert tokenizer._ids == told["model"]["vocab"]
    assert told["normalizer"]["lowercase"] is True
    assert told["normalizer"]["strip_accents"] is None  # which means: as `lowercase` says
    assert told["model"]["max_input_chars_per_word"] == 100


def test_marks_of_the_model_in_a_text_are_plain_letters(tokenizer: WordPiece) -> None:
    ids = tokenizer.ids("a [SEP] b [MASK]")
    assert ids.count(tokenizer.ids("")[-1]) == 1
    assert len(ids) == len(tokenizer.ids("a ( sep ) b ( mask )"))


def test_a_long_text_is_cut_and_still_ends(model: Path) -> None:
    tokenizer = WordPiece(model / "vocab.txt", 16)
    ids = tokenizer.ids("word " * 1000)
    assert len(ids) == 16
    assert ids[-1] == tokenizer.ids("")[-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't STOP", ["don", "'", "t", "stop"]),
        ("Amélie", ["amelie"]),
        ("東京 x", ["東", "京", "x"]),
        ("a\u200bb\x00c\ufffdd", ["abcd"]),
        ("one\u2028two\u3000three", ["one", "two", "three"]),
        ("ΣΑΣ", ["σασ"]),
        ("\ud800 alone", ["alone"]),
        (" \t\n", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert list(words(text)) == found
