from __future__ import annotations

import pytest

from app.api.prose import prose, told_of, topic_words

FORMULA = "  \n    \n      E\n      =\n      m\n    \n    {\\displaystyle E=mc^{2}}\n  "
ARTICLE = f"""Time dilation (pronounced /daɪˈleɪʃən/) is the difference in elapsed time.[1][note 2]\
 It was measured often (first in 1938; see [3]).
Paris (English: ; French: [paʁi] ; born 1 May 1900) is a city. Its people say (listen) hello ( ).

== History ==
Joseph Larmor wrote of it in 1897. It says:
  one
  two

The energy of a body at rest is
{FORMULA}
which is known to many people here.
=== Early years ===
A short one
Einstein gave it a meaning in 1905 [citation needed].
== See also ==
Never to be read, as it is a list of links.
"""


def test_an_article_becomes_plain_sentences() -> None:
    assert prose(ARTICLE).split("\n") == [
        "Time dilation is the difference in elapsed time. It was measured often (first in 1938; "
        "see).",
        "Paris (born 1 May 1900) is a city. Its people say hello.",
        "Einstein gave it a meaning in 1905.",
    ]


def test_what_is_cut_ends_with_a_whole_sentence() -> None:
    text = (
        "This is the first sentence. This is the second one. This is the third.\nAnother line is."
    )
    assert prose(text, 60) == "This is the first sentence. This is the second one."
    assert (
        prose(text, 75) == "This is the first sentence. This is the second one. This is the third."
    )
    assert prose("No end of it " * 50) == ""
    assert prose("水は化合物である。酸素と水素から成る物質。それから何も言わない") == (
        "水は化合物である。酸素と水素から成る物質。"
    )


@pytest.mark.parametrize(
    ("topic", "language", "words"),
    [
        ("Why time runs slower in your kitchen", "en", ("time", "runs", "slower", "kitchen")),
        ("What is the speed of light?", "en", ("speed", "light")),
        ("Pourquoi l'eau bout-elle à 100 °C ?", "fr", ("eau", "bout", "100", "C")),
        ("Comment est née l’écriture", "fr", ("née", "écriture")),
        ("Warum ist der Himmel blau", "de", ("Himmel", "blau")),
        ("¿Por qué el cielo es azul?", "es", ("cielo", "azul")),
        ("The Who", "en", ("The", "Who")),
        ("水", "ja", ("水",)),
        ("!?", "en", ()),
    ],
)
def test_a_question_becomes_words_to_look_for(
    topic: str, language: str, words: tuple[str, ...]
) -> None:
    assert topic_words(topic, language) == words


def test_a_topic_is_told_of_in_any_form() -> None:
    words = ("clocks", "run", "kitchen")
    assert told_of(words, "A clock in a Kitchen; it outruns.") == 2
    assert told_of(("écriture",), "ECRITURE cunéiforme") == 1
    assert told_of((), "anything") == 0
