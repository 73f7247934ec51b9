"""How many cells of each role stand on each page of the sheet, counted on the rendered pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import duckdb

# Labels of one part of the form, as printed.
GOAL = 2  # 達成目標n, 目標設定の考え方・根拠
BLOCK = 5 + 7 + 1  # five heads, seven years, 年度ごとの目標値
WORDS = 2 + 1 + 4 + 1 + 1 + 1  # 測定指標, 基準値; 実績, its years; 目標, its year; 根拠
PROGRAMS = 6  # the heads of the list
CHANGES = 1  # 昨年度事前分析表からの変更点
POLICY = 3 + 2 + 4  # first row; 概要, 実施予定時期; 予算額, its two heads, 重要施策

# Values of the same parts.
GOAL_VALUES = 2
BLOCK_VALUES = 1 + 1 + 5 + 5 + 1 + 1  # name, baseline, actual, annual targets, target, rationale
WORDS_VALUES = 1 + 1 + 4 + 1 + 1
PROGRAM_VALUES = 5  # name, two cells of amounts, indicators, review number; remarks apart
POLICY_VALUES = 3 + 2 + 3

PAGES = {
    1: {
        "title": 2,  # the title and, at the right, the sheet code
        "label": POLICY + GOAL + 2 * BLOCK,
        "value": POLICY_VALUES + GOAL_VALUES + 2 * BLOCK_VALUES,
    },
    2: {
        "label": WORDS + PROGRAMS + CHANGES,
        "value": WORDS_VALUES + 3 * PROGRAM_VALUES + 3 + 1,  # 3 remarks, 1 changes
    },
    3: {"label": GOAL + 3 * BLOCK, "value": GOAL_VALUES + 3 * BLOCK_VALUES},
    4: {
        "label": PROGRAMS + CHANGES,
        "value": 3 * PROGRAM_VALUES + 2 + 1,  # the second of 2 remarks spans two programs
    },
    5: {
        "label": GOAL + BLOCK + PROGRAMS + CHANGES,
        "value": GOAL_VALUES + BLOCK_VALUES + 7 * PROGRAM_VALUES + 5 + 1,  # 2 remarks span two
    },
    6: {
        "label": 2 * (GOAL + BLOCK + PROGRAMS + CHANGES),
        "value": 2 * (GOAL_VALUES + BLOCK_VALUES + PROGRAM_VALUES + 1),
        "empty": 2,  # the changes of goals 4 and 5
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_as_many_cells_of_each_role_as_a_reader_counts(
    warehouse: duckdb.DuckDBPyConnection, page: int
) -> None:
    counted = warehouse.execute(
        "select role, count(*) from cells where page_number = ? group by all", [page]
    ).fetchall()
    assert dict(counted) == PAGES[page]


def test_the_year_heads_are_labels_even_where_a_dash_is_printed(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    # The year under 基準値 is a ― for 1-②, 4-① and 5-①; every other dash is a value.
    dashes = warehouse.execute("""
        select page_number, count(*) from cells
        where raw_text in ('―', '-') and role = 'label' group by all order by all
    """).fetchall()
    assert dashes == [(1, 1), (6, 2)]


def test_only_the_title_and_the_code_stand_outside_the_ruled_form(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    outside = warehouse.execute("select raw_text from cells where flavor = 'stream'").fetchall()
    assert {text for (text,) in outside} == {
        "令和２年度実施施策に係る事前分析表",
        "（文R2－9－1）",
    }
