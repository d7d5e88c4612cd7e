"""Makes the parts of a video, scene by scene: voices, pictures, clips, music, thumbnails."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.api.capabilities import Capability
from app.api.making import (
    AvatarWanted,
    ClipWanted,
    MusicWanted,
    PictureWanted,
    Speech,
    SpeechWanted,
    Voice,
)
from app.domain.budget import MICROS, PaidCall, PaidKind
from app.domain.errors import AppError, InvalidInput, Unavailable
from app.domain.project import Asset, AssetId, AssetKind, MusicSource, ProjectId, Scene, Step
from app.services.studio.assets import AssetLibrary, Use
from app.services.studio.finding import Finder
from app.services.studio.ordering import AVATAR, CLIP, MUSIC, PICTURE, Orders, Purpose
from app.services.studio.ports import Artist, Composer, LocalSpeech, Purse, Services, size_of
from app.services.studio.store import Record
from app.services.studio.voice_check import check_voice
from app.services.studio.works import Work, WorkBook, mark_of

log = logging.getLogger(__name__)

VOICE_ROLE: Final = "voice"
PICTURE_ROLE: Final = "picture"
CLIP_ROLE: Final = "clip"
MUSIC_ROLE: Final = "music"
THUMBNAIL_ROLE: Final = "thumbnail"
PINNED: Final = "pinned"
"""In `Use.more`: the owner chose it, so nothing else takes its place until it is made anew."""
THUMBNAILS: Final = 3
LAYOUTS: Final = 4
LONGEST_CLIP: Final = 10.0
LONGEST_CALL: Final = 290.0
"""Seconds a service may take for one text: just within a step's own limit."""
SOUNDS: Final = frozenset({".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"})


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one piece: who made it, what it cost, and whether it stands in for another."""

    by: str = ""
    price: int = 0
    instead: str = ""  # a key: why what was wanted could not be had
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crew:
    """Lives on the service loop. Every method is safe to call again: what is there is kept."""

    library: AssetLibrary
    works: WorkBook
    orders: Orders
    services: Services
    purse: Purse
    speech: LocalSpeech
    artist: Artist
    composer: Composer
    finder: Finder
    music_folder: Callable[[], Path | None]

    async def voice(self, record: Record, scene: Scene, take: int) -> Part:
        """Have a scene's narration spoken."""
        if await self._pinned(record.id, VOICE_ROLE, scene.id):
            return Part()
        maker = record.brief.makers.get(Step.VOICE)
        plugin = maker.plugin if maker else ""
        voice = await self._voice(plugin, maker.model if maker else "", record.brief.language)
        wrong = check_voice(scene.narration, voice)
        if wrong is not None:
            raise wrong
        wanted = SpeechWanted(voice.id, scene.narration, record.brief.language)
        mark = mark_of("voice", plugin, wanted.voice, wanted.text, wanted.language, take)
        asset, more, price = await self._spoken(plugin, voice, wanted, mark, record.id)
        await self.library.use(
            record.id, Use(asset, scene.id, VOICE_ROLE, mark, more={**more, "by": voice.name})
        )
        return Part(_by(self.services, plugin, voice.name), price)

    async def sample(self, plugin: str, voice: str, language: str, said: str) -> Asset:
        """Have a sentence spoken, to hear a voice before a video is made with it."""
        one = await self._voice(plugin, voice, language)
        mark = mark_of("voice", plugin, one.id, said, language, 0)
        wanted = SpeechWanted(one.id, said, language)
        return (await self._spoken(plugin, one, wanted, mark))[0]

    async def voices_of(self, plugin: str) -> Sequence[Voice]:
        """The voices of a plugin, or of this device."""
        if not plugin:
            return await self.speech.voices()
        answer = await self.services.call(plugin, Capability.SPEAKS, "voices", patience=20.0)
        assert isinstance(answer, (list, tuple))
        return answer

    async def picture(self, record: Record, scene: Scene, take: int) -> Part:
        """Find or draw what a scene shows; a card of our own when nothing else can be had."""
        if await self._pinned(record.id, PICTURE_ROLE, scene.id):
            return Part()
        maker = record.brief.makers.get(Step.PICTURES)
        if maker is not None and maker.plugin:
            try:
                return await self._drawn(record, scene, take, maker.plugin, maker.model)
            except Unavailable:
                raise  # it is tried again before a card stands in for it
            except AppError as error:
                await self.card(record, scene, take)
                return Part("", 0, error.key, error.args_map)
        found = await self.finder.find(record, scene, take)
        if found is None:
            await self.card(record, scene, take)
            return Part()
        return Part(found)

    async def card(
        self, record: Record, scene: Scene, variant: int, *, chosen: bool = True
    ) -> None:
        """Draw a card for a scene."""
        scenes = record.script.scenes if record.script else (scene,)
        at = next((n for n, one in enumerate(scenes) if one.id == scene.id), 0)
        width, height = size_of(record.brief.shape)
        mark = mark_of(
            "card", scene.title, scene.on_screen_text, scene.narration, at, len(scenes),
            record.brief.look, width, height, variant,
        )  # fmt: skip
        work = await self.works.find(mark)
        if work is None or not work.asset:
            layout = at % LAYOUTS + LAYOUTS * variant  # neighbours do not look alike
            content = await self.artist.card(scene, (at, len(scenes)), record.brief, layout)
            asset = await self.library.put(
                AssetKind.PICTURE, content, "jpg", source="cards", prompt=scene.on_screen_text
            )
            await self.works.keep(Work(mark, asset=asset.id))
        else:
            asset = await self.library.get(AssetId(work.asset))
        more = {"by": "cards"}
        await self.library.use(
            record.id,
            Use(asset, scene.id, PICTURE_ROLE, mark, chosen, 50, "studio.reason_card", more),
        )

    async def clip(self, record: Record, scene: Scene, take: int) -> Part:
        """Have a clip made for a scene."""
        if await self._pinned(record.id, CLIP_ROLE, scene.id):
            return Part()
        maker = record.brief.makers[Step.CLIPS]
        width, height = record.brief.shape.size
        seconds = min(LONGEST_CLIP, max(4.0, math.ceil(scene.duration)))
        wanted = ClipWanted(maker.model, scene.visual_prompt, width, height, seconds)
        mark = mark_of("clip", maker.plugin, maker.model, wanted.prompt, width, seconds, take)
        purpose = Purpose(mark, record.id, f"{record.title[:40]} · {scene.id}")
        asset, price = await self.orders.made(CLIP, maker.plugin, wanted, purpose)
        await self.library.use(record.id, Use(asset, scene.id, CLIP_ROLE, mark))
        return Part(self.services.name_of(maker.plugin), price)

    async def avatar(self, record: Record, scene: Scene, take: int) -> Part:
        """Let a person say a scene, with the voice it has."""
        maker = record.brief.makers[Step.AVATAR]
        spoken = await self._chosen(record.id, VOICE_ROLE, scene.id)
        sound = None
        if spoken is not None:
            said = await asyncio.to_thread(self.library.path(spoken.asset).read_bytes)
            sound = said if spoken.asset.ending == "mp3" else await self.speech.compact(said)
        width, height = record.brief.shape.size
        seconds = spoken.asset.seconds if spoken else scene.duration
        wanted = AvatarWanted(
            maker.model, scene.narration, record.brief.language, width, height, sound, seconds
        )
        mark = mark_of(
            "avatar", maker.plugin, maker.model, scene.narration, width,
            spoken.asset.id if spoken else "", take,
        )  # fmt: skip
        purpose = Purpose(mark, record.id, f"{record.title[:40]} · {scene.id}")
        asset, price = await self.orders.made(AVATAR, maker.plugin, wanted, purpose)
        await self.library.use(record.id, Use(asset, scene.id, CLIP_ROLE, mark))
        return Part(self.services.name_of(maker.plugin), price)

    async def music(self, record: Record, seconds: float, take: int) -> Part:
        """Find or make the music of the whole video."""
        if await self._pinned(record.id, MUSIC_ROLE, ""):
            return Part()
        brief = record.brief
        mood = record.script.scenes[0].music_mood if record.script else brief.tone.value
        maker = brief.makers.get(Step.MUSIC)
        if maker is not None and maker.plugin:
            whole = math.ceil(seconds)
            wanted = MusicWanted(maker.model, mood, whole)
            mark = mark_of("music", maker.plugin, maker.model, mood, whole, take)
            purpose = Purpose(mark, record.id, record.title[:60])
            asset, price = await self.orders.made(MUSIC, maker.plugin, wanted, purpose)
            await self.library.use(record.id, Use(asset, "", MUSIC_ROLE, mark))
            return Part(self.services.name_of(maker.plugin), price)
        if brief.music is MusicSource.FOLDER and (own := await self._own_music(record, take)):
            return own
        length = 5.0 * math.ceil(seconds / 5.0)  # a changed word does not compose it anew
        mark = mark_of("bed", mood, length, record.id, take)
        work = await self.works.find(mark)
        if work is None or not work.asset:
            seed = int(mark[:8], 16)
            content = await self.composer.bed(mood, length, seed)
            asset = await self.library.put(
                AssetKind.MUSIC, content, "wav", source="bed", prompt=mood
            )
            await self.works.keep(Work(mark, asset=asset.id))
        else:
            asset = await self.library.get(AssetId(work.asset))
        await self.library.use(record.id, Use(asset, "", MUSIC_ROLE, mark))
        return Part()

    async def thumbnails(self, record: Record, title: str, take: int) -> None:
        """Draw three designs; the first is chosen, unless the owner chose another before."""
        picture = await self._chosen(record.id, PICTURE_ROLE, "s1")
        drawn_here = picture is None or picture.asset.source == "cards"  # words over words
        place = None if drawn_here or picture is None else self.library.path(picture.asset)
        before = await self.library.uses(record.id, THUMBNAIL_ROLE)
        chosen = next((one.reason for one in before if one.chosen), "studio.design_0")
        await self.library.drop(record.id, THUMBNAIL_ROLE)
        for variant in range(THUMBNAILS):
            drawn = variant + THUMBNAILS * take
            content = await self.artist.thumbnail(title, record.brief.look, place, drawn)
            asset = await self.library.put(
                AssetKind.THUMBNAIL, content, "jpg", source="cards", prompt=title
            )
            reason = f"studio.design_{variant}"
            await self.library.use(
                record.id,
                Use(asset, "", THUMBNAIL_ROLE, "", reason == chosen, 100 - variant, reason),
            )

    async def own(self, record: Record, scene: str, step: Step, place: Path) -> None:
        """Take a file of the owner for a scene; a recording is cleaned first."""
        role, kind = OWN[step]
        content = await asyncio.to_thread(_read, place)
        ending, more = place.suffix, dict[str, Any]()
        if step is Step.VOICE:
            said = next(
                (one.narration for one in record.script.scenes if one.id == scene), ""
            ) if record.script else ""  # fmt: skip
            speech = await self.speech.recorded(place, said, record.brief.language)
            content, ending = speech.content, speech.ending
            more = {"words": [[one.text, one.start, one.end] for one in speech.words]}
        asset = await self.library.put(kind, content, ending, source="own", prompt=place.stem)
        more |= {"by": place.name, PINNED: True}
        await self.library.use(record.id, Use(asset, scene, role, "", True, 100, "", more))

    async def _drawn(
        self, record: Record, scene: Scene, take: int, plugin: str, model: str
    ) -> Part:
        width, height = size_of(record.brief.shape)
        prompt = f"{scene.visual_prompt}. {LOOKS[record.brief.look.value]}"
        wanted = PictureWanted(model, prompt, width, height, seed=take or None)
        mark = mark_of("draw", plugin, model, prompt, width, height, take)
        purpose = Purpose(mark, record.id, f"{record.title[:40]} · {scene.id}")
        asset, price = await self.orders.made(PICTURE, plugin, wanted, purpose)
        score, reason = (await self.finder.scored(record, scene, [{"prompt": prompt}]))[0]
        await self.library.use(
            record.id, Use(asset, scene.id, PICTURE_ROLE, mark, True, score, reason)
        )
        return Part(self.services.name_of(plugin), price)

    async def _voice(self, plugin: str, wanted: str, language: str) -> Voice:
        """The voice that was chosen, else the first that speaks the language."""
        voices = await self.voices_of(plugin)
        found = next((one for one in voices if one.id == wanted), None)
        if found is None and wanted:
            raise InvalidInput("errors.voice_gone", voice=wanted)
        if found is not None and found.language and found.language != language:
            raise InvalidInput("errors.voice_language", voice=found.name, language=language)
        if found is None:
            found = next((one for one in voices if one.language in ("", language)), None)
        if found is None:
            raise InvalidInput("errors.voice_none", language=language)
        return found

    async def _spoken(
        self, plugin: str, voice: Voice, wanted: SpeechWanted, mark: str, project: str = ""
    ) -> tuple[Asset, Mapping[str, Any], int]:
        work = await self.works.find(mark)
        if work is not None and work.asset:
            return await self.library.get(AssetId(work.asset)), work.more, 0
        price = 0
        if plugin:
            each = None if voice.price is None else voice.price * MICROS / 1_000
            estimate = None if each is None else math.ceil(each * len(wanted.text))
            call = PaidCall(PaidKind.VOICE, plugin, "studio", estimate, voice.name)
            async with self.purse.paying(call) as bill:
                answer = await self.services.call(
                    plugin, Capability.SPEAKS, "speak", wanted, timeout=LONGEST_CALL
                )
                assert isinstance(answer, Speech)
                told = None if answer.price is None else math.ceil(answer.price * MICROS)
                bill.settle(told)
                price = told if told is not None else estimate or 0
        else:
            answer = await self.speech.speak(wanted)
        asset = await self.library.put(
            AssetKind.VOICE, answer.content, answer.ending, source=plugin or "here",
            prompt=wanted.text,
        )  # fmt: skip
        words = answer.words or await self.speech.timed(answer, wanted.text)
        more = {"words": [[one.text, one.start, one.end] for one in words]}
        paid = {"project": project, "kind": PaidKind.VOICE.value}
        await self.works.keep(
            Work(mark, plugin, asset=asset.id, more={**more, **paid}, price=price)
        )
        return asset, more, price

    async def _own_music(self, record: Record, take: int) -> Part | None:
        folder = self.music_folder()
        if folder is None:
            return None
        files = await asyncio.to_thread(_sounds, folder)
        if not files:
            return None
        place = files[(int(mark_of(record.id)[:8], 16) + take) % len(files)]
        content = await asyncio.to_thread(_read, place)
        asset = await self.library.put(
            AssetKind.MUSIC, content, place.suffix, source="folder", prompt=place.stem
        )
        await self.library.use(record.id, Use(asset, "", MUSIC_ROLE))
        return Part(place.stem)

    async def _pinned(self, project: ProjectId, role: str, scene: str) -> bool:
        use = await self._chosen(project, role, scene)
        return use is not None and bool(use.more.get(PINNED))

    async def _chosen(self, project: ProjectId, role: str, scene: str) -> Use | None:
        uses = await self.library.uses(project, role)
        return next((one for one in uses if one.scene == scene and one.chosen), None)


