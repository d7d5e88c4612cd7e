"""What lies over the Publishing page: the editor, accounts, links, tests and rules."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.access import Giving, LinkState, PassId, Recipient, SharedKind
from app.domain.errors import InvalidInput
from app.domain.media import MediaKind
from app.domain.post import AccountId, Channel, ChannelId, Misfit, PostState, Words
from app.domain.results import Metric, Remake, TestState, TestWay, Variant
from tests.fakes.publishing import (
    NOW,
    FakeAccounts,
    FakeLinks,
    FakePublishing,
    FakeResults,
    ab_test,
    account,
    at,
    figures,
    link,
    post,
)
from tests.fakes.services import film
from tests.ui.test_publishing_page import World, _has, _named, _overlay, _page, _walk
from ui.pages.publishing.editor import PostEditor
from ui.pages.publishing.editor_model import Time, Video
from ui.pages.publishing.page import PublishingPage
from ui.widgets.overlay import Overlay

VIDEO = Video(b"/v.mp4", "Why the sky is blue", "Blue.", ("light",))


@pytest.fixture(autouse=True)
def english() -> None:
    """Weeks begin on Monday; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


def _press(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Return)


def _editor(page: PublishingPage) -> PostEditor:
    editor = page.openings.new_post()
    assert editor is not None
    return editor


def _reaches_all(overlay: Overlay) -> None:
    """The arrows reach every control of a panel."""
    start = overlay.panel.window().focusWidget()
    assert start is not None
    wanted, reached = _walk(overlay.panel.window(), overlay.panel, start)
    assert wanted - reached == set(), _named(wanted - reached)


# The editor.


def test_a_video_of_the_studio_is_chosen_written_checked_and_sent(qtbot: QtBot) -> None:
    world = World(FakePublishing(), FakeAccounts([account("youtube"), account("tiktok")]))
    with _page(qtbot, world) as (page, stage):
        editor = _editor(page)
        assert page.focusWidget() is editor.write.video.choose
        assert editor.write.why.text() == "Choose a video first."
        _press(editor.write.video.choose)
        qtbot.waitUntil(lambda: bool(editor.pick.made.grid.tiles))
        editor.pick.focus_first()
        focused = page.focusWidget()
        assert focused is not None
        _press(focused)
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.write)
        assert editor.write.why.text() == "Choose where it goes."
        assert editor.write.title.text() == page.models.editor.draft.words.title != ""
        assert editor.write.synthetic.switch.isChecked(), "made in the Studio"
        for chip in editor.write.accounts.chips.values():
            chip.click()
        _press(editor.write.next)
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check)
        qtbot.waitUntil(lambda: editor.check.misfits.title.text() == "Fits YouTube")
        assert len(editor.check.chips) == 2
        editor.check.send.click()
        qtbot.waitUntil(lambda: len(world.publishing.wishes("send")) == 1)
        qtbot.waitUntil(
            lambda: stage.seen.told[-1:] == ["2 post(s) on the way. Each goes out exactly once."]
        )
        assert {one.state for one in world.publishing.all.values()} == {PostState.PLANNED}


def test_what_does_not_fit_is_shown_mended_and_its_words_are_its_own(qtbot: QtBot) -> None:
    world = World(FakePublishing(), FakeAccounts([account("youtube"), account("reddit")]))
    with _page(qtbot, world) as (page, _stage):
        editor = _editor(page)
        model = page.models.editor
        model.set_video(VIDEO)
        for name in ("youtube", "reddit"):
            model.toggle(AccountId(name), on=True)
        editor.write.next.click()
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check)
        first, second = model.posts
        assert not editor.check.extra.isVisible()
        misfit = Misfit("errors.sign_in_late", {"name": "x"}, mends=True)
        world.publishing.misfits[first] = (misfit,)
        editor.check.title.setFocus()
        QTest.keyClicks(editor.check.title, "!")
        qtbot.waitUntil(lambda: editor.check.misfits.mend.isVisible())
        assert editor.check.misfits.title.text() == "Does not fit YouTube yet"
        assert editor.check.chips[first].accessibleDescription() == "does not fit"
        assert editor.check.told.text().startswith("1 does not fit")
        assert world.publishing.all[first].words.title == "Why the sky is blue!"
        editor.check.misfits.mend.setFocus()
        editor.check.misfits.mend.click()
        qtbot.waitUntil(lambda: editor.check.misfits.title.text() == "Fits YouTube")
        assert world.publishing.all[second].words.title == "Why the sky is blue"
        editor.check.chips[second].click()
        assert editor.check.extra.isVisible(), "a subreddit must be named"
        editor.check.extra.setText("videos")
        qtbot.waitUntil(
            lambda: world.publishing.all[second].manner.choices == {"subreddit": "videos"}
        )


