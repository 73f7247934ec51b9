"""Years. In: strings. Out: struct(status, value, rule, reason)."""
from __future__ import annotations
import polars as pl
from pipelines.normalize import text as t

def parse_fiscal_year(text: pl.Expr, era_hint: pl.Expr | None = None) -> pl.Expr:
    s = t.squeeze(text)
    g = s.str.extract(r"^(明治|大正|昭和|平成|令和|[MTSHR])")
    n = s.str.extract(r"^(?:明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})(?:\(\d{4}\))?年?度?(?:末|中|頃)?$").str.replace("元", "1").cast(pl.Int32, strict=False)
    base = g.replace_strict({"明治":1867,"M":1867,"大正":1911,"T":1911,"昭和":1925,"S":1925,"平成":1988,"H":1988,"令和":2018,"R":2018}, default=None, return_dtype=pl.Int32)
    w = s.str.extract(r"^(?:FY)?((?:19|20)\d\d)年?度?(?:末|中|頃)?$").cast(pl.Int32, strict=False)
    v = pl.coalesce(base + n, w)
    status = pl.when(v.is_not_null()).then(pl.lit("value")).when(s.str.contains(r"^-+$|^ー+$")).then(pl.lit("dash")).when(s.fill_null("") == "").then(pl.lit("blank")).otherwise(pl.lit("text"))
    return pl.struct(status.alias("status"), v.alias("value"), pl.lit("year").alias("rule"), pl.lit(None, pl.String).alias("reason"))
