"""Ends a page that grows without bound, before the machine feels it.

Chromium's own switches bound what scripts keep in their heap, not buffers, pictures they draw or
the page itself. Limits of the kernel are no way: each renderer reserves far more than it uses.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal

log = logging.getLogger(__name__)

MOST_MEMORY = 900 * 2**20
"""What one process of the browser may take; a page with a film takes 100 to 200 MB."""
INTERVAL = 0.5


async def keep_small(pid: int) -> None:
    """Look at the browser's processes until cancelled; the one that is too large is killed.

    A renderer takes its page with it; the browser itself takes everything.
    """
    while pid:
        await asyncio.sleep(INTERVAL)
        await asyncio.to_thread(cull, pid)


def cull(pid: int) -> int:
    """Kill what is too large of a browser; returns how many that were. Blocking, some ms."""
    import psutil

    killed = 0
    with contextlib.suppress(psutil.Error, ProcessLookupError):
        root = psutil.Process(pid)
        for one in (root, *root.children(recursive=True)):
            with contextlib.suppress(psutil.Error, ProcessLookupError):
                if one.memory_info().rss > MOST_MEMORY:
                    log.warning("a page took more than %d MB and is ended", MOST_MEMORY >> 20)
                    os.kill(one.pid, signal.SIGKILL)
                    killed += 1
    return killed
