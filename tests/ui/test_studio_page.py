"""The Studio page offscreen: list, project, form, a scene, assets; its states and its arrows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import StudioChanged, StudioMoved
from app.domain.post import AccountId, AccountView
from app.domain.project import (
    Asset,
    AssetKind,
    Brief,
    Credit,
    Look,
    Maker,
    PictureSource,
    ProjectState,
    Shape,
    Step,
    StepState,
    Tone,
)
from app.domain.studio import LogLine, StepView
from tests.fakes.budget import FakeBudget, month
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from tests.fakes.studio import (
    CHOICES,
    TOPIC,
    FakeScreen,
    FakeStudio,
    asset,
    card,
    finished,
    steps,
    view,
)
from ui.focus import FocusNavigator
from ui.pages.studio.log_panel import LogPanel
from ui.pages.studio.page import StudioPage, create
from ui.pages.studio.picture_panel import PicturePanel
from ui.pages.studio.scene_editor import SceneEditor
from ui.widgets.folder_picker import FolderPicker

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture(autouse=True)
def english() -> None:
    """Money is written as in America; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_US"))


class Desk:
    """The accounts of the owner: those a test gives to the Studio."""

    def __init__(self, studio: FakeStudio) -> None:
        self._studio = studio

    async def accounts(self) -> Sequence[AccountView]:
        return self._studio.outlets


@contextlib.contextmanager
def _stage(studio: FakeStudio, screen: FakeScreen | None = None) -> Iterator[Stage]:
    given = {"studio": studio, "budget": FakeBudget(month(), 3), "accounts": Desk(studio)}
    player = screen or FakeScreen()
    with open_stage(FakeLibrary(), player, **given) as stage:  # type: ignore[arg-type]  # plays
        studio.bus = stage.bus
        yield stage


def _page(qtbot: QtBot, stage: Stage, wide: int = 1600, **args: object) -> StudioPage:
    page = create(stage.context)
    assert isinstance(page, StudioPage)
    qtbot.addWidget(page)
    page.resize(wide, 1000)
    page.show()
    page.opened(**args)
    page.focus_first()
    return page


def _list(qtbot: QtBot, stage: Stage) -> StudioPage:
    page = _page(qtbot, stage)
    view_ = page.projects
    qtbot.waitUntil(lambda: view_.stack.currentWidget() is not view_.busy)
    return page


def _project(qtbot: QtBot, stage: Stage, wide: int = 1600) -> StudioPage:
    page = _page(qtbot, stage, wide, project="p1")
    qtbot.waitUntil(lambda: page.project.stack.currentWidget() is page.project.area)
    return page


def _entry(menu: QMenu, text: str) -> None:
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()


