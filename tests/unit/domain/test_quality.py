"""Names of codecs and picture sizes."""

from __future__ import annotations

import pytest

from app.domain.quality import codec_name, size_name


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [
        (3840, 2160, "2160p"),
        (3840, 1600, "2160p"),
        (2560, 1440, "1440p"),
        (1920, 1080, "1080p"),
        (1920, 800, "1080p"),  # letterboxed: by its width
        (1440, 1080, "1080p"),  # 4:3: by its height
        (1080, 1920, "1080p"),  # a telephone held upright
        (1280, 534, "720p"),
        (960, 720, "720p"),
        (720, 576, "576p"),
        (960, 540, "540p"),
        (854, 480, "480p"),
        (720, 304, "480p"),
        (640, 480, "480p"),
        (640, 360, "360p"),
        (640, 272, "360p"),
        (320, 180, "240p"),
    ],
)
def test_a_picture_has_its_usual_name(width: int, height: int, name: str) -> None:
    assert size_name(width, height) == name


@pytest.mark.parametrize(
    ("codec", "name"),
    [("h264", "H.264"), ("aac", "AAC"), ("pcm_s16le", "PCM"), ("subrip", "SRT"), ("xyz", "XYZ")],
)
def test_a_codec_has_its_usual_name(codec: str, name: str) -> None:
    assert codec_name(codec) == name
