"""What a check found, in words: for the window, the commands, a phone."""

from __future__ import annotations

from app.domain.health import Health
from app.services.phrases import Phrases


def name_of(check: Health, phrases: Phrases) -> str:
    """What the part is called: by its own name, or by that of its kind."""
    return check.name or phrases.say(f"health.part.{check.part.partition(':')[0]}")


def told_of(check: Health, phrases: Phrases) -> str:
    """How it is: "0.4 ms · 84 MB"."""
    return phrases.say(check.told, check.args)


def mend_of(check: Health, phrases: Phrases) -> str:
    """What to do about it; "" when there is nothing to do."""
    return phrases.say(check.mend, check.args) if check.mend else ""
