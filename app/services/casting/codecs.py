"""The names of codecs and containers as people know them; they are the same in every language."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp9": "VP9", "vp8": "VP8", "aac": "AAC",
    "mpeg2video": "MPEG-2", "mpeg1video": "MPEG-1", "mpeg4": "MPEG-4", "msmpeg4v3": "DivX 3",
    "wmv3": "WMV", "vc1": "VC-1", "theora": "Theora", "ac3": "Dolby Digital", "dts": "DTS",
    "eac3": "Dolby Digital Plus", "truehd": "Dolby TrueHD", "mp3": "MP3", "mp2": "MP2",
    "opus": "Opus", "vorbis": "Vorbis", "flac": "FLAC", "matroska": "MKV", "mp4": "MP4",
    "mov": "QuickTime", "mpegts": "MPEG-TS", "mpeg": "MPEG", "avi": "AVI", "webm": "WebM",
    "asf": "Windows Media", "flv": "Flash Video", "ogg": "Ogg", "rm": "RealMedia",
}  # fmt: skip


def shown(word: str) -> str:
    """The name of a codec or container, by what ffprobe or we call it."""
    return _WORDS.get(word, word.upper())
