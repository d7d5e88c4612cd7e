"""From a brief to a video, and everything that may happen on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from app.api.capabilities import Capability
from app.api.making import Fact, MediaKind, MediaModel, Speech, SpeechWanted, Voice
from app.domain.budget import Limit, Limits, Span
from app.domain.errors import InvalidInput, NotFound, Refused, Unavailable
from app.domain.events import NoticeRaised
from app.domain.project import (
    AssetId,
    AssetKind,
    Brief,
    Credit,
    Maker,
    MusicSource,
    PictureSource,
    ProjectState,
    Shape,
    Step,
    StepState,
)
from app.domain.studio import ProjectView
from tests.unit.services.studio.test_writing import answer
from tests.unit.services.studio.workshop import Workshop, sound

TOPIC = Brief("Why time runs slower in your kitchen", seconds=25)
FLUX = MediaModel("flux", "Flux", MediaKind.PICTURE, 0.03)
RUNWAY = MediaModel("gen4", "Gen 4", MediaKind.CLIP, 0.05, 10.0)


def states(view: ProjectView) -> dict[Step, StepState]:
    return {one.step: one.state for one in view.steps}


async def test_a_topic_becomes_a_video_with_nobody_to_ask(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    view = await shop.studio.view(project)
    assert view.card.state is ProjectState.DONE, [one for one in view.steps if one.message]
    skipped = {Step.KEYWORDS, Step.CLIPS, Step.AVATAR, Step.UPLOAD, Step.AB_TEST}
    assert {step for step, state in states(view).items() if state is StepState.SKIPPED} == skipped
    assert all(
        state is StepState.DONE for step, state in states(view).items() if step not in skipped
    )
    assert view.card.progress == 1.0
    assert Path(view.video).read_bytes().startswith(b"made video")
    assert len(view.scenes) == len(shop.diary.of("speak")) == len(shop.diary.of("card"))
    assert [scene.start for scene in view.scenes] == sorted(scene.start for scene in view.scenes)
    assert all(scene.picture and scene.voice and scene.words for scene in view.scenes)
    assert len(view.thumbnails) == 3
    assert sum(one.chosen for one in view.thumbnails) == 1
    assert view.details is not None
    assert view.details.title == TOPIC.topic
    assert view.written_by == ""
    assert 12 <= view.card.seconds <= 60


async def test_the_owner_is_told_when_it_is_ready_and_when_it_is_not(shop: Workshop) -> None:
    told: list[NoticeRaised] = []
    shop.bus.on(NoticeRaised, told.append)
    project = await shop.made(TOPIC)
    shop.hands.broken["speak"] = Unavailable("errors.studio_disk", reason="full")
    other = await shop.made(replace(TOPIC, topic="Another thing"))
    assert [(one.key, one.args["project"], one.desktop) for one in told] == [
        ("notices.video_ready", project, True),
        ("notices.video_failed", other, True),
    ]


async def test_each_step_is_told_while_it_moves(shop: Workshop) -> None:
    await shop.made(TOPIC)
    order = list(dict.fromkeys(step for step, state in shop.moves if state == StepState.RUNNING))
    assert order[:3] == [Step.KEYWORDS, Step.SCRIPT, Step.VOICE]
    last = [Step.MONTAGE, Step.THUMBNAIL, Step.DETAILS, Step.UPLOAD, Step.AB_TEST]
    assert order[-5:] == last
    voices = sum(step is Step.VOICE for step, _state in shop.moves)
    assert voices > 5


async def test_a_changed_word_makes_only_what_depends_on_it(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    before = await shop.studio.view(project)
    shop.diary.lines.clear()
    assert before.script is not None
    second = before.script.scenes[1]
    await shop.studio.change_scene(project, replace(second, narration="Only this is new."))
    view = await shop.studio.view(project)
    assert (view.card.state, view.video) == (ProjectState.DRAFT, "")
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    assert shop.diary.of("speak") == ["speak Only this is new."]
    assert len(shop.diary.of("card")) == 1
    assert len(shop.diary.of("render")) == 1
    after = await shop.studio.view(project)
    assert after.script is not None
    assert after.script.scenes[1].narration == "Only this is new."
    assert after.video != before.video


async def test_nothing_changed_makes_nothing_anew(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    first = (await shop.studio.view(project)).video
    shop.diary.lines.clear()
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    kinds = {line.split()[0] for line in shop.diary.lines}
    assert kinds == {"thumbnail"}
    assert (await shop.studio.view(project)).video == first


async def test_one_scene_is_drawn_anew_and_its_old_picture_stays_to_choose(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    shop.diary.lines.clear()
    await shop.studio.rerun(project, Step.PICTURES, "s2")
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    assert [line.split()[1] for line in shop.diary.of("card")] == ["s2"]
    assert shop.diary.of("speak") == []
    await shop.studio.candidates(project, "s2")
    scene = (await shop.studio.view(project)).scenes[1]
    assert len(scene.candidates) >= 4
    assert [one.chosen for one in scene.candidates].count(True) == 1
    other = next(one for one in scene.candidates if not one.chosen)
    await shop.studio.choose(project, "s2", other.asset)
    assert (await shop.studio.view(project)).scenes[1].picture == other.path
    with pytest.raises(NotFound):
        await shop.studio.choose(project, "s3", AssetId("0" * 64))


async def test_a_project_is_paused_and_goes_on(shop: Workshop) -> None:
    shop.hands.pause = 0.05
    project = await shop.studio.create(TOPIC)
    await _until_done(shop, "speak", 2)
    await shop.studio.pause(project)
    view = await shop.studio.view(project)
    assert view.card.state is ProjectState.PAUSED
    assert StepState.RUNNING not in states(view).values()
    done = len(shop.diary.of("speak"))
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    said = shop.diary.of("speak")
    assert len(said[:done]) == len(set(said[:done]))
    assert (await shop.studio.view(project)).card.state is ProjectState.DONE


async def _until_done(shop: Workshop, kind: str, count: int) -> None:
    async with asyncio.timeout(20):
        while len(shop.diary.of(kind)) < count:  # noqa: ASYNC110 - the diary tells nobody
            await asyncio.sleep(0.01)


async def test_a_step_that_fails_says_why_and_is_tried_again(shop: Workshop) -> None:
    shop.hands.broken["render"] = Unavailable("errors.studio_disk", reason="No space left")
    project = await shop.made(TOPIC)
    view = await shop.studio.view(project)
    assert (view.card.state, view.card.step) == (ProjectState.FAILED, Step.MONTAGE)
    failed = next(one for one in view.steps if one.state is StepState.FAILED)
    assert (failed.message, failed.message_args["reason"]) == (
        "errors.studio_disk",
        "No space left",
    )
    spoken = len(shop.diary.of("speak"))
    shop.hands.broken.clear()
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    assert len(shop.diary.of("speak")) == spoken
    assert any(line.key == "errors.studio_disk" for line in await shop.studio.log(project))


async def test_what_a_model_was_asked_is_kept_with_the_project(shop: Workshop) -> None:
    shop.pens.answers = [answer(TOPIC, 70, scenes=4)]
    project = await shop.made(TOPIC)
    view = await shop.studio.view(project)
    assert (view.written_by, len(view.scenes)) == ("Qwen", 4)
    line = next(one for one in await shop.studio.log(project) if one.key == "studio.did_script")
    assert TOPIC.topic in str(line.args["prompt"])
    assert line.args["by"] == "Qwen"


async def test_own_text_is_kept_word_for_word(shop: Workshop) -> None:
    text = "My first sentence, as I wrote it. The second one is here! And a third? Yes."
    project = await shop.made(Brief("", text, seconds=20, shape=Shape.WIDE))
    view = await shop.studio.view(project)
    assert " ".join(scene.narration for scene in view.scenes) == text
    assert view.card.shape == "16:9"


async def test_facts_are_told_with_whom_to_credit(shop: Workshop) -> None:
    told = (
        "A black hole is a body so compact that nothing escapes it. The boundary of no escape is "
        "called the event horizon. The first one was seen in 2019 by eight telescopes together."
    )
    credit = Credit("Black hole", "Wikipedia", "CC BY-SA 4.0", "https://example.org/wiki")
    shop.shops.can["wiki"] = (Capability.KNOWS_FACTS,)
    shop.shops.answers["facts"] = [Fact("Black hole", told, credit)]
    project = await shop.made(Brief("Black holes", seconds=30))
    view = await shop.studio.view(project)
    said = " ".join(scene.narration for scene in view.scenes)
    assert "event horizon" in said
    assert view.script is not None
    assert view.script.credits == (credit,)
    assert view.details is not None
    assert "Black hole · Wikipedia · CC BY-SA 4.0" in view.details.description


async def test_pictures_of_a_service_are_paid_once_and_followed(shop: Workshop) -> None:
    shop.shops.can["flux"] = (Capability.DRAWS_PICTURES,)
    shop.shops.models = (FLUX,)
    brief = replace(TOPIC, makers={Step.PICTURES: Maker("flux", "flux")})
    makers = await shop.studio.makers(brief)
    assert makers.price == 4 * 30_000
    project = await shop.made(brief)
    view = await shop.studio.view(project)
    assert view.card.state is ProjectState.DONE
    assert len(shop.diary.of("paid")) == len(view.scenes)
    assert view.spent == 30_000 * len(view.scenes)
    assert (await shop.budget.spending()).spent == view.spent
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    assert len(shop.diary.of("paid")) == len(view.scenes)


async def test_a_picture_a_service_refuses_becomes_a_card_and_costs_nothing(
    shop: Workshop,
) -> None:
    shop.shops.can["flux"] = (Capability.DRAWS_PICTURES,)
    shop.shops.models = (FLUX,)
    shop.shops.answers["follow"] = Refused("errors.media_refused", service="Flux")
    project = await shop.made(replace(TOPIC, makers={Step.PICTURES: Maker("flux", "flux")}))
    view = await shop.studio.view(project)
    assert view.card.state is ProjectState.DONE
    assert len(shop.diary.of("card")) == len(view.scenes)
    assert (await shop.budget.spending()).spent == 0
    pictures = next(one for one in view.steps if one.step is Step.PICTURES)
    assert pictures.message == "errors.media_refused"


async def test_a_budget_that_is_empty_spends_nothing(shop: Workshop) -> None:
    shop.limits = Limits((Limit(Span.MONTH, 100_000),))
    shop.shops.can["flux"] = (Capability.DRAWS_PICTURES,)
    shop.shops.models = (FLUX,)
    project = await shop.made(replace(TOPIC, makers={Step.PICTURES: Maker("flux", "flux")}))
    view = await shop.studio.view(project)
    assert len(shop.diary.of("paid")) == 3
    assert view.card.state is ProjectState.DONE
    assert (await shop.budget.spending()).spent == 90_000


async def test_clips_and_voices_of_services(shop: Workshop) -> None:
    shop.shops.can["runway"] = (Capability.MAKES_CLIPS,)
    shop.shops.can["eleven"] = (Capability.SPEAKS,)
    shop.shops.models = (RUNWAY,)
    shop.shops.answers["voices"] = [Voice("anna", "Anna", "en", 0.3, times=True)]

    def speak(wanted: SpeechWanted) -> Speech:
        shop.diary.write(f"bought {wanted.text}")
        return Speech(sound(2.0, len(wanted.text)), "wav", (), 0.001)

    shop.shops.answers["speak"] = speak
    brief = replace(
        TOPIC, makers={Step.CLIPS: Maker("runway", "gen4"), Step.VOICE: Maker("eleven", "anna")}
    )
    project = await shop.made(brief)
    view = await shop.studio.view(project)
    assert view.card.state is ProjectState.DONE
    assert len(shop.diary.of("paid")) == len(shop.diary.of("bought")) == len(view.scenes)
    assert all(scene.picture.endswith(".mp4") for scene in view.scenes)
    assert next(one.by for one in view.steps if one.step is Step.VOICE) == "Eleven · Anna"


async def test_a_voice_of_another_language_is_refused_before_anything_is_said(
    shop: Workshop,
) -> None:
    project = await shop.made(replace(TOPIC, makers={Step.VOICE: Maker("", "deux")}))
    view = await shop.studio.view(project)
    assert (view.card.state, view.card.step) == (ProjectState.FAILED, Step.VOICE)
    failed = next(one for one in view.steps if one.step is Step.VOICE)
    assert failed.message == "errors.voice_language"
    assert shop.diary.of("speak") == []
    await shop.studio.change_brief(project, TOPIC)
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)


async def test_own_pictures_are_found_by_their_names(shop: Workshop, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "kitchen_clock.jpg").write_bytes(b"made by me: a clock")
    (folder / "dog.jpg").write_bytes(b"made by me: a dog")
    (folder / "broken.jpg").write_bytes(b"nothing")
    shop.pictures = folder
    project = await shop.made(replace(TOPIC, pictures=PictureSource.FOLDER, music=MusicSource.NONE))
    view = await shop.studio.view(project)
    assert Path(view.scenes[0].picture).read_bytes() == b"made by me: a clock"
    assert states(view)[Step.MUSIC] is StepState.SKIPPED


async def test_own_files_take_a_scenes_place(shop: Workshop, tmp_path: Path) -> None:
    project = await shop.made(TOPIC)
    recording, picture = tmp_path / "me.wav", tmp_path / "me.png"
    recording.write_bytes(sound(4.0, 7))
    picture.write_bytes(b"made by me")
    await shop.studio.own_file(project, "s1", Step.VOICE, recording)
    await shop.studio.own_file(project, "s1", Step.PICTURES, picture)
    view = await shop.studio.view(project)
    assert view.scenes[0].end - view.scenes[0].start == pytest.approx(4.35)
    assert Path(view.scenes[0].picture).read_bytes() == b"made by me"
    with pytest.raises(InvalidInput):
        await shop.studio.own_file(project, "s1", Step.CLIPS, recording)
    shop.diary.lines.clear()
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    assert Path((await shop.studio.view(project)).scenes[0].picture).read_bytes() == b"made by me"
    assert shop.diary.of("speak") == []


async def test_a_voice_is_heard_before_it_is_used(shop: Workshop) -> None:
    path = await shop.studio.sample("", "deux", "fr")
    assert path.read_bytes().startswith(b"RIFF")
    assert shop.diary.of("speak") == ["speak Voici comment je lirais votre histoire."]
    await shop.studio.sample("", "deux", "fr")
    assert len(shop.diary.of("speak")) == 1
    with pytest.raises(InvalidInput):
        await shop.studio.sample("", "deux", "en")


async def test_a_preview_shows_what_is_there(shop: Workshop) -> None:
    shop.hands.broken["render"] = Unavailable("errors.studio_disk", reason="")
    project = await shop.made(TOPIC)
    shop.hands.broken.clear()
    path = await shop.studio.preview(project)
    assert path.read_bytes().startswith(b"made video")
    assert shop.diary.of("render")[-1].endswith("True")


async def test_a_copy_a_removal_and_the_asset_library(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    copy = await shop.studio.duplicate(project)
    shop.diary.lines.clear()
    await shop.studio.start(copy)
    await shop.until(copy, ProjectState.DONE)
    assert shop.diary.of("speak") == []
    assert {card.id for card in await shop.studio.list()} == {project, copy}
    await shop.studio.archive(copy)
    assert [card.id for card in await shop.studio.list()] == [project]
    assert [card.id for card in await shop.studio.list(archived=True)] == [copy]
    await shop.studio.remove(project)
    with pytest.raises(NotFound):
        await shop.studio.view(project)
    page = await shop.studio.assets("odd question", AssetKind.PICTURE)
    assert page.total == 1
    await shop.studio.choose(copy, "s3", page.assets[0][0].id)
    assert (await shop.studio.view(copy)).scenes[2].picture == page.assets[0][1]
    with pytest.raises(NotFound):
        await shop.studio.choose(copy, "s99", page.assets[0][0].id)


async def test_a_finished_video_is_exported_and_nothing_is_replaced(
    shop: Workshop, tmp_path: Path
) -> None:
    project = await shop.made(TOPIC)
    out = await shop.studio.export(project, tmp_path / "film.mp4")
    assert out.read_bytes() == Path((await shop.studio.view(project)).video).read_bytes()
    with pytest.raises(InvalidInput):
        await shop.studio.export(project, tmp_path / "film.mp4")


@pytest.mark.parametrize(
    ("brief", "key"),
    [
        (Brief(""), "errors.studio_empty"),
        (Brief("  ?! "), "errors.studio_empty"),
        (Brief("Good", seconds=3), "errors.studio_length"),
        (Brief("Good", seconds=100_000), "errors.studio_length"),
        (Brief("Good", "x" * 30_000), "errors.studio_too_long"),
    ],
)
async def test_a_brief_that_makes_no_video(shop: Workshop, brief: Brief, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await shop.studio.create(brief)
    assert refused.value.key == key
    assert await shop.studio.list() == []
