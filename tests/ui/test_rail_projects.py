"""The figure beside Studio in the rail, and what the palette offers of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from app.domain.events import StudioChanged
from app.domain.project import ProjectState
from tests.fakes.services import FakeLibrary, running_bridge
from tests.fakes.studio import FakeStudio, card
from tests.ui.frame import spin, theme, until
from ui.window import MainWindow


async def _none() -> tuple[object, ...]:
    return ()


def test_running_projects_are_counted_though_nobody_visited_the_page() -> None:
    running = card(1, state=ProjectState.RUNNING)
    studio = FakeStudio([running, card(2)])
    services = SimpleNamespace(
        library=FakeLibrary([]), downloads=SimpleNamespace(rows=_none), studio=studio
    )
    with running_bridge() as (bridge, bus):
        window = MainWindow(theme())
        window.stack.set_context = lambda context: None  # type: ignore[method-assign]  # no pages
        window.attach(window.context(bridge, cast("Any", services)))

        def count() -> int:
            button = window.rail.button("studio")
            assert button is not None
            return button.count

        until(lambda: count() == 1)
        bus.publish(StudioChanged(card(2).id, card(2, state=ProjectState.RUNNING)))
        until(lambda: count() == 2)
        bus.publish(StudioChanged(running.id, card(1, state=ProjectState.FAILED)))
        until(lambda: count() == 1)
        bus.publish(StudioChanged(card(2).id, None))
        until(lambda: count() == 0)
        window.leave()
        window.deleteLater()
        spin()


def test_the_palette_begins_a_video_and_opens_the_assets() -> None:
    window = MainWindow(theme())
    opened: list[tuple[str, dict[str, object]]] = []
    window.stack.open = lambda page, args: opened.append(  # type: ignore[method-assign]  # noted
        (page, args)
    )
    ids = [command.id for command in window.equipment.commands.all()]
    assert "page.studio" in ids
    for known in ("studio.new", "studio.assets"):
        assert window.equipment.commands.run(known)
    assert opened == [("studio", {"new": True}), ("studio", {"assets": True})]
    window.leave()
    window.deleteLater()
    spin()
