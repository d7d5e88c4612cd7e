"""Puts a question into the words of the protocol; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.api import Manner, TextQuestion, joined, plain_schema, system_words
from app.api.model_lists import KnownModel

MEANS = ("schema", "object")
"""Ways to bind an answer to a schema: the service's own, then JSON of any shape."""
SCHEMA_REFUSED = re.compile(r"response_?schema|response_?mime_?type|json mode|schema")
_KNOWN = frozenset({"type", "properties", "required", "items", "enum", "description"})


def content_body(
    question: TextQuestion, known: KnownModel | None, manner: Manner
) -> dict[str, Any]:
    """Return the body of a question, put in a manner."""
    bound = question.schema is not None and manner.mean == "schema"
    wanted: dict[str, Any] = {"temperature": question.temperature}
    if question.seed is not None:
        wanted["seed"] = question.seed
    wanted = joined(wanted, known.extra if known is not None else {})
    for name in manner.left_out:
        wanted.pop(name, None)
    wanted["maxOutputTokens"] = question.most_tokens
    body: dict[str, Any] = {
        "contents": [
            {
                "role": "model" if turn.role == "assistant" else "user",
                "parts": [{"text": turn.text}],
            }
            for turn in question.turns
        ],
        "generationConfig": joined(wanted, _form(question, manner)),
    }
    if system := system_words(question, with_schema=not bound):
        body["systemInstruction"] = {"parts": [{"text": system}]}
    return body


def may_be_left_out(body: Mapping[str, Any]) -> list[str]:
    """Return what of a body the service may refuse and be asked without."""
    names = ("temperature", "seed", "thinkingConfig")
    return [name for name in names if name in body["generationConfig"]]


def binds(body: Mapping[str, Any]) -> bool:
    """Whether a body holds the answer to JSON."""
    return "responseMimeType" in body["generationConfig"]


def _form(question: TextQuestion, manner: Manner) -> dict[str, Any]:
    if question.schema is None or not manner.mean:
        return {}
    told: dict[str, Any] = {"responseMimeType": "application/json"}
    if manner.mean == "schema":
        told["responseSchema"] = _spelt(plain_schema(question.schema, _KNOWN))
    return told


def _spelt(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema as this service knows it: its kinds in capitals, and only texts to choose from."""
    made = dict(schema)
    if "type" in made:
        made["type"] = str(made["type"]).upper()
    if made.get("type") != "STRING":
        made.pop("enum", None)
    if "properties" in made:
        made["properties"] = {name: _spelt(one) for name, one in made["properties"].items()}
        made["propertyOrdering"] = list(made["properties"])
    if "items" in made:
        made["items"] = _spelt(made["items"])
    return made
