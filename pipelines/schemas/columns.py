"""Columns that several tables have, declared once."""

from __future__ import annotations

from pipelines.schemas.table import INTEGER, POINTS, TEXT, Column


def key(name: str, english: str, japanese: str, *, nullable: bool = False) -> Column:
    """A column that names a row of this table or of another."""
    return Column(name, TEXT, english, japanese, nullable)


DOCUMENT = key("document_key", "Key of the source file, from its content.", "原資料のキー")
POLICY = key("policy_key", "Key of the policy (施策).", "施策のキー")
GOAL = key("goal_key", "Key of the goal (達成目標).", "達成目標のキー")
INDICATOR = key("indicator_key", "Key of the indicator (測定指標).", "測定指標のキー")
CELL = key("cell_key", "Key of the cell the text was printed in.", "印字されたセルのキー")
RAW_TEXT = Column("raw_text", TEXT, "The text as printed.", "印字のとおりの文字列", nullable=False)
PAGE = Column("page_number", INTEGER, "Page in the file, from 1.", "ページ番号", nullable=False)
GOAL_NUMBER = Column(
    "goal_number", INTEGER, "Number of the goal on the sheet.", "達成目標の番号", nullable=False
)
INDICATOR_NUMBER = Column(
    "indicator_number", INTEGER, "Number of the indicator.", "測定指標の番号", nullable=False
)
FISCAL_YEAR = Column(
    "fiscal_year",
    INTEGER,
    "Western year in which the fiscal year starts; null where none is printed.",
    "年度（始期の西暦年。印字がなければ空）",
)
PERIOD_TEXT = Column(
    "period_text", TEXT, "The year or period as printed.", "印字のとおりの年度・期間"
)
VALUE_STATUS = Column(
    "value_status",
    TEXT,
    "value, dash, blank, undecided, pending, text or unparsed.",
    "値の状態",
    nullable=False,
)
RULE = Column("rule", TEXT, "Which rule of the grammar decided.", "適用された規則")

CELL_GEOMETRY = (
    CELL,
    DOCUMENT,
    PAGE,
    Column("table_number", INTEGER, "Table on the page, from 1.", "表の番号", nullable=False),
    Column("row_number", INTEGER, "First grid row, from 1.", "行番号", nullable=False),
    Column("column_number", INTEGER, "First grid column, from 1.", "列番号", nullable=False),
    Column("row_span", INTEGER, "Grid rows covered.", "結合行数", nullable=False),
    Column("column_span", INTEGER, "Grid columns covered.", "結合列数", nullable=False),
    Column("x0", POINTS, "Left edge, points.", "左端", nullable=False),
    Column("y0", POINTS, "Top edge, points from the page's top.", "上端", nullable=False),
    Column("x1", POINTS, "Right edge, points.", "右端", nullable=False),
    Column("y1", POINTS, "Bottom edge, points from the page's top.", "下端", nullable=False),
    RAW_TEXT,
    Column("flavor", TEXT, "lattice or stream.", "読取方式", nullable=False),
)
