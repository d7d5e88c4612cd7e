"""Publishes reels on a professional Instagram account, and tells how they do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.api import (
    AppError,
    AuthRequired,
    HttpAnswer,
    InvalidInput,
    ProviderContext,
    Unavailable,
    text,
)
from app.api.pieces import FilePart
from app.api.publishing import (
    Account,
    Doorway,
    Figures,
    Found,
    PostFile,
    PostStep,
    PostWanted,
    Stage,
    Trace,
)
from app.api.signing_in import OAuthWays, Renewal, SignedIn, SignIn
from plugins.instagram.client import Client, Places
from plugins.instagram.parsers import (
    ERROR,
    EXPIRED,
    FINISHED,
    HOUR,
    NAME,
    PUBLISHED,
    Medium,
    Person,
    Standing,
    document_of,
    failure_of,
    is_missing,
    newest,
    parse_figures,
    taken,
    tries_again,
    trouble_of,
    wants_whole,
)
from plugins.instagram.sessions import LONG_AFTER, Reel, anew, read_reel, tries_of
from plugins.instagram.wishes import checked_video, container_body, words_of

FILE = Path(__file__).with_name("places.json")
SCOPES = (
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_insights",
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
)
LIFE = 60 * 86_400.0
"""Seconds of an access that was exchanged for a longer one."""
SLACK = 300.0
"""Seconds by which this clock and Instagram's may differ."""


