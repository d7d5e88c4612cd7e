"""Reads what is inside a media file. Runs in the worker only: the file is not to be trusted."""

from __future__ import annotations

from typing import IO, Any

import av

FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,rm"
VIDEO_DECODERS = frozenset(
    (
        *("h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "libvpx", "libvpx-vp9", "theora"),
        *("mpeg4", "mpeg2video", "mpeg1video", "msmpeg4v1", "msmpeg4v2", "msmpeg4", "h263"),
        *("vc1", "wmv1", "wmv2", "wmv3", "flv", "mjpeg", "png", "webp"),
    )
)
OTHER_DECODERS = (
    "aac,ac3,eac3,dca,truehd,mp3,mp3float,mp2,mp2float,flac,opus,libopus,vorbis,alac,wmav1,wmav2,"
    "wmapro,pcm_s16le,pcm_s24le,pcm_bluray,pcm_dvd,subrip,srt,ass,ssa,mov_text,webvtt,dvdsub,pgssub"
)
MAX_PIXELS = 60_000_000
MAX_TRACKS = 100
MAX_CHAPTERS = 300
MAX_TEXT = 200

_TRANSFERS = {16: "HDR10", 18: "HLG"}
_DOLBY_TAGS = {"dvh1", "dvhe", "dva1", "dvav", "dav1"}


class NotMedia(Exception):  # noqa: N818 - it is an answer, not an error
    """The file cannot be read as media; `key` names the note for its owner."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def open_media(file: IO[bytes], *, reading: bool = False) -> Any:  # noqa: ANN401 - PyAV's container; tests and mypy see it through describe()
    """Open an already opened file; `reading` when frames are wanted too.

    Only the formats of the list are tried, whatever the name says, and nothing else is opened.
    """
    options = {
        "format_whitelist": FORMATS,
        "protocol_whitelist": "none",
        "codec_whitelist": ",".join(sorted(VIDEO_DECODERS)) + "," + OTHER_DECODERS,
        "max_streams": str(MAX_TRACKS),
        "max_pixels": str(MAX_PIXELS),
        "max_probe_packets": "500",
        "probesize": "1000000",
        "analyzeduration": "1000000",
    }
    if not reading:
        options["skip_frame"] = "all"
    try:
        return av.open(file, options=options, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError, MemoryError) as exc:
        raise NotMedia("notes.unreadable") from exc


def describe(file: IO[bytes]) -> dict[str, Any]:
    """Tell container, duration, tracks and chapters, as plain values for JSON."""
    with open_media(file) as container:
        tracks = [told for stream in container.streams if (told := _track(stream)) is not None]
        videos = [stream for stream in container.streams.video if not _is_cover(stream)]
        if not videos:
            raise NotMedia("notes.no_video")
        duration = container.duration
        return {
            "duration": duration / av.time_base if duration and duration > 0 else None,
            "container": container.format.name.split(",")[0],
            "bit_rate": int(container.bit_rate) or None,
            "hdr": _hdr(videos[0]),
            "tracks": tracks,
            "chapters": _chapters(container),
            "cover": any(_is_cover(stream) for stream in container.streams.video),
        }


def _is_cover(stream: Any) -> bool:  # noqa: ANN401 - PyAV's stream
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _track(stream: Any) -> dict[str, Any] | None:  # noqa: ANN401 - PyAV's stream
    if stream.type not in {"video", "audio", "subtitle"} or _is_cover(stream):
        return None
    context = stream.codec_context
    told: dict[str, Any] = {
        "index": stream.index,
        "kind": stream.type,
        "codec": context.codec.canonical_name if context is not None else "unknown",
        "language": _text(stream.metadata.get("language")),
        "title": _text(stream.metadata.get("title")),
        "default": bool(stream.disposition & av.stream.Disposition.default),
        "forced": bool(stream.disposition & av.stream.Disposition.forced),
    }
    if context is not None and stream.type == "audio":
        told["channels"] = context.channels or None
    if context is not None and stream.type == "video":
        told["width"], told["height"] = context.width or None, context.height or None
    return told


def _hdr(stream: Any) -> str | None:  # noqa: ANN401 - PyAV's stream
    context = stream.codec_context
    if context is None:
        return None
    if str(context.codec_tag) in _DOLBY_TAGS:
        return "DV"
    return _TRANSFERS.get(int(context.color_trc or 0))


def _chapters(container: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - PyAV's container
    found = []
    for chapter in container.chapters()[:MAX_CHAPTERS]:
        base = chapter["time_base"]
        title = _text(chapter["metadata"].get("title")) or ""
        found.append({"start": max(0.0, float(chapter["start"] * base)), "title": title})
    return found


def _text(value: str | None) -> str | None:
    if not value or value == "und":
        return None
    return value[:MAX_TEXT]
