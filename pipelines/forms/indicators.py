"""測定指標: a block of indicators becomes rows of printed values.

In: the cells of one block and the goal it serves. Out: rows of ``Readings.indicators`` and
``Readings.values``; roles of the cells. Refuses, by putting the cell aside with a reason: a value
under several years, two values for one place, a value without a name, a text that holds target
and actual in a way the head does not say.

Which value is what is decided by the labels over its column and at the left of its row; where
two labels stand over each other in the head, the upper row of figures is the upper label's.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.forms.blocks import (
    YEAR_ONLY,
    YEAR_WITHIN,
    Block,
    Record,
    is_period,
    join_over_pages,
    open_block,
    records,
)
from pipelines.forms.cells import EDGE, Cell, bands, fold, right_of
from pipelines.forms.readings import Printed, Readings, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms.declaration import Declaration

#: Labels over a column, or left of a row, and the kind of value they announce.
_YEARLY = {"actual": "actual", "annual_actual": "actual", "annual_target": "annual_target"}
_ROW_LABELS = {*_YEARLY, "annual_target_and_actual"}
_NUMBER = re.compile(
    r"^\s*(?:(?P<circled>[①-⑳])|[（(](?P<bracketed>[0-9０-９]{1,2})[)）]"
    r"|(?P<dotted>[0-9０-９]{1,2})(?:[.．、](?![0-9０-９])|[\s　]))[\s　]*"
)
_NUMBER_ALONE = re.compile(r"[(]?\d{1,2}[)]?[.、]?")
_IN_BRACKETS = re.compile(r"^(?P<outer>.*?)\s*[（(](?P<inner>[^（）()]*)[)）]\s*$", re.DOTALL)
#: Words in brackets that speak of the figure before them, and are no figure of their own.
_REMARK = re.compile(r"暫定|速報|見込|予定|推計|概算|累計|単年度|参考")


@dataclass(slots=True)
class Goal:
    """Where the indicators and programs of one goal are counted."""

    row: Row
    indicators: int = 0
    programs: int = 0


def split_number(text: str) -> tuple[int | None, str]:
    """A leading list number (①, （１）, 1.) and the text after it."""
    match = _NUMBER.match(text)
    if match is None:
        return None, text
    return int(fold(match["circled"] or match["bracketed"] or match["dotted"])), text[match.end() :]


def read_indicators(
    opening: Cell, cells: Sequence[Cell], goal: Goal, declaration: Declaration, out: Readings
) -> None:
    """Read one block of indicators into ``out``."""
    block = open_block(opening, cells, declaration)
    if any(block.labels.get(cell.key) == "actual_text" for cell in block.body):
        _Reader(block, goal, out).read_qualitative()
    else:
        _Reader(block, goal, out).read_table()


class _Reader:
    def __init__(self, block: Block, goal: Goal, out: Readings) -> None:
        self.block = block
        self.goal = goal
        self.out = out
        self.indicator: Row = {}
        self.taken: dict[tuple[str, str | None], Row] = {}
        out.roles.mark("label", *block.head)
        out.roles.mark("label", *(cell for cell in block.body if cell.key in block.labels))

    # -- the ruled table of figures ---------------------------------------------------------

    def read_table(self) -> None:
        found = records(self.block, "indicator")
        whole = join_over_pages(found, self._kinds_in)
        for record in self._with_rows_below(whole):
            if record.has_name:
                numbers = [
                    c for c in record.cells if self.block.labels_over(c)[:1] == ["list_number"]
                ]
                self._open([*record.names, *numbers])
                self._read_record(record)
                self._close()
            else:
                self.out.roles.quarantine(
                    "a row of figures without a 測定指標 beside it", *record.cells
                )

    def _with_rows_below(self, found: Sequence[Record]) -> list[Record]:
        """Records, with the labelled row right under each whose name cell was never merged.

        Only a row of one kind that its left label names and the record lacks: any other row
        beside an empty name stays what it is.
        """
        joined: list[Record] = []
        for record in found:
            last = joined[-1] if joined else None
            kinds = self._kinds_in(record)
            labelled = {
                self._row_label(cell, record)
                for cell in record.cells
                if not cell.is_blank and cell.key not in self.block.labels
            }
            if (
                last is not None
                and last.has_name
                and not record.has_name
                and last.names[-1].page == record.names[0].page
                and abs(record.top - last.bottom) <= EDGE
                and len(labelled) == 1
                and None not in labelled
                and kinds
                and not kinds & self._kinds_in(last)
            ):
                last.names.extend(record.names)
                last.cells.extend(record.cells)
            else:
                joined.append(record)
        return joined

    def _kinds_in(self, record: Record) -> set[str]:
        """Kinds of figures that a piece of a record holds, to tell a half from a whole."""
        kinds = set()
        for cell in record.cells:
            if cell.is_blank or cell.key in self.block.labels:
                continue
            heads = set(self.block.labels_over(cell))
            if heads & _ROW_LABELS:
                label = self._row_label(cell, record)
                has_two = len(heads & _ROW_LABELS) > 1 or "annual_target_and_actual" in heads
                pair = _IN_BRACKETS.match(cell.text)
                is_pair = pair is not None and bool(fold(pair["outer"]))
                if label is None and has_two and not is_pair and self._rows_in(record) == 1:
                    # One of the two rows that the head announces: the other is in another piece.
                    kinds.add(f"the row at {record.top}")
                else:
                    kinds.add(f"row {label or 'actual'}")
            elif YEAR_ONLY.fullmatch(cell.folded) and heads & {"baseline_year", "target_year"}:
                kinds.add("year of its own")
            elif heads & {"baseline", "baseline_and_year"}:
                kinds.add("baseline")
            elif heads & {"target", "target_and_year"}:
                kinds.add("target")
        return kinds

    def _rows_in(self, record: Record) -> int:
        """How many rows of figures under years a piece of a record has."""
        yearly = [
            cell
            for cell in record.cells
            if not cell.is_blank and set(self.block.labels_over(cell)) & _ROW_LABELS
        ]
        return len(bands(yearly))

    def _open(self, names: Sequence[Cell]) -> None:
        printed = [cell for cell in names if not cell.is_blank]
        alone = [cell for cell in printed if _NUMBER_ALONE.fullmatch(cell.folded)]
        texts = [cell for cell in printed if cell not in alone]
        self.out.roles.mark("value", *texts)
        self.out.roles.mark("label", *alone)
        self.out.roles.mark("empty", *(cell for cell in names if cell.is_blank))
        number, name = split_number(Printed(texts).text or "")
        if number is None and alone:
            number = int(re.sub(r"\D", "", alone[0].folded))
        self.goal.indicators += 1
        goal = self.goal.row
        taken = {
            row["indicator_number"]
            for row in self.out.indicators
            if row["goal_key"] == goal["goal_key"]
        }
        if number is None or number in taken:
            number = self.goal.indicators if self.goal.indicators not in taken else max(taken) + 1
        self.indicator = {
            "indicator_key": f"{goal['goal_key']}-i{number}",
            **{name: goal[name] for name in ("goal_key", "policy_key", "goal_number")},
            "document_key": texts[0].document_key if texts else goal["document_key"],
            "indicator_number": number,
            "name_text": name,
            "indicator_type": None,
            "rationale": None,
        }
        self.taken = {}

    def _close(self) -> None:
        self.out.indicators.append(self.indicator)

    def _read_record(self, record: Record) -> None:
        rationale: list[Cell] = []
        ends: dict[str, list[Cell]] = {"baseline": [], "target": []}
        years: dict[str, list[Cell]] = {"baseline": [], "target": []}
        yearly: list[Cell] = []
        for cell in record.cells:
            if cell.key in self.block.labels:
                continue
            heads = self.block.labels_over(cell)
            first = heads[0] if heads else ""
            if set(heads) & _ROW_LABELS:
                yearly.append(cell)
            elif first in {"baseline", "baseline_and_year"}:
                ends["baseline"].append(cell)
            elif first in {"target", "target_and_year"}:
                ends["target"].append(cell)
            elif first in {"baseline_year", "target_year"}:
                years[first.removesuffix("_year")].append(cell)
            elif first == "indicator_rationale":
                rationale.append(cell)
        for kind, cells in ends.items():
            self._read_end(kind, cells, years[kind])
        self._read_yearly(yearly, record)
        self.out.roles.mark("value", *rationale)
        self.indicator["rationale"] = Printed(rationale).text or None

    def _read_end(self, kind: str, cells: Sequence[Cell], year_cells: Sequence[Cell]) -> None:
        """基準値 or 目標値, with its year in the head, beside it, below it or in the same cell."""
        self.out.roles.mark("empty", *(cell for cell in (*cells, *year_cells) if cell.is_blank))
        printed = sorted((c for c in cells if not c.is_blank), key=lambda cell: cell.top)
        is_cut = len(printed) == 2 and printed[0].is_continued_by(printed[1])  # noqa: PLR2004
        if is_cut and not is_period(printed[1].folded):
            self.out.roles.mark("value", printed[1])
            whole = Printed(printed).text or ""
            self._add(
                kind,
                self._period(printed[0], [c for c in year_cells if not c.is_blank]),
                whole,
                printed[0],
            )
            return
        year_printed = [cell for cell in year_cells if not cell.is_blank]
        if not cells:
            return
        if not printed:
            self._add(kind, self._period(cells[0], year_printed), "", cells[0])
            return
        heads = set(self.block.labels_over(printed[0]))
        if heads & {f"{kind}_year", f"{kind}_and_year"} and not year_cells:
            self._read_stacked_end(kind, printed)
        elif len(printed) == 1 and _split_year(printed[0].text)[1] is not None:
            self._read_end_with_year(kind, printed[0], year_printed)
        elif len(printed) == 1 and len(year_printed) <= 1:
            self._add(kind, self._period(printed[0], year_printed), printed[0].text, printed[0])
        else:
            self._put_aside(f"several texts under one {kind}", *printed, *year_printed)

    def _read_end_with_year(self, kind: str, cell: Cell, year_cells: Sequence[Cell]) -> None:
        """A value with a year behind it, unless the head or the cell beside says another."""
        value, year = _split_year(cell.text)
        said = self._period(cell, year_cells)
        if said is None or fold(said) == fold(year or ""):
            self._add(kind, year, value, cell)
        else:
            self._put_aside(f"{kind} of {fold(said)} with another year in its cell", cell)

    def _read_stacked_end(self, kind: str, printed: Sequence[Cell]) -> None:
        if len(printed) == 2 and is_period(printed[1].folded):  # noqa: PLR2004 - value over year
            self.out.roles.mark("value", printed[1])
            self._add(kind, printed[1].text, printed[0].text, printed[0])
        elif len(printed) == 1 and _is_only_a_year(printed[0]):
            self._put_aside(f"a year where a {kind} should be", *printed)
        elif len(printed) == 1:
            value, year = _split_year(printed[0].text)
            self._add(kind, year or self._period(printed[0], ()), value, printed[0])
        else:
            self._put_aside(f"{kind} and its year cannot be told apart", *printed)

    def _period(self, cell: Cell, year_cells: Sequence[Cell]) -> str | None:
        self.out.roles.mark("value", *year_cells)
        if year_cells:
            return year_cells[0].text
        years = self.block.years_over(cell)
        if len(years) == 1:
            return years[0].text
        within = [
            match.group()
            for head in self.block.over(cell)
            if head.key in self.block.labels and (match := YEAR_WITHIN.search(head.folded))
        ]
        return within[-1] if within and not years else None

    def _row_label(self, cell: Cell, record: Record) -> str | None:
        """The label at the left of a body cell's row, if one is printed there."""
        left = [
            (other.x1, self.block.labels[other.key])
            for other in record.cells
            if other.x1 <= cell.x0 + EDGE
            and self.block.labels.get(other.key) in _ROW_LABELS
            and other.page == cell.page
            and other.top - EDGE <= cell.middle <= other.bottom + EDGE
        ]
        return max(left)[1] if left else None

    def _read_yearly(self, cells: Sequence[Cell], record: Record) -> None:
        columns: dict[int, list[Cell]] = {}
        for cell in cells:
            columns.setdefault(round(cell.centre / EDGE), []).append(cell)
        for cell in cells:
            years = self.block.years_over(cell)
            if len(years) != 1:
                what = "several years" if years else "no year"
                self._put_aside(f"one cell under {what}", cell)
                continue
            if not is_period(years[0].folded) and not YEAR_WITHIN.search(years[0].folded):
                self._put_aside(f"a figure under {years[0].folded}, which is no year", cell)
                continue
            if self._is_beside_unknown(cell, cells):
                self._put_aside("a figure beside a label that the form does not know", cell)
                continue
            row_label = self._row_label(cell, record)
            heads = [head for head in self.block.labels_over(cell) if head in _ROW_LABELS]
            announced = [row_label] if row_label else heads
            in_brackets = "annual_target_and_actual" in announced
            if in_brackets:
                announced = ["annual_target", "annual_actual"]
            rows = sorted(
                (
                    other
                    for other in cells
                    if other.x0 - EDGE <= cell.centre <= other.x1 + EDGE
                    and self._row_label(other, record) is None
                    and not self._is_beside_unknown(other, cells)
                ),
                key=lambda other: other.top,
            )
            if in_brackets and self._has_a_row_each(rows):
                text = cell.text.strip() if cell is rows[0] else _without_brackets(cell.text)
                self._add(_YEARLY[announced[rows.index(cell)]], years[0].text, text, cell)
            elif in_brackets:
                if cell is rows[0]:
                    self._add_pair(announced, years[0].text, rows)
            else:
                self._read_cell(cell, years[0].text, announced, rows)

    def _is_beside_unknown(self, cell: Cell, yearly: Sequence[Cell]) -> bool:
        """Whether words at the left of its row, under no year, say that it is something else."""
        return any(
            not other.is_blank
            and other.x1 <= cell.x0 + EDGE
            and other.page == cell.page
            and other.top - EDGE <= cell.middle <= other.bottom + EDGE
            and not self.block.years_over(other)
            for other in yearly
        )

    @staticmethod
    def _has_a_row_each(rows: Sequence[Cell]) -> bool:
        """Whether target and actual, announced by one label, stand in two rows on one page.

        The upper one bears no brackets: a pair in each of two rows is nothing a form announces.
        """
        return (
            len(rows) == 2  # noqa: PLR2004 - target and actual
            and rows[0].page == rows[1].page
            and not re.search(r"[()（）]", rows[0].text)
            and not re.search(r"[()（）]", _without_brackets(rows[1].text))
        )

    def _read_cell(
        self,
        cell: Cell,
        period: str,
        announced: Sequence[str],
        rows: Sequence[Cell],
    ) -> None:
        """One figure (or two, target and actual) under one year."""
        if len(announced) == 1 and len(rows) <= 1:
            self._add(_YEARLY[announced[0]], period, cell.text, cell)
        elif len(announced) == 2 and len(rows) == 2:  # noqa: PLR2004 - one row a label
            self._add(_YEARLY[announced[rows.index(cell)]], period, cell.text, cell)
        elif len(announced) == 2 and len(rows) == 1:  # noqa: PLR2004 - both in one cell
            self._add_pair(announced, period, rows, shows_brackets=False)
        else:
            self._put_aside("more or fewer figures than labels over them", cell)

    def _add_pair(
        self,
        announced: Sequence[str],
        period: str,
        pieces: Sequence[Cell],
        *,
        shows_brackets: bool = True,
    ) -> None:
        """Target and, in brackets behind it, actual; alone only where the head shows brackets.

        ``pieces``: the cell, or its halves where a page's end cuts it.
        """
        if any(not a.is_continued_by(b) for a, b in itertools.pairwise(pieces)):
            self._put_aside("several texts in one place", *pieces)
            return
        whole = Printed(list(pieces))
        text = whole.text or ""
        cell = next((piece for piece in pieces if not piece.is_blank), pieces[0])
        match = _IN_BRACKETS.match(text)
        inner = fold(match["inner"]) if match else ""
        says_more = bool(YEAR_ONLY.fullmatch(inner) or _REMARK.search(inner))
        self.out.roles.mark("value", *pieces)
        if whole.is_blank:
            return
        if match and not says_more and fold(match["outer"]):
            self._add(_YEARLY[announced[0]], period, match["outer"].strip(), cell)
            self._add(_YEARLY[announced[1]], period, match["inner"].strip(), cell)
        elif shows_brackets and match and not says_more:
            self._add(_YEARLY[announced[1]], period, match["inner"].strip(), cell)
        elif shows_brackets and not re.search(r"[()（）]", text):
            self._add(_YEARLY[announced[0]], period, text, cell)
        else:
            self._put_aside(
                "target and actual in one cell, and which is which is not said", *pieces
            )

    # -- the block of words, a row a year -----------------------------------------------------

    def read_qualitative(self) -> None:
        names = [
            cell
            for cell in self.block.body
            if self.block.labels_over(cell)[:1] == ["indicator"]
            and cell.key not in self.block.labels
        ]
        first = names[0].x1 if names else 0.0
        names = [cell for cell in names if abs(cell.x1 - first) <= EDGE]
        if not any(not cell.is_blank for cell in names):
            self._put_aside("words without a 測定指標 beside them", *self.block.body)
            return
        self._open(names)
        self.indicator["indicator_type"] = "qualitative"
        for head in self.block.head:
            if self.block.labels.get(head.key) == "baseline":
                value = right_of(head, self.block.head)
                if value is not None and value.key not in self.block.labels:
                    self._add("baseline", None, value.text, value)
        sides = [
            cell
            for cell in self.block.body
            if self.block.labels.get(cell.key)
            in {"actual_text", "target_text", "indicator_rationale"}
        ]
        for index, side in enumerate(sides):
            end = sides[index + 1].top if index + 1 < len(sides) else float("inf")
            label = self.block.labels[side.key]
            for cell in [c for c in self.block.body if side.top - EDGE <= c.top < end - EDGE]:
                if abs(cell.x0 - side.x1) > EDGE or cell.key in self.block.labels:
                    continue
                if label == "indicator_rationale":
                    self.out.roles.mark("value", cell)
                    self.indicator["rationale"] = cell.text or None
                else:
                    self._read_said("actual" if label == "actual_text" else "target", cell)
        self._close()

    def _read_said(self, kind: str, year: Cell) -> None:
        text = right_of(year, self.block.body)
        if text is None or (year.is_blank and not text.is_blank):
            self._put_aside("words without a year beside them", *(c for c in (year, text) if c))
            return
        self.out.roles.mark("label", year)
        if not year.is_blank:
            self._add(kind, year.text, text.text, text)

    # -- out ----------------------------------------------------------------------------------

    def _add(self, kind: str, period: str | None, text: str, cell: Cell) -> None:
        self.out.roles.mark("value", cell)
        place = (kind, fold(period) if period else None)
        if place in self.taken and kind in {"actual", "annual_target"}:
            self._put_aside(f"two figures as {kind} of {period}", cell)
            self._take_back(self.taken[place], f"two figures as {kind} of {period}")
            return
        row = {
            **{
                name: self.indicator[name]
                for name in (
                    "indicator_key",
                    "goal_key",
                    "policy_key",
                    "goal_number",
                    "indicator_number",
                )
            },
            "document_key": cell.document_key,
            "value_kind": kind,
            "period_text": period,
            "raw_text": text,
            "cell_key": cell.key,
        }
        self.taken[place] = row
        self.out.values.append(row)

    def _take_back(self, row: Row, reason: str) -> None:
        """A value that turned out to have a rival: which of the two is right is not known."""
        if row in self.out.values:
            self.out.values.remove(row)
            self.out.roles.by_key[row["cell_key"]] = ("quarantined", reason)

    def _put_aside(self, reason: str, *cells: Cell) -> None:
        self.out.roles.quarantine(reason, *cells)


def _is_only_a_year(cell: Cell) -> bool:
    return "年" in cell.folded and bool(YEAR_ONLY.fullmatch(cell.folded))


def _without_brackets(text: str) -> str:
    """A text that stands in brackets as a whole, without them."""
    match = _IN_BRACKETS.match(text.strip())
    return match["inner"].strip() if match and not match["outer"] else text


def _split_year(text: str) -> tuple[str, str | None]:
    """A value and the year printed after it in the same cell, in brackets or on its own line."""
    match = _IN_BRACKETS.match(text)
    if match and is_period(fold(match["inner"])) and fold(match["outer"]):
        return match["outer"].strip(), match["inner"].strip()
    lines = text.split("\n")
    for count in range(1, len(lines)):
        value, year = "\n".join(lines[:count]), "\n".join(lines[count:])
        if YEAR_ONLY.fullmatch(fold(year)) and "年" in year and fold(value):
            return value.strip(), year.strip()
    return text, None
