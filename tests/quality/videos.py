"""Videos of people, and the words a person would want on them."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.text import fold
from app.services.intelligence.tasks.describing import VideoFacts, VideoWords, by_rules


@dataclass(frozen=True, slots=True)
class Case:
    """A video; words its title must have one of, tags it should have, its category."""

    facts: VideoFacts
    title: tuple[str, ...]
    tags: tuple[str, ...]
    category: str


CASES = (
    Case(
        VideoFacts("IMG_2041", 95, 1080, 1920, (
            "Hi, today I show you how to bake a sourdough bread at home.",
            "You need flour, water and salt, and a sourdough starter.",
            "Fold the dough four times, then let the dough rest over night.",
            "Bake the bread in a hot oven for forty minutes.",
        ), ("Sourdough bread in 5 steps",)),
        ("sourdough", "bread"), ("sourdough", "bread", "dough"), "How-to & style",
    ),
    Case(
        VideoFacts("why_time_runs_slower_in_your_kitchen", 45, 1080, 1920, (
            "Time runs slower near the floor than at the ceiling.",
            "Einstein said that gravity slows time down.",
            "With two good clocks physics can measure it in your kitchen.",
        ), ()),
        ("time",), ("time", "clocks", "gravity"), "Education",
    ),
    Case(
        VideoFacts("MVI_0007", 310, 1920, 1080, (
            "This is our dog Biscuit and he loves the beach.",
            "Look at the dog run after the ball.",
            "The dog is tired now. Good dog, Biscuit.",
        ), ()),
        ("dog", "biscuit"), ("dog", "biscuit"), "Pets & animals",
    ),
    Case(
        VideoFacts("Lisbon tram 28", 600, 1920, 1080, (), ("Lisbon by tram", "Alfama")),
        ("lisbon",), ("lisbon", "tram"), "Travel & events",
    ),
    Case(
        VideoFacts("final_v2", 210, 1920, 1080, (
            "Our band plays a new song tonight.",
            "The guitar comes first, then the piano.",
            "This song is for my sister.",
        ), ("Live at the Blue Room",)),
        ("live", "song", "band"), ("song", "guitar", "piano"), "Music",
    ),
    Case(
        VideoFacts("Réparer un vélo crevé", 240, 1920, 1080, (
            "Bonjour, aujourd'hui on répare une roue de vélo.",
            "Il faut une rustine, de la colle et de la patience.",
            "On trouve le trou dans la chambre à air, puis on colle la rustine.",
        ), (), "fr"),
        ("velo", "vélo"), ("rustine", "velo"), "How-to & style",
    ),
    Case(
        VideoFacts("GX010032", 130, 1920, 1080, (
            "Third goal of the match, what a team.",
            "The goal came after a great pass by Nadia.",
            "Great match, Nadia is the player of the day.",
        ), ()),
        ("goal", "match", "team"), ("goal", "match", "nadia"), "Sports",
    ),
    Case(
        VideoFacts("PXL_20260101_120000000", 60, 1080, 1920, (), ()),
        ("",), (), "People & blogs",
    ),
)  # fmt: skip


def ruled() -> list[VideoWords]:
    """What the rules say of each."""
    return [by_rules(case.facts) for case in CASES]


def score(said: list[VideoWords]) -> float:
    """A quarter each for title, description from the material, tags and category."""
    points = 0.0
    for told, case in zip(said, CASES, strict=True):
        title = fold(told.title)
        points += 0.25 * any(fold(word) in title for word in case.title)
        points += 0.25 * (bool(told.description) or not (case.facts.spoken or case.facts.texts))
        tags = {fold(tag) for tag in told.tags}
        points += 0.25 * sum(fold(tag) in tags for tag in case.tags) / max(len(case.tags), 1)
        points += 0.25 * (told.category == case.category) + (0.25 if not case.tags else 0.0)
    return points / len(CASES)
