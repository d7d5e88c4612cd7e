"""Rules: found once, made by the Studio or with real ffmpeg, proposed or sent exactly once."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.api.thinking import Heard, Transcript
from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import StudioChanged
from app.domain.post import AccountId, Attached, Post, PostState
from app.domain.project import Brief, Details, ProjectId, ProjectState, Scene, Script, Shape
from app.domain.results import (
    Condition,
    Counts,
    Metric,
    Proposal,
    ProposalState,
    Remake,
    Rule,
    RuleId,
)
from app.infra.ffmpeg.facts import facts
from app.services.results.remaking import Wanted
from tests.fakes.films import Film, make
from tests.unit.services.results.house import DAY, HOUR, House

TIKTOK = (AccountId("tiktok1"),)
HIT = Rule(RuleId(""), "Hits", (Condition(),), Remake.VERTICAL, TIKTOK)
BRIEF = Brief("Kitchen clocks", shape=Shape.WIDE, seconds=120)
SCRIPT = Script("Clocks", (Scene("1", "Time bends."), Scene("2", "Look at it.")))


async def look(house: House, post: Post, **counts: int) -> None:
    house.count(post, **counts)
    await house.results.fetch([post.id])


async def only(house: House) -> Proposal:
    (one,) = await house.repurposing.proposals()
    return one


@pytest.mark.parametrize(
    ("condition", "counts", "hours", "expected"),
    [
        (Condition(), Counts(1_001), 47, True),
        (Condition(), Counts(1_000), 47, False),
        (Condition(), Counts(5_000), 49, False),
        (Condition(hours=0), Counts(5_000), 9_999, True),
        (Condition(), Counts(None, likes=5_000), 1, False),
        (Condition(Metric.LIKES, 10), Counts(1, likes=11), 1, True),
    ],
)
def test_a_condition(condition: Condition, counts: Counts, hours: int, expected: bool) -> None:
    assert condition.met(counts, hours * HOUR) is expected


@pytest.fixture(scope="session")
def clip() -> Path:
    """A small wide film with sound."""
    return make(Film(container="mp4", seconds=2.0))


async def test_a_rule_finds_a_post_once(house: House, clip: Path) -> None:
    rule = await house.repurposing.put(HIT)
    assert rule.id
    low = house.posts.put(days=1)
    post = house.posts.put(days=1, attached=Attached(video=bytes(clip)))
    await look(house, low, views=900)
    assert await house.repurposing.proposals() == ()
    for views in (1_500, 1_600):
        await look(house, post, views=views)
    found = await only(house)
    assert (found.seen, found.post, found.state) == (1_500, post.id, ProposalState.MAKING)
    await house.repurposing.step()
    made = await only(house)
    assert made.state is ProposalState.PROPOSED
    known = await facts(made.video)
    assert (known.width, known.height, known.video) == (1080, 1920, "h264")
    assert known.sounds
    assert known.fast_start
    (draft,) = [await house.posts.post(one) for one in made.posts]
    assert (draft.source, draft.account, draft.state) == ("repurpose", "tiktok1", PostState.DRAFT)
    assert draft.words == post.words
    assert house.posts.sent == []
    await house.repurposing.send(made.rule, made.post)
    assert house.posts.sent == list(made.posts)
    assert (await only(house)).state is ProposalState.SENT
    with pytest.raises(InvalidInput):
        await house.repurposing.send(made.rule, made.post)


async def test_a_rule_asks_all_its_conditions_of_its_own_accounts(house: House) -> None:
    both = (Condition(), Condition(Metric.LIKES, 100, 0))
    await house.repurposing.put(replace(HIT, conditions=both, sources=TIKTOK))
    off = await house.repurposing.put(replace(HIT, enabled=False))
    await look(house, house.posts.put(days=1), views=9_000, likes=900)
    mine = house.posts.put("tiktok1", days=1)
    await look(house, mine, views=9_000, likes=3)
    await look(
        house, house.posts.put("tiktok1", days=1, source="repurpose"), views=9_000, likes=900
    )
    assert await house.repurposing.proposals() == ()
    house.now += 5 * DAY  # too late for the views
    await look(house, mine, views=9_000, likes=900)
    assert await house.repurposing.proposals() == ()
    await house.repurposing.remove(off.id)
    assert len(await house.repurposing.rules()) == 1


def studio(house: House, **changes: object) -> ProjectId:
    return house.projects.put(BRIEF, ProjectState.DONE, script=SCRIPT, **changes)


@pytest.mark.parametrize(
    ("remake", "expected"),
    [
        (Remake.VERTICAL, replace(BRIEF, text="Time bends.\n\nLook at it.", shape=Shape.PORTRAIT)),
        (Remake.SUBTITLED, replace(BRIEF, text="Time bends.\n\nLook at it.", captions=True)),
        (Remake.SHORT, replace(BRIEF, seconds=45, shape=Shape.PORTRAIT)),
        (Remake.LANGUAGE, replace(BRIEF, language="fr")),
    ],
)
async def test_the_studio_makes_variants_of_its_own_videos(
    house: House, tmp_path: Path, remake: Remake, expected: Brief
) -> None:
    source = studio(house)
    rule = replace(HIT, remake=remake, language="fr", seconds=45, publish=True)
    await house.repurposing.put(rule)
    await house.repurposing.open()
    try:
        await look(house, house.posts.put(days=1, project=source), views=2_000)
        async with asyncio.timeout(30):
            while not house.projects.started:  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.01)
        assert house.projects.views["p1"].brief == expected
        made = tmp_path / "made.mp4"
        made.write_bytes(b"film")
        told = Details("Horloges", "Le temps", ("temps",))
        house.projects.set("p1", ProjectState.DONE, video=str(made), details=told)
        card = house.projects.views["p1"].card
        house.bus.publish(StudioChanged(ProjectId("p1"), card))
        async with asyncio.timeout(30):
            while (await only(house)).state is not ProposalState.SENT:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
    finally:
        await house.repurposing.close()
    (post,) = [await house.posts.post(one) for one in (await only(house)).posts]
    assert post.attached.video == os.fsencode(made)
    assert post.project == "p1"
    assert post.language == ("fr" if remake is Remake.LANGUAGE else "en")
    assert post.words.title == ("Horloges" if remake is Remake.LANGUAGE else "Video 0")
    assert house.posts.sent == [post.id]


async def test_a_kill_leaves_one_project_that_runs_and_one_set_of_drafts(
    house: House, tmp_path: Path
) -> None:
    rule = await house.repurposing.put(replace(HIT, publish=True))
    post = house.posts.put(days=1, project=studio(house))
    await look(house, post, views=2_000)
    await house.repurposing.step()
    assert house.projects.started == ["p1"]
    await house.repurposing.step()  # as after a restart
    assert list(house.projects.views) == ["p0", "p1"]
    (tmp_path / "made.mp4").write_bytes(b"film")
    house.projects.set("p1", ProjectState.DONE, video=str(tmp_path / "made.mp4"))
    house.posts.after_compose = Unavailable("errors.away")  # the drafts are there, nobody knows
    await house.repurposing.step()
    assert (await only(house)).state is ProposalState.MAKING
    await house.repurposing.step()
    made = await house.store.proposal(rule.id, post.id)
    assert made.proposal.state is ProposalState.SENT
    assert house.posts.composed == 1
    await house.store.change_proposal(  # killed between sending and noting it
        rule.id, post.id, state=ProposalState.MAKING, posts=()
    )
    await house.repurposing.step()
    assert (await only(house)).posts == made.proposal.posts
    assert house.posts.sent == list(made.proposal.posts)


async def test_a_project_that_failed_is_waited_for(house: House) -> None:
    await house.repurposing.put(HIT)
    await look(house, house.posts.put(days=1, project=studio(house)), views=2_000)
    await house.repurposing.step()
    house.projects.set("p1", ProjectState.FAILED)
    assert await house.repurposing.step() is True
    found = await only(house)
    assert (found.state, found.reason) == (ProposalState.MAKING, "errors.remake_studio")


async def test_a_dismissed_one_is_not_made_and_can_be_taken_up_again(
    house: House, clip: Path
) -> None:
    rule = await house.repurposing.put(HIT)
    post = house.posts.put(days=1, attached=Attached(video=bytes(clip)))
    await look(house, post, views=2_000)
    await house.repurposing.dismiss(rule.id, post.id)
    await house.repurposing.step()
    assert (await only(house)).state is ProposalState.DISMISSED
    await house.repurposing.again(rule.id, post.id)
    await house.repurposing.step()
    assert (await only(house)).state is ProposalState.PROPOSED
    with pytest.raises(NotFound):
        await house.repurposing.send(RuleId("no"), post.id)


async def test_what_cannot_be_made_is_told_once(house: House, tmp_path: Path) -> None:
    await house.repurposing.put(replace(HIT, remake=Remake.LANGUAGE, language="fr"))
    post = house.posts.put(days=1, attached=Attached(video=bytes(tmp_path / "gone.mp4")))
    await look(house, post, views=2_000)
    for _ in range(2):
        await house.repurposing.step()
    found = await only(house)
    assert (found.state, found.reason) == (ProposalState.FAILED, "errors.cast_file_gone")
    assert [one.key for one in house.notices] == ["notices.remake_failed"]


@pytest.mark.parametrize(
    "bad",
    [
        replace(HIT, name=" "),
        replace(HIT, conditions=()),
        replace(HIT, conditions=(Condition(over=-1),)),
        replace(HIT, remake=Remake.LANGUAGE, language="klingon"),
        replace(HIT, remake=Remake.SHORT, seconds=3),
        replace(HIT, publish=True, accounts=()),
    ],
)
async def test_a_rule_must_make_sense(house: House, bad: Rule) -> None:
    with pytest.raises(InvalidInput):
        await house.repurposing.put(bad)


async def test_a_short_one_is_upright_and_short(house: House, clip: Path, tmp_path: Path) -> None:
    long = make(Film(container="mp4", seconds=6.0))
    out = tmp_path / "short.mp4"
    await house.remaker.make(Wanted(bytes(long), Remake.SHORT, 5), out)
    known = await facts(bytes(out))
    assert (known.width, known.height) == (1080, 1920)
    assert known.duration == pytest.approx(5.0, abs=0.2)
    before = out.stat()
    await house.remaker.make(Wanted(bytes(long), Remake.SHORT, 5), out)
    assert out.stat() == before  # it was there
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".remake")] == []


async def test_subtitles_are_burnt_in(house: House, clip: Path, tmp_path: Path) -> None:
    film_path = tmp_path / "it's [a] film;,'.mp4"
    film_path.write_bytes(clip.read_bytes())
    plain, said = tmp_path / "heard.mp4", tmp_path / "said.mp4"
    with pytest.raises(InvalidInput, match="remake_no_words"):
        await house.remaker.make(Wanted(bytes(film_path), Remake.SUBTITLED), plain)
    assert not plain.exists()
    house.ears.heard = Transcript("en", (Heard(0.0, 2.0, "Time\nbends {\\an8}here"),))
    await house.remaker.make(Wanted(bytes(film_path), Remake.SUBTITLED), plain)
    film_path.with_suffix(".srt").write_text(
        "1\n00:00:00,000 --> 00:00:02,000\nQuite other words\n"
    )
    await house.remaker.make(Wanted(bytes(film_path), Remake.SUBTITLED), said)
    known = await facts(bytes(plain))
    assert (known.width, known.height) == (320, 180)
    assert plain.read_bytes() != said.read_bytes()


async def test_what_is_no_film_or_gone_is_refused(house: House, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_bytes(b"no film" * 100)
    with pytest.raises(Unsupported):
        await house.remaker.make(
            Wanted(bytes(tmp_path / "text.mp4"), Remake.VERTICAL), tmp_path / "out.mp4"
        )
    with pytest.raises(NotFound):
        await house.remaker.make(
            Wanted(bytes(tmp_path / "gone.mp4"), Remake.VERTICAL), tmp_path / "out.mp4"
        )
