"""The rooms count characters alike: white space is the same in SQL as where pages are read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "engine.sql"


def test_sql_takes_for_white_space_what_python_does() -> None:
    """Else a page with a narrow no-break space would seem to print more than its text layer."""
    body = MACROS.read_text("utf-8").split("macro duckdb__without_spaces")[1]
    found = re.search(r"regexp_replace\(\{\{ text \}\}, '([^']+)'", body)
    assert found
    characters = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    blank = [character for character in characters if character.isspace()]
    others = "".join(character for character in characters if not character.isspace())
    with duckdb.connect() as connection:
        for text, expected in (("".join(blank), ""), (others, others)):
            row = connection.execute(
                "select regexp_replace(?, ?, '', 'g')", [text, found.group(1)]
            ).fetchone()
            assert row == (expected,)
