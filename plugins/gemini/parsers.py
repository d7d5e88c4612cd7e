"""Reads answers and the list of models; what is wrong in them is left out or raised."""

from __future__ import annotations

from app.api import (
    Fields,
    Finish,
    HttpAnswer,
    TextAnswer,
    TextModel,
    Unavailable,
    inside,
    model_text,
    number,
    objects,
    text,
    texts,
    tokens,
)

MOST_MODELS = 200
_REFUSALS = ("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE")
_BROKEN = ("MALFORMED_FUNCTION_CALL", "OTHER")
_SPOILT = ("embed", "image", "tts", "audio", "live", "veo", "imagen")


def parse_answer(document: Fields, answer: HttpAnswer, *, bound: bool) -> TextAnswer:
    """Return what a model wrote. `bound`: the answer is to be a JSON document."""
    candidate = next(objects(document.get("candidates")), None)
    if candidate is None and not inside(document, "promptFeedback", "blockReason"):
        raise Unavailable("errors.bad_answer", host=answer.host)
    finish = Finish.REFUSED
    written = ""
    if candidate is not None:
        finish = _finish(text(candidate.get("finishReason"), 60), answer.host)
    if candidate is not None and finish is not Finish.REFUSED:
        written = model_text(inside(candidate, "content", "parts"), answer.host, document=bound)
    return TextAnswer(
        written,
        finish,
        tokens(document, "usageMetadata", "promptTokenCount"),
        tokens(document, "usageMetadata", "candidatesTokenCount")
        + tokens(document, "usageMetadata", "thoughtsTokenCount"),
        text(document.get("modelVersion"), 120),
    )


def parse_listed(document: Fields) -> list[TextModel]:
    """Return the listed models that write text."""
    found = []
    for one in list(objects(document.get("models")))[:MOST_MODELS]:
        name = text(one.get("name"), 200).removeprefix("models/")
        writes = "generateContent" in texts(one.get("supportedGenerationMethods"), 60)
        if name and writes and not any(part in name for part in _SPOILT):
            context = number(one.get("inputTokenLimit"), 100_000_000) or 8_192
            found.append(TextModel(name, text(one.get("displayName"), 120) or name, context))
    return found


def _finish(told: str, host: str) -> Finish:
    if told == "MAX_TOKENS":
        return Finish.CUT
    if told in _BROKEN:
        raise Unavailable("errors.bad_answer", host=host)
    return Finish.REFUSED if told.startswith(_REFUSALS) else Finish.COMPLETE
