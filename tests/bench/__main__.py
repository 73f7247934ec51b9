"""``python -m tests.bench pages | builds | queries | engines``: measure, and print a table.

In: how much, and where to (a temporary folder if left out). Out: Markdown tables on standard
output; ``pages --picture`` also draws the picture that the README shows.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench import builds, corpus, engines, pages, picture, queries


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("command", choices=["pages", "builds", "queries", "engines"])
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--facts", type=int, default=10_000_000)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--place", type=Path, help="folder of sheets and results, kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = arguments.place or Path(temporary)
        print(f"Machine: {builds.machine()}\n")  # noqa: T201
        if arguments.command == "pages":
            said = _pages(arguments.n, arguments.sample, place, arguments.picture)
        elif arguments.command == "builds":
            said = builds.lines(builds.measure(arguments.n, place))
        elif arguments.command == "queries":
            said = queries.lines(queries.measure(arguments.facts, place))
        else:
            said = engines.lines(engines.measure(arguments.n, place))
        print("\n".join(said))  # noqa: T201
        print(f"\nMachine: {builds.machine()}")  # noqa: T201


def _pages(count: int, sample: int, place: Path, drawn: Path | None) -> list[str]:
    """All stages on ``count`` sheets; every tool on every so-many-th of them."""
    folder = corpus.corpus(place / f"sheets-{count}", count)
    documents = sorted(folder.glob("*.pdf"))
    tools = pages.side_by_side(documents[:: max(1, count // sample)])
    easy = sorted(corpus.plain_corpus(place / f"plain-{sample}", sample).glob("*.pdf"))
    plain = pages.side_by_side(easy, pages.COMPARED)
    fast = pages.side_by_side(documents, [pages.OURS, picture.UNIT, pages.FLOOR])
    stages = pages.stages(documents)
    last, peaks = pages.models(folder, place / f"data-{count}", stages[0].pages, count)
    stages.append(last)
    if drawn:
        picture.draw(tools, stages, builds.machine(), drawn)
    return [
        *pages.stage_lines(stages, peaks),
        "",
        *pages.tool_lines(tools),
        "",
        *pages.tool_lines(fast),
        "",
        *pages.cause_lines(tools, "our cells, on hard sheets, %"),
        "",
        *pages.cause_lines(plain, "our cells, on plain sheets, %"),
    ]


if __name__ == "__main__":
    main()
