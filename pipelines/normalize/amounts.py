"""Amounts of money: 1,234百万円, △10, 2億5,000万円, 100,272の内数, (3,055.1).

In: printed strings, and the text of the label that governs them. Out: a struct with ``status``,
``value_yen`` (whole yen, Int64), ``amount_printed`` (Decimal(18,4), in its unit), ``unit``
(円, 千円, 百万円 …; the cell's own wins over the label's), ``multiplier``, ``qualifier``,
``inclusion`` (exact, inclusive, exclusive), ``rule`` and ``reason``. △, ▲ and － in front mean
negative. Brackets do not: on these forms they hold the amount executed, (1,234) is 1,234, and
the rule says ``bracketed_amount``. Refuses, as ``unparsed``: an amount without a unit anywhere
(but 0), misplaced commas (22,5億円), figures that stand apart, several amounts in one string,
a part of a yen, and what does not fit Int64 or Decimal(18,4).
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipelines.normalize import eras, figures, reference
from pipelines.normalize import text as printed
from pipelines.normalize.stages import first_case, result, stage, text_where

f = pl.field

_LARGEST = 2**63 - 1
_SCALE = 10**figures.PLACES
_NAMES = ("open", "before", "number", "decimals", "unit", "after", "later", "included", "close")


@cache
def multipliers() -> dict[str, int]:
    """Yen in one of each unit; 万, 億 and 兆 alone are the same without their 円."""
    table = {
        unit: 10**exponent for unit, exponent in reference.exponents("amount_units", "unit").items()
    }
    return table | {short: table[short + "円"] for short in ("万", "億", "兆")}


@cache
def _plain() -> str:
    units = reference.alternation(list(multipliers()))
    return (
        rf"^(\()?({figures.before()})?({figures.NUMBER})({units})?({figures.after()})?"
        rf"({figures.after()})?({figures.inclusions()})?(\))?$"
    )


def unit_of_label(label: pl.Expr) -> pl.Expr:
    """The one unit that a label names (施策の予算額（千円）); null for none or for several."""
    units = reference.alternation(reference.column("amount_units", "unit"))
    found = printed.squeeze(label).str.extract_all(f"(?:{units})").list.unique()
    return text_where(found.list.len() == 1, found.list.first())


def _rewritten(folded: pl.Expr) -> pl.Expr:
    year = rf"(?:(?:{eras.era_pattern()})?(?:{eras.NUMBER})年度)?"
    spelled = figures.spelled_out(figures.together(folded, loose=True), "円")
    named = spelled.str.replace(
        rf"^{year}[\p{{Han}}]{{0,10}}(?:額|費|予算|案):([^:]*)$", "${1}"
    ).str.replace(r"^[¥￥](.*[0-9])$", "${1}円")
    outside = named.str.replace(
        rf"^\(([^()]*)\)((?:{reference.alternation(list(multipliers()))})?(?:{figures.inclusions()})?)$",
        "(${1}${2})",
    )
    return figures.without_notes(outside)


def parse_amount(text: pl.Expr, unit_label: pl.Expr | None = None) -> pl.Expr:
    """One struct a string, as the module says.

    ``unit_label``: the label's text, a column or a literal; null where there is none.
    """
    label = unit_label if unit_label is not None else pl.lit(None, pl.String())
    read = figures.read_twice(printed.fold(text), _plain(), _rewritten(f("other")))
    read = pl.struct(read.alias("r"), unit_of_label(label).alias("label_unit"))
    read = stage(read, **{name: f("r").struct.field(name) for name in ("folded", "other", "g", "h", "rewritten")})
    read = stage(read, **figures.picked(f("other").is_null(), _NAMES))
    read = stage(
        read,
        clean=figures.cleaned(f("number")),
        well_formed=f("number").str.contains(figures.WELL_FORMED).fill_null(value=False)
        & (f("open").is_null() == f("close").is_null()),
        places=figures.places(f("decimals")),
        used_unit=pl.coalesce(f("unit"), f("label_unit")),
    )
    read = stage(
        read,
        amount=f("clean").cast(pl.Decimal(18, figures.PLACES), strict=False),
        multiplier=f("used_unit").replace_strict(
            multipliers(), default=None, return_dtype=pl.Int64()
        ),
    )
    read = stage(
        read,
        storable=f("well_formed") & (f("places") <= figures.PLACES) & f("amount").is_not_null(),
        scaled=f("amount").to_physical().cast(pl.Int64),
    )
    read = stage(
        read,
        zero=f("storable") & (f("scaled") == 0),
        factor=f("multiplier") // _SCALE,
        divisor=_SCALE // f("multiplier"),
    )
    yen = (
        pl.when(f("zero"))
        .then(0)
        .when(f("factor") == 0)
        .then(pl.when(f("scaled") % f("divisor") == 0).then(f("scaled") // f("divisor")))
        .when(f("scaled").abs() <= _LARGEST // f("factor"))
        .then(f("scaled") * f("factor"))
    )
    read = stage(read, yen=pl.when(f("storable")).then(yen))
    read = stage(read, found=f("yen").is_not_null())
    read = stage(
        read,
        words=text_where(
            f("number").is_null() | f("folded").is_null(),
            f("folded").fill_null("").str.replace_all(r"\s+", ""),
        ),
    )
    return _typed(read)


def _typed(read: pl.Expr) -> pl.Expr:
    read = stage(
        read,
        listed=printed.status_without_value(f("words")),
        digits=f("words").str.contains("[0-9]").fill_null(value=True),
    )
    read = stage(
        read,
        status=pl.when(f("found"))
        .then(pl.lit("value"))
        .when(f("words").is_not_null() & f("listed").is_not_null())
        .then(f("listed"))
        .when(f("digits"))
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text")),
    )
    reason = first_case(
        (f("number").is_not_null() & ~f("well_formed"), "a malformed figure"),
        (f("number").is_not_null() & (f("places") > figures.PLACES), "more than four decimals"),
        (f("number").is_not_null() & ~f("storable"), "too large"),
        (f("number").is_not_null() & f("used_unit").is_null(), "no unit in the cell or its label"),
        (
            f("number").is_not_null() & (f("factor") == 0) & (f("scaled") % f("divisor") != 0),
            "not a whole number of yen",
        ),
        (f("number").is_not_null(), "too large"),
        (f("rewritten").is_null(), "figures stand apart"),
        (f("words").str.contains(r"[0-9.,]*[0-9],[0-9.,]*[兆億万千百円]*$"), "a malformed figure"),
        (pl.lit(value=True), "not one amount of yen"),
    )
    rule = pl.when(f("found")).then(
        first_case(
            (f("open").is_not_null(), "bracketed_amount"),
            (f("zero") & f("used_unit").is_null(), "zero_of_any_unit"),
            (f("other").is_not_null(), "rewritten_amount"),
            (f("unit").is_null(), "amount_in_the_label's_unit"),
            (pl.lit(value=True), "amount_with_unit"),
        )
    ).otherwise(f("status"))
    found = f("found")
    short = f("used_unit").is_in(["万", "億", "兆"])
    return result(
        read,
        status=f("status"),
        value_yen=f("yen"),
        amount_printed=pl.when(found).then(f("amount")),
        unit=pl.when(found).then(pl.when(short).then(f("used_unit") + "円").otherwise(f("used_unit"))),
        multiplier=pl.when(found).then(f("multiplier")),
        qualifier=pl.when(found).then(figures.qualifier("before", "after", "later")),
        inclusion=figures.inclusion(text_where(found, f("included"))),
        rule=rule,
        reason=text_where(f("status") == "unparsed", reason),
    )


def split_budget_and_execution(text: pl.Expr) -> pl.Expr:
    """Budget and, in brackets, execution of one cell: struct of ``budget`` and ``executed``.

    A missing half is null. Brackets that hold words alone, (内数), are part of what they follow.
    """
    pattern = (
        r"(?s)^\s*([^（(]*?(?:[（(][^（）()0-9０-９―－—–\-]*[）)])?)\s*"
        rf"([（(][^（）()]*[）)](?:\s*(?:{figures.inclusions()}))?)?\s*$"
    )
    halves = text.str.extract_groups(pattern).struct

    def present(half: pl.Expr) -> pl.Expr:
        return text_where(half.str.strip_chars() != "", half.str.strip_chars())

    unsplit = text_where(halves[0].is_null(), text.str.strip_chars())
    return pl.struct(
        budget=present(pl.coalesce(halves[0], unsplit)), executed=present(halves[1])
    )
