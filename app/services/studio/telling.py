"""What is told of a finished video: title, description, tags and chapters within the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from app.domain.intelligence import Made
from app.domain.post import Words
from app.domain.project import Details, Script
from app.services.intelligence.tasks.describing import VideoFacts, VideoWords
from app.services.publishing.rules import rules_of
from app.services.publishing.wording import clock, fit
from app.services.studio.store import Record

USUAL: Final = "youtube"
"""Words are written for it; what other platforms take is cut from them when they are posted."""
FIRST_CHAPTERS: Final = 3
SHORTEST_CHAPTER: Final = 10.0
"""YouTube shows chapters from three on, each of ten seconds at least, the first at 0:00."""


class Describer(Protocol):
    """Gives videos their words."""

    async def describe_video(self, facts: VideoFacts) -> Made[VideoWords]:
        """Title, description, tags, category."""


async def tell(
    describer: Describer,
    record: Record,
    times: Mapping[str, tuple[float, float]],
    credits: Sequence[str],
) -> Made[Details]:
    """The details of a project's video, and who wrote them."""
    script = record.script
    assert script is not None
    facts = VideoFacts(
        name=script.title,
        seconds=max((end for _start, end in times.values()), default=0.0),
        texts=tuple(scene.on_screen_text for scene in script.scenes),
        spoken=tuple(scene.narration for scene in script.scenes),
        language=record.brief.language,
    )
    made = await describer.describe_video(facts)
    told = made.value
    chapters = chapters_of(script, times)
    tags = tuple(dict.fromkeys([*script.keywords, *told.tags]))[:15]
    details = Details(
        script.title if made.by_rules else told.title or script.title,
        full_description(told.description, chapters, credits),
        tags,
        chapters,
    )
    return Made(fitted(details, USUAL), made.source, made.by, made.kept)


def chapters_of(
    script: Script, times: Mapping[str, tuple[float, float]]
) -> tuple[tuple[float, str], ...]:
    """Scenes as chapters; short ones are put together, and too few are none."""
    found: list[tuple[float, str]] = []
    for scene in script.scenes:
        start = times[scene.id][0] if found else 0.0
        if not found or start - found[-1][0] >= SHORTEST_CHAPTER:
            found.append((start, scene.title or scene.on_screen_text))
    end = max((end for _start, end in times.values()), default=0.0)
    if found and end - found[-1][0] < SHORTEST_CHAPTER:
        found.pop()
    return tuple(found) if len(found) >= FIRST_CHAPTERS else ()


def full_description(
    text: str, chapters: Sequence[tuple[float, str]], credits: Sequence[str]
) -> str:
    """The description with its chapters and credits below it."""
    parts = [text.strip()]
    if chapters:
        parts.append("\n".join(f"{clock(start)} {name}" for start, name in chapters))
    parts.append("\n".join(credits))
    return "\n\n".join(part for part in parts if part)


def fitted(details: Details, platform: str) -> Details:
    """The same within what a platform takes, by the rules posts are checked by."""
    told = fit(Words(details.title, details.description, details.tags), rules_of(platform))
    return replace(details, title=told.title, description=told.description, tags=told.tags)
