from __future__ import annotations

import json
from typing import Any

import pytest

from app.api import (
    AppError,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
    inside,
    json_answer,
    json_object,
    language_code,
    moment,
    number,
    objects,
    search_words,
    seconds,
    service_address,
    text,
    texts,
    web_address,
    year,
)

WRONG: list[Any] = [None, True, {}, [], [None], {"a": 1}, float("nan"), float("inf"), object()]


@pytest.mark.parametrize(
    ("value", "found"),
    [(7, 7), ("7", 7), (" 1,234 ", 1234), ("12.9", 12), (12.9, 12), (["3"], 3), (0, 0),
     (-1, None), ("-1", None), ("7 files", None), ("9" * 30, None), (2**80, None), ("٣", 3)],
)  # fmt: skip
def test_a_number_may_be_text(value: object, found: int | None) -> None:
    assert number(value) == found


def test_a_number_above_what_makes_sense_is_none() -> None:
    assert number("2160", 10_000) == 2160
    assert number("99999", 10_000) is None


@pytest.mark.parametrize("value", WRONG)
def test_wrong_shapes_are_missing(value: object) -> None:
    assert number(value) is None
    assert seconds(value) is None
    assert year(value) is None
    assert moment(value) is None
    assert language_code(value) is None
    assert web_address(value) == ""
    assert list(objects(value)) == []
    assert inside(value, "b", "c") is None


@pytest.mark.parametrize(
    ("value", "found"),
    [(5767.2, 5767.2), ("5767.2", 5767.2), ("1:36:12", 5772), ("01:36", 96), ("0:35", 35),
     ("1:33.13", 93.13), ("9:15", 555), ("00;53;12", 3192), ("96 minutes", 5760), ("96 min.", 5760),
     ("1 hr 36 min", 5760), ("1 Hour, 36 Minutes", 5760), ("1h36", 5760), ("1h36m12s", 5772),
     ("PT1H36M12S", 5772), ("approx. 7 min 30 sec", 450), ("9'15\"", 555), ("2 heures", 7200),
     ("96 minutes (120 minutes uncut)", 5760), (["00:00:53"], 53), ("Runtime: 01:15:00", 4500),
     ("0", None), (0, None), (-5, None), ("two reels", None), ("", None), ("99999999", None),
     ("1:2", 62), ("12 monkeys", None), ("9" * 400, None)],
)  # fmt: skip
def test_how_long_something_plays(value: object, found: float | None) -> None:
    assert seconds(value) == pytest.approx(found)


@pytest.mark.parametrize(
    ("value", "found"),
    [(1968, 1968), ("1968", 1968), ("1968-10-01T00:00:00Z", 1968), ("[1968?]", 1968),
     ("c1968", 1968), (["1968", "1999"], 1968), ("0000-00-00", None), ("196810", None),
     ("1080 or 1968", 1968), ("3000", None)],
)  # fmt: skip
def test_years(value: object, found: int | None) -> None:
    assert year(value) == found


def test_moments() -> None:
    assert moment("2018-10-01T10:52:46.396Z") == pytest.approx(1538391166.396)
    assert moment("2009-03-02 14:43:28") == 1236005008
    assert moment("1969-07-21T00:00:00Z") is None
    assert moment("yesterday") is None
    assert moment("0001-01-01T00:00:00+23:59") is None
    assert moment("9999-12-31T23:59:59-23:59") is None


def test_words_of_text_lists_and_numbers() -> None:
    assert text("<b>Night</b> of the&nbsp;Dead") == "Night of the Dead"
    assert text([None, {}, "", "second", "third"]) == "second"
    assert text(1984) == "1984"
    assert text(False) == ""
    assert text("x" * 10_000, 500) == "x" * 500
    assert text("a\x00b\x07c\ud800d") == "abcd"  # control characters, half a character
    assert text("\u202eright to left") == "\u202eright to left"  # as it came: the page marks it
    assert texts(["one", 2, None, "<i>three</i>"]) == ("one", "2", "three")
    assert len(texts(["x"] * 1000)) == 50


def test_what_lies_within() -> None:
    document = {"account": {"host": "tube.example", "tags": [{"a": 1}, 5, None]}}
    assert inside(document, "account", "host") == "tube.example"
    assert inside(document, "account", "host", "x") is None
    assert list(objects(inside(document, "account", "tags"))) == [{"a": 1}]


