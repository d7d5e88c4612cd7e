"""What the Studio says of steps, states, looks and prices, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.project import (
    AssetKind,
    Look,
    MusicSource,
    PictureSource,
    ProjectState,
    Shape,
    Step,
    StepState,
    Tone,
)
from app.domain.studio import MakerChoice, ProjectCard, StepView
from ui import budget_words, words

DOLLARS = "USD"
STEPS: dict[Step, object] = {
    Step.KEYWORDS: QT_TRANSLATE_NOOP("Studio", "Keywords"),
    Step.SCRIPT: QT_TRANSLATE_NOOP("Studio", "Script"),
    Step.VOICE: QT_TRANSLATE_NOOP("Studio", "Voice"),
    Step.PICTURES: QT_TRANSLATE_NOOP("Studio", "Pictures"),
    Step.CLIPS: QT_TRANSLATE_NOOP("Studio", "Clips"),
    Step.AVATAR: QT_TRANSLATE_NOOP("Studio", "Avatar"),
    Step.MUSIC: QT_TRANSLATE_NOOP("Studio", "Music"),
    Step.MONTAGE: QT_TRANSLATE_NOOP("Studio", "Montage"),
    Step.THUMBNAIL: QT_TRANSLATE_NOOP("Studio", "Thumbnail"),
    Step.DETAILS: QT_TRANSLATE_NOOP("Studio", "Details"),
    Step.UPLOAD: QT_TRANSLATE_NOOP("Studio", "Upload"),
    Step.AB_TEST: QT_TRANSLATE_NOOP("Studio", "A/B test"),
}
STATES: dict[StepState, object] = {
    StepState.WAITING: QT_TRANSLATE_NOOP("Studio", "waiting"),
    StepState.RUNNING: QT_TRANSLATE_NOOP("Studio", "under way"),
    StepState.DONE: QT_TRANSLATE_NOOP("Studio", "done"),
    StepState.FAILED: QT_TRANSLATE_NOOP("Studio", "failed"),
    StepState.PAUSED: QT_TRANSLATE_NOOP("Studio", "paused"),
    StepState.SKIPPED: QT_TRANSLATE_NOOP("Studio", "not needed"),
}
TONES: dict[Tone, object] = {
    Tone.CURIOUS: QT_TRANSLATE_NOOP("Studio", "Curious"),
    Tone.CALM: QT_TRANSLATE_NOOP("Studio", "Calm"),
    Tone.LIVELY: QT_TRANSLATE_NOOP("Studio", "Lively"),
    Tone.SERIOUS: QT_TRANSLATE_NOOP("Studio", "Serious"),
}
LOOKS: dict[Look, object] = {
    Look.DUSK: QT_TRANSLATE_NOOP("Studio", "Dusk"),
    Look.PAPER: QT_TRANSLATE_NOOP("Studio", "Paper"),
    Look.NEON: QT_TRANSLATE_NOOP("Studio", "Neon"),
    Look.FOREST: QT_TRANSLATE_NOOP("Studio", "Forest"),
    Look.MONO: QT_TRANSLATE_NOOP("Studio", "Mono"),
}
PICTURES: dict[PictureSource, object] = {
    PictureSource.CARDS: QT_TRANSLATE_NOOP("Studio", "Cards drawn here"),
    PictureSource.COMMONS: QT_TRANSLATE_NOOP("Studio", "Free pictures, with credit"),
    PictureSource.FOLDER: QT_TRANSLATE_NOOP("Studio", "My picture folder"),
}
MUSIC: dict[MusicSource, object] = {
    MusicSource.BED: QT_TRANSLATE_NOOP("Studio", "Music made here"),
    MusicSource.FOLDER: QT_TRANSLATE_NOOP("Studio", "My music folder"),
    MusicSource.NONE: QT_TRANSLATE_NOOP("Studio", "No music"),
}
ASSETS: dict[AssetKind, object] = {
    AssetKind.PICTURE: QT_TRANSLATE_NOOP("Studio", "Picture"),
    AssetKind.CLIP: QT_TRANSLATE_NOOP("Studio", "Clip"),
    AssetKind.VOICE: QT_TRANSLATE_NOOP("Studio", "Voice"),
    AssetKind.MUSIC: QT_TRANSLATE_NOOP("Studio", "Music"),
    AssetKind.THUMBNAIL: QT_TRANSLATE_NOOP("Studio", "Thumbnail"),
    AssetKind.VIDEO: QT_TRANSLATE_NOOP("Studio", "Video"),
}
ASSET_KINDS: dict[AssetKind, object] = {
    AssetKind.PICTURE: QT_TRANSLATE_NOOP("Studio", "Pictures"),
    AssetKind.CLIP: QT_TRANSLATE_NOOP("Studio", "Clips"),
    AssetKind.VOICE: QT_TRANSLATE_NOOP("Studio", "Voices"),
    AssetKind.MUSIC: QT_TRANSLATE_NOOP("Studio", "Music"),
    AssetKind.THUMBNAIL: QT_TRANSLATE_NOOP("Studio", "Thumbnails"),
    AssetKind.VIDEO: QT_TRANSLATE_NOOP("Studio", "Videos"),
}
SHAPES: dict[Shape, object] = {
    Shape.PORTRAIT: QT_TRANSLATE_NOOP("Studio", "Upright"),
    Shape.WIDE: QT_TRANSLATE_NOOP("Studio", "Wide"),
    Shape.SQUARE: QT_TRANSLATE_NOOP("Studio", "Square"),
    Shape.TALL: QT_TRANSLATE_NOOP("Studio", "Feed"),
}


def tr(text: object) -> str:
    """Words of the tables above in the language of the window."""
    return QCoreApplication.translate("Studio", str(text))


def step(of: Step) -> str:
    """A step, such as ``Pictures``."""
    return tr(STEPS[of])


def length(seconds: float) -> str:
    """How long a video is, such as ``40 s`` or ``1 min 4 s``."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    if not minutes or not rest:
        return words.duration(seconds)
    return QCoreApplication.translate("Studio", "{0} min {1} s").format(minutes, rest)


