"""Puts a question into the words of the protocol; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.api import Manner, TextQuestion, joined, plain_schema, system_words
from app.api.model_lists import KnownModel

MEANS = ("format", "tool")
"""Ways to bind an answer to a schema where the list knows none: the service's own form of
answer, then a tool that has to be used."""
TOOL = "answer"
SCHEMA_REFUSED = re.compile(r"schema|structured|tool|\bformat\b|output_format")


def message_body(
    question: TextQuestion, known: KnownModel | None, manner: Manner
) -> dict[str, Any]:
    """Return the body of a question, put in a manner."""
    bound = question.schema is not None and bool(manner.mean)
    system = system_words(question, with_schema=not bound)
    wanted: dict[str, Any] = dict(known.extra) if known is not None else {}
    if known is None or known.temperature:
        wanted["temperature"] = min(question.temperature, 1.0)
    for name in manner.left_out:
        wanted.pop(name, None)
    body = {
        "model": question.model,
        "max_tokens": question.most_tokens,
        "messages": [
            {"role": "assistant" if turn.role == "assistant" else "user", "content": turn.text}
            for turn in question.turns
        ],
        **({"system": system} if system else {}),
        **wanted,
    }
    return joined(body, _form(question, manner)) if bound else body


def may_be_left_out(body: Mapping[str, Any]) -> list[str]:
    """Return what of a body the service may refuse and be asked without."""
    names = [name for name in ("temperature", "thinking") if name in body]
    return [*names, "output_config"] if "effort" in body.get("output_config", {}) else names


def binds(body: Mapping[str, Any]) -> bool:
    """Whether a body holds the answer to a schema."""
    return "tools" in body or "format" in body.get("output_config", {})


def _form(question: TextQuestion, manner: Manner) -> dict[str, Any]:
    assert question.schema is not None
    schema = plain_schema(question.schema)
    if manner.mean == "tool":
        tool = {"name": TOOL, "description": "Gives the answer.", "input_schema": schema}
        return {"tools": [tool], "tool_choice": {"type": "tool", "name": TOOL}}
    return {"output_config": {"format": {"type": "json_schema", "schema": schema}}}
