"""The colours and letters of the five looks, four settings of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.project import Look
from app.infra.drawing.canvas import Colour, rgb
from app.infra.drawing.fonts import Face


@dataclass(frozen=True, slots=True)
class Palette:
    """One setting of a look. `ground` goes from top to bottom."""

    ground: tuple[Colour, ...]
    ink: Colour  # letters
    faint: Colour  # small letters, hairlines
    accent: Colour  # the lifted word, the small bar
    shape: Colour  # large shapes of the motif
    line: Colour  # its lines
    spot: Colour  # its small bright parts
    dark: bool = True  # letters are lighter than the ground


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a look."""

    head: Face
    body: Face
    leading: float
    capitals: bool = False


LETTERS: Mapping[Look, Letters] = MappingProxyType(
    {
        Look.DUSK: Letters(Face.BOLD, Face.MEDIUM, 1.06),
        Look.PAPER: Letters(Face.SERIF, Face.SERIF_SOFT, 1.08),
        Look.NEON: Letters(Face.BLACK, Face.MEDIUM, 1.0, capitals=True),
        Look.FOREST: Letters(Face.SERIF, Face.MEDIUM, 1.1),
        Look.MONO: Letters(Face.BLACK, Face.MEDIUM, 0.98),
    }
)


def _palette(ground: str, rest: str, *, dark: bool = True) -> Palette:
    ink, faint, accent, shape, line, spot = (rgb(code) for code in rest.split())
    colours = tuple(rgb(code) for code in ground.split())
    return Palette(colours, ink, faint, accent, shape, line, spot, dark)


PALETTES: Mapping[Look, tuple[Palette, ...]] = MappingProxyType(
    {
        Look.DUSK: (
            _palette("#0E0B24 #2B1B52 #7A2F66 #D9603F",
                     "#FFF6EC #E3CFE0 #FFB45E #1A1033 #FFE3C2 #FFC27A"),
            _palette("#071426 #10335A #2F6C87 #E39A62",
                     "#F6FAFF #C3DAE8 #FFC079 #081A30 #DDF1FF #FFD9A0"),
            _palette("#140A1E #43174A #9C2F55 #F0884A",
                     "#FFF4EE #EBC7CF #FFCB6B #1E0C26 #FFD9C7 #FFD48A"),
            _palette("#0A1020 #1F2550 #4D4391 #C77A9B",
                     "#F7F5FF #CFCDEB #FFB08A #0E1230 #E6E0FF #FFC7B0"),
        ),
        Look.PAPER: (
            _palette("#F3EADA #EBDFC9",
                     "#1F2A37 #6A6459 #C24B2B #2F4858 #1F2A37 #E0A030", dark=False),
            _palette("#DFE5D0 #CED8BC",
                     "#23303A #66645A #B5432E #8FA58C #23303A #D9822B", dark=False),
            _palette("#F4DBC2 #ECC7A6",
                     "#332230 #79605C #B8402F #D97B5A #332230 #2F6F73", dark=False),
            _palette("#D3E0E2 #BBD0D4",
                     "#16313A #55686C #B4442C #4E7C86 #16313A #E7B24C", dark=False),
        ),
        Look.NEON: (
            _palette("#05030F #0E0730 #1B0B45",
                     "#FFFFFF #A9A3D9 #35F2FF #150A3D #FF3DCB #35F2FF"),
            _palette("#020A12 #04202E #06323A",
                     "#FFFFFF #9CCFD6 #B6FF3C #03222C #22E6C8 #B6FF3C"),
            _palette("#0C0212 #260530 #45083C",
                     "#FFFFFF #D9A9CF #FFD23D #250631 #FF4D6D #FFD23D"),
            _palette("#030616 #071042 #101F78",
                     "#FFFFFF #A8B6EE #FF6BE8 #081050 #4D8BFF #FF6BE8"),
        ),
        Look.FOREST: (
            _palette("#0D1F1A #173A2E #2E5B45 #6E8F62",
                     "#F4EFDD #C6D2B8 #F0C265 #0C211B #BFD4A4 #F0C265"),
            _palette("#10201F #1D4240 #3F6F66 #B9BE8F",
                     "#F6F2E4 #CBD8CB #FFC97A #0E2A28 #D4E3BE #FFD98F"),
            _palette("#191C10 #39401C #66702F #B3A24E",
                     "#F8F3DF #D9D8B4 #FFD36E #1B1F10 #E4E3A8 #FFE08F"),
            _palette("#0B1A22 #15343F #2F5F63 #8DA88A",
                     "#EFF3E8 #BDD0CC #F3B562 #0A212B #B9D6C9 #F7CB86"),
        ),
        Look.MONO: (
            _palette("#0B0B0C #141416",
                     "#FFFFFF #A6A6AA #FF6A2B #28282D #F2F2F2 #FF6A2B"),
            _palette("#F4F4F1 #E9E9E5",
                     "#0E0E10 #5E5E62 #D2410A #DADAD5 #0E0E10 #E8551A", dark=False),
            _palette("#E8541A #DD4A12",
                     "#0E0E10 #34170A #FFFFFF #F46A33 #0E0E10 #FFFFFF", dark=False),
            _palette("#17181C #202228",
                     "#FFFFFF #ABADB5 #FFD43A #2B2E36 #FFFFFF #FFD43A"),
        ),
    }
)  # fmt: skip


def palette_for(look: Look, variant: int) -> Palette:
    """Return the setting of a look a variant has."""
    known = PALETTES[look]
    return known[variant % len(known)]
