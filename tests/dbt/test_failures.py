"""A broken sheet stops a build: each test and each constraint fails on what it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_up_sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Built

# The published sheet, of which a person has counted 102 values and 48 amounts.
COUNTED = "5fe7f3aa7c643c2b1eca041c265b230af7418369cd719235337cad60797858fb"


def _sheet(document_key: str) -> Sheet:
    sheet = Sheet(document_key)
    sheet.policy()
    sheet.goal(1)
    sheet.indicator(1, 1)
    sheet.value(1, 1, "actual", 2019, "7")
    sheet.program(1, 1, "p00000000000a")
    sheet.amount("revised", 2019, "5", goal=1, program_key="p00000000000a")
    return sheet


def _lost_a_character() -> Sheet:
    sheet = _sheet("a000000000000001")
    sheet.rows["raw.pages"][0]["text_layer_characters"] += 1
    return sheet


def _lost_a_cell() -> Sheet:
    sheet = _sheet("a000000000000002")
    sheet.cell("", "empty")
    sheet.rows["normalized.cells"].pop()
    return sheet


def _took_a_dash_for_zero() -> Sheet:
    sheet = _sheet("a000000000000003")
    sheet.value(1, 1, "actual", 2018, "―", value_numeric=0)
    sheet.amount("initial", 2020, "―", amount_yen=0, amount_printed=0)
    return sheet


def _invented_a_status() -> Sheet:
    sheet = _sheet("a000000000000004")
    sheet.value(1, 1, "actual", 2018, "―", value_status="zero")
    return sheet


def _numbered_a_goal_twice_over() -> Sheet:
    sheet = _sheet("a000000000000005")
    sheet.rows["normalized.indicator_values"][0]["goal_number"] = 2
    return sheet


def _read_facts_off_an_unknown_form() -> Sheet:
    sheet = _sheet("a000000000000006")
    sheet.rows["normalized.documents"][0]["status"] = "unrecognized_form"
    return sheet


def _dropped_a_file() -> Sheet:
    sheet = Sheet("a000000000000007")
    sheet.rows["normalized.documents"].clear()
    sheet.rows["raw.pages"].clear()
    return sheet


def _dropped_a_page() -> Sheet:
    sheet = _sheet("a000000000000008")
    sheet.rows["normalized.documents"][0]["page_count"] = 2
    return sheet


def _read_fewer_rows_than_a_person_counted() -> Sheet:
    sheet = _sheet(COUNTED[:16])
    for table in ("raw.documents", "normalized.documents"):
        sheet.rows[table][0]["sha256"] = COUNTED
    return sheet


def _quarantined_without_a_reason() -> Sheet:
    sheet = _sheet("a000000000000009")
    sheet.cell("？", "quarantined")
    return sheet


def _gave_a_policys_amount_to_a_goal() -> Sheet:
    sheet = _sheet("a00000000000000a")
    sheet.amount("revised", 2018, "5", goal=1)
    return sheet


def _listed_two_programs_in_one_place() -> Sheet:
    sheet = _sheet("a00000000000000b")
    sheet.program(1, 1, "p00000000000b", program_listing_key="again")
    return sheet


def _took_one_file_for_two() -> list[Sheet]:
    first, second = _sheet("a00000000000000c"), _sheet("a00000000000000d")
    for table in ("raw.documents", "normalized.documents"):
        second.rows[table][0]["sha256"] = first.rows[table][0]["sha256"]
    return [first, second]


def _read_a_file_that_it_never_opened() -> Sheet:
    sheet = _sheet("a000000000000010")
    for table in ("raw.documents", "normalized.documents"):
        sheet.rows[table][0]["sha256"] = None
    return sheet


def _took_one_documents_cell_for_anothers() -> list[Sheet]:
    first, second = _sheet("a00000000000000e"), _sheet("a00000000000000f")
    cell = first.rows["normalized.indicator_values"][0]["cell_key"]
    second.rows["normalized.indicator_values"][0]["cell_key"] = cell
    return [first, second]


WITHOUT_TESTS = ["build", "--exclude", "resource_type:test", "resource_type:unit_test"]
DATA_TESTS = ["test", "--exclude", "resource_type:unit_test"]


@pytest.fixture(scope="session")
def broken(dbt: Callable[..., Built]) -> Built:
    sheets = [
        _lost_a_character(),
        _lost_a_cell(),
        _took_a_dash_for_zero(),
        _invented_a_status(),
        _numbered_a_goal_twice_over(),
        _read_facts_off_an_unknown_form(),
        _dropped_a_file(),
        _dropped_a_page(),
        _read_fewer_rows_than_a_person_counted(),
        _quarantined_without_a_reason(),
        _read_a_file_that_it_never_opened(),
        _gave_a_policys_amount_to_a_goal(),
        _listed_two_programs_in_one_place(),
        *_took_one_file_for_two(),
        *_took_one_documents_cell_for_anothers(),
    ]
    return dbt("broken", sheets, [WITHOUT_TESTS, DATA_TESTS])


def test_each_test_fails_on_what_it_is_there_for_and_no_other_does(broken: Built) -> None:
    assert {_short(name) for name in broken.named("fail")} == {
        "accepted_values_fact_indicator_values_value_status",
        "cells_say_why_they_are_quarantined",
        "dim_document_knows_the_content_it_opened",
        "dim_document_says_why_it_was_not_read",
        "documents_that_were_not_read_have_no_facts",
        "every_character_and_cell_is_conserved",
        "every_page_of_a_readable_file_arrives",
        "every_source_file_arrives",
        "fact_budget_belongs_to_a_program_or_to_the_policy",
        "fact_budget_has_an_amount_exactly_where_it_is_a_value",
        "fact_indicator_values_agrees_with_its_indicator",
        "fact_indicator_values_has_a_number_exactly_where_it_is_a_value",
        "fact_indicator_values_stands_in_its_document",
        "reviewed_row_counts_hold",
        "unique_dim_document_sha256",
        "unique_together_bridge_program_goal_goal_key__listing_order",
    }


def _short(test: str) -> str:
    """The name of a test without the vocabulary that dbt strings onto it."""
    return test.partition("__value__")[0]


def test_a_page_that_lost_something_says_what(broken: Built) -> None:
    # The lost character, and the lost cell.
    lost = broken.rows(
        """
        select document_key, lost_character_count, lost_cell_count from qc_page_accounts
        where not is_conserved order by document_key
        """
    )
    assert lost == [("a000000000000001", 1, 0), ("a000000000000002", 0, 1)]


def test_the_database_itself_refuses_rows_with_broken_keys(dbt: Callable[..., Built]) -> None:
    sheet = _sheet("b000000000000001")
    sheet.value(1, 1, "actual", 2018, "8", cell_key="no such cell")
    sheet.program(1, 2, "p00000000000b", goal_key="no such goal")
    sheet.link(1, 1, "p00000000000a", 9, is_listed=True)
    sheet.amount("revised", 2018, "6", budget_key=f"{sheet.policy_key}-b1")
    refused = dbt("refused", [sheet], [["build", "--selector", "build"]])
    assert refused.named("error") == {
        "bridge_program_goal",
        "bridge_program_indicator",
        "fact_budget",
        "fact_indicator_values",
    }
    assert "duplicate key" in refused.said
    assert "Violates foreign key" in refused.said
