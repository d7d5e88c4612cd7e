"""People who watched things, and what they would like next of a small shelf."""

from __future__ import annotations

from app.domain.media import ItemId
from app.services.intelligence.tasks.recommending import (
    Candidate,
    Recommendation,
    Watched,
    by_rules,
)

_FILMS: tuple[tuple[str, int, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Orbit", 1972, ("Science Fiction", "Drama"), ("A. Mirov",)),
    ("The Signal Beyond", 1979, ("Science Fiction", "Mystery"), ("A. Mirov",)),
    ("Red Dust", 1998, ("Science Fiction", "Adventure"), ("P. Lund",)),
    ("Machines of Mercy", 2015, ("Science Fiction", "Drama"), ("K. Ito",)),
    ("Laughing Gas", 1926, ("Comedy",), ("B. Keys",)),
    ("The Postman Trips", 1927, ("Comedy", "Romance"), ("B. Keys",)),
    ("Two Left Shoes", 2004, ("Comedy",), ("R. Novak",)),
    ("Cottage Weekend", 2011, ("Comedy", "Family"), ("R. Novak",)),
    ("The Long Well", 1968, ("Horror",), ("G. Romano",)),
    ("House of Wax Flowers", 1971, ("Horror", "Mystery"), ("G. Romano",)),
    ("Night Nurse", 2018, ("Horror", "Thriller"), ("L. Okafor",)),
    ("Dust and Silver", 1966, ("Western",), ("S. Leoni",)),
    ("A Coffin for Two", 1968, ("Western", "Adventure"), ("S. Leoni",)),
    ("Whales", 2009, ("Documentary",), ("N. Berg",)),
    ("The Deep Cold", 2013, ("Documentary",), ("N. Berg",)),
    ("Bread", 2016, ("Documentary", "Family"), ("M. Petit",)),
    ("The Diplomat's Watch", 1984, ("Thriller", "Mystery"), ("H. Carr",)),
    ("Cold Harbour", 1987, ("Thriller",), ("H. Carr",)),
    ("Marguerite", 1958, ("Drama", "Romance"), ("J. Renard",)),
    ("The Orchard", 1961, ("Drama", "Romance"), ("J. Renard",)),
)
_PERSONS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("Orbit",), ("The Signal Beyond", "Machines of Mercy", "Red Dust")),
    (("Laughing Gas",), ("The Postman Trips", "Two Left Shoes", "Cottage Weekend")),
    (("The Long Well",), ("House of Wax Flowers", "Night Nurse")),
    (("Dust and Silver",), ("A Coffin for Two",)),
    (("Whales",), ("The Deep Cold", "Bread")),
    (("Cold Harbour",), ("The Diplomat's Watch", "Night Nurse")),
    (("Marguerite",), ("The Orchard",)),
    (("Whales", "Orbit"), ("The Deep Cold", "The Signal Beyond")),
    (("The Orchard", "Two Left Shoes"), ("Marguerite", "Cottage Weekend")),
    (("Red Dust", "A Coffin for Two"), ("Dust and Silver", "Orbit", "The Signal Beyond")),
)
TITLES = {ItemId(number): film[0] for number, film in enumerate(_FILMS, 1)}


def person(number: int) -> tuple[list[Watched], list[Candidate]]:
    """What one of them watched, the last first, and the shelf."""
    seen = _PERSONS[number][0]
    films = {film[0]: (ItemId(at), *film) for at, film in enumerate(_FILMS, 1)}
    watched = []
    for title in seen:
        item, name, year, genres, people = films[title]
        watched.append(Watched(item, name, genres, people, year))
    shelf = [
        Candidate(item, title, genres, people, year)
        for item, title, year, genres, people in films.values()
    ]
    return watched, shelf


def ruled() -> list[tuple[Recommendation, ...]]:
    """What the rules recommend each."""
    return [by_rules(*person(number)) for number in range(len(_PERSONS))]


def score(said: list[tuple[Recommendation, ...]]) -> float:
    """The part of the first choices that are what the person would like: as many as there are."""
    right = total = 0
    for told, (_, liked) in zip(said, _PERSONS, strict=True):
        first = [TITLES[one.item] for one in told[: len(liked)]]
        right += sum(title in liked for title in first)
        total += len(liked)
    return right / total
