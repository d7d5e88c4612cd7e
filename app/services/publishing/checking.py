"""Says what of a post its platform will not take. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.api.captions import hashtags
from app.domain.casting import MediaFacts
from app.domain.post import Misfit, Part, Post, Words
from app.services.publishing import wording
from app.services.publishing.rules import Picture, Room, Rules, Video, Way

SLACK: Final = 0.02
"""The share by which rates may be beyond a limit: files tell them roughly."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture's format (``jpg``, ``png``; empty: it is none), bytes and pixels."""

    form: str = ""
    size: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in the files of a post. None: it has no such file.

    A video whose `container` is empty cannot be read. `captions` is their format, `ending` what
    the video's name ends with.
    """

    video: MediaFacts | None = None
    thumbnail: PictureFacts | None = None
    captions: str | None = None
    ending: str = "mp4"


def check(post: Post, seen: Seen, rules: Rules) -> tuple[Misfit, ...]:
    """Return what of a post does not fit."""
    name = rules.name
    return (
        *check_words(post.words, rules),
        *_video(seen, rules.video, name),
        *_thumbnail(seen.thumbnail, rules.thumbnail, name),
        *_captions(seen.captions, rules, name),
        *_manner(post, rules, name),
    )


def check_words(words: Words, rules: Rules) -> tuple[Misfit, ...]:
    """Return what of the words does not fit."""
    return tuple(_words(words, rules, rules.name))


def picture_fits(facts: PictureFacts, rules: Picture) -> bool:
    """Whether a thumbnail can go out as it is."""
    return not any(one.blocks for one in _thumbnail(facts, rules, ""))


def _words(words: Words, rules: Rules, name: str) -> Iterator[Misfit]:
    if rules.text is not None:
        text = wording.joined(words)
        yield from _room("text", text, rules.text, name)
        found = hashtags(text)
        if rules.tags.count and found > rules.tags.count:
            yield _mends("hashtags", name=name, most=rules.tags.count, count=found)
        if rules.mentions and wording.mentions(text) > rules.mentions:
            yield _mends("mentions", name=name, most=rules.mentions)
    elif rules.title is not None:
        yield from _room("title", words.title, rules.title, name)
    if rules.text is None and rules.description is not None:
        yield from _room("description", words.description, rules.description, name)
    if rules.tags.way is not Way.NONE and rules.tags.letters:
        letters = wording.tag_letters(words.tags)
        if letters > rules.tags.letters:
            long = _mends("tags", name=name, most=rules.tags.letters, count=letters)
            yield replace(long, long=Part.TAGS)
    if any(set(tag) & set(rules.tags.forbidden) for tag in words.tags):
        yield _mends("tag_signs", name=name, signs=" ".join(rules.tags.forbidden))


def _room(what: str, text: str, room: Room, name: str) -> Iterator[Misfit]:
    if room.needed and not text.strip():
        yield _blocks(f"{what}_missing", name=name)
    size = room.counted.size(text)
    if size > room.most:
        long = _mends(f"{what}_long", name=name, most=room.most, count=size)
        yield replace(long, long=Part(what))
    found = "".join(one for one in room.forbidden if one in text)
    if found:
        yield _mends(f"{what}_signs", name=name, signs=" ".join(found))


def _video(seen: Seen, rules: Video, name: str) -> Iterator[Misfit]:
    facts = seen.video
    if facts is None:
        if rules.needed:
            yield _blocks("video_missing", name=name)
        return
    if not facts.container:
        yield _blocks("video_unreadable")
        return
    yield from _extent(facts, rules, name)
    yield from _form(facts, seen.ending, rules, name)
    if facts.video:
        yield from _frame(facts, rules, name)


def _extent(facts: MediaFacts, rules: Video, name: str) -> Iterator[Misfit]:
    size, seconds = facts.size or 0, facts.duration or 0.0
    if rules.largest and size > rules.largest:
        misfit = _mends("video_large", name=name, most=_megabytes(rules.largest))
        yield Misfit(misfit.key, misfit.args, mends=True, blocks=not rules.sent_without)
    if size and size < rules.smallest:
        yield _blocks("video_small", name=name, least=rules.smallest // 1_000)
    if rules.longest and seconds > rules.longest:
        most, has = wording.clock(rules.longest), wording.clock(seconds)
        long = _blocks("video_long", name=name, most=most, has=has)
        yield replace(long, long=Part.VIDEO if facts.video else None)
    if seconds and seconds < rules.shortest:
        yield _blocks("video_short", name=name, least=f"{rules.shortest:g}")
    if rules.bits and facts.rate > rules.bits * (1 + SLACK):
        yield _mends("video_bits", name=name, most=rules.bits // 1_000_000)


def _form(facts: MediaFacts, ending: str, rules: Video, name: str) -> Iterator[Misfit]:
    if rules.containers and facts.container not in rules.containers:
        yield _mends("video_container", name=name, form=facts.container)
    elif rules.endings and ending not in rules.endings:
        yield _mends("video_container", name=name, form=f".{ending}")
    elif rules.fast_start and not facts.fast_start:
        yield _softly("video_start", name=name)
    if not facts.video and rules.codecs:
        yield _blocks("video_no_picture", name=name)
    elif rules.codecs and facts.video not in rules.codecs:
        yield _mends("video_codec", name=name, form=facts.video)
    odd = [one.codec for one in facts.sounds[:1] if rules.sounds and one.codec not in rules.sounds]
    if odd:
        yield _mends("video_sound", name=name, form=odd[0])
    if rules.loudest and any(one.rate > rules.loudest for one in facts.sounds[:1]):
        yield _mends("video_samples", name=name, most=rules.loudest // 1_000)


def _frame(facts: MediaFacts, rules: Video, name: str) -> Iterator[Misfit]:
    wide, high, frames = facts.width, facts.height, facts.frames
    if rules.plain and (facts.bits > 8 or facts.chroma != "420" or facts.hdr):
        yield _mends("video_colours", name=name)
    if wide and high:
        shape = wide / high
        if (rules.least_shape and shape < rules.least_shape) or (
            rules.most_shape and shape > rules.most_shape
        ):
            yield _mends("video_shape", name=name, width=wide, height=high)
        if min(wide, high) < rules.narrowest:
            yield _mends("video_narrow", name=name, least=rules.narrowest)
        if (rules.widest and max(wide, high) > rules.widest) or (
            rules.short_side and min(wide, high) > rules.short_side
        ):
            yield _mends("video_wide", name=name, width=wide, height=high)
    slack = 1 + SLACK
    if frames and (
        frames * slack < rules.slowest or (rules.fastest and frames > rules.fastest * slack)
    ):
        yield _mends("video_frames", name=name, count=round(frames))


def _thumbnail(facts: PictureFacts | None, rules: Picture | None, name: str) -> Iterator[Misfit]:
    if facts is None:
        if rules is not None and rules.needed:
            yield _mends("picture_missing", name=name)
        return
    if rules is None:
        yield _softly("picture_unused", name=name, mends=False)
    elif not facts.form:
        yield _blocks("picture_unreadable")
    elif facts.form not in rules.formats:
        yield _mends("picture_form", name=name, form=facts.form)
    elif facts.size > rules.largest:
        yield _mends("picture_large", name=name, most=rules.largest // 1_000)
    elif rules.box and (facts.width > rules.width or facts.height > rules.height):
        yield _mends("picture_wide", name=name, most=max(rules.width, rules.height))
    elif facts.width < rules.narrowest:
        yield _softly("picture_narrow", name=name, least=rules.narrowest, mends=False)


def _captions(form: str | None, rules: Rules, name: str) -> Iterator[Misfit]:
    if form is None:
        return
    if not rules.captions:
        yield _softly("captions_unused", name=name, mends=False)
    elif form not in rules.captions:
        yield _mends("captions_form", name=name, form=form)


def _manner(post: Post, rules: Rules, name: str) -> Iterator[Misfit]:
    manner = post.manner
    if manner.privacy not in rules.privacy:
        yield _blocks("privacy", name=name)
    if manner.draft and not rules.drafts:
        yield _blocks("drafts", name=name)
    if manner.synthetic and not rules.says_synthetic:
        yield _softly("synthetic", name=name, mends=False)
    if manner.for_children and not rules.says_children:
        yield _softly("children", name=name, mends=False)
    for choice in rules.needs:
        if not manner.choices.get(choice, "").strip():
            yield _blocks("choice", name=name, choice=choice)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g}"


def _mends(what: str, **args: object) -> Misfit:
    return Misfit(f"post.misfit.{what}", args, mends=True)


def _blocks(what: str, **args: object) -> Misfit:
    return Misfit(f"post.misfit.{what}", args)


def _softly(what: str, *, mends: bool = True, **args: object) -> Misfit:
    return Misfit(f"post.misfit.{what}", args, mends=mends, blocks=False)
