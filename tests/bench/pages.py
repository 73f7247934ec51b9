"""Milliseconds a page: every tool on the same pages in the same run, and every stage of ours.

In: PDFs. Out: :class:`Tool` and :class:`Stage` rows. The tools take turns, document by document,
each in a process of its own, so that whatever else the machine does falls on all of them alike.
Cells within rulings agree where their texts do, on the same page or (tabula, which does not say on
which) in the same document; where they do not, ``agreement`` says what became of the text.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import polars as pl

from tests.bench.agreement import CAUSES, SAME, compared
from tests.bench.tools import ROOT, TOOLS, Texts
from tests.bench.watched import shisaku, watch

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = "shisaku extract"
FLOOR = "pypdfium2 text"
# The tools whose cells are compared on plain sheets, too.
COMPARED = (
    OURS,
    "camelot, vector engine",
    "camelot, vector engine, split_text",
    "camelot, default engine",
    "pdfplumber extract_tables",
)


@dataclass(slots=True)
class Tool:
    """What one tool took for the documents."""

    name: str
    pages: int = 0
    seconds: float = 0.0
    peak: int = 0
    failures: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    missing: str | None = None

    @property
    def page_milliseconds(self) -> float:
        """Milliseconds a page."""
        return 1_000 * self.seconds / max(1, self.pages)

    @property
    def agreement(self) -> float:
        """The share of our cells with text that the tool has too, percent."""
        return 100 * self.causes[SAME] / max(1, self.causes.total())


@dataclass(slots=True)
class Stage:
    """What one stage of a build took, in one process."""

    name: str
    seconds: float
    pages: int
    documents: int = 0
    peak: int | None = None
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def page_milliseconds(self) -> float:
        """Milliseconds a page."""
        return 1_000 * self.seconds / max(1, self.pages)


class _Served:
    """One tool in its process."""

    def __init__(self, name: str) -> None:
        self.tool = Tool(name)
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "tests.bench.tools", name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self.tool.missing = self._answer().get("missing")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def read(self, path: Path, pages: int) -> Texts:
        """Read one document; its texts by page."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer = self._answer()
        self.tool.pages += pages
        self.tool.seconds += answer["seconds"]
        self.tool.peak = max(self.tool.peak, answer["peak"])
        self.tool.failures += answer["failure"] is not None
        return answer["texts"]

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


def side_by_side(documents: Sequence[Path], names: Sequence[str] = tuple(TOOLS)) -> list[Tool]:
    """Every tool on every document, in turns; the first document is read once more to warm up."""
    served = {name: _Served(name) for name in names}
    present = {name: one for name, one in served.items() if one.tool.missing is None}
    for one in present.values():
        one.read(documents[0], 0)
        one.tool.seconds = 0.0
    for document in documents:
        pages = page_count(document)
        texts = {name: one.read(document, pages) for name, one in present.items()}
        for name, one in present.items():
            if name != FLOOR:
                one.tool.causes += _compared(texts[OURS], texts[name])
    for one in served.values():
        with one:
            pass
    return [one.tool for one in served.values()]


def page_count(document: Path) -> int:
    """Pages of a PDF."""
    import pypdfium2  # noqa: PLC0415

    pdf = pypdfium2.PdfDocument(document)
    try:
        return len(pdf)
    finally:
        pdf.close()


def _compared(ours: Texts, theirs: Texts) -> Counter[str]:
    """What became of our cells with text, page by page where theirs are told apart."""
    if len(theirs) == 1:
        ours = [[text for page in ours for text in page]]
    theirs = theirs + [[] for _ in range(len(ours) - len(theirs))]
    causes: Counter[str] = Counter()
    for page, other in zip(ours, theirs, strict=False):
        causes += compared(page, other)
    return causes


