"""What is too long for a platform is shortened beside what is said of it, and taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unsupported
from app.domain.post import AccountId, Misfit, Part, PostId
from tests.fakes.pages import Stage
from tests.fakes.publishing import FakeAccounts, FakePublishing, account
from tests.ui.test_publishing_page import World, _page
from ui.pages.publishing.editor_check import CheckPane
from ui.pages.publishing.editor_model import EditorModel, Video

LONG = "Why the sky is blue, and what that has to do with the sea"
TEXT = "Blue light is scattered more than red light is."
VIDEO = Video(b"/v.mp4", LONG, TEXT, ("light", "sky"))
COUNTS = {"name": "YouTube", "most": 20, "count": 57}


@pytest.fixture(autouse=True)
def english() -> None:
    """The usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


def too_long(part: Part, key: str = "", **args: object) -> Misfit:
    blocks = part is Part.VIDEO
    told = {**COUNTS, **args}
    return Misfit(f"post.misfit.{key or part + '_long'}", told, mends=not blocks, long=part)


class Desk:
    """The second half of the editor, with one post."""

    def __init__(self, world: World, stage: Stage, model: EditorModel, check: CheckPane) -> None:
        self.publishing, self.stage, self.model, self.check = world.publishing, stage, model, check
        self.post: PostId = next(iter(model.posts))

    @property
    def title(self) -> str:
        return self.publishing.all[self.post].words.title

    def focused(self) -> QWidget | None:
        return self.check.window().focusWidget()

    def press(self, part: Part) -> None:
        button = self.check.misfits.shorten[part]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)


@contextlib.contextmanager
def desk(qtbot: QtBot, *found: Misfit) -> Iterator[Desk]:
    """A post that does not fit in these ways."""
    world = World(FakePublishing(), FakeAccounts([account("youtube")]))
    with _page(qtbot, world) as (page, stage):
        editor = page.openings.new_post()
        assert editor is not None
        model = page.models.editor
        model.set_video(VIDEO)
        model.toggle(AccountId("youtube"), on=True)
        editor.write.next.click()
        qtbot.waitUntil(lambda: bool(model.posts))
        made = Desk(world, stage, model, editor.check)
        world.publishing.misfits[made.post] = found
        model.check(made.post)
        qtbot.waitUntil(lambda: model.misfits.get(made.post) == found)
        yield made


def test_each_complaint_of_length_has_a_button_and_no_other_has(qtbot: QtBot) -> None:
    found = (
        too_long(Part.TITLE), too_long(Part.TAGS, "tags"),
        Misfit("post.misfit.video_codec", {"name": "YouTube", "form": "vp8"}, mends=True),
        too_long(Part.VIDEO, most="2:20", has="4:00"),
    )  # fmt: skip
    with desk(qtbot, *found) as made:
        buttons = made.check.misfits.shorten
        assert list(buttons) == [Part.TITLE, Part.TAGS, Part.VIDEO]
        assert [one.text() for one in buttons.values()] == [
            "Shorten", "Shorten", "Shorten to 2:20",
        ]  # fmt: skip
        assert "The title is too long for YouTube" in buttons[Part.TITLE].accessibleName()
        assert buttons[Part.TITLE].toolTip() == "Cut between words, for YouTube alone."
        assert "first 2:20 of the video" in buttons[Part.VIDEO].accessibleDescription()
        assert len(made.check.misfits.lines) == 4


def test_a_title_is_shortened_alone_and_ctrl_z_takes_it_back(qtbot: QtBot) -> None:
    title, text = too_long(Part.TITLE), too_long(Part.DESCRIPTION)
    with desk(qtbot, title, text) as made:
        made.press(Part.TITLE)
        qtbot.waitUntil(lambda: made.model.misfits[made.post] == (text,))
        assert made.publishing.wishes("mend") == [(made.post, Part.TITLE)]
        assert made.check.title.text() == made.title == LONG[:20]
        assert made.check.text.toPlainText() == TEXT
        assert made.focused() is made.check.title, "where it can be said otherwise"
        QTest.keyClick(made.check.title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert made.check.title.text() == LONG
        qtbot.waitUntil(lambda: made.title == LONG)


def test_a_description_and_tags_are_taken_back_too(qtbot: QtBot) -> None:
    with desk(qtbot, too_long(Part.DESCRIPTION), too_long(Part.TAGS, "tags")) as made:
        check = made.check
        made.press(Part.DESCRIPTION)
        qtbot.waitUntil(lambda: check.text.toPlainText() == TEXT[:20])
        qtbot.waitUntil(lambda: made.focused() is check.text)
        made.press(Part.TAGS)
        qtbot.waitUntil(lambda: check.tags.text() == "light")
        qtbot.waitUntil(lambda: made.focused() is check.tags)
        check.tags.undo()
        check.text.undo()
        assert (check.tags.text(), check.text.toPlainText()) == ("light, sky", TEXT)
        qtbot.waitUntil(lambda: made.publishing.all[made.post].words.description == TEXT)
        assert made.publishing.all[made.post].words.tags == ("light", "sky")


def test_what_was_just_typed_is_what_is_shortened(qtbot: QtBot) -> None:
    with desk(qtbot, too_long(Part.TITLE)) as made:
        made.check.title.setText("Another title that nobody has kept so far")
        made.press(Part.TITLE)
        qtbot.waitUntil(lambda: made.check.title.text() == "Another title that n")
        order = [wish[0] for wish in made.publishing.asked if wish[0] in ("change", "mend")]
        assert order == ["change", "mend"]


def test_a_video_is_shortened_and_the_keys_go_on_to_what_is_next(qtbot: QtBot) -> None:
    with desk(qtbot, too_long(Part.VIDEO, most="2:20", has="4:00")) as made:
        check = made.check
        assert check.misfits.mend.isHidden(), "nothing mends it by itself"
        check.focus_first()
        assert made.focused() is check.misfits.shorten[Part.VIDEO]
        made.press(Part.VIDEO)
        qtbot.waitUntil(lambda: made.model.misfits[made.post] == ())
        assert made.publishing.wishes("mend") == [(made.post, Part.VIDEO)]
        assert made.focused() is check.send
        assert check.send.isEnabled()


def test_one_that_cannot_be_shortened_says_why_and_stays(qtbot: QtBot) -> None:
    with desk(qtbot, too_long(Part.VIDEO, most="2:20", has="4:00")) as made:
        made.publishing.error = Unsupported("errors.post_cannot_shrink", most=20)
        button = made.check.misfits.shorten[Part.VIDEO]
        with qtbot.waitSignal(made.model.failed):
            made.press(Part.VIDEO)
        assert made.focused() is button
        assert not button.busy
        assert button.icon().isNull(), "what turned is gone"
        made.publishing.error = None


def test_when_all_is_mended_the_keys_go_on_to_send(qtbot: QtBot) -> None:
    with desk(qtbot, too_long(Part.TITLE)) as made:
        made.check.focus_first()
        assert made.focused() is made.check.misfits.mend
        QTest.keyClick(made.check.misfits.mend, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: made.model.misfits[made.post] == ())
        assert made.focused() is made.check.send, "never on what drops the drafts"