class Instagram(SignedIn):
    """Implements `Publishes`, `ReportsFigures` and `SignsIn`."""

    def __init__(
        self,
        sign_in: SignIn,
        places: Places,
        *,
        account: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.sign_in = sign_in
        self.clock = clock
        self._places = places
        self._named = account.strip().lstrip("@").lower()
        self._client = Client(self.send, sign_in, places)
        self._sure: dict[str, int] = {}  # bytes Instagram just said it has, by container

    async def account(self) -> Account:
        """Return who posts."""
        person = await self._person()
        name = person.name or person.page or NAME
        url = f"{self._places.places['posts']}/{person.name}/" if person.name else ""
        return Account(person.id, name, url)

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Make a container, send a piece, or look how it is worked on."""
        reel = read_reel(session)
        if reel is not None and reel.ended:
            return await self._after(wanted, reel)
        video = checked_video(wanted, self._places.limits, self.clock())
        if reel is None:
            return await self._begin(wanted, video, tries_of(session))
        if reel.size != video.size:
            return self._anew(reel)
        if reel.sent < reel.size:
            return await self._send_piece(reel, video)
        return await self._look(wanted, reel)

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Publish the container; one container becomes one post at most."""
        reel = read_reel(session)
        if reel is None:
            raise InvalidInput("errors.post_upload_lost", name=NAME)
        if reel.ended:
            return reel.working(self.clock())
        try:
            document = await self._client.publish(reel.person, reel.container)
        except AppError as error:
            if isinstance(error, Unavailable | AuthRequired) or not await self._is_out(reel):
                raise
            document = {}
        medium = text(document.get("id"), 40)
        reel = reel.published(self.clock(), medium if medium.isdecimal() else "")
        return reel.working(self.clock())

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Ask the container, and look among the own posts."""
        reel = read_reel(session)
        if reel is None:
            return Found(Trace.UNKNOWN)
        standing = await self._standing(reel)
        if standing.state == FINISHED:
            return Found(Trace.ABSENT)
        medium = await self._among_own(wanted, reel)
        if medium is not None:
            out = reel.published(self.clock(), medium.id)
            return Found(Trace.THERE, out.done(medium.id, medium.url))
        if standing.state == PUBLISHED:
            return Found(Trace.THERE, reel.published(self.clock()).working(self.clock()))
        return Found(Trace.ABSENT if standing.state == ERROR else Trace.UNKNOWN)

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return how reels do; one that is gone is left out."""
        found = []
        for remote in remotes[:50]:
            if not remote.isdecimal():
                continue
            answer = await self._client.insights(remote)
            if is_missing(answer):
                continue
            found.append(parse_figures(document_of(answer), remote))
        return found

    async def _person(self) -> Person:
        """The account that posts: the one the owner named, or the only one."""
        people = await self._client.people()
        if not people:
            raise InvalidInput("errors.post_no_professional", name=NAME)
        if self._named:
            people = [one for one in people if one.name.lower() == self._named]
            if not people:
                raise InvalidInput("errors.post_account_unknown", name=NAME, account=self._named)
        if len(people) > 1:
            names = ", ".join(one.name or one.page for one in people[:20])
            raise InvalidInput("errors.post_which_account", name=NAME, names=names)
        return people[0]

    async def _begin(self, wanted: PostWanted, video: PostFile, tries: int) -> PostStep:
        body = container_body(wanted, self._places.limits)
        person = await self._person()
        made = await self._client.open(person.id, body)
        reel = Reel(person.id, made.id, made.address, video.size, self.clock(), anew=tries)
        self._sure[made.id] = 0
        return reel.reached(0, self.clock())

    async def _send_piece(self, reel: Reel, video: PostFile) -> PostStep:
        """Send the next piece; after a cut Instagram is asked first how much it has."""
        if self._sure.pop(reel.container, None) != reel.sent:
            told = await self._client.reach(reel)
            at = reel.sent if told is None or told > reel.size else told
            self._sure[reel.container] = at
            return reel.reached(at, self.clock())
        rest = reel.size - reel.sent
        count = rest if reel.whole else min(rest, self._places.limits["piece"])
        answer = await self._client.piece(reel, FilePart(video.path, reel.sent, count))
        if taken(answer):
            self._sure[reel.container] = reel.sent + count
            return reel.reached(reel.sent + count, self.clock())
        return await self._not_taken(reel, answer, whole=count == rest)

    async def _not_taken(self, reel: Reel, answer: HttpAnswer, *, whole: bool) -> PostStep:
        """Mend an upload: go on where it is, send the rest at once, or begin anew."""
        if wants_whole(answer) and not whole:
            return replace(reel, whole=True).reached(reel.sent, self.clock())
        if tries_again(answer):
            trouble = trouble_of(answer)
            raise trouble or Unavailable("errors.post_failed_there", name=NAME)
        standing = await self._standing(reel)
        if standing.state == ERROR:
            raise failure_of(standing)
        told = None if standing.state == EXPIRED else await self._client.reach(reel)
        if told is None or told == reel.sent or told > reel.size:
            return self._anew(reel)
        self._sure[reel.container] = told
        return reel.reached(told, self.clock())

    async def _look(self, wanted: PostWanted, reel: Reel) -> PostStep:
        """See how the video is worked on."""
        standing = await self._standing(reel)
        if standing.state == ERROR:
            raise failure_of(standing)
        if standing.state == EXPIRED:
            return self._anew(reel)
        if standing.state == PUBLISHED:
            return await self._after(wanted, reel.published(self.clock()))
        if standing.state != FINISHED:
            return reel.working(self.clock())
        if not await self._client.may_publish(reel.person):
            raise Unavailable("errors.post_limit_there", name=NAME, retry_after=HOUR)
        return reel.ready()

    async def _after(self, wanted: PostWanted, reel: Reel) -> PostStep:
        """It is out: learn its name and its address."""
        if reel.medium:
            document = await self._client.medium(reel.medium)
            return reel.done(reel.medium, text(document.get("permalink"), 500))
        medium = await self._among_own(wanted, reel)
        if medium is not None:
            return reel.done(medium.id, medium.url)
        if self.clock() - reel.ended > LONG_AFTER:
            return reel.done("", "")  # it is there, under a name nobody knows
        return reel.working(self.clock())

    async def _among_own(self, wanted: PostWanted, reel: Reel) -> Medium | None:
        """The own post that says the same and is younger than the container."""
        media = await self._client.newest(reel.person)
        return newest(media, words_of(wanted, self._places.limits), reel.begun - SLACK)

    async def _standing(self, reel: Reel) -> Standing:
        """How a container stands; one that is forgotten after its day counts as expired."""
        try:
            return await self._client.standing(reel.container)
        except Unavailable as error:
            old = self.clock() - reel.begun > self._places.limits["container_seconds"]
            if error.key == "errors.post_unknown_there" and old:
                return Standing(EXPIRED)
            raise

    async def _is_out(self, reel: Reel) -> bool:
        """Whether a container that cannot be published is so already."""
        try:
            return (await self._standing(reel)).state == PUBLISHED
        except AuthRequired as error:  # it does not say that nothing has happened
            raise Unavailable("errors.post_unknown_there", name=NAME) from error

    def _anew(self, reel: Reel) -> PostStep:
        """Begin once more: nothing of a container is seen that was not published."""
        return PostStep(Stage.SENDING, anew(reel.text()), fraction=0.0)


async def setup(context: ProviderContext) -> Instagram:
    """Build the provider; nobody needs to be signed in for that."""
    known = json.loads(FILE.read_text())
    places = Places(known["places"], known["version"], known["metrics"], known["limits"])
    graph, dialog = places.places["graph"], places.places["authorize"]
    ways = OAuthWays(
        name=NAME,
        authorize=f"{dialog}/{places.version}/dialog/oauth",
        token=f"{graph}/{places.version}/oauth/access_token",
        scopes=SCOPES,
        separator=",",
        doorway=Doorway("localhost", places.limits["doorway_port"], "/callback/"),
        renewal=Renewal.EXCHANGE,
        lifetime=LIFE,
        needed=("instagram_basic", "instagram_content_publish"),
    )
    secret = await context.secrets.get("client_secret") or ""
    sign_in = SignIn(
        ways, context.http, context.secrets, str(context.settings["client_id"]), secret
    )
    return Instagram(sign_in, places, account=str(context.settings["account"]))
