"""Whole builds: what they take, what a change takes, and whether memory stays flat.

In: how many sheets. Out: figures by name, all of one run, so that they can be divided by one
another. The bar is camelot's vector engine, called bare in one process on the same PDFs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.bench.corpus import corpus, extra_sheet
from tests.bench.pages import page_count
from tests.bench.watched import Watched, shisaku, watch

MEBIBYTE = 1024 * 1024
# So many times, one after the other, one document changes.
CHANGES = 3
BARE = """
import sys, camelot
for path in sys.stdin.read().split():
    try:
        camelot.read_pdf(path, pages="all", flavor="lattice", engine="vector")
    except Exception as error:
        print(path, error)
"""


def measure(count: int, place: Path) -> dict[str, Any]:
    """Build ``count`` sheets in every way that the table tells of, below ``place``."""
    documents = corpus(place / f"sheets-{count}", count)
    fewer = corpus(place / f"sheets-{count // 10}", count // 10)
    fifth = corpus(place / f"sheets-{count // 5}", count // 5)
    paths = sorted(documents.glob("*.pdf"))
    found: dict[str, Any] = {"sheets": count, "pages": sum(map(page_count, paths))}
    found["camelot vector, bare"] = watch(
        [sys.executable, "-c", BARE], given="\n".join(map(str, paths))
    ).seconds
    for workers in (1, 2):
        data = place / f"data-{workers}-workers"
        watch(shisaku("build", "--documents", fifth, "--data", data, "--workers", str(workers)))
        found[f"reading a fifth, {workers} workers"] = _record(data)["seconds"]["reading"]
    data = place / "data"
    found |= _named("full build of a tenth", _build(fewer, place / "data-of-a-tenth"))
    found |= _named("full build", _build(documents, data))
    found["of which reading"] = _record(data)["seconds"]["reading"]
    found |= _named("no change", _build(documents, data))
    before = {path: path.read_bytes() for path in paths[:CHANGES]}
    changes = []
    for number, path in enumerate(before):
        path.write_bytes(extra_sheet(number))
        changes.append(_build(documents, data))
    found["one changed document, seconds"] = [change.seconds for change in changes]
    found["read anew then"] = _record(data)["read_anew"]["documents"]
    found["peak memory, dbt, going on, MiB"] = max(c.peaks["dbt"] for c in changes) / MEBIBYTE
    found |= _named("marts filled anew", _build(documents, data, "--again"))
    # Who keeps the place can measure there again.
    for path, content in before.items():
        path.write_bytes(content)
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as a Markdown table, with the ratios that the project promises."""
    full, bare = found["full build, seconds"], found["camelot vector, bare"]
    one, two = (found[f"reading a fifth, {workers} workers"] for workers in (1, 2))
    peaks = {name: value for name, value in found.items() if name.endswith("MiB")}
    rows = [
        ("sheets, pages", f"{found['sheets']:,}, {found['pages']:,}", ""),
        ("camelot's vector engine, bare, one process", f"{bare:.1f} s", "1"),
        ("whole build, dbt and tests included", f"{full:.1f} s", f"{full / bare:.2f}"),
        ("of which reading", f"{found['of which reading']:.1f} s", ""),
        ("two workers against one (reading)", f"{two:.1f} s, {one:.1f} s", f"{one / two:.2f} ×"),
        (
            "build without a change",
            f"{found['no change, seconds']:.2f} s",
            f"1/{full / found['no change, seconds']:.0f} of the full one",
        ),
        (
            "build after one changed document",
            ", ".join(f"{took:.1f}" for took in found["one changed document, seconds"]) + " s",
            f"{found['read anew then']} document read",
        ),
        ("marts filled anew, nothing read", f"{found['marts filled anew, seconds']:.1f} s", ""),
        *((name.removesuffix(", MiB"), f"{value:,.0f} MiB", "") for name, value in peaks.items()),
    ]
    return [
        "| | measured | ratio |",
        "|---|---:|---:|",
        *(f"| {name} | {value} | {ratio} |" for name, value, ratio in rows),
    ]


def _build(documents: Path, data: Path, *more: str) -> Watched:
    return watch(shisaku("build", "--documents", documents, "--data", data, *more))


def _named(name: str, built: Watched) -> dict[str, float]:
    found = {f"{name}, seconds": built.seconds}
    if name.startswith("full build"):
        found |= {
            f"peak memory, {kind}, {name}, MiB": peak / MEBIBYTE
            for kind, peak in built.peaks.items()
        }
    return found


def _record(data: Path) -> dict[str, Any]:
    from pipelines import publish  # noqa: PLC0415
    from pipelines.build.settings import data_folder  # noqa: PLC0415

    return publish.records(data_folder(data))[0]


def machine() -> str:
    """The machine in a line: processor, cores, memory, and how busy others keep it."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = named[0].split(":", 1)[1].strip() if named else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, load {load:.1f} at the end"
