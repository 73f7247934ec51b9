"""dbt's adapter for DuckDB, with one word more for macros: ``adapter.reopen()``.

In: dbt's own adapter. Out: :class:`DuckDBAdapter`, in its place once :func:`use` was called.
Refuses: nothing.

DuckDB loads of a key's index what it needs, and keeps that in memory, pinned, until the database is
closed. A build that fills tables some documents at a time lets go of it in between, so that memory
does not grow with the documents.
"""

from __future__ import annotations

from typing import Any

from dbt.adapters import duckdb
from dbt.adapters.base.meta import available
from dbt.adapters.duckdb import connections, impl


class DuckDBAdapter(impl.DuckDBAdapter):
    """DuckDB's adapter, able to close its database between two statements; dbt goes by its name."""

    @available
    def reopen(self) -> None:
        """Close the database, whoever has it open; the next statement opens it again.

        What is not committed is lost. dbt runs one thread on DuckDB: nobody is in the middle of
        something.
        """
        name = self.connections.get_thread_connection().name
        self.connections.cleanup_all()
        connections.DuckDBConnectionManager.env().close()  # type: ignore[no-untyped-call]
        self.connections.set_connection_name(name)


def use() -> None:
    """Have dbt make this adapter where a profile says ``duckdb``."""
    plugin: Any = duckdb.Plugin
    plugin.adapter = DuckDBAdapter
