"""The watch page in a real Chromium without scripts: it plays, with subtitles, on any width."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.async_api import Browser, Page, async_playwright

from app.domain.access import Giving, LinkWish, Shared, SharedKind
from app.domain.media import ItemId, PosterKey
from tests.fakes import films
from tests.unit.services.media_server.house import put_file, put_folder, put_item
from tests.unit.services.sharing.workshop import START, World

WIDTHS = {"desktop": (1280, 800), "phone": (360, 740)}
PICTURES = os.environ.get("SOKOUL_WATCH_PICTURES", "")
"""Where pictures of the pages go, for somebody to look at."""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    assert program is not None
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(
            executable_path=program, chromium_sandbox=os.geteuid() != 0,
            args=["--mute-audio", "--disable-gpu"],
        )  # fmt: skip
        yield made
        await made.close()


@asynccontextmanager
async def page_of(browser: Browser, name: str) -> AsyncIterator[tuple[Page, list[str]]]:
    """A page of that width without scripts, and what it complains of."""
    width, height = WIDTHS[name]
    context = await browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height},
        is_mobile=name == "phone", has_touch=name == "phone", locale="en-GB",
    )  # fmt: skip
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page, said
    await context.close()


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/watch-{name}.png")


async def until(page: Page, true: str) -> Any:
    """Wait for something to be true of the page."""
    async with asyncio.timeout(40):
        while not (found := await page.evaluate(true)):  # noqa: ASYNC110 - a page tells nobody
            await asyncio.sleep(0.02)
    return found


async def shelved(world: World, film: Path) -> ItemId:
    """The film as the library has it, with a poster."""
    still = cv2.GaussianBlur(
        np.random.default_rng(3).integers(0, 255, (900, 600, 3), dtype=np.uint8), (0, 0), 90
    )
    wide = cv2.normalize(still, still, 20, 235, cv2.NORM_MINMAX)
    place = world.library.picture(PosterKey("ab12"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(cv2.imencode(".jpg", wide)[1].tobytes())

    def put(raw: Any) -> int:
        item = put_item(raw, "film", "Night of the Living Dead", year=1968, poster="ab12",
                        duration=5760.0)  # fmt: skip
        put_file(raw, put_folder(raw, film.parent), item, film.name)
        return item

    return ItemId(await world.database.run_write(put))


@pytest.mark.parametrize("name", WIDTHS)
async def test_it_plays_with_subtitles_and_without_scripts(
    world: World, film: Path, browser: Browser, name: str
) -> None:
    item = await shelved(world, film)
    link = await world.sharing.make(
        LinkWish(
            what=Shared(SharedKind.ITEM, item=item),
            giving=Giving.BOTH,
            price="5 €",
            pay="https://pay.example/ann",
            until=START + 7 * 86_400,
            uses=3,
            devices=2,
            note="For the film evening on Friday. Bring popcorn!",
        )  # fmt: skip
    )
    async with page_of(browser, name) as (page, said):
        await page.goto(link.recipients[0].address)
        assert await page.title() == "Night of the Living Dead"
        await page.wait_for_load_state("networkidle")
        await picture(page, name)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= WIDTHS[name][0]
        assert await page.evaluate("document.styleSheets[0].cssRules.length") > 20
        assert (await world.sharing.links())[0].used == 0
        await page.focus("video")
        await page.keyboard.press("Space")
        await until(page, "document.querySelector('video').currentTime > 0.4")
        await until(page, "(document.querySelector('video').textTracks[0].cues || []).length == 1")
        await picture(page, f"{name}-playing")
        await page.evaluate("document.querySelector('video').currentTime = 2.0")
        await until(page, "!document.querySelector('video').seeking")
        assert await page.evaluate("document.querySelector('video').error") is None
        assert said == []
    (told,) = await world.sharing.links()
    assert (told.used, told.plays, told.opens) == (1, 1, 1)
    assert told.bytes > 0


async def test_lists_and_ends_fit_the_screen(world: World, film: Path, browser: Browser) -> None:
    for title in ("Carnival of Souls", "A very long title of a film that nobody would believe",
                  "Détour", "Nosferatu"):  # fmt: skip
        shutil.copyfile(film, film.with_name(f"{title}.webm"))
    many = await world.link(film.parent, kind=SharedKind.FOLDER, name="Film evenings")
    over = await world.link(film, until=START + 60, price="5 €", pay="https://pay.example/ann")
    for name, (width, _height) in WIDTHS.items():
        world.clock.at = START
        async with page_of(browser, name) as (page, said):
            await page.goto(many.recipients[0].address)
            assert await page.locator(".films li").count() == 5
            await picture(page, f"{name}-list")
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            await page.click("text=Nosferatu")
            assert await page.locator("video").count() == 1
            world.clock.at += 61
            answer = await page.goto(over.recipients[0].address)
            assert answer is not None
            assert answer.status == 410
            await picture(page, f"{name}-ended")
            assert await page.locator("text=Pay again").count() == 1
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            assert [one for one in said if "410" not in one] == []


async def test_who_comes_from_elsewhere_is_the_device_he_was(
    world: World, film: Path, browser: Browser
) -> None:
    """A browser sends no strict cookie with the first step from another page."""
    link = await world.link(film, uses=1, devices=1)
    address = link.recipients[0].address
    elsewhere = world.paths.cache / "elsewhere.html"
    elsewhere.write_text(f'<a href="{address}">a film for you</a>')
    async with page_of(browser, "desktop") as (page, _said):
        for _time in range(3):
            await page.goto(elsewhere.as_uri())
            await page.click("a")
            await page.wait_for_selector("video")
            await page.focus("video")
            await page.keyboard.press("Space")
            await until(page, "document.querySelector('video').currentTime > 0")
    (told,) = await world.sharing.links()
    assert (told.used, told.recipients[0].devices) == (1, 1)


async def test_what_is_converted_plays_too(world: World, browser: Browser, tmp_path: Path) -> None:
    path = films.make(films.Film(video="hevc", container="mkv", seconds=3.0), tmp_path / "a.mkv")
    link = await world.link(path)
    async with page_of(browser, "desktop") as (page, said):
        await page.goto(link.recipients[0].address)
        await picture(page, "converted")
        await page.focus("video")
        await page.keyboard.press("Space")
        await until(page, "document.querySelector('video').currentTime > 0.4")
        assert await page.evaluate("document.querySelector('video').error") is None
        assert said == []