def span(start: float, end: float) -> str:
    """When a scene is seen, such as ``0:06–0:17``; empty while nobody knows."""
    return f"{words.clock(start)}–{words.clock(end)}" if end > start else ""


def money(amount: int) -> str:
    """Millionths of a dollar, such as ``$0.42``."""
    return budget_words.money(amount, DOLLARS)


def price(amount: int | None) -> str:
    """What a video will cost, as a sentence."""
    if amount is None:
        return QCoreApplication.translate("Studio", "The price is not known: you will be asked.")
    if amount == 0:
        return QCoreApplication.translate("Studio", "Free, made on this device.")
    said = QCoreApplication.translate("Studio", "About {0}, taken from your budget.")
    return said.format(money(amount))


def short_price(amount: int | None) -> str:
    """The price of one maker in a list of them, such as ``$0.12``; empty when it is free."""
    if amount is None:
        return QCoreApplication.translate("Studio", "price not known")
    return money(amount) if amount else ""


def here() -> str:
    """Somebody who does a step: this device."""
    return QCoreApplication.translate("Studio", "This device")


def maker(choice: MakerChoice) -> str:
    """Who makes something, such as ``Flux · dev · $0.12``."""
    name = choice.name or here()
    cost = short_price(choice.price)
    return f"{name}{words.SEPARATOR}{cost}" if cost else name


def card_state(card: ProjectCard) -> tuple[str, str]:
    """How a project stands, and the colour token for it."""
    name = step(card.step) if card.step is not None else ""
    done = f"{round(card.progress * 100)} %"
    if card.state is ProjectState.RUNNING:
        return f"{name}{words.SEPARATOR}{done}" if name else done, "accent"
    if card.state is ProjectState.PAUSED:
        said = QCoreApplication.translate("Studio", "Paused")
        return f"{said}{words.SEPARATOR}{done}", "warn"
    if card.state is ProjectState.FAILED:
        failed = QCoreApplication.translate("Studio", "{0} failed")
        whole = QCoreApplication.translate("Studio", "Failed")
        return failed.format(name) if name else whole, "bad"
    if card.state is ProjectState.DONE:
        return QCoreApplication.translate("Studio", "Ready"), "good"
    if card.progress > 0:
        return QCoreApplication.translate("Studio", "Changed, not made yet"), "dim"
    return QCoreApplication.translate("Studio", "Not made yet"), "dim"


def step_caption(view: StepView) -> str:
    """What stands below a step: ``5 of 8``, ``42 %``, ``11 s``."""
    if view.state is StepState.RUNNING and view.total:
        if view.total == 100:
            return f"{view.done} %"
        counted = QCoreApplication.translate("Studio", "{0} of {1}")
        return counted.format(view.done, view.total)
    if view.state is StepState.DONE and view.seconds > 0:
        return words.duration(max(1.0, view.seconds))
    if view.state is StepState.FAILED:
        return QCoreApplication.translate("Studio", "failed")
    if view.state is StepState.PAUSED:
        return QCoreApplication.translate("Studio", "paused")
    return ""
