"""The README's commands exist, and its queries say what it prints below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import markdown
import pytest
from calling import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = markdown.queries(README)


def test_the_readme_answers_five_questions_each_in_ten_lines_at_most() -> None:
    assert len(QUERIES) == 5
    assert all(query.count("\n") <= 10 for query, _ in QUERIES)


@pytest.mark.parametrize(("query", "printed"), QUERIES, ids=range(1, len(QUERIES) + 1))
def test_a_query_of_the_readme_gives_the_output_below_it(
    seed_data: Path, query: str, printed: str
) -> None:
    with duckdb.connect(str(seed_data / "warehouse.duckdb"), read_only=True) as connection:
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        assert markdown.table(names, result.fetchall()) == printed


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= set(targets)


def test_every_folder_of_the_tree_exists_and_no_other_stands_at_the_top() -> None:
    told = set(re.findall(r"^([a-z_]+)/ ", README, re.MULTILINE))
    tracked = {"pipelines", "dbt_project", "seeds", "tests"}
    assert told == tracked
    chapters = re.findall(r"^  ([a-z_]+)/ ", README, re.MULTILINE)
    assert all((ROOT / "pipelines" / chapter).is_dir() for chapter in chapters)


def test_the_recipe_for_strangers_reads_the_warehouse_and_nothing_else(
    seed_data: Path, tmp_path: Path
) -> None:
    (recipe,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    secret, target = tmp_path / "secret.csv", tmp_path / "out.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    names: dict[str, object] = {}
    path = str(seed_data / "warehouse.duckdb")
    exec(recipe.replace("data/warehouse.duckdb", path), names)  # noqa: S102 - the README's own
    connection = names["connection"]
    assert isinstance(connection, duckdb.DuckDBPyConnection)
    with connection:
        assert connection.execute("select count(*) from fact_budget").fetchall() == [(48,)]
        for statement in (
            f"from read_csv('{secret}')",
            f"from read_text('{secret}')",
            f"from '{secret}'",
            f"from glob('{tmp_path}/*')",
            f"copy fact_budget to '{target}'",
            f"attach '{tmp_path / 'other.duckdb'}'",
            f"export database '{tmp_path / 'export'}'",
            f"load '{target}'",
            "install httpfs",
            "set enable_external_access = true",
            "set lock_configuration = false",
            "set threads = 64",
            "create table stolen as select 1",
            "delete from fact_budget",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv"]
