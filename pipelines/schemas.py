"""Every parquet table of the pipeline, once: columns, types, units, meanings.

In: nothing. Out: ``RAW_*`` (cells as printed) and ``NORMALIZED_*`` (typed rows), each a
:class:`Table`; ``TABLES`` lists them all. Refuses: ``Table.frame`` raises ``ValueError`` for
a frame whose columns or types differ from the declaration.

The dbt sources repeat these names; a test holds both against each other, both ways.
Lengths are PDF points, origin at the page's top left. Money is whole yen (Int64), printed
amounts are Decimal(18, 4); no float ever holds an amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXT = pl.String()
INTEGER = pl.Int32()
YEN = pl.Int64()
NUMBER = pl.Decimal(18, 4)
POINTS = pl.Float64()
FLAG = pl.Boolean()

#: The letters of ``line_ends``: the next character did not fit, or the print breaks the line.
WRAPPED, BROKEN = "w", "b"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its polars type and what it means, in English and in Japanese."""

    name: str
    dtype: pl.DataType
    english: str
    japanese: str
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One parquet table: ``layer``/``name`` is its folder below the data folder."""

    layer: str
    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pl.Schema:
        """Column names and polars types, in order."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def frame(self, rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
        """Rows (mappings) as a frame of this table; a missing column is null.

        Raises ``ValueError`` for a column that the table does not have, and for a null where
        the declaration says there is none.
        """
        known = self.schema
        materialised = list(rows)
        for row in materialised:
            if unknown := row.keys() - known.keys():
                message = f"{self.layer}/{self.name} has no column {sorted(unknown)}"
                raise ValueError(message)
        return self.check(pl.DataFrame(materialised, schema=known, orient="row"))

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The same frame if it is one of this table; else ``ValueError`` naming the difference."""
        if frame.schema != self.schema:
            message = f"{self.layer}/{self.name}: expected {self.schema}, got {frame.schema}"
            raise ValueError(message)
        required = [column.name for column in self.columns if not column.nullable]
        counts = frame.select(pl.col(required).null_count()).row(0) if required else ()
        if empty := [name for name, count in zip(required, counts, strict=True) if count]:
            message = f"{self.layer}/{self.name}: null in required columns {empty}"
            raise ValueError(message)
        return frame


def _key(name: str, english: str, japanese: str, *, nullable: bool = False) -> Column:
    return Column(name, TEXT, english, japanese, nullable)


_DOCUMENT = _key("document_key", "Key of the source file, from its content.", "原資料のキー")
_POLICY = _key("policy_key", "Key of the policy (施策).", "施策のキー")
_GOAL = _key("goal_key", "Key of the goal (達成目標).", "達成目標のキー")
_INDICATOR = _key("indicator_key", "Key of the indicator (測定指標).", "測定指標のキー")
_CELL = _key("cell_key", "Key of the cell the text was printed in.", "印字されたセルのキー")
_RAW_TEXT = Column("raw_text", TEXT, "The text as printed.", "印字のとおりの文字列", nullable=False)
_PAGE = Column("page_number", INTEGER, "Page in the file, from 1.", "ページ番号", nullable=False)
_GOAL_NUMBER = Column(
    "goal_number", INTEGER, "Number of the goal on the sheet.", "達成目標の番号", nullable=False
)
_INDICATOR_NUMBER = Column(
    "indicator_number", INTEGER, "Number of the indicator.", "測定指標の番号", nullable=False
)
_FISCAL_YEAR = Column(
    "fiscal_year",
    INTEGER,
    "Western year in which the fiscal year starts; null where none is printed.",
    "年度（始期の西暦年。印字がなければ空）",
)
_PERIOD_TEXT = Column(
    "period_text", TEXT, "The year or period as printed.", "印字のとおりの年度・期間"
)
_VALUE_STATUS = Column(
    "value_status",
    TEXT,
    "value, dash, blank, undecided, pending, text or unparsed.",
    "値の状態",
    nullable=False,
)
_RULE = Column("rule", TEXT, "Which rule of the grammar decided.", "適用された規則")

_CELL_GEOMETRY = (
    _CELL,
    _DOCUMENT,
    _PAGE,
    Column("table_number", INTEGER, "Table on the page, from 1.", "表の番号", nullable=False),
    Column("row_number", INTEGER, "First grid row, from 1.", "行番号", nullable=False),
    Column("column_number", INTEGER, "First grid column, from 1.", "列番号", nullable=False),
    Column("row_span", INTEGER, "Grid rows covered.", "結合行数", nullable=False),
    Column("column_span", INTEGER, "Grid columns covered.", "結合列数", nullable=False),
    Column("x0", POINTS, "Left edge, points.", "左端", nullable=False),
    Column("y0", POINTS, "Top edge, points from the page's top.", "上端", nullable=False),
    Column("x1", POINTS, "Right edge, points.", "右端", nullable=False),
    Column("y1", POINTS, "Bottom edge, points from the page's top.", "下端", nullable=False),
    _RAW_TEXT,
    Column("flavor", TEXT, "lattice or stream.", "読取方式", nullable=False),
)

RAW_DOCUMENTS = Table(
    "raw",
    "documents",
    "one source file, by content",
    (
        _DOCUMENT,
        Column("sha256", TEXT, "SHA-256 of the file; null if it was not opened.", "SHA-256"),
        Column("file_name", TEXT, "Name without folder.", "ファイル名", nullable=False),
        Column("source_url", TEXT, "Where it was published (sidecar).", "公表元のURL"),
        Column("publisher", TEXT, "Publisher (sidecar).", "作成者"),
        Column("title", TEXT, "Title (sidecar).", "標題"),
        Column("sheet_code", TEXT, "Sheet code (sidecar).", "整理番号"),
        Column("document_kind", TEXT, "original, facsimile or synthetic.", "資料の種別"),
        Column("license", TEXT, "Licence (sidecar).", "利用条件"),
        Column("attribution", TEXT, "Attribution line (sidecar).", "出典の表示"),
        Column("continues", TEXT, "Key of the file this continues.", "前の資料のキー"),
        Column("page_count", INTEGER, "Pages; null if unreadable.", "ページ数"),
        Column("status", TEXT, "read or failed.", "読取の状態", nullable=False),
        Column("status_reason", TEXT, "Why it was not read.", "理由"),
    ),
)

RAW_PAGES = Table(
    "raw",
    "pages",
    "one page of one source file",
    (
        _DOCUMENT,
        _PAGE,
        Column("width", POINTS, "Width as shown, points.", "幅", nullable=False),
        Column("height", POINTS, "Height as shown, points.", "高さ", nullable=False),
        Column(
            "rotation",
            INTEGER,
            "Clockwise turn that sets the page upright, degrees: /Rotate, and sideways content.",
            "回転",
            nullable=False,
        ),
        Column("engine", TEXT, "vector, combined or none.", "表の検出方式", nullable=False),
        Column("engine_reason", TEXT, "Why not vector alone.", "方式の理由"),
        Column("table_count", INTEGER, "Ruled tables found.", "罫線表の数", nullable=False),
        Column(
            "text_layer_characters",
            INTEGER,
            "Printed characters (no spaces) of the page's text layer.",
            "ページの文字数（空白を除く）",
            nullable=False,
        ),
        Column(
            "cell_characters",
            INTEGER,
            "Of these, in cells.",
            "セル内の文字数",
            nullable=False,
        ),
        Column(
            "outside_characters",
            INTEGER,
            "Of these, outside every ruled table.",
            "表外の文字数",
            nullable=False,
        ),
        Column(
            "overprinted_characters",
            INTEGER,
            "Of these, printed again on the same spot, kept once in raw_text.",
            "重ね打ちの文字数",
            nullable=False,
        ),
        Column(
            "unmapped_characters",
            INTEGER,
            "Of these, without a Unicode mapping.",
            "文字コード不明の文字数",
            nullable=False,
        ),
        Column(
            "unprinted_characters",
            INTEGER,
            "Besides these, of the text layer, without a mark: invisible, white, off the page.",
            "印字されない文字数",
        ),
    ),
)

RAW_CELLS = Table(
    "raw",
    "cells",
    "one cell as printed",
    (
        *_CELL_GEOMETRY,
        Column(
            "is_open_above",
            FLAG,
            "Whether nothing rules its upper edge: it goes on from the page before.",
            "上端に罫線がないか",
        ),
        Column(
            "is_open_below",
            FLAG,
            "Whether nothing rules its lower edge: it goes on overleaf.",
            "下端に罫線がないか",
        ),
        Column(
            "line_ends",
            TEXT,
            f"A letter a line end: {WRAPPED} where the next character did not fit, "
            f"{BROKEN} where it did.",
            "各行末の理由（w：幅が足りない、b：改行）",
        ),
        Column(
            "is_doubtful",
            FLAG,
            "Whether a figure that stands across its edge may be another cell's.",
            "罫線をまたぐ数値がどのセルのものか決められないか",
        ),
    ),
)

NORMALIZED_CELLS = Table(
    "normalized",
    "cells",
    "one cell as printed, with its role on the form",
    (
        *_CELL_GEOMETRY,
        Column(
            "role",
            TEXT,
            "label, value, title, note, empty or quarantined.",
            "セルの役割",
            nullable=False,
        ),
        Column("quarantine_reason", TEXT, "Why it was not read.", "保留の理由"),
    ),
)

NORMALIZED_DOCUMENTS = Table(
    "normalized",
    "documents",
    "one source file, by content, with the form it was read as",
    (
        *RAW_DOCUMENTS.columns[:3],
        *RAW_DOCUMENTS.columns[3:5],
        Column("form", TEXT, "Family of forms: mext, common; null if none.", "様式"),
        Column("title", TEXT, "Title as printed, else the sidecar's.", "標題"),
        Column("sheet_code", TEXT, "Sheet code, without brackets.", "整理番号"),
        Column("fiscal_year", INTEGER, "Fiscal year of the sheet.", "対象年度"),
        *RAW_DOCUMENTS.columns[7:10],
        Column("page_count", INTEGER, "Pages; null if unreadable.", "ページ数"),
        Column("status", TEXT, "read, unrecognized_form or failed.", "読取の状態", nullable=False),
        Column("status_reason", TEXT, "Why it was not read.", "理由"),
    ),
)

NORMALIZED_POLICIES = Table(
    "normalized",
    "policies",
    "one policy (施策) in one document",
    (
        _POLICY,
        _DOCUMENT,
        Column("policy_name", TEXT, "Name.", "施策名"),
        Column("bureau", TEXT, "Bureau in charge.", "担当部局"),
        Column("responsible_official", TEXT, "Responsible official.", "作成責任者"),
        Column("overview", TEXT, "Overview.", "施策の概要"),
        Column("evaluation_fiscal_year", INTEGER, "Year of its evaluation.", "評価実施年度"),
        Column("related_cabinet_policies", TEXT, "Related cabinet policies.", "内閣の重要施策"),
    ),
)

NORMALIZED_GOALS = Table(
    "normalized",
    "goals",
    "one goal (達成目標)",
    (
        _GOAL,
        _POLICY,
        _DOCUMENT,
        _GOAL_NUMBER,
        Column("goal_text", TEXT, "The goal.", "達成目標"),
        Column("rationale", TEXT, "Why this goal.", "目標設定の考え方・根拠"),
        Column("changes_from_previous_year", TEXT, "Changes.", "昨年度事前分析表からの変更点"),
    ),
)

NORMALIZED_INDICATORS = Table(
    "normalized",
    "indicators",
    "one indicator (測定指標)",
    (
        _INDICATOR,
        _GOAL,
        _POLICY,
        _DOCUMENT,
        _GOAL_NUMBER,
        _INDICATOR_NUMBER,
        Column("indicator_name", TEXT, "Name, without its number.", "測定指標"),
        Column("indicator_type", TEXT, "quantitative or qualitative.", "種別", nullable=False),
        Column("aggregation", TEXT, "single_year, cumulative or null.", "単年度・累計"),
        Column("rationale", TEXT, "Why this indicator and target.", "選定理由・設定根拠"),
    ),
)

NORMALIZED_INDICATOR_VALUES = Table(
    "normalized",
    "indicator_values",
    "one printed value of one indicator",
    (
        _key("indicator_value_key", "Key of the value.", "値のキー"),
        _DOCUMENT,
        _POLICY,
        _GOAL,
        _INDICATOR,
        _GOAL_NUMBER,
        _INDICATOR_NUMBER,
        Column(
            "value_kind",
            TEXT,
            "baseline, actual, annual_target or target.",
            "値の種別",
            nullable=False,
        ),
        _FISCAL_YEAR,
        _PERIOD_TEXT,
        Column("value_numeric", NUMBER, "The value; null unless status is value.", "数値"),
        Column("value_unit", TEXT, "Its unit as printed.", "単位"),
        Column("value_qualifier", TEXT, "Its qualifier: 約, 以上 and so on.", "限定"),
        _VALUE_STATUS,
        _RULE,
        _RAW_TEXT,
        _CELL,
    ),
)

NORMALIZED_PROGRAMS = Table(
    "normalized",
    "programs",
    "one program (達成手段) listed under one goal",
    (
        _key("program_listing_key", "Key of this listing.", "掲載のキー"),
        _key("program_key", "Key of the program, from its name and start.", "達成手段のキー"),
        _DOCUMENT,
        _POLICY,
        _GOAL,
        _GOAL_NUMBER,
        Column("listing_order", INTEGER, "Place in the list, from 1.", "掲載順", nullable=False),
        Column("program_name", TEXT, "Name, without list number.", "達成手段", nullable=False),
        Column("start_fiscal_year", INTEGER, "Fiscal year it began.", "開始年度"),
        Column("review_number", TEXT, "Review sheet number as printed.", "行政事業レビュー番号"),
        Column("remarks", TEXT, "Remarks.", "備考"),
        _CELL,
    ),
)

NORMALIZED_PROGRAM_INDICATORS = Table(
    "normalized",
    "program_indicators",
    "one indicator that one listed program names (関連する指標)",
    (
        _DOCUMENT,
        _GOAL,
        _key("program_listing_key", "Key of the listing.", "掲載のキー"),
        _key("program_key", "Key of the program.", "達成手段のキー"),
        _key("indicator_key", "Key of the indicator.", "測定指標のキー"),
        _INDICATOR_NUMBER,
        Column("is_listed", FLAG, "Whether it exists.", "掲載の有無", nullable=False),
        _RAW_TEXT,
        _CELL,
    ),
)

NORMALIZED_BUDGET_AMOUNTS = Table(
    "normalized",
    "budget_amounts",
    "one printed amount",
    (
        _key("budget_key", "Key of the amount.", "金額のキー"),
        _DOCUMENT,
        _POLICY,
        _key(
            "goal_key",
            "Key of the goal, if any.",
            "達成目標のキー",
            nullable=True,
        ),
        _key("program_key", "Key of the program; null likewise.", "達成手段のキー", nullable=True),
        Column("goal_number", INTEGER, "Goal; null for the policy's own.", "達成目標の番号"),
        Column("budget_level", TEXT, "policy or program.", "区分", nullable=False),
        Column(
            "budget_stage",
            TEXT,
            "revised, initial, executed, supplementary, carryover or requested.",
            "予算の段階",
            nullable=False,
        ),
        _FISCAL_YEAR,
        _PERIOD_TEXT,
        Column("amount_yen", YEN, "Whole yen; null unless status is value.", "金額（円）"),
        Column("amount_printed", NUMBER, "The number as printed, in its unit.", "印字の金額"),
        Column("unit_printed", TEXT, "円, 千円, 百万円, 億円 …", "単位"),
        Column("value_qualifier", TEXT, "Its qualifier: 約 and so on.", "限定"),
        Column("inclusion", TEXT, "exact, inclusive or exclusive.", "内数・外数", nullable=False),
        Column("inclusion_source", TEXT, "printed or inherited.", "内数の根拠", nullable=False),
        _VALUE_STATUS,
        _RULE,
        Column("review_number", TEXT, "Review sheet number.", "行政事業レビュー番号"),
        _RAW_TEXT,
        _CELL,
    ),
)

RAW_TABLES = (RAW_DOCUMENTS, RAW_PAGES, RAW_CELLS)
NORMALIZED_TABLES = (
    NORMALIZED_DOCUMENTS,
    NORMALIZED_CELLS,
    NORMALIZED_POLICIES,
    NORMALIZED_GOALS,
    NORMALIZED_INDICATORS,
    NORMALIZED_INDICATOR_VALUES,
    NORMALIZED_PROGRAMS,
    NORMALIZED_PROGRAM_INDICATORS,
    NORMALIZED_BUDGET_AMOUNTS,
)
TABLES = (*RAW_TABLES, *NORMALIZED_TABLES)
