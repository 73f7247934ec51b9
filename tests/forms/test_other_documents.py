"""PDFs of other kinds: all their characters are in cells, none is taken for a policy sheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from pipelines.extract import read_pdf
from pipelines.forms import read_forms
from pipelines.forms.cells import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "HeiseiKakuGo-W5"
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=13)

BUDGET_TABLE = [
    ["事項", "令和元年度\n予算額", "令和2年度\n当初予算額", "対前年度\n増減額", "備考"],
    ["（項）広場費", "1,234", "2,345", "1,111", "新規"],
    ["　広場整備に必要な経費", "1,000", "2,000", "1,000", ""],
    ["　広場維持に必要な経費", "234", "345", "111", "－"],
    ["合計", "1,234", "2,345", "1,111", ""],
]
LIST = [["番号", "法人名", "所在地", "担当部局名"]] + [
    [str(number), f"法人{number}号", f"第{number}区", "整備局"] for number in range(1, 80)
]
APPLICATION = [
    ["申請書", "", "", ""],
    ["施策名", "", "担当部局名", ""],
    ["氏名", "", "生年月日", "昭和　年　月　日"],
    ["測定指標", "目標値", "基準値", "達成目標1"],
    ["□ はい　□ いいえ", "", "", ""],
]
APPLICATION_SPANS = [("SPAN", (0, 0), (3, 0)), ("SPAN", (0, 4), (3, 4))]
EVALUATION = [
    # Words of a policy sheet in a table that is none: no policy's budget, no 達成手段.
    ["施策名", "広場の整備", "担当部局名", "整備局"],
    ["測定指標", "基準値", "目標値", "実績値"],
    ["広場の数", "11", "19", "14"],
]
KINDS = {
    "budget table": (BUDGET_TABLE, []),
    "public list over pages": (LIST, []),
    "application form": (APPLICATION, APPLICATION_SPANS),
    "evaluation report": (EVALUATION, []),
}


def _pdf(rows: Sequence[Sequence[str]], spans: Sequence[tuple[object, ...]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    table = Table(
        [list(row) for row in rows],
        colWidths=150,
        style=[("GRID", (0, 0), (-1, -1), 0.7, "black"), ("FONT", (0, 0), (-1, -1), FONT), *spans],
        repeatRows=1,
    )
    heading = Paragraph("合成した資料（単位：千円）", TEXT)
    SimpleDocTemplate(file, pagesize=landscape(A4)).build([heading, table])
    return file.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_another_kind_is_recognized_as_none(kind: str) -> None:
    extraction = read_pdf(_pdf(*KINDS[kind]), "0123456789abcdef")
    readings = read_forms([extraction])
    assert [row["status"] for row in readings.documents] == ["unrecognized_form"]
    assert not readings.policies
    assert not readings.values
    assert not readings.budgets
    assert not readings.programs
    assert set(readings.roles.by_key) == set(extraction.cells["cell_key"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_of_another_kinds_tables_is_in_a_cell(kind: str) -> None:
    rows, spans = KINDS[kind]
    extraction = read_pdf(_pdf(rows, spans), "0123456789abcdef")
    pages = extraction.pages
    assert pages["text_layer_characters"].sum() == (
        pages["cell_characters"].sum() + pages["outside_characters"].sum()
    )
    ruled = extraction.cells.filter(flavor="lattice")["raw_text"].to_list()
    wanted = [fold(text) for row in rows for text in row if fold(text)]
    # The first row is printed again on every page.
    again = [fold(text) for text in rows[0] if fold(text)] * (pages.height - 1)
    assert sorted(fold(text) for text in ruled if fold(text)) == sorted(wanted + again)


def test_a_page_without_any_table_is_recognized_as_none() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    SimpleDocTemplate(file).build([Paragraph("施策名と達成手段についての報道発表資料", TEXT)])
    extraction = read_pdf(file.getvalue(), "0123456789abcdef")
    readings = read_forms([extraction])
    assert readings.documents[0]["status"] == "unrecognized_form"
    assert {role for role, _ in readings.roles.by_key.values()} == {"note"}
