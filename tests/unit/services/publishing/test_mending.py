"""Files that do not fit become variants that do; with the real ffmpeg."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.domain.casting import MediaFacts, SoundTrack
from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.post import AccountId, Attached, BundleId, Manner, Part, Post, PostId, Words
from app.infra.ffmpeg.encoders import Encoders
from app.infra.ffmpeg.recoding import recode
from app.infra.ffmpeg.running import Outside
from app.services.publishing import mending, rulebook, variants
from app.services.publishing.checking import PictureFacts
from app.services.publishing.looking import Looker, picture_facts
from app.services.publishing.mending import Mender
from app.services.publishing.rulebook import Rulebook
from app.services.publishing.rules import Rules, Video, rules_of
from tests.fakes.films import Film, make

QUICK = Encoders("libx264", "ultrafast")


async def quick() -> Encoders:
    return QUICK


@dataclass(slots=True)
class Bench:
    """A rulebook over a folder of variants."""

    place: Path
    looker: Looker
    mender: Mender
    book: Rulebook

    @property
    def made(self) -> list[Path]:
        folder = self.place / "variants"
        return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    outside = Outside()
    looker, mender = Looker(outside), Mender(tmp_path / "variants", quick, outside)
    return Bench(tmp_path, looker, mender, Rulebook(looker, mender))


def post(platform: str, video: Path, **files: Path) -> Post:
    attached = Attached(bytes(video), **{name: bytes(path) for name, path in files.items()})
    return Post(
        PostId("5" * 32), BundleId("b"), AccountId(platform), platform, Words("A lighthouse"),
        attached, Manner(choices={"subreddit": "lights"}),
    )  # fmt: skip


def film(place: Path, *words: str, name: str = "odd.mp4", seconds: int = 2) -> Path:
    """A film of a kind the recipes do not have."""
    to = place / name
    source = ["-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=24:duration={seconds}"]
    sound = ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"]
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", *source, *sound, *words, str(to)], check=True
    )
    return to


def narrowed(monkeypatch: pytest.MonkeyPatch, platform: str, **changes: Any) -> None:
    """Let a platform take less, so that small films are too much for it."""
    rules = rules_of(platform)
    less = replace(rules, video=replace(rules.video, **changes))

    def told(asked: str, _options: object = None) -> Rules:
        assert asked == platform
        return less

    monkeypatch.setattr(rulebook, "rules_of", told)


async def test_what_fits_is_left_as_it_is(bench: Bench) -> None:
    one = post("youtube", make(Film(container="mp4")))
    assert await bench.book.mend(one) == one
    assert bench.made == []


async def test_another_container_is_written_without_coding_anew(bench: Bench) -> None:
    one = post("linkedin", make(Film(container="mkv", seconds=4.0)))
    assert "post.misfit.video_container" in {x.key for x in await bench.book.check(one)}
    made = await bench.book.mend(one)
    before = await bench.looker.media(one.attached.video)
    after = await bench.looker.media(made.attached.video)
    assert (after.container, after.fast_start) == ("mp4", True)
    assert (after.video, after.width, after.frames) == (before.video, before.width, before.frames)
    packets = [_packets(x.attached.video) for x in (one, made)]
    assert packets[0] == packets[1]
    again = await bench.book.mend(one)
    assert again == made  # it is there already
    assert len(bench.made) == 1


def _packets(path: bytes) -> int:
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries",
         "stream=nb_read_packets", "-of", "csv=p=0", os.fsdecode(path)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(told.stdout.strip().strip(","))


async def test_a_name_platforms_do_not_know_is_changed_with_the_file(bench: Bench) -> None:
    odd = make(Film(container="mp4", size="640x360", rate=24), bench.place / "film.M4V")
    picture = bench.place / "poster.jfif"
    Image.new("RGB", (1280, 720)).save(picture, "JPEG")
    one = post("reddit", odd, thumbnail=picture)
    found = {x.key for x in await bench.book.check(one)}
    assert found == {"post.misfit.video_container", "post.misfit.picture_form"}
    made = await bench.book.mend(one)
    assert not await bench.book.check(made)
    assert made.attached.video.endswith(b".mp4")
    assert _packets(made.attached.video) == _packets(one.attached.video)


async def test_codecs_colours_and_frames_become_what_is_taken(bench: Bench) -> None:
    source = film(
        bench.place, "-c:v", "libx264", "-pix_fmt", "yuv444p10le", "-r", "12",
        "-c:a", "flac", "-ar", "96000", name="odd.mkv", seconds=4,
    )  # fmt: skip
    one = post("instagram", source)
    found = {x.key.removeprefix("post.misfit.") for x in await bench.book.check(one)}
    assert {"video_container", "video_sound", "video_samples", "video_colours",
            "video_frames"} <= found  # fmt: skip
    shares: list[float] = []
    made = await bench.book.mend(one, shares.append)
    assert not await bench.book.check(made)
    facts = await bench.looker.media(made.attached.video)
    assert (facts.video, facts.bits, facts.chroma, round(facts.frames)) == ("h264", 8, "420", 30)
    assert (facts.sounds[0].codec, facts.sounds[0].rate) == ("aac", 48_000)
    assert facts.duration == pytest.approx(4.0, abs=0.3)
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0


async def test_a_shape_that_is_not_taken_gets_edges(bench: Bench) -> None:
    source = film(bench.place, "-vf", "scale=1280:160", "-c:v", "libx264", "-pix_fmt", "yuv420p")
    one = post("x_com", source)
    assert {x.key for x in await bench.book.check(one)} == {"post.misfit.video_shape"}
    made = await bench.book.mend(one)
    assert not await bench.book.check(made)
    facts = await bench.looker.media(made.attached.video)
    assert (facts.width, 420 < facts.height < 436) == (1_280, True)
    edge = _brightness(made.attached.video, 0.05)
    assert edge > 20, "the edges are the film again, blurred, and not black"


def _brightness(video: bytes, place: float) -> float:
    told = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", os.fsdecode(video), "-frames:v", "1",
         "-vf", f"crop=iw:8:0:ih*{place},scale=1:1", "-f", "rawvideo", "-pix_fmt", "gray", "-"],
        check=True, capture_output=True,
    )  # fmt: skip
    return told.stdout[0]


async def test_a_file_that_is_too_large_becomes_small_enough(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = film(bench.place, "-c:v", "libx264", "-crf", "5", "-pix_fmt", "yuv420p", "-r", "24")
    assert source.stat().st_size > 200_000
    narrowed(monkeypatch, "telegram", largest=100_000)
    one = post("telegram", source)
    assert {x.key for x in await bench.book.check(one)} >= {"post.misfit.video_large"}
    made = await bench.book.mend(one)
    assert Path(os.fsdecode(made.attached.video)).stat().st_size <= 100_000
    assert not [x for x in await bench.book.check(made) if x.blocks]
    facts = await bench.looker.media(made.attached.video)
    assert facts.duration == pytest.approx(2.0, abs=0.3)
    narrowed(monkeypatch, "telegram", largest=12_000)
    with pytest.raises(Unsupported, match="cannot_shrink"):
        await bench.book.mend(one)
    assert len(bench.made) == 1, "nothing half is left"


async def test_one_that_is_too_long_is_shortened_only_when_asked(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed(monkeypatch, "x_com", longest=1.5)
    source = film(bench.place, "-c:v", "libx264", "-pix_fmt", "yuv420p")
    one = post("x_com", source)
    (misfit,) = await bench.book.check(one)
    assert (misfit.key, misfit.mends, misfit.blocks) == ("post.misfit.video_long", False, True)
    assert misfit.long is Part.VIDEO
    assert await bench.book.mend(one) == one
    made = await bench.book.shorten(one)
    assert not await bench.book.check(made)
    facts = await bench.looker.media(made.attached.video)
    assert facts.duration == pytest.approx(1.25, abs=0.2)
    shorter = await bench.book.shorten(one, 0.7)
    facts = await bench.looker.media(shorter.attached.video)
    assert facts.duration == pytest.approx(0.7, abs=0.2)
    assert await bench.book.mend(made) == made
    with pytest.raises(InvalidInput, match="cannot_shorten"):
        await bench.book.shorten(replace(one, attached=Attached(b"/nowhere.mp4")))


async def test_one_part_of_the_words_is_cut_and_the_rest_stays(bench: Bench) -> None:
    video = make(Film(container="mp4"))
    told = Words("light " * 40, "é" * 6_000, tuple(f"tag number {one}" for one in range(90)))
    one = replace(post("youtube", video), words=told)
    long = {x.long for x in await bench.book.check(one)}
    assert long == {Part.TITLE, Part.DESCRIPTION, Part.TAGS}
    for part in (Part.TITLE, Part.DESCRIPTION, Part.TAGS):
        name, made = part.value, await bench.book.cut(one, part)
        assert {x.long for x in await bench.book.check(made)} == long - {part}
        assert made == replace(one, words=replace(told, **{name: getattr(made.words, name)}))
    both = replace(post("x_com", video), words=Words("A lighthouse", "word " * 90, ("sea",)))
    (misfit,) = await bench.book.check(both)
    assert misfit.long is Part.TEXT
    made = await bench.book.cut(both, Part.TEXT)
    assert not await bench.book.check(made)
    assert (made.words.title, made.words.tags) == ("A lighthouse", ("sea",))


async def test_a_cancel_leaves_nothing_and_no_process(tmp_path: Path) -> None:
    async def slow() -> Encoders:
        return Encoders("libx264", "slower")

    outside = Outside()
    folder = tmp_path / "variants"
    book = Rulebook(Looker(outside), Mender(folder, slow, outside))
    shape = ("-vf", "scale=1280:160", "-pix_fmt", "yuv420p", "-preset", "ultrafast")
    source = film(tmp_path, *shape, seconds=30)
    heard = asyncio.Event()
    begun = asyncio.ensure_future(book.mend(post("x_com", source), lambda _share: heard.set()))
    await heard.wait()
    assert _writing(folder)
    begun.cancel()
    with pytest.raises(asyncio.CancelledError):
        await begun
    assert not _writing(folder)
    assert list(folder.iterdir()) == []


def _writing(folder: Path) -> list[str]:
    """The programs that write into a folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = one.read_bytes()
            if bytes(folder) in words and b"ffmpeg" in words:
                found.append(one.parent.name)
    return found


