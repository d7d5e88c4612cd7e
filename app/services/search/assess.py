"""Puts offers through the rules: is it the one, what is wrong with it, how good, how soon."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.domain import score as scoring
from app.domain.release import Release
from app.domain.score import Device, History, Rules
from app.domain.search import (
    Decider,
    Doubt,
    Fit,
    HitKind,
    Judged,
    Offer,
    Score,
    ScorePart,
    StartGuess,
    StartKind,
    Suspicion,
    Verdict,
    Wanted,
)
from app.domain.text import fold
from app.services.search import fakes, matching
from app.services.search.store import Opinion

PORTION: Final = 100
"""So many are judged before the loop may do something else."""
CONFIDENT: Final = 0.7
"""A judge less sure than this is not listened to."""
_SLOW_SECONDS: Final = 12.0
_BYTES_A_SECOND_OF_A_PEER: Final = 250_000.0
_FIND_PEERS_SECONDS: Final = 4.0
_HEAD_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything a judgement depends on, besides the offer itself."""

    wanted: Wanted
    rules: Rules = Rules()
    device: Device = Device()
    groups: Mapping[str, History] = field(default_factory=dict)
    choices: Mapping[str, bool] = field(default_factory=dict)  # by `fingerprint`
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    slow_sources: frozenset[str] = frozenset()
    torrents_play: bool = False  # there is an engine that plays torrents while they load
    line: float = 2_500_000.0  # bytes a second this house gets from outside


async def assess(frame: Frame, offers: Sequence[tuple[Offer, Release]], now: float) -> list[Judged]:
    """Judge all of them, letting the loop breathe."""
    result: list[Judged] = []
    for at in range(0, len(offers), PORTION):
        if at:
            await asyncio.sleep(0)
        result += [
            assess_one(frame, offer, release, now) for offer, release in offers[at : at + PORTION]
        ]
    return result


def assess_one(frame: Frame, offer: Offer, release: Release, now: float) -> Judged:
    """Judge one."""
    mark = fingerprint(offer)
    verdict = _verdict(frame, offer, release, mark)
    suspicion = fakes.suspect(
        frame.wanted, release, offer, now, hide_camera=frame.rules.hide_camera
    )
    if frame.choices.get(mark) is False:
        suspicion = Suspicion(Doubt.NOT_THIS, True)
    if suspicion is None or not suspicion.certain:
        rule = scoring.below_rules(release, offer, frame.rules)
        if rule is not None and offer.item is None:
            suspicion = Suspicion(Doubt.BELOW_RULES, True, {"rule": rule})
    history = frame.groups.get((release.group or "").casefold(), History())
    points = scoring.score(release, offer, verdict, frame.rules, frame.device, history)
    if suspicion is not None and suspicion.doubt is Doubt.CAMERA:
        points = _lowered(points, "camera", 40)
    start = guess_start(frame, offer, release)
    if start.kind is StartKind.NEVER:
        points = _lowered(points, "start", 20)
    return Judged(offer, release, verdict, points, start, suspicion)


def fingerprint(offer: Offer) -> str:
    """What a release is known by when the owner or a judge spoke of it."""
    return offer.info_hash or f"{fold(offer.name)[:200]}|{offer.size or ''}"


def guess_start(frame: Frame, offer: Offer, release: Release) -> StartGuess:
    """How soon it would play."""
    if offer.kind is HitKind.NZB:
        return StartGuess(StartKind.NEVER, reason="search.start.no_usenet")
    if offer.kind is HitKind.TORRENT:
        return _torrent_start(frame, offer, release)
    if offer.source in frame.slow_sources:
        return StartGuess(StartKind.SOON, _SLOW_SECONDS)
    return StartGuess(StartKind.AT_ONCE)


def _torrent_start(frame: Frame, offer: Offer, release: Release) -> StartGuess:
    """Some seconds to find peers, and then the first seconds of film at the speed to expect."""
    if not frame.torrents_play:
        return StartGuess(StartKind.NEVER, reason="search.start.no_torrents")
    if offer.seeders == 0:
        return StartGuess(StartKind.LATER)
    minutes = (offer.duration or frame.wanted.duration or 6000.0) / 60
    if offer.seeders is None or offer.size is None:
        return StartGuess(StartKind.UNKNOWN)
    rate = offer.size / (minutes * 60)  # bytes of file for a second of film
    speed = min(frame.line, offer.seeders * _BYTES_A_SECOND_OF_A_PEER)
    if speed < rate:
        return StartGuess(StartKind.LATER)
    seconds = _FIND_PEERS_SECONDS + _HEAD_SECONDS * rate / speed
    return StartGuess(StartKind.SOON, round(seconds))


def _verdict(frame: Frame, offer: Offer, release: Release, mark: str) -> Verdict:
    chosen = frame.choices.get(mark)
    if chosen is not None:
        fit, key = (Fit.EXACT, "chosen") if chosen else (Fit.WRONG, "refused")
        doubt = None if chosen else Doubt.NOT_THIS
        return Verdict(fit, f"search.fit.{key}", by=Decider.OWNER, certain=True, doubt=doubt)
    facts = matching.Facts(offer.kind, offer.work, offer.duration)
    verdict = matching.judge(frame.wanted, release, facts)
    opinion = frame.opinions.get(mark)
    if opinion is None or verdict.certain or not _may_be_judged(verdict):
        return verdict
    if opinion.confidence < CONFIDENT:
        return verdict
    fit = Fit.LIKELY if opinion.fits else Fit.WRONG
    args = {"reason": opinion.reason}
    doubt = None if opinion.fits else Doubt.OTHER_TITLE
    # A judge's "no" hides as a rule's does: one press shows it again.
    return Verdict(
        fit, "search.fit.judged", args, Decider.JUDGE, certain=not opinion.fits, doubt=doubt
    )


def _may_be_judged(verdict: Verdict) -> bool:
    return verdict.fit is Fit.UNSURE or (verdict.fit is Fit.WRONG and not verdict.certain)


def undecided(judged: Judged) -> bool:
    """Whether a judge may still say something of it."""
    verdict = judged.verdict
    return verdict.by is Decider.RULE and _may_be_judged(verdict) and judged.hidden is None


def _lowered(points: Score, name: str, less: int) -> Score:
    part = ScorePart(name, -float(less), 0.0, f"search.why.{name}")
    return replace(points, total=max(0, points.total - less), parts=(*points.parts, part))
