"""Databases of made-up sheets, filled as a build fills them, and what they hold.

In: sheets, and the work that dbt's process is asked for. Out: the database, every row as text.
Refuses: what the models refuse (``BuildError``).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipelines.build.models import Models
from pipelines.build.work import EVERYTHING, Work

sys.path.insert(0, str(Path(__file__).parents[1] / "dbt"))

from made_up_sheets import Sheet, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipelines.build.settings import DataFolder


def tables(database: Path) -> dict[str, list[str]]:
    """Every row of every table but the build's own, in one order, and every comment."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall()
        found = {
            name: sorted(map(str, connection.execute(f'select * from "{name}"').fetchall()))  # noqa: S608
            for (name,) in names
            if name != "meta_build"
        }
        comments = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() "
            "where schema_name = 'main' and comment is not null"
        ).fetchall()
    return found | {"comments": sorted(map(str, comments))}


def build(  # noqa: PLR0913 - each is one way in which builds differ
    data: DataFolder,
    sheets: Iterable[Sheet],
    kept: Path,
    work: Work = EVERYTHING,
    limit: str = "128MiB",
    *,
    prepared: Callable[[DataFolder], object] = bool,
    heard: Callable[[str], None] = lambda _: None,
) -> Path:
    """The database of ``sheets``, moved to ``kept``.

    ``prepared`` may change their files before; ``heard`` is told what dbt ran.
    """
    for layer in (data.raw, data.normalized, data.building):
        shutil.rmtree(layer, ignore_errors=True)
    data.building.mkdir()
    write(data.root, *sheets)
    prepared(data)
    with Models(data, data.logs / "build.log") as models:
        models.prepare({"SHISAKU_MEMORY_LIMIT": limit, "SHISAKU_MODELS": "of this project"})
        models.build(heard, work)
    return (data.building / "warehouse.duckdb").rename(kept)