def _walk(
    qtbot: QtBot, window: QWidget, home: QWidget, start: QWidget
) -> tuple[set[QWidget], set[QWidget]]:
    """What the arrows must reach, and what they reach."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    arrows = FocusNavigator(window, lambda: [home], lambda _key: False, window)
    wanted = set(arrows.candidates())
    reached, todo = set[QWidget](), [start]
    while todo:
        widget = todo.pop()
        if widget in reached:
            continue
        reached.add(widget)
        for key in ARROWS:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            arrows.move(key)
            found = QApplication.focusWidget()
            if found is not None and found not in reached:
                todo.append(found)
    return wanted, reached


# The list.


def test_nothing_yet_invites_and_one_press_makes_a_video(qtbot: QtBot) -> None:
    studio = FakeStudio()
    with _stage(studio) as stage:
        page = _page(qtbot, stage)
        assert page.projects.stack.currentWidget() is page.projects.busy
        invitation = page.projects.invitation
        qtbot.waitUntil(lambda: page.projects.stack.currentWidget() is invitation)
        assert page.focusWidget() is invitation.field
        QTest.keyClick(invitation.field, Qt.Key.Key_Return)  # nothing was written
        assert studio.wishes("create") == []
        QTest.keyClicks(invitation.field, TOPIC)
        QTest.keyClick(invitation.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("studio", {"project": "new"})])
        assert studio.wishes("create") == [(Brief(TOPIC), True)]


def test_projects_are_tiles_with_how_they_stand(qtbot: QtBot) -> None:
    studio = FakeStudio(
        [card(1, state=ProjectState.RUNNING, step=Step.PICTURES, progress=0.42), card(2)]
    )
    with _stage(studio) as stage:
        page = _list(qtbot, stage)
        first, second = (page.projects.tile(card(n).id) for n in (1, 2))
        assert (first.state.text(), first.bar.value) == ("Pictures · 42 %", 0.42)
        assert (second.state.text(), second.bar.isVisible()) == ("Ready", False)
        assert page.projects.grid.tiles == (page.projects.new, first, second)
        assert page.focusWidget() is first.picture
        QTest.keyClick(first.picture, Qt.Key.Key_Return)
        page.projects.new.click()
        assert stage.seen.opened == [
            ("studio", {"project": "p1"}), ("studio", {"new": True, "topic": ""}),
        ]  # fmt: skip


def test_a_project_that_moves_is_mended_in_place_and_the_focus_stays(qtbot: QtBot) -> None:
    studio = FakeStudio([card(1), card(2)])
    with _stage(studio) as stage:
        page = _list(qtbot, stage)
        tile = page.projects.tile(card(2).id)
        tile.picture.setFocus()
        places = [one.geometry() for one in page.projects.grid.tiles]
        moved = card(2, state=ProjectState.RUNNING, step=Step.MONTAGE, progress=0.8)
        stage.bus.publish(StudioMoved(moved, StepView(Step.MONTAGE, StepState.RUNNING, 80, 100)))
        qtbot.waitUntil(lambda: tile.state.text() == "Montage · 80 %")
        assert page.focusWidget() is tile.picture
        assert [one.geometry() for one in page.projects.grid.tiles] == places


def test_a_list_that_fails_says_so_and_is_asked_again(qtbot: QtBot) -> None:
    studio = FakeStudio([card(1)])
    studio.error = Unavailable("errors.studio_disk", reason="full")
    with _stage(studio) as stage:
        page = _list(qtbot, stage)
        view_ = page.projects
        assert view_.stack.currentWidget() is view_.broken
        assert stage.seen.told == []
        studio.error = None
        button = page.focusWidget()
        assert button is not None
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: view_.stack.currentWidget() is view_.area)


def test_remove_put_away_and_duplicate_are_in_the_menu_and_undone(qtbot: QtBot) -> None:
    studio = FakeStudio([card(1), card(2)])
    with _stage(studio) as stage:
        page = _list(qtbot, stage)
        tile = page.projects.tile(card(1).id)
        _entry(tile.open_menu(), "Remove")
        assert stage.seen.told == ["“Video 1” was removed."]
        counts = [len(page.projects.grid.tiles)]
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        counts.append(len(page.projects.grid.tiles))
        assert counts == [2, 3]
        _entry(page.projects.tile(card(1).id).open_menu(), "Put away")
        qtbot.waitUntil(lambda: stage.seen.told[-1] == "“Video 1” was put away.")
        page.projects.away.click()
        qtbot.waitUntil(lambda: len(page.projects.grid.tiles) == 1)
        _entry(page.projects.tile(card(1).id).open_menu(), "Take out again")
        nothing = page.projects.nothing_away
        qtbot.waitUntil(lambda: page.projects.stack.currentWidget() is nothing)
        page.projects.away.click()
        qtbot.waitUntil(lambda: len(page.projects.grid.tiles) == 3)
        _entry(page.projects.tile(card(2).id).open_menu(), "Duplicate")
        qtbot.waitUntil(lambda: studio.wishes("duplicate") == [("p2",)])


def test_every_control_of_the_list_is_reached_by_the_arrows(qtbot: QtBot) -> None:
    with _stage(FakeStudio([card(n) for n in range(9)])) as stage:
        page = _list(qtbot, stage)
        wanted, reached = _walk(qtbot, page, page.projects, page.projects.assets)
        assert len(wanted) == 2 + 1 + 18
        assert wanted <= reached


# A project.


def test_a_project_under_way(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _page(qtbot, stage, project="p1")
        shown = page.project
        assert shown.stack.currentWidget() is shown.busy
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.area)
        marks = shown.strip.marks
        assert list(marks) == [
            "keywords", "script", "voice", "pictures", "music", "montage", "thumbnail", "details",
            "upload", "ab_test",
        ]  # fmt: skip
        assert marks["pictures"].shown.caption == "5 of 8"
        assert marks["pictures"].accessibleDescription() == "under way, 5 of 8"
        assert [row.heading for row in shown.scenes.rows][1] == "2. Why time bends"
        assert shown.scenes.rows[3].picture.waiting
        assert "32 s" in shown.scenes_note.text()
        assert shown.made_with.lines["script"][1].text() == "Qwen2.5 3B · this device"
        assert shown.money.figure.text() == "$0.42"
        qtbot.waitUntil(lambda: "10.00 this month" in shown.money.month.text())
        assert not shown.finished.isVisible()
        assert not shown.head.go.isVisible()
        shown.head.pause.click()
        qtbot.waitUntil(lambda: studio.wishes("pause") == [("p1",)])


def test_a_step_that_moves_keeps_the_focus_and_the_places(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        shown = page.project
        row = shown.scenes.rows[2]
        row.setFocus()
        places = [one.geometry() for one in shown.scenes.rows]
        whole = view(1)
        done = StepView(Step.PICTURES, StepState.DONE, 8, 8, 31.0)
        studio.whole = replace(whole, steps=tuple(
            done if one.step is Step.PICTURES else one for one in whole.steps
        ))  # fmt: skip
        mark = shown.strip.marks["pictures"]
        stage.bus.publish(StudioMoved(whole.card, done))
        qtbot.waitUntil(lambda: mark.shown.state == "done")
        assert mark.shown.caption == "31 s"
        qtbot.waitUntil(lambda: not page._models.project._settle.isActive())
        assert page.focusWidget() is row
        assert [one.geometry() for one in shown.scenes.rows] == places


def test_a_failed_step_says_why_and_is_tried_again(qtbot: QtBot) -> None:
    whole = view(1, steps=steps(failed=Step.PICTURES))
    whole = replace(whole, card=replace(whole.card, state=ProjectState.FAILED))
    studio = FakeStudio(whole=whole)
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        problem = page.project.problem
        assert problem.title.text() == "Pictures failed"
        assert "No space left on device" in problem.words.text()
        qtbot.waitUntil(problem.again.hasFocus)
        QTest.keyClick(problem.again, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: studio.wishes("start") == [("p1",)])


def test_a_step_is_made_anew_from_its_menu(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        menu = page.project.open_step("voice")
        assert menu.actions()[0].text() == "Voice · done"
        _entry(menu, "Make this and what follows anew")
        qtbot.waitUntil(lambda: studio.wishes("rerun") == [("p1", Step.VOICE, "")])
        music = page.project.open_step("music")
        assert [one.text() for one in music.actions()] == [
            "Music · waiting",
            "Use a file of my own",
        ]
        music.close()


def test_a_finished_video_is_played_told_and_exported(qtbot: QtBot) -> None:
    studio, screen = FakeStudio(whole=finished(1)), FakeScreen()
    with _stage(studio, screen) as stage:
        page = _project(qtbot, stage)
        shown = page.project
        qtbot.waitUntil(shown.preview.poster.hasFocus)
        QTest.keyClick(shown.preview.poster, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("player", {"ticket": 1})])
        assert str(screen.files[0][0]) == "/v.mp4"
        assert shown.finished.title.words.text() == TOPIC
        shown.finished.tags.copy.click()
        assert QGuiApplication.clipboard().text() == "time, clocks"
        assert shown.finished.picture(asset(900)).chosen
        shown.finished.picture(asset(902)).click()
        qtbot.waitUntil(lambda: studio.wishes("choose") == [("p1", "", asset(902))])
        shown.head.export.click()
        picker = page.findChild(FolderPicker)
        assert picker is not None
        picker.dismiss()
        picker.chosen.emit(b"/home")
        qtbot.waitUntil(lambda: any("/home/video.mp4" in text for text in stage.seen.told))


def test_an_unfinished_one_is_previewed_and_says_so(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1, ["/tmp/none.jpg"]))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        preview = page.project.preview
        assert preview.poster.accessibleName() == "Play a preview"
        preview.poster.click()
        assert preview.poster.waiting
        qtbot.waitUntil(lambda: stage.seen.opened == [("player", {"ticket": 1})])
        assert not preview.poster.waiting


def test_a_project_that_is_gone_leads_back(qtbot: QtBot) -> None:
    with _stage(FakeStudio()) as stage:
        page = _page(qtbot, stage, project="p1")
        shown = page.project
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.broken)
        button = page.focusWidget()
        assert button is not None
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("studio", {})])


def test_one_that_goes_while_it_is_open_leads_back(qtbot: QtBot) -> None:
    with _stage(FakeStudio(whole=view(1))) as stage:
        page = _project(qtbot, stage)
        page.project.scenes.rows[0].setFocus()
        stage.bus.publish(StudioChanged(card(1).id, None))
        shown = page.project
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.broken)
        assert shown.broken.isAncestorOf(page.focusWidget() or page)
        assert not shown.head.pause.isVisible()


def test_one_comes_back_to_where_one_was(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        row = page.project.scenes.rows[3]
        row.setFocus()
        page.left()
        asked = len(studio.wishes("view"))
        stage.bus.publish(StudioChanged(card(1).id, view(1).card))
        stage.bus.publish(StudioMoved(view(1).card, StepView(Step.MUSIC, StepState.DONE)))
        qtbot.waitUntil(lambda: page.project.strip.marks["music"].shown.state == "done")
        assert not page._models.project._settle.isActive()  # nobody looks
        assert len(studio.wishes("view")) == asked
        page.opened(project="p1")
        assert page.project.stack.currentWidget() is page.project.area
        assert page.focusWidget() is row
        qtbot.waitUntil(lambda: len(studio.wishes("view")) == asked + 1)


def test_a_later_failure_keeps_what_is_shown(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        studio.error = Unavailable("errors.studio_disk", reason="full")
        page.project.head.pause.click()
        qtbot.waitUntil(lambda: len(stage.seen.told) == 1)
        assert page.project.stack.currentWidget() is page.project.area
        assert not page.project.head.pause.busy


def test_what_happened_is_listed_and_copied(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    studio.lines = [
        LogLine(1_795_690_800.0, Step.PICTURES, "s2", "studio.did_pictures", {"by": "Flux"}, 50_000,
                3.0),
        LogLine(0.0, Step.SCRIPT, "", "Write eight scenes about time."),
    ]  # fmt: skip
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        page.project.head.log.click()
        qtbot.waitUntil(lambda: page.findChild(LogPanel) is not None)
        panel = page.findChild(LogPanel)
        assert panel is not None
        lines = panel.text.toPlainText().splitlines()
        assert lines[0].endswith("Pictures · s2 · A picture was made. · Flux · $0.05 · 3 s")
        assert lines[1] == "Script · Write eight scenes about time."
        panel.copy.click()
        assert "eight scenes" in QGuiApplication.clipboard().text()
        panel.dismiss()


@pytest.mark.parametrize("wide", [1700, 1000, 640])
def test_every_control_of_a_project_is_reached_by_the_arrows(qtbot: QtBot, wide: int) -> None:
    with _stage(FakeStudio(whole=finished(1))) as stage:
        page = _project(qtbot, stage, wide)
        wanted, reached = _walk(qtbot, page, page.project, page.project.head.back)
        assert len(wanted) == 5 + 10 + 3 + 3 + 4 + 1
        assert wanted <= reached
        assert page.project.area.horizontalScrollBar().maximum() == 0


# A scene.


def test_a_scene_is_changed_and_its_candidates_chosen(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        page.project.scenes.rows[1].click()
        editor = page.findChild(SceneEditor)
        assert editor is not None
        assert editor.heading.text() == "Scene 2 · Why time bends · 0:08–0:16"
        assert editor.grid.tile(asset(10)).picture.chosen
        assert editor.grid.tile(asset(10)).fit.text().casefold() == "fits 80 % · drawn here"
        editor.grid.tile(asset(12)).picture.click()
        qtbot.waitUntil(lambda: studio.wishes("choose") == [("p1", "s2", asset(12))])
        editor.others.click()
        qtbot.waitUntil(lambda: studio.wishes("candidates") == [("p1", "s2")])
        qtbot.waitUntil(lambda: not editor.others.busy)
        editor.narration.setPlainText("Mass slows time.")
        assert editor.isVisible()
        editor.save.click()
        qtbot.waitUntil(lambda: bool(studio.wishes("change_scene")))
        scene = studio.wishes("change_scene")[0][1]
        assert getattr(scene, "narration", "") == "Mass slows time."
        qtbot.waitUntil(lambda: page.findChild(SceneEditor) is None)  # it closes itself


def test_a_scene_without_words_is_not_saved_and_one_is_made_anew(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        editor = page.open_scene("s1")
        editor.narration.setPlainText("  ")
        editor.save.click()
        assert studio.wishes("change_scene") == []
        assert editor.isVisible()
        texts = [one.text() for one in editor.open_own().actions()]
        assert texts == [
            "From the asset library", "A picture", "A clip", "A recording of the words",
        ]  # fmt: skip
        editor.say.click()
        qtbot.waitUntil(lambda: studio.wishes("rerun") == [("p1", Step.VOICE, "s1")])


def test_a_scene_takes_a_picture_of_the_asset_library(qtbot: QtBot) -> None:
    studio = FakeStudio(whole=view(1))
    _assets(studio)
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        editor = page.open_scene("s1")
        picker = editor.open_library()
        shown = picker.view
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.area)
        assert [len(shown.grid.tiles), shown.back.isVisible()] == [1, False]
        wanted, reached = _walk(qtbot, page, picker.panel, shown.field)
        assert wanted <= reached
        shown.tile(asset(1)).picture.click()
        qtbot.waitUntil(lambda: studio.wishes("choose") == [("p1", "s1", asset(1))])
        assert editor.isVisible()
        editor.dismiss()


def test_every_control_of_a_scene_is_reached_by_the_arrows(qtbot: QtBot) -> None:
    with _stage(FakeStudio(whole=view(1))) as stage:
        page = _project(qtbot, stage)
        editor = page.open_scene("s2")
        wanted, reached = _walk(qtbot, page, editor.panel, editor.save)
        assert len(wanted) == 1 + 3 + 3 + 3 + 2
        assert wanted <= reached
        editor.dismiss()


# A new video.


def test_a_brief_is_made_of_what_is_chosen(qtbot: QtBot) -> None:
    studio = FakeStudio()
    with _stage(studio) as stage:
        page = _page(qtbot, stage, new=True, topic=TOPIC)
        form = page.form
        assert page.focusWidget() is form.topic
        qtbot.waitUntil(lambda: "Suno (Music)" in form.makers.hand.text())
        assert form.price.text() == "Free, made on this device."
        form.shape.choices[Shape.WIDE].click()
        form.look.choices[Look.NEON].click()
        form.length.chosen.emit(90)
        form.tone.chosen.emit(Tone.CALM)
        form.makers.chips[Step.PICTURES].chosen.emit(PictureSource.COMMONS)
        form.makers.chips[Step.VOICE].chosen.emit(CHOICES[3])
        form.makers.captions.click()
        qtbot.waitUntil(lambda: form.price.text() == "About $0.18, taken from your budget.")
        form.make.click()
        qtbot.waitUntil(lambda: bool(studio.wishes("create")))
        assert studio.wishes("create")[0][0] == Brief(
            TOPIC, "", "en", Shape.WIDE, 90, Tone.CALM, Look.NEON, PictureSource.COMMONS,
            captions=False, makers={Step.VOICE: Maker("eleven", "rachel")},
        )  # fmt: skip


def test_without_a_topic_nothing_is_made_and_own_text_is_taken(qtbot: QtBot) -> None:
    studio = FakeStudio()
    with _stage(studio) as stage:
        page = _page(qtbot, stage, new=True)
        form = page.form
        assert not form.make.isEnabled()
        form.mode.chosen.emit(True)
        assert form.text.isVisible()
        assert not form.topic.isVisible()
        form.text.setPlainText("A clock runs slower. It is true.")
        assert form.make.isEnabled()
        form.make.click()
        qtbot.waitUntil(lambda: bool(studio.wishes("create")))
        brief = studio.wishes("create")[0][0]
        assert getattr(brief, "text", "") == "A clock runs slower. It is true."


def test_a_brief_that_is_refused_stays_as_it_was_written(qtbot: QtBot) -> None:
    studio = FakeStudio()
    with _stage(studio) as stage:
        page = _page(qtbot, stage, new=True, topic=TOPIC)
        studio.error = Unavailable("errors.studio_disk", reason="full")
        page.form.make.click()
        qtbot.waitUntil(lambda: len(stage.seen.told) == 1)
        assert page.form.topic.text() == TOPIC
        assert not page.form.make.busy


@pytest.mark.parametrize("wide", [1600, 800])
def test_every_control_of_the_form_is_reached_by_the_arrows(qtbot: QtBot, wide: int) -> None:
    with _stage(FakeStudio()) as stage:
        page = _page(qtbot, stage, wide, new=True, topic=TOPIC)
        qtbot.waitUntil(lambda: page.form.makers.hand.isVisible())
        wanted, reached = _walk(qtbot, page, page.form, page.form.topic)
        assert len(wanted) == 2 + 2 + 1 + 4 + 5 + 6 + 4 + 1 + 1 + 4 + 1
        assert wanted <= reached
        assert page.form.area.horizontalScrollBar().maximum() == 0


# The asset library.


def _assets(studio: FakeStudio) -> None:
    credit = Credit("Clock", "A. Author", "CC BY 4.0", "https://example.org")
    studio.files = [
        (Asset(asset(1), AssetKind.PICTURE, "jpg", 1000, 1080, 1920, source="commons",
               prompt="a clock", credit=credit, created=3.0), "/1.jpg"),
        (Asset(asset(2), AssetKind.MUSIC, "wav", 1000, seconds=64.0, source="this device",
               prompt="calm", created=2.0), "/2.wav"),
    ]  # fmt: skip


def test_assets_are_searched_seen_and_played(qtbot: QtBot) -> None:
    studio, screen = FakeStudio(), FakeScreen()
    _assets(studio)
    with _stage(studio, screen) as stage:
        page = _page(qtbot, stage, assets=True)
        shown = page.assets
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.area)
        assert page.search_field() is shown.field
        assert shown.tile(asset(1)).facts.text() == "Picture · A. Author · CC BY 4.0"
        assert shown.tile(asset(2)).facts.text() == "Music · 1:04 · this device"
        shown.tile(asset(2)).picture.click()
        qtbot.waitUntil(lambda: stage.seen.opened == [("player", {"ticket": 1})])
        shown.tile(asset(1)).picture.click()
        panel = page.findChild(PicturePanel)
        assert panel is not None
        assert "CC BY 4.0" in panel.facts.text()
        panel.dismiss()
        QTest.keyClicks(shown.field, "nothing like it")
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.empty)
        wanted, reached = _walk(qtbot, page, shown, shown.field)
        assert wanted <= reached


def test_an_asset_library_that_fails_says_so(qtbot: QtBot) -> None:
    studio = FakeStudio()
    studio.error = Unavailable("errors.studio_disk", reason="full")
    with _stage(studio) as stage:
        page = _page(qtbot, stage, assets=True)
        qtbot.waitUntil(lambda: page.assets.stack.currentWidget() is page.assets.broken)
        assert stage.seen.told == []


def test_where_one_is_survives_a_rebuild(qtbot: QtBot) -> None:
    with _stage(FakeStudio(whole=view(1))) as stage:
        page = _project(qtbot, stage)
        assert page.where() == {"project": "p1"}
        fields = page.findChildren(QLineEdit) + page.findChildren(QPlainTextEdit)
        assert all(field.accessibleName() for field in fields if field.isVisible())


# What a video is made with, changed.


def test_what_a_video_is_made_with_is_changed_in_the_same_form(qtbot: QtBot) -> None:
    studio = FakeStudio([card(1)])
    studio.whole = finished()
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        page.project.head.change.click()
        assert stage.seen.opened == [("studio", {"project": "p1", "change": True})]
        page.opened(project="p1", change=True)
        form = page.change
        assert page.stack.currentWidget() is form
        assert form.topic.text() == TOPIC
        assert form.make.text() == "Make the changes"
        form.look.chosen.emit(Look.NEON)
        QTest.keyClick(form.make, Qt.Key.Key_Return)
        wished = [("p1", Brief(TOPIC, look=Look.NEON))]
        qtbot.waitUntil(lambda: studio.wishes("change_brief") == wished)
        back = ("studio", {"project": "p1"})
        qtbot.waitUntil(lambda: stage.seen.opened[-1] == back)
        assert studio.wishes("start") == [("p1",)]
        assert page.form.topic.text() == ""  # a new video is another matter


def test_nothing_changed_makes_nothing_anew(qtbot: QtBot) -> None:
    studio = FakeStudio([card(1)])
    studio.whole = finished()
    with _stage(studio) as stage:
        page = _project(qtbot, stage)
        page.project.head.change.click()
        page.opened(project="p1", change=True)
        page.change.make.click()
        assert stage.seen.opened[-1] == ("studio", {"project": "p1"})
        assert studio.wishes("change_brief") == []


# Where a video goes.


def test_accounts_are_switched_on_for_this_video_alone(qtbot: QtBot) -> None:
    studio = FakeStudio()
    studio.outlets = (
        AccountView(AccountId("youtube2"), "youtube", "YouTube", "Kitchen clocks", True),
        AccountView(AccountId("folder"), "local_folder", "Folder", "Folder", True, signs_in=False),
    )
    with _stage(studio) as stage:
        page = _page(qtbot, stage, new=True, topic=TOPIC)
        outlets = page.form.makers.outlets
        qtbot.waitUntil(lambda: outlets.isVisible())
        assert [one.accessibleName() for one in outlets.switches.values()] == [
            "YouTube · Kitchen clocks", "Folder",
        ]  # fmt: skip
        assert not outlets.test.isVisible()
        outlets.switches["youtube2"].click()
        assert outlets.test.isVisible()
        outlets.test.click()
        page.form.make.click()
        wished = Brief(TOPIC, publish=("youtube2",), ab_test=True)
        qtbot.waitUntil(lambda: studio.wishes("create") == [(wished, True)])
        qtbot.waitUntil(lambda: not outlets.switches["youtube2"].isChecked())
        assert page.form._model.quick("Another").publish == ()


def test_without_accounts_nothing_is_asked(qtbot: QtBot) -> None:
    with _stage(FakeStudio()) as stage:
        page = _page(qtbot, stage, new=True, topic=TOPIC)
        qtbot.waitUntil(lambda: page.form.makers.chips[Step.VOICE].isEnabled())
        assert not page.form.makers.outlets.isVisible()


def test_a_finished_video_is_published_from_its_page(qtbot: QtBot) -> None:
    with _stage(FakeStudio(whole=finished(1))) as stage:
        page = _project(qtbot, stage)
        assert page.project.head.publish.isVisible()
        page.project.head.publish.click()
        assert stage.seen.opened == [("publishing", {"new": True, "project": "p1"})]
