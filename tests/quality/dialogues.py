"""Short invented films in their subtitles: what they are about, and what nobody may tell."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.text import fold
from app.services.intelligence.tasks.summaries import Line, Summary, by_rules


@dataclass(frozen=True, slots=True)
class Film:
    """Its lines; who and what a summary should name; words that only its end has."""

    lines: tuple[str, ...]
    people: tuple[str, ...]
    themes: tuple[str, ...]
    spoilers: tuple[str, ...]


FILMS = (
    Film(
        (
            "[wind howling]",
            "The lighthouse has been dark for three days, Martha.",
            "Nobody crosses to the lighthouse in a storm.",
            "My brother keeps that lighthouse. Something is wrong, and I am going.",
            "Then take the old boat, and take Jonas with you.",
            "Jonas knows the rocks better than anyone in the village.",
            "MARTHA: If the storm turns, come back at once.",
            "We row to the lighthouse tonight, Jonas.",
            "The lamp is cold, the door is open, and the logbook is gone.",
            "Somebody tore out the last page.",
            "Look, there are two cups on the table.",
            "He was not alone here.",
            "It was you, Martha. You drowned him for the insurance.",
            "I burned the logbook in the stove.",
            "The police are waiting at the harbour.",
            "♪ The sea keeps what the sea takes ♪",
        ),
        ("Jonas", "Martha"),
        ("lighthouse", "storm"),
        ("insurance", "drowned", "police", "burned"),
    ),
    Film(
        (
            "Welcome to the bakery, Ms Alvarez. The ovens are older than you are.",
            "My grandmother left me this bakery and a mountain of debt.",
            "The bank wants the bakery by the end of the month.",
            "Then we bake. We bake the best bread in Lisbon, Ms Alvarez.",
            "Tomas, nobody eats bread at six in the morning.",
            "In Lisbon everybody eats bread at six in the morning, Ms Alvarez.",
            "The contest for the best bread is in two weeks.",
            "The prize would pay the bank, Tomas.",
            "Then we enter the contest. With what recipe?",
            "Your grandmother's. It is in this drawer. It was.",
            "Somebody has stolen the recipe.",
            "The critic is in the shop. Smile.",
            "You won, Ms Alvarez! First prize!",
            "The thief was Duarte from the hotel across the street.",
            "Will you marry me, Tomas?",
            "Yes. A thousand times yes.",
        ),
        ("Tomas", "Alvarez", "Lisbon"),
        ("bakery", "bread"),
        ("won", "marry", "Duarte", "thief"),
    ),
    Film(
        (
            "Mission control, this is Ferrier. The probe is awake.",
            "Ferrier, say again. The probe has been silent for forty years.",
            "It is sending the same number, again and again.",
            "The number is a place, Captain. A place on the moon.",
            "We have fuel for the moon, not for the way home.",
            "The crew votes, Ferrier. Everybody votes.",
            "I vote for the moon. The probe wants to show us something.",
            "Doctor Osei, what does the number mean?",
            "Doctor Osei thinks that the probe has learned to count people.",
            "It counts us. There are five of us on board.",
            "It counts six.",
            "Seal the hatch. Seal it now!",
            "The sixth was Osei's son, frozen since the launch.",
            "He is alive. The boy is alive.",
            "Burn the engine. We are going home, all six of us.",
            "Welcome home.",
        ),
        ("Ferrier", "Osei"),
        ("probe", "moon"),
        ("frozen", "son", "alive", "home"),
    ),
)


def lines_of(film: Film) -> tuple[Line, ...]:
    """Its lines, one every ten seconds."""
    return tuple(Line(at * 10.0, text) for at, text in enumerate(film.lines))


def ruled() -> list[Summary]:
    """What the rules say of each."""
    return [by_rules(lines_of(film)) for film in FILMS]


def score(said: list[Summary]) -> float:
    """Half for who and what is named, half for saying it in sentences; nothing when it spoils."""
    points = 0.0
    for told, film in zip(said, FILMS, strict=True):
        words = set(fold(" ".join((told.text, *told.people, *told.themes))).split())
        if any(fold(word) in words for word in film.spoilers):
            continue
        wanted = [fold(one) for one in (*film.people, *film.themes)]
        points += 0.5 * sum(one in words for one in wanted) / len(wanted)
        points += 0.5 * (1 <= told.text.count(".") + told.text.count("!") <= 6)
    return points / len(FILMS)
