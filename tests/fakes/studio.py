"""A Studio that lives in memory, for the page alone: projects, one of them whole, and makers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.errors import AppError, NotFound
from app.domain.events import StudioChanged
from app.domain.post import AccountView
from app.domain.project import (
    Asset,
    AssetId,
    AssetKind,
    Brief,
    Credit,
    Details,
    ProjectId,
    ProjectState,
    Scene,
    Script,
    Step,
    StepState,
)
from app.domain.studio import (
    AssetPage,
    ByHand,
    Candidate,
    LogLine,
    MakerChoice,
    Makers,
    ProjectCard,
    ProjectView,
    SceneView,
    StepView,
)
from app.runtime.bus import EventBus
from app.services.playback.request import Ticket

TOPIC = "Why time runs slower in your kitchen"
SCENES = (
    ("Hook", "Right now, a clock in your kitchen is slower than one on your roof."),
    ("Why time bends", "Einstein showed that mass slows time. The closer you are, the slower it "
                       "runs."),
    ("Atomic clocks", "In 1971 two scientists flew atomic clocks around the world to check."),
    ("GPS", "Every GPS satellite corrects for it, 38 microseconds each day."),
)  # fmt: skip


def asset(number: int) -> AssetId:
    """The id of an asset."""
    return AssetId(f"{number:064x}")


def card(number: int, **changes: object) -> ProjectCard:
    """A finished project."""
    made = ProjectCard(
        ProjectId(f"p{number}"), f"Video {number}", ProjectState.DONE, None, 1.0, "", "9:16",
        58.0, 1_795_690_800.0 - number,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def steps(running: Step | None = None, failed: Step | None = None) -> tuple[StepView, ...]:
    """The steps of a project that is at one of them; with neither it is finished."""
    order = list(Step)
    at = order.index(running or failed or Step.UPLOAD)
    found = []
    for place, step in enumerate(order):
        state = StepState.DONE if place < at else StepState.WAITING
        if step in (Step.CLIPS, Step.AVATAR):
            state = StepState.SKIPPED
        if step in (Step.UPLOAD, Step.AB_TEST) and not (running or failed):
            state = StepState.SKIPPED
        found.append(StepView(step, state, seconds=4.0 + place if state is StepState.DONE else 0.0))
    if running is not None:
        found[at] = StepView(running, StepState.RUNNING, 5, 8)
    if failed is not None:
        found[at] = StepView(
            failed, StepState.FAILED, 3, 8, message="errors.studio_disk",
            message_args={"reason": "No space left on device"},
        )  # fmt: skip
    return tuple(found)


def view(number: int = 1, pictures: Sequence[str] = (), **changes: object) -> ProjectView:
    """A project of four scenes, whose pictures are under way; the last has none yet."""
    shown = []
    for place, (title, words) in enumerate(SCENES):
        picture = pictures[place] if place < len(pictures) else ""
        found = tuple(
            Candidate(asset(10 * place + n), picture, 80 - 20 * n, "studio.reason_card",
                      "this device", "", n == 0)
            for n in range(3)
        ) if place < 3 else ()  # fmt: skip
        shown.append(
            SceneView(
                f"s{place + 1}",
                title,
                words,
                title.upper(),
                f"A drawing of {title.lower()}",
                place * 8.0,
                place * 8.0 + 8.0,
                picture,
                busy=place == 3,
                candidates=found,
            )  # fmt: skip
        )
    scenes = tuple(Scene(one.id, one.narration, 8.0, one.title) for one in shown)
    made = ProjectView(
        card(number, title=TOPIC, state=ProjectState.RUNNING, step=Step.PICTURES, progress=0.42),
        Brief(TOPIC), steps(Step.PICTURES), tuple(shown),
        Script(TOPIC, scenes, ("time", "gravity"), (Credit("Clock", "A. Author", "CC BY 4.0"),)),
        spent=420_000, written_by="Qwen2.5 3B",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def finished(number: int = 1, pictures: Sequence[str] = (), video: str = "/v.mp4") -> ProjectView:
    """The same, done."""
    whole = view(number, pictures)
    scenes = tuple(replace(scene, busy=False) for scene in whole.scenes)
    thumbs = tuple(
        Candidate(asset(900 + n), pictures[n] if n < len(pictures) else "", chosen=n == 0)
        for n in range(3)
    )
    told = Details(TOPIC, "A clock in your kitchen runs slower.\n\n0:00 Hook", ("time", "clocks"))
    return replace(
        whole, steps=steps(), scenes=scenes, details=told, video=video, thumbnails=thumbs,
        card=replace(whole.card, state=ProjectState.DONE, step=None, progress=1.0),
    )  # fmt: skip


CHOICES = (
    MakerChoice(Step.SCRIPT, "", "", "", 0, here=True),
    MakerChoice(Step.VOICE, "", "en_amy", "Amy", 0, "en", here=True),
    MakerChoice(Step.VOICE, "", "fr_tom", "Tom", 0, "fr", here=True),
    MakerChoice(Step.VOICE, "eleven", "rachel", "ElevenLabs · Rachel", 180_000, "en"),
    MakerChoice(Step.PICTURES, "", "", "", 0, here=True),
    MakerChoice(Step.PICTURES, "flux", "dev", "Flux · dev", 200_000),
    MakerChoice(Step.CLIPS, "runway", "gen4", "Runway · Gen-4", None),
    MakerChoice(Step.MUSIC, "", "", "", 0, here=True),
)
BY_HAND = (
    ByHand("Suno", Step.MUSIC, "studio.hand_partners"),
    ByHand("Haiper", Step.CLIPS, "studio.hand_closed"),
)


class FakeStudio:
    """Answers what it was given and remembers what was asked; `error` makes everything fail."""

    def __init__(self, cards: Sequence[ProjectCard] = (), whole: ProjectView | None = None) -> None:
        self.cards = list(cards)
        self.whole = whole
        self.choices: tuple[MakerChoice, ...] = CHOICES
        self.files: list[tuple[Asset, str]] = []
        self.outlets: tuple[AccountView, ...] = ()
        self.lines: list[LogLine] = []
        self.error: AppError | None = None
        self.asked: list[tuple[object, ...]] = []
        self.bus: EventBus | None = None

    async def list(self, *, archived: bool = False) -> Sequence[ProjectCard]:
        """Those that were put away, or those that were not."""
        self._note("list", archived)
        return [one for one in self.cards if one.archived == archived]

    async def create(self, brief: Brief, *, start: bool = True) -> ProjectId:
        """Note it."""
        self._note("create", brief, start)
        return ProjectId("new")

    async def start(self, project: ProjectId) -> None:
        """Note it."""
        self._note("start", project)

    async def pause(self, project: ProjectId) -> None:
        """Note it."""
        self._note("pause", project)

    async def rerun(self, project: ProjectId, step: Step, scene: str = "") -> None:
        """Note it."""
        self._note("rerun", project, step, scene)

    async def change_brief(self, project: ProjectId, brief: Brief) -> None:
        """Note it."""
        self._note("change_brief", project, brief)

    async def change_scene(self, project: ProjectId, scene: Scene) -> None:
        """Note it."""
        self._note("change_scene", project, scene)

    async def choose(self, project: ProjectId, scene: str, asset: AssetId) -> None:
        """Note it."""
        self._note("choose", project, scene, asset)

    async def candidates(self, project: ProjectId, scene: str) -> None:
        """Note it."""
        self._note("candidates", project, scene)

    async def own_file(self, project: ProjectId, scene: str, step: Step, path: Path) -> None:
        """Note it."""
        self._note("own_file", project, scene, step, path)

    async def preview(self, project: ProjectId) -> Path:
        """A file."""
        self._note("preview", project)
        return Path("/preview.mp4")

    async def view(self, project: ProjectId) -> ProjectView:
        """The project."""
        self._note("view", project)
        if self.whole is None:
            raise NotFound("errors.project_gone", id=project)
        return self.whole

    async def log(self, project: ProjectId, most: int = 100) -> Sequence[LogLine]:
        """What happened."""
        self._note("log", project, most)
        return self.lines[:most]

    async def makers(self, brief: Brief) -> Makers:
        """Everybody; the price is the sum of what the brief names."""
        self._note("makers", brief)
        prices = [
            next((one.price for one in self.choices
                  if (one.step, one.plugin, one.model) == (step, maker.plugin, maker.model)), None)
            for step, maker in brief.makers.items()
        ]  # fmt: skip
        known = [price for price in prices if price is not None]
        return Makers(self.choices, BY_HAND, sum(known) if len(known) == len(prices) else None)

    async def duplicate(self, project: ProjectId) -> ProjectId:
        """Note it."""
        self._note("duplicate", project)
        return ProjectId("copy")

    async def archive(self, project: ProjectId, *, away: bool = True) -> None:
        """Do it, and tell."""
        self._note("archive", project, away)
        self.cards = [
            replace(one, archived=away) if one.id == project else one for one in self.cards
        ]
        if self.bus is not None:
            now = next((one for one in self.cards if one.id == project), None)
            self.bus.publish(StudioChanged(project, now))

    async def remove(self, project: ProjectId) -> None:
        """Do it."""
        self._note("remove", project)
        self.cards = [one for one in self.cards if one.id != project]

    async def assets(
        self, words: str = "", kind: AssetKind | None = None, before: float = 0.0
    ) -> AssetPage:
        """Those whose prompt has the words."""
        self._note("assets", words, kind, before)
        found = [
            (one, path)
            for one, path in self.files
            if words in one.prompt and kind in (None, one.kind) and not before
        ]
        return AssetPage(tuple(found), len(found))

    async def sample(self, plugin: str, voice: str, language: str) -> Path:
        """Note it."""
        self._note("sample", plugin, voice, language)
        return Path("/sample.wav")

    async def export(self, project: ProjectId, out: Path) -> Path:
        """Note it."""
        self._note("export", project, out)
        return out / "video.mp4"

    def wishes(self, name: str) -> Sequence[tuple[object, ...]]:
        """What was asked under a name, without it."""
        return [one[1:] for one in self.asked if one[0] == name]

    def _note(self, *asked: object) -> None:
        self.asked.append(asked)
        if self.error is not None:
            raise self.error


class FakeScreen:
    """Takes files to play."""

    def __init__(self) -> None:
        self.files: list[tuple[Path, str, str]] = []

    async def offer_file(self, path: Path, title: str, stream: str) -> Ticket:
        """Note it."""
        self.files.append((path, title, stream))
        return Ticket(len(self.files))
