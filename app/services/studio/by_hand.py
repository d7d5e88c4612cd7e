"""Services no program may ask, or can: their files are imported by hand, and why."""

from __future__ import annotations

from typing import Final

from app.domain.project import Step
from app.domain.studio import ByHand

SERVICES: Final = (
    ByHand("Suno", Step.MUSIC, "studio.hand_partners"),
    ByHand("Udio", Step.MUSIC, "studio.hand_no_api"),
    ByHand("Haiper", Step.CLIPS, "studio.hand_closed"),
    ByHand("SadTalker", Step.AVATAR, "studio.hand_graphics"),
)
"""Imported in a scene's editor, or as the music of a project."""
