"""How picture, sound and subtitles are called: codecs by name, and a picture's usual size."""

from __future__ import annotations

from typing import Final

_CODECS: Final = {
    "h264": "H.264",
    "hevc": "HEVC",
    "av1": "AV1",
    "vp8": "VP8",
    "vp9": "VP9",
    "mpeg1video": "MPEG-1",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4",
    "msmpeg4v3": "DivX 3",
    "vc1": "VC-1",
    "wmv3": "WMV 9",
    "theora": "Theora",
    "prores": "ProRes",
    "mjpeg": "Motion JPEG",
    "ac3": "Dolby Digital",
    "eac3": "Dolby Digital Plus",
    "truehd": "Dolby TrueHD",
    "dts": "DTS",
    "opus": "Opus",
    "vorbis": "Vorbis",
    "wmav2": "WMA",
    "subrip": "SRT",
    "srt": "SRT",
    "webvtt": "WebVTT",
    "mov_text": "MP4 text",
    "hdmv_pgs_subtitle": "PGS",
    "dvd_subtitle": "VobSub",
    "dvb_subtitle": "DVB",
}
_SIZES: Final = (
    (3200, 1800, "2160p"),
    (2400, 1300, "1440p"),
    (1800, 1000, "1080p"),
    (1200, 700, "720p"),
    (1000, 560, "576p"),
    (900, 520, "540p"),
    (700, 440, "480p"),
    (480, 320, "360p"),
)


def codec_name(codec: str) -> str:
    """The name people know a codec by (``H.264``); an unknown one in capitals."""
    if codec.startswith("pcm_"):
        return "PCM"
    return _CODECS.get(codec.lower(), codec.upper())


def size_name(width: int, height: int) -> str:
    """The usual name of a picture's size in pixels, such as ``1080p``.

    The larger of what its two sides say: a letterboxed film counts by its width, a 4:3 one by
    its height. A picture that stands upright counts as if it lay.
    """
    wide, high = max(width, height), min(width, height)
    return next((name for least, low, name in _SIZES if wide >= least or high >= low), "240p")
