"""What the marts and reports make of two years' sheets of one policy (``two_years``)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines import export
from pipelines.build.settings import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Built


def test_every_test_of_the_project_passes(good: Built) -> None:
    assert good.named("error", "fail", "skipped", "warn", "runtime error") == set(), good.said


def test_dbt_warns_of_nothing_and_deprecates_nothing(good: Built, empty: Built) -> None:
    assert good.warnings == []
    assert empty.warnings == []


def test_what_could_not_be_read_stands_there_with_its_reason(good: Built) -> None:
    documents = good.rows(
        "select status, status_reason from dim_document where status <> 'read' order by status"
    )
    assert documents == [
        ("failed", "the file is encrypted"),
        ("unrecognized_form", "no declared form has these labels"),
    ]


def test_the_cells_of_an_unrecognized_form_are_in_and_its_facts_are_not(good: Built) -> None:
    assert good.rows("select raw_text from cells where document_key = 'cccccccccccccccc'") == [
        ("別の様式",)
    ]


def test_a_sheets_code_names_its_ministry(good: Built) -> None:
    named = "select ministry_name from dim_document where document_key = 'aaaaaaaaaaaaaaaa'"
    assert good.rows(named) == [("文部科学省",)]


def test_one_program_on_two_sheets_is_one_row_under_its_latest_name(good: Built) -> None:
    programs = good.rows(
        "select program_key, program_name, listing_count from dim_program order by 1"
    )
    assert programs == [
        ("p00000000000a", "改めた名", 3),
        ("p00000000000b", "事業p00000000000b", 1),
    ]


def test_a_link_to_a_missing_indicator_is_reported_and_not_listed(good: Built) -> None:
    assert good.rows("select count(*) from bridge_program_indicator") == [(1,)]
    assert good.rows("select indicator_number from qc_links_to_missing_indicators") == [(9,)]


def test_a_dash_has_no_amount_and_a_pot_is_not_additive(good: Built) -> None:
    amounts = good.rows(
        """
        select value_status, inclusion, amount_yen, is_additive from fact_budget
        where value_status = 'dash' or inclusion = 'inclusive' order by amount_yen nulls first
        """
    )
    assert amounts == [
        ("dash", "exact", None, False),
        ("value", "inclusive", 480_000_000, False),
        ("value", "inclusive", 500_000_000, False),
    ]


def test_words_without_a_year_keep_their_words(good: Built) -> None:
    value = good.rows(
        """
        select value_numeric, value_status, raw_text, fiscal_year, period_text
        from fact_indicator_values where value_status = 'text'
        """
    )
    assert value == [(None, "text", "過去最高値同程度", None, "事業終了時")]


def test_an_amount_under_two_goals_and_on_two_sheets_counts_once_as_the_latest_prints_it(
    good: Built,
) -> None:
    # 30.5 twice on the sheet of 2020, 32 on the sheet of 2021: 32. Executed only in 2020: 31.2.
    year = good.rows(
        """
        select revised_amount_yen, executed_amount_yen, unspent_amount_yen, document_count
        from report_budget_execution where program_key = 'p00000000000a' and fiscal_year = 2019
        """
    )
    assert year == [(32_000_000, 31_200_000, 800_000, 2)]


def test_a_pot_is_an_upper_bound_beside_an_empty_amount(good: Built) -> None:
    pot = good.rows(
        """
        select revised_amount_yen, revised_upper_bound_yen, executed_upper_bound_yen
        from report_budget_execution where program_key = 'p00000000000b'
        """
    )
    assert pot == [(None, 500_000_000, 480_000_000)]


def test_a_year_with_nothing_but_a_dash_keeps_its_row(good: Built) -> None:
    dash = "select initial_amount_yen from report_budget_execution where fiscal_year = 2020"
    assert good.rows(dash) == [(None,)]


def test_progress_compares_each_years_actual_with_its_target(good: Built) -> None:
    # 2019: 1,582 against 1,400; on the way from 43 to 1,600: (1582-43)/(1600-43) = 98.8439 %.
    progress = good.rows(
        """
        select fiscal_year, target_kind, target_value, actual_value, difference_from_target,
            percent_of_way, direction_source, is_target_reached, is_latest_actual
        from report_indicator_progress order by fiscal_year
        """
    )
    assert progress == [
        (2018, None, None, Decimal(1291), None, Decimal("80.1541"), "inferred", None, False),
        (
            2019,
            "annual_target",
            Decimal(1400),
            Decimal(1582),
            Decimal(182),
            Decimal("98.8439"),
            "inferred",
            True,
            True,
        ),
        (2020, "target", Decimal(1600), None, None, None, "inferred", None, False),
    ]


def test_the_overview_keeps_the_policys_amount_apart_from_its_programs(good: Built) -> None:
    # Its programs spent 31.2 (one program under two goals); the other one's is a pot.
    overview = good.rows(
        """
        select executed_fiscal_year, revised_amount_yen, executed_amount_yen, executed_percent,
            program_executed_amount_yen, program_count_without_executed_amount, program_count,
            quarantined_cell_count
        from report_policy_overview where document_key = 'aaaaaaaaaaaaaaaa'
        """
    )
    assert overview == [
        (2019, 100_000_000, 90_000_000, Decimal(90), 31_200_000, 1, 2, 1),
    ]


def test_the_summary_counts_what_each_check_reports(good: Built) -> None:
    # Execution above budget under both goals; the two sheets differ on 2019's revised amount;
    # the second indicator has its target in words, so none lacks one.
    summary = dict(good.rows("select check_name, row_count from qc_summary where row_count > 0"))
    assert summary == {
        "qc_amounts_that_conflict": 1,
        "qc_execution_above_budget": 2,
        "qc_links_to_missing_indicators": 1,
        "qc_quarantined_cells": 1,
    }


def test_each_check_is_in_the_summary(good: Built) -> None:
    checks = {
        name
        for (name,) in good.rows(
            "select table_name from duckdb_tables() where starts_with(table_name, 'qc_')"
        )
    }
    summed = {name for (name,) in good.rows("select check_name from qc_summary")}
    # These two are held by tests, or count everything.
    assert checks - summed == {"qc_summary", "qc_document_row_counts"}


def test_the_same_sheets_in_another_order_give_the_same_parquet_bytes(
    good: Built, shuffled: Built, tmp_path: Path
) -> None:
    exported = []
    for threads, built in ((1, good), (2, shuffled), (4, shuffled)):
        data = DataFolder(tmp_path / str(threads))
        data.root.mkdir()
        data.warehouse.hardlink_to(built.database)
        export.write(data, threads=threads)
        tables = (data.root / "export" / "parquet").iterdir()
        exported.append({path.stem: path.read_bytes() for path in tables})
    for tables in exported:
        # It names the build, and when it was made.
        assert tables.pop("meta_build")
    assert len(exported[0]) > 30
    assert exported[0] == exported[1] == exported[2]
