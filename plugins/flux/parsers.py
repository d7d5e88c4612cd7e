"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "pending": Standing.RUNNING,
    "ready": Standing.DONE,
    "error": Standing.FAILED,
    "failed": Standing.FAILED,
    "request moderated": Standing.REFUSED,
    "content moderated": Standing.REFUSED,
    "task not found": Standing.GONE,
}
TROUBLES = Troubles(
    "Black Forest Labs",
    where=(("status",), ("detail",), ("detail", 0, "msg"), ("details", "Moderation Reasons", 0)),
    codes={
        "request moderated": Meaning.REFUSED,
        "content moderated": Meaning.REFUSED,
        "task not found": Meaning.GONE,
        "insufficient credits": Meaning.MONEY,
        "not authenticated": Meaning.KEY,
    },
)
