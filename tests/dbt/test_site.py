"""The documentation site: one file, opening on the overview, that asks no network."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from pipelines.build import front_pages, site
from pipelines.build.settings import DataFolder
from pipelines.errors import ShisakuError

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


def test_a_site_without_the_places_for_sheets_and_columns_is_refused(good: Built) -> None:
    with pytest.raises(ShisakuError, match="no place for <!-- sheets-of-this-build -->"):
        front_pages.filled("<html></html>", good.database)


def test_what_could_not_be_read_is_listed_with_its_reason(good: Built) -> None:
    page = front_pages.filled("".join(front_pages.PLACES), good.database)
    assert "Documents: 4." in page
    assert "failed | the file is encrypted |" in page


def test_a_name_that_looks_like_markup_is_shown_and_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    hostile = "</script><img src=x onerror=alert(1)> **a** | b `c` [d](javascript:e)"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table dim_policy (document_key varchar, policy_name varchar)")
        connection.execute(
            "create table meta_build as select 'b' build_id, now() built_at, 1 document_count"
        )
        connection.execute(
            "create table dim_document as select 'd' document_key, 2020 fiscal_year, "
            "null sheet_code, null publisher, $1 file_name, 'read' status, null status_reason",
            [hostile],
        )
    page = front_pages.filled("".join(front_pages.PLACES), path)
    (shown,) = re.findall(r"&lt;/script.*?(?= \| read)", page)
    assert "<" not in page
    # In JSON, each backslash of Markdown is two.
    assert shown == (
        r"&lt;/script&gt;&lt;img src=x onerror=alert\\(1\\)&gt; \\*\\*a\\*\\* \\| b \\`c\\` "
        r"\\[d\\]\\(javascript:e\\)"
    )


def test_the_site_is_served_on_this_machine(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    data.docs.mkdir()
    (data.docs / "index.html").write_text("the site", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    threading.Thread(target=site.serve, args=(data, port), daemon=True).start()
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.read() == b"the site"
                return
        except urllib.error.URLError:
            time.sleep(0.05)
    pytest.fail("the site is not served")


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ShisakuError, match=r"cannot be used: .* Name another with --port\."):
            site.serve(DataFolder(tmp_path), taken.getsockname()[1])


def test_the_site_sends_nothing_home(good: Built) -> None:
    assert good.manifest["metadata"]["send_anonymous_usage_stats"] is False


def test_every_measure_and_dimension_of_the_metrics_can_be_asked_for(good: Built) -> None:
    for model in good.manifest["semantic_models"].values():
        table = model["node_relation"]["alias"]
        asked = [
            f"{measure['agg']}({measure['expr'] or measure['name']})"
            for measure in model["measures"]
        ]
        by = [part["expr"] or part["name"] for part in (*model["entities"], *model["dimensions"])]
        assert asked
        query = f"select {', '.join((*by, *asked))} from {table} group by all"  # noqa: S608
        assert good.rows(query)


def test_the_rate_of_execution_takes_programs_that_print_both_amounts(good: Built) -> None:
    # Of the made-up sheets' programs one prints both in one year: 32 and 31.2 million; the other's
    # amounts are pots.
    (model,) = (
        model
        for model in good.manifest["semantic_models"].values()
        if model["name"] == "budget_execution"
    )
    measures = {measure["name"]: measure for measure in model["measures"]}
    metrics = {
        metric["name"]: metric["type_params"] for metric in good.manifest["metrics"].values()
    }
    sides = [
        measures[metrics[metrics["execution_rate"][side]["name"]]["measure"]["name"]]
        for side in ("numerator", "denominator")
    ]
    asked = ", ".join(f"{side['agg']}({side['expr']})" for side in sides)
    assert good.rows(f"select {asked} from report_budget_execution") == [  # noqa: S608
        (31_200_000, 32_000_000)
    ]
