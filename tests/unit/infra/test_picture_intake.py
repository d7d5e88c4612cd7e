from __future__ import annotations

import asyncio
import io
import os
import struct
import zlib

import psutil
import pytest
from PIL import Image, ImageCms

from app.domain.errors import InvalidInput, ToolFailed
from app.infra import picture_intake
from app.infra.picture_intake import LARGEST, take_in
from app.infra.picture_worker import MOST_PIXELS

RED = (220, 40, 30)


def written(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def halves(size: tuple[int, int] = (200, 100)) -> Image.Image:
    """Red at the left, blue at the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste((20, 40, 220), (size[0] // 2, 0, *size))
    return picture


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claims(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with hardly a byte in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 5000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body


def red(picture: Image.Image, x: int, y: int) -> bool:
    found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found[0] > 150 > found[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
async def test_pictures_become_clean_jpegs(kind: str) -> None:
    made = await take_in(written(halves(), kind))
    picture = Image.open(io.BytesIO(made.content))
    assert (made.ending, made.width, made.height) == ("jpg", 200, 100)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (200, 100), "RGB")
    assert (red(picture, 20, 50), red(picture, 180, 50)) == (True, False)


async def test_what_shines_through_stays_a_png() -> None:
    clear = halves().convert("RGBA")
    clear.putalpha(120)
    made = await take_in(written(clear, "PNG"))
    assert (made.ending, Image.open(io.BytesIO(made.content)).mode) == ("png", "RGBA")
    solid = await take_in(written(halves().convert("RGBA"), "PNG"))
    assert solid.ending == "jpg"


@pytest.mark.parametrize(("turn", "left"), [(1, True), (3, False), (6, None), (8, None)])
async def test_it_is_upright_and_tells_nothing_of_the_camera(turn: int, left: bool | None) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    made = await take_in(written(halves(), "JPEG", exif=exif, comment=b"secret"))
    picture = Image.open(io.BytesIO(made.content))
    assert (dict(picture.getexif()), "comment" in picture.info) == ({}, False)
    assert b"taken at home" not in made.content
    if left is None:
        assert picture.size == (100, 200)
        assert red(picture, 50, 20) is (turn == 6)
    else:
        assert red(picture, 20, 50) is left


async def test_profiles_are_followed_and_left_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for told in (profile, b"broken" * 50, b""):
        made = await take_in(written(halves(), "JPEG", icc_profile=told))
        picture = Image.open(io.BytesIO(made.content))
        assert "icc_profile" not in picture.info
        assert red(picture, 20, 50)


@pytest.mark.parametrize(("mode", "colour"), [("CMYK", (0, 0, 0, 0)), ("L", 255), ("1", 1)])
async def test_other_ways_to_write_colours_are_read(mode: str, colour: object) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = await take_in(written(Image.new(mode, (80, 80), colour), kind))  # type: ignore[arg-type]  # each mode has its own kind of colour
    found = Image.open(io.BytesIO(made.content)).getpixel((40, 40))
    assert isinstance(found, tuple)
    assert min(found) > 230


async def test_large_ones_are_made_smaller() -> None:
    made = await take_in(written(halves((1600, 400)), "PNG"), longest=400)
    assert (made.width, made.height) == (400, 100)
    picture = Image.open(io.BytesIO(made.content))
    assert (red(picture, 40, 50), red(picture, 360, 50)) == (True, False)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "errors.not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "errors.not_a_picture"),
        (b"\xff\xd8\xff\xe0" + os.urandom(3000), "errors.not_a_picture"),
        (b"GIF89a" + b"\xff" * 300, "errors.not_a_picture"),
        (written(halves(), "PNG")[:150], "errors.not_a_picture"),
        (written(halves((40, 40)), "PNG"), "errors.picture_too_small"),
        (claims(100_000, 100_000), "errors.picture_too_large"),
        (claims(MOST_PIXELS // 1000 + 1, 1000), "errors.picture_too_large"),
        (claims(6000, 6000), "errors.not_a_picture"),
        (b"x" * (LARGEST + 1), "errors.picture_too_large"),
    ],
    ids=["empty", "svg", "noise", "gif", "cut", "small", "bomb", "huge", "hollow", "bytes"],
)
async def test_what_is_no_good_picture_is_told(content: bytes, key: str) -> None:
    with pytest.raises(InvalidInput) as told:
        await take_in(content)
    assert told.value.key == key


async def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_intake, "SECONDS", 0.01)
    with pytest.raises(ToolFailed):
        await take_in(written(halves((3000, 3000)), "PNG"))
    assert workers() == []


async def test_called_off_it_leaves_no_process() -> None:
    task = asyncio.create_task(take_in(written(halves((3000, 3000)), "PNG")))
    while not workers():  # noqa: ASYNC110 - a process that begins tells nobody
        await asyncio.sleep(0.005)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while workers():  # noqa: ASYNC110 - nor does one that ends
        await asyncio.sleep(0.005)


def workers() -> list[int]:
    """The processes that look at pictures now, and are not over."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            looks = any("picture_worker" in word for word in child.cmdline())
            if looks and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found
