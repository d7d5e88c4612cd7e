"""Decides in which form a device gets a film, and why; after a refusal, in which one next.

The rules, the strongest first: what the owner chose for the device; what it played or refused
before; what its model is known to play, in the words of its own list; its own list; the safest.
Pure: the same question has the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.api.casting import CastDevice
from app.domain.casting import LADDER, MediaFacts, Method, Plan, Protocol, SubtitleTrack
from app.domain.errors import Unsupported
from app.infra.ffmpeg.encoders import Encoders
from app.services.casting.abilities import SOUND_TYPES, TYPES, Line, Picture
from app.services.casting.cases import (
    MOVES,
    Case,
    Why,
    against_file,
    against_picture,
    against_sound,
    case_of,
    picture_goes,
    too_large,
)
from app.services.casting.codecs import shown
from app.services.casting.features import features, profile_of
from app.services.casting.models import abilities_of

AS_IT_IS: Final = "as it is"
SMOOTH: Final = 31.0
"""More pictures a second than this need a higher level, or a smaller picture."""
LOUDEST: Final = 2
_MADE: Final = {"hls": "h264", "mp4": "h264", "mpegts": "h264", "mpeg": "mpeg2video"}
_SONGS: Final = (("mp3", "mp3"), ("aac", "aac"))


def plan(
    device: CastDevice,
    protocol: Protocol,
    facts: MediaFacts,
    *,
    form: Method | None = None,
    known: Mapping[Method, bool] | None = None,
    sound: int = 0,
    subtitle: SubtitleTrack | None = None,
    encoders: Encoders,
) -> Plan:
    """Say in which form a device gets a film.

    `form` is the owner's own choice for it; `known` which forms of such films it played (True)
    or refused (False) before; `sound` the number of the sound track and `subtitle` the subtitles
    that are wanted. Raises `Unsupported` ``errors.cast_no_form`` when it can play none.
    """
    known = known or {}
    if form is not None:
        forced = _forced(device, protocol, facts, form, sound, subtitle, encoders)
        if forced is not None:
            return forced
    trusted = frozenset(method for method, played in known.items() if played)
    rungs = ladder(
        device, protocol, facts, sound=sound, subtitle=subtitle, encoders=encoders, trusted=trusted
    )
    if not rungs:
        raise Unsupported("errors.cast_no_form", device=device.name)
    for rung in rungs:
        if rung.method in trusted:
            return _because(rung, "casting.why.played_before") if rung is not rungs[0] else rung
    left = [rung for rung in rungs if known.get(rung.method) is not False]
    if left and left[0] is rungs[0]:
        return left[0]
    return _because(left[0] if left else rungs[-1], "casting.why.refused_before")


def next_plan(
    device: CastDevice,
    protocol: Protocol,
    facts: MediaFacts,
    refused: Plan,
    *,
    known: Mapping[Method, bool] | None = None,
    sound: int = 0,
    subtitle: SubtitleTrack | None = None,
    encoders: Encoders,
) -> Plan | None:
    """Return the form after one that a device refused; None when there is no other.

    Each answer lies below the one before, so that asking again and again ends.
    """
    rungs = ladder(device, protocol, facts, sound=sound, subtitle=subtitle, encoders=encoders)
    places = [place for place, rung in enumerate(rungs) if _same_rung(rung, refused)]
    if places:
        below = rungs[places[0] + 1 :]
    else:
        deep = LADDER.index(refused.method)
        below = tuple(rung for rung in rungs if LADDER.index(rung.method) > deep)
    known = known or {}
    for rung in below:
        if rung.method is refused.method or known.get(rung.method) is not False:
            return _because(rung, "casting.why.refused")
    return None


def ladder(
    device: CastDevice,
    protocol: Protocol,
    facts: MediaFacts,
    *,
    sound: int,
    subtitle: SubtitleTrack | None,
    encoders: Encoders,
    trusted: frozenset[Method] = frozenset(),
) -> tuple[Plan, ...]:
    """Every form a device may get a film in, the cheapest first, each with why it is not cheaper.

    `trusted` forms count as playable whatever is known otherwise.
    """
    able = abilities_of(device, protocol)
    case = case_of(able, facts, sound, subtitle, encoders, trusted)
    return tuple(_rungs(case))


def _rungs(case: Case) -> Iterator[Plan]:
    if case.sings:
        yield from _songs(case)
        return
    against = against_file(case)
    trusted = Method.DIRECT in case.trusted and case.burn is None and not case.other_sound
    if against is None or trusted:
        yield _direct(case, against or ("casting.why.direct", {}))
    reason = against or ("casting.why.refused", {})
    for make in (_moved, _sounded, _made):
        for container in case.able.targets:
            if (rung := make(case, container, reason)) is not None:
                yield rung


def _songs(case: Case) -> Iterator[Plan]:
    """Sound alone: a song, or a film on a loudspeaker."""
    facts = case.facts
    line = case.able.line(facts.container, picture=False)
    codec = case.sound.codec if case.sound is not None else ""
    reason: Why = ("casting.why.only_sound", {})
    if not facts.video:
        reason = ("casting.why.container", {"container": shown(facts.container)})
        if line is not None:
            reason = ("casting.why.sound", {"codec": shown(codec)})
        if line is not None and codec in line.sounds:
            reason = ("casting.why.refused", {})
            yield _direct(case, ("casting.why.direct", {}))
    for container, made in _SONGS:
        line = case.able.line(container, picture=False)
        if line is None or case.sound is None or (not facts.video and container == codec):
            continue
        kind = line.content_type
        yield _converted(case, Method.AUDIO, container, kind, reason, video="", audio=made)


def _direct(case: Case, reason: Why) -> Plan:
    facts, picture = case.facts, bool(case.facts.video)
    line = case.able.line(facts.container, picture=picture)
    types = (TYPES if picture else SOUND_TYPES).get(facts.container, ("application/octet-stream",))
    codec, channels = ("", 0) if case.sound is None else (case.sound.codec, case.sound.channels)
    profile = profile_of(facts.container, codec, channels, picture=picture)
    return Plan(
        method=Method.DIRECT,
        container=AS_IT_IS,
        content_type=types[0] if line is None else line.content_type,
        video="copy" if picture else "",
        audio="copy" if case.sound is not None else "",
        sound=case.sound.number if case.sound is not None else 0,
        features=features(converted=False, profile=profile),
        reason=reason[0],
        args=reason[1],
    )


def _moved(case: Case, container: str, reason: Why) -> Plan | None:
    """The same picture and sound in another container."""
    line, facts = case.able.line(container, picture=True), case.facts
    again = facts.container == container and facts.fast_start and not case.other_sound
    if line is None or again or not picture_goes(case, line, container):
        return None
    if case.sound is not None and against_sound(case, line, container) is not None:
        return None
    audio = "copy" if case.sound is not None else ""
    return _converted(case, Method.REMUX, container, line.content_type, reason, audio=audio)


def _sounded(case: Case, container: str, reason: Why) -> Plan | None:
    """The same picture with another sound."""
    line = case.able.line(container, picture=True)
    if line is None or case.sound is None or not picture_goes(case, line, container):
        return None
    audio = _audio(case, line)
    against = against_sound(case, line, container)
    if against is None and case.sound.codec == audio and case.sound.channels <= LOUDEST:
        return None  # it would become what it is
    reason = against or reason
    return _converted(case, Method.AUDIO, container, line.content_type, reason, audio=audio)


def _made(case: Case, container: str, reason: Why) -> Plan | None:
    """Another picture and another sound."""
    line, codec = case.able.line(container, picture=True), _MADE.get(container, "")
    limit = line.picture(codec) if line is not None else None
    if line is None or limit is None or (codec == "h264" and not case.encoders.h264):
        return None
    if container == "hls" and not case.facts.duration:
        return None  # its list names every second of the film
    audio = _audio(case, line) if case.sound is not None else ""
    why = reason
    if case.burn is not None:
        why = ("casting.why.burnt", {})
    elif (against := against_picture(case, line)) is not None:
        why = against
    height = _height(case, limit)
    return _converted(
        case, Method.FULL, container, line.content_type, why, video=codec, audio=audio,
        height=height,
    )  # fmt: skip


def _converted(
    case: Case,
    method: Method,
    container: str,
    kind: str,
    reason: Why,
    *,
    video: str = "copy",
    audio: str = "",
    height: int = 0,
) -> Plan:
    channels = LOUDEST
    if audio == "ac3" and case.sound is not None and case.sound.channels >= 6:
        channels = 6
    return Plan(
        method=method,
        container=container,
        content_type=kind,
        video=video,
        audio=audio,
        sound=case.sound.number if case.sound is not None else 0,
        burn=case.burn if method is Method.FULL else None,
        height=height,
        channels=0 if audio in ("", "copy") else channels,
        features=features(converted=True),
        reason=reason[0],
        args=reason[1],
    )


def _forced(
    device: CastDevice,
    protocol: Protocol,
    facts: MediaFacts,
    form: Method,
    sound: int,
    subtitle: SubtitleTrack | None,
    encoders: Encoders,
) -> Plan | None:
    """The form the owner chose, whatever is known of the device; None when there is no such."""
    able = abilities_of(device, protocol)
    case = case_of(able, facts, sound, subtitle, encoders, frozenset())
    reason: Why = ("casting.why.owner", {})
    if form is Method.DIRECT:
        return _direct(case, reason)
    same = (rung for rung in _rungs(case) if rung.method is form)
    if (found := next(same, None)) is not None:
        return _because(found, *reason)
    if form is Method.FULL or case.sings or case.burn is not None:
        return None
    for container in (*able.targets, "mpegts", "mp4"):
        pictures, sounds = MOVES.get(container, (frozenset(), frozenset()))
        if facts.video not in pictures:
            continue
        copied = case.sound is None or (form is Method.REMUX and case.sound.codec in sounds)
        if form is Method.REMUX and not copied:
            continue
        line = able.line(container, picture=True)
        kind = TYPES[container][0] if line is None else line.content_type
        audio = "" if case.sound is None else "copy" if copied else "aac"
        return _converted(case, form, container, kind, reason, audio=audio)
    return None


def _height(case: Case, limit: Picture) -> int:
    """What a picture is scaled down to; 0 when it fits."""
    height = min(limit.height, case.encoders.height)
    if limit.codec == "mpeg2video":
        height = min(height, 576)  # what asks for that is old
    if case.facts.frames > SMOOTH and limit.level and limit.level <= 41:
        height = min(height, 720)
    return height if too_large(case.facts, height) else 0


def _audio(case: Case, line: Line) -> str:
    choice: tuple[str, ...] = (case.able.sound, "aac", "ac3", "mp3", "mp2")
    if line.container == "mpeg":
        choice = ("ac3", "mp2")
    return next((one for one in choice if one in line.sounds), "aac")


def _same_rung(one: Plan, other: Plan) -> bool:
    return (one.method, one.container) == (other.method, other.container)


def _because(plan: Plan, reason: str, args: Mapping[str, object] | None = None) -> Plan:
    return replace(plan, reason=reason, args=args or {})
