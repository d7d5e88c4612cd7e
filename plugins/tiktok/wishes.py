"""Puts a post into the words of the protocol, after what TikTok offers to who posts; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import InvalidInput
from app.api.captions import caption, utf16
from app.api.covers import cover_at
from app.api.publishing import PostFile, PostWanted, Privacy
from plugins.tiktok.parsers import NAME, Creator

PUBLIC, ONLY_ME = "PUBLIC_TO_EVERYONE", "SELF_ONLY"
_AUDIENCES = {"friends": "MUTUAL_FOLLOW_FRIENDS", "followers": "FOLLOWER_OF_CREATOR"}
_FORMATS = {"mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm"}
_ASIDE = {
    "comments": "disable_comment",
    "duets": "disable_duet",
    "stitches": "disable_stitch",
}


def checked_video(wanted: PostWanted, limits: Mapping[str, int], now: float) -> PostFile:
    """Return the video of a post; `InvalidInput` for what TikTok does not take in any case."""
    video = wanted.video
    if video is None or video.size < 1:
        raise InvalidInput("errors.post_needs_video", name=NAME)
    if video.ending.lower() not in _FORMATS:
        raise InvalidInput("errors.post_bad_format", name=NAME)
    if video.size > limits["largest"]:
        most = limits["largest"] // 1_000_000
        raise InvalidInput("errors.post_video_large", name=NAME, most=most)
    if wanted.publish_at is not None and wanted.publish_at > now + 60:
        raise InvalidInput("errors.post_no_planning", name=NAME)
    return video


def media_type(video: PostFile) -> str:
    """Return what kind of file goes out."""
    return _FORMATS[video.ending.lower()]


def level_of(wanted: PostWanted, creator: Creator) -> str:
    """Return who is to see it, in TikTok's word; `InvalidInput` when that is not offered."""
    audience = wanted.choices.get("audience", "")
    if audience and audience not in _AUDIENCES:
        raise InvalidInput("errors.post_choice", name=NAME, choice=audience[:60])
    level = _AUDIENCES.get(audience, PUBLIC)
    if wanted.privacy is Privacy.PRIVATE:
        level = ONLY_ME
    elif wanted.privacy is Privacy.UNLISTED and not audience:
        raise InvalidInput("errors.post_no_unlisted", name=NAME)
    if level not in creator.levels:
        raise InvalidInput("errors.post_privacy", name=NAME)
    return level


def post_info(wanted: PostWanted, creator: Creator, level: str, most: int) -> dict[str, Any]:
    """Return the words and the choices of a post; `InvalidInput` for what is not offered."""
    video = wanted.video
    if video is not None and creator.longest and video.seconds > creator.longest:
        raise InvalidInput("errors.post_video_long", name=NAME, most=int(creator.longest))
    made: dict[str, Any] = {
        "title": caption(wanted, NAME, most, measure=utf16),
        "privacy_level": level,
        "is_aigc": wanted.synthetic,
        "brand_content_toggle": _said(wanted, "paid_partnership") is True,
        "brand_organic_toggle": _said(wanted, "own_brand") is True,
    }
    if made["brand_content_toggle"] and level == ONLY_ME:
        raise InvalidInput("errors.post_choice", name=NAME, choice="paid_partnership")
    for word, field in _ASIDE.items():
        said = _said(wanted, word)
        if said is True and word in creator.closed:
            raise InvalidInput("errors.post_choice", name=NAME, choice=word)
        made[field] = said is False or word in creator.closed
    cover = cover_at(wanted, NAME)
    if cover is not None:
        made["video_cover_timestamp_ms"] = cover
    return made


def source_info(size: int, piece: int, count: int) -> dict[str, Any]:
    """Return how the file comes."""
    return {
        "source": "FILE_UPLOAD",
        "video_size": size,
        "chunk_size": piece,
        "total_chunk_count": count,
    }


def _said(wanted: PostWanted, word: str) -> bool | None:
    """A choice that is yes or no; None: nothing was said."""
    told = wanted.choices.get(word, "")
    if told not in ("", "yes", "no"):
        raise InvalidInput("errors.post_choice", name=NAME, choice=word)
    return None if not told else told == "yes"
