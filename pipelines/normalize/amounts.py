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
from pipelines.normalize.stages import (
    by_distinct,
    first_case,
    groups,
    result,
    sparse,
    text_where,
    whole,
)

f = pl.col

_LARGEST = 2**63 - 1
_SCALE = 10**figures.PLACES
RESULT = pl.Struct(
    {
        "status": pl.String(),
        "value_yen": pl.Int64(),
        "amount_printed": pl.Decimal(18, 4),
        "unit": pl.String(),
        "multiplier": pl.Int64(),
        "qualifier": pl.String(),
        "inclusion": pl.String(),
        "rule": pl.String(),
        "reason": pl.String(),
    }
)
_NAMES = ("open", "before", "number", "decimals", "tail", "close")
_TAIL = pl.Struct(
    {
        "tail_read": pl.Boolean(),
        "unit": pl.String(),
        "multiplier": pl.Int64(),
        "behind": pl.String(),
        "inclusion": pl.String(),
    }
)


@cache
def multipliers() -> dict[str, int]:
    """Yen in one of each unit; 万, 億 and 兆 alone are the same without their 円."""
    table = {
        unit: 10**exponent for unit, exponent in reference.exponents("amount_units", "unit").items()
    }
    return table | {short: table[short + "円"] for short in ("万", "億", "兆")}


#: In a note, these may be the unit or another amount: such a note must not be left out.
_MONEY = "円|ドル|ユーロ|ポンド|ウォン|千|万|億|兆"
#: What may stand behind a figure of money, before it is looked at closer.
BEHIND = "[^0-9,.()]*"


@cache
def tail_pattern() -> str:
    """A unit, words that bound the figure, 内数 or 外数."""
    units = reference.alternation(list(multipliers()))
    after = figures.after()
    return rf"^({units})?({after})?({after})?({figures.inclusions()})?$"


def _tail(frame: pl.DataFrame) -> pl.Series:
    """What stands behind a figure, as structs of type ``_TAIL``."""
    pattern = tail_pattern()
    read = frame.select(fits=f("0").str.contains(pattern), g=groups(f("0"), pattern)).unnest("g")
    return result(
        read,
        tail_read=f("fits"),
        unit=f("1"),
        multiplier=_multiplier(f("1")),
        behind=figures.words_of(f("2"), f("3")),
        inclusion=figures.inclusion(f("4")),
    )


def _unit_multiplier(frame: pl.DataFrame) -> pl.Series:
    return frame.select(_multiplier(f("0"))).to_series()


def _multiplier(unit: pl.Expr) -> pl.Expr:
    return unit.replace_strict(multipliers(), default=None, return_dtype=pl.Int64())


def unit_of_label(label: pl.Expr) -> pl.Expr:
    """The one unit that a label names (施策の予算額（千円）); null for none or for several."""
    units = reference.alternation(reference.column("amount_units", "unit"))

    def build(frame: pl.DataFrame) -> pl.Series:
        found = printed.squeeze(f("0")).str.extract_all(f"(?:{units})").list.unique()
        return (
            frame.select(found=found)
            .select(text_where(f("found").list.len() == 1, f("found").list.first()))
            .to_series()
        )

    return by_distinct(build, pl.String(), label)


def unit_of_figure(text: pl.Expr) -> pl.Expr:
    """The unit behind the one figure of a text (85百万円の内数); null for none or for several."""
    units = reference.alternation(list(multipliers()))
    figure = rf"^[^0-9]*[0-9][0-9,.]*({units})[^0-9]*$"

    def build(frame: pl.DataFrame) -> pl.Series:
        unit = printed.squeeze(f("0")).str.extract(figure)
        return frame.select(text_where(unit.is_not_null(), _in_full(unit))).to_series()

    return by_distinct(build, pl.String(), text)


def _in_full(unit: pl.Expr) -> pl.Expr:
    """億 as 億円."""
    return pl.when(unit.is_in(["万", "億", "兆"])).then(unit + "円").otherwise(unit)


