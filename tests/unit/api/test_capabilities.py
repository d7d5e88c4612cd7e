from __future__ import annotations

import pytest

from app.api import (
    AuthRequired,
    Capability,
    Hit,
    HitKind,
    InvalidInput,
    NotFound,
    SearchSource,
    Unavailable,
)
from app.api.capabilities import ANSWERS, ELEMENTS, PROTOCOLS, implements, methods, right_answer
from app.api.context import HttpAnswer


def test_every_capability_has_a_protocol_and_every_method_an_answer() -> None:
    assert set(PROTOCOLS) == set(Capability)
    named = [name for capability in Capability for name in methods(capability)]
    assert sorted(set(named)) == sorted(ANSWERS)
    assert set(ELEMENTS) <= set(named)


class Good:
    async def sources(self) -> list[SearchSource]:
        return []

    async def search(self, source: object, question: object) -> list[Hit]:
        return []


class NotAsync(Good):
    def search(self, source: object, question: object) -> list[Hit]:  # type: ignore[override]  # the mistake that is looked for
        return []


class OtherParameter(Good):
    async def search(self, source: object, text: object) -> list[Hit]:
        return []


def test_only_the_right_shape_implements() -> None:
    assert implements(Good, Capability.SEARCHES)
    assert implements(Good(), Capability.SEARCHES)
    assert not implements(Good(), Capability.NOTIFIES)
    assert not implements(NotAsync(), Capability.SEARCHES)
    assert not implements(OtherParameter(), Capability.SEARCHES)
    assert not implements(None, Capability.SEARCHES)


def test_answers_are_judged() -> None:
    assert right_answer("search", [Hit("a", HitKind.FILE, "b")])
    assert right_answer("search", ())
    assert not right_answer("search", ["a"])
    assert not right_answer("search", None)
    assert right_answer("notify", None)
    assert not right_answer("notify", 1)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AuthRequired),
        (404, NotFound),
        (429, Unavailable),
        (503, Unavailable),
        (418, InvalidInput),
    ],
)
def test_a_status_means_an_error(status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        HttpAnswer(status, "http://x/", {}, b"").require()


@pytest.mark.parametrize(
    ("status", "told", "pause"),
    [
        (429, "120", 120.0),
        (503, "5", 5.0),
        (429, "9" * 40, 86_400.0),
        (429, "Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        (429, "soon", None),
        (429, "", None),
        (200, "5", None),
        (500, "5", None),
    ],
)
def test_a_busy_server_says_when_to_come_back(status: int, told: str, pause: float | None) -> None:
    answer = HttpAnswer(status, "http://x.example/a?apikey=1", {"retry-after": told}, b"")
    assert answer.retry_after == pause
    if status == 429:
        with pytest.raises(Unavailable) as raised:
            answer.require()
        assert raised.value.args_map == {"host": "x.example", "retry_after": pause}


def test_an_answer_as_text_and_json() -> None:
    good = HttpAnswer(200, "http://x/", {}, b'{"a": 1}').require()
    assert good.json() == {"a": 1}
    broken = HttpAnswer(200, "http://x/", {}, b"\xff<html>")
    assert broken.text == "\ufffd<html>"
    for content in (b"<html>", b"[" * 100_000):
        with pytest.raises(Unavailable):
            HttpAnswer(200, "http://x/", {}, content).json()
