"""``python -m tests.synthetic accuracy``: a corpus through the pipeline, held against its answers.

In: how many sheets, and the seed. Out: Markdown tables of exact values, silent errors,
quarantined and missing ones by form, by variation and by field; exit status 1 if there is any
silent error or if less than 99.9 % of the values are exact. Refuses: a build that publishes
nothing (``RuntimeError``).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from . import SyntheticSheet, make_corpus, producers
from .compare import Comparison, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BAR = 0.999
EXAMPLES = 3
OUTCOMES = ("exact", "silent", "quarantined", "missing")

# The marts with natural keys in place of the warehouse's own ones.
QUERIES = {
    "dim_document": "select * from dim_document",
    "dim_policy": "select * from dim_policy",
    "dim_goal": "select * from dim_goal",
    "dim_indicator": """
        select dim_indicator.*, dim_goal.policy_key
        from dim_indicator join dim_goal using (goal_key)""",
    "fact_indicator_values": "select * from fact_indicator_values",
    "bridge_program_goal": """
        select listed.*, dim_goal.policy_key, dim_goal.goal_number,
            dim_program.program_name, dim_program.start_fiscal_year
        from bridge_program_goal as listed
        join dim_goal using (goal_key)
        join dim_program using (program_key)""",
    "bridge_program_indicator": """
        select dim_goal.policy_key, dim_goal.goal_number, listed.listing_order,
            dim_indicator.indicator_number
        from bridge_program_indicator as link
        join dim_indicator using (indicator_key)
        join dim_goal using (goal_key)
        left join bridge_program_goal as listed
            on listed.goal_key = dim_goal.goal_key and listed.program_key = link.program_key""",
    "fact_budget": """
        select fact_budget.*, listed.listing_order
        from fact_budget
        left join bridge_program_goal as listed using (goal_key, program_key)""",
}


def build(documents: Path, data: Path) -> Path:
    """Run the pipeline as a person would; the published warehouse."""
    command = [sys.executable, "-m", "pipelines", "build"]
    command += ["--documents", str(documents), "--data", str(data)]
    ended = subprocess.run(  # noqa: S603  (our own command on our own files)
        command,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    warehouse = data / "warehouse.duckdb"
    if ended.returncode or not warehouse.exists():
        message = f"nothing was published:\n{ended.stdout}\n{ended.stderr}"
        raise RuntimeError(message)
    return warehouse


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def judge(sheets: Iterable[SyntheticSheet], warehouse: Path) -> list[Verdict]:
    """Every printed field of the sheets against the warehouse."""
    sheets = list(sheets)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        statuses = dict(
            connection.execute("select document_key, status from dim_document").fetchall()
        )
        aside: dict[str, list[str]] = defaultdict(list)
        for document, text in connection.execute(
            "select document_key, raw_text from cells where role = 'quarantined'"
        ).fetchall():
            aside[document].append(text)
        for sheet in sheets:
            first, *others = (row["document_key"] for row in sheet.answers["dim_document"])
            for other in others:
                aside[first] += aside[other]
        comparison = Comparison(statuses, aside)
        verdicts: list[Verdict] = []
        for table, query in QUERIES.items():
            expected = [row for sheet in sheets for row in sheet.answers[table]]
            verdicts += comparison.table(table, expected, rows(connection, query))
    return verdicts


def table(verdicts: Iterable[Verdict], head: str, group: Callable[[Verdict], str]) -> str:
    """A Markdown table: one line a group, its outcomes counted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        counts[group(verdict)][verdict.outcome] += 1
    lines = [
        f"| {head} | values | exact | exact % | silent errors | quarantined | missing |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name in sorted(counts):
        count = counts[name]
        total = count.total()
        share = 100 * count["exact"] / total
        figures = f"{total:,} | {count['exact']:,} | {share:.2f}"
        rest = " | ".join(f"{count[outcome]:,}" for outcome in OUTCOMES[1:])
        lines.append(f"| {name} | {figures} | {rest} |")
    return "\n".join(lines)


def by_switch(verdicts: list[Verdict], sheets: Mapping[str, SyntheticSheet]) -> str:
    """The table by switch: each sheet counts under every switch that is not at its plain value."""
    counts: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for name, value in sheets[verdict.document_key].variation.differences().items():
            counts[f"{name} = {value}"].append(verdict)
    bodies = [
        table(counts[label], "variation", lambda _, label=label: label).split("\n")
        for label in sorted(counts)
    ]
    return "\n".join(bodies[0][:2] + [body[2] for body in bodies]) if bodies else ""


def report(verdicts: list[Verdict], sheets: Mapping[str, SyntheticSheet]) -> str:
    """All tables, in the order a reader asks: in all, by form, by field, by variation."""
    return "\n\n".join(
        (
            table(
                verdicts,
                "all",
                lambda _: f"{len({sheet.seed for sheet in sheets.values()})} sheets",
            ),
            table(verdicts, "form", lambda v: sheets[v.document_key].family),
            table(verdicts, "field", lambda v: f"{v.table}.{v.field}"),
            by_switch(verdicts, sheets),
        )
    )


def passes(verdicts: list[Verdict]) -> bool:
    """Whether the bar is met: no silent error, and 99.9 % of the values exact."""
    count = Counter(verdict.outcome for verdict in verdicts)
    return not count["silent"] and count["exact"] >= BAR * count.total()


def run(n: int, seed: int, fixed: Mapping[str, object], folder: Path | None) -> int:
    """Make, build, compare and print; the exit status."""
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        sheets = {
            row["document_key"]: sheet
            for sheet in make_corpus(n, seed, place / "documents", fixed, producers()[1:])
            for row in sheet.answers["dim_document"]
        }
        made = {sheet.seed: sheet for sheet in sheets.values()}
        verdicts = judge(made.values(), build(place / "documents", place / "data"))
    print(report(verdicts, sheets))  # noqa: T201
    for line in complaints(verdicts, sheets):
        print(line, file=sys.stderr)  # noqa: T201
    return 0 if passes(verdicts) else 1


def complaints(verdicts: Iterable[Verdict], sheets: Mapping[str, SyntheticSheet]) -> list[str]:
    """What is not exact, a line each; a few of each kind and document are enough to look at."""
    seen: Counter[tuple[str, ...]] = Counter()
    lines = []
    for outcome in ("silent", "missing", "quarantined"):
        for verdict in verdicts:
            if verdict.outcome != outcome:
                continue
            kind = (outcome, verdict.document_key, verdict.table, verdict.field)
            seen[kind] += 1
            if seen[kind] > EXAMPLES:
                continue
            place = "/".join(str(part) for part in verdict.key[1:])
            lines.append(
                f"{outcome}: seed {sheets[verdict.document_key].seed} "
                f"{verdict.table}.{verdict.field} {place}: wanted {verdict.expected!r}, "
                f"found {verdict.found!r}, printed {verdict.printed!r}"
            )
    return lines
