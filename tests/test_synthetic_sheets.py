"""The generator keeps its promises: every switch works, and each sheet prints its answers."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from synthetic import (
    SWITCHES,
    SyntheticSheet,
    Variation,
    lay_out,
    make_corpus,
    make_sheet,
    producers,
)
from synthetic.fonts import register, width
from synthetic.variation import draw, sensible

if TYPE_CHECKING:
    from pathlib import Path

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─－", "-"))
COMMON = {"base_layout", "years_layout", "requested", "list_numbers"}

# Each value of each switch alone on an otherwise plain sheet, in the family that has it.
ALONE = [
    pytest.param(
        replace(Variation(family="common" if name in COMMON else "mext"), **{name: value}),
        id=f"{name}={value}",
    )
    for name, values in SWITCHES.items()
    for value in values
    if name != "producer" or value in producers()
]
MIXED = range(900, 940)


@cache
def made(seed: int, variation: Variation | None = None) -> SyntheticSheet:
    return make_sheet(seed, variation)


def page_text(pdf: bytes) -> str:
    """The PDF's text layer, folded and without white space, by a library of its own."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return folded(text.replace("\ufffe", "-"))


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def facts(sheet: SyntheticSheet) -> list[dict[str, Any]]:
    return sheet.answers["fact_indicator_values"] + sheet.answers["fact_budget"]


@pytest.mark.parametrize("variation", ALONE)
def test_every_value_of_every_switch_makes_a_sheet_that_says_it_is_synthetic(
    variation: Variation,
) -> None:
    sheet = made(7, variation)
    document = pypdfium2.PdfDocument(sheet.pdf)
    assert len(document) >= 1
    assert "合成" in document.get_metadata_dict()["Title"]
    assert re.search("[(【]合成[)】]", page_text(sheet.pdf))


@pytest.mark.parametrize("variation", ALONE)
def test_every_figure_of_the_answers_stands_in_the_text_layer(variation: Variation) -> None:
    sheet = made(7, variation)
    text = page_text(sheet.pdf)
    for row in facts(sheet):
        figure = re.search(r"[0-9][0-9,.]*", folded(row["raw_text"]))
        if figure and not row.get("unreadable"):
            assert figure[0] in text, row


@pytest.mark.parametrize("seed", MIXED)
def test_no_character_of_the_answers_is_lost_on_a_mixed_sheet(seed: int) -> None:
    sheet = made(seed)
    printed = Counter(page_text(sheet.pdf))
    wanted: Counter[str] = Counter()
    for row in facts(sheet):
        if not row.get("unreadable"):
            wanted += Counter(folded(row["raw_text"]))
    for row in sheet.answers["dim_indicator"]:
        wanted += Counter(folded(row["indicator_name"] + row["rationale"]))
    # pdfium takes a dash at a line's end for a hyphen and drops it.
    del wanted["-"]
    assert not wanted - printed


@pytest.mark.parametrize("seed", MIXED)
def test_the_number_of_an_answer_is_the_number_that_is_printed(seed: int) -> None:
    for row in facts(made(seed)):
        number = row.get("value_numeric", row.get("amount_printed"))
        if row["value_status"] != "value":
            assert number is None
            continue
        text = folded(row["raw_text"]).replace(",", "")
        figure = Decimal(re.search(r"[0-9.]+", text)[0])
        figure *= 10_000 if "万人" in text else 1
        assert number == (-figure if text[0] in "-▲△" else figure), row


@pytest.mark.parametrize("seed", MIXED)
def test_the_year_of_an_answer_is_the_year_that_is_printed(seed: int) -> None:
    # 平成30 is 2018 and 令和1 is 2019: the era's number and 1988 or 2018.
    starts = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
    for row in made(seed).answers["fact_indicator_values"]:
        text = folded(row["period_text"] or "").replace("元", "1")
        named = re.fullmatch(r"(令和|平成|昭和|R|H|S)(\d+)年度", text)
        if named:
            assert row["fiscal_year"] == starts[named[1]] + int(named[2])


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    assert make_sheet(5).pdf == make_sheet(5).pdf
    assert make_sheet(5).pdf != make_sheet(6).pdf


def test_two_hundred_draws_exercise_every_value_of_every_switch() -> None:
    drawn = [draw(random.Random(seed)) for seed in range(200)]  # noqa: S311
    for name, values in SWITCHES.items():
        if name != "producer":
            assert {getattr(variation, name) for variation in drawn} == set(values), name


def test_switches_that_a_family_or_a_producer_does_not_have_are_at_rest() -> None:
    common = sensible(Variation(family="common", baseline="dash", goals="several"))
    assert (common.baseline, common.goals) == ("year", "one")
    assert sensible(Variation(list_numbers="dots")).list_numbers == "none"
    assert sensible(Variation(producer="browser", rotate=90)).rotate == 0


