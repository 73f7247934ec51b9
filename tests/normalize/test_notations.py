"""Every string of the reviewed list reads as a person read it."""

import csv
from pathlib import Path

import polars as pl
import pytest

from pipelines.normalize.parse import parse_strings, read_column

KINDS = {
    "amount": "amount",
    "era date": "date",
    "fiscal year": "fiscal_year",
    "indicator value": "value",
    "period": "period",
}
FIELDS = ("status", "value", "start", "end", "unit", "qualifier")


def expected_rows() -> list[dict[str, str]]:
    path = Path(__file__).with_name("notations_expected.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("met_as", KINDS)
def test_every_string_that_was_met_reads_as_reviewed(met_as: str) -> None:
    rows = [row for row in expected_rows() if row["kind"] == met_as]
    assert len(rows) > 25
    read = parse_strings(KINDS[met_as], [row["string"].replace("\\n", "\n") for row in rows])
    wrong = []
    for row, got in zip(rows, read.iter_rows(named=True), strict=True):
        fields = FIELDS if met_as != "era date" else ("status", "value", "qualifier")
        want = {name: row[name] or None for name in fields}
        if row["inclusion"]:
            want["inclusion"] = row["inclusion"]
        found = {name: got[name] for name in want}
        if found != want:
            wrong.append((row["string"], want, found))
    assert not wrong


def test_what_is_unparsed_says_why() -> None:
    for met_as, kind in KINDS.items():
        rows = [row for row in expected_rows() if row["kind"] == met_as]
        read = read_column(kind, pl.Series([row["string"] for row in rows]))
        unparsed = read.filter(pl.col("status") == "unparsed")
        assert unparsed["reason"].null_count() == 0
        assert all(row["why"] for row in rows if row["status"] == "unparsed")


def test_the_same_amounts_read_with_the_label_s_unit() -> None:
    # From the published sheet: 【百万円】 over 3,055.1 and (3,055.1); （千円） over 30,230,300.
    texts = ["(100,723.4)", "-237,714", "△ 10.7", "△３７３", "100,723.4の内数", "30,230,300"]
    read = parse_strings("amount", texts, "百万円")
    assert read["value"].to_list() == [
        "100723400000",
        "-237714000000",
        "-10700000",
        "-373000000",
        "100723400000",
        "30230300000000",
    ]
    assert read["inclusion"].to_list() == ["exact"] * 4 + ["inclusive", "exact"]
