"""The figure beside Publishing in the rail, and what the palette offers of it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from app.domain.events import PostChanged, PublishingChanged
from app.domain.post import PostState
from tests.fakes.publishing import FakePublishing, post
from tests.fakes.services import FakeLibrary, running_bridge
from tests.ui.frame import spin, theme, until
from ui.window import MainWindow


async def _none() -> tuple[object, ...]:
    return ()


def test_posts_that_need_the_owner_are_counted_though_nobody_visited_the_page() -> None:
    asking = post(1, state=PostState.ASKING)
    publishing = FakePublishing([asking, post(2), post(3, state=PostState.HELD)])
    services = SimpleNamespace(
        library=FakeLibrary([]), downloads=SimpleNamespace(rows=_none), publishing=publishing
    )
    with running_bridge() as (bridge, bus):
        window = MainWindow(theme())
        window.stack.set_context = lambda context: None  # type: ignore[method-assign]  # no pages
        window.attach(window.context(bridge, cast("Any", services)))

        def count() -> int:
            button = window.rail.button("publishing")
            assert button is not None
            return button.count

        until(lambda: count() == 2)
        bus.publish(PostChanged(replace(asking, state=PostState.PLANNED)))
        until(lambda: count() == 1)
        bus.publish(PostChanged(post(2, state=PostState.UNCONFIRMED)))
        until(lambda: count() == 2)
        publishing.all.clear()
        bus.publish(PublishingChanged())
        until(lambda: count() == 0)
        window.leave()
        window.deleteLater()
        spin()


def test_the_palette_begins_a_post_and_opens_the_views() -> None:
    window = MainWindow(theme())
    opened: list[tuple[str, dict[str, object]]] = []
    window.stack.open = lambda page, args: opened.append(  # type: ignore[method-assign]  # noted
        (page, args)
    )
    commands = {command.id: command for command in window.equipment.commands.all()}
    assert commands["page.publishing"].shortcut == "Alt+7"
    for known in ("publishing.new", "publishing.link", "publishing.queue"):
        assert window.equipment.commands.run(known)
    assert opened == [
        ("publishing", {"new": True}),
        ("publishing", {"view": "links", "new": True}),
        ("publishing", {"view": "queue"}),
    ]
    window.leave()
    window.deleteLater()
    spin()
