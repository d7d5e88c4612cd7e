from __future__ import annotations

import pytest

from app.api import AuthRequired, Capability, Hit, InvalidInput, NotFound, Unavailable
from app.api.capabilities import ANSWERS, ELEMENTS, PROTOCOLS, implements, methods, right_answer
from app.api.context import HttpAnswer


def test_every_capability_has_a_protocol_and_every_method_an_answer() -> None:
    assert set(PROTOCOLS) == set(Capability)
    named = [name for capability in Capability for name in methods(capability)]
    assert sorted(named) == sorted(ANSWERS)
    assert set(ELEMENTS) <= set(named)


class Good:
    async def search(self, question: object) -> list[Hit]:
        return []


class NotAsync:
    def search(self, question: object) -> list[Hit]:
        return []


class OtherParameter:
    async def search(self, text: object) -> list[Hit]:
        return []


def test_only_the_right_shape_implements() -> None:
    assert implements(Good, Capability.SEARCHES)
    assert implements(Good(), Capability.SEARCHES)
    assert not implements(Good(), Capability.NOTIFIES)
    assert not implements(NotAsync(), Capability.SEARCHES)
    assert not implements(OtherParameter(), Capability.SEARCHES)
    assert not implements(None, Capability.SEARCHES)


def test_answers_are_judged() -> None:
    assert right_answer("search", [Hit("a", "b")])
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


def test_an_answer_as_text_and_json() -> None:
    good = HttpAnswer(200, "http://x/", {}, b'{"a": 1}').require()
    assert good.json() == {"a": 1}
    broken = HttpAnswer(200, "http://x/", {}, b"\xff<html>")
    assert broken.text == "\ufffd<html>"
    for content in (b"<html>", b"[" * 100_000):
        with pytest.raises(Unavailable):
            HttpAnswer(200, "http://x/", {}, content).json()
