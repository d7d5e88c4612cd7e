"""Rules on the figures: what does well is made anew in another form, and proposed or published."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.domain.errors import AppError, InvalidInput, Unavailable
from app.domain.events import FiguresChanged, NoticeLevel, NoticeRaised, StudioChanged
from app.domain.post import Post, PostId, PostState
from app.domain.results import Proposal, ProposalState, Remake, Rule, RuleId
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.intelligence.tasks.translating import Going
from app.services.results.fetching import Look
from app.services.results.ports import Publishing
from app.services.results.store import Found, ResultsStore
from app.services.results.variants import Variants

log = logging.getLogger(__name__)

SOURCE: Final = "repurpose"
MOST_RULES: Final = 50
MOST_CONDITIONS: Final = 5
LONGEST_NAME: Final = 100
RETRY: Final = 900.0
"""Seconds until what could not be made for now is tried again."""
TELLING: Final = 5.0
"""Seconds between two words on how far a translation is."""
_STATES: Final = (ProposalState.MAKING,)


class _Left(AppError):
    """The owner dismissed what was being made."""


class Repurposing:
    """Lives on the service loop. What was found is kept first, then made, one after the other."""

    def __init__(
        self, store: ResultsStore, publishing: Publishing, variants: Variants, bus: EventBus
    ) -> None:
        self._store, self._publishing = store, publishing
        self._variants, self._bus = variants, bus
        self._scope = Supervisor("repurposing")
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()
        self._subscription: Subscription | None = None

    async def open(self) -> None:
        """Go on with what is being made."""
        self._subscription = self._bus.on(StudioChanged, lambda _event: self._news.set())
        self._scope.spawn(self._run(), "variants")

    async def close(self) -> None:
        """End until the next start."""
        if self._subscription is not None:
            self._subscription.close()
        await self._scope.close()

    async def rules(self) -> tuple[Rule, ...]:
        """All rules."""
        return await self._store.rules()

    async def put(self, rule: Rule) -> Rule:
        """Keep a rule; an empty id makes a new one. `InvalidInput` when it cannot be one."""
        good = _checked(rule)
        known = await self._store.rules()
        if all(one.id != good.id for one in known) and len(known) >= MOST_RULES:
            raise InvalidInput("errors.rule_too_many", most=MOST_RULES)
        await self._store.put_rule(good)
        self._bus.publish(FiguresChanged())
        return good

    async def remove(self, rule: RuleId) -> None:
        """Forget a rule; what it found stays."""
        await self._store.remove_rule(rule)
        self._bus.publish(FiguresChanged())

    async def proposals(self) -> tuple[Proposal, ...]:
        """What rules found, the latest first."""
        return tuple(found.proposal for found in await self._store.proposals())

    async def send(self, rule: RuleId, post: PostId) -> None:
        """Publish what was made; `InvalidInput` when nothing is ready."""
        async with self._turn:
            found = await self._store.proposal(rule, post)
            if found.proposal.state is not ProposalState.PROPOSED or not found.proposal.posts:
                raise InvalidInput("errors.proposal_not_ready")
            await self._send(found.proposal.posts)
            await self._store.change_proposal(rule, post, state=ProposalState.SENT)
        self._bus.publish(FiguresChanged())

    async def dismiss(self, rule: RuleId, post: PostId) -> None:
        """Leave it; its drafts stay in the calendar until they are cancelled there."""
        async with self._turn:
            await self._store.proposal(rule, post)
            await self._store.change_proposal(rule, post, state=ProposalState.DISMISSED)
        self._bus.publish(FiguresChanged())

    async def again(self, rule: RuleId, post: PostId) -> None:
        """Try once more what failed, or what was left."""
        async with self._turn:
            found = await self._store.proposal(rule, post)
            if found.proposal.state in (ProposalState.FAILED, ProposalState.DISMISSED):
                project = "" if not found.proposal.video else found.proposal.project
                await self._store.change_proposal(
                    rule, post, state=ProposalState.MAKING, project=project, message="", args={}
                )
        self._news.set()
        self._bus.publish(FiguresChanged())

    async def judge(self, looks: Sequence[Look]) -> int:
        """Ask every rule about what was just seen; returns how much they found."""
        rules = [rule for rule in await self._store.rules() if rule.enabled]
        found = 0
        for look in looks:
            for rule in rules:
                if _applies(rule, look):
                    seen = getattr(look.snapshot.counts, rule.conditions[0].metric.value)
                    title = look.post.words.title
                    found += await self._store.propose(rule, look.post.id, title, seen or 0)
        if found:
            self._news.set()
        return found

    async def step(self) -> bool:
        """Go on with everything that is being made; whether something waits for a better time."""
        waits = False
        for found in reversed(await self._store.proposals(*_STATES)):
            if await self._wanted(found.proposal):
                waits |= await self._guarded(found)
        return waits

    async def _wanted(self, one: Proposal) -> bool:
        """Whether it is still to be made: nobody has dismissed it meanwhile."""
        fresh = await self._store.proposal(one.rule, one.post)
        return fresh.proposal.state is ProposalState.MAKING

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                waits = await self.step()
            except DBAPIError:  # the disk is full, for example
                log.exception("What rules made could not be written down")
                waits = True
            try:
                async with asyncio.timeout(RETRY if waits else None):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _guarded(self, found: Found) -> bool:
        one = found.proposal
        try:
            if not await self._advance(found):
                return False
        except _Left:
            log.info("A variant was dismissed while it was made")
            return False
        except Unavailable as error:
            log.info("A variant waits: %s", error)
            await self._store.change_proposal(
                one.rule, one.post, message=error.key, args=dict(error.args_map)
            )
            return True
        except AppError as error:
            log.info("A variant cannot be made: %s", error)
            await self._store.change_proposal(
                one.rule, one.post, state=ProposalState.FAILED, message=error.key,
                args=dict(error.args_map),
            )  # fmt: skip
            told = {**error.args_map, "title": one.title, "reason": error.key}
            self._bus.publish(NoticeRaised(NoticeLevel.WARN, "notices.remake_failed", told))
        self._bus.publish(FiguresChanged())
        return False

    async def _advance(self, found: Found) -> bool:
        """The next steps of one, as far as they go now; whether it moved on."""
        one, rule = found.proposal, found.rule
        post = await self._publishing.post(one.post)
        if not one.video:
            project = one.project or await self._begun(post, rule)
            video = (
                await self._variants.finished(project)
                if project
                else await self._variants.coded(post, rule, self._going(one))
            )
            if not video:
                return False  # the Studio tells when it is made
            await self._store.change_proposal(rule.id, post.id, video=video)
            one = replace(one, video=video, project=project)
        async with self._turn:
            if await self._wanted(one):
                await self._offered(replace(found, proposal=one))
        return True

    def _going(self, one: Proposal) -> Going:
        """Tells how far its translation is, and ends it once the owner has dismissed it."""
        told = float("-inf")

        async def going(done: int, parts: int) -> None:
            nonlocal told
            if not await self._wanted(one):
                raise _Left("errors.proposal_gone")
            if time.monotonic() - told < TELLING:
                return
            told = time.monotonic()
            args = {"done": done, "all": parts}
            await self._store.change_proposal(
                one.rule, one.post, message="results.translating", args=args
            )
            self._bus.publish(FiguresChanged())

        return going

    async def _begun(self, post: Post, rule: Rule) -> str:
        """The Studio's project of a variant, written down; none of a video it did not make."""
        project = await self._variants.begin(post, rule) if post.project else ""
        if project:
            await self._store.change_proposal(rule.id, post.id, project=project)
        return project

    async def _offered(self, found: Found) -> None:
        """Write its posts down, and let them go out when the rule says so."""
        one, rule = found.proposal, found.rule
        posts = await self._drafts(found)
        state = ProposalState.PROPOSED
        if rule.publish and posts:
            await self._send(posts)
            state = ProposalState.SENT
        await self._store.change_proposal(
            rule.id, one.post, state=state, posts=posts, message="", args={}
        )
        args: dict[str, object] = {"title": one.title, "rule": rule.name}
        key = "notices.remake_sent" if state is ProposalState.SENT else "notices.remake_ready"
        self._bus.publish(NoticeRaised(NoticeLevel.GOOD, key, args, desktop=True))

    async def _send(self, posts: Sequence[PostId]) -> None:
        """Let those go out that have not yet: an earlier try may have been cut off."""
        kept = [await self._publishing.post(one) for one in posts]
        drafts = [one.id for one in kept if one.state is PostState.DRAFT]
        if drafts:
            await self._publishing.send(drafts)

    async def _drafts(self, found: Found) -> tuple[PostId, ...]:
        """The posts of a variant: made once, however often an earlier try was cut off."""
        one, rule = found.proposal, found.rule
        if one.posts or not rule.accounts:
            return one.posts
        post = await self._publishing.post(one.post)
        said = await self._variants.told(post, rule, one.project)
        made = await self._publishing.compose(
            one.video, rule.accounts, said.words, manner=post.manner, thumbnail=said.thumbnail,
            project=one.project, source=SOURCE, language=said.language, channel=post.channel,
            bundle=_bundle(rule.id, post.id),
        )  # fmt: skip
        return tuple(draft.id for draft in made)


