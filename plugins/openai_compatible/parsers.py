"""Reads answers, lists of models and transcripts; what is wrong in them is left out or raised."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.api import (
    Fields,
    Finish,
    Heard,
    HttpAnswer,
    TextAnswer,
    TextModel,
    Transcript,
    Unavailable,
    inside,
    language_code,
    model_text,
    number,
    objects,
    text,
    tokens,
    trouble_told,
    words_of,
)

MOST_MODELS = 1000
MOST_PIECES = 100_000
LONGEST_SOUND = 86_400.0
_FINISHES = {
    "length": Finish.CUT,
    "model_length": Finish.CUT,
    "content_filter": Finish.REFUSED,
    "safety": Finish.REFUSED,
}
_CONTEXTS = ("context_length", "max_context_length", "context_window", "max_model_len")


def parse_answer(document: Fields, answer: HttpAnswer, model: str, *, bound: bool) -> TextAnswer:
    """Return what a model wrote; raises what an error in a good answer means.

    `bound`: the answer is to be a JSON document.
    """
    choice = next(objects(document.get("choices")), None)
    error = document.get("error") or inside(choice, "error")
    if error:
        code = number(inside(error, "code"), 599) or 500
        raise trouble_told(max(code, 400), words_of(answer), answer, model)
    message = inside(choice, "message")
    if choice is None or not isinstance(message, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    finish = _FINISHES.get(text(choice.get("finish_reason"), 40).lower(), Finish.COMPLETE)
    if isinstance(message.get("refusal"), str) and message["refusal"]:
        finish = Finish.REFUSED
    written = model_text(message.get("content"), answer.host, document=bound)
    return TextAnswer(
        "" if finish is Finish.REFUSED else written,
        finish,
        tokens(document, "usage", "prompt_tokens"),
        tokens(document, "usage", "completion_tokens"),
        text(document.get("model"), 120),
    )


def parse_listed(document: Fields, context: int, without: Sequence[str]) -> list[TextModel]:
    """Return the listed models that write text; prices where the service tells them.

    `context` is what a model is taken to hold when nothing is said.
    """
    found: dict[str, TextModel] = {}
    for name, one in _listed(document):
        if not any(part in name.lower() for part in without):
            found.setdefault(name, _model(name, one, context))
    return list(found.values())


def parse_names(document: Fields, parts: Sequence[str]) -> list[str]:
    """Return the names of listed models that have one of these parts in them."""
    return [name for name, _ in _listed(document) if any(part in name.lower() for part in parts)]


def parse_transcript(document: Fields, host: str, seconds: float) -> Transcript:
    """Return what was said; a piece whose time is wrong is left out.

    A service that tells no times gives one piece, as long as the sound.
    """
    said = document.get("text")
    pieces = _heard(document.get("segments"), "text", host)
    words = _heard(document.get("words"), "word", host)
    if not pieces and not isinstance(said, str):
        raise Unavailable("errors.bad_answer", host=host)
    if not pieces and isinstance(said, str) and (whole := model_text(said, host, document=False)):
        end = max([seconds, *(one.end for one in words)])
        pieces = (Heard(0.0, end, whole),)
    spoken = language_code(document.get("language"))
    return Transcript(spoken or "", pieces, words)


def _listed(document: Fields) -> list[tuple[str, Fields]]:
    named = [(text(one.get("id"), 200), one) for one in objects(document.get("data"))]
    return [(name, one) for name, one in named[:MOST_MODELS] if name]


def _model(name: str, one: Fields, usual: int) -> TextModel:
    told = [number(one.get(key), 100_000_000) for key in _CONTEXTS]
    told.append(number(inside(one, "meta", "n_ctx"), 100_000_000))
    return TextModel(
        name,
        text(one.get("name"), 120) or name,
        context=next((found for found in told if found), usual),
        input_price=_price(inside(one, "pricing", "prompt")),
        output_price=_price(inside(one, "pricing", "completion")),
    )


def _price(value: object) -> float | None:
    """A price for one token, as some services list it, for a million."""
    try:
        price = float(value) * 1e6 if isinstance(value, str | float | int) else -1.0
    except (ValueError, OverflowError):
        return None
    return round(price, 6) if math.isfinite(price) and 0 <= price <= 10_000 else None


def _heard(value: object, name: str, host: str) -> tuple[Heard, ...]:
    found: list[Heard] = []
    for one in objects(value):
        start, end = _moment(one.get("start")), _moment(one.get("end"))
        said = model_text(one.get(name), host, document=False)
        if start is None or end is None or end < start or not said:
            continue
        found.append(Heard(start, end, said))
        if len(found) > MOST_PIECES:
            raise Unavailable("errors.answer_too_large", host=host, most=MOST_PIECES)
    return tuple(sorted(found, key=lambda one: one.start))


def _moment(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= LONGEST_SOUND else None
