"""What visitors of a link get: its page, the film in ranges, subtitles, what has ended."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from app.domain.access import Giving, LinkWish, Shared, SharedKind
from tests.unit.services.sharing.workshop import START, Visitor, World


async def test_a_film_is_watched_in_ranges_by_one_use(world: World, film: Path) -> None:
    link = await world.link(film, uses=3)
    (who,) = link.recipients
    async with Visitor(who.address) as visitor:
        page = await visitor.open()
        assert page.status == 200
        assert "Night of the &lt;Living&gt; Dead" in page.text
        assert "<script" not in page.text
        assert (await visitor.play(Range="bytes=0-99")).body == film.read_bytes()[:100]
        for start in (1000, 5000, 200, 0):
            seen = await visitor.play(Range=f"bytes={start}-{start + 9}")
            assert (seen.status, seen.body) == (206, film.read_bytes()[start : start + 10])
            assert seen.headers["content-type"] == "video/webm"
        whole = await visitor.play()
        assert whole.body == film.read_bytes()
    (one,) = await world.sharing.links()
    assert (one.used, one.plays, one.opens) == (1, 1, 1)
    assert one.recipients[0].devices == 1
    assert one.bytes == len(whole.body) + 100 + 40
    assert one.last_use == START


async def test_nothing_of_the_film_is_in_the_address(world: World, film: Path) -> None:
    link = await world.link(film)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        for address in (visitor.address, visitor.film):
            assert "Night" not in address
            assert "films" not in address
        assert str(film.parent) not in page.text
        drawn = await visitor.get(f"{visitor.film}/wide")  # it has no picture of its own
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert "Night of the &lt;Living&gt;" in drawn.text


async def test_subtitles_come_as_web_vtt(world: World, film: Path) -> None:
    link = await world.link(film)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert 'srclang="en" label="English" default' in page.text
        seen = await visitor.get(f"{visitor.film}/text/0")
        assert seen.headers["content-type"] == "text/vtt; charset=utf-8"
        assert seen.text.startswith("WEBVTT")
        assert "They are coming to get you, Barbra" in seen.text
        assert (await visitor.get(f"{visitor.film}/text/1")).status == 404
    assert (await world.sharing.links())[0].used == 0


async def test_a_download_has_a_safe_name_and_is_counted(world: World, film: Path) -> None:
    link = await world.link(film, giving=Giving.DOWNLOAD)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "<video" not in page.text
        assert (await visitor.play()).status == 403
        seen = await visitor.get(f"{visitor.film}/whole")
        assert seen.body == film.read_bytes()
        told = seen.headers["content-disposition"]
        assert told == (
            'attachment; filename="Night of the Living Dead.webm"; '
            "filename*=UTF-8''Night%20of%20the%20Living%20Dead.webm"
        )
        await visitor.get(f"{visitor.film}/whole", Range="bytes=100-")
    (one,) = await world.sharing.links()
    assert (one.used, one.plays, one.recipients[0].downloads) == (1, 0, 1)


async def test_a_link_to_watch_gives_no_download(world: World, film: Path) -> None:
    link = await world.link(film)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "/whole" not in page.text
        assert (await visitor.get(f"{visitor.film}/whole")).status == 403
    assert (await world.sharing.links())[0].used == 0


async def test_a_folder_lists_its_films_and_nothing_beside(world: World, film: Path) -> None:
    (film.parent / "inside").mkdir()
    second = film.parent / "inside" / "Carnival.webm"
    second.write_bytes(film.read_bytes())
    (film.parent / "secret.txt").write_text("secret")
    outside = film.parent.parent / "outside.webm"
    outside.write_bytes(b"outside")
    (film.parent / "way.webm").symlink_to(outside)
    (film.parent / "road").symlink_to(film.parent.parent)
    link = await world.link(film.parent, kind=SharedKind.FOLDER)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert page.text.count('class="title"') == 2
        assert "Carnival" in page.text
        for hidden in ("secret", "outside", "way"):
            assert hidden not in page.text
        at = page.text.split('<a href="')[1].split('"')[0]
        shown = await visitor.get(at)
        assert "All films" in shown.text
        assert (await visitor.get(f"{at}/play")).status == 200


async def test_an_item_of_the_library_has_its_title_and_poster(world: World, film: Path) -> None:
    def put(raw: object) -> int:
        from tests.unit.services.media_server.house import put_file, put_folder, put_item

        item = put_item(raw, "film", "Carnival of Souls", year=1962, poster="ab12", duration=4800.0)  # type: ignore[arg-type]  # the driver's connection
        put_file(raw, put_folder(raw, film.parent), item, film.name)  # type: ignore[arg-type]  # as above
        return item

    item = await world.database.run_write(put)
    poster = world.library.picture("ab12")  # type: ignore[arg-type]  # a key
    poster.parent.mkdir(parents=True)
    poster.write_bytes(b"\xff\xd8picture")
    link = await world.sharing.make(
        LinkWish(what=Shared(SharedKind.ITEM, item=item))  # type: ignore[arg-type]  # an id
    )
    assert link.title == "Carnival of Souls"
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "1962 · 1 h 20 min" in page.text
        assert f'poster="{visitor.film}/wide"' in page.text
        for name in ("poster", "wide"):
            assert (await visitor.get(f"{visitor.film}/{name}")).body == b"\xff\xd8picture"


async def test_what_a_browser_cannot_play_is_converted(world: World, tmp_path: Path) -> None:
    from tests.fakes import films

    path = films.make(films.Film(video="hevc", container="mkv", seconds=2.0), tmp_path / "a.mkv")
    link = await world.link(path)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "/parts/list.m3u8" in page.text
        assert "converted while you watch" in page.text
        made = await visitor.get(f"{visitor.film}/made")
        assert made.headers["content-type"] == "video/mp4"
        assert made.body[4:8] == b"ftyp"
        listing = await visitor.get(f"{visitor.film}/parts/list.m3u8")
        assert "0.ts" in listing.text
        assert (await visitor.get(f"{visitor.film}/parts/0.ts")).body[:1] == b"G"
        assert (await visitor.play()).status == 404  # its page offers no such form
    (one,) = await world.sharing.links()
    assert (one.used, one.plays) == (1, 1)


async def test_what_has_no_picture_is_told_plainly(world: World, tmp_path: Path) -> None:
    path = tmp_path / "broken.mkv"
    path.write_bytes(b"no film")
    link = await world.link(path, giving=Giving.BOTH)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "A browser cannot show this film. Download it" in page.text
        assert (await visitor.get(f"{visitor.film}/whole")).body == b"no film"


async def test_a_film_that_is_away_is_told_kindly(world: World, film: Path) -> None:
    link = await world.link(film)
    film.rename(film.with_suffix(".gone"))
    async with Visitor(link.recipients[0].address) as visitor:
        seen = await visitor.open()
        assert (seen.status, "Not here just now" in seen.text) == (404, True)


async def test_what_has_ended_says_how_to_pay_again(world: World, film: Path) -> None:
    from dataclasses import replace

    world.wishes = replace(world.wishes, contact="ann@example.org")
    link = await world.link(
        film, until=START + 100, price="5 €", pay="https://pay.example/x?a=1&b=2"
    )
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        assert (await visitor.play(Range="bytes=0-9")).status == 206
        world.clock.at += 101
        assert (await visitor.play(Range="bytes=0-9")).status == 410
        page = await visitor.open()
        assert (page.status, "This link has ended" in page.text) == (410, True)
        assert 'href="https://pay.example/x?a=1&amp;b=2"' in page.text
        assert "Pay again · 5 €" in page.text
        assert 'href="mailto:ann@example.org"' in page.text
        french = await visitor.open(Accept_Language="fr-FR,fr;q=0.9,en;q=0.5")
        assert "Ce lien est terminé" in french.text


async def test_every_answer_forbids_what_is_not_needed(world: World, film: Path) -> None:
    link = await world.link(film, giving=Giving.BOTH)
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        base = visitor.address
        for seen in (
            page, await visitor.get(f"{base}/look"), await visitor.play(Range="bytes=0-9"),
            await visitor.get(f"{visitor.film}/text/0"), await visitor.get(f"{visitor.film}/whole"),
            await visitor.get(base[:-1]),
        ):  # fmt: skip
            assert seen.headers["content-security-policy"].startswith("default-src 'none';")
            assert "script-src" not in seen.headers["content-security-policy"]
            assert seen.headers["referrer-policy"] == "no-referrer"
            assert seen.headers["cache-control"] == "no-store"
            assert seen.headers["x-content-type-options"] == "nosniff"
            assert "access-control-allow-origin" not in seen.headers


async def test_titles_and_notes_are_escaped(world: World, film: Path) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    link = await world.link(film, name=evil, note=evil, price=evil[:30])
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "<script" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


async def test_a_look_ahead_is_no_use(world: World, film: Path) -> None:
    link = await world.link(film, uses=1)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        head = await visitor.get(f"{visitor.film}/play", method="HEAD")
        assert head.status == 200
        await visitor.open()
    assert (await world.sharing.links())[0].used == 0


async def test_no_address_is_in_the_log(
    world: World, film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link = await world.link(film, uses=1)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        await visitor.play()
        await visitor.get(f"{visitor.film}/nothing")
        await visitor.get(visitor.address, Origin="https://evil.example")
        await visitor.get(visitor.address[:-1])
        (cookie,) = visitor.cookies
    await world.sharing.revoke(link.id)
    token = visitor.address.rpartition("/")[2]
    assert "/w/{token}" in caplog.text  # what was asked for is told, but not by whom it was given
    for secret in (token, token[:-1], cookie.value, visitor.film.rpartition("/")[2]):
        own = [one.getMessage() for one in caplog.records if one.name.startswith("app.")]
        assert not [line for line in own if secret in line]
