"""The process that opens one picture of a stranger, its rights given up, and writes it anew.

Started by `app.infra.picture_intake` as ``python -m app.infra.picture_worker PARENT LONGEST``: it
reads the picture from its input and writes to its output one line of JSON, then the bytes.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from typing import Any

from app.infra import sandbox

MOST_PIXELS = 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
QUALITY = 93
SECONDS = 30
ORIENTATION = 274
"""The EXIF tag that says how the camera was held."""


class Unfit(Exception):
    """The picture is not taken; `key` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def main(arguments: list[str]) -> None:
    """Load, lock down, read, answer."""
    parent, longest = int(arguments[0]), int(arguments[1])
    sandbox.limit(parent)
    sandbox.allow_seconds(SECONDS)
    _warm_up()
    sandbox.leave_network()
    sandbox.forbid_calls(files=True)
    content = sys.stdin.buffer.read()
    try:
        told, made = clean(content, longest)
    except Unfit as unfit:
        told, made = {"key": unfit.key}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)
    sys.stdout.buffer.flush()


def clean(content: bytes, longest: int) -> tuple[dict[str, Any], bytes]:
    """Return a picture written anew, upright and in sRGB, its longer side at most `longest`.

    What lets nothing through becomes a JPEG, the rest a PNG; nothing but pixels is kept.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                return _written(opened, longest)
    except Unfit:
        raise
    except Image.DecompressionBombError as bomb:
        raise Unfit("errors.picture_too_large") from bomb
    except Exception as error:  # whatever a hostile file does: it is no picture
        raise Unfit("errors.not_a_picture") from error


def _written(opened: Any, longest: int) -> tuple[dict[str, Any], bytes]:  # noqa: ANN401 - Pillow's image, imported late
    from PIL import Image

    if opened.width * opened.height > MOST_PIXELS:
        raise Unfit("errors.picture_too_large")
    if opened.format == "JPEG":
        opened.draft("RGB", (longest, longest))  # decodes at half or a quarter where that is enough
    turn = opened.getexif().get(ORIENTATION, 1)
    profile = opened.info.get("icc_profile")
    opened.load()
    picture = _scaled(_plain(opened), longest)
    picture = _in_srgb(picture, profile)
    for orientation, way in (
        (2, Image.Transpose.FLIP_LEFT_RIGHT), (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM), (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_270), (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_90),
    ):  # fmt: skip
        if turn == orientation:
            picture = picture.transpose(way)
    picture.info.clear()  # or comments and profiles would be written again
    out = io.BytesIO()
    if picture.mode == "RGBA":
        ending = "png"
        picture.save(out, "PNG", compress_level=4)
    else:
        ending = "jpg"
        picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return {"ending": ending, "width": picture.width, "height": picture.height}, out.getvalue()


def _plain(opened: Any) -> Any:  # noqa: ANN401 - Pillow's image
    """In 8 bits of RGB, or of RGBA where something shines through; CMYK waits for its profile."""
    if opened.mode.startswith(("I", "F")):  # 16 bits of grey and more: the brightest is white
        low, high = opened.getextrema()
        opened = opened.point(lambda value: (value - low) * (255 / max(1, high - low))).convert("L")
    if opened.mode in ("RGB", "CMYK"):
        return opened
    clear = opened.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in opened.info
    if not clear:
        return opened.convert("RGB")
    picture = opened.convert("RGBA")
    solid = picture.getchannel("A").getextrema()[0] == 255
    return picture.convert("RGB") if solid else picture


def _scaled(picture: Any, longest: int) -> Any:  # noqa: ANN401 - Pillow's image
    from PIL import Image

    if max(picture.size) > longest:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def _in_srgb(picture: Any, profile: object) -> Any:  # noqa: ANN401 - Pillow's image
    """The colours as screens show them; a profile that is broken or of another kind is left out."""
    from PIL import ImageCms

    if isinstance(profile, bytes) and 0 < len(profile) < 4_000_000 and picture.mode != "RGBA":
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(
                picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert("RGB")
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _warm_up() -> None:
    """Use every part once: nothing can be loaded any more when files cannot be opened."""
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    for kind in FORMATS:
        out = io.BytesIO()
        Image.new("RGB", (32, 16), (90, 120, 40)).save(out, kind)
        clean(out.getvalue(), 8)
    out = io.BytesIO()
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGBA", (32, 16), (9, 9, 9, 99)).save(out, "PNG", icc_profile=profile)
    clean(out.getvalue(), 8)
    out = io.BytesIO()
    Image.new("RGB", (32, 16)).save(out, "JPEG", icc_profile=profile)
    clean(out.getvalue(), 8)


if __name__ == "__main__":
    main(sys.argv[1:])
