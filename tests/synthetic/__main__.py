"""``python -m tests.synthetic make --n 20 --seed 1 --out FOLDER``: a corpus.

In: how many sheets, from which seed, where to. Out: PDFs with their answers beside them, and
one line a sheet on standard output; ``accuracy`` puts them through the pipeline and prints how
it did. Switches are set with ``--switch ruling=dashed`` (repeatable).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import SWITCHES, accuracy, make_corpus


def main() -> None:
    """Parse the command line and write the sheets."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthetic", description=__doc__)
    parser.add_argument("command", choices=["make", "accuracy"])
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE")
    arguments = parser.parse_args()
    fixed = {}
    for switch in arguments.switch:
        name, _, text = switch.partition("=")
        fixed[name] = {str(value): value for value in SWITCHES[name]}[text]
    if arguments.command == "accuracy":
        sys.exit(accuracy.run(arguments.n, arguments.seed, fixed, arguments.out))
    if arguments.out is None:
        parser.error("make needs --out")
    sheets = make_corpus(arguments.n, arguments.seed, arguments.out, fixed)
    for number, sheet in enumerate(sheets, start=arguments.seed):
        print(number, sheet.family, sheet.variation.differences())  # noqa: T201


if __name__ == "__main__":
    main()
