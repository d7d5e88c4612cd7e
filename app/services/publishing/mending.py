"""Makes variants of the files of a post which its platform takes; the owner's own stay as is."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import astuple
from pathlib import Path
from typing import Final

from app.domain.casting import MediaFacts
from app.domain.errors import NotFound, Unavailable, Unsupported
from app.infra.atomic import replace_file, sync_folder
from app.infra.ffmpeg import letters, stills
from app.infra.ffmpeg.encoders import Encoders
from app.infra.ffmpeg.recoding import OnProgress, Recipe, recode
from app.infra.ffmpeg.running import Outside
from app.infra.picture_intake import take_in
from app.services.publishing import variants
from app.services.publishing.looking import ending_of
from app.services.publishing.prints import BLOCK, name_of
from app.services.publishing.rules import Picture, Video

MOST_TRIES: Final = 3
SPARE: Final = 500_000_000
"""Bytes that stay free on the disk."""
LONGEST_CAPTIONS: Final = 5_000_000
UNUSED: Final = 2 * 86_400.0
"""Seconds a variant is kept that no post has."""
_CODECS: Final = {"srt": "subrip", "vtt": "webvtt", "ass": "ass", "ssa": "ass"}
VERSION: Final = b"1"


class Mender:
    """Writes variants into its folder, named by what they were made of. One at a time.

    Who is cancelled leaves nothing behind. It belongs to the service loop.
    """

    def __init__(
        self, folder: Path, encoders: Callable[[], Awaitable[Encoders]], outside: Outside
    ) -> None:
        self._folder = folder
        self._encoders = encoders
        self._outside = outside
        self._turn = asyncio.Lock()

    async def video(
        self,
        path: bytes,
        facts: MediaFacts,
        rules: Video,
        *,
        until: float = 0.0,
        progress: OnProgress = lambda _share: None,
    ) -> bytes:
        """Return a video a platform takes: the same where it fits, else a variant of it.

        With `until` only its first seconds. `Unsupported` (``errors.post_cannot_shrink``) when
        nothing worth seeing would be left, `Unavailable` when the disk is full, `ToolFailed`.
        """
        recipe = variants.variant_of(facts, rules, ending=ending_of(path), until=until)
        if recipe is None:
            return path
        told = repr((astuple(recipe), rules.largest)).encode()
        target = self._folder / f"{await self._key(path, told)}.mp4"
        async with self._turn:
            if not await asyncio.to_thread(_there, target):
                await self._written(path, target, recipe, rules, facts, progress)
        return os.fsencode(target)

    async def thumbnail(self, path: bytes, rules: Picture) -> bytes:
        """Return a JPEG a platform takes, made of a picture. `InvalidInput` when it is none."""
        told = repr(astuple(rules)).encode()
        target = self._folder / f"{await self._key(path, told)}.jpg"
        if not await asyncio.to_thread(_there, target):
            content = await asyncio.to_thread(_content, path, rules.largest + 40_000_000)
            await self._picture(content, target, rules)
        return os.fsencode(target)

    async def still(self, video: bytes, facts: MediaFacts, rules: Picture) -> bytes:
        """Return a JPEG of what a video shows a little after its beginning."""
        told = b"still" + repr(astuple(rules)).encode()
        target = self._folder / f"{await self._key(video, told)}.jpg"
        if not await asyncio.to_thread(_there, target):
            moment = min(10.0, (facts.duration or 0.0) * 0.2)
            frame = await stills.frame_of(video, moment, self._outside)
            await self._picture(frame, target, rules)
        return os.fsencode(target)

    async def captions(self, path: bytes, forms: Collection[str]) -> bytes:
        """Return captions as SubRip where that is taken; `Unsupported` when they cannot be."""
        codec = _CODECS.get(ending_of(path))
        if codec is None or "srt" not in forms:
            raise Unsupported("errors.post_captions_form", name=name_of(path))
        target = self._folder / f"{await self._key(path, b'srt')}.srt"
        if not await asyncio.to_thread(_there, target):
            content = await asyncio.to_thread(_content, path, LONGEST_CAPTIONS)
            text = content.decode("utf-8-sig", "replace")
            made = await letters.convert(text, codec, "srt", self._outside)
            await self._kept(target, made)
        return os.fsencode(target)

    async def tidy(self, used: Collection[bytes]) -> int:
        """Remove variants no post has any more, and what a kill left; return how many."""
        async with self._turn:
            return await asyncio.to_thread(_tidied, self._folder, frozenset(used), time.time())

    async def _written(
        self,
        path: bytes,
        target: Path,
        recipe: Recipe,
        rules: Video,
        facts: MediaFacts,
        progress: OnProgress,
    ) -> None:
        """Write it anew until it is small enough; it appears whole or not at all."""
        encoders = await self._encoders()
        room = _expected(recipe, facts)
        part = await asyncio.to_thread(_part, target, room)
        try:
            for _ in range(MOST_TRIES):
                await recode(path, part, recipe, encoders, self._outside, progress)
                size = (await asyncio.to_thread(part.stat)).st_size
                if not rules.largest or size <= rules.largest:
                    await asyncio.to_thread(_settle, part, target)
                    return
                recipe = variants.smaller(recipe)
        finally:
            await asyncio.shield(asyncio.to_thread(part.unlink, missing_ok=True))
        raise Unsupported("errors.post_cannot_shrink", most=rules.largest // 1_000_000)

    async def _picture(self, content: bytes, target: Path, rules: Picture) -> None:
        clean = await take_in(content, max(rules.width, rules.height))
        box = (rules.width, rules.height) if rules.box else (10_000, 10_000)
        made = await stills.jpeg_of(clean.content, clean.ending, box, rules.largest, self._outside)
        await self._kept(target, made)

    async def _kept(self, target: Path, content: bytes) -> None:
        try:
            await asyncio.to_thread(replace_file, target, content)
        except OSError as error:
            raise _full(error) from error

    async def _key(self, path: bytes, told: bytes) -> str:
        """What a variant is called: by the source's content and what is made of it."""
        digest = await asyncio.to_thread(_digest, path)
        return hashlib.sha256(VERSION + digest + told).hexdigest()


