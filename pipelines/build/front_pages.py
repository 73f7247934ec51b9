"""What the documentation site says of one build: its sheets, and every column in two languages.

In: a published warehouse. Out: Markdown for the places that ``dbt_project/docs`` keeps free
(:data:`PLACES`). Refuses: a page that keeps no such place (:class:`ShisakuError`).

dbt knows the models and not what is in them; its table of columns cuts each description short.
"""

from __future__ import annotations

import html
import itertools
import json
import re
from typing import TYPE_CHECKING

import duckdb

from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

SHOWN_SHEETS = 500
# What stands between the two languages of a comment.
BETWEEN_LANGUAGES = " / "
# Printed text may hold anything; none of it is to be taken for Markdown or HTML.
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~-])")


def filled(page: str, warehouse: Path) -> str:
    """The site's page with the sheets and columns of ``warehouse`` in their places."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for place, written in PLACES.items():
            if place not in page:
                message = f"The documentation site has no place for {place}."
                raise ShisakuError(message)
            # The page carries its texts as JSON within a script.
            page = page.replace(place, json.dumps(written(connection), ensure_ascii=False)[1:-1])
    return page


def sheets(connection: duckdb.DuckDBPyConnection) -> str:
    """Every document of the build with its policies, the newest first; at most so many rows."""
    rows = connection.execute(
        """
        select
            dim_document.fiscal_year, dim_document.sheet_code, dim_policy.policy_name,
            dim_document.publisher, dim_document.file_name,
            dim_document.status, dim_document.status_reason
        from dim_document left join dim_policy using (document_key)
        order by dim_document.fiscal_year desc nulls last, sheet_code, file_name, document_key
        """
    ).fetchall()
    (build,) = connection.execute(
        "select build_id, built_at, document_count from meta_build"
    ).fetchall()
    names = ("年度", "番号", "施策 / policy", "publisher", "file", "status", "reason")
    told = f"Build {build[0]} of {build[1]:%Y-%m-%d %H:%M} UTC. Documents: {build[2]:,}."
    if len(rows) > SHOWN_SHEETS:
        told += f" The first {SHOWN_SHEETS} policies are shown; dim_document has all files."
    return f"{told}\n\n{_table(names, rows[:SHOWN_SHEETS])}"


def columns(connection: duckdb.DuckDBPyConnection) -> str:
    """Every published table with its columns: name, type, and the meaning in both languages."""
    tables = connection.execute(
        """
        select table_name, duckdb_tables.comment, column_name, data_type, duckdb_columns.comment
        from duckdb_columns() inner join duckdb_tables() using (schema_name, table_name)
        where schema_name = 'main'
        order by table_name, column_index
        """
    ).fetchall()
    tables.sort(key=lambda row: (row[0].startswith("qc_"), row[0].startswith("report_")))
    parts = []
    for (name, comment), rows in itertools.groupby(tables, key=lambda row: row[:2]):
        described = [(row[2], row[3], *_languages(row[4])) for row in rows]
        parts += [
            f"## [{name}](#!/model/model.shisaku.{name})",
            *(_escaped(text) for text in _languages(comment)),
            _table(("column", "type", "English", "日本語"), described),
        ]
    return "\n\n".join(parts)


def _languages(comment: str | None) -> tuple[str, str]:
    """English and Japanese of a comment."""
    english, _, japanese = (comment or "").partition(BETWEEN_LANGUAGES)
    return english, japanese


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [names, ["---"] * len(names), *([_escaped(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(value: object) -> str:
    """A value as Markdown that shows it and does nothing else."""
    text = "" if value is None else " ".join(str(value).split())
    return html.escape(MARKDOWN.sub(r"\\\1", text), quote=False)


PLACES: dict[str, Callable[[duckdb.DuckDBPyConnection], str]] = {
    "<!-- sheets-of-this-build -->": sheets,
    "<!-- columns-of-this-build -->": columns,
}
