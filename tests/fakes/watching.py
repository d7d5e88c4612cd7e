"""Watches a film as a device would, with another FFmpeg than the one that made it."""

from __future__ import annotations

import io
from array import array
from dataclasses import dataclass

import av
from av.container import InputContainer


@dataclass(frozen=True, slots=True)
class Watched:
    """What is in a film. Times are seconds from its first picture or sound, None: never seen.

    `flash` is when the middle of the picture becomes light, `tone` when the sound begins.
    """

    container: str
    video: str
    audio: str
    profile: str
    pixels: str
    size: tuple[int, int]
    channels: int
    rate: int
    seconds: float
    begins: float
    flash: float | None
    tone: float | None
    keys: tuple[float, ...]


def watch(content: bytes) -> Watched:
    """Decode all of it."""
    with av.open(io.BytesIO(content)) as container:
        assert isinstance(container, InputContainer)
        videos, audios = container.streams.video, container.streams.audio
        pictures: list[float] = []
        sounds: list[float] = []
        keys: list[float] = []
        flash = tone = None
        chosen = [*videos[:1], *audios[:1]]
        for packet in container.demux(*chosen):
            if packet.stream.type == "video" and packet.is_keyframe and packet.pts is not None:
                keys.append(float(packet.pts * packet.time_base))
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame | av.AudioFrame)
                assert frame.time is not None
                if isinstance(frame, av.VideoFrame):
                    pictures += [frame.time, frame.time + 1 / 25]
                    if flash is None and max(_middle(frame)) > 128:
                        flash = frame.time
                else:
                    loud = _loud(frame)
                    sounds += [frame.time, frame.time + frame.samples / frame.sample_rate]
                    if tone is None and loud is not None:
                        tone = frame.time + loud / frame.sample_rate
        begins = min(pictures + sounds)
        ends = max(pictures + sounds)
        video = videos[0].codec_context if videos else None
        audio = audios[0].codec_context if audios else None
        return Watched(
            container=container.format.name,
            video=video.codec.canonical_name if video else "",
            audio=audio.codec.canonical_name if audio else "",
            profile=str(video.profile) if video else "",
            pixels=str(video.pix_fmt) if video else "",
            size=(video.width, video.height) if video else (0, 0),
            channels=audio.channels if audio else 0,
            rate=audio.sample_rate if audio else 0,
            seconds=ends - begins,
            begins=begins,
            flash=None if flash is None else flash - begins,
            tone=None if tone is None else tone - begins,
            keys=tuple(one - begins for one in keys),
        )


def _middle(frame: av.VideoFrame) -> bytes:
    """How light the row in the middle is."""
    row = frame.planes[0].line_size * (frame.height // 2)
    return bytes(frame.planes[0])[row : row + frame.width]


def _loud(frame: av.AudioFrame) -> int | None:
    """The first sample that can be heard."""
    kind, quiet = {"flt": ("f", 0.02), "s16": ("h", 600), "s32": ("i", 4e7)}[
        frame.format.name.removesuffix("p")
    ]
    samples = array(kind, bytes(frame.planes[0])[: frame.samples * frame.format.bytes * (
        1 if frame.format.is_planar else len(frame.layout.channels))])  # fmt: skip
    step = 1 if frame.format.is_planar else len(frame.layout.channels)
    for number, value in enumerate(samples):
        if abs(value) > quiet:
            return number // step
    return None