@pytest.mark.parametrize(
    ("value", "found"),
    [("en", "en"), ("eng", "en"), ("English", "en"), ("en-US", "en"), ("pt_BR", "pt"),
     ("fre", "fr"), ("fra", "fr"), ("Français", "fr"), ("ger", "de"), ("Deutsch", "de"),
     ("zh-Hans", "zh"), ("日本語", "ja"), ("nob", "no"), ("Greek (modern)", "el"),
     ("zxx", None), ("und", None), ("No linguistic content", None), ("", None), ("sgn-us", None)],
)  # fmt: skip
def test_languages(value: str, found: str | None) -> None:
    assert language_code(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [("https://a.example/b c/é?q=x y#part", "https://a.example/b%20c/%C3%A9?q=x%20y"),
     ("http://a.example:8080/b%20c", "http://a.example:8080/b%20c"),
     ("//a.example/b", "https://a.example/b"), ("HTTPS://A.example/B", "https://a.example/B"),
     ("http://[2001:db8::1]:9/x", "http://[2001:db8::1]:9/x"),
     ("https://bücher.example/", "https://xn--bcher-kva.example/"),
     ("/b.jpg", ""), ("b.jpg", ""), ("ftp://a.example/b", ""), ("file:///etc/passwd", ""),
     ("javascript:alert(1)", ""), ("data:text/html,x", ""), ("https://", ""), ("https:///x", ""),
     ("https://me:secret@a.example/", ""), ("https://a b.example/", ""),
     ("https://a.example:x/", ""),
     ("https://a.example:99999/", ""), ("https://[::1", ""), ("https://a.example/\ud800", ""),
     ("https://a.example/" + "x" * 5000, ""), ("https://-a.example/", ""),
     ("magnet:?xt=urn:x", "")],
)  # fmt: skip
def test_web_addresses(value: str, found: str) -> None:
    assert web_address(value) == found


def test_addresses_that_are_not_whole_are_taken_from_where_they_stood() -> None:
    assert web_address("/lazy/a.jpg", "https://tube.example") == "https://tube.example/lazy/a.jpg"
    assert web_address("https://b.example/", "https://tube.example") == "https://b.example/"
    assert web_address("javascript:x", "https://tube.example") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [('Night of the "Living" Dead', "Night of the Living Dead"), ("AC/DC: Live", "AC DC Live"),
     ("S.W.A.T.", "S.W.A.T"), ("L'Avventura", "L'Avventura"), ("Tom & Jerry", "Tom Jerry"),
     ("title:(x) AND NOT y~2 OR z*", "title x and not y 2 or z"),
     ("-a !b +c ^d \\e {f} [g]", "a b c d e f g"),
     ("हिन्दी फ़िल्म", "हिन्दी फ़िल्म"), ("WALL·E", "WALL E"), ("???", ""), (" \t\n\x00", ""),
     ("千と千尋の神隠し", "千と千尋の神隠し"), ("insource:/a+/", "insource a"),
     ("'tis ... ''", "tis")],
)  # fmt: skip
def test_words_to_search_for_hold_no_operator(typed: str, words: str) -> None:
    assert " ".join(search_words(typed)) == words


def test_absurdly_many_words_are_cut() -> None:
    assert len(search_words("a " * 5000)) == 20
    assert len("".join(search_words("x" * 5000))) == 500


def answer(content: object, status: int = 200) -> HttpAnswer:
    return HttpAnswer(status, "https://films.example/x", {}, json.dumps(content).encode())


def test_documents_and_what_their_status_means() -> None:
    assert json_object(answer({"a": 1})) == {"a": 1}
    assert json_answer(answer([])) == []
    wanted: dict[int, type[AppError]] = {
        401: Refused,
        403: Refused,
        404: NotFound,
        500: Unavailable,
    }
    for status, error in wanted.items():
        with pytest.raises(error) as told:
            json_answer(answer({}, status))
        assert told.value.args_map["host"] == "films.example"
    wrong: object
    for wrong in ([], 7, None, "x"):
        with pytest.raises(Unavailable):
            json_object(answer(wrong))


def test_the_address_of_a_service() -> None:
    assert service_address("https://archive.org/") == "https://archive.org"
    assert service_address("http://127.0.0.1:8080") == "http://127.0.0.1:8080"
    for wrong in ("", "archive.org", "ftp://x.example", "https://a:b@x.example"):
        with pytest.raises(InvalidInput):
            service_address(wrong)
