"""Settings, Sources: what is searched, adding one more, and removing it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import AuthRequired, Unavailable
from app.services.station import Services
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from tests.fakes.settings import PLUGINS, SEARCH_PLUGINS, FakeFolders, FakePlugins, FakeSettings
from ui.pages.settings.add_source import AddSource
from ui.pages.settings.page import SettingsPage, create


class Scene:
    """The page at its Sources."""

    def __init__(self, stage: Stage, qtbot: QtBot) -> None:
        self.stage, self.qtbot = stage, qtbot
        self.plugins = FakePlugins(stage.bus, PLUGINS + SEARCH_PLUGINS)
        services = SimpleNamespace(
            settings=FakeSettings(stage.bus),
            library=FakeFolders(stage.bus),
            plugins=self.plugins,
        )
        context = replace(stage.context, services=cast("Services", services))
        page = create(context)
        assert isinstance(page, SettingsPage)
        self.page = page
        qtbot.addWidget(page)
        page.resize(1400, 900)
        page.show()
        page.opened(section="search")
        qtbot.waitUntil(lambda: len(page.sources.plugin_rows()) == 1)

    def form(self) -> AddSource:
        """The form of a new indexer."""
        self.page.add_source(self.plugins.all["indexers"])
        form = self.page._adding
        assert form is not None
        return form

    def type_into(self, form: AddSource, option: str, text: str) -> None:
        """Type into the line of an option and leave it."""
        (line,) = form.rows[option].control.findChildren(QLineEdit)
        line.setFocus()
        line.setText(text)
        line.editingFinished.emit()


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    with open_stage(FakeLibrary()) as stage:
        yield Scene(stage, qtbot)


def test_what_searches_stands_here_and_the_rest_among_the_plugins(scene: Scene) -> None:
    page = scene.page
    assert [row.plugin.id for row in page.sources.plugin_rows()] == ["archive"]
    assert [row.plugin.id for row in page.plugins.plugin_rows()] == [
        "nfo", "web", "radio", "broken",
    ]  # fmt: skip
    kinds = [row.title.text() for row in page.more_sources.rows()]
    assert kinds == ["Indexers"]
    assert "largest_film" in page.panels["search"].option_rows


def test_the_rules_are_settings(scene: Scene) -> None:
    model = scene.page._model
    model.set_value("search", "least_resolution", "1080p")
    scene.qtbot.waitUntil(lambda: model.value("search", "least_resolution") == "1080p")


def test_a_source_is_tried_and_kept(scene: Scene) -> None:
    form = scene.form()
    assert form.isVisible()
    scene.type_into(form, "address", "http://nas:9696")
    scene.type_into(form, "token", "secret")
    form.name.setText("My indexers")
    QTest.keyClick(form.submit, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: form.submit.busy)
    scene.qtbot.waitUntil(lambda: len(scene.page.sources.plugin_rows()) == 2)
    assert scene.plugins.added == [
        ("indexers", "My indexers", {"address": "http://nas:9696", "token": "secret"})
    ]
    scene.qtbot.waitUntil(lambda: scene.page._adding is None)
    assert "It works" in scene.stage.seen.told[-1]


def test_one_that_does_not_work_says_why_and_keeps_what_was_typed(scene: Scene) -> None:
    scene.plugins.refusal = AuthRequired("errors.indexer_key_refused", name="nas")
    form = scene.form()
    scene.type_into(form, "address", "http://nas:9696")
    form.submit.click()
    scene.qtbot.waitUntil(lambda: "does not accept the API key" in form._told.text())
    assert form.isVisible()
    assert not form.submit.busy
    scene.plugins.refusal = None
    form.submit.click()
    scene.qtbot.waitUntil(lambda: len(scene.plugins.added) == 1)
    assert scene.plugins.added[0][2]["address"] == "http://nas:9696"


def test_trying_can_be_given_up(scene: Scene) -> None:
    scene.plugins.refusal = Unavailable("errors.server_offline", host="nas")
    form = scene.form()
    form.submit.click()
    scene.qtbot.waitUntil(lambda: form.submit.busy)
    form.cancel.click()
    assert scene.page._adding is None
    scene.qtbot.wait(60)
    assert scene.stage.seen.told == []  # nobody waits for the answer any more


def test_a_removed_one_can_be_taken_back(scene: Scene) -> None:
    form = scene.form()
    form.submit.click()
    scene.qtbot.waitUntil(lambda: len(scene.page.sources.plugin_rows()) == 2)
    mine = next(row for row in scene.page.sources.plugin_rows() if row.plugin.of)
    mine.removed.emit()
    scene.qtbot.waitUntil(lambda: len(scene.page.sources.plugin_rows()) == 1)
    scene.qtbot.waitUntil(lambda: scene.stage.seen.actions[-1] is not None)
    undo = scene.stage.seen.actions[-1]
    assert undo is not None
    undo()
    scene.qtbot.waitUntil(lambda: len(scene.page.sources.plugin_rows()) == 2)


def test_only_what_the_owner_added_can_be_removed(scene: Scene) -> None:
    (row,) = scene.page.sources.plugin_rows()
    names = [child.accessibleName() for child in row.findChildren(QWidget)]
    assert not any("Remove" in name for name in names)
