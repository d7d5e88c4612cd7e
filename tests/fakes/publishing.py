"""Publishing that lives in memory, for the page alone: posts, accounts, links, results, a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QTime

from app.domain.access import (
    Giving,
    Link,
    LinkDay,
    LinkId,
    LinkState,
    LinkWish,
    PassId,
    Recipient,
    Shared,
    SharedKind,
)
from app.domain.errors import AppError
from app.domain.events import LinksChanged, PostChanged, PublishingChanged
from app.domain.options import Option, OptionKind
from app.domain.post import (
    ENDED,
    AccountId,
    AccountView,
    Advice,
    Attached,
    BundleId,
    Channel,
    ChannelId,
    Manner,
    Misfit,
    Part,
    Post,
    PostId,
    PostState,
    Repeat,
    Words,
)
from app.domain.results import (
    ABTest,
    Counts,
    DayTotal,
    Measure,
    Overview,
    PostResult,
    Proposal,
    Rule,
    RuleId,
    Standing,
    TestId,
    TestState,
    TestWay,
    Variant,
    VideoResult,
    WatchedFile,
    WatchedState,
)
from app.runtime.bus import EventBus
from app.services.audit.chain import Entry

TODAY = QDate(2026, 2, 20)  # a Friday, as in the drawing


def at(day: int, hour: int = 18, minute: int = 0) -> float:
    """A moment of the week of the drawing (16 to 22)."""
    moment = QDateTime(TODAY.addDays(day - 20), QTime(hour, minute))
    return float(moment.toSecsSinceEpoch())


NOW = at(20, 14, 12)


def account(kind: str, name: str = "", **changes: object) -> AccountView:
    """An account that is signed in."""
    from ui import publishing_words as said

    made = AccountView(
        AccountId(kind), kind, said.platform(kind), name or "Kitchen Lab", signed_in=True,
        expires=NOW + 3600, ends=NOW + 60 * 86_400, meant_by=(kind, name or "Kitchen Lab"),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def post(number: int, kind: str = "youtube", when: float = 0.0, **changes: object) -> Post:
    """A planned post."""
    made = Post(
        PostId(f"{number:032x}"), BundleId(f"b{number}"), AccountId(kind), kind,
        Words(f"Video {number}", "What it is about."), Attached(b"/v.mp4"), at=when or at(20),
        state=PostState.PLANNED, account_name="Kitchen Lab", created=NOW - 86_400,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def drawn_week() -> tuple[Post, ...]:
    """The posts of the drawing."""
    done, held = PostState.DONE, PostState.HELD
    clocks, sky = Words("Kitchen clocks", "Why?"), Words("Why the sky is blue", "Light.")
    return (
        post(1, "youtube", at(17), words=clocks, state=done, ended=at(17), url="https://y/1"),
        post(2, "tiktok", at(18, 12, 30), words=clocks, state=done, ended=at(18, 12, 30)),
        post(3, "instagram", at(18, 19), words=clocks, state=held, reason="errors.post_sign_in"),
        post(4, "youtube", at(20), words=sky),
        post(5, "x_com", at(20, 18, 5), words=Words("Thread")),
        post(6, "linkedin", at(21, 9), words=Words("Studio notes")),
        post(7, "telegram", at(22, 20), words=Words("Film night")),
    )


def drawn_accounts() -> tuple[AccountView, ...]:
    """The accounts of the drawing: Instagram is signed out."""
    kinds = ("youtube", "tiktok", "x_com", "linkedin", "telegram")
    known = [account(kind) for kind in kinds]
    return (*known, account("instagram", signed_in=False, expires=None, ends=None))


@dataclass(frozen=True, slots=True)
class FakePlatform:
    """A platform one can have accounts at."""

    id: str
    name: str
    signs_in: bool = True
    options: tuple[Option, ...] = (
        Option("client_id", OptionKind.TEXT, "", "options.client_id"),
        Option("client_secret", OptionKind.SECRET, "", "options.client_secret"),
    )
    added: bool = False
    steps: tuple[str, ...] = ()
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Fake:
    """Notes what was asked; `error` makes everything fail."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.error: AppError | None = None
        self.bus: EventBus | None = None

    def wishes(self, name: str) -> list[tuple[object, ...]]:
        """What was asked under a name."""
        return [wish[1:] for wish in self.asked if wish[0] == name]

    def note(self, *wish: object) -> None:
        """Write it down."""
        self.asked.append(wish)
        if self.error is not None:
            raise self.error

    def tell(self, event: object) -> None:
        """Publish an event."""
        if self.bus is not None:
            self.bus.publish(event)


