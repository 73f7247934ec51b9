"""Tables of typed rows: forms, what they say, and what was made of each cell."""

from __future__ import annotations

from pipelines.schemas.columns import (
    CELL,
    CELL_GEOMETRY,
    DOCUMENT,
    FISCAL_YEAR,
    GOAL,
    GOAL_NUMBER,
    INDICATOR,
    INDICATOR_NUMBER,
    PERIOD_TEXT,
    POLICY,
    RAW_TEXT,
    RULE,
    VALUE_STATUS,
    key,
)
from pipelines.schemas.raw import RAW_DOCUMENTS
from pipelines.schemas.table import FLAG, INTEGER, NUMBER, TEXT, YEN, Column, Table

NORMALIZED_CELLS = Table(
    "normalized",
    "cells",
    "one cell as printed, with its role on the form",
    (
        *CELL_GEOMETRY,
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
        POLICY,
        DOCUMENT,
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
        GOAL,
        POLICY,
        DOCUMENT,
        GOAL_NUMBER,
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
        INDICATOR,
        GOAL,
        POLICY,
        DOCUMENT,
        GOAL_NUMBER,
        INDICATOR_NUMBER,
        Column("indicator_name", TEXT, "Name, without its number.", "測定指標"),
        Column("indicator_type", TEXT, "quantitative or qualitative; null if not read.", "種別"),
        Column("aggregation", TEXT, "single_year, cumulative or null.", "単年度・累計"),
        Column("rationale", TEXT, "Why this indicator and target.", "選定理由・設定根拠"),
    ),
)

NORMALIZED_INDICATOR_VALUES = Table(
    "normalized",
    "indicator_values",
    "one printed value of one indicator",
    (
        key("indicator_value_key", "Key of the value.", "値のキー"),
        DOCUMENT,
        POLICY,
        GOAL,
        INDICATOR,
        GOAL_NUMBER,
        INDICATOR_NUMBER,
        Column(
            "value_kind",
            TEXT,
            "baseline, actual, annual_target or target.",
            "値の種別",
            nullable=False,
        ),
        FISCAL_YEAR,
        PERIOD_TEXT,
        Column("value_numeric", NUMBER, "The value; null unless status is value.", "数値"),
        Column("value_unit", TEXT, "Its unit as printed.", "単位"),
        Column("value_qualifier", TEXT, "Its qualifier: 約, 以上 and so on.", "限定"),
        VALUE_STATUS,
        RULE,
        RAW_TEXT,
        CELL,
    ),
)

NORMALIZED_PROGRAMS = Table(
    "normalized",
    "programs",
    "one program (達成手段) listed under one goal",
    (
        key("program_listing_key", "Key of this listing.", "掲載のキー"),
        key("program_key", "Key of the program, from its name and start.", "達成手段のキー"),
        DOCUMENT,
        POLICY,
        GOAL,
        GOAL_NUMBER,
        Column("listing_order", INTEGER, "Place in the list, from 1.", "掲載順", nullable=False),
        Column("program_name", TEXT, "Name, without list number.", "達成手段", nullable=False),
        Column("start_fiscal_year", INTEGER, "Fiscal year it began.", "開始年度"),
        Column("review_number", TEXT, "Review sheet number as printed.", "行政事業レビュー番号"),
        Column("remarks", TEXT, "Remarks.", "備考"),
        CELL,
    ),
)

NORMALIZED_PROGRAM_INDICATORS = Table(
    "normalized",
    "program_indicators",
    "one indicator that one listed program names (関連する指標)",
    (
        DOCUMENT,
        GOAL,
        key("program_listing_key", "Key of the listing.", "掲載のキー"),
        key("program_key", "Key of the program.", "達成手段のキー"),
        key("indicator_key", "Key of the indicator.", "測定指標のキー"),
        INDICATOR_NUMBER,
        Column("is_listed", FLAG, "Whether it exists.", "掲載の有無", nullable=False),
        RAW_TEXT,
        CELL,
    ),
)

NORMALIZED_BUDGET_AMOUNTS = Table(
    "normalized",
    "budget_amounts",
    "one printed amount",
    (
        key("budget_key", "Key of the amount.", "金額のキー"),
        DOCUMENT,
        POLICY,
        key(
            "goal_key",
            "Key of the goal, if any.",
            "達成目標のキー",
            nullable=True,
        ),
        key("program_key", "Key of the program; null likewise.", "達成手段のキー", nullable=True),
        Column("goal_number", INTEGER, "Goal; null for the policy's own.", "達成目標の番号"),
        Column("budget_level", TEXT, "policy or program.", "区分", nullable=False),
        Column(
            "budget_stage",
            TEXT,
            "revised, initial, executed, supplementary, carryover or requested.",
            "予算の段階",
            nullable=False,
        ),
        FISCAL_YEAR,
        PERIOD_TEXT,
        Column("amount_yen", YEN, "Whole yen; null unless status is value.", "金額（円）"),
        Column("amount_printed", NUMBER, "The number as printed, in its unit.", "印字の金額"),
        Column("unit_printed", TEXT, "円, 千円, 百万円, 億円 …", "単位"),
        Column("value_qualifier", TEXT, "Its qualifier: 約 and so on.", "限定"),
        Column("inclusion", TEXT, "exact, inclusive or exclusive.", "内数・外数", nullable=False),
        Column("inclusion_source", TEXT, "printed or inherited.", "内数の根拠", nullable=False),
        VALUE_STATUS,
        RULE,
        Column("review_number", TEXT, "Review sheet number.", "行政事業レビュー番号"),
        RAW_TEXT,
        CELL,
    ),
)

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
