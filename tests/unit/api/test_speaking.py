"""Words with their times, pieces of long texts, and WAV files of strangers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import InvalidInput, Unavailable
from app.api.speaking import (
    LONGEST_TEXT,
    Mark,
    plain_speech,
    spoken_pieces,
    timed_words,
    wav,
    wav_sound,
)

MARKS = st.lists(
    st.builds(Mark, st.integers(0, 400), st.floats(0, 30), st.floats(0, 30)), max_size=30
)


@given(st.text(max_size=300), MARKS, st.floats(0.01, 20))
def test_words_of_anything_are_in_order(text: str, marks: list[Mark], seconds: float) -> None:
    words = timed_words(text, marks, seconds)
    assert [word.text for word in words] == text.split()
    before = 0.0
    for word in words:
        assert before <= word.start <= word.end <= seconds
        before = word.end


def test_marks_within_a_word_are_one() -> None:
    marks = [Mark(0, 0.0, 0.4), Mark(2, 0.4, 0.9), Mark(4, 0.9, 1.2), Mark(7, 2.0, 2.5)]
    words = timed_words("$5.50 — so", marks, 3.0)
    assert [word.text for word in words] == ["$5.50", "—", "so"]
    assert (words[0].start, words[1].end, words[2].start, words[2].end) == (0.0, 1.2, 2.0, 2.5)
    assert 1.1 < words[1].start == words[0].end < 1.2
    assert timed_words("one two", [], 2.0)[1].end == 2.0
    assert timed_words("  ", [], 2.0) == ()


@given(st.text(max_size=400), st.integers(1, 60))
def test_pieces_are_the_text(text: str, most: int) -> None:
    pieces = spoken_pieces(text, most)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= most for piece in pieces)


def test_a_text_is_cut_at_sentences() -> None:
    text = "One is short. Two is short too! And three? 四です。五です。"
    found = spoken_pieces(text, 32)
    assert found == ["One is short. Two is short too! ", "And three? 四です。五です。"]
    assert spoken_pieces("one two three four", 9) == ["one two ", "three ", "four"]


def test_signs_for_machines_are_no_speech() -> None:
    text = "a\x01b\x1b[2Jc\ufeff\x9f\n\td"
    assert plain_speech(text) == "a b [2Jc  \n\td"
    assert len(plain_speech("x" * LONGEST_TEXT)) == LONGEST_TEXT
    for wrong in ("", "?!", "x" * (LONGEST_TEXT + 1)):
        with pytest.raises(InvalidInput):
            plain_speech(wrong)


def test_a_wav_is_read_whatever_its_lengths_say() -> None:
    pcm = bytes(range(256)) * 20
    file = wav(pcm, 24_000)
    assert wav_sound(file, "host") == (pcm, 24_000)
    endless = file.replace(len(pcm).to_bytes(4, "little"), b"\xff\xff\xff\xff")
    assert wav_sound(endless, "host") == (pcm, 24_000)
    extra = file[:36] + b"LIST\x03\0\0\0abc\0" + file[36:]
    assert wav_sound(extra, "host") == (pcm, 24_000)


@given(st.binary(max_size=200))
def test_what_is_no_wav_is_told(data: bytes) -> None:
    for file in (data, b"RIFF\0\0\0\0WAVE" + data):
        with pytest.raises(Unavailable):
            wav_sound(file, "host")
    stereo = bytearray(wav(b"\0" * 100, 24_000))
    stereo[22] = 2
    with pytest.raises(Unavailable):
        wav_sound(bytes(stereo), "host")