def test_drafts_are_kept_when_the_editor_is_closed_and_go_when_one_goes_back(
    qtbot: QtBot,
) -> None:
    world = World(FakePublishing(), FakeAccounts([account("youtube")]))
    with _page(qtbot, world) as (page, stage):
        editor, model = _editor(page), page.models.editor
        model.set_video(VIDEO)
        model.toggle(AccountId("youtube"), on=True)
        editor.write.next.click()
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check)
        editor.check.back.click()
        qtbot.waitUntil(lambda: len(world.publishing.wishes("cancel")) == 1)
        assert editor.write.title.text() == "Why the sky is blue", "what was written is kept"
        editor.write.next.click()
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: "1 draft(s) kept in the calendar" in stage.seen.told)


def test_the_best_time_says_what_it_rests_on_and_a_chosen_one_is_stepped(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, _stage):
        editor, model = _editor(page), page.models.editor
        qtbot.waitUntil(lambda: model.best is not None)
        model.set(time=Time.BEST)
        assert editor.write.told_time.text().startswith("Thursday at 18:00.")
        assert "34" in editor.write.told_time.text()
        model.set(time=Time.SET)
        assert editor.write.moment.isVisible()
        before = model.at
        editor.write.moment.hour.more.click()
        editor.write.moment.minute.less.click()
        assert model.at == before + 3300


def test_the_words_of_a_planned_post_are_changed(qtbot: QtBot) -> None:
    planned = post(4, words=Words("Sky"))
    world = World(FakePublishing([planned]))
    with _page(qtbot, world) as (page, _stage):
        panel = page.openings.post(planned)
        panel.button("edit").click()
        editor = _overlay(page, "PostEditor")
        assert isinstance(editor, PostEditor)
        assert editor.check.send.text() == "Done"
        editor.check.title.setText("Sky and sea")
        editor.check.send.click()
        qtbot.waitUntil(lambda: world.publishing.all[planned.id].words.title == "Sky and sea")
        assert world.publishing.wishes("send") == []


def test_the_studio_opens_the_editor_with_its_video(qtbot: QtBot) -> None:
    with _page(qtbot, World(), project="p1") as (page, _stage):
        qtbot.waitUntil(lambda: page.models.editor.draft.video is not None)
        editor = _overlay(page, "PostEditor")
        assert isinstance(editor, PostEditor)
        video = page.models.editor.draft.video
        assert video is not None
        assert video.project == "p1"


def test_the_arrows_reach_everything_in_the_editor(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, _stage):
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        editor, model = _editor(page), page.models.editor
        model.set_video(VIDEO)
        model.set(time=Time.SET)
        _reaches_all(editor)
        model.toggle(AccountId("youtube"), on=True)
        model.compose()
        qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check)
        _reaches_all(editor)


# Accounts.


def test_an_account_is_added_step_by_step_and_signed_in(qtbot: QtBot) -> None:
    world = World(accounts=FakeAccounts())
    with _page(qtbot, world, view="accounts") as (page, stage):
        qtbot.waitUntil(lambda: bool(page.models.accounts.platforms))
        panel = page.openings.new_account()
        panel.choices["youtube"].click()
        lines = panel.rows["client_id"].control.findChildren(QWidget)
        line = next(one for one in lines if one.metaObject().className() == "QLineEdit")
        assert page.focusWidget() is line
        QTest.keyClicks(line, "abc.apps")
        panel.name.setText("Kitchen Lab")
        panel.submit.setFocus()
        panel.submit.click()
        qtbot.waitUntil(
            lambda: (
                world.accounts.wishes("add")
                == [("youtube", "Kitchen Lab", {"client_id": "abc.apps"})]
            )
        )
        qtbot.waitUntil(lambda: bool(world.opened))
        assert world.opened[0].startswith("https://platform.example/")
        waiting = _overlay(page, "SigningIn")
        waiting.copy.click()  # type: ignore[attr-defined]  # its button
        assert QGuiApplication.clipboard().text() == world.opened[0]
        world.accounts.came_back(AccountId("youtube1"))
        qtbot.waitUntil(lambda: "Signed in to YouTube" in stage.seen.told)
        assert not _has(page, "SigningIn")
        assert world.accounts.wishes("cancel_sign_in") == []


