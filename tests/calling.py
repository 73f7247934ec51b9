"""Calling the command line as a person would.

In: arguments. Out: :class:`Ended`: the exit status and what was said.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "documents"


@dataclass(frozen=True)
class Ended:
    """How a call of the command line ended."""

    status: int
    output: str
    errors: str


def shisaku(
    *arguments: str | Path, timeout: float = 300, house: Path = ROOT, **environment: str
) -> Ended:
    """Call the command line of the project in ``house``, and wait for it to end."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DOCUMENTS", "DATA", "STRICT", "LOG"}
    }
    ended = subprocess.run(  # noqa: S603 - our own command, our own arguments
        [sys.executable, "-m", "pipelines", *map(str, arguments)],
        cwd=house,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)
