"""The bench's picture: milliseconds a page by tool, as multiples of camelot's vector engine.

In: what was measured. Out: an SVG file. Refuses: nothing. Ratios are drawn, since seconds are the
machine's; the machine is named below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.pages import Stage, Tool

UNIT = "camelot, vector engine"
OURS = "shisaku extract"


def draw(tools: Sequence[Tool], stages: Sequence[Stage], machine: str, path: Path) -> None:
    """Two panels: tools side by side on a logarithmic axis; the stages of a build as shares."""
    import matplotlib as mpl  # noqa: PLC0415 - of the bench alone

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "shisaku"
    from matplotlib import pyplot as plt  # noqa: PLC0415

    present = sorted(
        (tool for tool in tools if tool.missing is None), key=lambda tool: tool.page_milliseconds
    )
    unit = next(tool.page_milliseconds for tool in present if tool.name == UNIT)
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(8, 5.2), height_ratios=[3, 1], layout="constrained"
    )
    names = [tool.name for tool in present]
    ratios = [tool.page_milliseconds / unit for tool in present]
    colours = ["#b3421f" if name == OURS else "#7d8a97" for name in names]
    bars = upper.barh(names, ratios, color=colours)
    upper.bar_label(bars, [f"{ratio:.2g} ×" for ratio in ratios], padding=4)
    upper.set_xscale("log")
    upper.set_xlim(min(ratios) / 1.5, max(ratios) * 2.5)
    upper.axvline(1, color="#444444", linewidth=0.8, linestyle=":")
    upper.invert_yaxis()
    upper.xaxis.set_major_formatter("{x:g}")
    upper.set_xlabel(f"time a page, as a multiple of {UNIT} (logarithmic)")
    upper.set_title("The same pages, in turns, one process each", loc="left", fontsize=11)
    total = sum(stage.seconds for stage in stages)
    left, shades = 0.0, ["#b3421f", "#d98b5f", "#e8c39e", "#b9c3cc", "#7d8a97"]
    for stage, shade in zip(stages, shades, strict=True):
        share = 100 * stage.seconds / total
        lower.barh(
            ["whole build"], [share], left=left, color=shade, label=f"{stage.name} {share:.0f} %"
        )
        left += share
    lower.set_xlim(0, 100)
    lower.set_xlabel("share of the processing time, percent")
    lower.legend(
        ncols=len(stages),
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        fontsize=8,
        handlelength=1,
        columnspacing=1,
    )
    figure.supxlabel(machine, x=0.99, ha="right", fontsize=7, color="#555555")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
