"""Lists of indicator numbers and words. In: strings."""
from __future__ import annotations
import polars as pl
from pipelines.normalize import text as t

def parse_indicator_numbers(text: pl.Expr) -> pl.Expr:
    s = t.squeeze(text)
    g = s.str.replace_all(r"[()]", "")
    lo = g.str.extract(r"^(\d{1,2})~").cast(pl.Int32, strict=False)
    hi = g.str.extract(r"~(\d{1,2})$").cast(pl.Int32, strict=False)
    one = g.str.extract_all(r"\d{1,2}").cast(pl.List(pl.Int32))
    return pl.when(lo.is_not_null()).then(pl.int_ranges(lo, hi + 1, dtype=pl.Int32)).otherwise(one)

def aggregation(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("累計|累積")).then(pl.lit("cumulative")).when(text.str.contains("単年度")).then(pl.lit("single_year"))
