"""README.ja.md says to Japanese readers what README.md says: commands, SQL, names and figures.

Whoever changes one of them in README.md changes it in README.ja.md, too.
"""

from __future__ import annotations

import re

import markdown
import pytest
from calling import ROOT

ENGLISH, JAPANESE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md")
)
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, *languages: str) -> list[str]:
    return [found["block"] for found in FENCE.finditer(text) if found["language"] in languages]


def prose(text: str) -> str:
    return FENCE.sub("", text)


def first_words(block: str) -> list[str]:
    """What a line says before its explanation: a command, a folder."""
    return [re.split(r"\s{2,}", line.strip())[0] for line in block.splitlines()]


def headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)]


def figures(text: str) -> list[str]:
    """The tables of numbers: those that set a column to the right."""
    tables = re.findall(r"(?:^\|[^\n]*\n)+", text, re.MULTILINE)
    return [table for table in tables if "---:" in table]


def test_both_have_the_same_sql_with_the_same_output() -> None:
    assert markdown.queries(JAPANESE) == markdown.queries(ENGLISH)
    assert len(markdown.queries(JAPANESE)) == 5


def test_both_have_the_same_code() -> None:
    assert blocks(JAPANESE, "python") == blocks(ENGLISH, "python")


def test_both_have_the_same_commands_and_folders() -> None:
    told = [first_words(block) for block in blocks(JAPANESE, "")]
    assert told == [first_words(block) for block in blocks(ENGLISH, "")]
    assert ["make build", "make test"] in told


def test_both_name_the_same_things_in_code() -> None:
    named = [set(re.findall(r"`([^`\n]+)`", prose(text))) for text in (ENGLISH, JAPANESE)]
    assert named[0] - named[1] == set()
    assert named[1] - named[0] == set()


def test_both_have_the_same_sections_and_pictures() -> None:
    assert headings(JAPANESE) == headings(ENGLISH)
    pictures = re.compile(r"!\[[^]]+\]\(([^)]+)\)")
    assert pictures.findall(JAPANESE) == pictures.findall(ENGLISH)
    assert all((ROOT / path).is_file() for path in pictures.findall(ENGLISH))


@pytest.mark.parametrize("table", figures(ENGLISH), ids=lambda table: table.splitlines()[0])
def test_both_have_the_same_figures(table: str) -> None:
    assert table in figures(JAPANESE)


def test_each_leads_to_the_other() -> None:
    assert "(README.ja.md)" in ENGLISH
    assert "(README.md)" in JAPANESE
