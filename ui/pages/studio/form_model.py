"""What a new video will be: the brief as it is written, who can do what, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from app.domain.post import AccountView
from app.domain.project import Brief, Maker, MusicSource, PictureSource, Step
from app.domain.studio import ByHand, MakerChoice, Makers
from app.services.playback.request import Ticket
from ui.bridge import Bridge, Call
from ui.pages.studio.ports import AccountsPort, BriefPort, PlayPort

SETTLE_MS = 300
"""A price is asked for after so long without a change."""
LENGTHS = (15, 30, 45, 60, 90, 180)
SOME_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
"""Offered while nobody said which languages are spoken here."""


class BriefModel(QObject):
    """Holds the brief. Each default is good: with a topic alone it can be made."""

    changed = Signal()
    """The brief, the makers or the price are new."""
    sampling = Signal(bool)
    """A voice is being asked for a sentence."""
    play_ready = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        studio: BriefPort,
        player: PlayPort,
        accounts: AccountsPort | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._studio, self._player = bridge, studio, player
        self._desk = accounts
        self.accounts: tuple[AccountView, ...] = ()
        self._asking: Call | None = None
        self._own = False
        self.brief = _usual()
        self.makers: Makers | None = None
        self.error: BaseException | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)

    def begin(self, topic: str = "") -> None:
        """Begin with a topic when there is one, else go on with what was written before."""
        if topic:
            self.brief = replace(self.brief, topic=topic)
            self._own = False
        self.load()
        self.changed.emit()

    def begin_again(self, brief: Brief) -> None:
        """Change what a video there is was made with."""
        self.brief, self._own = brief, bool(brief.text.strip())
        self.load()
        self.changed.emit()

    def clear(self) -> None:
        """What was written has become a video; what it is made with stays for the next."""
        self.brief = replace(self.brief, topic="", text="", publish=(), ab_test=False)
        self.changed.emit()

    def sample(self) -> None:
        """Hear the voice that is chosen say a sentence."""
        maker = self.brief.makers.get(Step.VOICE, Maker())
        name = self.chosen(Step.VOICE)
        title = name.name if isinstance(name, MakerChoice) else ""
        self.sampling.emit(True)
        coro = self._sampled(maker, self.brief.language, title)
        self._bridge.call(coro, self._on_sampled, self._on_sample_failed, self)

    def quick(self, topic: str) -> Brief:
        """A brief about a topic, with what was chosen last and every other default.

        Nothing goes out by itself that was not wished for this video.
        """
        return replace(self.wanted(), topic=topic, text="", publish=(), ab_test=False)

    def load(self) -> None:
        """Ask who can do what."""
        if self._asking is not None:
            self._asking.cancel()
        if self._desk is not None:
            self._bridge.call(self._desk.accounts(), self._on_accounts, lambda _error: None, self)
        coro = self._studio.makers(self.wanted())
        self._asking = self._bridge.call(coro, self._on_makers, self._on_failed, self)

    @property
    def own_text(self) -> bool:
        """Whether the owner's own text is spoken, not one about a topic."""
        return self._own

    @property
    def ready(self) -> bool:
        """Whether there is something to make a video of."""
        said = self.brief.text if self._own else self.brief.topic
        return any(char.isalnum() for char in said)

    @property
    def price(self) -> int | None:
        """What it costs; None when nobody knows. 0 while nobody said otherwise."""
        return self.makers.price if self.makers is not None else 0

    def wanted(self) -> Brief:
        """The brief as it is handed over: with a text only when that is what is spoken."""
        return self.brief if self._own else replace(self.brief, text="")

    def set_own_text(self, on: bool) -> None:
        """Speak the owner's own text, or one about the topic."""
        if on != self._own:
            self._own = on
            self._touch()

    def set(self, **changes: Any) -> None:  # noqa: ANN401 - any field of a brief
        """Change fields of the brief. A voice of another language goes with the language."""
        brief = replace(self.brief, **changes)
        if brief == self.brief:
            return
        if brief.language != self.brief.language:
            makers: dict[Step, Maker] = dict(brief.makers)
            makers.pop(Step.VOICE, None)
            brief = replace(brief, makers=makers)
        self.brief = brief
        self._touch()

    def choose(self, step: Step, choice: MakerChoice | PictureSource | MusicSource | None) -> None:
        """Say who does a step; None and sources are done here."""
        makers = {one: maker for one, maker in self.brief.makers.items() if one is not step}
        changes: dict[str, Any] = {}
        if isinstance(choice, PictureSource):
            changes["pictures"] = choice
        elif isinstance(choice, MusicSource):
            changes["music"] = choice
        elif choice is not None and (choice.plugin or choice.model):
            makers[step] = Maker(choice.plugin, choice.model)
        self.set(makers=makers, **changes)

    def publish_to(self, account: str, *, on: bool) -> None:
        """Let the video go to an account when it is ready, or not."""
        others = tuple(one for one in self.brief.publish if one != account)
        self.set(publish=(*others, account) if on else others)

    def chosen(self, step: Step) -> MakerChoice | PictureSource | MusicSource | None:
        """Who does a step, as `choose` takes it."""
        maker = self.brief.makers.get(step)
        if maker is None:
            sources: dict[Step, PictureSource | MusicSource] = {
                Step.PICTURES: self.brief.pictures,
                Step.MUSIC: self.brief.music,
            }
            return sources.get(step)
        return next(
            (one for one in self.offered(step)
             if (one.plugin, one.model) == (maker.plugin, maker.model)), None,
        )  # fmt: skip

    def offered(self, step: Step) -> Sequence[MakerChoice]:
        """Who else than the usual one can do a step; voices speak the language of the brief."""
        known = self.makers.choices if self.makers is not None else ()
        found = [one for one in known if one.step is step and (one.plugin or one.model)]
        if step is Step.VOICE:
            spoken = self.brief.language
            found = [one for one in found if one.language in ("", spoken)]
        return found

    @property
    def by_hand(self) -> Sequence[ByHand]:
        """Services whose files are imported by hand."""
        return self.makers.by_hand if self.makers is not None else ()

    @property
    def languages(self) -> Sequence[str]:
        """Languages somebody here speaks."""
        known = self.makers.choices if self.makers is not None else ()
        found = {one.language for one in known if one.step is Step.VOICE and one.language}
        return sorted(found | {self.brief.language}) if found else SOME_LANGUAGES

    async def _sampled(self, maker: Maker, language: str, title: str) -> Ticket:
        path = await self._studio.sample(maker.plugin, maker.model, language)
        return await self._player.offer_file(path, title or language, f"studio:{path.stem}")

    def _on_sampled(self, ticket: Ticket) -> None:
        self.sampling.emit(False)
        self.play_ready.emit(ticket)

    def _on_sample_failed(self, error: BaseException) -> None:
        self.sampling.emit(False)
        self.failed.emit(error)

    def _touch(self) -> None:
        self._settle.start()
        self.changed.emit()

    def _on_accounts(self, accounts: Sequence[AccountView]) -> None:
        if tuple(accounts) != self.accounts:
            self.accounts = tuple(accounts)
            self.changed.emit()

    def _on_makers(self, makers: Makers) -> None:
        self._asking, self.error = None, None
        first = self.makers is None
        self.makers = makers
        spoken = {one.language for one in makers.choices if one.step is Step.VOICE}
        if first and spoken and self.brief.language not in spoken and "en" in spoken:
            self.brief = replace(self.brief, language="en")
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._asking, self.error = None, error
        self.changed.emit()


def _usual() -> Brief:
    """A brief in the language of the window."""
    language = QLocale().name()[:2]
    return Brief("", language=language if language.isalpha() and language != "C" else "en")
