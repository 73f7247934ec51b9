"""Indicator values. In: strings. Out: struct."""
from __future__ import annotations
import polars as pl
from pipelines.normalize import text as t
N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

def parse_value(text: pl.Expr) -> pl.Expr:
    s = t.squeeze(text)
    g = s.str.extract_groups(rf"^(約)?([△▲+-])?({N})(千|万|億)?([^\d(),.増減比~→、:]{{0,10}}?)(程度|以上|以下|未満|超|以内)?(?:\([^()]*\))?$")
    f = g.struct.field
    num = f("3").str.replace_all(",", "").cast(pl.Decimal(18, 4), strict=False)
    mult = f("4").replace_strict({"千":1000,"万":10000,"億":10**8}, default=1, return_dtype=pl.Int64)
    sign = pl.when(f("2").is_in(["△","▲","-"])).then(-1).otherwise(1)
    val = (num.cast(pl.Decimal(38,4)) * mult * sign).cast(pl.Decimal(18,4), strict=False)
    status = pl.when(s.fill_null("") == "").then(pl.lit("blank")).when(s.str.contains(r"^[-ー]+$")).then(pl.lit("dash")).when(val.is_not_null()).then(pl.lit("value")).when(s.str.contains("^(未定|検討中|調整中)")).then(pl.lit("undecided")).when(s.str.contains("^(調査中|集計中|精査中|公表前)")).then(pl.lit("pending")).when(s.str.contains(r"^[\d,.]+$")).then(pl.lit("unparsed")).otherwise(pl.lit("text"))
    isv = status == "value"
    def nb(e: pl.Expr) -> pl.Expr:
        return pl.when(isv & (e != "")).then(e)
    return pl.struct(status.alias("status"), pl.when(isv).then(val).alias("value"), nb(f("5")).alias("unit"), mult.alias("multiplier"), nb(pl.coalesce("" + f("1"), f("6"))).alias("qualifier"), pl.lit("exact").alias("inclusion"), pl.lit("value").alias("rule"), pl.when(status == "unparsed").then(pl.lit("not a number")).alias("reason"))
