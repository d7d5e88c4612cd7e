"""Brings in the plotting library when the first chart is shown, away from the window's thread."""

from __future__ import annotations

import asyncio
import importlib
from types import ModuleType


async def load() -> ModuleType:
    """Return pyqtgraph; its third of a second of imports happens in a worker thread.

    At import it only defines classes and creates no widget, so that it may be done there.
    """
    return await asyncio.to_thread(importlib.import_module, "pyqtgraph")
