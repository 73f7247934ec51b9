"""What reads tables out of PDFs, each as its own documentation says to call it.

In: the path of a PDF. Out: the texts of its cells, page by page. Refuses: a tool that is not
installed, or Java that is not there for tabula (``LookupError``).

Run as a program (``python -m tests.bench.tools NAME``), it serves one tool: a path a line in, one
JSON object a line out, with seconds, pages, texts and the process's own high-water mark. So each
tool has a process to itself, imports apart, and all can take turns on one document.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Texts = list[list[str]]
ROOT = Path(__file__).parents[2]


def shisaku() -> Callable[[str], Texts]:
    """This house's first room, as a build's worker calls it: every glyph into a cell, checked."""
    from pipelines.build.caged import settle  # noqa: PLC0415
    from pipelines.extract import read_pdf  # noqa: PLC0415

    settle()

    def read(path: str) -> Texts:
        extraction = read_pdf(Path(path).read_bytes(), "k")
        texts: Texts = [[] for _ in range(extraction.pages.height)]
        # What stands outside all rulings the others do not read as cells.
        ruled = extraction.cells.filter(extraction.cells["flavor"] == "lattice")
        for page, text in ruled.select("page_number", "raw_text").iter_rows():
            texts[page - 1].append(text)
        return texts

    return read


def camelot_vector() -> Callable[[str], Texts]:
    """camelot, told to take rulings from the page's vectors."""
    return _camelot(engine="vector")


def camelot_default() -> Callable[[str], Texts]:
    """camelot as it comes."""
    return _camelot()


def camelot_split() -> Callable[[str], Texts]:
    """The same, told to part a line of text that runs over a ruling."""
    return _camelot(engine="vector", split_text=True)


def _camelot(**options: str | bool) -> Callable[[str], Texts]:
    import camelot  # noqa: PLC0415

    def read(path: str) -> Texts:
        tables = camelot.read_pdf(path, pages="all", flavor="lattice", **options)
        texts: Texts = []
        for table in tables:
            texts += [[] for _ in range(table.page - len(texts))]
            texts[table.page - 1] += [text for row in table.data for text in row]
        return texts

    return read


def pdfplumber() -> Callable[[str], Texts]:
    """pdfplumber's ``extract_tables``."""
    import pdfplumber  # noqa: PLC0415

    def read(path: str) -> Texts:
        with pdfplumber.open(path) as pdf:
            return [_flat(page.extract_tables()) for page in pdf.pages]

    return read


def pymupdf() -> Callable[[str], Texts]:
    """PyMuPDF's ``find_tables``."""
    import pymupdf  # noqa: PLC0415

    def read(path: str) -> Texts:
        with pymupdf.open(path) as pdf:
            return [_flat(table.extract() for table in page.find_tables().tables) for page in pdf]

    return read


def tabula() -> Callable[[str], Texts]:
    """tabula's lattice mode, through tabula-py, a JVM a document."""
    if shutil.which("java") is None:
        message = "tabula needs Java"
        raise LookupError(message)
    from tabula.io import read_pdf  # noqa: PLC0415

    def read(path: str) -> Texts:
        tables = read_pdf(path, pages="all", lattice=True, output_format="json", silent=True)
        return [[cell["text"] for table in tables for row in table["data"] for cell in row]]

    return read


def pypdfium2() -> Callable[[str], Texts]:
    """The floor: the text of each page, in no cells at all."""
    import pypdfium2  # noqa: PLC0415

    def read(path: str) -> Texts:
        pdf = pypdfium2.PdfDocument(path)
        texts = [[page.get_textpage().get_text_bounded()] for page in pdf]
        pdf.close()
        return texts

    return read


TOOLS: dict[str, Callable[[], Callable[[str], Texts]]] = {
    "shisaku extract": shisaku,
    "camelot, vector engine": camelot_vector,
    "camelot, vector engine, split_text": camelot_split,
    "camelot, default engine": camelot_default,
    "pdfplumber extract_tables": pdfplumber,
    "PyMuPDF find_tables": pymupdf,
    "tabula lattice": tabula,
    "pypdfium2 text": pypdfium2,
}


def _flat(tables: Iterable[Iterable[Iterable[str | None]]]) -> list[str]:
    return [text for table in tables for row in table for text in row if text]


def serve(name: str) -> None:
    """Read what standard input names, one path a line."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(**facts: Any) -> None:  # noqa: ANN401
        print(json.dumps(facts), file=answers, flush=True)

    try:
        read = TOOLS[name]()
    except (ImportError, LookupError) as error:
        say(missing=str(error))
        return
    say(ready=True)
    for line in sys.stdin:
        started = time.perf_counter()
        try:
            texts, failure = read(line.strip()), None
        except Exception as error:  # noqa: BLE001 - whatever a tool fails with is its result
            texts, failure = [], f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        say(seconds=seconds, texts=texts, failure=failure, peak=max(peak, children) * 1024)


if __name__ == "__main__":
    serve(sys.argv[1])