def _bundle(rule: RuleId, post: PostId) -> str:
    return hashlib.sha256(f"{rule} {post}".encode()).hexdigest()[:32]


def _applies(rule: Rule, look: Look) -> bool:
    post = look.post
    if post.source == SOURCE or (rule.sources and post.account not in rule.sources):
        return False  # what rules made is not made anew for ever
    age = look.snapshot.at - post.ended
    return bool(rule.conditions) and all(
        one.met(look.snapshot.counts, age) for one in rule.conditions
    )


def _checked(rule: Rule) -> Rule:
    name = " ".join(rule.name.split())[:LONGEST_NAME]
    if not name or not 1 <= len(rule.conditions) <= MOST_CONDITIONS:
        raise InvalidInput("errors.rule_empty")
    if any(one.over < 0 or not 0 <= one.hours <= 24 * 366 for one in rule.conditions):
        raise InvalidInput("errors.rule_number")
    if rule.remake is Remake.LANGUAGE and not (len(rule.language) == 2 and rule.language.isalpha()):
        raise InvalidInput("errors.rule_language")
    if rule.remake is Remake.SHORT and not 10 <= rule.seconds <= 180:
        raise InvalidInput("errors.rule_seconds", least=10, most=180)
    if rule.publish and not rule.accounts:
        raise InvalidInput("errors.rule_nowhere")
    return replace(rule, id=rule.id or RuleId(secrets.token_hex(8)), name=name)
