"""Puts a question into the words of the protocol; pure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app.api import Manner, TextQuestion, joined, plain_schema, system_words
from app.api.model_lists import KnownModel
from plugins.openai_compatible.services import Service

SCHEMA_REFUSED = re.compile(r"response_format|json_schema|json_object|schema|structured|grammar")
FORM_REFUSED = re.compile(r"response_format|verbose_json|timestamp|granularit|segment")
SPEECH_FORMS = ("words", "pieces", "plain")
_FORM_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "words": (
        ("response_format", "verbose_json"),
        ("timestamp_granularities[]", "word"),
        ("timestamp_granularities[]", "segment"),
    ),
    "pieces": (("timestamp_granularities[]", "segment"),),
    "plain": (("response_format", "json"),),
}


def chat_body(
    question: TextQuestion, service: Service, known: KnownModel | None, manner: Manner
) -> dict[str, Any]:
    """Return the body of a question, put in a manner."""
    bound = question.schema is not None and manner.mean == "schema"
    system = system_words(question, with_schema=not bound)
    messages = [{"role": "system", "content": system}] if system else []
    messages += [
        {"role": "assistant" if turn.role == "assistant" else "user", "content": turn.text}
        for turn in question.turns
    ]
    wanted: dict[str, Any] = {"temperature": question.temperature}
    if question.seed is not None:
        wanted[service.seed] = question.seed
    limit = next((one for one in service.limits if one not in manner.left_out), "")
    if limit:
        wanted[limit] = question.most_tokens
    wanted = joined(wanted, known.extra if known is not None else {})
    for name in manner.left_out:
        wanted.pop(name, None)
    return {
        "model": question.model,
        "messages": messages,
        "stream": False,
        **wanted,
        **_form(question, manner),
    }


def may_be_left_out(body: Mapping[str, Any]) -> list[str]:
    """Return what of a body a service may refuse and be asked without."""
    needed = ("model", "messages", "stream", "response_format")
    return [name for name in body if name not in needed]


def speech_fields(model: str, language: str | None, manner: Manner) -> list[tuple[str, str]]:
    """Return the fields that go along with a sound."""
    fields = [("model", model), *_FORM_FIELDS[manner.mean]]
    if language and "language" not in manner.left_out:
        fields.append(("language", language))
    return fields


def multipart(
    fields: Sequence[tuple[str, str]], sound: bytes, ending: str, kind: str
) -> tuple[bytes, str]:
    """Return a form with a file as a body, and its content type.

    The file goes without its own name: that is nobody's business.
    """
    boundary = uuid.uuid4().hex
    parts: list[bytes] = []
    for name, value in fields:
        plain = re.sub(r"[\r\n]", " ", value)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(f"{head}{plain}\r\n".encode())
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="sound.{ending}"'
        f"\r\nContent-Type: {kind}\r\n\r\n"
    )
    parts += [head.encode(), sound, f"\r\n--{boundary}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def _form(question: TextQuestion, manner: Manner) -> dict[str, Any]:
    if question.schema is None or not manner.mean:
        return {}
    if manner.mean == "object":
        return {"response_format": {"type": "json_object"}}
    schema = plain_schema(question.schema)
    told = {"name": "answer", "schema": schema, "strict": _closed(schema)}
    return {"response_format": {"type": "json_schema", "json_schema": told}}


def _closed(schema: Mapping[str, Any]) -> bool:
    """Whether a schema may be held to strictly: all that is named must be there."""
    parts = schema.get("properties", {})
    if schema.get("type") == "object" and set(schema.get("required", ())) != set(parts):
        return False
    inner = [*parts.values(), *([schema["items"]] if "items" in schema else [])]
    return all(_closed(one) for one in inner)
