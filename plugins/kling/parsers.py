"""What the states and the troubles of the service mean."""

from __future__ import annotations

from app.api.media_answers import Meaning, Standing, Troubles

STATES = {
    "submitted": Standing.RUNNING,
    "processing": Standing.RUNNING,
    "succeed": Standing.DONE,
    "failed": Standing.FAILED,
}
_CODES = {
    Meaning.KEY: (1000, 1001, 1002, 1003, 1004, 1100, 1103, 1304),
    Meaning.MONEY: (1101, 1102),
    Meaning.WRONG: (1200, 1201),
    Meaning.GONE: (1203,),
    Meaning.REFUSED: (1300, 1301),
    Meaning.BUSY: (1302, 1303, 5001),
}
TROUBLES = Troubles(
    "Kling",
    where=(("code",), ("data", "task_status_msg")),
    codes={str(code): meaning for meaning, codes in _CODES.items() for code in codes},
)
