"""What the Studio page knows, without a widget: the list, a project, a brief, the assets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from app.domain.errors import NotFound, Unavailable
from app.domain.events import StudioChanged, StudioMoved
from app.domain.project import (
    Asset,
    AssetKind,
    Brief,
    Maker,
    MusicSource,
    PictureSource,
    ProjectState,
    Step,
    StepState,
)
from app.domain.studio import StepView
from app.runtime.bus import EventBus
from tests.fakes.budget import FakeBudget, month
from tests.fakes.services import running_bridge
from tests.fakes.studio import (
    CHOICES,
    TOPIC,
    FakeScreen,
    FakeStudio,
    asset,
    card,
    finished,
    view,
)
from ui import studio_words as said
from ui.bridge import Bridge
from ui.pages.studio import viewmodel
from ui.pages.studio.assets_model import AssetsModel
from ui.pages.studio.form_model import BriefModel
from ui.pages.studio.project_model import ProjectModel
from ui.pages.studio.viewmodel import StudioViewModel

Pair = tuple[Bridge, EventBus]


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Pair]:
    QLocale.setDefault(QLocale("en_US"))
    with running_bridge() as pair:
        yield pair


def _listed(qtbot: QtBot, bridge: Pair, studio: FakeStudio) -> StudioViewModel:
    model = StudioViewModel(bridge[0], studio)
    with qtbot.waitSignal(model.cards_changed):
        model.load()
    return model


def _opened(
    qtbot: QtBot, bridge: Pair, studio: FakeStudio, screen: FakeScreen | None = None
) -> ProjectModel:
    model = ProjectModel(bridge[0], studio, screen or FakeScreen(), FakeBudget(month(), 3))
    with qtbot.waitSignal(model.month_changed):
        model.open(card(1).id)
    qtbot.waitUntil(lambda: model.view is not None)
    return model


def _ids(model: StudioViewModel) -> list[str]:
    return [one.id for one in model.cards or ()]


def test_the_list_is_known_and_those_put_away_are_asked_for_apart(
    qtbot: QtBot, bridge: Pair
) -> None:
    studio = FakeStudio([card(1), card(2), card(3, archived=True)])
    model = StudioViewModel(bridge[0], studio)
    assert model.cards is None
    with qtbot.waitSignal(model.cards_changed):
        model.load()
    assert _ids(model) == ["p1", "p2"]
    model.show_archived(True)
    assert model.cards is None
    qtbot.waitUntil(lambda: _ids(model) == ["p3"])


def test_a_list_that_fails_is_told_and_can_be_asked_again(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio([card(1)])
    studio.error = Unavailable("errors.studio_disk", reason="x")
    model = StudioViewModel(bridge[0], studio)
    with qtbot.waitSignal(model.failed):
        model.load()
    assert (model.cards, model.error) == (None, studio.error)
    studio.error = None
    with qtbot.waitSignal(model.cards_changed):
        model.load()
    assert model.error is None
    assert _ids(model) == ["p1"]


def test_moves_are_gathered_and_keep_the_order(qtbot: QtBot, bridge: Pair) -> None:
    model = _listed(qtbot, bridge, FakeStudio([card(1), card(2)]))
    told: list[float] = []
    model.moved.connect(lambda one: told.append(one.progress))
    moved = card(2, state=ProjectState.RUNNING, step=Step.VOICE)
    for part in range(1, 41):
        now = replace(moved, progress=part / 100, updated=float(part))
        bridge[1].publish(StudioMoved(now, StepView(Step.VOICE, StepState.RUNNING, part, 100)))
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 0.4)
    assert len(told) < 10
    assert _ids(model) == ["p1", "p2"]
    assert (model.cards or ())[1].state is ProjectState.RUNNING


def test_what_only_has_another_date_is_not_told(qtbot: QtBot, bridge: Pair) -> None:
    model = _listed(qtbot, bridge, FakeStudio([card(1), card(2)]))
    told: list[str] = []
    model.moved.connect(lambda one: told.append(one.id))
    bridge[1].publish(StudioChanged(card(1).id, replace(card(1), updated=9e9)))
    bridge[1].publish(StudioChanged(card(2).id, replace(card(2), progress=0.5)))
    qtbot.waitUntil(lambda: told == ["p2"])


def test_a_new_project_comes_first_and_one_that_went_goes(qtbot: QtBot, bridge: Pair) -> None:
    model = _listed(qtbot, bridge, FakeStudio([card(1), card(2)]))
    with qtbot.waitSignal(model.cards_changed):
        bridge[1].publish(StudioChanged(card(9).id, card(9)))
    assert _ids(model) == ["p9", "p1", "p2"]
    with qtbot.waitSignal(model.cards_changed):
        bridge[1].publish(StudioChanged(card(1).id, None))
    assert _ids(model) == ["p9", "p2"]
    with qtbot.waitSignal(model.cards_changed):
        bridge[1].publish(StudioChanged(card(2).id, card(2, archived=True)))
    assert _ids(model) == ["p9"]


def test_a_removed_project_can_be_had_back(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio([card(1), card(2)])
    model = _listed(qtbot, bridge, studio)
    with qtbot.waitSignal(model.removed):
        model.remove(card(1))
    assert _ids(model) == ["p2"]
    qtbot.waitUntil(lambda: studio.wishes("pause") == [("p1",)])
    model.put_back(card(1).id)
    assert _ids(model) == ["p1", "p2"]
    model.finish()
    assert studio.wishes("remove") == []


def test_what_was_removed_goes_when_the_program_ends(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio([card(1), card(2)])
    model = _listed(qtbot, bridge, studio)
    model.remove(card(1))
    model.finish()
    qtbot.waitUntil(lambda: studio.wishes("remove") == [("p1",)])
    assert _ids(model) == ["p2"]


def test_what_was_removed_goes_when_its_undo_is_over(
    qtbot: QtBot, bridge: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewmodel, "UNDO_SECONDS", 0.0)
    studio = FakeStudio([card(1), card(2)])
    model = _listed(qtbot, bridge, studio)
    model.remove(card(1))
    qtbot.waitUntil(lambda: studio.wishes("remove") == [("p1",)])
    model.put_back(card(1).id)  # too late
    assert _ids(model) == ["p2"]


def test_putting_away_is_told_and_undone(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio([card(1), card(2)])
    studio.bus = bridge[1]
    model = _listed(qtbot, bridge, studio)
    with qtbot.waitSignal(model.put_away):
        model.archive(card(1))
    assert _ids(model) == ["p2"]
    model.archive(card(1, archived=True), away=False)
    qtbot.waitUntil(lambda: _ids(model) == ["p1", "p2"])


def test_a_project_is_begun_or_the_reason_is_told(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio([card(1)])
    model = _listed(qtbot, bridge, studio)
    busy: list[bool] = []
    model.busy_changed.connect(busy.append)
    with qtbot.waitSignal(model.made) as made:
        model.create(Brief(TOPIC))
    assert made.args == ["new"]
    studio.error = Unavailable("errors.studio_disk", reason="full")
    with qtbot.waitSignal(model.failed):
        model.create(Brief(TOPIC))
    assert busy == [True, False, True, False]
    assert model.cards is not None


def test_a_step_that_moves_is_mended_in_place(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio(whole=view(1))
    model = _opened(qtbot, bridge, studio)
    asked = len(studio.wishes("view"))
    step = StepView(Step.PICTURES, StepState.RUNNING, 6, 8)
    with qtbot.waitSignal(model.step_moved):
        bridge[1].publish(StudioMoved(view(1).card, step))
    assert model.view is not None
    assert next(one for one in model.view.steps if one.step is Step.PICTURES).done == 6
    qtbot.waitUntil(lambda: len(studio.wishes("view")) == asked + 1)  # a picture more to show


def test_a_long_piece_is_not_asked_for_each_percent(qtbot: QtBot, bridge: Pair) -> None:
    whole = view(1, steps=(StepView(Step.MONTAGE, StepState.RUNNING, 1, 100),))
    studio = FakeStudio(whole=whole)
    model = _opened(qtbot, bridge, studio)
    asked = len(studio.wishes("view"))
    for part in range(2, 30):
        step = StepView(Step.MONTAGE, StepState.RUNNING, part, 100)
        bridge[1].publish(StudioMoved(whole.card, step))
    qtbot.waitUntil(lambda: model.view is not None and model.view.steps[0].done == 29)
    assert not model._settle.isActive()
    assert len(studio.wishes("view")) == asked


def test_another_projects_moves_are_not_shown(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio(whole=view(1))
    model = _opened(qtbot, bridge, studio)
    before = model.view
    bridge[1].publish(StudioMoved(card(7), StepView(Step.PICTURES, StepState.DONE, 8, 8)))
    with qtbot.waitSignal(model.step_moved):
        bridge[1].publish(StudioMoved(view(1).card, StepView(Step.VOICE, StepState.DONE)))
    assert before is not None
    assert model.view is not None
    pictures = [next(o for o in one.steps if o.step is Step.PICTURES) for one in
                (before, model.view)]  # fmt: skip
    assert pictures[0] == pictures[1]


def test_a_project_that_is_gone_is_lost_but_a_later_failure_keeps_it(
    qtbot: QtBot, bridge: Pair
) -> None:
    studio = FakeStudio()
    model = ProjectModel(bridge[0], studio, FakeScreen(), None)
    with qtbot.waitSignal(model.lost):
        model.open(card(1).id)
    studio.whole = view(1)
    with qtbot.waitSignal(model.changed):
        model.load()
    studio.error = NotFound("errors.project_gone", id="p1")
    with qtbot.waitSignal(model.failed):
        model.load()
    assert model.view == view(1)


def test_the_finished_video_is_played_else_a_preview(qtbot: QtBot, bridge: Pair) -> None:
    studio, screen = FakeStudio(whole=finished(1)), FakeScreen()
    model = _opened(qtbot, bridge, studio, screen)
    with qtbot.waitSignal(model.play_ready):
        model.play()
    assert screen.files == [(Path("/v.mp4"), TOPIC, "studio:p1:video:v")]
    assert studio.wishes("preview") == []
    studio.whole = view(1)
    with qtbot.waitSignal(model.changed):
        model.load()
    busy: list[tuple[str, bool]] = []
    model.busy_changed.connect(lambda name, on: busy.append((name, on)))
    with qtbot.waitSignal(model.play_ready):
        model.play()
    assert screen.files[-1][0] == Path("/preview.mp4")
    studio.error = Unavailable("errors.studio_unfinished", scene="GPS")
    with qtbot.waitSignal(model.failed):
        model.play()
    assert busy == [("play", True), ("play", False)] * 2


def test_only_changed_words_of_a_scene_are_kept(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio(whole=view(1))
    model = _opened(qtbot, bridge, studio)
    script = view(1).script
    assert script is not None
    scene = script.scenes[1]
    with qtbot.waitSignal(model.scene_kept):
        model.change_scene(scene.id, scene.narration, "", "")
    assert studio.wishes("change_scene") == []
    with qtbot.waitSignal(model.scene_kept):
        model.change_scene(scene.id, " Other words. ", "TIME", "")
    wanted = replace(scene, narration="Other words.", on_screen_text="TIME")
    assert studio.wishes("change_scene") == [("p1", wanted)]


def _asked_more(studio: FakeStudio, count: int) -> bool:
    return len(studio.wishes("view")) > count


def test_wishes_reach_the_studio_and_the_project_is_asked_for_again(
    qtbot: QtBot, bridge: Pair
) -> None:
    studio = FakeStudio(whole=view(1))
    model = _opened(qtbot, bridge, studio)
    wishes: tuple[Callable[[], None], ...] = (
        model.start,
        model.pause,
        lambda: model.rerun(Step.PICTURES, "s2"),
        lambda: model.choose("s1", asset(2)),
        lambda: model.more_candidates("s3"),
        lambda: model.own_file("s1", Step.CLIPS, "/home/clip.mp4"),
    )
    for count, wish in enumerate(wishes, len(studio.wishes("view"))):
        wish()
        qtbot.waitUntil(partial(_asked_more, studio, count))
    assert [one[0] for one in studio.asked if one[0] != "view"] == [
        "start", "pause", "rerun", "choose", "candidates", "own_file",
    ]  # fmt: skip
    assert studio.wishes("own_file") == [("p1", "s1", Step.CLIPS, Path("/home/clip.mp4"))]


def test_an_export_tells_where(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio(whole=finished(1))
    model = _opened(qtbot, bridge, studio)
    with qtbot.waitSignal(model.exported) as told:
        model.export(b"/home/\xff")
    assert studio.wishes("export") == [("p1", Path("/home/\udcff"))]
    assert told.args == ["/home/\ufffd/video.mp4"]


def test_the_limit_of_the_month_is_known(qtbot: QtBot, bridge: Pair) -> None:
    model = _opened(qtbot, bridge, FakeStudio(whole=view(1)))
    assert model.limit is not None
    assert model.limit.limit.amount == 10_000_000


def _briefed(qtbot: QtBot, bridge: Pair, studio: FakeStudio) -> BriefModel:
    model = BriefModel(bridge[0], studio, FakeScreen())
    model.begin(TOPIC)
    qtbot.waitUntil(lambda: model.makers is not None)
    return model


def test_a_topic_alone_is_enough_and_free(qtbot: QtBot, bridge: Pair) -> None:
    model = _briefed(qtbot, bridge, FakeStudio())
    assert (model.ready, model.price) == (True, 0)
    assert model.wanted() == Brief(TOPIC)
    assert said.price(model.price) == "Free, made on this device."
    model.begin()  # one comes back to what was written
    assert model.wanted() == Brief(TOPIC)
    model.set(topic=" ?! ")
    assert not model.ready
    model.clear()
    assert model.wanted() == Brief("")


def test_own_text_takes_the_topics_place(qtbot: QtBot, bridge: Pair) -> None:
    model = _briefed(qtbot, bridge, FakeStudio())
    model.set(text="My own words.")
    assert model.wanted().text == ""
    model.set_own_text(True)
    assert (model.ready, model.wanted().text) == (True, "My own words.")
    model.set(text="")
    assert not model.ready


def test_voices_speak_the_language_and_go_with_it(qtbot: QtBot, bridge: Pair) -> None:
    model = _briefed(qtbot, bridge, FakeStudio())
    assert [one.name for one in model.offered(Step.VOICE)] == ["Amy", "ElevenLabs · Rachel"]
    model.choose(Step.VOICE, CHOICES[1])
    assert model.brief.makers == {Step.VOICE: Maker("", "en_amy")}
    model.set(language="fr")
    assert model.brief.makers == {}
    assert [one.name for one in model.offered(Step.VOICE)] == ["Tom"]
    assert list(model.languages) == ["en", "fr"]


def test_the_price_follows_who_is_chosen(qtbot: QtBot, bridge: Pair) -> None:
    model = _briefed(qtbot, bridge, FakeStudio())
    model.choose(Step.VOICE, CHOICES[3])
    model.choose(Step.PICTURES, CHOICES[5])
    qtbot.waitUntil(lambda: model.price == 380_000)
    assert said.price(model.price) == "About $0.38, taken from your budget."
    model.choose(Step.CLIPS, CHOICES[6])
    qtbot.waitUntil(lambda: model.price is None)
    assert said.price(None) == "The price is not known: you will be asked."
    model.choose(Step.CLIPS, None)
    model.choose(Step.PICTURES, PictureSource.COMMONS)
    model.choose(Step.MUSIC, MusicSource.NONE)
    qtbot.waitUntil(lambda: model.price == 180_000)
    assert model.chosen(Step.PICTURES) is PictureSource.COMMONS
    assert model.chosen(Step.MUSIC) is MusicSource.NONE
    assert model.chosen(Step.VOICE) == CHOICES[3]


def test_a_voice_is_heard_before_a_video_is_made(qtbot: QtBot, bridge: Pair) -> None:
    studio, screen = FakeStudio(), FakeScreen()
    model = BriefModel(bridge[0], studio, screen)
    model.begin(TOPIC)
    qtbot.waitUntil(lambda: model.makers is not None)
    model.choose(Step.VOICE, CHOICES[3])
    busy: list[bool] = []
    model.sampling.connect(busy.append)
    with qtbot.waitSignal(model.play_ready):
        model.sample()
    assert studio.wishes("sample") == [("eleven", "rachel", "en")]
    assert screen.files == [(Path("/sample.wav"), "ElevenLabs · Rachel", "studio:sample")]
    studio.error = Unavailable("errors.studio_disk", reason="x")
    with qtbot.waitSignal(model.failed):
        model.sample()
    assert busy == [True, False, True, False]


def test_letters_typed_are_one_question(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio()
    model = _briefed(qtbot, bridge, studio)
    asked = len(studio.wishes("makers"))
    for end in range(1, 20):
        model.set(topic=TOPIC[:end])
    qtbot.waitUntil(lambda: len(studio.wishes("makers")) > asked)
    assert len(studio.wishes("makers")) == asked + 1


def test_makers_that_cannot_be_asked_leave_the_form_usable(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio()
    studio.error = Unavailable("errors.studio_disk", reason="x")
    model = BriefModel(bridge[0], studio, FakeScreen())
    model.begin(TOPIC)
    qtbot.waitUntil(lambda: model.error is not None)
    assert (model.ready, model.price) == (True, 0)
    assert "fr" in model.languages


def test_assets_are_searched_and_more_of_them_come(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio()
    studio.files = [
        (Asset(asset(n), kind, "jpg", 10, prompt=f"thing {n}", created=100.0 - n), f"/{n}.jpg")
        for n, kind in enumerate([AssetKind.PICTURE, AssetKind.PICTURE, AssetKind.MUSIC])
    ]
    model = AssetsModel(bridge[0], studio)
    with qtbot.waitSignal(model.changed):
        model.load()
    assert (len(model.assets or ()), model.has_more) == (3, False)
    for end in range(1, 8):
        model.search("thing 1"[:end])
    qtbot.waitUntil(lambda: len(model.assets or ()) == 1)
    assert studio.wishes("assets")[1:] == [("thing 1", None, 0.0)]
    model.search("")
    model.show_kind(AssetKind.MUSIC)
    qtbot.waitUntil(lambda: [one.kind for one, _ in model.assets or ()] == [AssetKind.MUSIC])


def test_a_page_of_assets_that_brings_nothing_new_ends_them(qtbot: QtBot, bridge: Pair) -> None:
    studio = FakeStudio()
    studio.files = [(Asset(asset(1), AssetKind.PICTURE, "jpg", 10, created=5.0), "/1.jpg")]
    model = AssetsModel(bridge[0], studio)
    with qtbot.waitSignal(model.changed):
        model.load()
    model.total = 9  # as of a library whose other files have just gone
    more = [model.has_more]
    with qtbot.waitSignal(model.changed):
        model.more()
    assert [*more, model.has_more] == [True, False]
    assert studio.wishes("assets")[-1] == ("", None, 5.0)


@pytest.mark.parametrize(
    ("state", "step", "words", "tone"),
    [
        (ProjectState.RUNNING, Step.PICTURES, "Pictures · 42 %", "accent"),
        (ProjectState.PAUSED, Step.PICTURES, "Paused · 42 %", "warn"),
        (ProjectState.FAILED, Step.CLIPS, "Clips failed", "bad"),
        (ProjectState.DONE, None, "Ready", "good"),
        (ProjectState.DRAFT, None, "Changed, not made yet", "dim"),
    ],
)
def test_states_in_words(
    qtbot: QtBot, state: ProjectState, step: Step | None, words: str, tone: str
) -> None:
    assert said.card_state(card(1, state=state, step=step, progress=0.42)) == (words, tone)


def test_lengths_and_captions(qtbot: QtBot) -> None:
    assert [said.length(one) for one in (15, 60, 64, 90, 180)] == [
        "15 s", "1 min", "1 min 4 s", "1 min 30 s", "3 min",
    ]  # fmt: skip
    captions = [
        said.step_caption(one)
        for one in (
            StepView(Step.PICTURES, StepState.RUNNING, 5, 8),
            StepView(Step.MONTAGE, StepState.RUNNING, 42, 100),
            StepView(Step.SCRIPT, StepState.DONE, seconds=11.2),
            StepView(Step.MUSIC),
        )
    ]
    assert captions == ["5 of 8", "42 %", "11 s", ""]
