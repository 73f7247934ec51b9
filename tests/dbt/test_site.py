"""The documentation site: one file, opening on the overview, that asks no network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Built

OVERVIEW = Path(__file__).parents[2] / "dbt_project" / "docs" / "overview.md"


def test_the_overview_is_the_front_page(good: Built) -> None:
    front = good.manifest["docs"]["doc.shisaku.__overview__"]["block_contents"]
    assert front.startswith("# shisaku")
    assert "## How to read lineage" in front


def test_the_overview_links_only_to_models_that_there_are(good: Built) -> None:
    linked = set(re.findall(r"#!/model/(model\.shisaku\.\w+)", OVERVIEW.read_text("utf-8")))
    assert linked
    assert linked <= set(good.manifest["nodes"])


def test_the_overview_keeps_the_place_for_the_sheets_of_a_build() -> None:
    assert OVERVIEW.read_text("utf-8").count("<!-- sheets-of-this-build -->") == 1


def test_the_site_sends_nothing_home(good: Built) -> None:
    assert good.manifest["metadata"]["send_anonymous_usage_stats"] is False


def test_metrics_are_made_of_columns_that_there_are(good: Built) -> None:
    columns = set(good.rows("select table_name, column_name from duckdb_columns()"))
    for model in good.manifest["semantic_models"].values():
        table = model["node_relation"]["alias"]
        for part in (*model["entities"], *model["dimensions"], *model["measures"]):
            named = part["expr"] or part["name"]
            words = set(re.findall(r"[a-z_]{6,}", named))
            assert words, part
            assert any((table, word) in columns for word in words), (table, part["name"])