class FakePublishing(Fake):
    """Posts in memory."""

    def __init__(self, posts: Sequence[Post] = ()) -> None:
        super().__init__()
        self.all = {one.id: one for one in posts}
        self.misfits: dict[PostId, tuple[Misfit, ...]] = {}
        self.best: tuple[Advice, ...] = (Advice(3, 18, 1.4, 34),)
        self.held = False

    def put(self, changed: Post) -> Post:
        """Change a post and tell it."""
        self.all[changed.id] = changed
        self.tell(PostChanged(changed))
        return changed

    async def posts(self, start: float, end: float) -> tuple[Post, ...]:
        """Those of a time."""
        self.note("posts", start, end)
        stands = [(one.at or one.ended or one.created, one) for one in self.all.values()]
        return tuple(one for moment, one in stands if start <= moment < end)

    async def queue(self) -> tuple[Post, ...]:
        """Those that have not ended; drafts are none of them."""
        self.note("queue")
        over = {*ENDED, PostState.DRAFT}
        going = (one for one in self.all.values() if one.state not in over)
        return tuple(sorted(going, key=lambda one: one.at))

    async def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = Manner(),  # noqa: B008 - frozen
        thumbnail: bytes = b"",
        captions: bytes = b"",
        at: float = 0.0,
        project: str = "",
        source: str = "hand",
        language: str = "en",
        channel: str = "",
    ) -> tuple[Post, ...]:
        """Drafts."""
        self.note("compose", video, tuple(accounts), words, manner, at, project)
        made = []
        for place, one in enumerate(accounts):
            kind = one.rstrip("0123456789")
            draft = post(
                900 + len(self.all) + place, kind, at, words=words, manner=manner, account=one,
                attached=Attached(video, thumbnail, captions), bundle=BundleId("new"),
                state=PostState.DRAFT, project=project, at=at,
            )  # fmt: skip
            made.append(draft)
        for draft in made:
            self.put(draft)
        return tuple(made)

    async def change(
        self,
        post: PostId,
        *,
        words: Words | None = None,
        manner: Manner | None = None,
        thumbnail: bytes | None = None,
        captions: bytes | None = None,
        repeat: Repeat | None = None,
    ) -> Post:
        """Other words."""
        self.note("change", post, words, manner, thumbnail, repeat)
        known = self.all[post]
        attached = known.attached
        if thumbnail is not None:
            attached = replace(attached, thumbnail=thumbnail)
        if captions is not None:
            attached = replace(attached, captions=captions)
        changed = replace(
            known, words=words or known.words, manner=manner or known.manner, attached=attached,
            repeat=repeat or known.repeat,
        )  # fmt: skip
        return self.put(changed)

    async def check(self, post: PostId) -> tuple[Misfit, ...]:
        """What does not fit."""
        self.note("check", post)
        return self.misfits.get(post, ())

    async def mend(self, post: PostId, only: Part | None = None) -> Post:
        """Cut the words; `only` one part of them."""
        self.note("mend", post, *((only,) if only else ()))
        known = self.all[post]
        if only is not None:
            left = (one for one in self.misfits.get(post, ()) if one.long is not only)
            self.misfits[post] = tuple(left)
        if only in (Part.DESCRIPTION, Part.TEXT):
            cut = replace(known.words, description=known.words.description[:20])
            return self.put(replace(known, words=cut))
        if only in (Part.TAGS, Part.VIDEO):
            tags = known.words.tags[:1] if only is Part.TAGS else known.words.tags
            return self.put(replace(known, words=replace(known.words, tags=tags)))
        if only is None:
            self.misfits.pop(post, None)
        return self.put(replace(known, words=replace(known.words, title=known.words.title[:20])))

    async def send(self, posts: Sequence[PostId]) -> None:
        """Plan them."""
        self.note("send", tuple(posts))
        for one in posts:
            self.put(replace(self.all[one], state=PostState.PLANNED))

    async def approve(self, post: PostId) -> None:
        """Plan it."""
        self.note("approve", post)
        self.put(replace(self.all[post], state=PostState.PLANNED))

    async def move(self, post: PostId, at: float) -> None:
        """Another time."""
        self.note("move", post, at)
        self.put(replace(self.all[post], at=at))

    async def cancel(self, post: PostId) -> None:
        """End it."""
        self.note("cancel", post)
        self.put(replace(self.all[post], state=PostState.CANCELLED))

    async def restore(self, post: PostId) -> None:
        """Plan it again."""
        self.note("restore", post)
        self.put(replace(self.all[post], state=PostState.PLANNED))

    async def again(self, post: PostId) -> Post:
        """Plan it again."""
        self.note("again", post)
        return self.put(replace(self.all[post], state=PostState.PLANNED, reason=""))

    async def answer(self, post: PostId, *, is_out: bool, url: str = "") -> None:
        """What the owner says."""
        self.note("answer", post, is_out)
        state = PostState.DONE if is_out else PostState.PLANNED
        self.put(replace(self.all[post], state=state))

    async def post(self, post: PostId) -> Post:
        """One of them."""
        return self.all[post]

    async def pause(self, *, account: str = "", channel: str = "", paused: bool) -> None:
        """Hold it."""
        self.note("pause", account, channel, paused)
        if not account and not channel:
            self.held = paused
        self.tell(PublishingChanged())

    async def paused(self) -> bool:
        """Whether everything is held."""
        return self.held

    async def advice(self, account: str = "") -> tuple[Advice, ...]:
        """The best time."""
        self.note("advice", account)
        return self.best