def test_an_account_that_is_refused_says_why_and_keeps_what_was_typed(qtbot: QtBot) -> None:
    world = World(accounts=FakeAccounts([account("tiktok")]))
    with _page(qtbot, world, view="accounts") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.models.accounts.platforms))
        panel = page.openings.new_account()
        panel.choose(page.models.accounts.platforms[2])
        panel.name.setText("Feed")
        world.accounts.error = InvalidInput("errors.post_app_missing", name="YouTube")
        panel.submit.click()
        qtbot.waitUntil(lambda: "not set up yet" in panel.told.text())
        assert (panel.name.text(), panel.submit.busy) == ("Feed", False)
        assert panel.go_back()
        assert not panel.go_back()
        world.accounts.error = None


def test_signing_in_is_given_up_with_back(qtbot: QtBot) -> None:
    out = account("tiktok", signed_in=False, ends=None)
    world = World(accounts=FakeAccounts([out]))
    with _page(qtbot, world, view="accounts") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.accounts.rows))
        row = page.accounts.rows[out.id]
        assert page.focusWidget() is row.sign, "what asks for a sign-in comes first"
        _press(row.sign)
        qtbot.waitUntil(lambda: bool(world.opened))
        panel = _overlay(page, "SigningIn")
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: world.accounts.wishes("cancel_sign_in") == [(out.id,)])


def test_what_is_left_of_a_quota_stands_beside_its_account(qtbot: QtBot) -> None:
    told = {"units": 9_461, "uploads": 98}
    mine = account("youtube", ends=None, note="notes.youtube_left", note_args=told)
    with _page(qtbot, World(accounts=FakeAccounts([mine])), view="accounts") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.accounts.rows))
        row = page.accounts.rows[mine.id]
        said = "Signed in · left today: units 9461, uploads 98"
        assert said in [
            one.text().replace("\N{NO-BREAK SPACE}", " ") for one in row.findChildren(QLabel)
        ]


def test_accounts_are_paused_moved_signed_out_and_removed(qtbot: QtBot) -> None:
    brand = Channel(ChannelId("c1"), "Kitchen Lab")
    world = World(accounts=FakeAccounts([account("tiktok")], [brand]))
    with _page(qtbot, world, view="accounts") as (page, stage):
        qtbot.waitUntil(lambda: bool(page.accounts.rows))

        def entry(text: str) -> None:
            menu = next(iter(page.accounts.rows.values())).open_menu()
            next(one for one in menu.actions() if one.text() == text).trigger()
            menu.close()

        next(iter(page.accounts.rows.values())).pause.click()
        qtbot.waitUntil(lambda: world.publishing.wishes("pause") == [("tiktok", "", True)])
        entry("Move to Kitchen Lab")
        qtbot.waitUntil(lambda: world.accounts.brands[brand.id].accounts == (AccountId("tiktok"),))
        qtbot.waitUntil(lambda: len(page.models.accounts.grouped()) == 1)
        entry("Sign out")
        qtbot.waitUntil(lambda: not world.accounts.all[AccountId("tiktok")].signed_in)
        entry("Remove")
        qtbot.waitUntil(lambda: "Kitchen Lab was removed" in stage.seen.told)
        assert page.accounts.rows == {}
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        assert AccountId("tiktok") in page.accounts.rows


def test_a_channel_is_made_and_changed(qtbot: QtBot) -> None:
    world = World(accounts=FakeAccounts([account("tiktok")]))
    with _page(qtbot, world, view="accounts") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.accounts.rows))
        panel = page.openings.channel(None)
        panel.save.click()
        assert world.accounts.wishes("set_channel") == [], "it needs a name"
        panel.name.setText("Kitchen Lab")
        panel.approve.click()
        panel.limit.set_value(3)
        panel.save.click()
        made = Channel(ChannelId(""), "Kitchen Lab", (), 3, approve=True)
        qtbot.waitUntil(lambda: world.accounts.wishes("set_channel") == [(made,)])


# Links.


