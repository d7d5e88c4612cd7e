"""Wishes in free words, and what a person reads in them."""

from __future__ import annotations

from app.services.intelligence.tasks.wishes import Wish, by_rules

KNOWN = ("Hayao Miyazaki", "Agnès Varda", "Buster Keaton", "Kelly Reichardt")
CASES: tuple[tuple[str, Wish], ...] = (
    ("slow science fiction with a happy end", Wish(("Science Fiction",))),
    ("a funny western", Wish(("Comedy", "Western"))),
    ("something with Buster Keaton", Wish((), ("Buster Keaton",))),
    ("buster keaton comedies from the 20s", Wish(("Comedy",), ("Buster Keaton",), 1920, 1929)),
    ("a war film by Stanley Kubrick", Wish(("War",), ("Stanley Kubrick",))),
    ("un documentaire d'agnes varda", Wish(("Documentary",), ("Agnès Varda",))),
    ("horror after 2010", Wish(("Horror",), (), 2010)),
    ("horror before 1970 with vampires", Wish(("Horror",), (), None, 1970)),
    ("films des années 80 avec Arnold Schwarzenegger",
     Wish((), ("Arnold Schwarzenegger",), 1980, 1989)),
    ("an animated film for kids under 90 minutes",
     Wish(("Animation", "Family"), (), None, None, 90)),
    ("une comédie romantique de moins de 2 heures",
     Wish(("Comedy", "Romance"), (), None, None, 120)),
    ("love story in space", Wish(("Romance", "Science Fiction"))),
    ("heist movies", Wish(("Crime",))),
    ("scary but not gory, from 1968", Wish(("Horror",), (), 1968, 1968)),
    ("musicals from the fifties", Wish(("Music",), (), 1950, 1959)),
    ("something miyazaki made with dragons", Wish(("Fantasy",), ("Hayao Miyazaki",))),
    ("tense spy thriller with Michael Caine", Wish(("Thriller",), ("Michael Caine",))),
    ("a whodunit in a country house", Wish(("Mystery",))),
    ("historical drama about a queen", Wish(("History", "Drama"))),
    ("un film de gangsters de Jean-Pierre Melville", Wish(("Crime",), ("Jean-Pierre Melville",))),
    ("boxing film, black and white", Wish(("Sport",))),
    ("time travel comedy", Wish(("Science Fiction", "Comedy"))),
    ("films between 1990 and 1995", Wish((), (), 1990, 1995)),
    ("new documentary about climbing, at most 100 min",
     Wish(("Documentary",), (), None, None, 100)),
    ("a quiet film by Kelly Reichardt", Wish((), ("Kelly Reichardt",))),
    ("zombie movies from 2016 or so", Wish(("Horror",), (), 2016, 2016)),
    ("samurai film", Wish(())),
    ("feel good movie for a rainy sunday", Wish(())),
    ("police procedural from France", Wish(("Crime",))),
    ("biopic of a musician", Wish(("Biography",))),
)  # fmt: skip


def ruled() -> list[Wish]:
    """What the rules read."""
    return [by_rules(text, KNOWN) for text, _ in CASES]


def score(said: list[Wish]) -> float:
    """The part of the fields read rightly: genres, people, years, length; empty ones count too."""
    right = total = 0
    for told, (_, truth) in zip(said, CASES, strict=True):
        pairs = (
            (set(told.genres), set(truth.genres)), (set(told.people), set(truth.people)),
            ((told.first_year, told.last_year), (truth.first_year, truth.last_year)),
            (told.minutes, truth.minutes),
        )  # fmt: skip
        right += sum(one == other for one, other in pairs)
        total += len(pairs)
    return right / total
