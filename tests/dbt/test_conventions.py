"""The conventions of the dbt project, held against dbt's own manifest of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Built

Node = dict[str, Any]

PUBLISHED = {"marts", "reports", "qc"}
# Which layers a model may select from: data walks front to back. Qc also looks at what staging
# kept and the marts left out; reports may stand on each other.
MAY_SELECT_FROM = {
    "staging": {"source"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"staging", "intermediate", "marts", "seed"},
    "reports": {"intermediate", "marts", "reports"},
    "qc": {"staging", "intermediate", "marts", "qc", "seed"},
}
NAMES = {
    "staging": r"stg_[a-z]+__[a-z_]+s",
    "intermediate": r"int_[a-z]+(_[a-z]+)*",
    "marts": r"(dim|fact|bridge|meta)_[a-z_]+|cells",
    "reports": r"report_[a-z_]+",
    "qc": r"qc_[a-z_]+",
}
ENGINE_SPECIFIC = re.compile(
    r"\b(read_parquet|regexp_\w+|string_agg|list_\w+|unnest|make_date|sha256|md5|try_cast"
    r"|strftime|starts_with|contains|generate_series)\s*\(|::|\bqualify\b",
    re.IGNORECASE,
)
BOTH_LANGUAGES = re.compile(r"[A-Za-z].*/.*[ぁ-んァ-ヶ一-龠]", re.DOTALL)
# These list and count; no unit test could say more than they do.
DECIDES_NOTHING = {"int_days_listed", "qc_page_accounts", "qc_summary"}


def _models(built: Built, *layers: str) -> Iterator[tuple[str, str, Node]]:
    """Layer, name and node of every model (of ``layers``, if any are named)."""
    for node in built.manifest["nodes"].values():
        if node["resource_type"] == "model" and (not layers or node["fqn"][1] in layers):
            yield node["fqn"][1], node["name"], node


def test_models_stand_in_the_layers_that_there_are(good: Built) -> None:
    assert {layer for layer, _, _ in _models(good)} == set(MAY_SELECT_FROM)


def test_models_are_named_for_their_layer(good: Built) -> None:
    odd = [name for layer, name, _ in _models(good) if not re.fullmatch(NAMES[layer], name)]
    assert odd == []


def test_a_layer_selects_only_from_the_layers_before_it(good: Built) -> None:
    def layer_of(unique_id: str) -> str:
        kind = unique_id.split(".", maxsplit=1)[0]
        node = good.manifest["nodes"].get(unique_id)
        return node["fqn"][1] if kind == "model" and node else kind

    backwards = [
        (name, parent)
        for layer, name, node in _models(good)
        for parent in node["depends_on"]["nodes"]
        # A foreign key names its parent too; that is no selection.
        if parent.split(".")[2] in {ref["name"] for ref in node["refs"]}
        or parent.startswith("source")
        if layer_of(parent) not in MAY_SELECT_FROM[layer]
    ]
    assert backwards == []


def test_staging_has_one_model_a_source(good: Built) -> None:
    for _, name, node in _models(good, "staging"):
        (source,) = node["depends_on"]["nodes"]
        _, _, layer, table = source.split(".")
        assert name == f"stg_{layer}__{table}"


def test_models_say_in_one_comment_what_they_are_in_english_and_japanese(good: Built) -> None:
    mute = [
        name for _, name, node in _models(good) if not BOTH_LANGUAGES.search(node["description"])
    ]
    assert mute == []


@pytest.mark.parametrize("kind", ["nodes", "sources"])
def test_columns_are_described_in_english_and_japanese(good: Built, kind: str) -> None:
    mute = [
        (node["name"], column["name"])
        for node in good.manifest[kind].values()
        for column in node.get("columns", {}).values()
        if not BOTH_LANGUAGES.search(column["description"])
    ]
    assert mute == []


def test_every_column_that_a_table_has_is_described(good: Built) -> None:
    built = set(
        good.rows("select table_name, column_name from duckdb_columns() where not internal")
    )
    described = {
        (node["name"], column)
        for node in good.manifest["nodes"].values()
        if node["resource_type"] in {"model", "seed"}
        for column in node["columns"]
    }
    assert built == described


def test_tests_macros_exposures_and_metrics_are_described(good: Built) -> None:
    ours = "shisaku"
    singular = [
        node
        for node in good.manifest["nodes"].values()
        if node["resource_type"] == "test" and "test_metadata" not in node
    ]
    described = [
        *singular,
        *(macro for macro in good.manifest["macros"].values() if macro["package_name"] == ours),
        *good.manifest["sources"].values(),
        *good.manifest["exposures"].values(),
        *good.manifest["metrics"].values(),
        *good.manifest["semantic_models"].values(),
        *good.manifest["unit_tests"].values(),
        *(node for node in good.manifest["nodes"].values() if node["resource_type"] == "seed"),
    ]
    assert [node["unique_id"] for node in described if not node["description"]] == []


def test_the_arguments_of_macros_are_described(good: Built) -> None:
    mute = [
        (macro["name"], argument["name"])
        for macro in good.manifest["macros"].values()
        if macro["package_name"] == "shisaku"
        for argument in macro["arguments"]
        if not argument["description"]
    ]
    assert mute == []


def test_what_is_published_enforces_its_contract_and_says_grain_and_key(good: Built) -> None:
    for _, name, node in _models(good, *PUBLISHED):
        assert node["config"]["materialized"] == "table", name
        assert node["contract"]["enforced"], name
        meta = node["config"]["meta"]
        assert meta["grain"], name
        (key,) = [
            constraint["columns"]
            for constraint in node["constraints"]
            if constraint["type"] == "primary_key"
        ]
        assert key == [meta["primary_key"]], name
        assert all(column["data_type"] for column in node["columns"].values()), name


def test_what_a_dimension_leaves_open_no_report_and_no_check_requires(good: Built) -> None:
    # One sheet that was read in part would keep all others from being published. Documents have a
    # fiscal year of their own; rows of one without a year are left out where a year is needed.
    required = {
        (layer, name, column)
        for layer, name, node in _models(good, *PUBLISHED)
        for column, said in node["columns"].items()
        if any(constraint["type"] == "not_null" for constraint in said["constraints"])
    }
    open_ones = {
        column
        for _, name, node in _models(good, "marts")
        for column in node["columns"]
        if name.startswith("dim_") and ("marts", name, column) not in required
    } - {"fiscal_year"}
    beyond = [place for place in required if place[0] != "marts"]
    assert [place for place in beyond if place[2] in open_ones] == []


def test_marts_and_reports_say_their_traps_in_both_languages(good: Built) -> None:
    for _, name, node in _models(good, "marts", "reports"):
        assert "Traps:" in node["description"], name
        assert "注意：" in node["description"], name


def test_every_key_is_tested(good: Built) -> None:
    tested = {
        (node["test_metadata"]["name"], node["attached_node"], node["column_name"])
        for node in good.manifest["nodes"].values()
        if node["resource_type"] == "test" and "test_metadata" in node
    }
    for _, name, node in _models(good, *PUBLISHED):
        for constraint in node["constraints"]:
            (column,) = constraint["columns"]
            wanted = (
                {"relationships"} if constraint["type"] == "foreign_key" else {"unique", "not_null"}
            )
            missing = {test for test in wanted if (test, node["unique_id"], column) not in tested}
            assert not missing, (name, column)


def test_every_model_that_decides_has_a_unit_test(good: Built) -> None:
    tested = {test["model"] for test in good.manifest["unit_tests"].values()}
    deciding = {
        name for _, name, _ in _models(good, "intermediate", "reports", "qc")
    } - DECIDES_NOTHING
    assert deciding - tested == set()


def test_what_only_this_engine_knows_stands_in_dispatched_macros(good: Built) -> None:
    found = [
        (name, match.group())
        for _, name, node in _models(good)
        if (
            match := ENGINE_SPECIFIC.search(
                re.sub(r"\{\{.*?\}\}", "", node["raw_code"], flags=re.DOTALL)
            )
        )
    ]
    assert found == []


def test_everything_published_is_used_by_an_exposure(good: Built) -> None:
    used = {
        parent
        for exposure in good.manifest["exposures"].values()
        for parent in exposure["depends_on"]["nodes"]
    }
    assert {
        name for _, name, node in _models(good, *PUBLISHED) if node["unique_id"] not in used
    } == set()


def test_lineage_leads_from_the_parquet_of_the_pages_to_the_exposures(good: Built) -> None:
    children = good.manifest["child_map"]
    reached: set[str] = set()
    waiting = ["source.shisaku.raw.pages", "source.shisaku.normalized.cells"]
    while waiting:
        waiting += [child for child in children[waiting[-1]] if child not in reached] + (
            reached.add(waiting[-1]) or []
        )
        waiting = [node for node in waiting if node not in reached]
    assert {node for node in reached if node.startswith("exposure.")}


def test_no_description_is_written_twice(good: Built) -> None:
    """A text that two columns share stands in a doc block, not in two YAML files."""
    written: dict[str, set[tuple[str, str]]] = {}
    for node in good.manifest["nodes"].values():
        for column in node.get("columns", {}).values():
            if not column["doc_blocks"]:
                place = (node["name"], column["name"])
                written.setdefault(column["description"], set()).add(place)
    assert [places for places in written.values() if len(places) > 1] == []


def test_the_readme_counts_models_and_tests_by_layer(good: Built) -> None:
    nodes = good.manifest["nodes"]

    def layer_of(node: Node | None) -> str:
        if node is None:
            return "across layers"
        return "reference" if node["resource_type"] == "seed" else node["fqn"][1]

    counted = Counter(
        (layer_of(node), node["resource_type"])
        if node["resource_type"] in {"model", "seed"}
        else (layer_of(nodes.get(node.get("attached_node"))), "test")
        for node in nodes.values()
    ) + Counter(
        (layer_of(nodes[f"model.shisaku.{test['model']}"]), "unit_test")
        for test in good.manifest["unit_tests"].values()
    )
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    header = "| layer | models | data tests | unit tests |\n| --- | ---: | ---: | ---: |\n"
    rows = readme.partition(header)[2].partition("\n\n")[0].splitlines()
    told: Counter[tuple[str, str]] = Counter()
    for row in rows:
        layer, models, data_tests, unit_tests = (cell.strip() for cell in row.strip("|").split("|"))
        told[layer, "seed" if layer == "reference" else "model"] += int(models)
        told[layer, "test"] += int(data_tests)
        told[layer, "unit_test"] += int(unit_tests)
    assert +told == counted
