"""When words are said: told, estimated, heard in a recording."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.making import SpeechWanted
from app.domain.project import Word
from app.infra.ffmpeg.running import Outside
from app.infra.speech.local import LocalSpeech
from app.infra.speech.sounds import measure
from app.services.studio.voice_times import (
    align_words,
    estimate_words,
    plausible,
    voice_times,
)

TEXTS = {
    "en": "Time does not run at the same speed everywhere. On the floor of your kitchen, it runs a "
    "little slower than on the top shelf. The difference is tiny: about one second in 300 million "
    "years. Yet clocks made since 2010 can measure it, and satellites must correct for it!",
    "fr": "Le temps ne s'écoule pas partout à la même vitesse. Sur le sol de votre cuisine, il "
    "passe un peu plus lentement que sur l'étagère du haut. Pourtant, les horloges savent la "
    "mesurer, et les satellites doivent la corriger chaque jour.",
    "de": "Die Zeit vergeht nicht überall gleich schnell. Auf dem Boden deiner Küche läuft sie "
    "etwas langsamer als oben auf dem Regal. Der Unterschied ist winzig, doch moderne Uhren messen "
    "ihn, und Satelliten müssen ihn jeden Tag ausgleichen.",
}


def in_order(words: tuple[Word, ...], seconds: float) -> bool:
    before = 0.0
    for word in words:
        if not before - 0.0011 <= word.start <= word.end <= seconds + 0.001:
            return False
        before = word.end
    return True


@pytest.mark.parametrize("language", TEXTS)
async def test_an_estimate_is_near_what_a_real_voice_tells(language: str) -> None:
    text = TEXTS[language]
    speech = await LocalSpeech().speak(SpeechWanted("", text, language))
    seen = await measure(speech.content, Outside())
    found = estimate_words(text, seen.seconds, seen.silences)
    off = [abs(a.start - b.start) for a, b in zip(speech.words, found, strict=True)]
    assert plausible(speech.words, text, seen.seconds)
    assert len(seen.silences) >= 3
    assert statistics.median(off) < 0.15
    assert sorted(off)[int(len(off) * 0.9)] < 0.4
    assert not voice_times(speech.words, text, seen.seconds, seen.silences).estimated
    assert voice_times((), text, seen.seconds, seen.silences).estimated


SPANS = st.lists(
    st.tuples(st.floats(0, 60, allow_nan=False), st.floats(0, 3, allow_nan=False)), max_size=12
).map(lambda found: [(start, start + long) for start, long in found])


@given(st.text(max_size=300), st.floats(0.05, 60), SPANS)
def test_an_estimate_of_anything_is_in_order(
    text: str, seconds: float, silences: list[tuple[float, float]]
) -> None:
    words = estimate_words(text, seconds, silences)
    assert [word.text for word in words] == text.split()
    assert in_order(words, seconds)


def test_pauses_of_the_text_meet_the_silences() -> None:
    text = "One two three. Four five six, seven."
    words = estimate_words(text, 10.0, [(0.0, 0.5), (4.0, 5.0), (7.8, 8.1), (9.5, 10.0)])
    assert (words[0].start, words[2].end, words[3].start) == (0.5, 4.0, 5.0)
    assert (words[5].end, words[6].start, words[6].end) == (7.8, 8.1, 9.5)


def test_a_silence_within_a_sentence_is_not_taken_for_its_end() -> None:
    text = "A very long first sentence with many words in it, no pause. Short."
    words = estimate_words(text, 10.0, [(1.0, 1.1), (8.8, 9.2)])
    assert (words[-2].end, words[-1].start) == (8.8, 9.2)


@pytest.mark.parametrize(
    "words",
    [
        (),
        (Word("Hello", 0.0, 0.0), Word("there.", 0.0, 0.0)),  # all at the beginning
        (Word("Hello", 0.0, 0.5), Word("there.", 0.2, 1.0)),  # back in time
        (Word("Hello", 0.0, 0.5), Word("there.", 0.5, 2.5)),  # behind the end
        (Word("Hello", 0.0, 0.5), Word("you.", 0.5, 1.5)),  # of another text
        (Word("Hello", 0.0, 0.1), Word("there.", 0.1, 0.3)),  # far too early
        (Word("Hello", float("nan"), 0.1), Word("there.", 0.1, 1.3)),
    ],
)
def test_times_that_cannot_be_are_estimated_anew(words: tuple[Word, ...]) -> None:
    found = voice_times(words, "Hello there.", 2.0, [])
    assert found.estimated
    assert in_order(found.words, 2.0)


def test_a_transcript_gives_a_recording_its_times() -> None:
    text = "Hello there, kitchen — 1984 was warm."
    heard = [
        Word("hello", 0.5, 0.8), Word("there", 0.8, 1.2), Word("uh", 1.3, 1.5),
        Word("kitchen", 1.6, 2.2), Word("nineteen", 2.3, 2.6), Word("was", 3.4, 3.6),
        Word("warm.", 3.6, 9.0),
    ]  # fmt: skip
    found = align_words(text, heard, 4.0, [])
    assert not found.estimated
    by_text = {word.text: word for word in found.words}
    assert [word.text for word in found.words] == text.split()
    assert (by_text["kitchen"].start, by_text["was"].start) == (1.6, 3.4)
    assert 2.2 <= by_text["1984"].start <= by_text["1984"].end <= 3.4
    assert in_order(found.words, 4.0)
    other = align_words(text, [Word("something", 0, 1), Word("else", 1, 2)], 4.0, [])
    assert other.estimated
    assert other.words == estimate_words(text, 4.0, [])
