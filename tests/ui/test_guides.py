"""How one comes by an app of one's own: a guide for each platform, with the addresses it has."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.api.capabilities import Capability
from app.services.publishing.guides import GUIDES, steps_of
from tests.fakes.plugins import ROOT, manifest_of
from ui import messages

PLACES = sorted(path.parent.name for path in ROOT.glob("plugins/*/places.json"))
SIGN_IN = [one for one in PLACES if Capability.SIGNS_IN in manifest_of(one).capabilities]


def doorway(kind: str) -> dict[str, Any] | None:
    told: dict[str, Any] | None = json.loads(
        (ROOT / "plugins" / kind / "places.json").read_text()
    ).get("doorway")
    return told


@pytest.mark.parametrize("kind", SIGN_IN)
def test_who_signs_in_has_a_guide(kind: str) -> None:
    told = [messages.told(key) for key in steps_of(kind)]
    assert len(told) >= 2
    if (door := doorway(kind)) is not None:
        address = f"http://{door['host']}:{door['port']}{door['path']}"
        assert any(address in one for one in told), address


def test_every_step_has_words() -> None:
    for steps in GUIDES.values():
        assert all(messages.known(step) for step in steps)
    assert steps_of("no such platform") == ()
