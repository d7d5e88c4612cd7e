"""How the owner comes by a developer app of his own at each platform, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GUIDES: Final[Mapping[str, tuple[str, ...]]] = {
    "youtube": (
        "notes.guide_youtube_project",
        "notes.guide_youtube_consent",
        "notes.guide_youtube_client",
        "notes.guide_youtube_test",
    ),
    "tiktok": (
        "notes.guide_tiktok_app",
        "notes.guide_tiktok_products",
        "notes.guide_tiktok_return",
        "notes.guide_tiktok_audit",
    ),
    "instagram": (
        "notes.guide_instagram_account",
        "notes.guide_instagram_app",
        "notes.guide_instagram_return",
        "notes.guide_instagram_role",
    ),
    "linkedin": (
        "notes.guide_linkedin_app",
        "notes.guide_linkedin_products",
        "notes.guide_linkedin_return",
    ),
    "x_com": (
        "notes.guide_x_app",
        "notes.guide_x_return",
        "notes.guide_x_money",
    ),
    "reddit": (
        "notes.guide_reddit_app",
        "notes.guide_reddit_return",
    ),
    "telegram": (
        "notes.guide_telegram_bot",
        "notes.guide_telegram_chat",
    ),
}
"""Message keys, in order; a platform that is not here needs nothing of the kind."""


def steps_of(platform: str) -> tuple[str, ...]:
    """Return the steps for a platform, as message keys."""
    return GUIDES.get(platform, ())