@cache
def rewritings() -> tuple[tuple[str, str], ...]:
    """A label in front of the amount, the sign of the yen, a unit outside the brackets."""
    year = rf"(?:(?:{eras.era_pattern()})?(?:{eras.NUMBER})年度)?"
    units = reference.alternation(list(multipliers()))
    return (
        (rf"^{year}(?:[\p{{Han}}]{{0,10}}(?:額|費|予算|案))?:([^:]*)$", "${1}"),
        (r"^[¥￥](.*[0-9])$", "${1}円"),
        (rf"^(.*[0-9])\((?:単位:)?({units})\)$", "${1}${2}"),
        (rf"(.)\(([^()]*(?:{_MONEY})[^()]*)\)$", "${1}<${2}>"),
        (rf"^({figures.inclusions()}):?([0-9][^()]*)$", "${2}${1}"),
        (rf"^\(([^()]*)\)((?:{units})?(?:{figures.inclusions()})?)$", "(${1}${2})"),
    )


def _rewritten(folded: pl.Expr) -> pl.Expr:
    rewritten = figures.spelled_out(figures.together(folded, loose=True), "円")
    for pattern, template in rewritings():
        rewritten = rewritten.str.replace(pattern, template)
    return figures.without_notes(rewritten)


def parse_amount(text: pl.Expr, unit_label: pl.Expr | None = None) -> pl.Expr:
    """One struct a string, as the module says.

    ``unit_label``: the label's text, a column or a literal; null where there is none.
    """
    label = pl.lit(None, pl.String()) if unit_label is None else unit_of_label(unit_label)
    return whole(_parse, RESULT, text, label)


def _parse(frame: pl.DataFrame) -> pl.Series:
    read = frame.select(folded=printed.fold(f("0").fill_null("")), label=f("1"))
    read = _amounts(read.with_columns(t=f("folded")))
    rule = first_case(
        (f("open").is_not_null(), "bracketed_amount"),
        (f("used").is_null(), "zero_of_any_unit"),
        (f("unit").is_null(), "amount_in_the_label's_unit"),
        (pl.lit(value=True), "amount_with_unit"),
    )
    return figures.chosen(read, rule, _made, lambda text: sparse(_other, RESULT, text, f("label")))