async def test_what_two_posts_need_is_made_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(Film(container="mkv", seconds=4.0))
    runs = 0

    async def counted(*args: Any) -> None:
        nonlocal runs
        runs += 1
        await recode(*args)

    monkeypatch.setattr(mending, "recode", counted)
    one = post("linkedin", source)
    first, second = await asyncio.gather(bench.book.mend(one), bench.book.mend(one))
    assert first == second
    assert runs == 1


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda one, path: one.video(path, MediaFacts(container="avi", video="av1"),
                                     Video(codecs=("h264",))), NotFound),
        (lambda one, path: one.thumbnail(path, rules_of("telegram").thumbnail), NotFound),
        (lambda one, path: one.captions(path + b".ass", ("srt",)), NotFound),
    ],
)  # fmt: skip
async def test_a_file_that_is_gone_is_told(
    bench: Bench, call: Callable[[Mender, bytes], Awaitable[bytes]], error: type[Exception]
) -> None:
    with pytest.raises(error, match="post_file_gone"):
        await call(bench.mender, bytes(bench.place / "gone"))


async def test_a_full_disk_is_told_before_anything_is_made(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "SPARE", 2**60)
    with pytest.raises(Unavailable, match="disk_full"):
        await bench.book.mend(post("linkedin", make(Film(container="mkv", seconds=4.0))))
    assert bench.made == []


