"""What a check found, in words: both languages must have them for all of it."""

from __future__ import annotations

from app.domain.health import Health, HealthState
from app.services.monitoring.health_words import mend_of, name_of, told_of
from app.services.phrases import Phrases


def words(check: Health) -> str:
    """What is told, in English."""
    for phrases in (Phrases(lambda: "fr"), Phrases(lambda: "en")):
        for said in (name_of(check, phrases), told_of(check, phrases), mend_of(check, phrases)):
            assert "health." not in said
            assert "{" not in said
    assert bool(check.mend) or check.state in (HealthState.GOOD, HealthState.OFF)
    return told_of(check, Phrases(lambda: "en"))
