"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "pending": Standing.RUNNING,
    "complete": Standing.DONE,
    "failed": Standing.FAILED,
}
TROUBLES = Troubles(
    "Leonardo.Ai",
    where=(("code",), ("error",), ("message",), ("error", "message")),
    codes={
        "access-denied": Meaning.KEY,
        "invalid-jwt": Meaning.KEY,
        "invalid-headers": Meaning.KEY,
    },
)
