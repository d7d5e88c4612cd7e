"""Holds what is wanted against what a community on Reddit takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.api import InvalidInput
from app.api.publishing import PostFile, PostWanted, Privacy
from plugins.reddit.parsers import NAME, Flair, Rules

VIDEOS = {"mp4": "video/mp4", "mov": "video/quicktime"}
PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
_SUBREDDIT = re.compile(r"(?:/?r/|u_)?([A-Za-z0-9][A-Za-z0-9_]{1,30})/?")
_YES = frozenset({"yes", "true", "on", "1"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A post that may be sent, as far as can be told without asking."""

    subreddit: str
    title: str
    video: PostFile
    poster: PostFile
    flair: str
    chosen: bool  # the flair is for this post; else it is only the usual one
    text: str = ""
    nsfw: bool = False
    spoiler: bool = False


def wish_of(
    wanted: PostWanted, limits: Mapping[str, int], usual: tuple[str, str], now: float
) -> Wish:
    """Return what is wanted; `InvalidInput` for what Reddit takes nowhere.

    `usual` are the community and the flair taken where none is chosen.
    """
    if wanted.privacy is not Privacy.PUBLIC:
        raise InvalidInput("errors.post_public_only", name=NAME)
    if wanted.publish_at is not None and wanted.publish_at > now + 60:
        raise InvalidInput("errors.post_no_planning", name=NAME)
    if wanted.draft:
        raise InvalidInput("errors.post_no_drafts", name=NAME)
    title = " ".join(wanted.title.split())
    if not title:
        raise InvalidInput("errors.reddit_title_missing")
    if len(title) > limits["title"]:
        raise InvalidInput("errors.reddit_title_long", most=limits["title"])
    chosen = wanted.choices.get("flair", "").strip()
    return Wish(
        subreddit=subreddit_of(wanted.choices.get("subreddit", "").strip() or usual[0]),
        title=title,
        video=_video(wanted.video, limits["largest"]),
        poster=_poster(wanted.thumbnail),
        flair=chosen or usual[1],
        chosen=bool(chosen),
        text=_text(wanted, limits["text"]),
        nsfw=wanted.choices.get("nsfw", "").lower() in _YES,
        spoiler=wanted.choices.get("spoiler", "").lower() in _YES,
    )


def subreddit_of(told: str) -> str:
    """Return the bare name of a community; `InvalidInput` when it is none."""
    if not told:
        raise InvalidInput("errors.reddit_no_subreddit")
    found = _SUBREDDIT.fullmatch(told)
    if found is None:
        raise InvalidInput("errors.reddit_subreddit_unknown", subreddit=told[:60])
    return ("u_" if told.startswith("u_") else "") + found[1]


def check_rules(wish: Wish, rules: Rules) -> None:
    """Raise `InvalidInput` for what this community does not take.

    Patterns it has for titles are left to Reddit: strangers wrote them.
    """
    where, title = {"subreddit": wish.subreddit}, wish.title.lower()
    if not rules.videos:
        raise InvalidInput("errors.reddit_no_videos", **where)
    if rules.shortest and len(wish.title) < rules.shortest:
        raise InvalidInput("errors.reddit_title_short", least=rules.shortest, **where)
    if rules.longest and len(wish.title) > rules.longest:
        raise InvalidInput("errors.reddit_title_long_there", most=rules.longest, **where)
    if rules.needs and not any(words.lower() in title for words in rules.needs):
        raise InvalidInput("errors.reddit_title_needs", words=_list(rules.needs), **where)
    banned = [words for words in rules.bans if words.lower() in title]
    if banned:
        raise InvalidInput("errors.reddit_title_bans", words=_list(banned), **where)


def flair_of(wish: Wish, rules: Rules, flairs: Sequence[Flair]) -> Flair | None:
    """Return the flair of a post; `InvalidInput` when it is not there, or one is needed."""
    wanted = wish.flair.lower()
    for flair in flairs:
        if wanted and wanted in (flair.id.lower(), flair.words.lower()):
            return flair
    offered = _list([flair.words for flair in flairs if flair.words]) or "-"
    if wish.chosen:
        raise InvalidInput(
            "errors.reddit_flair_unknown", subreddit=wish.subreddit,
            flair=wish.flair[:60], flairs=offered,
        )  # fmt: skip
    if rules.flair:
        raise InvalidInput("errors.reddit_flair_needed", subreddit=wish.subreddit, flairs=offered)
    return None


def _video(video: PostFile | None, largest: int) -> PostFile:
    if video is None:
        raise InvalidInput("errors.post_needs_video", name=NAME)
    if video.ending.lower() not in VIDEOS:
        raise InvalidInput("errors.post_bad_format", name=NAME)
    if not 0 < video.size <= largest:
        raise InvalidInput("errors.post_video_large", name=NAME, most=largest // 1_000_000)
    return video


def _poster(picture: PostFile | None) -> PostFile:
    if picture is None or not picture.size or picture.ending.lower() not in PICTURES:
        raise InvalidInput("errors.reddit_poster")
    return picture


def _text(wanted: PostWanted, most: int) -> str:
    words = wanted.description.strip()
    link = wanted.link.strip()
    told = "\n\n".join(part for part in (words, "" if link in words else link) if part)
    if len(told) > most:
        raise InvalidInput("errors.post_text_long", name=NAME, most=most)
    return told


def _list(words: Sequence[str]) -> str:
    return ", ".join(words[:12])