class FakeAccounts(Fake):
    """Accounts in memory."""

    def __init__(
        self, accounts: Sequence[AccountView] = (), channels: Sequence[Channel] = ()
    ) -> None:
        super().__init__()
        self.all = {one.id: one for one in accounts}
        self.brands = {one.id: one for one in channels}
        self.waiting: set[AccountId] = set()
        self.kinds: tuple[FakePlatform, ...] = (
            FakePlatform("youtube", "YouTube"),
            FakePlatform("tiktok", "TikTok"),
            FakePlatform("local_folder", "Folder and RSS", signs_in=False, options=()),
        )

    async def accounts(self) -> tuple[AccountView, ...]:
        """All."""
        self.note("accounts")
        return tuple(self.all.values())

    async def platforms(self) -> tuple[FakePlatform, ...]:
        """Where one can have accounts."""
        self.note("platforms")
        return self.kinds

    async def add(self, platform: str, name: str, values: Mapping[str, object]) -> AccountId:
        """A new one, signed out."""
        self.note("add", platform, name, dict(values))
        known = AccountId(f"{platform}{len(self.all) + 1}")
        made = account(platform, name, id=known, signed_in=False, ends=None, expires=None)
        self.all[known] = made
        self.tell(PublishingChanged())
        return known

    async def remove(self, account: AccountId) -> None:
        """Forget it."""
        self.note("remove", account)
        self.all.pop(account)
        self.tell(PublishingChanged())

    async def sign_in(self, account: AccountId) -> str:
        """The page."""
        self.note("sign_in", account)
        self.waiting.add(account)
        return "https://platform.example/authorize?state=abc"

    async def cancel_sign_in(self, account: AccountId) -> None:
        """Note it."""
        self.note("cancel_sign_in", account)
        self.waiting.discard(account)

    async def signing_in(self) -> frozenset[AccountId]:
        """Whose browser is waited for."""
        return frozenset(self.waiting)

    async def sign_out(self, account: AccountId) -> None:
        """Sign out."""
        self.note("sign_out", account)
        self.all[account] = replace(self.all[account], signed_in=False, ends=None)
        self.tell(PublishingChanged())

    def came_back(self, account: AccountId) -> None:
        """The browser came back with a yes."""
        self.waiting.discard(account)
        known = self.all[account]
        self.all[account] = replace(known, signed_in=True, reason="", ends=NOW + 60 * 86_400)
        self.tell(PublishingChanged())

    async def channels(self) -> tuple[Channel, ...]:
        """The brands."""
        return tuple(self.brands.values())

    async def set_channel(self, channel: Channel) -> Channel:
        """Keep it."""
        self.note("set_channel", channel)
        kept = channel if channel.id else replace(channel, id=ChannelId(f"c{len(self.brands) + 1}"))
        self.brands[kept.id] = kept
        self.tell(PublishingChanged())
        return kept

    async def remove_channel(self, channel: ChannelId) -> None:
        """Forget it."""
        self.note("remove_channel", channel)
        self.brands.pop(channel)
        self.tell(PublishingChanged())


