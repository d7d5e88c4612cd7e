"""Writes the arguments ffmpeg is started with. Pure: what is wanted in, a list of words out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.casting import MediaFacts, Plan
from app.infra.ffmpeg.encoders import Encoders, picture_words
from app.infra.ffmpeg.running import Source, input_words
from app.runtime.children import Word

SEGMENT: Final = 1
"""Seconds of a segment, and between two key frames."""
LETTERS: Final = "letters.ass"
"""The subtitles that are burnt in lie under this name in the folder the job is started in."""
_RATES: Final = ((480, 2_500_000), (720, 5_000_000), (1080, 10_000_000))
_MOST_RATE: Final = 25_000_000
_HDR: Final = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv"
)
_SOUNDS: Final = {
    "aac": ("-c:a", "aac", "-b:a", "192k"),
    "ac3": ("-c:a", "ac3", "-b:a", "224k"),
    "mp2": ("-c:a", "mp2", "-b:a", "224k"),
    "mp3": ("-c:a", "libmp3lame", "-b:a", "192k"),
}
_FRAGMENTS: Final = "+default_base_moof+frag_keyframe"
_FORMS: Final = {
    # FLAC and Opus in it are finished by now, whatever an older ffmpeg says.
    "mp4": ("-strict", "-2", "-frag_duration", "500000", "-f", "mp4", "-movflags"),
    "mpegts": ("-mpegts_flags", "+initial_discontinuity", "-f", "mpegts"),
    "mpeg": ("-f", "vob"),
    "mp3": ("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"),
    "aac": ("-f", "adts"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """What is converted, into what, and from which second on.

    Segments are of the whole film all the same: `start` is where they are wanted first.
    `letters`: the text subtitles to burn in, as an ASS document in UTF-8, its times those of the
    whole film.
    """

    source: Source
    facts: MediaFacts
    plan: Plan
    start: float = 0.0
    letters: bytes = b""


def progressive(task: Task, encoders: Encoders) -> list[Word]:
    """Arguments for one stream from the start point to the end, on the output."""
    form = list(_FORMS[task.plan.container])
    if task.plan.container == "mp4":
        # What is not converted may begin with the sound or with the picture: only a head that is
        # written after the first of both says so. Else it is written at once.
        copied = task.plan.video == "copy"
        form.append(_FRAGMENTS + ("+delay_moov" if copied else "+empty_moov+negative_cts_offsets"))
    return [*_common(task, encoders, task.start), *form, "-flush_packets", "1", "pipe:1"]


def segments(task: Task, encoders: Encoders, first: int) -> list[Word]:
    """Arguments for segments ``7.ts`` in the folder the job is started in, from `first` on.

    A segment has its name only once it is whole. Its times are those of the whole stream.
    """
    begin = first * SEGMENT
    # A second more: times before 0, which coders begin with, would move all that follow them.
    return [
        *_common(task, encoders, float(begin)), "-output_ts_offset", str(begin + 1),
        "-f", "hls", "-hls_time", str(SEGMENT), "-hls_segment_type", "mpegts",
        "-hls_flags", "temp_file", "-hls_list_size", "4", "-start_number", str(first),
        "-hls_segment_filename", "%d.ts", "list.m3u8",
    ]  # fmt: skip


def _common(task: Task, encoders: Encoders, start: float) -> list[Word]:
    copied = task.plan.video == "copy"
    words: list[Word] = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
    if task.plan.video == "h264":
        words += picture_words(encoders)[0]
    if start > 0:
        # A picture that is not converted begins at a key frame; its sound must begin there too.
        words += [*(["-noaccurate_seek"] if copied else []), "-ss", f"{start:.3f}"]
    if copied:
        words += ["-fflags", "+genpts"]  # AVI has no times of its own
    words += ["-probesize", "5000000", "-analyzeduration", "5000000", *input_words(task.source)]
    words += ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"]
    words += _picture(task, encoders, start)
    return [*words, *_sound(task), "-max_muxing_queue_size", "4096"]


def _picture(task: Task, encoders: Encoders, start: float) -> list[Word]:
    plan, facts = task.plan, task.facts
    if not plan.video or not facts.video:
        return ["-vn"]
    if plan.video == "copy":
        tag = ["-tag:v", "hvc1"] if facts.video == "hevc" and plan.container == "mp4" else []
        return ["-map", "0:V:0", "-c:v", "copy", *tag]
    last, coder = _coder(task, encoders)
    before, after = _filters(task, encoders, start)
    number = _drawn(task)
    if number is None:
        chain = ",".join([*before, *after, last])
        return ["-map", "0:V:0", "-vf", chain, *coder]
    wide, high = _size(task)
    graph = (
        f"[0:V:0]{','.join(before) or 'null'}[film];"
        f"[0:s:{number}]scale={wide}:{high}[drawn];"
        f"[film][drawn]overlay=eof_action=pass,{','.join([*after, last])}[out]"
    )
    return ["-filter_complex", graph, "-map", "[out]", *coder]


def _coder(task: Task, encoders: Encoders) -> tuple[str, list[Word]]:
    """The last filters and the encoder with everything it is told."""
    plan, (_wide, high) = task.plan, _size(task)
    most = plan.rate or next((rate for lines, rate in _RATES if high <= lines), _MOST_RATE)
    keys = ["-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT})"]
    if plan.video == "mpeg2video":
        return "format=yuv420p", ["-c:v", "mpeg2video", "-q:v", "4", "-maxrate", str(most),
                                  "-bufsize", "1835k", "-g", "15"]  # fmt: skip
    _before, last, words = picture_words(encoders)
    told: list[Word] = [*words, "-profile:v", "high", *_level(task)]
    if encoders.hardware:
        told += ["-b:v", str(most * 6 // 10), "-g", "120"]
    else:
        told += ["-crf", "22", "-g", "240", "-bf", "2"]
    return last, [*told, "-maxrate", str(most), "-bufsize", str(most * 2), *keys]


def _level(task: Task) -> list[Word]:
    """The level that is promised: what the picture needs, and no more."""
    _wide, high = _size(task)
    smooth = task.facts.frames > 31.0
    if high <= 720 or (high <= 1080 and not smooth):
        return ["-level:v", "4.1"]
    return ["-level:v", "4.2" if high <= 1080 else "5.2" if smooth else "5.1"]


def _filters(task: Task, encoders: Encoders, start: float) -> tuple[list[str], list[str]]:
    """Filters before and after subtitles are drawn into the picture."""
    facts, known, before, after = task.facts, encoders.filters, [], []
    if facts.interlaced and (name := next((n for n in ("bwdif", "yadif") if n in known), "")):
        before.append(f"{name}=mode=send_frame:deint=interlaced")
    before.append(_scaled(task))
    if facts.hdr and {"zscale", "tonemap"} <= known:
        before.append(_HDR)
    if task.letters and "subtitles" in known:
        # Their times are those of the film; the pictures' begin with 0 at the start point.
        shift = f"{start:.3f}/TB"
        after += [f"setpts=PTS+{shift}", f"subtitles={LETTERS}", f"setpts=PTS-{shift}"]
    return before, after


def _drawn(task: Task) -> int | None:
    """The number among the film's subtitles of those that are pictures and burnt in."""
    place = task.plan.burn
    if place is None or task.letters or place >= len(task.facts.subtitles):
        return None
    track = task.facts.subtitles[place]
    return None if track.text else track.number


