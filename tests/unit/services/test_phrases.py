"""Words for where no window is: whole in both languages, with the same places to fill."""

from __future__ import annotations

import string

import pytest

from app.services.phrases import LANGUAGES, Phrases, words


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_everything(language: str) -> None:
    english, other = words("en"), words(language)
    assert english
    assert set(english) == set(other)
    wrong = [key for key in english if places(english[key]) != places(other[key])]
    assert wrong == []


def test_numbers_choose_their_form(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = {
        "en": {"k.one": "{count} film", "k.other": "{count} films", "only": "Only {what}"},
        "fr": {"k.one": "{count} film (fr)", "k.other": "{count} films (fr)"},
    }
    monkeypatch.setattr("app.services.phrases.words", spoken.__getitem__)
    english, french = Phrases(lambda: "en"), Phrases(lambda: "fr")
    assert [english.say("k", count=n) for n in (0, 1, 2)] == ["0 films", "1 film", "2 films"]
    assert [french.say("k", count=n) for n in (0, 1, 2)] == [
        "0 film (fr)", "1 film (fr)", "2 films (fr)",
    ]  # fmt: skip
    assert french.say("only", what="here") == "Only here"  # English stands in
    assert Phrases(lambda: "de").say("only", {"what": "x"}) == "Only x"


def test_what_is_filled_in_is_never_read_as_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.phrases.words", lambda _language: {"k": "See {title}."})
    phrases = Phrases(lambda: "en")
    assert phrases.say("k", title="{secret.__class__}") == "See {secret.__class__}."
    assert phrases.say("k") == "See {title}."
    assert phrases.say("unknown.key") == "unknown.key"
    assert phrases.has("k")
    assert not phrases.has("unknown.key")


def test_numbers_are_written_the_way_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "app.services.phrases.words", lambda _language: {"k": "{ms:.1f} ms, {room:size}, {n}"}
    )
    given = {"ms": 0.42, "room": 84_300_000, "n": 1.5}
    assert Phrases(lambda: "en").say("k", given) == "0.4 ms, 84 MB, 1.5"
    assert Phrases(lambda: "fr").say("k", given) == "0,4 ms, 84 Mo, 1,5"
    sizes = [Phrases(lambda: "en").say("k", {**given, "room": n}) for n in (7, 7_200, 8e12)]
    assert [one.split(", ")[1] for one in sizes] == ["7 B", "7.2 kB", "8.0 TB"]