async def test_thumbnails_become_jpegs_that_are_small_enough(bench: Bench) -> None:
    large = bench.place / "large.png"
    Image.effect_noise((1600, 900), 90).convert("RGB").save(large)
    video = make(Film(container="mp4", size="640x360", rate=24))
    for platform, most, side in (("youtube", 2_000_000, 1_280), ("telegram", 200_000, 320)):
        one = post(platform, video, thumbnail=large)
        made = await bench.book.mend(one)
        facts = picture_facts(made.attached.thumbnail)
        assert facts.form == "jpg"
        assert 0 < facts.size <= most
        assert (facts.width, facts.height) == (side, side * 9 // 16)
        assert not await bench.book.check(made)
        assert await bench.book.mend(made) == made
    clear = bench.place / "clear.png"
    Image.new("RGBA", (400, 300), (255, 0, 0, 90)).save(clear)
    made = await bench.book.mend(post("telegram", video, thumbnail=clear))
    assert picture_facts(made.attached.thumbnail).form == "jpg"
    broken = bench.place / "broken.webp"
    broken.write_bytes(b"RIFF\0\0\0\0WEBP" + b"x" * 100)
    with pytest.raises(InvalidInput):
        await bench.book.mend(post("telegram", video, thumbnail=broken))


async def test_where_a_thumbnail_must_be_one_is_taken_from_the_video(bench: Bench) -> None:
    one = post("reddit", make(Film(container="mp4", size="640x360", rate=24)))
    assert {x.key for x in await bench.book.check(one)} == {"post.misfit.picture_missing"}
    made = await bench.book.mend(one)
    assert not await bench.book.check(made)
    assert picture_facts(made.attached.thumbnail).width == 640


async def test_captions_become_subrip(bench: Bench) -> None:
    vtt = bench.place / "film.vtt"
    vtt.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nÀ côté\n", "utf-8")
    one = post("linkedin", film(bench.place, "-pix_fmt", "yuv420p", seconds=4), captions=vtt)
    assert {x.key for x in await bench.book.check(one)} == {"post.misfit.captions_form"}
    made = await bench.book.mend(one)
    assert made.attached.captions.endswith(b".srt")
    text = Path(os.fsdecode(made.attached.captions)).read_text("utf-8")
    assert "00:00:00,000 --> 00:00:02,000" in text
    assert "À côté" in text
    other = bench.place / "film.sub"
    other.write_text("{1}{2}x")
    with pytest.raises(Unsupported, match="captions_form"):
        await bench.book.mend(replace(one, attached=replace(one.attached, captions=bytes(other))))


async def test_variants_nobody_has_are_removed(bench: Bench) -> None:
    made = await bench.book.mend(post("linkedin", make(Film(container="mkv", seconds=4.0))))
    used = made.attached.video
    other = await bench.book.mend(post("reddit", make(Film(container="mp4"))))
    for path in (used, other.attached.thumbnail):
        os.utime(path, (1, 1))
    (bench.place / "variants/.half.part").touch()
    assert await bench.mender.tidy({used}) == 2
    assert bench.made == [Path(os.fsdecode(used))]
    assert await bench.mender.tidy(set()) == 1
    assert await Mender(bench.place / "none", quick, Outside()).tidy(set()) == 0


async def test_files_are_looked_into(bench: Bench) -> None:
    facts = await bench.looker.facts(bytes(make(Film(container="mp4"))))
    assert facts.seconds == pytest.approx(2.0, abs=0.2)
    assert (facts.width, facts.height) == (320, 180)
    for path in (b"/nowhere.mp4", bytes(bench.place)):
        assert (await bench.looker.facts(path)).seconds == 0
    text = bench.place / "text.mp4"
    text.write_text("no film")
    assert (await bench.looker.media(bytes(text))).container == ""
    (found,) = await bench.book.check(replace(post("youtube", text)))
    assert found.key == "post.misfit.video_unreadable"
    mended = await bench.book.mend(post("youtube", text))
    assert mended.attached.video == bytes(text)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"", ("", 0, 0)),
        (b"\x89PNG\r\n\x1a\n", ("", 0, 0)),
        (b"\xff\xd8\xff", ("jpg", 0, 0)),
        (b"\xff\xd8\xff\xe0\0\0", ("jpg", 0, 0)),
        (b"\xff\xd8\xff\xc0\0\x11\x08\x01\x00\x02\x00\x03", ("jpg", 512, 256)),
        (b"GIF89a", ("gif", 0, 0)),
        (b"RIFF\0\0\0\0WEBPVP8 ", ("webp", 0, 0)),
    ],
)  # fmt: skip
def test_pictures_are_known_by_their_first_bytes(
    tmp_path: Path, head: bytes, found: tuple[str, int, int]
) -> None:
    path = tmp_path / f"picture.{found[0].replace('jpg', 'JPEG')}"
    path.write_bytes(head)
    facts = picture_facts(bytes(path))
    assert (facts.form, facts.width, facts.height) == found
    assert picture_facts(bytes(tmp_path / "gone")) == PictureFacts()