def _scaled(task: Task) -> str:
    wide, high = _size(task)
    if not task.facts.rotated:
        return f"scale={wide}:{high}"
    # By now it stands upright: by a quarter or by a half, which is not known here.
    long, short = max(wide, high), min(wide, high)
    box = f"w='if(gt(iw,ih),{long},{short})':h='if(gt(iw,ih),{short},{long})'"
    return f"scale={box}:force_original_aspect_ratio=decrease:force_divisible_by=2"


def _size(task: Task) -> tuple[int, int]:
    """How wide and high the picture becomes: within the box the plan allows, both even."""
    wide, high = task.facts.width or 1280, task.facts.height or 720
    if task.plan.height:
        long, short = task.plan.height * 16 // 9, task.plan.height
        box = (long, short) if wide >= high else (short, long)
        scale = min(1.0, box[0] / wide, box[1] / high)
        wide, high = int(wide * scale), int(high * scale)
    return max(2, wide // 2 * 2), max(2, high // 2 * 2)


def _sound(task: Task) -> list[Word]:
    plan = task.plan
    if not plan.audio:
        return ["-an"]
    track: list[Word] = ["-map", f"0:a:{plan.sound}?"]
    if plan.audio == "copy":
        codecs = [one.codec for one in task.facts.sounds if one.number == plan.sound]
        # AAC of broadcasts says in each frame what MP4 says once.
        bare = ["-bsf:a", "aac_adtstoasc"] if (plan.container, codecs) == ("mp4", ["aac"]) else []
        return [*track, "-c:a", "copy", *bare]
    words: list[Word] = [*track, *_SOUNDS[plan.audio], "-ar", "48000"]
    if plan.video not in ("", "copy"):
        words += ["-af", "aresample=async=1:first_pts=0"]  # one that begins late begins silent
    if plan.audio == "ac3" and plan.channels > 2:
        words += ["-b:a", "448k"]
    return [*words, *(["-ac", str(plan.channels)] if plan.channels else [])]
