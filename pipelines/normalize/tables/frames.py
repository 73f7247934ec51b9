"""What the tables share: readings as frames, years near the sheet's own, keys, legibility.

In: rows of :class:`~pipelines.forms.Readings`. Out: frames of strings and expressions on them.
Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from pipelines.normalize import text, years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.forms import Readings

#: What a glyph without a Unicode mapping is kept as: its number in the font.
_UNMAPPED = r"\(cid:\d+\)"
ILLEGIBLE = "glyphs without a Unicode mapping"
IS_LEGIBLE = ~pl.col("raw_text").str.contains(_UNMAPPED)
ILLEGIBLE_PERIOD = f"{ILLEGIBLE} in its period"
_PARSED = pl.col("parsed").struct
_IS_DATED = ~pl.col("period_text").str.contains(_UNMAPPED).fill_null(value=False) | (
    _PARSED.field("status") == "blank"
)
#: Whether all that a figure stands on can be read: its own text, and the label of its period.
IS_TYPED = IS_LEGIBLE & _IS_DATED
#: ``value_status`` and ``reason`` of what the grammar made of ``raw_text`` (column ``parsed``).
STATUS_AND_REASON = (
    pl.when(IS_TYPED)
    .then(_PARSED.field("status"))
    .otherwise(pl.lit("unparsed"))
    .alias("value_status"),
    pl.when(~IS_LEGIBLE)
    .then(pl.lit(ILLEGIBLE))
    .when(~_IS_DATED)
    .then(pl.lit(ILLEGIBLE_PERIOD))
    .otherwise(_PARSED.field("reason"))
    .alias("reason"),
)

#: How far from the sheet's own year a bare year (31年度) may lie; eras differ by 30 and more.
_NEAR = 14
_BARE_YEAR = r"^(元|\d{1,2})年度?(?:末|まで|中|頃)?$"


def frame(
    readings: Sequence[Readings], kind: str, columns: Sequence[str], integers: Sequence[str] = ()
) -> pl.DataFrame:
    """Rows of one kind of all readings: ``columns`` as strings, ``integers`` as Int32."""
    rows = [row for reading in readings for row in getattr(reading, kind)]
    schema = {name: pl.String() for name in columns} | {name: pl.Int32() for name in integers}
    return pl.DataFrame(
        [[row.get(name) for name in schema] for row in rows], schema=schema, orient="row"
    )


def year_near(period: str, near: str) -> pl.Expr:
    """The fiscal year a printed period is, a bare one (31年度) read in the era next to ``near``.

    A head is one year, also where its column is so narrow that the figure is broken over lines.
    """
    folded = text.fold(pl.col(period)).str.replace_all(r"\s", "")
    count = (
        folded.str.extract(_BARE_YEAR)
        .str.replace("元", "1", literal=True)
        .cast(pl.Int32, strict=False)
    )
    eras = [first - 1 + count for first in (1926, 1989, 2019)]
    bare = pl.coalesce(pl.when((era - pl.col(near)).abs() <= _NEAR).then(era) for era in eras)
    exact = (
        pl.when(read.struct.field("status") == "value").then(read.struct.field("value"))
        for read in (years.parse_fiscal_year(pl.col(period)), years.parse_fiscal_year(folded))
    )
    return pl.coalesce(*exact, bare)


def numbered_key(key: str) -> pl.Expr:
    """A key that several rows would share gets their order behind it."""
    order = pl.int_range(pl.len()).over(key)
    return pl.when(order == 0).then(pl.col(key)).otherwise(pl.format("{}-{}", key, order + 1))
