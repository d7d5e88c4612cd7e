"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "in_queue": Standing.RUNNING,
    "in_progress": Standing.RUNNING,
    "completed": Standing.DONE,
    "failed": Standing.FAILED,
    "canceled": Standing.GONE,
    "cancelled": Standing.GONE,
}
TROUBLES = Troubles(
    "fal",
    where=(("error_type",), ("detail", 0, "type"), ("detail",), ("error",), ("detail", 0, "msg")),
    codes={
        "content_policy_violation": Meaning.REFUSED,
        "no_media_generated": Meaning.REFUSED,
        "image_too_small": Meaning.WRONG,
        "image_too_large": Meaning.WRONG,
        "image_load_error": Meaning.WRONG,
        "unsupported_image_format": Meaning.WRONG,
        "internal_server_error": Meaning.FAILED,
        "downstream_service_error": Meaning.FAILED,
        "generation_timeout": Meaning.FAILED,
    },
)
