"""Makes posters and backdrops from images and from frames. Runs in the worker only."""

from __future__ import annotations

import importlib
import pkgutil
from fractions import Fraction
from typing import IO, Any

import av
import av.filter

from app.infra.probe_media import MAX_PIXELS, VIDEO_DECODERS, NotMedia, open_media

IMAGES = "jpeg_pipe,png_pipe,webp_pipe,mov,image2"
SIZES = {"poster": (300, 450), "backdrop": (640, 360)}
PLACES = (0.2, 0.35, 0.1, 0.5, 0.7)
"""Where in a film to look for a frame worth showing; the first lively one is taken."""

LIVELY = 35.0
"""A spread of brightness (0 to 127) that makes a good picture."""

MAX_JPEG = 180_000
MAX_PACKETS = 400


def from_image(file: IO[bytes], shape: str) -> bytes:
    """Decode an image file and give a JPEG of that shape."""
    options = {"format_whitelist": IMAGES, "protocol_whitelist": "none"}
    try:
        with av.open(file, options=options) as container:
            stream = container.streams.video[0]
            return jpeg(_first_frame(container, stream), shape)
    except (av.error.FFmpegError, ValueError, IndexError, MemoryError) as exc:
        raise NotMedia("notes.picture_unreadable") from exc


def from_cover(file: IO[bytes]) -> bytes:
    """Give the picture that is embedded in a media file, as a poster."""
    with open_media(file, reading=True) as container:
        for stream in container.streams.video:
            if stream.disposition & av.stream.Disposition.attached_pic:
                return jpeg(_first_frame(container, stream), "poster")
    raise NotMedia("notes.picture_unreadable")


def from_film(file: IO[bytes]) -> tuple[bytes, bytes]:
    """Choose a frame that is neither black nor flat; give it as poster and as backdrop."""
    with open_media(file, reading=True) as container:
        streams = [
            each
            for each in container.streams.video
            if not each.disposition & av.stream.Disposition.attached_pic
        ]
        if not streams:
            raise NotMedia("notes.no_video")
        frame = _best_frame(container, streams[0])
        return jpeg(frame, "poster"), jpeg(frame, "backdrop")


def jpeg(frame: Any, shape: str) -> bytes:  # noqa: ANN401 - PyAV's frame
    """Scale a frame so that it covers the shape, cut the rest off, encode."""
    width, height = SIZES[shape]
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=frame.time_base or Fraction(1, 25),
    )
    steps = [
        graph.add("scale", f"{width}:{height}:force_original_aspect_ratio=increase:flags=area"),
        graph.add("crop", f"{width}:{height}"),
        graph.add("format", "yuvj420p"),
        graph.add("buffersink"),
    ]
    for step in steps:
        source.link_to(step)
        source = step
    graph.configure()
    graph.push(frame)
    return _encode(graph.pull(), width, height)


def _encode(frame: Any, width: int, height: int) -> bytes:  # noqa: ANN401 - PyAV's frame
    for quality in (4, 10, 25):
        encoder = av.CodecContext.create("mjpeg", "w")
        encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
        encoder.time_base = Fraction(1, 25)
        encoder.flags |= av.codec.context.Flags.qscale
        encoder.options = {"qmin": str(quality), "qmax": str(quality)}
        packets = [*encoder.encode(frame), *encoder.encode(None)]
        made = b"".join(bytes(packet) for packet in packets)
        if len(made) <= MAX_JPEG:
            return made
    raise NotMedia("notes.picture_unreadable")


def _first_frame(container: Any, stream: Any) -> Any:  # noqa: ANN401 - PyAV's own objects
    context = stream.codec_context
    if context.name not in VIDEO_DECODERS:
        raise NotMedia("notes.picture_unreadable")
    if context.width * context.height > MAX_PIXELS:
        raise NotMedia("notes.picture_too_large")
    context.options = {"max_pixels": str(MAX_PIXELS)}
    for count, packet in enumerate(container.demux(stream)):
        for frame in context.decode(packet):
            return frame
        if count > MAX_PACKETS:
            break
    raise NotMedia("notes.picture_unreadable")


def _best_frame(container: Any, stream: Any) -> Any:  # noqa: ANN401 - PyAV's own objects
    context = stream.codec_context
    if context is None or context.name not in VIDEO_DECODERS:
        raise NotMedia("notes.codec_unknown")
    context.skip_frame = "NONKEY"
    best, best_spread = None, -1.0
    for place in PLACES if container.duration else (0.0,):
        frame = _frame_at(container, stream, place)
        spread = _spread(frame) if frame is not None else -1.0
        if spread > best_spread:
            best, best_spread = frame, spread
        if best_spread >= LIVELY:
            break
    if best is None:
        raise NotMedia("notes.unreadable")
    return best


def _frame_at(container: Any, stream: Any, place: float) -> Any:  # noqa: ANN401 - PyAV's own objects
    try:
        if place:
            container.seek(int(container.duration * place), backward=True)
        for count, packet in enumerate(container.demux(stream)):
            for frame in packet.decode():
                return frame
            if count > MAX_PACKETS:
                return None
    except av.error.FFmpegError:
        return None
    return None


def _spread(frame: Any) -> float:  # noqa: ANN401 - PyAV's frame
    small = frame.reformat(width=32, height=18, format="gray")
    plane = small.planes[0]
    rows = bytes(plane)
    values = [value for row in range(18) for value in rows[row * plane.line_size :][:32]]
    mean = sum(values) / len(values)
    spread = float((sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5)
    return spread if 16 < mean < 240 else spread / 4


def warm_up() -> None:
    """Use every part once, so that nothing is left to load when files cannot be opened."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    frame = av.VideoFrame(64, 36, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    jpeg(frame, "poster")
    _spread(frame)