PHONE = MediaFacts(
    container="mov", video="hevc", width=3840, height=2160, frames=60.0, rotated=True,
    sounds=(SoundTrack(number=0, codec="aac"),), duration=60.0, size=400_000_000, rate=53_000_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "rules", "wanted"),
    [
        (PHONE, Video(short_side=1_200, widest=1_920), (1_080, 1_920, False)),
        (replace(PHONE, rotated=False), Video(short_side=1_080), (1_920, 1_080, False)),
        (replace(PHONE, rotated=False, width=320, height=180), Video(narrowest=360),
         (640, 360, False)),
        (replace(PHONE, rotated=False, width=4_000, height=100), Video(narrowest=360, widest=4_096),
         (4_096, 360, True)),
        (replace(PHONE, rotated=False, width=100, height=1_000), Video(least_shape=0.5),
         (504, 1_000, True)),
        (replace(PHONE, width=0, height=0, rotated=False), Video(), (1_280, 720, False)),
    ],
)  # fmt: skip
def test_the_frame_follows_the_rules(
    facts: MediaFacts, rules: Video, wanted: tuple[int, int, bool]
) -> None:
    assert variants.frame(facts, rules) == wanted


def test_few_bits_make_a_smaller_picture() -> None:
    rules = Video(largest=50_000_000, codecs=("h264",), sounds=("aac",))
    short = variants.variant_of(replace(PHONE, rotated=False), rules)
    long = variants.variant_of(replace(PHONE, rotated=False, duration=2_400.0), rules)
    assert short is not None
    assert long is not None
    assert (short.height, long.height) == (1_440, 240)
    assert short.bits > 6_000_000
    assert (long.bits + long.sound) * 2_400 / 8 <= 50_000_000
    with pytest.raises(Unsupported):
        variants.variant_of(replace(PHONE, duration=36_000.0), rules)
    with pytest.raises(Unsupported):
        variants.variant_of(replace(PHONE, duration=None), rules)
    assert variants.variant_of(replace(PHONE, video=""), rules) is None
