"""Presses things on a page as a person would, also below something that lies over them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator, Page

LOOK_SECONDS = 1.0
CLICK_SECONDS = 1.5


async def press(page: Page, selector: str) -> bool:
    """Press the first visible match in the page or one of its frames; False when there is none.

    `InvalidInput` when it is no selector.
    """
    for frame in page.frames:
        found = frame.locator(f"css={selector}").first
        if await _visible(found, selector):
            await _click(page, frame, found)
            return True
    return False


async def _visible(found: Locator, selector: str) -> bool:
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await found.is_visible()
    except TimeoutError:
        return False  # a frame that hangs has nothing to press
    except Error as error:
        if "selector" in error.message and "while parsing" in error.message:
            raise InvalidInput("errors.bad_selector", selector=selector[:200]) from error
        return False  # the frame went away meanwhile


async def _click(page: Page, frame: Frame, found: Locator) -> None:
    """Click; what lies over it takes the first click, as advertisements want, then once more."""
    from playwright.async_api import Error

    with contextlib.suppress(Error):
        await found.click(timeout=CLICK_SECONDS * 1000)
        return
    with contextlib.suppress(Error):
        box = await found.bounding_box(timeout=LOOK_SECONDS * 1000)
        if box is not None:
            await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await found.click(timeout=CLICK_SECONDS * 1000)
        return
    with contextlib.suppress(Error):
        await found.dispatch_event("click", timeout=LOOK_SECONDS * 1000)
