"""What commands may ask of the remote: how it is, a code for a new phone, and to let one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from app.domain.remote import RemoteState
    from app.services.remote.service import RemoteService


async def remote(service: RemoteService, args: Mapping[str, Any]) -> object:
    """Tell how it is; with `pair` show a code first, with `remove` let a person go first."""
    if args.get("pair"):
        await service.pair()
    wanted = args.get("remove")
    if wanted is not None:
        if isinstance(wanted, bool) or not isinstance(wanted, int):
            raise InvalidInput("errors.bad_argument", name="remove")
        await service.remove(wanted)
    return told(service.state())


def told(state: RemoteState) -> dict[str, Any]:
    """The state as plain values."""
    return {**asdict(state), "problem_args": dict(state.problem_args)}
