"""What the owner keeps of searching, in a real database and across its restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.domain.events import WishesChanged
from app.domain.media import PosterKey
from app.domain.search import Subject, Work
from app.domain.wishes import KeptSearch, Wish, WishKind
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.search.keeping import Keeper
from app.services.search.query import identity, read_query
from app.services.search.wishes import MOST_RECENT, WishStore

DUNE = Wish(
    0, WishKind.FOLLOW, "dune|2021", "Dune", "dune 2021", 2021, Work.FILM,
    "https://a.example/p.jpg", PosterKey("ab12"), 5.0,
)  # fmt: skip


@pytest.fixture
def store(database: Database) -> WishStore:
    return WishStore(database)


class Shelf:
    """A keeper with a clock of the test's own; counts what it tells."""

    def __init__(self, store: WishStore) -> None:
        self.now = 100.0
        self.told = 0
        bus = EventBus()
        bus.on(WishesChanged, self._hear)
        self.keeper = Keeper(store, bus, lambda: self.now)

    def _hear(self, _event: WishesChanged) -> None:
        self.told += 1


@pytest.fixture
def shelf(store: WishStore) -> Shelf:
    return Shelf(store)


async def typed(store: WishStore, limit: int = 12) -> list[str]:
    return [one.typed for one in await store.recent(limit)]


# Recent searches.


async def test_the_latest_search_comes_first_and_once(store: WishStore) -> None:
    for at, (name, text) in enumerate([("a", "a"), ("b", "b"), ("a", "A!"), ("c", "c")]):
        await store.remember(name, text, float(at))
    assert await store.recent() == [
        KeptSearch("c", "c", 3.0),
        KeptSearch("a", "A!", 2.0),
        KeptSearch("b", "b", 1.0),
    ]
    assert await typed(store, 2) == ["c", "A!"]


async def test_only_the_latest_hundred_are_kept(store: WishStore) -> None:
    for number in range(MOST_RECENT + 7):
        await store.remember(str(number), str(number), float(number))
    kept = await typed(store, 1000)
    assert len(kept) == MOST_RECENT
    assert (kept[0], kept[-1]) == (str(MOST_RECENT + 6), "7")


async def test_one_or_all_are_forgotten_and_brought_back_in_their_place(store: WishStore) -> None:
    for at, name in enumerate("abc"):
        await store.remember(name, name, float(at))
    (gone,) = await store.forget_recent("b")
    assert await typed(store) == ["c", "a"]
    await store.restore_recent([gone])
    assert await typed(store) == ["c", "b", "a"]
    everything = await store.forget_recent()
    assert await typed(store) == []
    await store.remember("b", "b anew", 9.0)
    await store.restore_recent(everything)
    assert await typed(store) == ["b anew", "c", "a"]  # what was done since is not undone
    assert await store.forget_recent("unknown") == []
    await store.restore_recent([])


# Saved searches.


async def test_a_search_is_saved_until_it_is_taken_off(store: WishStore) -> None:
    await store.save("a", "a", 1.0)
    await store.save("b", "b", 2.0)
    await store.save("a", "a later", 3.0)
    assert [(one.typed, one.at) for one in await store.saved()] == [("b", 2.0), ("a", 1.0)]
    await store.unsave("b")
    await store.unsave("b")
    assert [one.identity for one in await store.saved()] == ["a"]
    await store.forget_recent()
    assert len(await store.saved()) == 1


# Watchlist and what is followed.


async def test_a_title_keeps_all_that_is_known_of_it(store: WishStore) -> None:
    made = await store.add(DUNE)
    assert made == replace(DUNE, id=made.id)
    assert made.id > 0
    assert await store.wishes(WishKind.FOLLOW) == [made]
    bare = await store.add(Wish(0, WishKind.WATCH, "x", "X", "x"))
    assert (bare.year, bare.work, bare.picture, bare.checked_at, bare.news) == (None,) * 4 + (0,)