def test_a_link_is_made_of_a_film_and_shown_large(qtbot: QtBot) -> None:
    world = World(sharing=FakeLinks())
    with _page(qtbot, world, view="links", new=True) as (page, stage):
        stage.library.all = {one.id: one for one in [film(7, title="Metropolis")]}
        form = _overlay(page, "LinkForm")
        form.make.click()  # type: ignore[attr-defined]  # nothing is chosen yet
        assert world.sharing.wishes("make") == []
        form.choose.click()  # type: ignore[attr-defined]  # its button
        own = form.pick.own  # type: ignore[attr-defined]  # the shelf of the library
        qtbot.waitUntil(lambda: bool(own.grid.tiles))
        own.grid.tiles[0].picture.click()
        form.price.setText("€3.00")  # type: ignore[attr-defined]  # a field
        form.uses.set_value(50)  # type: ignore[attr-defined]  # a chip
        form.people.setPlainText("Ann <ann@example.org>\n\n Bob ")  # type: ignore[attr-defined]  # a field
        form.make.click()  # type: ignore[attr-defined]  # its button
        qtbot.waitUntil(lambda: bool(world.sharing.wishes("make")))
        wish = world.sharing.wishes("make")[0][0]
        assert (wish.what.kind, wish.what.item) == (SharedKind.ITEM, 7)  # type: ignore[attr-defined]  # a wish
        assert (wish.name, wish.price, wish.uses) == ("Metropolis", "€3.00", 50)  # type: ignore[attr-defined]  # a wish
        assert (wish.giving, wish.until) == (Giving.WATCH, NOW + 7 * 86_400)  # type: ignore[attr-defined]  # a wish
        assert wish.recipients == ("Ann <ann@example.org>", "Bob")  # type: ignore[attr-defined]  # a wish
        qtbot.waitUntil(lambda: type(_overlay(page)).__name__ == "LinkPanel")
        assert film(7).kind is MediaKind.FILM


def test_a_link_that_cannot_be_says_why(qtbot: QtBot) -> None:
    world = World(sharing=FakeLinks([link()]))
    with _page(qtbot, world, view="links") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        form = page.openings.new_link()
        page.models.films.choose_file("/films/a.mkv")
        assert form.chosen.text() == "a"
        world.sharing.error = InvalidInput("errors.link_pay", text="x")
        form.make.click()
        qtbot.waitUntil(lambda: form.told.text() != "")
        assert (form.isVisible(), form.make.busy) == (True, False)
        world.sharing.error = None


def test_a_link_is_copied_with_words_sent_and_its_code_kept(qtbot: QtBot, tmp_path: object) -> None:
    shown = link()
    world = World(accounts=FakeAccounts([account("telegram")]), sharing=FakeLinks([shown]))
    with _page(qtbot, world, view="links") as (page, stage):
        panel = page.openings.link(shown)
        assert panel is not None
        qtbot.waitUntil(lambda: panel.qr.drawn)
        panel.words.click()
        qtbot.waitUntil(lambda: "Copied" in stage.seen.told)
        assert QGuiApplication.clipboard().text() == "Watch it here: p1"
        panel.send.click()
        assert world.sharing.wishes("send") == []
        panel.to.setText("@films")
        panel.send.click()
        qtbot.waitUntil(lambda: world.sharing.wishes("send") == [("p1", "telegram", "@films")])
        path = f"{tmp_path}/code.png"
        page.models.links.draw(shown.recipients[0].id, "png", path)
        qtbot.waitUntil(lambda: f"Written to {path}" in stage.seen.told)
        page.models.links.draw(shown.recipients[0].id, "png", f"{tmp_path}/no/such/code.png")
        qtbot.waitUntil(lambda: "could not be written" in stage.seen.told[-1])


def test_a_link_opens_later_and_one_recipient_is_shut_out(qtbot: QtBot) -> None:
    two = (
        Recipient(id=PassId("ann"), name="Ann", address="https://x/a", opens=3, plays=2, used=1),
        Recipient(id=PassId("bob"), name="Bob", address="https://x/b"),
    )
    shown = link(recipients=two)
    world = World(sharing=FakeLinks([shown]))
    with _page(qtbot, world, view="links") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        panel = page.openings.link(shown)
        assert panel is not None
        assert panel.made.text() == "Opened 3 × · played 2 ×"
        panel.person.chosen.emit("bob")
        assert panel.made.text() == "Nobody opened it yet"
        panel.out.click()
        qtbot.waitUntil(lambda: panel.out.text() == "Let in again")
        assert world.sharing.wishes("recipient") == [("bob", LinkState.REVOKED)]
        panel.dismiss()
        form = page.openings.new_link()
        page.models.films.choose_file("/films/a.mkv")
        form.opens.set_value(True)
        form.opens.chosen.emit(True)
        assert form.start.isVisible()
        wish = form.wish()
        assert wish is not None
        assert wish.until == wish.start + 7 * 86_400 == NOW + 8 * 86_400


