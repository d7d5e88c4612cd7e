"""Writes the script: a model within a schema, with one turn to mend it, or the rules."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.api.capabilities import Capability
from app.api.making import Fact, Keyword
from app.domain.errors import AppError
from app.domain.intelligence import Made, Task
from app.domain.project import Brief, Maker, Scene, Script, Step
from app.services.intelligence.prompt import Prompt, Urgency, data, listed, obj, whole, words
from app.services.studio.ports import Mind, Services
from app.services.studio.writing import rules
from app.services.studio.writing.splitting import PAUSE, heading, plain, seconds_of, sentences

log = logging.getLogger(__name__)

MOST_SCENES: Final = 60
FACTS: Final = 3
RULES: Final = "rules"
"""The maker's model that stands for no model at all."""
_SCENE: Final = obj(
    title=words(60),
    duration=whole(2, 20),
    narration=words(400),
    visual_prompt=words(240),
    on_screen_text=words(60),
    music_mood=words(40),
)
_SYSTEM: Final = (
    "Write the script of a video of {seconds} seconds, about {count} spoken words in all, in the "
    "language of code {language}, in a {tone} tone. The first scene is a hook of one sentence, "
    "the last asks the viewer to do something. Each scene is one or two sentences to be read "
    "aloud, with a picture to draw (visual_prompt, in English, no text in it), at most six words "
    "for the screen, and a mood for the music. Say only what the material says or what is "
    "common knowledge; no invented names or figures."
)


def schema(brief: Brief) -> dict[str, Any]:
    """The form of a script: enough scenes for its length, and no more."""
    count = max(3, min(MOST_SCENES, round(brief.seconds / 6)))
    return obj(
        title=words(100),
        scenes=listed(_SCENE, most=min(MOST_SCENES, count + 4), least=max(3, count // 2)),
        keywords=listed(words(40), most=12, least=1),
    )


@dataclass(frozen=True, slots=True)
class Writer:
    """Lives on the service loop."""

    services: Services
    mind: Mind

    async def keywords(self, brief: Brief) -> tuple[str, ...]:
        """Words people look for around the topic, of plugins that know; none is no failure."""
        found: list[Keyword] = []
        for plugin in self.services.offering(Capability.FINDS_KEYWORDS):
            answer = await self._asked(plugin, Capability.FINDS_KEYWORDS, "keywords", brief)
            found += [one for one in answer if isinstance(one, Keyword)]
        ranked = sorted(found, key=lambda one: -one.weight)
        return tuple(dict.fromkeys(one.text[:60] for one in ranked))[:12]

    async def facts(self, brief: Brief) -> tuple[Fact, ...]:
        """What works of reference say on the topic; the owner's own text needs none."""
        if sentences(brief.text):
            return ()
        for plugin in self.services.offering(Capability.KNOWS_FACTS):
            answer = await self._asked(plugin, Capability.KNOWS_FACTS, "facts", brief)
            if found := [one for one in answer if isinstance(one, Fact)]:
                return tuple(found[:FACTS])
        return ()

    async def write(
        self, brief: Brief, facts: Sequence[Fact], keywords: Sequence[str], take: int = 0
    ) -> Made[Script]:
        """The script, and who wrote it. The owner's own text is only cut, never changed.

        From the second `take` on a model is asked anew, whatever it answered before.
        """
        by_rules = rules.write(brief, facts)
        maker = brief.makers.get(Step.SCRIPT, Maker())
        if sentences(brief.text) or maker.model == RULES:
            return Made(_with(by_rules, keywords))
        prompt = replace(_prompt(brief, facts, keywords), keep=not take)
        answer = await self.mind.write(prompt)
        if answer is None:
            return Made(_with(by_rules, keywords))
        script, problem = _read(answer.value, brief, by_rules)
        if problem:
            answer = await self.mind.write(_again(prompt, answer.value, problem))
            script, problem = _read(answer.value, brief, by_rules) if answer else (by_rules, "gone")
        if problem or answer is None:
            log.info("The script of a model could not be used: %s", problem)
            return Made(_with(by_rules, keywords))
        return replace_value(answer, _with(script, keywords))

    def question(self, brief: Brief, facts: Sequence[Fact], keywords: Sequence[str]) -> str:
        """What a model is asked for a script, whole."""
        prompt = _prompt(brief, facts, keywords)
        return f"{prompt.system}\n\n{prompt.text}"

    async def _asked(
        self, plugin: str, capability: Capability, method: str, brief: Brief
    ) -> Sequence[object]:
        try:
            answer = await self.services.call(
                plugin, capability, method, brief.topic, brief.language, patience=20.0
            )
        except AppError as error:
            log.info("%s could not be asked: %s", plugin, error)
            return ()
        return answer if isinstance(answer, (list, tuple)) else ()


def replace_value(made: Made[Any], script: Script) -> Made[Script]:
    """The same origin with what was read from it."""
    return Made(script, made.source, made.by, made.kept)


def _with(script: Script, keywords: Sequence[str]) -> Script:
    return replace(script, keywords=tuple(dict.fromkeys([*keywords, *script.keywords]))[:12])


def _prompt(brief: Brief, facts: Sequence[Fact], keywords: Sequence[str]) -> Prompt:
    told = _SYSTEM.format(
        seconds=brief.seconds, count=round(brief.seconds * 2.4), language=brief.language,
        tone=brief.tone.value,
    )  # fmt: skip
    material = {
        "topic": brief.topic,
        "facts": [{"title": one.title, "text": one.text[:6_000]} for one in facts],
        "searched_for": list(keywords),
    }
    return Prompt(
        Task.WRITE, told, "The material:\n" + data(material), schema(brief),
        most_tokens=400 + brief.seconds * 14, patience=240.0, urgency=Urgency.WAITED_FOR,
        temperature=0.6,
    )  # fmt: skip


def _again(prompt: Prompt, before: Mapping[str, Any], problem: str) -> Prompt:
    told = f"{prompt.text}\n\nYour last answer was:\n{data(before)}\nIt {problem}. Write it anew."
    return replace(prompt, text=told)


def _read(value: Mapping[str, Any], brief: Brief, spare: Script) -> tuple[Script, str]:
    """A model's answer as a script, and what is wrong with it ("": nothing)."""
    scenes: list[Scene] = []
    for at, one in enumerate(value["scenes"]):
        said = " ".join(plain(one["narration"]).split())
        if not any(char.isalnum() for char in said):
            continue
        scenes.append(
            Scene(
                id=f"s{len(scenes) + 1}",
                narration=said,
                duration=round(seconds_of(said) + PAUSE, 2),
                title=_line(one["title"]) or heading(said, 4),
                visual_prompt=_line(one["visual_prompt"]) or heading(said),
                on_screen_text=_line(one["on_screen_text"]) or heading(said),
                music_mood=_line(one["music_mood"]) or brief.tone.value,
            )
        )
        if at >= MOST_SCENES:
            break
    script = Script(
        _line(value["title"]) or spare.title, tuple(scenes),
        tuple(_line(one) for one in value["keywords"] if _line(one)), spare.credits,
    )  # fmt: skip
    length = sum(one.duration for one in scenes)
    if len(scenes) < 3:
        return script, "has fewer than three scenes with something to say"
    if not 0.5 * brief.seconds <= length <= 1.6 * brief.seconds:
        wanted = round(brief.seconds * 2.4)
        return script, f"takes {length:.0f} seconds to say; it must be about {wanted} words"
    return script, ""


def _line(text: str) -> str:
    return " ".join(plain(text).split()).strip()