def _expected(recipe: Recipe, facts: MediaFacts) -> int:
    """Bytes that may be needed, roughly and rather too many."""
    if recipe.copy:
        return facts.size or 0
    seconds = recipe.until or recipe.seconds
    return int(((recipe.bits or recipe.most_bits) + recipe.sound) * seconds / 8)


def _part(target: Path, room: int) -> Path:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < room + SPARE:
            raise Unavailable("errors.post_disk_full", folder=str(target.parent))
        number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _full(error) from error
    os.close(number)
    return Path(name)


def _settle(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    sync_folder(target.parent)


def _there(target: Path) -> bool:
    """Whether it was made before; what is used again is new again."""
    try:
        os.utime(target)
    except OSError:
        return False
    return True


def _digest(path: bytes) -> bytes:
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - bytes
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError as error:
        raise NotFound("errors.post_file_gone", name=name_of(path)) from error
    return digest.digest()


def _content(path: bytes, most: int) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - bytes
            return file.read(most + 1)
    except OSError as error:
        raise NotFound("errors.post_file_gone", name=name_of(path)) from error


def _tidied(folder: Path, used: frozenset[bytes], now: float) -> int:
    count = 0
    with contextlib.suppress(OSError):
        for one in list(folder.iterdir()):
            if os.fsencode(one) in used or not one.is_file():
                continue
            if one.suffix == ".part" or now - one.stat().st_mtime > UNUSED:
                one.unlink(missing_ok=True)
                count += 1
    return count


def _full(error: OSError) -> Unavailable:
    return Unavailable("errors.post_disk_full", folder=error.filename or "")
