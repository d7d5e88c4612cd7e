"""`/download`: links at once, titles after a yes, progress, and nothing removed without asking."""

from __future__ import annotations

from dataclasses import replace

from app.domain.downloads import DownloadState
from app.domain.errors import InvalidInput
from app.domain.media import Card, ItemId, MediaKind
from app.domain.settings_sections import Remote
from app.services.remote.commands.download import DownloadCommand, is_link
from tests.fakes.downloads import GB, MB, load
from tests.fakes.ranges import serve_file
from tests.fakes.remote import FakeTalk
from tests.fakes.sources import FakeSource, file, torrent
from tests.fakes.web import web_server
from tests.unit.services.remote.commands.conftest import HOSTILE, House, Make, going, until

LINK = "https://a.example/film.mp4"


def test_what_is_a_link() -> None:
    assert is_link(" MAGNET:?xt=urn:btih:ab")
    assert is_link(LINK)
    assert not is_link("Metropolis 1927")


async def test_a_link_is_followed_until_it_is_here(house: House) -> None:
    talk = FakeTalk()
    async with going(DownloadCommand(house.means(None)).run(talk, LINK)) as task:
        await until(lambda: "waits its turn" in talk.last.text)
        (row,) = house.downloads.all.values()
        row = replace(row, state=DownloadState.LOADING, size=4 * GB, done=GB, down=2.0 * MB)
        house.downloads.tell(row)
        await until(lambda: "▓▓▓░░░░░░░ 25 %" in talk.last.text)
        assert "1.0 GB of 4.0 GB · 2.0 MB/s · 25 min left" in talk.last.text
        assert "to disk2/downloads" in talk.last.text
        house.downloads.tell(replace(row, state=DownloadState.DONE, done=4 * GB, down=0.0))
        await task
    assert "here · 4.0 GB" in talk.last.text
    assert talk.last.buttons == []
    assert len(talk.said) == 1
    assert house.downloads.asked[0][:2] == ("add", LINK)


async def test_pause_go_on_and_try_again(house: House) -> None:
    row = load(1)
    house.downloads.all[row.id] = row
    talk, command = FakeTalk(language="fr"), DownloadCommand(house.means(None))
    await run_list(command, talk, house)
    async with going(talk.press("1")):
        await until(lambda: "Pause" in labels(talk))
        await talk.press("Pause")
        assert "en pause" in talk.last.text
        async with going(talk.press("Reprendre")):
            await until(lambda: "en cours" in talk.last.text)
            failed = replace(row, state=DownloadState.FAILED, reason="errors.server_offline",
                             reason_args={"host": "a.example"})  # fmt: skip
            house.downloads.tell(failed)
            await until(lambda: "échec" in talk.last.text)
            async with going(talk.press("Réessayer")):
                await until(lambda: ("retry", row.id) in house.downloads.asked)
    assert [one[0] for one in house.downloads.asked] == ["pause", "go", "retry"]


async def test_nothing_is_removed_without_a_yes_nor_deleted_where_that_is_off(
    house: House,
) -> None:
    row = load(1)
    house.downloads.all[row.id] = row
    talk, command = FakeTalk(), DownloadCommand(house.means(None))
    await run_list(command, talk, house)
    async with going(talk.press("1")):
        await until(lambda: "Remove" in labels(talk))
        await talk.press("Remove")
        assert house.downloads.asked == []
        assert "delete" not in labels(talk)
        async with going(talk.press("Keep it")):
            await until(lambda: "Pause" in labels(talk))
        await talk.press("Remove")
        await talk.press("Off the list; what is here stays")
        assert house.downloads.asked == [("remove", row.id, False)]
        assert "stays on the disk" in talk.last.text
        async with going(talk.press("Undo")):
            await until(lambda: "Pause" in labels(talk))
        house.remote = Remote(delete=True)
        await talk.press("Remove")
        await talk.press("delete what is here")
    assert house.downloads.asked[-1] == ("remove", row.id, True)


async def test_a_link_that_is_none_is_said_in_its_message(house: House) -> None:
    house.downloads.error = InvalidInput("errors.not_a_link")
    talk = FakeTalk()
    await DownloadCommand(house.means(None)).run(talk, "https://x")
    assert "cannot be fetched" in talk.last.text