def link(number: int = 1, **changes: object) -> Link:
    """The link of the drawing."""
    address = f"https://films.example.org/w/{number:032x}"
    person = Recipient(id=PassId(f"p{number}"), address=address, used=12, devices=3)
    made = Link(
        id=LinkId(f"l{number}"), what=Shared(SharedKind.FILE, path=b"/films/metropolis.mkv"),
        title="Metropolis", name="Film night: Metropolis", giving=Giving.WATCH, price="€3.00",
        until=at(21, 20), uses=50, made=NOW, recipients=(person,),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7"><path d="M0 0h3v3h-3z'
    b'M4 0h1v1h-1zM6 1h1v2h-1zM0 4h1v3h-1zM3 4h2v1h-2zM5 5h2v2h-2zM2 6h1v1h-1z"/></svg>'
)


class FakeLinks(Fake):
    """Links in memory."""

    def __init__(self, links: Sequence[Link] = ()) -> None:
        super().__init__()
        self.all = {one.id: one for one in links}
        self.visits: dict[LinkId, tuple[LinkDay, ...]] = {}
        self.held = False

    async def days(self, link: LinkId, count: int = 30) -> tuple[LinkDay, ...]:
        """What was made of one."""
        self.note("days", link, count)
        return self.visits.get(link, ())

    async def trust_clock(self) -> None:
        """Open what was held."""
        self.note("trust_clock")
        self.held = False
        for known in list(self.all.values()):
            if known.state is LinkState.HELD:
                self.all[known.id] = replace(known, state=LinkState.OPEN)
        self.tell(LinksChanged())

    async def new_keys(self) -> None:
        """Revoke all, for good."""
        self.note("new_keys")
        for known in list(self.all.values()):
            people = tuple(replace(one, gone=True, address="") for one in known.recipients)
            self.all[known.id] = replace(known, state=LinkState.REVOKED, recipients=people)
        self.tell(LinksChanged())

    async def links(self) -> tuple[Link, ...]:
        """All."""
        self.note("links")
        return tuple(self.all.values())

    async def make(self, wish: LinkWish) -> Link:
        """A new one."""
        self.note("make", wish)
        made = link(len(self.all) + 1, what=wish.what, name=wish.name, giving=wish.giving,
                    price=wish.price, until=wish.until, uses=wish.uses)  # fmt: skip
        self.all = {made.id: made, **self.all}
        return made

    async def revoke(self, link: LinkId) -> None:
        """Close it."""
        self.note("revoke", link)
        self.all[link] = replace(self.all[link], state=LinkState.REVOKED)

    async def restore(self, link: LinkId) -> None:
        """Open it."""
        self.note("restore", link)
        self.all[link] = replace(self.all[link], state=LinkState.OPEN)

    async def revoke_recipient(self, recipient: PassId) -> None:
        """Shut one out."""
        self._set(recipient, LinkState.REVOKED)

    async def restore_recipient(self, recipient: PassId) -> None:
        """Let one in."""
        self._set(recipient, LinkState.OPEN)

    def _set(self, who: PassId, state: LinkState) -> None:
        self.note("recipient", who, state)
        for known in list(self.all.values()):
            people = tuple(
                replace(one, state=state) if one.id == who else one for one in known.recipients
            )
            self.all[known.id] = replace(known, recipients=people)

    async def forget(self, link: LinkId) -> None:
        """Remove it."""
        self.note("forget", link)
        self.all.pop(link)

    async def code(self, recipient: PassId, form: str = "svg") -> bytes:
        """Something to scan."""
        self.note("code", recipient, form)
        return SQUARE

    async def text(self, recipient: PassId) -> str:
        """Words to send."""
        self.note("text", recipient)
        return f"Watch it here: {recipient}"

    async def send(self, recipient: PassId, way: str, to: str = "") -> None:
        """Note it."""
        self.note("send", recipient, way, to)


