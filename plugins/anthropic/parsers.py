"""Reads answers and the list of models; what is wrong in them is left out or raised."""

from __future__ import annotations

import json

from app.api import (
    Fields,
    Finish,
    HttpAnswer,
    TextAnswer,
    TextModel,
    Unavailable,
    model_text,
    objects,
    text,
    tokens,
)

MOST_MODELS = 200
_FINISHES = {
    "max_tokens": Finish.CUT,
    "model_context_window_exceeded": Finish.CUT,
    "pause_turn": Finish.CUT,
    "refusal": Finish.REFUSED,
}
_READ = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


def parse_answer(document: Fields, answer: HttpAnswer, *, bound: bool) -> TextAnswer:
    """Return what a model wrote. `bound`: the answer is to be a JSON document."""
    content = document.get("content")
    if not isinstance(content, list):
        raise Unavailable("errors.bad_answer", host=answer.host)
    finish = _FINISHES.get(text(document.get("stop_reason"), 60), Finish.COMPLETE)
    written = "" if finish is Finish.REFUSED else _written(content, answer.host, bound)
    return TextAnswer(
        written,
        finish,
        sum(tokens(document, "usage", name) for name in _READ),
        tokens(document, "usage", "output_tokens"),
        text(document.get("model"), 120),
    )


def parse_listed(document: Fields) -> list[TextModel]:
    """Return the listed models."""
    found = []
    for one in list(objects(document.get("data")))[:MOST_MODELS]:
        name = text(one.get("id"), 200)
        if name:
            found.append(TextModel(name, text(one.get("display_name"), 120) or name, 200_000))
    return found


def _written(content: list[object], host: str, bound: bool) -> str:
    """The words of the answer, or what was given to the tool; never what was thought aloud."""
    for one in objects(content):
        if bound and one.get("type") == "tool_use" and isinstance(one.get("input"), dict):
            return model_text(json.dumps(one["input"], ensure_ascii=False), host, document=True)
    said = [one for one in objects(content) if one.get("type") == "text"]
    return model_text(said, host, document=bound)
