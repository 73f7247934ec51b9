"""Every question that the README answers in SQL is an exposure of the tables that it asks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Built

README = Path(__file__).parents[2] / "README.md"
QUESTION = re.compile(
    r"^\*\*(?P<question>[^*]+\?)\*\*.*?^```sql\n(?P<sql>.*?)^```", re.MULTILINE | re.DOTALL
)
QUESTIONS = {
    found["question"]: found["sql"] for found in QUESTION.finditer(README.read_text("utf-8"))
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_the_readme_is_an_exposure_of_its_tables(good: Built, question: str) -> None:
    asked = {
        "model.shisaku." + table
        for table in re.findall(r"\b(?:from|join)\s+([a-z_]+)", QUESTIONS[question])
    }
    exposures = {
        exposure["label"]: set(exposure["depends_on"]["nodes"])
        for exposure in good.manifest["exposures"].values()
    }
    assert exposures.get(question) == asked


def test_every_exposed_question_stands_in_the_readme(good: Built) -> None:
    exposed = {
        exposure["label"]
        for exposure in good.manifest["exposures"].values()
        if exposure["type"] == "analysis"
    }
    assert exposed == set(QUESTIONS)
