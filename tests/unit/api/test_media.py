"""Requests, answers and lists of services that make media, without any service."""

from __future__ import annotations

import email
import email.policy
import json
from dataclasses import replace

import pytest

from app.api import (
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    MediaKind,
    NotFound,
    Refused,
    Unavailable,
)
from app.api.media_answers import FILMS, PICTURES, Meaning, Troubles, file_kind, made_of, unpacked
from app.api.media_calls import (
    Part,
    data_address,
    form_body,
    inside_of,
    nearest_shape,
    nearest_size,
    picture_kind,
    shortened,
    sound_kind,
    whole_seconds,
)
from app.api.media_lists import offered_media, own_price, parse_media

HOST = "https://api.example/v1/x"
TROUBLES = Troubles("Example", where=(("error", "code"),), codes={"safety": Meaning.REFUSED})


def answer(status: int, document: object = None, **headers: str) -> HttpAnswer:
    return HttpAnswer(status, HOST, headers, json.dumps(document).encode())


@pytest.mark.parametrize(
    ("status", "words", "kind", "key"),
    [
        (402, "", AuthRequired, "errors.media_no_money"),
        (400, "You do not have enough credits.", AuthRequired, "errors.media_no_money"),
        (403, "User is locked. Reason: Exhausted balance.", AuthRequired, "errors.media_no_money"),
        (429, "insufficient_quota", AuthRequired, "errors.media_no_money"),
        (429, "You have reached the daily task limit.", AuthRequired, "errors.media_quota"),
        (403, "Monthly quota exceeded", AuthRequired, "errors.media_quota"),
        (400, "flagged by our content moderation system", Refused, "errors.media_refused"),
        (422, "failed the safety checks", Refused, "errors.media_refused"),
        (451, "", Refused, "errors.media_refused"),
        (401, "", AuthRequired, "errors.model_key_refused"),
        (403, "", AuthRequired, "errors.model_key_refused"),
        (400, "invalid api key", AuthRequired, "errors.model_key_refused"),
        (404, "", InvalidInput, "errors.model_unknown"),
        (429, "Too many requests", Unavailable, "errors.server_busy"),
        (503, "content moderation is overloaded", Unavailable, "errors.server_busy"),
        (500, "no credits service", Unavailable, "errors.server_failed"),
        (500, "oops", Unavailable, "errors.server_failed"),
        (504, "", Unavailable, "errors.server_slow"),
        (302, "", Unavailable, "errors.bad_answer"),
        (400, "ratio must be one of", InvalidInput, "errors.server_refused"),
        (422, "seed: credits to nobody", InvalidInput, "errors.server_refused"),
    ],
)  # fmt: skip
def test_what_a_status_and_its_words_mean(
    status: int, words: str, kind: type[Exception], key: str
) -> None:
    error = TROUBLES.of_answer(answer(status, {"message": words}), "m", order=True)
    assert error is not None
    assert (type(error), error.key) == (kind, key)


def test_codes_count_more_than_words() -> None:
    coded = answer(400, {"error": {"code": "SAFETY.INPUT.TEXT"}, "message": "no credits"})
    assert isinstance(TROUBLES.of_answer(coded, order=True), Refused)
    other = answer(400, {"error": {"code": "safetynet"}})
    error = TROUBLES.of_answer(other, order=True)
    assert error is not None
    assert error.key == "errors.media_refused"  # by its words
    assert TROUBLES.of_answer(answer(200, {"error": {"code": "safety"}}), order=True) is None
    assert isinstance(TROUBLES.of_code({"error": {"code": "safety"}}, answer(200)), Refused)
    assert TROUBLES.of_code({"error": "safety"}, answer(200)) is None
    gone = TROUBLES.of_answer(answer(404), order=False)
    assert isinstance(gone, NotFound)


def test_an_order_that_ended_is_never_asked_for_again() -> None:
    lasting = {"safety": "errors.media_refused", "no credits left": "errors.media_no_money",
               "unsupported_format": "errors.media_not_taken"}  # fmt: skip
    for told, key in lasting.items():
        error = TROUBLES.of_failure({"error": {"code": told}})
        assert (type(error), error.key) == (Refused, key)
    for document in ({}, {"error": {"code": "render_error"}}, {"error": {"code": ["x"]}}):
        error = TROUBLES.of_failure(document)
        assert (type(error), error.key) == (NotFound, "errors.media_failed")


