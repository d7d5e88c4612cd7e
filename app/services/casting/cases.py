"""Finds what stands in the way between a film and a device: the grounds of every decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.casting import MediaFacts, Method, SoundTrack, SubtitleTrack
from app.infra.ffmpeg.encoders import Encoders
from app.services.casting.abilities import Abilities, Line
from app.services.casting.codecs import shown

MOVES: Final = {
    "mp4": (frozenset(("h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video")),
            frozenset(("aac", "mp3", "ac3", "eac3", "opus", "flac", "alac"))),
    "mpegts": (frozenset(("h264", "hevc", "mpeg2video")),
               frozenset(("aac", "mp3", "mp2", "ac3", "eac3"))),
}  # fmt: skip
"""What goes into a container without being converted."""
Why = tuple[str, dict[str, object]]
"""A message key and its arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with everything that was found out for it."""

    able: Abilities
    facts: MediaFacts
    sound: SoundTrack | None
    other_sound: bool  # not the one a device plays by itself
    burn: int | None
    encoders: Encoders
    trusted: frozenset[Method]  # forms that count as played whatever the lists say

    @property
    def sings(self) -> bool:
        """Whether only the sound is sent."""
        return not self.facts.video or not any(one.pictures for one in self.able.lines)


def case_of(
    able: Abilities,
    facts: MediaFacts,
    sound: int,
    subtitle: SubtitleTrack | None,
    encoders: Encoders,
    trusted: frozenset[Method],
) -> Case:
    """Put a question together: which track is meant, and whether subtitles must be burnt in."""
    tracks = [one for one in facts.sounds if one.number == sound] or list(facts.sounds[:1])
    track = tracks[0] if tracks else None
    return Case(
        able=able,
        facts=facts,
        sound=track,
        other_sound=track is not None and track is not facts.sounds[0],
        burn=_burnt(able, facts, subtitle),
        encoders=encoders,
        trusted=trusted,
    )


def _burnt(able: Abilities, facts: MediaFacts, subtitle: SubtitleTrack | None) -> int | None:
    """Which subtitles must be drawn into the picture: those that can be shown in no other way."""
    if subtitle is None or not facts.video or (subtitle.text and able.letters):
        return None
    if subtitle in facts.subtitles:
        return facts.subtitles.index(subtitle)
    return subtitle.number or 0


def against_file(case: Case) -> Why | None:
    """Why the file cannot be sent as it is."""
    facts, line = case.facts, case.able.line(case.facts.container, picture=True)
    if case.burn is not None:
        return "casting.why.burnt", {}
    if line is None:
        return "casting.why.container", {"container": shown(facts.container)}
    against = against_picture(case, line)
    if against is None and case.sound is not None:
        against = against_sound(case, line, "")
    if against is None and case.other_sound:
        against = "casting.why.other_sound", {}
    if against is None and line.early and not facts.fast_start:
        against = "casting.why.index_at_end", {}
    return against


def against_picture(case: Case, line: Line) -> Why | None:
    """Why the picture cannot be sent as it is in a line's container."""
    facts, able = case.facts, case.able
    limit = line.picture(facts.video)
    named: dict[str, object] = {"codec": shown(facts.video)}
    if limit is None:
        return "casting.why.picture", named
    if facts.bits > limit.bits or facts.chroma not in ("420", "400"):
        return "casting.why.depth", {**named, "bits": facts.bits}
    if limit.level and facts.level > limit.level:
        return "casting.why.level", {**named, "level": f"{facts.level / 10:.1f}"}
    if too_large(facts, limit.height):
        return "casting.why.too_large", {"height": facts.height}
    if facts.hdr == "DV" and not able.dolby:
        return "casting.why.dolby_vision", {}
    if facts.interlaced and not able.interlaced:
        return "casting.why.interlaced", {}
    return ("casting.why.rotated", {}) if facts.rotated and not able.turns else None


def against_sound(case: Case, line: Line, container: str) -> Why | None:
    """Why the sound cannot be sent as it is, within a container it is moved to ("": its own)."""
    assert case.sound is not None
    codec = case.sound.codec
    if codec not in line.sounds or (container and codec not in MOVES[container][1]):
        return "casting.why.sound", {"codec": shown(codec)}
    return None


def picture_goes(case: Case, line: Line, container: str) -> bool:
    """Whether the picture can be sent as it is in this container."""
    if case.burn is not None or case.facts.video not in MOVES.get(container, ((),))[0]:
        return False
    turned = case.facts.rotated  # what says so does not come through every container
    return not turned and against_picture(case, line) is None


def too_large(facts: MediaFacts, height: int) -> bool:
    """Whether a picture is larger than a screen of so many lines, which is 16:9."""
    high, wide = min(facts.height, facts.width), max(facts.height, facts.width)
    return high > height or wide > height * 16 // 9 + 16
