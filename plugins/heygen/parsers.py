"""Reads the list of avatars, and what the states and the troubles of the service mean."""

from __future__ import annotations

from app.api import Fields, MediaKind, MediaModel, inside, objects, text
from app.api.media_answers import Meaning, Standing, Troubles

MOST = 50
STATES = {
    "pending": Standing.RUNNING,
    "waiting": Standing.RUNNING,
    "processing": Standing.RUNNING,
    "completed": Standing.DONE,
    "failed": Standing.FAILED,
}
TROUBLES = Troubles(
    "HeyGen",
    where=(
        ("error", "code"),
        ("code",),
        ("data", "failure_code"),
        ("error", "message"),
        ("data", "failure_message"),
    ),
    codes={
        "insufficient_credit": Meaning.MONEY,
        "unauthorized": Meaning.KEY,
        "forbidden": Meaning.KEY,
        "rate_limit_exceeded": Meaning.BUSY,
        "quota_exceeded": Meaning.QUOTA,
        "moderation_failed": Meaning.REFUSED,
        "avatar_not_found": Meaning.WRONG,
        "voice_not_found": Meaning.WRONG,
        "asset_not_available": Meaning.WRONG,
        "validation_error": Meaning.WRONG,
    },
)


def parse_looks(document: Fields) -> list[MediaModel]:
    """Return the avatars that can be used now."""
    found = []
    for one in list(objects(document.get("data")))[:MOST]:
        name = text(one.get("id"), 200)
        ready = text(one.get("status"), 40) in ("", "completed")
        if name and ready:
            found.append(MediaModel(name, text(one.get("name"), 120) or name, MediaKind.AVATAR))
    return found


def parse_voice(document: Fields) -> str:
    """Return the voice an avatar has by itself; nothing when it has none."""
    return text(inside(document, "data", "default_voice_id"), 200)
