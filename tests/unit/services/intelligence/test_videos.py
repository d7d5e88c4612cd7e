"""Real films described: by their subtitles, by the texts in their pictures, by what is said."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import InvalidInput, NotFound, Unsupported
from app.domain.intelligence import MadeBy
from app.infra.ffmpeg.facts import facts
from app.infra.frame_text import FrameReader
from app.infra.hearing.ear import LocalEar
from app.infra.hearing.sound import SoundFiles
from app.services.casting.subtitles import Letters
from app.services.control_describe import describe
from app.services.intelligence.dialogue import Dialogue
from app.services.intelligence.hearing import Hearer
from app.services.intelligence.videos import Senses, Stage, VideoTeller, subtitles_beside
from tests.fakes import ggml
from tests.unit.services.intelligence.conftest import LOCAL, Mind

pytestmark = pytest.mark.timeout(180)  # many small programs, one after the other
SAID = (
    "Today we bake a bread with only flour and water.",
    "The dough must rest for a whole night.",
    "Bake the bread in a hot oven for forty minutes.",
)
WORDS = {
    "title": "Bread of one night", "description": "How to bake it.", "tags": ["bread", "#oven"],
    "category": "How-to & style",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "videos"
    place.mkdir()
    return place


def film(path: Path, picture: str, *, sound: bool = False) -> Path:
    heard = ["-f", "lavfi", "-i", "anoisesrc=d=4:a=0.3", "-c:a", "aac"] if sound else []
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture, *heard, "-t", "4",
         "-c:v", "mpeg4", "-q:v", "3", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


def write_srt(path: Path) -> None:
    path.write_text(
        "".join(
            f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n\n" for n, line in enumerate(SAID)
        )
    )


def teller(mind: Mind, tmp_path: Path, ear: LocalEar | None = None) -> VideoTeller:
    dialogue = Dialogue(Letters(tmp_path / "dialogue"), facts)
    senses = Senses(
        facts, FrameReader(3), SoundFiles(tmp_path / "sounds").of, Hearer(mind.asker, ear)
    )
    return VideoTeller(mind.asker, dialogue, senses, lambda: "en")


async def test_what_it_shows_and_says_is_asked_of_the_model(
    mind: Mind, folder: Path, tmp_path: Path
) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract-ocr is not installed")
    text = "drawtext=text='Grandmothers oven':fontsize=32:fontcolor=white:x=20:y=100"
    path = film(folder / "IMG_0001.mkv", f"color=c=navy:s=640x360:r=5,{text}")
    write_srt(folder / "IMG_0001.en.srt")
    (folder / "IMG_00012.srt").write_text("another film's")
    mind.here.model = LOCAL
    mind.here.words = lambda _question: WORDS
    steps: list[tuple[Stage, float]] = []
    told = await teller(mind, tmp_path).tell(
        os.fsencode(path), lambda stage, done: steps.append((stage, done))
    )
    assert (told.made.source, told.made.by) == (MadeBy.HERE, LOCAL.name)
    assert told.made.value.title == "Bread of one night"
    assert told.made.value.tags == ("bread", "oven")
    assert (told.subtitles, told.texts, told.can_read) == (3, 1, True)
    asked = mind.here.asked[0].turns[0].text
    assert "Grandmothers oven" in asked
    assert "rest for a whole night" in asked
    assert list(dict.fromkeys(stage for stage, _done in steps)) == [
        Stage.LOOK, Stage.SUBTITLES, Stage.FRAMES, Stage.WRITE,
    ]  # fmt: skip


async def test_rules_describe_it_without_a_model(mind: Mind, folder: Path, tmp_path: Path) -> None:
    path = film(folder / "Bread of one night.mkv", "color=c=navy:s=160x120:r=5")
    write_srt(folder / "Bread of one night.srt")
    told = await teller(mind, tmp_path).tell(os.fsencode(path))
    assert told.made.by_rules
    assert told.made.value.title == "Bread of one night"
    assert "dough" in told.made.value.description
    assert told.made.value.category == "How-to & style"
    assert "bread" in told.made.value.tags


async def test_without_subtitles_it_is_heard_when_that_is_wished(
    mind: Mind, folder: Path, tmp_path: Path
) -> None:
    path = film(folder / "VID_1.mkv", "color=c=navy:s=160x120:r=5", sound=True)
    model = ggml.write(tmp_path / "ear.bin")
    ear = LocalEar(lambda: model, lambda: 60.0)
    videos = teller(mind, tmp_path, ear)
    steps: list[tuple[Stage, float]] = []
    try:
        silent = await videos.tell(os.fsencode(path))
        told = await videos.tell(
            os.fsencode(path), lambda stage, done: steps.append((stage, done)), listen=True
        )
    finally:
        await ear.close()
    assert (silent.heard_by, told.heard_by) == ("", "ear")
    assert told.made.value.title == "Hello world"
    assert (Stage.HEAR, 1.0) in steps
    assert list((tmp_path / "sounds").iterdir()) == []


async def test_what_is_no_film_or_gone(mind: Mind, folder: Path, tmp_path: Path) -> None:
    text = folder / "notes.mkv"
    text.write_text("not a film " * 100)
    with pytest.raises(Unsupported):
        await teller(mind, tmp_path).tell(os.fsencode(text))
    with pytest.raises(NotFound):
        await teller(mind, tmp_path).tell(os.fsencode(folder / "gone.mkv"))


class Service:
    """The part of intelligence that a command asks."""

    def __init__(self, videos: VideoTeller) -> None:
        self._videos = videos
        self.ended = False

    async def describe_file(self, path: bytes, on_step: Any, *, listen: bool) -> Any:
        try:
            return await self._videos.tell(path, on_step, listen=listen)
        finally:
            self.ended = True


async def test_a_command_gets_plain_values_and_how_far_it_is(
    mind: Mind, folder: Path, tmp_path: Path
) -> None:
    path = film(folder / "Bread \udce9.mkv", "color=c=navy:s=160x120:r=5")
    service: Any = Service(teller(mind, tmp_path))
    heard: list[Any] = []

    async def progress(value: object) -> None:
        heard.append(value)

    told: Any = await describe(service, {"path": str(path)}, progress)
    assert told["made_by"] == "rules"
    assert told["title"] == "Bread ?"
    assert told["seconds"] == pytest.approx(4.0, abs=0.3)
    assert heard[0] == {"stage": "look", "done": 0.0}
    assert {step["stage"] for step in heard} >= {"look", "subtitles", "frames"}
    for wrong in ("", "relative.mkv", 5, "/a\0b"):
        with pytest.raises(InvalidInput):
            await describe(service, {"path": wrong}, progress)


async def test_a_command_that_nobody_waits_for_ends(
    mind: Mind, folder: Path, tmp_path: Path
) -> None:
    path = film(folder / "some.mkv", "color=c=navy:s=160x120:r=5")
    service: Any = Service(teller(mind, tmp_path))
    begun = asyncio.Event()

    async def progress(_value: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(describe(service, {"path": str(path)}, progress))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert service.ended


def test_only_its_own_subtitles_lie_beside_it(folder: Path) -> None:
    for name in ("a.mkv", "a.srt", "a.fr.VTT", "a b.srt", "ab.srt", "a.txt", "b.srt"):
        (folder / name).write_text("x")
    found = subtitles_beside(os.fsencode(folder / "a.mkv"))
    assert [Path(os.fsdecode(path)).name for path in found] == ["a.fr.VTT", "a.srt"]
    assert subtitles_beside(b"/nowhere/at/all.mkv") == ()