def stages(documents: Sequence[Path]) -> list[Stage]:
    """Every stage on the documents, one after the other, in this one process; dbt in its own."""
    from pipelines import forms, reading, schemas  # noqa: PLC0415
    from pipelines.build import parts, store  # noqa: PLC0415
    from pipelines.build.settings import Limits  # noqa: PLC0415
    from pipelines.normalize import tables  # noqa: PLC0415

    clock: Counter[str] = Counter()
    limits, pages = Limits(), 0
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        size = parts.SHEETS_OF_A_PART
        for number, first in enumerate(range(0, len(documents), size)):
            part = documents[first : first + size]
            read, readings, rows = [], [], []
            for document in part:
                data = document.read_bytes()
                key = f"{len(rows) + 100 * number:016x}"
                start = time.perf_counter()
                extraction = reading.read_document(data, key, limits)
                clock["extract"] += time.perf_counter() - start
                start = time.perf_counter()
                readings.append(forms.read_forms([extraction]))
                clock["forms"] += time.perf_counter() - start
                pages += extraction.pages.height
                read.append(extraction)
                rows.append(
                    {
                        "document_key": key,
                        "sha256": key * 4,
                        "file_name": document.name,
                        "page_count": extraction.pages.height,
                        "status": "read",
                    }
                )
            start = time.perf_counter()
            cells = pl.concat([extraction.cells for extraction in read])
            frames = tables.normalize(readings, schemas.RAW_DOCUMENTS.frame(rows), cells)
            clock["normalize"] += time.perf_counter() - start
            start = time.perf_counter()
            for name, frame in frames.items():
                store.write_frame(place / name / f"{number}.parquet", frame)
            for row, extraction in zip(rows, read, strict=True):
                store.write_frame(
                    place / "pages" / f"{row['document_key']}.parquet", extraction.pages
                )
                store.write_frame(
                    place / "cells" / f"{row['document_key']}.parquet", extraction.cells
                )
            clock["write"] += time.perf_counter() - start
    return [
        Stage(name, clock[name], pages, len(documents))
        for name in ("extract", "forms", "normalize", "write")
    ]


def models(documents: Path, data: Path, pages: int, count: int) -> tuple[Stage, dict[str, int]]:
    """The last stage, dbt with its tests, out of a build; and the memory of its processes."""
    from pipelines import publish  # noqa: PLC0415
    from pipelines.build.settings import data_folder  # noqa: PLC0415

    built = watch(shisaku("build", "--documents", documents, "--data", data))
    record = publish.records(data_folder(data))[0]
    seconds = record["seconds"]["all"] - record["seconds"]["reading"]
    return Stage("dbt, tests included", seconds, pages, count), dict(built.peaks)


def stage_lines(stages: Sequence[Stage], peaks: dict[str, int]) -> list[str]:
    """A Markdown table of the stages, and the memory of a build's processes."""
    total = sum(stage.seconds for stage in stages)
    lines = [
        "| stage | ms a page | pages a second | documents a second | share |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {stage.name} | {stage.page_milliseconds:.2f} | {stage.pages / stage.seconds:,.0f} "
        f"| {stage.documents / stage.seconds:,.1f} | {100 * stage.seconds / total:.0f} % |"
        for stage in stages
    ]
    memory = ", ".join(f"{kind} {peak // 1024**2} MiB" for kind, peak in peaks.items())
    return [*lines, "", f"Peak memory of a build's processes: {memory}"]


def tool_lines(tools: Sequence[Tool]) -> list[str]:
    """A Markdown table of the tools; ratios to camelot's vector engine."""
    unit = next(tool.page_milliseconds for tool in tools if tool.name == "camelot, vector engine")
    lines = [
        "| tool | pages | ms a page | ratio | pages a second | peak MiB | same cells | failed |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for tool in tools:
        if tool.missing is not None:
            lines.append(f"| {tool.name} | | | | | | | not here: {tool.missing} |")
            continue
        same = "" if tool.name == FLOOR else f"{tool.agreement:.1f} %"
        lines.append(
            f"| {tool.name} | {tool.pages:,} | {tool.page_milliseconds:.1f} "
            f"| {tool.page_milliseconds / unit:.2f} | {1_000 / tool.page_milliseconds:,.1f} "
            f"| {tool.peak // 1024**2} | {same} | {tool.failures} |"
        )
    return lines


def cause_lines(tools: Sequence[Tool], title: str) -> list[str]:
    """A Markdown table of what became of our cells' texts in each tool, percent."""
    told = [tool for tool in tools if tool.causes and tool.name != OURS]
    lines = [
        f"| {title} | {' | '.join(tool.name for tool in told)} |",
        f"|---|{'---:|' * len(told)}",
    ]
    for cause in CAUSES:
        shares = [100 * tool.causes[cause] / tool.causes.total() for tool in told]
        lines.append(f"| {cause} | {' | '.join(f'{share:.1f}' for share in shares)} |")
    return lines
