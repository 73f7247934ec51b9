"""Cells that are put aside after all, when everything of a sheet has been read.

In: cells, and what was read of the sheet. Out: roles and readings, changed: no value, amount or
text stays that was read of these cells. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.forms.cells import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipelines.forms.cells import Cell
    from pipelines.forms.readings import Readings

#: Shorter texts (a dash, ①) stand in many cells; longer ones tell which text has them in it.
_SHORTEST_TEXT = 4


def take_back(cells: Sequence[Cell], reason: str, out: Readings, among: Iterable[Cell]) -> None:
    """Put ``cells`` aside, with all that was read of them.

    ``among``: the cells of the sheet. What a policy or a goal says in a cell of its own stays,
    whatever else holds the same words.
    """
    out.roles.quarantine(reason, *cells)
    keys = {cell.key for cell in cells}
    whole = {
        cell.folded
        for cell in among
        if cell.key not in keys and out.roles.by_key.get(cell.key) == ("value", None)
    }
    out.drop_facts(keys)
    _drop_programs(keys, reason, out)
    texts = [cell.folded for cell in cells if len(cell.folded) >= _SHORTEST_TEXT]
    for row in (*out.policies, *out.goals, *out.indicators, *out.programs):
        # A program whose name is taken back is left out; what its name has in it is none.
        is_program = "program_listing_key" in row
        has_own_cells = "goal_text" in row or "overview" in row
        for name, value in row.items():
            is_text = isinstance(value, str) and not name.endswith("_key")
            is_text = is_text and not (is_program and name == "name_text")
            if is_text and has_own_cells and fold(value) in whole:
                continue
            if is_text and any(_are_one(text, fold(value)) for text in texts):
                row[name] = None


def _drop_programs(keys: Collection[str], reason: str, out: Readings) -> None:
    """A program without its whole name is none; one without its whole related indicators has none.

    The amounts of the first are nobody's.
    """
    dropped = {row["program_listing_key"] for row in out.programs if row["cell_key"] in keys}
    amounts = {r["cell_key"] for r in out.budgets if r["program_listing_key"] in dropped}
    for key in amounts:
        out.roles.take_back(reason, key)
    out.drop_facts(amounts)
    out.programs[:] = [r for r in out.programs if r["program_listing_key"] not in dropped]
    for row in out.programs:
        if row["related_cell_key"] in keys:
            row["related_text"] = None


def _are_one(cell: str, text: str) -> bool:
    """Whether a text was read from a cell: it has all of it, or all but its number."""
    return cell in text or (len(text) >= _SHORTEST_TEXT and cell.endswith(text))
