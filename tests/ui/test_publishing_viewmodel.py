"""What the Publishing page knows: days, moves, what needs the owner, drafts, links and the log."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, QLocale
from pytestqt.qtbot import QtBot

from app.domain.access import LinkState
from app.domain.errors import Unavailable
from app.domain.events import FiguresChanged, LinksChanged, PostChanged, PublishingChanged
from app.domain.post import (
    AccountId,
    Advice,
    Channel,
    ChannelId,
    Misfit,
    PostId,
    PostState,
    Repeat,
    Words,
)
from app.runtime.bus import EventBus
from tests.fakes.publishing import (
    NOW,
    TODAY,
    FakeAccounts,
    FakeAudit,
    FakeLinks,
    FakePublishing,
    FakeResults,
    account,
    at,
    drawn_accounts,
    drawn_week,
    entry,
    figures,
    link,
    post,
)
from tests.fakes.services import FakeLibrary, film, running_bridge
from tests.fakes.studio import FakeStudio, card, finished
from ui import publishing_words as said
from ui.bridge import Bridge
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.audit_model import AuditModel
from ui.pages.publishing.days import Span, by_day, moved, on_day, place_of, stretch
from ui.pages.publishing.editor_model import EditorModel, Time, Video
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.results_model import ResultsModel
from ui.pages.publishing.videos_model import VideosModel
from ui.pages.publishing.viewmodel import NeedKind, PublishingViewModel


@pytest.fixture(autouse=True)
def english() -> None:
    """Weeks begin on Monday; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def bridge() -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


@contextlib.contextmanager
def loaded(
    qtbot: QtBot, pair: tuple[Bridge, EventBus], publishing: FakePublishing, accounts: FakeAccounts
) -> Iterator[PublishingViewModel]:
    """A view-model that knows everything."""
    bridge, bus = pair
    publishing.bus = accounts.bus = bus
    model = PublishingViewModel(bridge, publishing, accounts, lambda: NOW)
    model.load()
    qtbot.waitUntil(lambda: model.posts is not None and model.queue is not None)
    qtbot.waitUntil(lambda: bool(accounts.wishes("accounts")))
    yield model


def _titles(model: PublishingViewModel) -> list[str]:
    return [one.words.title for one in model.posts or ()]


# Days.


def test_a_week_and_a_month_are_whole_weeks() -> None:
    week = stretch(Span.WEEK, TODAY)
    assert (week.first, week.days, week.last) == (QDate(2026, 2, 16), 7, QDate(2026, 2, 22))
    month = stretch(Span.MONTH, TODAY)
    assert (month.first, month.days) == (QDate(2026, 1, 26), 35)
    longest = stretch(Span.MONTH, QDate(2026, 8, 9))
    assert (longest.first, longest.days) == (QDate(2026, 7, 27), 42)


def test_a_day_keeps_the_time_of_the_clock_over_the_change_of_summer_time() -> None:
    for days in range(400):
        then = moved(at(20, 18), days=days)
        assert said.hour(then) == "18:00"
    assert said.hour(moved(at(20, 18), hours=-3)) == "15:00"
    assert said.local(on_day(at(20, 18, 5), QDate(2026, 7, 1))).date() == QDate(2026, 7, 1)
    assert said.hour(on_day(at(20, 18, 5), QDate(2026, 7, 1))) == "18:05"


def test_a_post_stands_where_it_went_out_else_where_it_is_to() -> None:
    assert place_of(post(1, when=at(20)), NOW) == at(20)
    done = post(1, when=at(20), state=PostState.DONE, ended=at(21))
    assert place_of(done, NOW) == at(21)
    assert place_of(replace(post(1), at=0.0, created=at(19)), NOW) == at(19)
    cancelled = post(2, state=PostState.CANCELLED)
    assert by_day([cancelled], NOW) == {}


# The calendar and the queue.


