"""The column expressions and the same grammar written a row at a time agree."""

import sys
from pathlib import Path

import polars as pl
import pytest

from pipelines.normalize.parse import KINDS, read_column

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from row_by_row import COMPARED, READERS
from strings import strings


@pytest.mark.parametrize("kind", KINDS)
def test_whole_columns_and_single_rows_read_the_same(kind: str) -> None:
    path = Path(__file__).with_name("notations_expected.tsv")
    met = [line.split("\t")[1] for line in path.read_text(encoding="utf-8").split("\n")[1:-1]]
    texts = [*strings(kind, 4_000), *(text.replace("\\n", "\n") for text in met)]
    read = read_column(kind, pl.Series("input", texts))
    if kind == "amount":
        read = read.with_columns(value=pl.col("value_yen"))
    different = []
    for text, columns in zip(texts, read.iter_rows(named=True), strict=True):
        row = READERS[kind](text)
        pair = [tuple(either[name] for name in COMPARED[kind]) for either in (columns, row)]
        if pair[0] != pair[1]:
            different.append((text, *pair))
    assert not different