async def test_a_title_is_on_each_list_once(store: WishStore) -> None:
    first = await store.add(DUNE)
    assert await store.add(replace(DUNE, title="another name")) == first
    other = await store.add(replace(DUNE, kind=WishKind.WATCH))
    assert other.id != first.id
    assert await store.remove(WishKind.WATCH, DUNE.identity) == other
    assert await store.remove(WishKind.WATCH, DUNE.identity) is None
    assert await store.wishes(WishKind.WATCH) == []
    assert await store.wishes(WishKind.FOLLOW) == [first]


async def test_the_latest_title_comes_first(store: WishStore) -> None:
    for at, name in ((2.0, "b"), (1.0, "a"), (3.0, "c")):
        await store.add(replace(DUNE, identity=name, title=name, added_at=at))
    assert [one.title for one in await store.wishes(WishKind.FOLLOW)] == ["c", "b", "a"]


async def test_two_may_add_the_same_at_once(store: WishStore) -> None:
    made = await asyncio.gather(*(store.add(DUNE) for _ in range(8)))
    assert len({one.id for one in made}) == 1


# What is new of what is followed.


async def test_a_release_is_unseen_once(store: WishStore) -> None:
    dune = await store.add(DUNE)
    other = await store.add(replace(DUNE, identity="other"))
    assert await store.unseen(dune, ["a", "b", "a"], 7.0) == ["a", "b"]
    assert await store.unseen(dune, ["b", "c"], 8.0) == ["c"]
    assert await store.unseen(dune, [], 9.0) == []
    assert await store.seen(dune) == {"a", "b", "c"}
    assert await store.unseen(other, ["a"], 9.0) == ["a"]
    checked = {one.identity: one.checked_at for one in await store.wishes(WishKind.FOLLOW)}
    assert checked == {DUNE.identity: 9.0, "other": 9.0}


async def test_a_crowd_of_releases_is_taken_in(store: WishStore) -> None:
    dune = await store.add(DUNE)
    crowd = [f"e{n:010}" for n in range(5000)]
    assert await store.unseen(dune, crowd, 1.0) == crowd
    assert await store.unseen(dune, [*crowd, "new"], 2.0) == ["new"]


async def test_two_looks_at_once_tell_a_release_once(store: WishStore) -> None:
    dune = await store.add(DUNE)
    told = await asyncio.gather(*(store.unseen(dune, ["a", "b"], 1.0) for _ in range(6)))
    assert sorted(name for names in told for name in names) == ["a", "b"]


async def test_what_was_taken_off_and_put_back_has_seen_nothing(store: WishStore) -> None:
    dune = await store.add(DUNE)
    await store.unseen(dune, ["a"], 1.0)
    gone = await store.remove(WishKind.FOLLOW, DUNE.identity)
    assert gone is not None
    assert await store.seen(dune) == set()
    again = await store.add(gone)
    assert again.id != dune.id
    assert await store.unseen(again, ["a"], 2.0) == ["a"]


async def test_news_are_counted_until_they_are_looked_at(store: WishStore) -> None:
    dune = await store.add(DUNE)
    await store.add_news(dune, 2)
    await store.add_news(dune, 3)
    assert [one.news for one in await store.wishes(WishKind.FOLLOW)] == [5]
    assert not await store.no_news("another")
    assert await store.no_news(DUNE.identity)
    assert not await store.no_news(DUNE.identity)
    assert [one.news for one in await store.wishes(WishKind.FOLLOW)] == [0]


async def test_all_of_it_outlives_the_station(paths: Paths, database: Database) -> None:
    store = WishStore(database)
    dune = await store.add(DUNE)
    await store.unseen(dune, ["a"], 1.0)
    await store.remember("a", "a", 1.0)
    await store.save("b", "b", 1.0)
    await database.close()
    again = Database(paths.database)
    await again.open()
    try:
        later = WishStore(again)
        assert await later.wishes(WishKind.FOLLOW) == [replace(dune, checked_at=1.0)]
        assert await later.seen(dune) == {"a"}
        assert [one.typed for one in await later.recent()] == ["a"]
        assert [one.typed for one in await later.saved()] == ["b"]
    finally:
        await again.close()


