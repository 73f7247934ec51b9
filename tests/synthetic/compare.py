"""A warehouse held against the answers: every field of every printed row gets one verdict.

In: the answers of many sheets and the rows that a warehouse holds of them. Out: one
:class:`Verdict` a field: ``exact``; ``silent`` (wrong, and nothing says so; a row that was
never printed counts as one such field); ``quarantined`` (unparsed, or its cell or document is
set aside with a reason); ``missing`` (no row, and no quarantined cell holds its text).
Strings are compared without white space and folded (NFKC), numbers as exact decimals.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]
Key = tuple[object, ...]

# What tells one row of a table from another on a sheet, and what is compared.
_INDICATOR = ("policy_key", "goal_number", "indicator_number")
_LISTING = ("policy_key", "goal_number", "listing_order")
KEYS: dict[str, tuple[str, ...]] = {
    "dim_document": ("document_key",),
    "dim_policy": ("policy_key",),
    "dim_goal": ("policy_key", "goal_number"),
    "dim_indicator": _INDICATOR,
    "fact_indicator_values": (*_INDICATOR, "value_kind", "column_year"),
    "bridge_program_goal": _LISTING,
    "bridge_program_indicator": (*_LISTING, "indicator_number"),
    "fact_budget": (*_LISTING, "budget_level", "budget_stage", "fiscal_year"),
}
STATUS = "value_status"
# A PDF's font may give any of these for the one that was printed.
_FOLDS = str.maketrans(dict.fromkeys("〜～∼", "~") | dict.fromkeys("‐‑‒–—―−─", "-"))
_NOT_FIELDS = {"optional", "accept", "unreadable", "column_year"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one printed field."""

    document_key: str
    table: str
    field: str
    outcome: str
    expected: object = None
    found: object = None
    key: Key = ()
    printed: str | None = None


def folded(value: object) -> object:
    """A value as it is compared: strings without white space and folded, numbers exact."""
    if isinstance(value, str):
        text = "".join(unicodedata.normalize("NFKC", value).split())
        return text.translate(_FOLDS) or None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def keyed(table: str, row: Mapping[str, Any]) -> Key:
    """The natural key of a row; year columns are told apart by year, other values by kind."""
    values = dict(row)
    if table == "fact_indicator_values":
        by_year = row["value_kind"] in {"actual", "annual_target"}
        values["column_year"] = row["fiscal_year"] if by_year else None
    return tuple(folded(values.get(column)) for column in KEYS[table])


def document_of(table: str, row: Mapping[str, Any]) -> str:
    """The document that a row belongs to; every key begins with it."""
    first = row[KEYS[table][0]]
    return str(first) if table == "dim_document" else str(first).rsplit("-", 1)[0]


class Comparison:
    """Judges rows of one warehouse; ``set_aside`` holds what each document quarantined."""

    def __init__(self, statuses: Mapping[str, str], set_aside: Mapping[str, Sequence[str]]) -> None:
        self.statuses = statuses
        self.set_aside = {
            document: "\n".join(str(folded(text) or "") for text in texts)
            for document, texts in set_aside.items()
        }

    def table(self, table: str, expected: Iterable[Row], found: Iterable[Row]) -> list[Verdict]:
        """Verdicts on every expected field of one table, and on rows that no one printed."""
        held: dict[Key, list[Row]] = defaultdict(list)
        for row in found:
            held[keyed(table, row)].append(row)
        verdicts: list[Verdict] = []
        for answer in expected:
            key = keyed(table, answer)
            rows = held.get(key)
            verdicts += self._row(table, key, answer, rows.pop(0) if rows else None)
        for key, rows in held.items():
            verdicts += [
                Verdict(document_of(table, row), table, "(row)", "silent", None, _shown(row), key)
                for row in rows
                if row.get(STATUS) not in {"blank", "unparsed"}
            ]
        return verdicts

    def _row(self, table: str, key: Key, answer: Row, row: Row | None) -> list[Verdict]:
        fields = [name for name in answer if name not in KEYS[table] and name not in _NOT_FIELDS]
        if table == "fact_indicator_values" and answer["value_kind"] in {"baseline", "target"}:
            fields = ["fiscal_year", *[name for name in fields if name != "fiscal_year"]]
        unparsed = row is not None and row.get(STATUS) == "unparsed"
        if answer.get("unreadable"):
            outcome = "exact" if row is None or unparsed else "silent"
            return [self._verdict(table, STATUS, outcome, key, answer, row)]
        if row is None and answer.get("optional"):
            return []
        verdicts = []
        for name in fields or ["(row)"]:
            if row is None:
                outcome = self._absent(document_of(table, answer), answer.get("raw_text"))
            elif unparsed:
                outcome = "quarantined"
            else:
                outcome = self._field(table, name, answer, row)
            verdicts.append(self._verdict(table, name, outcome, key, answer, row))
        return verdicts

    def _verdict(  # noqa: PLR0913, PLR0917
        self, table: str, name: str, outcome: str, key: Key, answer: Row, row: Row | None
    ) -> Verdict:
        return Verdict(
            document_of(table, answer),
            table,
            name,
            outcome,
            answer.get(name),
            (row or {}).get(name),
            key,
            answer.get("raw_text"),
        )

    def _field(self, table: str, name: str, answer: Row, row: Row) -> str:
        """What became of one field of a row that is there and was parsed."""
        wanted, got = answer.get(name), row.get(name)
        accepted = [wanted, *answer.get("accept", {}).get(name, [])]
        if name == "(row)" or folded(got) in [folded(value) for value in accepted]:
            return "exact"
        document = document_of(table, answer)
        unread = table == "dim_document" and self.statuses.get(document) != "read"
        return self._absent(document, wanted) if got is None or unread else "silent"

    def _absent(self, document: str, printed: object) -> str:
        """Why there is nothing: set aside with a reason, or simply not there."""
        if self.statuses.get(document) != "read":
            return "quarantined"
        text = str(folded(printed) or "")
        aside = self.set_aside.get(document, "")
        # A page's end may part it over two cells.
        parts = [(text[:place], text[place:]) for place in range(len(text))] if text else []
        is_aside = any(upper in aside and lower in aside for upper, lower in parts)
        return "quarantined" if is_aside else "missing"


def _shown(row: Row) -> Row:
    """The part of a surplus row that helps to find it."""
    return {name: value for name, value in row.items() if value is not None}
