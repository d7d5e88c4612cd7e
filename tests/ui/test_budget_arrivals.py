"""What the budget says reaches the owner: alerts once each, prices asked; and the export."""

from __future__ import annotations

import csv
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from app.domain.budget import MICROS, Limit, Limits, PaidCall, PaidKind, Scope, Span, Unknown
from app.domain.errors import Refused
from app.infra.database import driver
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.budget.service import BudgetService
from tests.fakes.pages import Recorder
from tests.fakes.services import running_bridge
from tests.ui.cast_world import cast_world
from tests.ui.frame import focused, spin, theme, until
from ui.bridge import Bridge
from ui.notices import Notices
from ui.pages.budget.page import BudgetPage
from ui.widgets.folder_picker import FolderPicker

CENT = MICROS // 100
NAMES = {"shop": "Shop & Sons"}
LIMITS = Limits(
    (Limit(Span.MONTH, 10 * CENT), Limit(Span.MONTH, 20 * CENT, Scope.SERVICE, "shop")),
    unknown=Unknown.ASK, unknown_most=CENT,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> None:
    """Money is written as in America; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_US"))
    driver.install()


def run(bridge: Bridge, work: Coroutine[Any, Any, object]) -> None:
    """Run something on the service loop, to its end."""
    ended: list[object] = []
    bridge.call(work, ended.append, ended.append)
    until(lambda: bool(ended))
    assert not isinstance(ended[0], BaseException), ended[0]


def call(estimate: int | None, what: str = "it") -> PaidCall:
    return PaidCall(PaidKind.TEXT, "shop", "write", estimate, what)


async def spend(budget: BudgetService, *cents: int) -> None:
    for price in cents:
        async with budget.paying(call(price * CENT)):
            pass


def test_each_alert_and_each_question_is_told_once(tmp_path: Path) -> None:
    seen, desktop = Recorder(), list[str]()
    database = Database(tmp_path / "station.db")
    theme()

    async def live(bus: EventBus) -> None:
        await database.open()
        budget = BudgetService(database, bus, lambda: LIMITS, called=lambda one: NAMES[one])
        await spend(budget, 4, 1, 1, 2, 2)
        for _ in range(2):
            with pytest.raises(Refused):
                await budget.reserve(call(None))
        with pytest.raises(Refused):
            await budget.reserve(call(1 * CENT))
        await database.close()

    with running_bridge() as (bridge, bus):
        keeper = Notices(bridge, seen, seen, desktop.append)
        run(bridge, live(bus))
        until(lambda: len(seen.told) >= 5)
        spin(0.1)
        month = "The budget of this month is spent to"
        assert seen.told == [
            f"{month} 50 %: 0.05 USD of 0.10 USD.",
            f"{month} 80 %: 0.08 USD of 0.10 USD.",
            f"{month} 100 %: 0.10 USD of 0.10 USD.",
            "The budget of Shop & Sons for this month is spent to 50 %: 0.10 USD of 0.20 USD.",
            "Nobody knows what a call of Shop & Sons costs. Allow it, or not, on the Budget page.",
        ]
        assert desktop == seen.told
        decide = seen.actions[-1]
        assert decide is not None
        decide()
        assert seen.opened == [("budget", {})]
        keeper.deleteLater()
        spin()


def test_a_month_is_exported_by_the_arrows_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "papers").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    database = Database(tmp_path / "station.db")
    with cast_world() as world:
        bridge = world.context.bridge
        budget = BudgetService(database, world.bus, lambda: LIMITS, called=lambda one: NAMES[one])
        run(bridge, database.open())
        run(bridge, spend(budget, 1, 2))
        world.services.budget = budget
        world.window.rail.button("budget").setFocus()  # type: ignore[union-attr]  # it is there
        world.key(Qt.Key.Key_Return)
        page = world.window.page()
        assert isinstance(page, BudgetPage)
        until(lambda: page.stack.currentWidget() is page.area)
        walk_to(page.export, lambda key: world.key(key))
        world.key(Qt.Key.Key_Return)
        until(lambda: bool(world.window.findChildren(FolderPicker)))
        (picker,) = world.window.findChildren(FolderPicker)
        until(lambda: picker.folders.hasFocus() and picker.choose.isEnabled())
        world.key(Qt.Key.Key_Return)  # into the only folder, which has none inside
        until(lambda: picker.path.endswith(b"papers") and picker.choose.hasFocus())
        world.key(Qt.Key.Key_Return)
        until(lambda: "Written to" in world.toasts())
        (written,) = (home / "papers").iterdir()
        rows = list(csv.reader(written.read_text("utf-8-sig").splitlines()))
        assert [row[7] for row in rows[1:]] == ["0.01", "0.02"]
        assert page.isAncestorOf(focused())  # the focus came back
        texts = [one.property("text") for one in page.shares.findChildren(QWidget)]
        assert "Shop & Sons" in texts
        page.left()
        run(bridge, database.close())


def walk_to(wanted: QWidget, key: Any) -> None:
    """Go on with the arrows until it has the focus: to the right, then up, then on."""
    for way in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right) * 3:
        if wanted.hasFocus():
            return
        key(way)
        spin(0.01)
    assert wanted.hasFocus()