def ab_test(**changes: object) -> ABTest:
    """The test of the drawing."""
    standings = (
        Standing(Variant("Your kitchen bends time"), 14, 168.0, 1200, 8412, 513),
        Standing(Variant("Time is slower at home"), 14, 168.0, 1100, 8377, 402),
    )
    made = ABTest(
        TestId("t1"), PostId(f"{1:032x}"), TestWay.SWAP, TestState.RUNNING, standings, 1, 0, 0.96,
        measure=Measure.CLICKS, windows_done=28, least=8, post_title="Kitchen clocks",
        platform="youtube",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def figures() -> Overview:
    """Four weeks of two videos."""
    days = tuple(
        DayTotal(
            TODAY.addDays(place - 27).toString("yyyy-MM-dd"), views=120 + (place * 53) % 190,
            likes=9, platforms={"youtube": 80 + (place * 31) % 90}, posts=3,
        )
        for place in range(28)
    )  # fmt: skip

    def result(number: int, kind: str, views: int, **more: object) -> PostResult:
        made = PostResult(
            PostId(f"{number:032x}"), BundleId("b1"), AccountId(kind), "Kitchen Lab", kind,
            "Kitchen clocks", f"https://{kind}.example/1", at(17), Counts(views, 40, 6, 2),
            NOW, 1800.0, lift=1.3,
        )  # fmt: skip
        return replace(made, **more)  # type: ignore[arg-type]  # any field of it

    first = (result(1, "youtube", 4210), result(2, "tiktok", 1980, young=True, first_week=None))
    second = (replace(result(3, "youtube", 310, title="Why the sky is blue"), bundle=BundleId("b2"),
                      first_week=290.0, lift=0.6),)  # fmt: skip
    videos = (
        VideoResult(BundleId("b1"), "Kitchen clocks", at(17), first, Counts(6190, 80, 12, 4)),
        VideoResult(BundleId("b2"), "Why the sky is blue", at(10), second, Counts(310, 40, 6, 2),
                    first_week=290.0),
    )  # fmt: skip
    return Overview(videos, days, NOW - 3600)


class FakeTests(Fake):
    """A/B tests in memory."""

    def __init__(self, tests: Sequence[ABTest] = ()) -> None:
        super().__init__()
        self.all = list(tests)

    async def list(self) -> tuple[ABTest, ...]:
        """All."""
        self.note("list")
        return tuple(self.all)

    async def begin(self, post: PostId, variants: Sequence[Variant]) -> ABTest:
        """Note it."""
        self.note("begin", post, tuple(variants))
        return ab_test()

    async def guide(self, post: PostId, variants: Sequence[Variant]) -> ABTest:
        """Note it."""
        self.note("guide", post, tuple(variants))
        return ab_test(way=TestWay.GUIDED)

    async def enter(
        self, test: TestId, shares: Sequence[float | None], winner: int | None = None
    ) -> ABTest:
        """Note it."""
        self.note("enter", test, tuple(shares), winner)
        return ab_test(state=TestState.WON, winner=winner)

    async def stop(self, test: TestId, keep: int = 0) -> ABTest:
        """Note it."""
        self.note("stop", test, keep)
        self.all = [replace(one, state=TestState.STOPPED) for one in self.all]
        return self.all[0]


class FakeRules(Fake):
    """Rules in memory."""

    def __init__(self, rules: Sequence[Rule] = (), found: Sequence[Proposal] = ()) -> None:
        super().__init__()
        self.all = {one.id: one for one in rules}
        self.found = list(found)

    async def rules(self) -> tuple[Rule, ...]:
        """All."""
        self.note("rules")
        return tuple(self.all.values())

    async def put(self, rule: Rule) -> Rule:
        """Keep it."""
        self.note("put", rule)
        kept = rule if rule.id else replace(rule, id=RuleId(f"r{len(self.all) + 1}"))
        self.all[kept.id] = kept
        return kept

    async def remove(self, rule: RuleId) -> None:
        """Forget it."""
        self.note("remove", rule)
        self.all.pop(rule)

    async def proposals(self) -> tuple[Proposal, ...]:
        """What they found."""
        return tuple(self.found)

    async def send(self, rule: RuleId, post: PostId) -> None:
        """Note it."""
        self.note("send", rule, post)

    async def dismiss(self, rule: RuleId, post: PostId) -> None:
        """Note it."""
        self.note("dismiss", rule, post)
        self.found = [one for one in self.found if (one.rule, one.post) != (rule, post)]

    async def again(self, rule: RuleId, post: PostId) -> None:
        """Note it."""
        self.note("again", rule, post)


class FakeResults(Fake):
    """Results in memory."""

    def __init__(
        self,
        overview: Overview | None = None,
        tests: Sequence[ABTest] = (),
        rules: Sequence[Rule] = (),
        found: Sequence[Proposal] = (),
    ) -> None:
        super().__init__()
        self.figures = overview or Overview()
        self.tests = FakeTests(tests)
        self.repurposing = FakeRules(rules, found)

    async def overview(self, start: float, end: float, account: str = "") -> Overview:
        """The figures."""
        self.note("overview", start, end)
        return self.figures

    async def fetch(self) -> int:
        """Note it."""
        self.note("fetch")
        return 1

    async def export(self, out: Path) -> Path:
        """Note it."""
        self.note("export", out)
        return out


def entry(number: int, kind: str = "post.sent", about: str = "youtube") -> Entry:
    """An entry of the log."""
    facts = {"title": f"Video {number}"}
    return Entry(number, NOW - 3600 * (200 - number), kind, about, facts, f"{number:064x}")


class FakeAudit(Fake):
    """A log in memory."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self.all = list(entries)
        self.wrong: int | None = None

    async def entries(
        self, after: int = 0, limit: int = 100, about: str | None = None
    ) -> tuple[Entry, ...]:
        """Some of it."""
        self.note("entries", after, limit)
        return tuple(one for one in self.all if one.number > after)[:limit]

    async def last(self) -> int:
        """The number of the latest."""
        self.note("last")
        return self.all[-1].number if self.all else 0

    async def check(self) -> int | None:
        """The first that is wrong."""
        self.note("check")
        return self.wrong

    async def export(self, path: Path) -> Path:
        """Note it."""
        self.note("export", path)
        return path / "audit.csv"

    async def forget(self, about: str) -> int:
        """Erase it."""
        self.note("forget", about)
        gone = [one for one in self.all if one.about == about]
        self.all = [replace(one, about="", facts=None) if one in gone else one for one in self.all]
        return len(gone)


def watched(
    number: int, state: WatchedState = WatchedState.WAITING, **changes: object
) -> WatchedFile:
    """A film of a watched folder."""
    made = WatchedFile(f"{number:064x}", f"/new/clip{number}.mp4".encode(), 1000, state, NOW,
                       f"Clip {number}", posts=(PostId(f"{number:032x}"),))  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


class FakeCurator(Fake):
    """Watched folders in memory."""

    def __init__(self, files: Sequence[WatchedFile] = ()) -> None:
        super().__init__()
        self.all = list(files)

    async def files(self) -> tuple[WatchedFile, ...]:
        """All."""
        self.note("files")
        return tuple(self.all)

    async def again(self, digest: str) -> None:
        """Note it."""
        self.note("again", digest)
