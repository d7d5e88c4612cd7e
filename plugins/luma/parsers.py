"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "queued": Standing.RUNNING,
    "processing": Standing.RUNNING,
    "completed": Standing.DONE,
    "failed": Standing.FAILED,
}
TROUBLES = Troubles(
    "Luma",
    where=(("failure_code",), ("code",), ("error", "code"), ("failure_reason",), ("detail",)),
    codes={
        "content_moderated": Meaning.REFUSED,
        "budget_exhausted": Meaning.QUOTA,
        "insufficient_credits": Meaning.MONEY,
        "rate_limited": Meaning.BUSY,
        "image_too_large": Meaning.WRONG,
        "unsupported_format": Meaning.WRONG,
        "corrupt_input": Meaning.WRONG,
        "invalid_request": Meaning.WRONG,
        "output_not_found": Meaning.GONE,
        "generation_failed": Meaning.FAILED,
    },
)
