"""Codes the frames of a piece of video with x264, and joins pieces and sound to one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import av.video.plane
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from app.infra.montage.faults import Fault
from app.infra.montage.sources import Planes
from app.infra.montage.store import settled

GOP: Final = 60
"""Frames of a piece at most: each begins with a frame that stands for itself."""
BT709: Final = 1
STUDIO_RANGE: Final = 1


def encode(
    out: Path,
    part: Path,
    wish: dict[str, Any],
    threads: int,
    frames: int,
    draw: Callable[[int, Planes], None],
) -> Iterator[int]:
    """Code so many frames, each drawn by `draw`, into the file `out`: whole or not at all.

    Gives the number of each frame when it was drawn. Raises `OSError`.
    """
    step = Fraction(1, wish["fps"])
    with settled(out, part), av.open(str(part), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=wish["fps"], options=_options(wish))
        stream.width, stream.height, stream.pix_fmt = wish["width"], wish["height"], "yuv420p"
        context = stream.codec_context
        context.thread_count, context.time_base = threads, step
        context.color_range = STUDIO_RANGE
        context.color_primaries = context.color_trc = context.colorspace = BT709
        for number in range(frames):
            picture = av.VideoFrame(wish["width"], wish["height"], "yuv420p")
            picture.pts, picture.time_base = number, step
            draw(number, _planes(picture))
            file.mux(stream.encode(picture))
            yield number
        file.mux(stream.encode(None))


def join(
    out: Path, part: Path, segments: Sequence[tuple[Path, int]], sound: Path | None, fps: int
) -> None:
    """Put the pieces behind each other, each so many frames long, and the sound beside them.

    `out` appears whole. Raises `Fault` ``segment`` (its name: which) when a piece is damaged.
    """
    with (
        settled(out, part),
        av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as file,
    ):
        _joined(file, segments, sound, fps)


def _joined(
    file: av.container.OutputContainer,
    segments: Sequence[tuple[Path, int]],
    sound: Path | None,
    fps: int,
) -> None:
    pictures: VideoStream | None = None
    header, begun = b"", 0
    sounds = _Sounds(sound)
    try:
        for path, frames in segments:
            with _opened(path) as piece:
                source = piece.streams.video[0]
                if pictures is None:
                    pictures = file.add_stream_from_template(source)
                    header = source.codec_context.extradata or b""
                    sounds.announce(file)
                if (source.codec_context.extradata or b"") != header:
                    raise Fault("segment", name=path.name, detail="another header")
                _copy(piece, source, pictures, file, begun, frames, fps, path)
            begun += frames
            sounds.copy_until(file, begun / fps)
        sounds.copy_until(file, float("inf"))
    finally:
        sounds.close()


def _copy(
    piece: av.container.InputContainer,
    source: VideoStream,
    into: VideoStream,
    file: av.container.OutputContainer,
    begun: int,
    frames: int,
    fps: int,
    path: Path,
) -> None:
    base = source.time_base or Fraction(1, fps)
    offset = int(Fraction(begun, fps) / base)
    packets = [packet for packet in piece.demux(source) if packet.size]
    if len(packets) != frames or any(one.dts is None or one.pts is None for one in packets):
        raise Fault("segment", name=path.name, detail=f"{len(packets)} frames of {frames}")
    for packet in packets:
        packet.pts, packet.dts = (packet.pts or 0) + offset, (packet.dts or 0) + offset
        packet.stream = into
        file.mux(packet)


class _Sounds:
    """The packets of the sound, handed over as far as the picture has come."""

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None else av.open(str(path), format="mov")
        self._stream: AudioStream | None = None
        self._packets: Iterator[av.Packet[Any]] = iter(())
        self._waiting: av.Packet[Any] | None = None

    def announce(self, file: av.container.OutputContainer) -> None:
        """Tell the file of the sound that will come."""
        if self._file is not None:
            source = self._file.streams.audio[0]
            self._stream = file.add_stream_from_template(source)
            self._packets = (packet for packet in self._file.demux(source) if packet.size)
            self._waiting = next(self._packets, None)

    def copy_until(self, file: av.container.OutputContainer, seconds: float) -> None:
        """Hand over what begins before then."""
        while (packet := self._waiting) is not None:
            if packet.pts is not None and packet.pts * packet.time_base >= seconds:
                return
            packet.stream = self._stream
            file.mux(packet)
            self._waiting = next(self._packets, None)

    def close(self) -> None:
        """Close what was opened."""
        if self._file is not None:
            self._file.close()


def _opened(path: Path) -> av.container.InputContainer:
    try:
        return av.open(str(path), format="mov")
    except (OSError, av.FFmpegError) as error:
        raise Fault("segment", name=path.name, detail=str(error)) from error


def _options(wish: dict[str, Any]) -> dict[str, str]:
    return {
        "preset": wish["preset"],
        "crf": str(wish["crf"]),
        "profile": "high",
        "g": str(GOP),
        "flags": "+cgop",
    }


def _planes(picture: av.VideoFrame) -> Planes:
    first, second, third = map(_plane, picture.planes)
    return first, second, third


def _plane(plane: av.video.plane.VideoPlane) -> npt.NDArray[np.uint8]:
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]
