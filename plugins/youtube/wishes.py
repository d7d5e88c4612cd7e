"""Says what is wanted in YouTube's words; pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from app.api import InvalidInput
from app.api.publishing import PostFile, PostWanted, Privacy
from plugins.youtube.parsers import NAME, Video

SOON = 60.0
"""Seconds; what is to be shown within them is shown at once."""
_MEDIA = {"mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm",
          "mkv": "video/x-matroska"}  # fmt: skip
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def video_of(wanted: PostWanted) -> PostFile:
    """Return the video to be sent; `InvalidInput` when there is none."""
    if wanted.video is None or wanted.video.size < 1:
        raise InvalidInput("errors.post_needs_video", name=NAME)
    return wanted.video


def media_type(file: PostFile) -> str:
    """Return what kind of video a file is."""
    return _MEDIA.get(file.ending.lower(), "application/octet-stream")


def picture_type(file: PostFile) -> str:
    """Return what kind of picture a file is; empty when YouTube takes no such one."""
    return _PICTURES.get(file.ending.lower(), "")


def resource(
    wanted: PostWanted, categories: Mapping[str, str], usual: str, now: float
) -> dict[str, Any]:
    """Return the video as YouTube is told of it at the beginning of an upload."""
    chosen = wanted.choices.get("category", "") or usual
    return {
        "snippet": _snippet(wanted, categories.get(chosen, chosen)),
        "status": _status(wanted, now),
    }


def changed(wanted: PostWanted, before: Video) -> dict[str, Any] | None:
    """Return the words of a video as they are to be; None when they are so already.

    All of them are told, the unchanged ones too: YouTube erases what is left out.
    """
    tags = wanted.tags or before.tags
    same = (wanted.title.strip(), wanted.description, tuple(tags)) == (
        before.title, before.description, before.tags,
    )  # fmt: skip
    if same:
        return None
    snippet: dict[str, Any] = {
        "title": wanted.title.strip(),
        "description": wanted.description,
        "tags": list(tags),
        "categoryId": before.category,
    }
    if before.language:
        snippet["defaultLanguage"] = before.language
    return {"id": before.id, "snippet": snippet}


def privacy_of(wanted: PostWanted, now: float) -> str:
    """Return who may see it from now on: nobody yet, when YouTube is to show it later."""
    if wanted.draft or shown_later(wanted, now):
        return Privacy.PRIVATE.value
    return wanted.privacy.value


def shown_later(wanted: PostWanted, now: float) -> bool:
    """Whether YouTube itself is to show it at a time."""
    at = wanted.publish_at
    return at is not None and at > now + SOON and wanted.privacy is Privacy.PUBLIC


def _snippet(wanted: PostWanted, category: str) -> dict[str, Any]:
    return {
        "title": wanted.title.strip(),
        "description": wanted.description,
        "tags": list(wanted.tags),
        "categoryId": category,
        "defaultLanguage": wanted.language,
        "defaultAudioLanguage": wanted.language,
    }


def _status(wanted: PostWanted, now: float) -> dict[str, Any]:
    told: dict[str, Any] = {
        "privacyStatus": privacy_of(wanted, now),
        "selfDeclaredMadeForKids": wanted.for_children,
        "containsSyntheticMedia": wanted.synthetic,
    }
    if shown_later(wanted, now) and not wanted.draft and wanted.publish_at is not None:
        at = datetime.datetime.fromtimestamp(wanted.publish_at, datetime.UTC)
        told["publishAt"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return told
