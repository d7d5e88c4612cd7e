"""The owner's wishes for single tasks, as the settings keep them."""

from __future__ import annotations

import json

import pytest

from app.domain.intelligence import Policy, Task
from app.domain.routes import named, policies_for, read_routes, with_route


def test_wishes_are_written_and_read_again() -> None:
    text = with_route("", Task.SUMMARY, "best")
    text = with_route(text, Task.WRITE, "service:openai")
    assert read_routes(text) == {Task.SUMMARY: "best", Task.WRITE: "service:openai"}
    text = with_route(text, Task.SUMMARY, "")
    assert read_routes(text) == {Task.WRITE: "service:openai"}
    assert with_route(text, Task.WRITE, "") == ""


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "7", '{"write": 3}', "[" * 5_000])
def test_what_cannot_be_read_wishes_nothing(text: str) -> None:
    assert read_routes(text) == {}
    assert read_routes(with_route(text, Task.FAKE, "rules")) == {Task.FAKE: "rules"}


def test_wishes_nobody_knows_are_kept_but_do_nothing() -> None:
    text = json.dumps({"sing": "best", "write": "quickest", "fake": "service:"})
    assert read_routes(text) == {}
    kept = json.loads(with_route(text, Task.FAKE, "best"))
    assert kept == {"sing": "best", "write": "quickest", "fake": "best"}


def test_a_wish_may_name_a_service() -> None:
    assert named("service:gemini") == "gemini"
    assert named("best") == ""
    assert Policy.CHEAPEST not in policies_for(Task.HEAR)
    assert policies_for(Task.WRITE) == tuple(Policy)
