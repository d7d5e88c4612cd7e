"""Offers and what is wrong with them, as a person says: nothing, a recording, or a fake."""

from __future__ import annotations

from app.domain.search import Doubt, HitKind, Offer
from app.services.intelligence.tasks.fakes import Doubts, by_rules
from app.services.search.query import read_query

MB = 1_000_000
CASES: tuple[tuple[str, str, int, str], ...] = (
    ("the fall guy 2024", "The.Fall.Guy.2024.1080p.WEB-DL.H264", 5_200 * MB, ""),
    ("the fall guy 2024", "The.Fall.Guy.2024.HDCAM.x264", 1_900 * MB, "camera"),
    ("the fall guy 2024", "The Fall Guy 2024 TS 720p", 2_300 * MB, "camera"),
    ("the fall guy 2024", "The.Fall.Guy.2024.1080p.WEB-DL.exe", 3 * MB, "fake"),
    ("the fall guy 2024", "The.Fall.Guy.2024.2160p.WEB-DL.mkv.lnk", 2 * MB, "fake"),
    ("the fall guy 2024", "The.Fall.Guy.2024.2160p.BluRay.REMUX", 310 * MB, "fake"),
    ("the fall guy 2024", "The.Fall.Guy.2024.720p.WEBRip.x264", 1_100 * MB, ""),
    ("the fall guy 2024", "The Fall Guy 2024 1080p cam audio", 2_000 * MB, "camera"),
    ("the fall guy 2024", "The.Fall.Guy.2024.1080p.BluRay.x265", 2_900 * MB, ""),
    ("the fall guy 2024", "The.Fall.Guy.2024.HDTS.1080p", 3_000 * MB, "camera"),
    ("the fall guy 2024", "The Fall Guy 2024 Full Movie Download.scr", 9 * MB, "fake"),
    ("the fall guy 2024", "The.Fall.Guy.2024.TELESYNC.V2.x265", 1_700 * MB, "camera"),
    ("the fall guy 2024", "The.Fall.Guy.2024.4K.UHD.BluRay.HDR", 95 * MB, "fake"),
    ("the fall guy 2024", "The Fall Guy (2024) [1080p] [WEBRip] [5.1]", 2_400 * MB, ""),
    ("the fall guy 2024", "The.Fall.Guy.2024.DVDScr.XviD", 1_400 * MB, "camera"),
    ("dark s02e05", "Dark.S02E05.1080p.NF.WEB-DL", 2_100 * MB, ""),
    ("dark s02e05", "Dark.S02E05.720p.WEB.h264", 900 * MB, ""),
    ("dark s02e05", "Dark.S02E05.1080p.WEB.mp4.exe", 4 * MB, "fake"),
    ("dark s02e05", "Dark.S02E05.2160p.WEB-DL", 12 * MB, "fake"),
    ("metropolis 1927", "Metropolis.1927.Restored.1080p.BluRay", 8_000 * MB, ""),
    ("metropolis 1927", "Metropolis 1927 480p", 700 * MB, ""),
    ("metropolis 1927", "Metropolis.1927.1080p.BluRay.msi", 30 * MB, "fake"),
    ("metropolis 1927", "Metropolis.1927.SD.mp4", 450 * MB, ""),
    ("metropolis 1927", "Metropolis.1927.1080p.BluRay", 40 * MB, "fake"),
)
NOW = 1_764_000_000.0


def offer(name: str, size: int) -> Offer:
    """An offer of that name and size."""
    return Offer("test", "Test", HitKind.TORRENT, name, size=size)


def ruled() -> list[str]:
    """What the rules find wrong with each."""
    return [
        kind(by_rules(read_query(wish), [offer(name, size)], NOW)) for wish, name, size, _ in CASES
    ]


def kind(doubts: Doubts) -> str:
    """What a suspicion comes to."""
    (one,) = doubts
    if one is None:
        return ""
    return "camera" if one.doubt is Doubt.CAMERA else "fake"


def score(said: list[str]) -> float:
    """The part that was told rightly."""
    return sum(told == case[3] for told, case in zip(said, CASES, strict=True)) / len(CASES)
