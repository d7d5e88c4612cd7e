"""The owner's settings, and what he typed beside a title, as rules for the score."""

from __future__ import annotations

from app.domain.score import HEIGHTS, Rules
from app.domain.search import Wanted
from app.domain.settings_sections import Search

GIGABYTE = 1_000_000_000


def rules_of(chosen: Search, wanted: Wanted) -> Rules:
    """Return the rules; what was typed (`1080p`, `french`) goes before the settings."""
    settled = [code for code in (chosen.first_language, chosen.second_language) if code]
    languages = tuple(dict.fromkeys((*wanted.languages, *settled)))
    most = HEIGHTS[chosen.most_resolution]
    if wanted.resolution in HEIGHTS:
        most = HEIGHTS[wanted.resolution]
    return Rules(
        least_height=HEIGHTS.get(chosen.least_resolution, 0),
        most_height=most,
        codec="" if chosen.codec == "any" else chosen.codec,
        languages=languages,
        only_languages=chosen.only_languages,
        hide_camera=chosen.hide_camera,
        largest=chosen.largest_film * GIGABYTE,
    )
