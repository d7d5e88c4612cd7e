"""Makes of a post what its plugin is given."""

from __future__ import annotations

import os
from typing import Final

from app.api.publishing import PostFile, PostWanted, Privacy
from app.services.publishing.ports import Eyes, Facts
from app.services.publishing.tables import Kept

THERE: Final = "publish_there"
"""The choice that lets the platform keep the time: it is sent at once, and shown then."""
SOONEST_THERE: Final = 900.0
_LONGEST_ADDRESS: Final = 2000


async def wanted_of(kept: Kept, eyes: Eyes) -> PostWanted:
    """What is to be published."""
    post = kept.post
    attached, manner = post.attached, post.manner
    facts = await eyes.facts(attached.video) if attached.video else Facts()
    privacy = Privacy(manner.privacy) if manner.privacy in set(Privacy) else Privacy.PRIVATE
    return PostWanted(
        key=post.id,
        title=post.words.title,
        description=post.words.description,
        tags=post.words.tags,
        language=post.language,
        privacy=privacy,
        video=_file(kept, "video", facts),
        thumbnail=_file(kept, "thumbnail", Facts()),
        captions=_file(kept, "captions", Facts()),
        link=web_address(manner.choices.get("link", "")),
        publish_at=post.at if shows_itself(kept) else None,
        for_children=manner.for_children,
        synthetic=manner.synthetic,
        notify=manner.notify,
        draft=manner.draft,
        choices={name: value for name, value in manner.choices.items() if name != THERE},
    )


def shows_itself(kept: Kept) -> bool:
    """Whether the platform keeps the time of a post."""
    return bool(kept.post.at) and kept.post.manner.choices.get(THERE) == "yes"


def _file(kept: Kept, name: str, facts: Facts) -> PostFile | None:
    path: bytes = getattr(kept.post.attached, name)
    if not path:
        return None
    known = kept.prints.get(name)
    ending = os.path.splitext(path)[1].decode("ascii", "replace").lstrip(".").lower()  # noqa: PTH122 - bytes
    return PostFile(
        path, known.size if known else 0, ending, known.digest if known else "", facts.seconds,
        facts.width, facts.height,
    )  # fmt: skip


def web_address(told: str) -> str:
    """An address a browser may open, or nothing: platforms may say anything."""
    good = told.startswith(("https://", "http://")) and told.isprintable()
    return told if good and len(told) <= _LONGEST_ADDRESS and " " not in told else ""
