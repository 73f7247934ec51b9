"""The documentation site as a person sees it: headless Chromium, with no network at all.

``LINEAGE_PICTURE=/some/file.png`` keeps the picture of the lineage that the README shows.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest
from calling import shisaku
from PIL import Image
from playwright import sync_api

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The network is unplugged: no name leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# The graph is drawn on a canvas; its library keeps the nodes at the element that it draws in.
NODES = """
    () => [...document.querySelectorAll('*')]
        .flatMap(element => element._cyreg?.cy ? [element._cyreg.cy] : [])
        .flatMap(graph => graph.nodes(':visible').map(node => node.id()))
"""

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here (Debian: apt-get install chromium)"),
    # One process makes the site and looks at it.
    pytest.mark.xdist_group("site"),
]


@pytest.fixture(scope="module")
def site(seed_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that ``shisaku docs`` writes for the seed build."""
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(
        seed_data, data, ignore=shutil.ignore_patterns("cache", "dbt", "logs", "builds")
    )
    ended = shisaku("docs", "--data", data)
    assert ended.status == 0, ended.errors
    assert [path.name for path in (data / "docs").iterdir()] == ["index.html"]
    return data / "docs" / "index.html"


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the browser asked for."""
    return []


@pytest.fixture(scope="module")
def page(site: Path, asked: list[str]) -> Iterator[sync_api.Page]:
    """The browser's window, opened on the site."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        window = browser.new_page(viewport={"width": 1200, "height": 700}, device_scale_factor=2)
        window.set_default_timeout(20_000)
        window.on("request", lambda request: asked.append(request.url))
        window.goto(site.as_uri())
        yield window
        browser.close()


def test_it_opens_on_an_overview_of_layers_lineage_and_sheets(page: sync_api.Page) -> None:
    for heading in ("The layers", "How to read lineage", "Which sheets are in"):
        page.get_by_role("heading", name=re.compile(f"^{heading}")).wait_for()
    sheet = page.get_by_role("row", name="文R2－9－1")
    assert sheet.get_by_role("cell").all_inner_texts() == [
        "2020",
        "文R2－9－1",
        "未来社会を見据えた先端基盤技術の強化",
        "文部科学省",
        "mext-r2-9-1.facsimile.pdf",
        "read",
    ]


def test_every_published_column_is_explained_in_japanese_beside_english(
    page: sync_api.Page, seed_data: Path
) -> None:
    page.get_by_role("link", name="all columns / 列の一覧").click()
    page.get_by_role("heading", name="All columns / 列の一覧").wait_for()
    amount = page.get_by_role("row", name="is_additive BOOLEAN").first.get_by_role("cell")
    _, _, english, japanese = amount.all_inner_texts()
    assert english.startswith("Whether")
    assert re.search("[ぁ-ん]", japanese)
    with duckdb.connect(str(seed_data / "warehouse.duckdb"), read_only=True) as connection:
        published = connection.execute(
            "select count(*) from duckdb_columns() where schema_name = 'main' and not internal"
        ).fetchone()
    rows = page.locator("tbody tr:visible").all_inner_texts()
    assert (len(rows),) == published
    assert [row for row in rows if not re.search(r"[a-z].*\t.*[ぁ-んァ-ヶ一-龠]", row)] == []


def test_a_click_leads_to_fact_budget_and_its_lineage_from_parquet_to_exposures(
    page: sync_api.Page,
) -> None:
    page.get_by_role("link", name="fact_budget", exact=True).first.click()
    page.get_by_role("heading", name="fact_budget table").wait_for()
    page.get_by_title("View Lineage Graph").click()
    page.wait_for_function(f"() => ({NODES})().includes('model.shisaku.fact_budget')")
    page.get_by_title("View Fullscreen").locator("visible=true").first.click()
    page.wait_for_function(
        f"() => ({NODES})().includes('source.shisaku.normalized.budget_amounts')"
    )
    assert {
        "source.shisaku.normalized.budget_amounts",
        "source.shisaku.normalized.cells",
        "model.shisaku.stg_normalized__budget_amounts",
        "model.shisaku.int_budget_amounts_classified",
        "model.shisaku.fact_budget",
        "model.shisaku.report_budget_execution",
        "exposure.shisaku.budget_execution_dashboard",
        "exposure.shisaku.warehouse_export",
        "metric.shisaku.execution_rate",
    } <= set(page.evaluate(NODES))
    if picture := os.environ.get("LINEAGE_PICTURE"):
        keep_picture(page, picture)


def keep_picture(page: sync_api.Page, picture: str) -> None:
    """One way through the lineage; with all of them the names would be too small to read."""
    page.set_viewport_size({"width": 1200, "height": 400})
    way = "+int_budget_amounts_classified fact_budget report_budget_execution+"
    page.locator("[ng-model$='dirty.include']").fill(way)
    page.get_by_text("Update Graph").click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(2000)
    page.screenshot(path=picture)
    with Image.open(picture) as image:
        image.quantize(128, dither=Image.Dither.NONE).save(picture, optimize=True)


@pytest.mark.usefixtures("page")
def test_nothing_was_asked_of_any_network(asked: list[str]) -> None:
    assert asked
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