def test_shapes_and_sizes() -> None:
    assert nearest_shape(1080, 1920, ("16:9", "1:1", "9:16")) == "9:16"
    assert nearest_shape(1080, 1350, ("1x1", "4x5", "9x16")) == "4x5"
    assert nearest_shape(0, 0, ("16:9", "1:1")) == "1:1"
    for width, height, pixels, step, most in (
        (1080, 1920, 1_000_000, 16, 4096),
        (4000, 100, 1_000_000, 8, 1536),
        (1, 1, 1_000_000, 16, 4096),
        (100_000, 100_000, 2_000_000, 16, 4096),
    ):
        across, up = nearest_size(width, height, pixels, step, most)
        assert across % step == up % step == 0
        assert min(across, up) >= step
        assert across * up <= pixels
        assert max(across, up) <= most


def test_lengths() -> None:
    assert whole_seconds(5.04, [10, 5], "m") == 5
    assert whole_seconds(5.1, [5, 10], "m") == 10
    assert whole_seconds(0.0, [4, 6], "m") == 4
    with pytest.raises(InvalidInput, match="media_too_long"):
        whole_seconds(10.1, [5, 10], "m")


def test_words_are_cut_between_words() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two"
    assert shortened("\N{GRINNING FACE}" * 5, 5) == "\N{GRINNING FACE}" * 2
    assert shortened("", 5) == ""


def test_what_files_are() -> None:
    assert picture_kind(b"\x89PNG\r\n\x1a\n") == "image/png"
    assert picture_kind(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert sound_kind(b"RIFF\0\0\0\0WAVE") == ("wav", "audio/wav")
    assert sound_kind(b"\xff\xfb\x90") == ("mp3", "audio/mpeg")
    for wrong in (b"", b"RIFF\0\0\0\0WEBP", b"OggS"):
        with pytest.raises(InvalidInput):
            sound_kind(wrong)
        with pytest.raises(InvalidInput):
            picture_kind(wrong)
    with pytest.raises(InvalidInput):
        data_address(b"\x89PNG\r\n\x1a\n" + bytes(100), 100)
    kinds = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"RIFF\0\0\0\0WEBP": "webp",
             b"\0\0\0\x20ftypisom": "mp4", b"\x1a\x45\xdf\xa3": "webm", b"<html>": "", b"": "",
             b"RIFF\0\0\0\0WAVE": ""}  # fmt: skip
    assert {start: file_kind(start + bytes(20)) for start in kinds} == kinds
    assert made_of(b"\xff\xd8\xff", PICTURES, "h").ending == "jpg"
    with pytest.raises(Unavailable):
        made_of(b"\xff\xd8\xff", FILMS, "h")
    for wrong64 in ("a", "a b=", None, 7, "é"):
        with pytest.raises(Unavailable):
            unpacked(wrong64, "h")


def test_forms_are_read_as_they_were_written() -> None:
    parts = [Part.words("prompt", "a\r\n--b ü"), Part("file", b"\0\r\n\xff", "v.mp3", "audio/mpeg")]
    body, kind = form_body(parts)
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    read = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    words, file = read.iter_parts()
    assert words.get_payload(decode=True) == "a\r\n--b ü".encode()
    assert (file.get_filename(), file.get_content_type()) == ("v.mp3", "audio/mpeg")
    assert file.get_payload(decode=True) == b"\0\r\n\xff"


def test_deep_things() -> None:
    document = {"a": [{"b": 1}]}
    assert inside_of(document, ("a", 0, "b")) == 1
    for path in (("a", 1), ("a", "b"), (0,), ("a", 0, "b", "c"), ("x",)):
        assert inside_of(document, path) is None


LIST = {"noted": "2026-11-26", "kind": "clip", "addresses": {"": "https://x.example"},
        "usual": {"longest": 8}, "extra_setting": 1,
        "models": [{"id": "a", "name": "A", "price": 0.1, "longest": 5, "extra": {"x": 1}},
                   {"id": "b", "name": "B", "price": None, "shown": False}]}  # fmt: skip


def test_lists() -> None:
    made = parse_media(json.dumps(LIST))
    assert made.known("a").extra == {"x": 1}
    unknown = made.known("c").model
    assert (unknown.id, unknown.kind, unknown.price, unknown.longest) == (
        "c",
        MediaKind.CLIP,
        None,
        8,
    )
    assert made.settings == {"extra_setting": 1}
    usual = offered_media(made.models, "", None, unknown)
    assert [(one.id, one.price) for one in usual] == [("a", 0.1)]
    assert [one.id for one in offered_media(made.models, "b", None, unknown)] == ["b"]
    own = offered_media(made.models, "c", 0.3, unknown)
    assert own == [replace(unknown, price=0.3)]
    for price in (-1, 1e9, "nan"):
        wrong = {**LIST, "models": [{"id": "a", "name": "A", "price": price}]}
        with pytest.raises(ValueError):
            parse_media(json.dumps(wrong))


def test_own_prices() -> None:
    assert own_price("") is None
    assert own_price("0,05") == 0.05
    for wrong in ("x", "-1", "5000"):
        with pytest.raises(InvalidInput):
            own_price(wrong)
