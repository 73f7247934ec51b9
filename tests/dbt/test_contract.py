"""The tables that the contract promises: names, columns, types, comments, keys."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Built

TEXT, COUNT, YEN, NUMBER, FLAG, DAY = (
    "VARCHAR",
    "INTEGER",
    "BIGINT",
    "DECIMAL(18,4)",
    "BOOLEAN",
    "DATE",
)
PLAIN = {TEXT, COUNT, YEN, NUMBER, FLAG, DAY, "TIMESTAMP"}

# The contract's columns, by type; all others of a table are text.
COLUMNS = {
    "dim_document": """document_key sha256 file_name source_url publisher form title sheet_code
        fiscal_year page_count status status_reason""",
    "dim_policy": """policy_key document_key policy_name bureau responsible_official overview
        evaluation_fiscal_year related_cabinet_policies""",
    "dim_goal": """goal_key policy_key goal_number goal_text rationale
        changes_from_previous_year""",
    "dim_indicator": """indicator_key goal_key goal_number indicator_number indicator_name
        indicator_type aggregation rationale""",
    "dim_program": "program_key program_name start_fiscal_year",
    "dim_fiscal_year": "fiscal_year start_date end_date era_label era_label_short",
    "bridge_program_goal": """document_key goal_key program_key listing_order review_number
        remarks""",
    "bridge_program_indicator": "document_key program_key indicator_key",
    "fact_indicator_values": """indicator_value_key document_key policy_key goal_key
        indicator_key goal_number indicator_number value_kind fiscal_year period_text
        value_numeric value_unit value_qualifier value_status raw_text cell_key""",
    "fact_budget": """budget_key document_key policy_key goal_key program_key goal_number
        budget_level budget_stage fiscal_year amount_yen amount_printed unit_printed inclusion
        inclusion_source is_additive value_status review_number raw_text cell_key""",
    "cells": """cell_key document_key page_number table_number row_number column_number row_span
        column_span x0 y0 x1 y1 raw_text flavor role quarantine_reason""",
}
TYPES = {
    COUNT: """fiscal_year evaluation_fiscal_year start_fiscal_year page_count goal_number
        indicator_number listing_order page_number table_number row_number column_number row_span
        column_span""",
    YEN: "amount_yen",
    NUMBER: "value_numeric amount_printed x0 y0 x1 y1",
    FLAG: "is_additive",
    DAY: "start_date end_date",
}
TYPE_OF = {name: type_ for type_, names in TYPES.items() for name in names.split()}


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_the_contracts_columns_in_order_and_type(good: Built, table: str) -> None:
    promised = [(name, TYPE_OF.get(name, TEXT)) for name in COLUMNS[table].split()]
    found = good.rows(
        "select column_name, data_type from duckdb_columns() where table_name = ?", table
    )
    assert [pair for pair in found if pair in promised] == promised


def test_only_plain_types_are_published(good: Built) -> None:
    types = good.rows("select distinct data_type from duckdb_columns() where not internal")
    assert {name for (name,) in types} <= PLAIN


def test_main_holds_tables_and_never_a_view(good: Built) -> None:
    views = "select view_name from duckdb_views() where schema_name = 'main' and not internal"
    assert good.rows(views) == []


def test_only_the_layers_on_the_way_hold_views(good: Built) -> None:
    schemas = good.rows("select distinct schema_name from duckdb_views() where not internal")
    assert {name for (name,) in schemas} == {"staging", "intermediate"}


def test_everything_published_has_a_comment_in_english_then_japanese(good: Built) -> None:
    unexplained = good.rows(
        """
        with commented as (
            select table_name as name, comment, schema_name from duckdb_tables()
            union all
            select table_name || '.' || column_name as name, comment, schema_name
            from duckdb_columns() where not internal
        )
        select name, comment from commented
        where schema_name in ('main', 'reference')
            and not coalesce(
                regexp_matches(comment, '^[^/]*[A-Za-z].* / .*[ぁ-んァ-ヶ一-龠]')
                -- A folded line of YAML leaves a space where Japanese has none.
                and not regexp_matches(comment, '[。、] [^/]'),
                false
            )
        """
    )
    assert unexplained == []


def test_every_table_has_a_primary_key_and_facts_point_at_their_dimensions(good: Built) -> None:
    keyless = good.rows(
        """
        select table_name from duckdb_tables() where schema_name = 'main'
        except
        select table_name from duckdb_constraints() where constraint_type = 'PRIMARY KEY'
        """
    )
    pointed_at = good.rows(
        """
        select referenced_table from duckdb_constraints()
        where constraint_type = 'FOREIGN KEY' and table_name = 'fact_budget' order by all
        """
    )
    assert keyless == []
    assert [name for (name,) in pointed_at] == [
        "cells",
        "dim_document",
        "dim_fiscal_year",
        "dim_goal",
        "dim_policy",
        "dim_program",
    ]


def test_fiscal_years_bear_the_names_of_their_eras(good: Built) -> None:
    # The contract's own example, and the last year before it.
    named = good.rows(
        """
        select fiscal_year, era_label, era_label_short, start_date, end_date
        from dim_fiscal_year where fiscal_year in (2018, 2019) order by fiscal_year
        """
    )
    heisei = (dt.date(2018, 4, 1), dt.date(2019, 3, 31))
    reiwa = (dt.date(2019, 4, 1), dt.date(2020, 3, 31))
    assert named == [
        (2018, "平成30年度", "H30", *heisei),
        (2019, "令和元年度", "R1", *reiwa),
    ]


def test_the_build_says_which_it_is(good: Built) -> None:
    facts = good.rows(
        """
        select build_id, built_at, document_count, read_document_count,
            unrecognized_document_count, failed_document_count, quarantined_cell_count
        from meta_build
        """
    )
    assert facts == [("good", dt.datetime(2026, 4, 1, 9, 30), 4, 2, 1, 1, 1)]  # noqa: DTZ001


def test_no_document_at_all_builds_every_table(good: Built, empty: Built) -> None:
    tables = "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
    assert empty.named("error", "fail", "skipped") == set()
    assert empty.rows(tables) == good.rows(tables)
    assert empty.rows("select document_count, cell_count from meta_build") == [(0, 0)]
