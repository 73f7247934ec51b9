"""``python -m tests.fuzz forms|notations [--runs N]``: fuzz one of the two.

In: what to fuzz and for how long. Out: libFuzzer's own lines, at the end how many executions there
were; an input that breaks something is printed. Refuses: a
Python without atheris.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

# An execution that takes longer is a hang.
SECONDS_OF_ONE = 20


def main() -> None:
    """Fuzz until the runs are done or something breaks."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("what", choices=("forms", "notations"))
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what reached new code")
    asked = parser.parse_args()

    import atheris  # noqa: PLC0415 - only here; it is no part of the tests' environment

    with atheris.instrument_imports(include=["pipelines", "tests.bench.row_by_row"]):
        if asked.what == "forms":
            from tests.fuzz import forms as target  # noqa: PLC0415
            from tests.fuzz.sheets import good_sheets  # noqa: PLC0415

            good_sheets()
        else:
            from tests.fuzz import notations as target  # type: ignore[no-redef] # noqa: PLC0415

    executions = 0

    def once(data: bytes) -> None:
        nonlocal executions
        target.execute(data)
        executions += 1
        if executions == asked.runs:
            target.finish()
            print(f"{asked.what}: {executions:,} executions, nothing broke", flush=True)  # noqa: T201

    with tempfile.TemporaryDirectory() as folder:
        corpus = asked.corpus or Path(folder)
        corpus.mkdir(parents=True, exist_ok=True)
        options = {
            "runs": asked.runs,
            "seed": asked.seed,
            "timeout": SECONDS_OF_ONE,
            "rss_limit_mb": 4096,
            "max_len": 1024,
            "len_control": 0,
            "print_final_stats": 1,
            "artifact_prefix": f"{folder}/",
        }
        named = [f"-{name}={value}" for name, value in options.items()]
        atheris.Setup([sys.argv[0], *named, str(corpus)], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
