"""Tells the bus how each question to a plugin went: who, for what, and how long it took."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Final

from app.api.capabilities import Capability
from app.domain.errors import AppError, InvalidInput, NotFound, PutOff, Refused, Unsupported
from app.domain.events import ProviderAnswered
from app.runtime.bus import EventBus

ANSWERS: Final = (NotFound, InvalidInput, Unsupported, Refused, PutOff)
"""Errors that are an answer: the plugin did its work, and it is no fault of its."""
OF_ITSELF: Final = frozenset(
    {"sources", "text_models", "speech_models", "media_models", "voices", "doorway"}
)
"""What most plugins tell without asking anybody: an answer says nothing of how they fare."""


@contextlib.contextmanager
def answering(bus: EventBus, plugin: str, capability: Capability, method: str) -> Iterator[None]:
    """Time what is asked within.

    Nothing is told when the asker breaks off, for he heard no answer, and when a plugin only told
    of itself.
    """
    began = time.monotonic()

    def tell(*, ok: bool, error: str = "") -> None:
        seconds = time.monotonic() - began
        bus.publish(ProviderAnswered(plugin, capability.value, method, seconds, ok, error))

    try:
        yield
    except AppError as failure:
        tell(ok=isinstance(failure, ANSWERS), error=failure.key)
        raise
    if method not in OF_ITSELF:
        tell(ok=True)