def _amounts(read: pl.DataFrame) -> pl.DataFrame:
    """Stages that read the amount in ``t``, if it is one in the plain form: ``found``, ``yen``."""
    pattern = figures.figure_pattern(BEHIND)
    read = read.with_columns(groups(f("t"), pattern).struct.rename_fields(_NAMES).alias("g"))
    read = read.unnest("g")
    read = read.with_columns(
        clean=figures.cleaned(f("number")),
        well_formed=f("number").str.contains(figures.WELL_FORMED)
        & (f("open").is_null() == f("close").is_null()),
        places=figures.places(f("decimals")),
        tail_struct=by_distinct(_tail, _TAIL, f("tail")),
    ).unnest("tail_struct")
    read = read.with_columns(
        amount=f("clean").cast(pl.Decimal(18, figures.PLACES), strict=False),
        used=pl.coalesce(f("unit"), f("label")),
        multiplier=pl.coalesce(
            f("multiplier"), by_distinct(_unit_multiplier, pl.Int64(), f("label"))
        ),
    )
    read = read.with_columns(
        storable=f("well_formed")
        & f("tail_read")
        & figures.is_before(f("before"))
        & (f("places") <= figures.PLACES),
        scaled=f("amount").to_physical().cast(pl.Int64),
        factor=f("multiplier") // _SCALE,
        divisor=_SCALE // f("multiplier"),
    )
    yen = (
        pl.when(f("scaled") == 0)
        .then(0)
        .when(f("factor") == 0)
        .then(pl.when(f("scaled") % f("divisor") == 0).then(f("scaled") // f("divisor")))
        .when(f("scaled").abs() <= _LARGEST // f("factor"))
        .then(f("scaled") * f("factor"))
    )
    read = read.with_columns(yen=pl.when(f("storable")).then(yen))
    return read.with_columns(found=f("yen").is_not_null())


def _made(status: pl.Expr, rule: pl.Expr, reason: pl.Expr) -> pl.Expr:
    """The result, of the stages of :func:`_amounts`; a value only where one was found."""
    found = f("found")
    return pl.struct(
        status=status,
        value_yen=f("yen"),
        amount_printed=pl.when(found).then(f("amount")),
        unit=text_where(found, _in_full(f("used"))),
        multiplier=pl.when(found).then(f("multiplier")),
        qualifier=text_where(found, figures.qualifier(f("before"), f("behind"))),
        inclusion=pl.when(found).then(f("inclusion")).otherwise(pl.lit("exact")),
        rule=rule,
        reason=reason,
    )


def _other(frame: pl.DataFrame) -> pl.Series:
    """What is no plain amount: rewritten to one, or a status, or nothing readable."""
    read = frame.select(folded=f("0"), label=f("1"))
    read = _amounts(read.with_columns(t=_rewritten(f("folded"))))
    read = read.with_columns(words=f("folded").str.replace_all(r"\s+", ""))
    read = read.with_columns(
        listed=printed.status_without_value(f("words")),
        printed_number=f("tail_read") & figures.is_before(f("before")),
    )
    read = read.with_columns(
        status=pl.when(f("found"))
        .then(pl.lit("value"))
        .when(f("listed").is_not_null())
        .then(f("listed"))
        .when(f("words").str.contains("[0-9]") | f("words").str.contains(figures.NOT_SHOWN))
        .then(pl.lit("unparsed"))
        .otherwise(pl.lit("text")),
    )
    part_of_yen = (f("factor") == 0) & (f("scaled") % f("divisor") != 0)
    reason = first_case(
        (f("words").str.contains(figures.NOT_SHOWN), "a figure that the spreadsheet did not show"),
        (f("printed_number") & ~f("well_formed"), "a malformed figure"),
        (f("printed_number") & (f("places") > figures.PLACES), "more than four decimals"),
        (f("printed_number") & ~f("storable"), "too large"),
        (f("printed_number") & f("used").is_null(), "no unit in the cell or its label"),
        (f("printed_number") & part_of_yen, "not a whole number of yen"),
        (f("printed_number"), "too large"),
        (f("t").is_null(), "figures stand apart"),
        (pl.lit(value=True), "not one amount of yen"),
    )
    rule = pl.when(f("found")).then(pl.lit("rewritten_amount")).otherwise(f("status"))
    made = _made(f("status"), rule, text_where(f("status") == "unparsed", reason))
    return read.select(made).to_series()


def split_budget_and_execution(text: pl.Expr) -> pl.Expr:
    """Budget and, in brackets, execution of one cell: struct of ``budget`` and ``executed``.

    A missing half is null. Brackets that hold a dash or a status, （集計中）, are execution; those
    that hold other words alone, (内数), are part of what they follow.
    """
    pattern = (
        r"(?s)^\s*([^（(]*?(?:[（(][^（）()0-9０-９]*[）)])?)\s*"
        rf"([（(][^（）()]*[）)](?:\s*(?:{figures.inclusions()}))?)?\s*$"
    )
    halves = text.str.extract_groups(pattern).struct
    stated = text.str.extract_groups(r"(?s)^\s*([^（(]*?)\s*([（(][^（）()]*[）)])\s*$").struct
    status = printed.status_without_value(printed.squeeze(stated[1]))
    is_stated = status.is_in(("dash", "undecided", "pending"))

    def present(half: pl.Expr) -> pl.Expr:
        return text_where(half.str.strip_chars() != "", half.str.strip_chars())

    unsplit = text_where(halves[0].is_null(), text.str.strip_chars())
    budget = pl.coalesce(halves[0], unsplit)
    return pl.struct(
        budget=present(pl.when(is_stated).then(stated[0]).otherwise(budget)),
        executed=present(pl.when(is_stated).then(stated[1]).otherwise(halves[1])),
    )
