"""Gives a video its title, description, tags and category, from what is known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from app.domain.intelligence import Made, Task
from app.domain.text import clean, fold
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, among, data, listed, obj, words
from app.services.intelligence.tasks.sentences import (
    keywords,
    names,
    sentences,
    telling,
    tidy,
    without_addresses,
)

TITLE: Final = 100
DESCRIPTION: Final = 1_000
TAGS: Final = 12
_CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
    "Education": ("learn", "lesson", "why", "how", "explained", "school", "history", "apprendre",
                  "cours", "pourquoi", "comment", "physics", "math", "language"),
    "Science & technology": ("science", "computer", "software", "code", "robot", "space", "engine",
                             "physics", "battery", "phone", "technology", "ordinateur", "solar"),
    "How-to & style": ("recipe", "cook", "bake", "repair", "build", "tutorial", "garden", "paint",
                       "recette", "cuisine", "bricolage", "step", "install", "fix", "sew", "oven"),
    "Travel & events": ("travel", "trip", "city", "beach", "hotel", "voyage", "train", "island",
                        "mountain", "hike", "museum", "flight"),
    "Music": ("song", "music", "band", "guitar", "concert", "piano", "album", "musique", "chanson"),
    "Sports": ("match", "goal", "team", "race", "training", "football", "tennis", "run", "player"),
    "Pets & animals": ("dog", "cat", "bird", "animal", "puppy", "horse", "fish", "chien", "chat"),
    "Gaming": ("game", "level", "boss", "player", "console", "quest", "jeu", "speedrun"),
    "News & politics": ("government", "election", "minister", "news", "president", "law", "vote"),
    "Comedy": ("joke", "funny", "prank", "laugh", "blague", "sketch"),
    "Family & friends": ("birthday", "wedding", "baby", "grandma", "christmas", "family", "mum"),
}  # fmt: skip
CATEGORIES: Final = (*_CATEGORIES, "People & blogs")
_CAMERA: Final = re.compile(
    r"^(?:img|vid|dsc[fn]?|mvi|mov|gopr|gx\d|pxl|video|clip|untitled|export|final|output|screen"
    r"[ _-]?recording)?[ _-]*[\d _.-]*(?:v\d+|final|copy|edit(?:ed)?)?$",
    re.IGNORECASE,
)
_SYSTEM: Final = (
    "Describe a video for the people who may watch it: a title that says what it shows, a "
    "description of two to five sentences, up to 12 tags and the category. Use only what the "
    "material says. Language of code {language}. No clickbait, no hashtags, no addresses."
)


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known of a video. `texts` were read in its pictures, `spoken` are its subtitles."""

    name: str  # of its file, without ending
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    spoken: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class VideoWords:
    """What a video is called and said to be."""

    title: str
    description: str
    tags: tuple[str, ...]
    category: str


def by_rules(facts: VideoFacts) -> VideoWords:
    """Words taken from the material itself."""
    told = sentences(facts.spoken)
    shown = [line for text in facts.texts if len(line := tidy(text)) > 2]
    named = _name(facts.name)
    material = [named, *shown, *told]
    tags = _tags(material, told)
    return VideoWords(
        _title(named, shown, told, tags, without_addresses(facts.name)),
        _description(told, shown, named)[:DESCRIPTION],
        tuple(tags[:TAGS]),
        _category(material),
    )


async def describe(asker: Asker, facts: VideoFacts) -> Made[VideoWords]:
    """Describe it, by a model when one answers."""
    ruled = by_rules(facts)
    if not facts.spoken and not facts.texts and not _name(facts.name):
        return Made(ruled)  # nothing to go by: a model would invent
    made = await asker.ask(prompt_of(facts))
    if made is None:
        return Made(ruled)
    return Made(_checked(made.value, ruled), made.source, made.by, made.kept)


def prompt_of(facts: VideoFacts) -> Prompt:
    """The question."""
    material = {
        "file": _name(facts.name),
        "minutes": round(facts.seconds / 60, 1),
        "upright": facts.height > facts.width,
        "text in the pictures": list(facts.texts[:30]),
        "spoken": " ".join(sentences(facts.spoken))[:8_000],
    }
    return Prompt(
        Task.DESCRIBE_VIDEO,
        _SYSTEM.format(language=facts.language),
        data(material, 12_000),
        obj(
            title=words(TITLE),
            description=words(DESCRIPTION),
            tags=listed(words(30), TAGS),
            category=among(*CATEGORIES),
        ),
        most_tokens=500,
        patience=120.0,
    )


def _checked(value: dict[str, Any], ruled: VideoWords) -> VideoWords:
    tags = (without_addresses(tag).lstrip("#").strip() for tag in value["tags"])
    return VideoWords(
        without_addresses(value["title"]) or ruled.title,
        without_addresses(value["description"]) or ruled.description,
        tuple(dict.fromkeys(tag for tag in tags if tag)) or ruled.tags,
        value["category"],
    )


def _name(name: str) -> str:
    """The words of a file's name; nothing when a camera gave it."""
    plain = clean(re.sub(r"[_.]+", " ", without_addresses(name)))
    return "" if _CAMERA.match(plain) else plain


def _title(named: str, shown: list[str], told: list[str], tags: list[str], raw: str) -> str:
    """The file's own name first, then a heading in the picture, then its best sentence."""
    best = next((line for line in shown if 8 <= len(line) <= TITLE), "")
    spoken = next(iter(telling(told, 1, TITLE - 20)), "")
    found = named or best or spoken.rstrip(" .!") or " ".join(tags[:3]) or raw
    return (found[:1].upper() + found[1:])[:TITLE]


def _description(told: list[str], shown: list[str], named: str) -> str:
    best = telling(told, 3)
    if best:
        return " ".join(best)
    return ". ".join(dict.fromkeys([*shown[:3], named])).strip(". ")


def _tags(material: list[str], told: list[str]) -> list[str]:
    people = names(told, 4)
    known = {fold(name) for name in people}
    return [*people, *(word for word in keywords(material, TAGS + 6) if word not in known)]


def _category(material: list[str]) -> str:
    found = fold(" ".join(material)).split()
    stems = [word.rstrip("s") for word in found]
    scores = {
        category: sum(stems.count(word.rstrip("s")) for word in clue)
        for category, clue in _CATEGORIES.items()
    }
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] > 0 else CATEGORIES[-1]
