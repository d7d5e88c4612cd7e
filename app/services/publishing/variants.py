"""Decides how a video is written anew so that a platform takes it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.domain.casting import MediaFacts
from app.domain.errors import Unsupported
from app.infra.ffmpeg.recoding import Recipe
from app.services.publishing.rules import Video

HEIGHTS: Final = (2160, 1440, 1080, 720, 540, 480, 360, 240)
"""Shorter sides a picture is made smaller to."""
LEAST_BITS: Final = 90_000
"""A second: below that nobody wants to see it."""
THIN: Final = 0.028
"""Bits for each pixel of each frame below which a smaller picture looks better."""
SOUNDS: Final = (160_000, 96_000, 64_000)
USUAL_FRAMES: Final = 30.0
MARGIN: Final = 0.955
"""The share of the room that is aimed at: containers and coders take a little more."""
_RATES: Final = ((480, 3_000_000), (720, 6_000_000), (1080, 12_000_000), (1440, 24_000_000))
_MOST: Final = 45_000_000


def variant_of(
    facts: MediaFacts, rules: Video, *, ending: str = "mp4", until: float = 0.0
) -> Recipe | None:
    """Return how the film is written anew; None: it fits as it is.

    `ending` is what its name ends with. `until`: only its first seconds are wanted.
    `Unsupported` (``errors.post_cannot_shrink``) when nothing worth seeing would be left.
    """
    if not facts.video:
        return None
    fits = _codecs_fit(facts, rules) and _frame_fits(facts, rules)
    large = bool(rules.largest and (facts.size or 0) > rules.largest)
    fast = bool(rules.bits and facts.rate > rules.bits)
    if fits and not large and not fast and not until:
        named = not rules.endings or ending in rules.endings
        if named and _container_fits(facts, rules):
            return None
        return Recipe(copy=True, hevc=facts.video == "hevc", seconds=facts.duration or 0.0)
    return _coded(facts, rules, until)


def smaller(recipe: Recipe) -> Recipe:
    """The same for a second try, when the first came out too large."""
    return replace(recipe, bits=int(recipe.bits * 0.85))


def _coded(facts: MediaFacts, rules: Video, until: float) -> Recipe:
    wide, high, edges = frame(facts, rules)
    frames = _frames(facts, rules)
    seconds = until or facts.duration or 0.0
    sound = SOUNDS[0] if facts.sounds else 0
    recipe = Recipe(
        width=wide, height=high, edges=edges, frames=frames, sound=sound,
        samples=min(48_000, rules.loudest or 48_000), until=until, seconds=facts.duration or 0.0,
        interlaced=facts.interlaced, hdr=bool(facts.hdr), most_bits=_most(min(wide, high), rules),
    )  # fmt: skip
    if not rules.largest:
        return recipe
    if not seconds:
        raise Unsupported("errors.post_cannot_shrink", most=rules.largest // 1_000_000)
    room = rules.largest * MARGIN * 8 / seconds
    if room >= recipe.most_bits + sound:
        return recipe
    sound = next((one for one in SOUNDS if room - one >= 4 * LEAST_BITS), SOUNDS[-1]) * bool(sound)
    bits = int(room - sound)
    if bits < LEAST_BITS:
        raise Unsupported("errors.post_cannot_shrink", most=rules.largest // 1_000_000)
    wide, high = _thinner(wide, high, bits, frames or facts.frames or USUAL_FRAMES, rules)
    return replace(recipe, width=wide, height=high, bits=bits, sound=sound)


def frame(facts: MediaFacts, rules: Video) -> tuple[int, int, bool]:
    """The frame a film gets, and whether it has edges there: its own shape where that is taken."""
    wide, high = facts.width or 1280, facts.height or 720
    if facts.rotated:
        wide, high = high, wide  # phones hold films by a quarter turn
    full_wide, full_high = float(wide), float(high)
    shape = wide / high
    if rules.least_shape and shape < rules.least_shape:
        full_wide = high * rules.least_shape * 1.01
    elif rules.most_shape and shape > rules.most_shape:
        full_high = wide / rules.most_shape * 1.01
    edges = (full_wide, full_high) != (wide, high)
    scale = min(
        1.0,
        (rules.widest or 1e9) / max(full_wide, full_high),
        (rules.short_side or 1e9) / min(full_wide, full_high),
    )
    scale = max(scale, rules.narrowest / min(full_wide, full_high))
    if rules.widest and max(full_wide, full_high) * scale > rules.widest:
        # Too long a shape for both of its sides: the shorter one gets edges.
        edges, scale = True, rules.widest / max(full_wide, full_high)
        full_wide = max(full_wide, rules.narrowest / scale)
        full_high = max(full_high, rules.narrowest / scale)
    return _even(full_wide * scale), _even(full_high * scale), edges


def _thinner(wide: int, high: int, bits: int, frames: float, rules: Video) -> tuple[int, int]:
    """A smaller picture where there are too few bits for a large one."""
    for side in HEIGHTS:
        scale = min(1.0, side / min(wide, high))
        less = _even(wide * scale), _even(high * scale)
        if min(less) < rules.narrowest:
            break
        if bits >= less[0] * less[1] * frames * THIN:
            return less
    least = max(rules.narrowest, HEIGHTS[-1])
    scale = min(1.0, least / min(wide, high))
    return _even(wide * scale + 1), _even(high * scale + 1)


def _frames(facts: MediaFacts, rules: Video) -> float:
    if facts.frames and facts.frames < rules.slowest:
        return USUAL_FRAMES
    if rules.fastest and facts.frames > rules.fastest:
        return USUAL_FRAMES
    return 0.0


def _most(side: int, rules: Video) -> int:
    usual = next((rate for height, rate in _RATES if side <= height), _MOST)
    return min(usual, int(rules.bits * 0.9) - SOUNDS[0]) if rules.bits else usual


def _codecs_fit(facts: MediaFacts, rules: Video) -> bool:
    sound = facts.sounds[0] if facts.sounds else None
    heard = sound is None or not rules.sounds or sound.codec in rules.sounds
    samples = sound is None or not rules.loudest or sound.rate <= rules.loudest
    plain = facts.bits <= 8 and facts.chroma == "420" and not facts.hdr
    seen = not rules.codecs or facts.video in rules.codecs
    return heard and samples and seen and (plain or not rules.plain)


def _frame_fits(facts: MediaFacts, rules: Video) -> bool:
    wide, high, edges = frame(facts, rules)
    own = (facts.height, facts.width) if facts.rotated else (facts.width, facts.height)
    same = abs(wide - own[0]) <= 1 and abs(high - own[1]) <= 1
    return same and not edges and not _frames(facts, rules)


def _container_fits(facts: MediaFacts, rules: Video) -> bool:
    known = not rules.containers or facts.container in rules.containers
    return known and (facts.fast_start or not rules.fast_start)


def _even(value: float) -> int:
    return max(2, int(value) // 2 * 2)
