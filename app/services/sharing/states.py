"""Says whether an address opens, and if not, why. Pure."""

from __future__ import annotations

from app.domain.access import LinkState
from app.services.sharing.store import Found, LinkRow, PassRow


def state_of(link: LinkRow, who: PassRow | None, now: float | None) -> LinkState:
    """Of a recipient, or of the link itself; `now` is None while the clock cannot be believed."""
    wish = link.wish
    if link.revoked is not None or (who is not None and who.revoked is not None):
        return LinkState.REVOKED
    if now is None:
        return LinkState.HELD
    if now < wish.start:
        return LinkState.LATER
    if wish.until is not None and now >= wish.until:
        return LinkState.ENDED
    if who is not None and wish.uses and who.used >= wish.uses:
        return LinkState.USED_UP
    return LinkState.OPEN


def link_state(link: LinkRow, people: list[PassRow], now: float | None) -> LinkState:
    """Of a link as a whole: it is used up, or taken back, when it is so for all."""
    own = state_of(link, None, now)
    if own is not LinkState.OPEN or not people:
        return own
    states = {state_of(link, who, now) for who in people}
    if LinkState.OPEN in states:
        return LinkState.OPEN
    return LinkState.USED_UP if LinkState.USED_UP in states else LinkState.REVOKED


def for_device(found: Found, now: float | None) -> tuple[LinkState, bool]:
    """What a device that asks meets, and whether only its being another device is in the way.

    One whose use goes on is not asked for another.
    """
    state = state_of(found.link, found.who, now)
    if now is not None and found.session > now and state is LinkState.USED_UP:
        state = LinkState.OPEN
    most = found.link.wish.devices
    full = bool(most) and found.who.devices >= most and not found.known
    return state, state is LinkState.OPEN and full
