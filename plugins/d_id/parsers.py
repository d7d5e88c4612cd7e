"""Reads the list of presenters, and what the states and the troubles of the service mean."""

from __future__ import annotations

from app.api import Fields, MediaKind, MediaModel, objects, text
from app.api.media_answers import Meaning, Standing, Troubles

MOST = 50
STATES = {
    "created": Standing.RUNNING,
    "started": Standing.RUNNING,
    "done": Standing.DONE,
    "error": Standing.FAILED,
    "rejected": Standing.REFUSED,
}
TROUBLES = Troubles(
    "D-ID",
    where=(("kind",), ("error", "kind"), ("description",), ("error", "description")),
    codes={
        "insufficientcreditserror": Meaning.MONEY,
        "authorizationerror": Meaning.KEY,
        "permissionerror": Meaning.KEY,
        "imagemoderationerror": Meaning.REFUSED,
        "textmoderationerror": Meaning.REFUSED,
        "audiomoderationerror": Meaning.REFUSED,
        "celebritiesrecognitionerror": Meaning.REFUSED,
        "facedetectionerror": Meaning.WRONG,
        "validationerror": Meaning.WRONG,
        "toomanyrequestserror": Meaning.BUSY,
    },
)


def parse_presenters(document: Fields) -> list[MediaModel]:
    """Return the presenters."""
    found = []
    for one in list(objects(document.get("presenters")))[:MOST]:
        name = text(one.get("presenter_id"), 200)
        if name:
            found.append(MediaModel(name, text(one.get("name"), 120) or name, MediaKind.AVATAR))
    return found
