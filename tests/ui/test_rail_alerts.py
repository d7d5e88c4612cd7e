"""The figure beside System in the rail, and what the palette offers of the page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from tests.fakes.services import FakeLibrary, running_bridge
from tests.fakes.system import FakeAlerts, alert
from tests.ui.frame import spin, theme, until
from ui.window import MainWindow


async def _none() -> tuple[object, ...]:
    return ()


def test_alerts_are_counted_though_nobody_visited_the_page() -> None:
    alerts = FakeAlerts([alert(1)])
    services = SimpleNamespace(
        library=FakeLibrary([]), downloads=SimpleNamespace(rows=_none), alerts=alerts
    )
    with running_bridge() as (bridge, bus):
        alerts.bus = bus
        window = MainWindow(theme())
        window.stack.set_context = lambda context: None  # type: ignore[method-assign]  # no pages
        window.attach(window.context(bridge, cast("Any", services)))

        def count() -> int:
            button = window.rail.button("system")
            assert button is not None
            return button.count

        until(lambda: count() == 1)
        alerts.begin(alert(2))
        until(lambda: count() == 2)
        alerts.all.clear()
        alerts.begin(alert(1, ended=1.0))
        until(lambda: count() == 0)
        window.leave()
        window.deleteLater()
        spin()


def test_the_palette_opens_the_views_and_every_page_has_its_shortcut() -> None:
    window = MainWindow(theme())
    opened: list[tuple[str, dict[str, object]]] = []
    window.stack.open = lambda page, args: opened.append(  # type: ignore[method-assign]  # noted
        (page, args)
    )
    commands = {command.id: command for command in window.equipment.commands.all()}
    assert commands["page.system"].shortcut == "Alt+9"
    assert commands["page.settings"].shortcut == "Alt+0"
    for known in ("log", "alerts", "storage", "nights"):
        assert window.equipment.commands.run(f"system.{known}")
    assert opened == [("system", {"view": name}) for name in ("log", "alerts", "storage", "nights")]
    window.deleteLater()
    spin()