HOSTILE = ["'; DROP TABLE wish; --", "\u202e\x00\x1b", "%s%n{}", "\U0001f3ac" * 500, '"', "\\"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_words_are_only_words(store: WishStore, text: str) -> None:
    await store.remember(text, text, 1.0)
    await store.save(text, text, 1.0)
    dune = await store.add(replace(DUNE, identity=text, title=text, typed=text))
    assert await store.unseen(dune, [text], 1.0) == [text]
    assert await typed(store) == [text]
    assert (await store.saved())[0].typed == text
    assert (await store.wishes(WishKind.FOLLOW))[0].title == text


# As the owner keeps them.


async def test_each_change_is_told(shelf: Shelf) -> None:
    keeper = shelf.keeper
    await keeper.searched(read_query("dune 2021"))
    gone = await keeper.forget_recent()
    await keeper.restore_recent(gone)
    await keeper.save("dune 2021")
    await keeper.unsave("Dune (2021)")
    wish = await keeper.add(WishKind.WATCH, "dune 2021")
    await keeper.remove(wish)
    await keeper.restore(wish)
    assert shelf.told == 8
    kept = await keeper.everything()
    assert [len(one) for one in (kept.recent, kept.saved, kept.watchlist, kept.followed)] == [
        1, 0, 1, 0,
    ]  # fmt: skip


async def test_one_wish_has_one_identity_however_it_is_typed(shelf: Shelf) -> None:
    keeper = shelf.keeper
    first = await keeper.add(WishKind.FOLLOW, "Dune 2021")
    for text in ("dune (2021)", "  DUNE   2021 ", "Dune, 2021"):
        assert (await keeper.add(WishKind.FOLLOW, text)).id == first.id
    assert first.identity == identity(read_query("dune 2021"))
    assert (await keeper.add(WishKind.FOLLOW, "Dune 1984")).id != first.id


async def test_what_is_known_of_it_goes_before_what_was_typed(shelf: Shelf) -> None:
    subject = Subject(
        "Amélie", 2001, Work.FILM, poster="https://a.example/p", picture=PosterKey("cd")
    )
    wish = await shelf.keeper.add(WishKind.WATCH, "amelie", subject)
    assert (wish.title, wish.year, wish.work) == ("Amélie", 2001, Work.FILM)
    assert (wish.poster, wish.picture, wish.typed) == ("https://a.example/p", "cd", "amelie")
    episode = await shelf.keeper.add(WishKind.WATCH, "dark s01e02")
    assert (episode.title, episode.work, episode.year) == ("dark", Work.EPISODE, None)


async def test_what_is_put_back_counts_as_never_looked_for(shelf: Shelf, store: WishStore) -> None:
    wish = await shelf.keeper.add(WishKind.FOLLOW, "dune 2021")
    await store.unseen(wish, ["a"], 50.0)
    (checked,) = (await shelf.keeper.everything()).followed
    await shelf.keeper.remove(checked)
    await shelf.keeper.restore(checked)
    (again,) = (await shelf.keeper.everything()).followed
    assert again.checked_at is None


async def test_searching_it_is_looking_at_its_news(shelf: Shelf, store: WishStore) -> None:
    wish = await shelf.keeper.add(WishKind.FOLLOW, "dune 2021")
    await store.add_news(wish, 3)
    assert (await shelf.keeper.everything()).news == 3
    await shelf.keeper.searched(read_query("dune 1984"))
    assert (await shelf.keeper.everything()).news == 3
    await shelf.keeper.searched(read_query("DUNE (2021)"))
    assert (await shelf.keeper.everything()).news == 0