def test_it_loads_the_week_the_queue_and_what_failed_of_late(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    failed = post(30, when=at(12), state=PostState.FAILED)
    publishing = FakePublishing([*drawn_week(), failed])
    with loaded(qtbot, bridge, publishing, FakeAccounts(drawn_accounts())) as model:
        assert model.posts is not None
        assert len(model.posts) == 7
        assert model.next is not None
        assert model.next.words.title == "Why the sky is blue"
        kinds = [(need.kind, need.waiting) for need in model.needs]
        assert kinds == [(NeedKind.SIGN_IN, 1), (NeedKind.FAILED, 0)]


def test_turning_asks_for_other_days_and_forgets_a_late_answer(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing([post(1, when=at(20)), post(2, when=at(27))])
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        model.turn(1)
        assert model.posts is None
        model.turn(1)
        model.turn(-1)
        qtbot.waitUntil(lambda: model.posts is not None)
        assert _titles(model) == ["Video 2"]
        model.turn(0)
        qtbot.waitUntil(lambda: model.posts is not None)
        assert _titles(model) == ["Video 1"]
        model.show_span(Span.MONTH)
        qtbot.waitUntil(lambda: model.posts is not None)
        assert len(model.posts or ()) == 2


def test_a_move_is_shown_at_once_and_can_be_taken_back(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing(drawn_week())
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        planned = model.next
        assert planned is not None
        with qtbot.waitSignal(model.moved) as told:
            model.move(planned, at(22, 9))
            assert next(one for one in model.posts or () if one.id == planned.id).at == at(22, 9)
        now, before = told.args or [None, None]
        assert before == at(20)
        model.put_back(now, before)
        qtbot.waitUntil(lambda: len(publishing.wishes("move")) == 2)
        assert publishing.all[planned.id].at == at(20)


def test_what_is_out_or_already_there_is_not_moved_and_nothing_goes_into_the_past(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing(drawn_week())
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        done = next(one for one in model.posts or () if one.state is PostState.DONE)
        planned = model.next
        assert planned is not None
        model.move(done, at(22))
        model.move(planned, planned.at)
        model.move(planned, at(16))
        qtbot.waitUntil(lambda: bool(publishing.wishes("move")))
        assert publishing.wishes("move") == [(planned.id, NOW)]


def test_a_move_that_fails_says_so_and_the_calendar_is_asked_again(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing(drawn_week())
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        planned = model.next
        assert planned is not None
        publishing.error = Unavailable("errors.server_offline", host="x")
        with qtbot.waitSignal(model.failed):
            model.move(planned, at(22))
        publishing.error = None
        model.load()
        qtbot.waitUntil(
            lambda: next(o for o in model.posts or () if o.id == planned.id).at == at(20)
        )


def test_what_happens_to_a_post_is_seen_in_calendar_queue_and_needs(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing(drawn_week())
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        planned = model.next
        assert planned is not None
        lost = replace(planned, state=PostState.UNCONFIRMED)
        with qtbot.waitSignal(model.queue_changed):
            bridge[1].publish(PostChanged(lost))
        assert [need.kind for need in model.needs if need.post] == [NeedKind.HELD, NeedKind.CONFIRM]
        model.answer(lost.id, is_out=True)
        qtbot.waitUntil(lambda: publishing.wishes("answer") == [(lost.id, True)])
        qtbot.waitUntil(lambda: lost.id not in [one.id for one in model.queue or ()])
        assert model.post(lost.id) is not None
        failed = replace(planned, state=PostState.FAILED)
        bridge[1].publish(PostChanged(failed))
        qtbot.waitUntil(lambda: NeedKind.FAILED in [need.kind for need in model.needs])
        model.again(failed.id)
        qtbot.waitUntil(lambda: NeedKind.FAILED not in [need.kind for need in model.needs])


def test_an_asking_post_is_approved_or_cancelled_and_had_back(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    asking = post(1, state=PostState.ASKING)
    publishing = FakePublishing([asking])
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        assert [need.kind for need in model.needs] == [NeedKind.APPROVE]
        with qtbot.waitSignal(model.cancelled):
            model.cancel(asking)
        model.restore(asking.id)
        qtbot.waitUntil(lambda: publishing.wishes("restore") == [(asking.id,)])
        model.approve(asking.id)
        qtbot.waitUntil(lambda: publishing.wishes("approve") == [(asking.id,)])
        model.send(asking.id)
        qtbot.waitUntil(lambda: publishing.wishes("send") == [((asking.id,),)])


def test_a_sign_in_that_ends_soon_is_asked_for_before_a_post_fails(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    accounts = FakeAccounts(
        [account("youtube", ends=NOW + 3 * 86_400), account("tiktok"),
         account("local_folder", signs_in=False, signed_in=False)]
    )  # fmt: skip
    with loaded(qtbot, bridge, FakePublishing(), accounts) as model:
        qtbot.waitUntil(lambda: bool(model.needs))
        assert [need.kind for need in model.needs] == [NeedKind.RENEW]
        assert not model.bare


def test_holding_everything_is_shown_at_once(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    publishing = FakePublishing(drawn_week())
    with loaded(qtbot, bridge, publishing, FakeAccounts()) as model:
        model.pause(paused=True)
        assert model.paused
        qtbot.waitUntil(lambda: publishing.wishes("pause") == [("", "", True)])
        qtbot.waitUntil(lambda: len(publishing.wishes("queue")) > 1)  # PublishingChanged
        qtbot.waitUntil(lambda: model.paused)


def test_a_calendar_that_fails_keeps_its_error_and_tries_again(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing(drawn_week())
    publishing.error = Unavailable("errors.server_offline", host="x")
    model = PublishingViewModel(bridge[0], publishing, FakeAccounts(), lambda: NOW)
    with qtbot.waitSignal(model.posts_changed):
        model.load()
    assert model.error is publishing.error
    assert model.posts is None
    publishing.error = None
    model.load()
    qtbot.waitUntil(lambda: model.posts is not None)
    assert model.error is None


# Words.


def test_times_are_said_as_people_say_them() -> None:
    assert said.moment(at(20, 18), NOW) == "today at 18:00"
    assert said.moment(at(21, 9), NOW) == "tomorrow at 09:00"
    assert said.moment(at(24, 9), NOW) == "Tuesday at 09:00"
    assert said.moment(at(10, 9), NOW) == "10 Feb at 09:00"
    assert said.when(replace(post(1), at=0.0), NOW) == "as soon as it may"
    assert said.state(post(1, state=PostState.SENDING, fraction=0.42))[0] == "Being sent · 42 %"
    assert said.advice(Advice(3, 18, 1.0, 4)) == "Thursday 18:00"
    names = {said.STATES[state][1:] for state in PostState}
    assert len(names) == len(PostState), "each state has its own pair of colour and icon"


# The editor.


VIDEO = Video(b"/v.mp4", "Sky", "Blue.", ("light",), ("/a.png", "/b.png"), "p1", synthetic=True)


def _ready(model: EditorModel) -> bool:
    return model.ready


def _editor(pair: tuple[Bridge, EventBus], publishing: FakePublishing) -> EditorModel:
    publishing.bus = pair[1]
    model = EditorModel(pair[0], publishing, lambda: NOW)
    model.begin()
    return model


def test_a_video_fills_the_words_that_nobody_wrote(bridge: tuple[Bridge, EventBus]) -> None:
    model = _editor(bridge, FakePublishing())
    assert not _ready(model)
    model.set(words=Words("My own title"))
    model.set_video(VIDEO)
    model.toggle(AccountId("youtube"), on=True)
    draft = model.draft
    assert draft.words == Words("My own title", "Blue.", ("light",))
    assert (draft.thumbnail, draft.manner.synthetic) == ("/a.png", True)
    assert _ready(model)
    model.toggle(AccountId("youtube"), on=False)
    assert not _ready(model)


def test_the_time_is_now_the_best_or_a_chosen_one(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing()
    publishing.best = (Advice(4, 13, 1.4, 34), Advice(0, 9, 1.0))
    model = _editor(bridge, publishing)
    qtbot.waitUntil(lambda: model.best is not None)
    assert model.at == 0.0
    model.set(time=Time.BEST)
    assert model.at == moved(at(20, 13), days=7)  # Friday at 13 is over by now
    publishing.best = (Advice(6, 20, 1.4, 34),)
    model.toggle(AccountId("x_com"), on=True)
    qtbot.waitUntil(lambda: model.at == at(22, 20))
    assert publishing.wishes("advice")[-1] == ("x_com",)
    model.set(time=Time.SET, at=at(21, 7))
    assert model.at == at(21, 7)
    model.set(at=at(10))
    assert model.at == NOW, "never in the past"


def test_drafts_are_composed_checked_mended_and_sent_without_those_that_do_not_fit(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing()
    model = _editor(bridge, publishing)
    model.set_video(VIDEO)
    for name in ("youtube", "x_com"):
        model.toggle(AccountId(name), on=True)
    model.set(repeat=Repeat.MONTHLY, time=Time.SET, at=at(21))
    with qtbot.waitSignal(model.composed):
        model.compose()
    first, second = model.posts
    qtbot.waitUntil(lambda: set(model.misfits) == {first, second})
    assert publishing.wishes("compose")[0][1] == (AccountId("youtube"), AccountId("x_com"))
    assert publishing.wishes("compose")[0][4:] == (at(21), "p1")
    assert len([one for one in publishing.wishes("change") if one[-1] is Repeat.MONTHLY]) == 2
    wrong = Misfit("errors.post_does_not_fit", mends=True)
    publishing.misfits[first] = (wrong,)
    model.write(first, Words("A title that is much too long"))
    qtbot.waitUntil(lambda: model.misfits[first] == (wrong,))
    assert model.blocked() == [first]
    with qtbot.waitSignal(model.sent) as told:
        model.send()
    assert told.args == [1]
    assert publishing.wishes("send") == [((second,),)]
    model.mend(first)
    qtbot.waitUntil(lambda: model.misfits[first] == ())
    assert model.posts[first].words.title == "A title that is much"


def test_a_choice_of_the_platform_is_kept_like_words(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing([post(1, "reddit", state=PostState.DRAFT)])
    model = _editor(bridge, publishing)
    draft = next(iter(publishing.all.values()))
    model.edit(draft)
    qtbot.waitUntil(lambda: draft.id in model.misfits)
    model.choose(draft.id, "subreddit", "videos")
    qtbot.waitUntil(lambda: publishing.all[draft.id].manner.choices == {"subreddit": "videos"})


def test_a_compose_that_fails_leaves_what_was_written(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    publishing = FakePublishing()
    model = _editor(bridge, publishing)
    model.set_video(VIDEO)
    model.toggle(AccountId("youtube"), on=True)
    publishing.error = Unavailable("errors.server_offline", host="x")
    busy: list[bool] = []
    model.busy_changed.connect(busy.append)
    with qtbot.waitSignal(model.failed):
        model.compose()
    assert busy == [True, False]
    assert model.draft.words.title == "Sky"
    assert model.posts == {}


def test_the_videos_are_those_that_are_finished_and_the_owners_own(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    from app.domain.media import MediaKind
    from app.domain.project import ProjectState

    studio = FakeStudio([card(1), card(2, state=ProjectState.RUNNING)], finished(1))
    clip = film(7, kind=MediaKind.VIDEO, title="Garden")
    model = VideosModel(bridge[0], studio, FakeLibrary([film(3), clip]))
    model.load()
    qtbot.waitUntil(lambda: model.made is not None and model.own is not None)
    assert [one.project for one in model.made or ()] == ["p1"]
    assert [one.title for one in model.own or ()] == ["Garden"]
    with qtbot.waitSignal(model.chosen) as told:
        model.choose((model.made or ())[0])
    video = (told.args or [None])[0]
    assert isinstance(video, Video)
    assert (video.path, video.project, video.synthetic) == (b"/v.mp4", "p1", True)
    with qtbot.waitSignal(model.chosen) as told:
        model.choose((model.own or ())[0])
    with qtbot.waitSignal(model.chosen) as told:
        model.choose_file("/home/ann/my_clip.mp4")
    video = (told.args or [None])[0]
    assert isinstance(video, Video)
    assert (video.path, video.title) == (b"/home/ann/my_clip.mp4", "my clip")


# Accounts.


def test_accounts_are_grouped_and_moved_between_channels(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    brand = Channel(ChannelId("c1"), "Kitchen Lab", (AccountId("youtube"),))
    accounts = FakeAccounts([account("youtube"), account("tiktok")], [brand])
    accounts.bus = bridge[1]
    model = AccountsModel(bridge[0], accounts, FakePublishing())
    model.load()
    qtbot.waitUntil(lambda: model.accounts is not None)
    shape = [(group.name if group else "", len(some)) for group, some in model.grouped()]
    assert shape == [("Kitchen Lab", 1), ("", 1)]
    model.put_in(AccountId("tiktok"), ChannelId("c1"))
    qtbot.waitUntil(lambda: len(model.grouped()) == 1)
    model.set_channel(Channel(ChannelId(""), "Second"))
    qtbot.waitUntil(lambda: len(model.channels) == 2)
    model.remove_channel(ChannelId("c1"))
    qtbot.waitUntil(lambda: [one.name for one in model.channels] == ["Second"])


def test_signing_in_ends_when_the_browser_came_back(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    accounts = FakeAccounts([account("tiktok", signed_in=False, ends=None)])
    accounts.bus = bridge[1]
    model = AccountsModel(bridge[0], accounts, FakePublishing())
    model.load()
    qtbot.waitUntil(lambda: model.accounts is not None)
    with qtbot.waitSignal(model.page_ready) as told:
        model.sign_in(AccountId("tiktok"))
    assert (told.args or [""])[0].startswith("https://")
    bridge[1].publish(PublishingChanged())  # something else happened: it goes on waiting
    qtbot.waitUntil(lambda: len(accounts.wishes("accounts")) > 1)
    with qtbot.waitSignal(model.signed_in):
        accounts.came_back(AccountId("tiktok"))
    assert model.waiting is None


def test_a_sign_in_that_was_refused_says_why_and_one_can_be_given_up(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    accounts = FakeAccounts([account("tiktok", signed_in=False, ends=None)])
    accounts.bus = bridge[1]
    model = AccountsModel(bridge[0], accounts, FakePublishing())
    model.load()
    qtbot.waitUntil(lambda: model.accounts is not None)
    with qtbot.waitSignal(model.page_ready):
        model.sign_in(AccountId("tiktok"))
    accounts.all[AccountId("tiktok")] = replace(
        accounts.all[AccountId("tiktok")], reason="errors.sign_in_denied"
    )
    accounts.waiting.clear()
    with qtbot.waitSignal(model.sign_in_failed) as told:
        bridge[1].publish(PublishingChanged())
    assert "errors.sign_in_denied" in repr(told.args)
    with qtbot.waitSignal(model.page_ready):
        model.sign_in(AccountId("tiktok"))
    model.cancel_sign_in()
    qtbot.waitUntil(lambda: accounts.wishes("cancel_sign_in") == [(AccountId("tiktok"),)])


def test_a_removed_account_can_be_had_back_and_goes_when_the_program_ends(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    accounts = FakeAccounts([account("tiktok"), account("youtube")])
    accounts.bus = bridge[1]
    model = AccountsModel(bridge[0], accounts, FakePublishing())
    model.load()
    qtbot.waitUntil(lambda: model.accounts is not None)
    gone = model.account(AccountId("tiktok"))
    assert gone is not None
    model.remove(gone)
    assert [len(some) for _, some in model.grouped()] == [1]
    model.put_back(gone.id)
    assert [len(some) for _, some in model.grouped()] == [2]
    model.remove(gone)
    model.finish()
    qtbot.waitUntil(lambda: accounts.wishes("remove") == [(gone.id,)])


# Links, results, the log.


def test_a_link_is_revoked_at_once_and_opened_again(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    sharing = FakeLinks([link(1), link(2)])
    model = LinksModel(bridge[0], sharing)
    assert model.there
    model.load()
    qtbot.waitUntil(lambda: model.links is not None)
    first = (model.links or ())[0]
    assert model.qr(first.recipients[0].id) == b""
    with qtbot.waitSignal(model.drawn):
        pass
    assert model.qr(first.recipients[0].id).startswith(b"<svg")
    with qtbot.waitSignal(model.revoked):
        model.revoke(first)
        assert [one.state for one in model.links or ()] == [LinkState.REVOKED, LinkState.OPEN]
    assert len(model.open) == 1
    model.restore(first.id)
    qtbot.waitUntil(lambda: len(model.open) == 2)
    bridge[1].publish(LinksChanged())
    qtbot.waitUntil(lambda: len(sharing.wishes("links")) > 2)


def test_without_services_nothing_is_asked(bridge: tuple[Bridge, EventBus]) -> None:
    links, results = LinksModel(bridge[0], None), ResultsModel(bridge[0], None)
    audit = AuditModel(bridge[0], None)
    for model in (links, results, audit):
        model.load()
        assert not model.there
    assert (links.links, results.overview, audit.entries) == (None, None, None)


def test_figures_are_asked_again_when_there_are_new_ones(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    service = FakeResults(figures())
    model = ResultsModel(bridge[0], service, lambda: NOW)
    model.load()
    qtbot.waitUntil(lambda: model.overview is not None)
    start, end = service.wishes("overview")[0]
    assert (end, start) == (NOW, NOW - 28 * 86_400)
    bridge[1].publish(FiguresChanged())
    qtbot.waitUntil(lambda: len(service.wishes("overview")) == 2)
    assert service.tests.wishes("list") == [], "nobody looked at the tests"
    model.show_days(7)
    assert model.overview is None
    qtbot.waitUntil(lambda: model.overview is not None)
    with qtbot.waitSignal(model.exported):
        model.export("/tmp/out")
    assert str(service.wishes("export")[0][0]) == "/tmp/out/Sokoul 2026-02-20 14.12.csv"


def test_the_log_comes_latest_first_in_pages(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    log = FakeAudit([entry(number) for number in range(1, 131)])
    model = AuditModel(bridge[0], log)
    model.load()
    qtbot.waitUntil(lambda: model.entries is not None)
    numbers = [one.number for one in model.entries or ()]
    assert (numbers[0], numbers[-1], len(numbers)) == (130, 71, 60)
    while model.older:
        with qtbot.waitSignal(model.changed):
            model.load_older()
    assert [one.number for one in model.entries or ()] == list(range(130, 0, -1))
    log.wrong = 17
    with qtbot.waitSignal(model.checked) as told:
        model.check()
    assert (told.args or [None])[0].wrong == 17
    with qtbot.waitSignal(model.forgotten) as told:
        model.forget("youtube")
    assert told.args == [130]


def test_posts_of_others_are_no_trouble(bridge: tuple[Bridge, EventBus]) -> None:
    model = PublishingViewModel(bridge[0], FakePublishing(), FakeAccounts(), lambda: NOW)
    assert model.post(PostId("f" * 32)) is None
    assert model.account(post(1)) is None
    assert model.next is None