async def test_the_best_is_asked_for_before_it_is_fetched(desks: Make, house: House) -> None:
    async with web_server() as web:
        web.answers["/good.mp4"] = serve_file(b"\0" * 4096)
        hits = [
            file("Metropolis.2001.2160p.WEB.mp4", f"{web.url}/other.mp4", size=9 * GB),
            file("Metropolis.1927.1080p.WEB.mp4", f"{web.url}/good.mp4", size=4 * GB),
        ]
        desk = await desks(a=FakeSource(hits))
        desk.plugins.hosts["a"] = frozenset({"127.0.0.1"})
        house.join(desk.bus)
        talk, command = FakeTalk(), DownloadCommand(house.means(desk.service))
        await command.run(talk, "Metropolis 1927")
        assert "Shall I download this?" in talk.last.text
        assert "Metropolis (1927)" in talk.last.text
        assert "1080p · 4.0 GB · A" in talk.last.text
        assert "to disk2/downloads · 77 GB free" in talk.last.text
        await talk.press("Others")
        assert "1 found" in talk.last.text
        await talk.press("1")
        await talk.press("Back")
        await command.run(talk, "Metropolis 1927")
        await talk.press("No")
        assert "nothing is downloaded" in talk.last.text
        assert [one for one in house.downloads.asked if one[0] != "free"] == []
        await command.run(talk, "Metropolis 1927")
        async with going(talk.press("Download")):
            await until(lambda: any(one[0] == "add" for one in house.downloads.asked))
    link = next(one[1] for one in house.downloads.asked if one[0] == "add")
    assert getattr(link, "link", "") == f"{web.url}/good.mp4"


async def test_what_is_here_already_is_offered_to_be_played(desks: Make, house: House) -> None:
    card = Card(ItemId(7), MediaKind.FILM, "Metropolis", 1927, duration=9000.0)
    desk = await desks(card, a=FakeSource([torrent("Metropolis.1927.1080p.WEB.x264-GRP")]))
    house.join(desk.bus)
    talk = FakeTalk()
    await DownloadCommand(house.means(desk.service)).run(talk, "Metropolis 1927")
    assert "My library" in talk.last.text
    assert "Living-room TV" in labels(talk)


async def test_nothing_that_is_surely_it_is_listed_to_choose_from(
    desks: Make, house: House
) -> None:
    desk = await desks(a=FakeSource())
    house.join(desk.bus)
    talk = FakeTalk()
    await DownloadCommand(house.means(desk.service)).run(talk, "Metropolis 1927")
    assert "Nobody has this." in talk.last.text


async def test_many_and_hostile_ones_fit_into_a_message(house: House) -> None:
    for row in (load(number, HOSTILE) for number in range(40)):
        house.downloads.all[row.id] = row
    talk, command = FakeTalk(), DownloadCommand(house.means(None))
    await run_list(command, talk, house)
    assert len(talk.last.text) < 4000
    assert "… and 32 more" in talk.last.text
    assert all(line.isprintable() for line in talk.last.text.split("\n"))


async def test_without_any_it_says_how(house: House) -> None:
    talk = FakeTalk()
    await DownloadCommand(house.means(None)).run(talk, "")
    assert "Nothing is loading" in talk.last.text


async def test_one_that_is_gone_meanwhile_is_said(house: House) -> None:
    row = load(1)
    house.downloads.all[row.id] = row
    talk, command = FakeTalk(), DownloadCommand(house.means(None))
    await run_list(command, talk, house)
    async with going(talk.press("1")) as task:
        await until(lambda: "Pause" in labels(talk))
        house.downloads.tell(gone=(row.id,))
        await task
    assert "no longer on the list" in talk.last.text


def labels(talk: FakeTalk) -> str:
    return " | ".join(one.text for one in talk.last.buttons)


async def run_list(command: DownloadCommand, talk: FakeTalk, house: House) -> None:
    """Show the list, until it stands."""
    async with going(command.run(talk, "")):
        await until(lambda: talk.last.buttons)
