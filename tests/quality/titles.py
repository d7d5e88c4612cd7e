"""Release names and whether they are the wanted title, as a person says; rules never saw them."""

from __future__ import annotations

from app.domain.release import parse
from app.domain.search import Fit, HitKind
from app.services.search.matching import Facts, judge
from app.services.search.query import read_query

CASES: tuple[tuple[str, str, bool], ...] = (
    ("the fly 1986", "The.Fly.1958.1080p.BluRay.x264-GRP", False),
    ("the fly 1986", "The.Fly.1986.REMASTERED.1080p.BluRay.x265", True),
    ("cape fear", "Cape.Fear.1962.720p.BluRay", True),
    ("cape fear 1991", "Cape Fear (1962) [1080p]", False),
    ("suspiria 1977", "Suspiria.2018.2160p.WEB-DL.DV", False),
    ("suspiria 1977", "Suspiria.1977.ITALIAN.2160p.UHD.BluRay", True),
    ("scarface 1932", "Scarface.1983.1080p.BluRay", False),
    ("scarface 1983", "Scarface.1983.2160p.HDR.x265-TERMiNAL", True),
    ("the mummy 1999", "The.Mummy.2017.1080p.WEB", False),
    ("the mummy 1999", "The.Mummy.Returns.2001.1080p.BluRay", False),
    ("the mummy 1999", "The Mummy (1999) 10bit x265 1080p", True),
    ("solaris 1972", "Solaris.2002.1080p.BluRay", False),
    ("solaris 1972", "Solyaris.1972.Criterion.1080p.BluRay", True),
    ("das boot", "Das.Boot.1981.Directors.Cut.German.1080p", True),
    ("das boot 1981", "Das.Boot.S01E03.GERMAN.1080p.WEB", False),
    ("amelie", "Le.Fabuleux.Destin.d.Amelie.Poulain.2001.1080p", True),
    ("blade runner", "Blade.Runner.2049.2017.1080p.BluRay", False),
    ("blade runner 2049", "Blade.Runner.1982.The.Final.Cut.2160p", False),
    ("blade runner 1982", "Blade.Runner.1982.The.Final.Cut.2160p.UHD", True),
    ("mad max 2", "Mad.Max.2.The.Road.Warrior.1981.1080p", True),
    ("mad max 2", "Mad.Max.Beyond.Thunderdome.1985.1080p", False),
    ("mad max fury road", "Mad.Max.Fury.Road.2015.Black.and.Chrome.1080p", True),
    ("kill bill vol 2", "Kill.Bill.Vol.1.2003.1080p.BluRay", False),
    ("kill bill vol 2", "Kill.Bill.Vol.2.2004.1080p.BluRay", True),
    ("the hobbit", "The.Hobbit.An.Unexpected.Journey.2012.EXTENDED.1080p", True),
    ("the hobbit 1977", "The.Hobbit.The.Desolation.of.Smaug.2013.1080p", False),
    ("star trek 2009", "Star.Trek.Into.Darkness.2013.1080p", False),
    ("star trek 2009", "Star.Trek.2009.1080p.BluRay.DTS", True),
    ("halloween 1978", "Halloween.II.1981.1080p.BluRay", False),
    ("halloween 1978", "Halloween.1978.35th.Anniversary.1080p", True),
    ("halloween 2018", "Halloween.Kills.2021.1080p.WEB-DL", False),
    ("rear window", "Rear.Window.1998.DVDRip", True),
    ("psycho 1960", "Psycho.1998.1080p.BluRay", False),
    ("psycho 1960", "Psycho.1960.UNCUT.2160p.UHD.BluRay", True),
    ("the office us s03e05", "The.Office.UK.S02E05.DVDRip", False),
    ("the office us s03e05", "The.Office.US.S03E05.1080p.BluRay", True),
    ("sherlock s01e02", "Sherlock.S01E01.A.Study.in.Pink.1080p", False),
    ("sherlock s01e02", "Sherlock.S01.COMPLETE.1080p.BluRay", True),
    ("house of cards s01e01", "House.of.Cards.1990.S01E01.DVDRip", True),
    ("fargo 1996", "Fargo.S02E01.1080p.WEB-DL", False),
    ("fargo s02", "Fargo.1996.1080p.BluRay", False),
    ("westworld s01e01", "Westworld.1973.1080p.BluRay", False),
    ("metropolis 1927", "Metropolis.2001.Anime.1080p.BluRay", False),
    ("metropolis 1927", "Metropolis.1927.Restored.German.1080p", True),
    ("nosferatu 1922", "Nosferatu.the.Vampyre.1979.1080p", False),
    ("nosferatu 1922", "Nosferatu - Eine Symphonie des Grauens (1922)", True),
    ("the kid 1921", "The.Karate.Kid.1984.1080p.BluRay", False),
    ("the kid 1921", "The.Kid.1921.Criterion.1080p", True),
    ("alien", "Alien.Covenant.2017.1080p.BluRay", False),
    ("alien 1979", "Alien.1979.Theatrical.Cut.2160p", True),
    ("up 2009", "Up.in.the.Air.2009.1080p.BluRay", False),
    ("up 2009", "Up.2009.1080p.BluRay.x264", True),
    ("her 2013", "Her.2013.720p.BluRay", True),
    ("her 2013", "Saving.Her.2013.WEBRip", False),
    ("the room 2003", "Room.2015.1080p.BluRay", False),
    ("the room 2003", "The.Disaster.Artist.2017.1080p", False),
    ("jaws", "Jaws.The.Making.Of.1995.DVDRip", False),
    ("jaws 1975", "Jaws.1975.2160p.UHD.BluRay.HDR", True),
    ("inception", "Inception.2010.Trailer.1080p", False),
    ("inception 2010", "Inception.2010.IMAX.2160p.BluRay", True),
)  # fmt: skip


def by_rules() -> list[bool | None]:
    """What the rules of Search say of each; None: they leave it open."""
    return [_ruled(wish, name) for wish, name, _ in CASES]


def _ruled(wish: str, name: str) -> bool | None:
    fit = judge(read_query(wish), parse(name), Facts(HitKind.TORRENT)).fit
    return None if fit is Fit.UNSURE else fit is not Fit.WRONG


def score(said: list[bool | None]) -> tuple[float, float]:
    """Part that was decided rightly of all, and of those that were decided."""
    right = sum(told is truth for told, (_, _, truth) in zip(said, CASES, strict=True))
    decided = sum(told is not None for told in said)
    return right / len(CASES), right / max(decided, 1)
