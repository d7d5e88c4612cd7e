"""Services whose files are imported by hand are told with a reason in words."""

from __future__ import annotations

from pathlib import Path

from app.domain.project import SIDE_BY_SIDE
from app.services.studio.by_hand import SERVICES
from ui import messages

ROOT = Path(__file__).resolve().parents[4]


def test_each_has_its_reason_and_no_plugin() -> None:
    assert {one.name for one in SERVICES} == {"Suno", "Udio", "Haiper", "SadTalker"}
    for one in SERVICES:
        assert one.step in SIDE_BY_SIDE
        assert messages.known(one.reason)
        assert "import" in messages.told(one.reason)
        assert not (ROOT / "plugins" / one.name.lower()).exists()
