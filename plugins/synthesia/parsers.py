"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "in_progress": Standing.RUNNING,
    "approved": Standing.RUNNING,
    "complete": Standing.DONE,
    "error": Standing.FAILED,
    "rejected": Standing.REFUSED,
    "deleted": Standing.GONE,
}
TROUBLES = Troubles(
    "Synthesia",
    where=(("code",), ("error",), ("error", "code"), ("message",), ("context",)),
    codes={
        "features_audio_upload_disabled": Meaning.QUOTA,
        "quota_exceeded": Meaning.QUOTA,
        "not_enough_credits": Meaning.MONEY,
        "unauthorized": Meaning.KEY,
        "too_many_requests": Meaning.BUSY,
    },
)