LOOKS: Final[Mapping[str, str]] = {
    "dusk": "Cinematic, warm dusk light, deep blue shadows, no text.",
    "paper": "Paper cut illustration, soft daylight, light background, no text.",
    "neon": "Neon light at night, high contrast, no text.",
    "forest": "Natural light, greens and earth colours, no text.",
    "mono": "Black and white photograph, strong contrast, no text.",
}
"""What is added to the words of a picture, so that all of a video look alike."""
OWN: Final[Mapping[Step, tuple[str, AssetKind]]] = {
    Step.VOICE: (VOICE_ROLE, AssetKind.VOICE),
    Step.PICTURES: (PICTURE_ROLE, AssetKind.PICTURE),
    Step.CLIPS: (CLIP_ROLE, AssetKind.CLIP),
    Step.MUSIC: (MUSIC_ROLE, AssetKind.MUSIC),
}
MOST_MUSIC: Final = 200_000_000


def _by(services: Services, plugin: str, name: str) -> str:
    return f"{services.name_of(plugin)} · {name}" if plugin else name


def _sounds(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.suffix.lower() in SOUNDS)[:500]


def _read(place: Path) -> bytes:
    if place.stat().st_size > MOST_MUSIC:
        raise InvalidInput("errors.asset_broken", name=place.name)
    return place.read_bytes()
