"""Puts a talk into the words a model was taught, so that no text in it can pass for those words.

The template comes with the model. It is filled with marks in place of the texts; what stands
between the marks may hold the model's own signs (such as the end of a turn), the texts may not.
"""

from __future__ import annotations

import datetime
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

LONGEST_TEMPLATE: Final = 128 * 2**10
LONGEST_FILLED: Final = 2**20


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the prompt; `signs`: it is the template's own, and may hold signs."""

    text: str
    signs: bool


def pieces(
    template: str, turns: Sequence[Mapping[str, str]], *, begin: str = "", end: str = ""
) -> list[Piece]:
    """Return the prompt for turns with ``role`` and ``content``, the model's answer to follow.

    `begin` and `end` are the model's signs for them. A template that cannot do with a turn of
    the system gets it as part of the first question; one that cannot do at all is left out.
    """
    marked, texts = _marked(turns)
    for form in (marked, _without_system(marked)):
        filled = _filled(template, form, begin, end)
        if filled is not None and all(mark in filled for mark in texts):
            return list(_cut(filled, texts))
    return list(_cut(_plain(marked), texts))


def _marked(turns: Sequence[Mapping[str, str]]) -> tuple[list[dict[str, str]], dict[str, str]]:
    texts = {f"m{secrets.token_hex(12)}m": turn["content"] for turn in turns}
    return [{"role": turn["role"], "content": mark}
            for turn, mark in zip(turns, texts, strict=True)], texts  # fmt: skip


def _without_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    if len(turns) < 2 or turns[0]["role"] != "system":
        return turns
    first = f"{turns[0]['content']}\n\n{turns[1]['content']}"
    return [{"role": turns[1]["role"], "content": first}, *turns[2:]]


def _plain(turns: list[dict[str, str]]) -> str:
    return "".join(f"{turn['role']}: {turn['content']}\n\n" for turn in turns) + "assistant: "


def _filled(template: str, turns: list[dict[str, str]], begin: str, end: str) -> str | None:
    """The filled template; None when there is none, or it does not work."""
    if not template or len(template) > LONGEST_TEMPLATE:
        return None
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals.update(raise_exception=_refuse, strftime_now=_today)
    told: dict[str, Any] = {
        "messages": turns, "bos_token": begin, "eos_token": end, "add_generation_prompt": True,
        "tools": None, "documents": None, "enable_thinking": False,
    }  # fmt: skip
    try:
        filled: str = environment.from_string(template).render(**told)
    except (jinja2.TemplateError, ValueError, TypeError, ArithmeticError, LookupError,
            AttributeError, RecursionError):  # fmt: skip
        return None  # a stranger's program may fail in any of the ways programs fail
    return filled if len(filled) <= LONGEST_FILLED else None


def _refuse(why: str) -> str:
    raise ValueError(why)


def _today(form: str) -> str:
    return datetime.datetime.now(datetime.UTC).strftime(form)


def _cut(filled: str, texts: Mapping[str, str]) -> Iterator[Piece]:
    """What is between the marks, and the texts in place of them, wherever they stand."""
    for part in re.split("(" + "|".join(texts) + ")", filled):
        if part in texts:
            yield Piece(texts[part], signs=False)
        elif part:
            yield Piece(part, signs=True)
