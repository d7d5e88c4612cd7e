"""Puts a reel into the words of the protocol; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.api import InvalidInput
from app.api.captions import caption, utf16
from app.api.covers import cover_at
from app.api.publishing import PostFile, PostWanted, Privacy
from plugins.instagram.parsers import NAME

_PERSON = re.compile(r"[A-Za-z0-9._]{1,30}")


def checked_video(wanted: PostWanted, limits: Mapping[str, int], now: float) -> PostFile:
    """Return the video of a reel; `InvalidInput` for what Instagram does not take in any case."""
    video = wanted.video
    if video is None or video.size < 1:
        raise InvalidInput("errors.post_needs_video", name=NAME)
    if video.ending.lower() not in ("mp4", "mov"):
        raise InvalidInput("errors.post_bad_format", name=NAME)
    if video.size > limits["largest"]:
        most = limits["largest"] // 1_000_000
        raise InvalidInput("errors.post_video_large", name=NAME, most=most)
    if video.seconds > limits["longest"]:
        raise InvalidInput("errors.post_video_long", name=NAME, most=limits["longest"])
    if wanted.privacy is not Privacy.PUBLIC:
        raise InvalidInput("errors.post_public_only", name=NAME)
    if wanted.draft:
        raise InvalidInput("errors.post_no_drafts", name=NAME)
    if wanted.publish_at is not None and wanted.publish_at > now + 60:
        raise InvalidInput("errors.post_no_planning", name=NAME)
    return video


def words_of(wanted: PostWanted, limits: Mapping[str, int]) -> str:
    """Return what stands below the reel."""
    return caption(wanted, NAME, limits["text"], most_tags=limits["hashtags"], measure=utf16)


def container_body(wanted: PostWanted, limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the wish for a container."""
    made: dict[str, Any] = {
        "media_type": "REELS",
        "upload_type": "resumable",
        "caption": words_of(wanted, limits),
        "share_to_feed": _feed(wanted),
    }
    cover = cover_at(wanted, NAME)
    if cover is not None:
        made["thumb_offset"] = cover
    people = [one.strip().lstrip("@") for one in wanted.choices.get("with", "").split(",")]
    people = [one for one in people if one]
    if len(people) > limits["collaborators"] or not all(map(_PERSON.fullmatch, people)):
        raise InvalidInput("errors.post_choice", name=NAME, choice="with")
    if people:
        made["collaborators"] = people
    return made


def _feed(wanted: PostWanted) -> bool:
    """Whether it stands among the pictures of the account too."""
    told = wanted.choices.get("feed", "yes")
    if told not in ("yes", "no"):
        raise InvalidInput("errors.post_choice", name=NAME, choice="feed")
    return told == "yes"