def test_a_switch_refuses_a_value_that_it_does_not_have() -> None:
    with pytest.raises(ValueError, match="ruling is one of"):
        Variation(ruling="crayon")


@pytest.mark.parametrize("text_fit", SWITCHES["text_fit"])
@pytest.mark.parametrize("seed", MIXED)
def test_every_glyphs_middle_stands_in_its_own_cell(text_fit: str, seed: int) -> None:
    sheet = made(seed)
    variation = replace(sheet.variation, text_fit=text_fit)
    font = register(variation.font)
    for page in lay_out(sheet.spec, variation, 7.0):
        for line in page.lines:
            x = line.x
            inside = [box for box in page.boxes if box.y0 <= line.y - line.size / 3 <= box.y1]
            for character in line.text if line.kind != "title" else "":
                middle = x + width(character, font, line.size) / 2
                # A run goes on through several cells; each of its glyphs stands in one of them.
                assert line.left <= middle <= line.right or character == " ", line
                assert any(box.x0 <= middle <= box.x1 for box in inside), line
                x += width(character, font, line.size)


@pytest.mark.parametrize("seed", MIXED)
def test_cells_of_a_page_never_overlap(seed: int) -> None:
    sheet = made(seed)
    for page in lay_out(sheet.spec, sheet.variation, 7.0):
        boxes = sorted(page.boxes, key=lambda box: box.y0)
        for index, upper in enumerate(boxes):
            for lower in boxes[index + 1 :]:
                if lower.y0 >= upper.y1 - 0.01:
                    break
                across = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
                down = min(upper.y1, lower.y1) - max(upper.y0, lower.y0)
                assert across < 0.1 or down < 0.1, (upper, lower)


@pytest.mark.parametrize("seed", MIXED)
def test_budgets_of_the_common_form_add_up(seed: int) -> None:
    sheet = made(seed)
    if sheet.family != "common":
        return
    rows = [row for row in sheet.answers["fact_budget"] if row["budget_level"] == "policy"]
    by_year: dict[tuple[str, int], dict[str, int]] = {}
    for row in rows:
        stages = by_year.setdefault((row["policy_key"], row["fiscal_year"]), {})
        stages[row["budget_stage"]] = row["amount_yen"] or 0
    for stages in by_year.values():
        if stages.get("revised"):
            parts = stages["initial"] + stages["supplementary"] + stages["carryover"]
            assert stages["revised"] == parts


def test_a_row_cut_by_the_pages_end_loses_no_line() -> None:
    whole = Variation(programs="many", goals="several")
    cut = replace(whole, row_break="cut")
    sheet = made(21, whole)
    lines = {
        name: Counter(
            character
            for page in lay_out(sheet.spec, variation, 7.0)
            for line in page.lines
            if line.kind != "title"
            for character in line.text
        )
        for name, variation in (("whole", whole), ("cut", cut))
    }
    assert lines["whole"] == lines["cut"]
    assert len(lay_out(sheet.spec, cut, 7.0)) > 1


def test_an_amount_marked_inclusive_hands_it_down_to_its_own_cell_only() -> None:
    rows = [
        row
        for seed in range(30, 40)
        for row in made(seed, Variation(inclusion="suffix")).answers["fact_budget"]
        if row["inclusion"] == "inclusive"
    ]
    assert {row["inclusion_source"] for row in rows if "内数" in row["raw_text"]} == {"printed"}
    inherited = [row for row in rows if row["inclusion_source"] == "inherited"]
    assert inherited
    assert {row["budget_stage"] for row in inherited} == {"executed"}


def test_a_corpus_is_written_with_its_answers_beside_it(tmp_path: Path) -> None:
    make_corpus(2, 40, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "synthetic-000040.answers.json",
        "synthetic-000040.pdf",
        "synthetic-000041.answers.json",
        "synthetic-000041.pdf",
    ]


def test_a_sheet_in_two_files_has_its_later_pages_in_the_second_and_a_sidecar_that_says_so(
    tmp_path: Path,
) -> None:
    (sheet,) = make_corpus(1, 21, tmp_path, {"files": "two", "programs": "many"})
    first, second = (page_text(file) for file in sheet.files)
    assert first + second == page_text(sheet.pdf)
    assert first
    assert second
    assert (tmp_path / "synthetic-000021.pdf").read_bytes() == sheet.files[0]
    assert (tmp_path / "synthetic-000021-2.pdf").read_bytes() == sheet.files[1]
    said = (tmp_path / "synthetic-000021-2.yml").read_text(encoding="utf-8")
    assert "continues: synthetic-000021.pdf\n" in said
    keys = [hashlib.sha256(file).hexdigest()[:16] for file in sheet.files]
    assert [row["document_key"] for row in sheet.answers["dim_document"]] == keys
    assert sheet.answers["dim_policy"][0]["policy_key"] == f"{keys[0]}-1"
