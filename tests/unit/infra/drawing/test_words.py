from __future__ import annotations

from pathlib import Path

import pytest

from app.infra.drawing.contents import accents_in, number_in, read
from app.infra.drawing.fonts import Face, Fonts, font_for, installed, readable, runs
from app.infra.drawing.letters import shows
from app.infra.drawing.motif_words import Motif, motif_for
from app.infra.drawing.typeset import Setter, Style

BOLD = Style(Face.BOLD)
BOX = (600.0, 400.0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "plain"), ("Why time bends", "title"), ("In 1971", "title"), ("2 men", "title"),
        ("38 microseconds each day", "number"), ("Only 7%", "number"), ("$1,200 a month", "number"),
        ("“Time is what a clock reads.” — Albert Einstein", "quote"),
        ("« Le temps passe. »", "quote"), ("'Tis the season", "title"),
        ("1. Roof\n2. Satellite", "list"), ("Why:\n- a\n- b", "list"), ("a; b; c", "list"),
        ("Everest: 8,849 m; Mont Blanc: 4,806 m", "diagram"), ("Tea 40% vs coffee 60%", "diagram"),
        ("1905: special; 1915: general", "diagram"), ("Tea: 4 kg; Moon: 384,400 km", "title"),
    ],
)  # fmt: skip
def test_a_text_is_what_it_looks_like(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_what_is_read_is_whole() -> None:
    quote = read("“Time is what a clock reads.” — Albert Einstein")
    assert (quote.text, quote.by) == ("Time is what a clock reads.", "Albert Einstein")
    bars = read("How high; Mont Blanc: 4,806 m; Everest: 8,849 m")
    assert (bars.text, bars.by) == ("How high", "bars")
    assert [(one.label, one.figure, one.value) for one in bars.amounts] == [
        ("Mont Blanc", "4,806 m", 4806.0), ("Everest", "8,849 m", 8849.0),
    ]  # fmt: skip
    years = read("1971: clocks fly; 1905: relativity")
    assert [(one.figure, one.label) for one in years.amounts] == [
        ("1905", "relativity"), ("1971", "clocks fly"),
    ]  # fmt: skip
    items = read("Three ways:\n1. A roof.\n2. A satellite")
    assert (items.text, items.items) == ("Three ways", ("A roof", "A satellite"))
    number = read("Every day 38 microseconds").amounts[0]
    assert (number.figure, number.label, number.value) == ("38", "Every day microseconds", 38.0)


def test_a_wanted_kind_never_fails() -> None:
    for kind in ("title", "quote", "list", "number", "diagram", "plain", "nonsense"):
        for text in ("", "x", "Why time bends", "1. a\n2. b", "“", "9" * 900):
            assert read(text, kind).kind in {"title", "quote", "list", "number", "diagram", "plain"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("It corrects 38 microseconds each day, by itself.", ("38", "microseconds each day")),
     ("In 1971 two scientists flew.", None), ("From 5 to 9 people.", None),
     ("Nearly 40% of all homes.", ("40%", "of all homes")), ("No number.", None)],
)  # fmt: skip
def test_the_telling_number_of_a_sentence(sentence: str, told: tuple[str, str] | None) -> None:
    found = number_in(sentence)
    assert (found and (found.figure, found.label)) == told


def test_the_lifted_word_carries_meaning() -> None:
    assert accents_in("Why time runs slower in your kitchen") == ("kitchen",)
    assert accents_in("What it is") == accents_in("Kitchen") == ()


@pytest.mark.parametrize(
    ("text", "motif"),
    [("A clock in the kitchen, hours and minutes", Motif.CLOCK), ("GPS satellites", Motif.ORBIT),
     ("Les vagues de la mer", Motif.WAVES), ("Der Berg im Schnee", Motif.PEAKS),
     ("Cristiano Ronaldo scores a goal", Motif.STEPS), ("", Motif.ARCS)],
)  # fmt: skip
def test_motifs_follow_the_words(text: str, motif: Motif) -> None:
    assert motif_for(text, 0) == motif


def test_each_script_has_a_font_that_shows_it() -> None:
    known = installed()
    for char, stem in (("ع", "NotoSansArabic-Bold"), ("ש", "NotoSansHebrew-Bold"),
                       ("स", "NotoSansDevanagari-Bold"), ("ก", "NotoSansThai-Bold"),
                       ("A", "InterDisplay-Bold"), ("ж", "InterDisplay-Bold")):  # fmt: skip
        if stem in known:  # where it is not installed another one, or none, is right
            assert font_for(char, Face.BOLD) == known[stem]
        assert font_for(char, Face.BOLD) == "" or shows(font_for(char, Face.BOLD), char)
    assert readable("Why time bends: 2024!")
    assert not readable("\U00013000\U00013001\U00013002 abc")
    assert runs("a\uee00b", Face.BOLD) == runs("ab", Face.BOLD)


def test_a_file_that_is_no_font_shows_nothing(tmp_path: Path) -> None:
    place = str(tmp_path / "broken.ttf")
    with open(place, "wb") as file:
        file.write(b"\x00\x01\x00\x00\x00\x09" + b"cmap" * 40)
    assert not shows(place, "a")
    assert not shows(place + ".gone", "a")


def test_lines_are_few_large_and_equally_long() -> None:
    setter = Setter(Fonts())
    block = setter.fit("Why time runs slower in your kitchen", BOLD, BOX, (20, 120))
    rows = setter.rows(block)
    assert block.width <= BOX[0]
    assert block.height <= BOX[1]
    assert block.lines == len(rows) in (3, 4)
    small = setter.fit("one two three four five six", BOLD, (600, 400), (40, 40))
    widths = [right - left for left, right, _base in setter.rows(small)]
    assert min(widths) > 0.6 * max(widths)


def test_what_is_too_long_is_cut_within_the_box() -> None:
    setter = Setter(Fonts())
    block = setter.fit("word " * 200, BOLD, (300, 100), (30, 60), most_lines=9)
    assert (block.size, block.width <= 300, block.height <= 100) == (30, True, True)
    assert block.placed[-1].run.text == "…"
    wide = setter.fit("x" * 22, BOLD, (100, 400), (30, 60), most_lines=9)
    assert wide.width <= 100
    assert wide.lines > 2


def test_writing_from_right_to_left_begins_at_the_right() -> None:
    setter = Setter(Fonts())
    text = "مرحبا بكم GPS 2024 هنا"
    if not readable(text):
        pytest.skip("no font for Arabic here")
    block = setter.fit(text, BOLD, (900, 90), (40, 40), most_lines=1)
    assert block.rtl
    order = [one.run.text for one in sorted(block.placed, key=lambda one: one.x)]
    assert order == ["هنا", "GPS", "2024", "بكم", "مرحبا"]
    english = setter.fit("hello مرحبا بكم world", BOLD, (900, 90), (40, 40), most_lines=1)
    order = [one.run.text for one in sorted(english.placed, key=lambda one: one.x)]
    assert order == ["hello", "بكم", "مرحبا", "world"]


def test_scripts_without_spaces_break_where_they_may() -> None:
    setter = Setter(Fonts())
    for text in ("为什么厨房里的时间走得更慢？", "ทำไมเวลาในครัวของคุณถึงเดินช้ากว่า"):
        if readable(text):
            block = setter.fit(text, BOLD, (300, 600), (40, 40), most_lines=9)
            assert block.lines > 1
            assert block.width <= 300
            assert "".join(one.run.text for one in block.placed) == text
