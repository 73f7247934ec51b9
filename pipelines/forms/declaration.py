"""A family of forms as data: what its labels look like and how it is told from others.

In: the YAML files in ``declarations/``. Out: :class:`Declaration` objects, checked. Refuses: a
declaration with an unknown entry, or with a pattern that is no regular expression, naming it.

A new ministry or year is a new file here, and no new code.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict

from pipelines.forms.cells import cut_in_two, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.forms.cells import Cell

#: Longer texts are prose that happens to begin like a label.
_LONGEST_LABEL = 60
_ERA = re.compile(r"[RHSＲＨＳ]|令和|平成")

#: Where a label may end within a text, and over how many lines or spaces it may be broken.
_BREAKS = re.compile(r"[\s:：]+")
_PIECES_OF_A_LABEL = 6

#: What may be printed beside any label and is no part of it: the mark of a footnote, a unit of
#: money.
_ASIDES = re.compile(
    r"[(]?(?:[※*]|注)\d{0,2}(?:[,、][※*]?\d{1,2})*[)]|[※*]\d{0,2}(?:[,、][※*]?\d{1,2})*|注\d{1,2}$"
    r"|[(【\[〔<](?:単位:?)?[千百万億兆]{0,2}円[)】\]〕>]$"
)

_CLOSING = {"(": ")", "【": "】", "[": "]", "〔": "〕", "<": ">", "「": "」"}


class Declaration(BaseModel):
    """One family of forms; every pattern is matched against a cell's whole folded text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: str
    #: Labels that every sheet of the family prints; of a group, one or more.
    recognized_by: tuple[str | tuple[str, ...], ...]
    #: What only another family's forms print; a cell that is it rules this family out.
    ruled_out_by: re.Pattern[str] | None = None
    title: re.Pattern[str]
    sheet_code: re.Pattern[str]
    labels: dict[str, re.Pattern[str]]
    stand_ins: dict[str, tuple[str, ...]] = {}
    short_forms: dict[str, re.Pattern[str]] = {}
    budget_stages: dict[str, re.Pattern[str]]
    totals: re.Pattern[str]

    def label_of(self, cell: Cell) -> str | None:
        """Which label a cell is, if any: the first declared one that matches."""
        return self.label_of_text(cell.folded)

    def label_of_text(self, folded: str) -> str | None:
        """Which label a folded text is, if any."""
        found = self.match(folded)
        return found[0] if found else None

    def match(self, folded: str) -> tuple[str, re.Match[str]] | None:
        """The label that a folded text is, and how it matched: as printed, or without asides.

        A bracket that a cell too small for its label cuts off, or that stands in the next cell, is
        made up for.
        """
        if not folded or len(folded) > _LONGEST_LABEL:
            return None
        whole = _balanced(folded)
        for text in dict.fromkeys((folded, whole, _ASIDES.sub("", whole))):
            for name, pattern in self.labels.items():
                if match := pattern.fullmatch(text):
                    return name, match
        return None

    def leading_number(self, text: str) -> tuple[int, str] | None:
        """The number of a label that begins a text (達成目標１, perhaps broken), and the rest."""
        breaks = (match.end() for match in _BREAKS.finditer(f"{text.strip()}\n"))
        for end in itertools.islice(breaks, _PIECES_OF_A_LABEL):
            found = self.match(fold(text.strip()[:end]).rstrip(":"))
            number = found[1].groupdict().get("number") if found else None
            if number:
                return int(number), text.strip()[end:]
        return None

    def is_title(self, cell: Cell) -> bool:
        """Whether a cell holds the title of a sheet."""
        return bool(self.title.fullmatch(cell.folded))

    def code_in(self, cell: Cell) -> re.Match[str] | None:
        """The code of a sheet within a cell: in brackets, or alone if it names an era."""
        within = self.sheet_code.search(cell.text)
        alone = self.sheet_code.fullmatch(f"（{cell.text.strip()}）")
        return within or (alone if alone and _ERA.search(alone.group(1)) else None)

    def budget_stage(self, folded: str) -> str | None:
        """What the head of a money column says it holds, if it says so."""
        for stage, pattern in self.budget_stages.items():
            if pattern.search(folded):
                return stage
        return None

    def worded_as(self, cells: Iterable[Cell]) -> Declaration:
        """The declaration in the sheet's own words: a label it does not print has a stand-in.

        政策名 stands in for 施策名 only where no 施策名 is printed, 指標 for 測定指標 likewise.
        """
        cells = list(cells)
        seen = [label for cell in cells if cell.is_ruled and (label := self.label_of(cell))]
        labels = dict(self.labels)
        for label, stand_ins in self.stand_ins.items():
            first = next((each for each in seen if each in stand_ins), None)
            if label not in seen and first is not None:
                labels[label] = labels.pop(first)
        for label, short in self.short_forms.items():
            is_printed = any(cell.is_ruled and short.fullmatch(cell.folded) for cell in cells)
            if is_printed and not {label, f"{label}_and_year"} & set(seen):
                labels[label] = short
        return self.model_copy(update={"labels": labels})

    def recognizes(self, cells: Iterable[Cell]) -> bool:
        """Whether every label that tells this family is among the ruled cells, and no other's."""
        ruled = [cell for cell in cells if cell.is_ruled]
        other = self.ruled_out_by
        if other is not None and any(other.fullmatch(cell.folded) for cell in ruled):
            return False
        texts = [cell.folded for cell in ruled]
        texts += [upper.folded + lower.folded for upper, lower in cut_in_two(ruled)]
        seen = {self.label_of_text(text) for text in texts}
        groups = ({one} if isinstance(one, str) else set(one) for one in self.recognized_by)
        return all(group & seen for group in groups)


@cache
def declarations() -> tuple[Declaration, ...]:
    """All declared families, in the order of their file names' reverse: special before common."""
    folder = resources.files("pipelines.forms") / "declarations"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")),
        reverse=True,
        key=lambda file: file.name,
    )
    return tuple(
        Declaration.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files
    )


def _balanced(folded: str) -> str:
    """A text without closing brackets that begin it, and with those that are missing at its end."""
    text = folded.lstrip("".join(_CLOSING.values()))
    missing: list[str] = []
    for sign in text:
        if sign in _CLOSING:
            missing.append(_CLOSING[sign])
        elif missing and sign == missing[-1]:
            missing.pop()
    return text + "".join(reversed(missing))
