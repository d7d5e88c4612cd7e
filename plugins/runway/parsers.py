"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "pending": Standing.RUNNING,
    "throttled": Standing.RUNNING,
    "running": Standing.RUNNING,
    "succeeded": Standing.DONE,
    "failed": Standing.FAILED,
    "cancelled": Standing.GONE,
}
TROUBLES = Troubles(
    "Runway",
    where=(("failureCode",), ("error",), ("failure",)),
    codes={
        "safety": Meaning.REFUSED,
        "input_preprocessing.safety": Meaning.REFUSED,
        "asset.invalid": Meaning.WRONG,
        "input_preprocessing.invalid": Meaning.WRONG,
        "internal": Meaning.FAILED,
        "input_preprocessing.internal": Meaning.FAILED,
        "third_party": Meaning.FAILED,
    },
)
