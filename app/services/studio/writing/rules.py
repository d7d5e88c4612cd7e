"""Writes a script without any model: from the owner's text, from facts, or an honest outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.api.making import Fact
from app.domain.errors import InvalidInput
from app.domain.project import Brief, Scene, Script
from app.services.intelligence.tasks.sentences import keywords, telling, weighty
from app.services.studio.writing.phrases import PHRASES
from app.services.studio.writing.splitting import (
    fit,
    grouped,
    plain,
    scenes_of,
    seconds_of,
    sentences,
)

MOODS: Final = {"curious": "curious", "calm": "calm", "lively": "lively", "serious": "serious"}
TITLE: Final = 90
_BRACKETS: Final = re.compile(r"\s*\([^()]{0,120}\)")
_QUESTION: Final = re.compile(
    r"^(?:why|how|what|when|where|who|which|can|does|do|is|are|will|pourquoi|comment|qui|que|quand|"
    r"où|quel|quelle|warum|wie|was|wann|wo|wer|por qué|cómo|qué|cuándo|dónde|quién)\b",
    re.IGNORECASE,
)


def write(brief: Brief, facts: Sequence[Fact] = ()) -> Script:
    """A script out of what there is: the owner's own text, else facts, else the topic alone.

    `InvalidInput` (``errors.studio_empty``) when there is neither topic nor text.
    """
    topic = " ".join(plain(brief.topic).split()).rstrip(".")
    if sentences(brief.text):
        script = _from_text(brief, topic)
    elif not any(char.isalnum() for char in topic):
        raise InvalidInput("errors.studio_empty")
    elif useful := [fact for fact in facts if len(sentences(fact.text)) >= 2]:
        script = _from_facts(brief, topic, useful)
    else:
        script = _outline(brief, topic)
    mood = MOODS[brief.tone.value]
    return replace(script, scenes=tuple(replace(one, music_mood=mood) for one in script.scenes))


def _from_text(brief: Brief, topic: str) -> Script:
    """The owner's words as they are, all of them: only the cuts are ours."""
    told = sentences(brief.text)
    scenes = scenes_of(grouped(told))
    title = topic or _shortened(told[0])
    return Script(title, scenes, tuple(keywords(told, 8)))


def _from_facts(brief: Brief, topic: str, facts: Sequence[Fact]) -> Script:
    phrases = PHRASES.get(brief.language)
    told = [_BRACKETS.sub("", one) for fact in facts[:3] for one in sentences(fact.text)]
    told = [one for one in told if 24 <= len(one) <= 260]
    bare = topic.rstrip("?!. \N{NO-BREAK SPACE}")
    hook = phrases.hooks[brief.tone].format(topic=bare) if phrases else bare + "."
    end = phrases.ends[brief.tone] if phrases else ""
    room = brief.seconds - seconds_of(hook) - seconds_of(end) - 1.0
    about = set(weighty(topic))
    chosen = fit(_chosen(told, about, room), room)
    body = scenes_of(grouped(chosen))
    first = replace(scenes_of([hook], [topic])[0], on_screen_text=topic)
    last = (
        [replace(scenes_of([end])[0], on_screen_text=phrases.last, title=phrases.last)]
        if phrases
        else []
    )
    scenes = _numbered([first, *body, *last])
    credits = tuple(dict.fromkeys(fact.credit for fact in facts[:3]))
    return Script(topic, scenes, tuple(keywords(told, 8)), credits)


def _chosen(told: Sequence[str], about: set[str], room: float) -> list[str]:
    """The first sentence, which says what it is, and those that say the most; in their order."""
    most = max(3, round(room / 5.5))
    best = set(telling(told, most + 2, longest=200))
    near = [one for one in told if about & set(weighty(one))]
    wanted = {*told[:1], *best, *near[: most // 2]}
    kept = [one for one in told if one in wanted]
    if sum(map(seconds_of, kept)) < 0.85 * room:  # short of words: whatever else there is
        kept = list(told)
    return kept


def _outline(brief: Brief, topic: str) -> Script:
    """Nothing is known but the topic, and nothing is made up: how to look for the answer."""
    phrases = PHRASES.get(brief.language) or PHRASES["en"]
    first, second = _two_things(topic)
    asks = topic.endswith("?") or _QUESTION.match(topic) is not None
    question = topic if topic.endswith(("?", "!")) else topic + _mark(asks, brief.language)
    filled = [
        (said.format(question=question, first=first, second=second),
         card.format(question=topic, first=first, second=second))
        for at, (said, card) in enumerate(phrases.outline)
        if (asks or at != 1) and not (first == second and "{second}" in said)
    ]  # fmt: skip
    end = phrases.ends[brief.tone]
    kept = _within(filled, brief.seconds - seconds_of(end))
    cards = [*(card for _said, card in kept), phrases.last]
    scenes = scenes_of([*(said for said, _card in kept), end], cards)
    shown = (replace(one, on_screen_text=card) for one, card in zip(scenes, cards, strict=True))
    return Script(topic, tuple(shown), tuple(weighty(topic)[:6]))


def _two_things(topic: str) -> tuple[str, str]:
    """The first and the last thing a topic names; the last with the small word before it."""
    words = [word.strip(".,;:!?…()\"'«»“”") for word in topic.split()]
    heavy = [at for at, word in enumerate(words) if weighty(word) and not _QUESTION.fullmatch(word)]
    if len(heavy) < 2 or len(words) < 3:
        return topic, topic
    last = heavy[-1]
    before = words[last - 1] if last - 1 != heavy[0] and not weighty(words[last - 1]) else ""
    owned = before if before.lower() in ("your", "my", "our", "the", "votre", "la", "le") else ""
    return words[heavy[0]], f"{owned} {words[last]}".strip()


def _within(filled: Sequence[tuple[str, str]], room: float) -> list[tuple[str, str]]:
    """The question first, and as much of the rest as there is time for."""
    kept = [filled[0]]
    left = room - seconds_of(filled[0][0])
    for one in filled[1:]:
        left -= seconds_of(one[0]) + 0.35
        if left < -1.0:
            break
        kept.append(one)
    return kept


def _mark(asks: bool, language: str) -> str:
    if not asks:
        return "."
    return "\N{NO-BREAK SPACE}?" if language == "fr" else "?"


def _numbered(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    return tuple(replace(one, id=f"s{at + 1}") for at, one in enumerate(scenes))


def _shortened(text: str) -> str:
    return text if len(text) <= TITLE else text[: TITLE - 1].rsplit(" ", 1)[0] + "…"
