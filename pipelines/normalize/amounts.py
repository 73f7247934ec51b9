"""Amounts of money. In: strings and unit labels. Out: struct."""
from __future__ import annotations
import polars as pl
from pipelines.normalize import text as t

N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNITS = {"円":1,"千円":1000,"百万円":10**6,"億円":10**8,"兆円":10**12,"万円":10**4}

def parse_amount(text: pl.Expr, unit_label: pl.Expr | None = None) -> pl.Expr:
    s = t.squeeze(text)
    bare = s.str.replace(r"^\((.*)\)$", "$1")
    g = bare.str.extract_groups(rf"^(約)?([△▲-])?({N})((?:千|百万|億|兆|万)?円)?(程度|以上|以下|未満|超)?(の?内数|の?外数)?$")
    f = g.struct.field
    num = f("3").str.replace_all(",", "").cast(pl.Decimal(18, 4), strict=False)
    sign = pl.when(f("2").is_not_null()).then(-1).otherwise(1)
    label = unit_label if unit_label is not None else pl.lit(None, pl.String)
    unit = pl.coalesce(f("4"), t.squeeze(label).str.extract(r"((?:千|百万|億|兆|万)?円)"))
    mult = unit.replace_strict(UNITS, default=None, return_dtype=pl.Int64)
    yen = (num.cast(pl.Decimal(38, 4)) * 10000).cast(pl.Int64) * sign * mult // 10000
    incl = pl.when(f("6").str.contains("内数")).then(pl.lit("inclusive")).when(f("6").str.contains("外数")).then(pl.lit("exclusive")).otherwise(pl.lit("exact"))
    ok = num.is_not_null() & mult.is_not_null()
    status = pl.when(s.fill_null("") == "").then(pl.lit("blank")).when(bare.str.contains(r"^[-ー]+$")).then(pl.lit("dash")).when(ok).then(pl.lit("value")).when(bare.str.contains("未定")).then(pl.lit("undecided")).when(bare.str.contains("中$")).then(pl.lit("pending")).otherwise(pl.lit("unparsed"))
    isv = status == "value"
    return pl.struct(status.alias("status"), pl.when(isv).then(yen).alias("value_yen"), pl.when(isv).then(num * sign).cast(pl.Decimal(18,4)).alias("amount_printed"), unit.alias("unit"), mult.alias("multiplier"), f("1").alias("qualifier"), incl.alias("inclusion"), pl.lit("amount").alias("rule"), pl.when(status == "unparsed").then(pl.lit("not an amount")).alias("reason"))

def split_budget_and_execution(text: pl.Expr) -> pl.Expr:
    g = text.str.extract_groups(r"(?s)^\s*([^（(]*?)\s*([（(].*[)）]\s*(?:の?内数)?)?\s*$")
    def nb(e: pl.Expr) -> pl.Expr:
        e = e.str.strip_chars()
        return pl.when(e != "").then(e)
    return pl.struct(nb(g.struct.field("1")).alias("budget"), nb(g.struct.field("2")).alias("executed"))
