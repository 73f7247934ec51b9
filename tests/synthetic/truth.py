"""What a synthetic sheet says, before anything is printed: typed answers beside their strings.

In: nothing. Out: the dataclasses a sheet is made of. A :class:`Value` is chosen as a number
first and printed second, so that its answer never comes from reading the print again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from decimal import Decimal

    from .grid import Block
    from .variation import Variation

YEN_PER_UNIT = {"円": 1, "千円": 1_000, "百万円": 1_000_000, "億円": 100_000_000}


@dataclass(frozen=True, slots=True)
class Year:
    """A year as printed; ``year`` is null for words such as 事業終了時 and for a dash."""

    year: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """One printed figure of an indicator, with its right reading.

    ``optional``: the cell is printed empty (or as one dash for two figures), so that a row
    for it is as right as none. ``unmapped``: printed with glyphs that no one can look up.
    """

    text: str
    status: str
    number: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    optional: bool = False
    unmapped: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount, with its right reading; ``number`` is in ``unit``."""

    text: str
    status: str
    number: Decimal | None = None
    unit: str | None = None
    inclusion: str = "exact"
    source: str = "printed"
    optional: bool = False

    @property
    def yen(self) -> int | None:
        """Whole yen; null where nothing is printed."""
        if self.number is None or self.unit is None:
            return None
        return int(self.number * YEN_PER_UNIT[self.unit])


@dataclass(frozen=True, slots=True)
class Dated:
    """A value under its year."""

    year: Year
    value: Value


@dataclass(frozen=True, slots=True)
class Indicator:
    """One 測定指標; ``actuals`` and ``targets`` are in the order of the year columns."""

    number: int
    name: str
    unit_in_name: str | None
    kind: str
    aggregation: str | None
    baseline: Dated
    actuals: tuple[Dated, ...]
    targets: tuple[Dated, ...]
    target: Dated
    rationale: str


@dataclass(frozen=True, slots=True)
class Budget:
    """One amount of a policy or program with its stage and year."""

    stage: str
    year: Year
    amount: Amount


@dataclass(frozen=True, slots=True)
class Program:
    """One 達成手段 as listed; ``budgets`` in the order of the columns.

    A span is how many rows of the list a cell covers; 0 where the cell above reaches down.
    """

    order: int
    name: str
    printed_number: str
    start_year: Year
    start_text: str
    budgets: tuple[Budget, ...]
    indicator_numbers: tuple[int, ...]
    indicator_text: str
    indicator_span: int
    review_number: str
    remarks: str
    remarks_span: int


@dataclass(frozen=True, slots=True)
class Goal:
    """One 達成目標."""

    number: int
    text: str
    rationale: str
    changes: str
    indicators: tuple[Indicator, ...]
    programs: tuple[Program, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """One form: a 施策 with its goals, and the code in the form's corner."""

    sheet_code: str
    name: str
    bureau: str
    official: str
    overview: str
    evaluation: Year
    cabinet: str
    budgets: tuple[Budget, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """Everything that one PDF says."""

    title: str
    fiscal_year: int
    policies: tuple[Policy, ...]
    year_columns: tuple[Year, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form ready to be printed: its title and code above, its blocks below."""

    title: str
    code: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Draft:
    """What every part of one sheet's draw shares; ``names`` keeps programs apart."""

    random: random.Random
    variation: Variation
    year: int
    columns: tuple[Year, ...]
    names: set[str]