def test_a_link_that_is_over_is_removed_and_can_be_had_back(qtbot: QtBot) -> None:
    over = link(1, state=LinkState.ENDED)
    world = World(sharing=FakeLinks([over, link(2)]))
    with _page(qtbot, world, view="links") as (page, stage):
        qtbot.waitUntil(lambda: len(page.links.cards) == 2)
        assert not page.links.cards[link(2).id].remove.isVisible()
        page.links.cards[over.id].remove.click()
        assert over.id not in page.links.cards
        assert stage.seen.told[-1] == "“Film night: Metropolis” was removed"
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        assert over.id in page.links.cards
        page.models.links.remove(over)
        page.models.links.finish()
        qtbot.waitUntil(lambda: world.sharing.wishes("forget") == [(over.id,)])


# Results.


def test_a_test_begins_in_turns_or_by_hand_and_its_result_is_entered(qtbot: QtBot) -> None:
    guided = ab_test(way=TestWay.GUIDED, leader=None, sure=0.0)
    world = World(results=FakeResults(figures(), [guided]))
    with _page(qtbot, world, view="results") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.results.table.blocks))
        page.results.table.blocks[0].tests[0].click()
        form = _overlay(page, "ABForm")
        form.begin.click()  # type: ignore[attr-defined]  # one title is no test
        assert world.results.tests.wishes("begin") == []
        form.titles[1].setText("Time bends at home")  # type: ignore[attr-defined]  # a field
        form.begin.click()  # type: ignore[attr-defined]  # its button
        wanted = (Variant("Kitchen clocks"), Variant("Time bends at home"))
        qtbot.waitUntil(lambda: bool(world.results.tests.wishes("begin")))
        assert world.results.tests.wishes("begin")[0][1] == wanted
        qtbot.waitUntil(lambda: not _has(page, "ABForm"))
        shown = page.results.tests.cards[guided.id]
        assert shown.enter.isVisible()
        shown.enter.click()
        result = _overlay(page, "ABResult")
        result.shares[0].setValue(61.5)  # type: ignore[attr-defined]  # a field
        result.winner.set_value(0)  # type: ignore[attr-defined]  # a chip
        result.keep.click()  # type: ignore[attr-defined]  # its button
        qtbot.waitUntil(
            lambda: world.results.tests.wishes("enter") == [(guided.id, (0.615, None), 0)]
        )


def test_a_running_test_is_stopped_and_says_so(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.overview.tests.cards))
        shown = next(iter(page.overview.tests.cards.values()))
        shown.stop.click()
        qtbot.waitUntil(lambda: world.results.tests.wishes("stop") == [(ab_test().id, 0)])
        qtbot.waitUntil(lambda: shown.note.text() == "You stopped it.")
        assert not shown.stop.isVisible()
        shown.show_test(ab_test(state=TestState.NO_DIFFERENCE, leader=None))
        assert "nobody can tell them apart" in shown.note.text()


def test_a_rule_is_written_and_needs_a_place_to_go(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world, view="results") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.models.accounts.accounts))
        form = page.openings.rule(None)
        form.save.click()
        assert form.told.text() == "Choose where it goes."
        form.accounts[AccountId("tiktok")].click()
        form.name.setText("Upright")
        form.save.click()
        qtbot.waitUntil(lambda: bool(world.results.repurposing.all))
        rule = next(iter(world.results.repurposing.all.values()))
        assert (rule.name, rule.remake, rule.publish) == ("Upright", Remake.VERTICAL, False)
        assert rule.accounts == (AccountId("tiktok"),)
        first = rule.conditions[0]
        assert (first.metric, first.over, first.hours) == (Metric.VIEWS, 1_000, 48.0)


@pytest.mark.parametrize(
    "kind", ["post", "account", "form", "channel", "link", "code", "ab", "rule"]
)
def test_the_arrows_reach_everything_in_the_panels(qtbot: QtBot, kind: str) -> None:
    with _page(qtbot, World()) as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.models.accounts.platforms))
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        openings = page.openings
        if kind == "post":
            panel: Overlay | None = openings.post(post(4, when=at(21)))
        elif kind in ("account", "form"):
            panel = adding = openings.new_account()
            if kind == "form":
                adding.choose(page.models.accounts.platforms[0])
        elif kind == "channel":
            panel = openings.channel(None)
        elif kind == "link":
            panel = openings.new_link()
        elif kind == "code":
            panel = openings.link(link())
        elif kind == "ab":
            panel = openings.new_test(figures().videos[0].posts[0])
        else:
            panel = openings.rule(None)
        assert panel is not None
        QApplication.processEvents()
        _reaches_all(panel)
