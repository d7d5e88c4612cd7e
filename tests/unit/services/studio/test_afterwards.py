"""What stays with a project: what it was cut by, what went wrong, and files nobody uses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.api.capabilities import Capability
from app.api.making import AvatarWanted, MediaKind, MediaModel, Order
from app.domain.errors import Refused, Unavailable
from app.domain.project import AssetKind, Brief, Maker, ProjectState, Step, StepState
from app.services.studio import pipeline
from app.services.studio.store import ProjectStore
from tests.unit.services.studio.workshop import Workshop, sound

TOPIC = Brief("Why time runs slower in your kitchen", seconds=25)
ANNA = MediaModel("anna", "Anna", MediaKind.AVATAR, 0.02, 60.0)


async def test_the_timeline_of_a_video_is_kept_as_data(shop: Workshop) -> None:
    store = ProjectStore(shop.database)
    project = await shop.studio.create(TOPIC, start=False)
    assert await store.timeline(project) is None
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    first = await store.timeline(project)
    assert first is not None
    view = await shop.studio.view(project)
    assert [shot.scene for shot in first.shots] == [scene.id for scene in view.scenes]
    assert [one.path for one in first.voice] == [scene.voice for scene in view.scenes]
    assert view.script is not None
    second = replace(view.script.scenes[1], narration="Only this is new.")
    await shop.studio.change_scene(project, second)
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    again = await store.timeline(project)
    assert again is not None
    assert again.voice[1].words[0].text == "Only"
    assert again.shots[0] == first.shots[0]
    await shop.studio.remove(project)
    assert await store.timeline(project) is None


async def test_a_scene_says_itself_what_failed_in_it_until_it_is_made(shop: Workshop) -> None:
    shop.hands.broken["card"] = Unavailable("errors.studio_disk", reason="No space left")
    project = await shop.made(TOPIC)
    failed = [one for one in (await shop.studio.view(project)).scenes if one.message]
    assert failed[0].message == "errors.studio_disk"
    assert failed[0].message_args["reason"] == "No space left"
    shop.hands.broken.clear()
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    assert {one.message for one in (await shop.studio.view(project)).scenes} == {""}


async def test_a_person_is_given_the_voice_in_a_form_all_services_take(shop: Workshop) -> None:
    shop.shops.can["heygen"] = (Capability.ANIMATES_AVATARS,)
    shop.shops.models = (ANNA,)
    asked: list[AvatarWanted] = []

    def animate(wanted: AvatarWanted) -> Order:
        asked.append(wanted)
        return Order(f"animate-{len(asked)}")

    shop.shops.answers["animate"] = animate
    project = await shop.made(replace(TOPIC, makers={Step.AVATAR: Maker("heygen", "anna")}))
    assert (await shop.studio.view(project)).card.state is ProjectState.DONE
    assert len(asked) == 2  # who speaks is seen at the beginning and at the end
    assert all((one.sound or b"").startswith(b"made small ") for one in asked)


async def test_files_nobody_uses_go_after_a_month(shop: Workshop) -> None:
    project = await shop.made(TOPIC)
    used = Path((await shop.studio.view(project)).video)
    stray = await shop.library.put(AssetKind.VOICE, sound(1.0, 7), "wav")
    other = await shop.made(replace(TOPIC, topic="Another thing"))
    assert shop.library.path(stray).exists()  # it is new
    shop.library._clock = lambda: stray.created + pipeline.UNUSED + 1
    await shop.studio.remove(other)
    assert not shop.library.path(stray).exists()
    assert used.exists()
    assert (await shop.studio.view(project)).video == str(used)


async def test_a_video_goes_to_the_accounts_that_were_named_and_once(shop: Workshop) -> None:
    brief = replace(TOPIC, publish=("tube", "chat"), ab_test=True)
    project = await shop.made(brief)
    view = await shop.studio.view(project)
    steps = {one.step: one for one in view.steps}
    assert steps[Step.UPLOAD].state is steps[Step.AB_TEST].state is StepState.DONE
    assert steps[Step.UPLOAD].message == "studio.posts_out"
    (finished,) = shop.outbox.finished.values()
    assert (finished.accounts, str(finished.video)) == (("tube", "chat"), view.video)
    assert finished.details == view.details
    assert finished.thumbnail is not None
    assert shop.outbox.tried == [(finished.key, 3)]
    await shop.studio.rerun(project, Step.THUMBNAIL)
    await shop.until(project, ProjectState.DONE, ProjectState.FAILED)
    assert len(shop.diary.of("published")) == 1  # what is made anew does not go out by itself


async def test_a_post_that_is_refused_fails_its_step_and_keeps_the_video(shop: Workshop) -> None:
    shop.outbox.broken = Refused("errors.post_refused", name="Tube")
    project = await shop.made(replace(TOPIC, publish=("tube",)))
    view = await shop.studio.view(project)
    assert (view.card.state, view.card.step) == (ProjectState.FAILED, Step.UPLOAD)
    assert Path(view.video).exists()
    shop.outbox.broken = None
    await shop.studio.start(project)
    await shop.until(project, ProjectState.DONE)
    assert len(shop.diary.of("render")) == 1
