"""Numbers, years and amounts printed in some notation, the answer chosen before the print.

In: a random source, the variation, and the number or year to print. Out: :class:`Year`,
:class:`Value` and :class:`Amount`, each the printed string beside its right reading.
The readings follow the contract: a dash is no zero, 万 and 千 before a counter are multiplied
out, 内数 makes an amount inclusive and is inherited by the other amount of its cell.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from .truth import Amount, Value, Year

if TYPE_CHECKING:
    import random

    from .variation import Variation

FULL_WIDTH = str.maketrans("0123456789,.%()HR", "０１２３４５６７８９，．％（）ＨＲ")
SQUARES = {"令和": "㋿", "平成": "㍻", "昭和": "㍼"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
REIWA, HEISEI, SHOWA = 2019, 1989, 1926

PENDING = ("調査中", "集計中")
UNDECIDED = ("未定",)
WORDS = ("過去最高値同程度", "前年度以上", "対前年度増", "現状維持")
PROVISIONAL = ("暫定値", "速報値", "見込み")
COUNT_UNITS = ("件", "人", "か所", "機関", "社", "回", "ha", "トン")
SQUARE_UNITS = ("㎡", "㎞", "㎏")


def era_year(year: int, *, latest_heisei: bool) -> tuple[str, str, int]:
    """Era name, its letter and the year within it; eras run past their end before 2019."""
    if year >= REIWA and not latest_heisei:
        return "令和", "R", year - REIWA + 1
    if year >= HEISEI:
        return "平成", "H", year - HEISEI + 1
    return "昭和", "S", year - SHOWA + 1


def year_label(year: int, variation: Variation, *, bare: bool = False) -> Year:
    """A fiscal year in the sheet's own style; ``bare`` leaves the era to the label beside it."""
    style = variation.year_labels
    name, letter, number = era_year(year, latest_heisei=variation.years == "heisei")
    first = "元" if number == 1 else str(number)
    if style == "western":
        text = f"{year}年度"
    elif style == "short_bare":
        text = f"{letter}{first}"
    elif style == "double":
        text = f"{name}{first}（{year}）年度"
    elif style == "square":
        text = f"{SQUARES[name]}{first}年度"
    elif style == "short":
        text = f"{letter}{number}年度"
    elif style == "short_full_width":
        text = f"{letter}{first}年度".translate(FULL_WIDTH)
    elif style == "long_full_width":
        text = f"{name}{first}年度".translate(FULL_WIDTH)
    elif style == "broken":
        text = f"{name}\n{first}年度"
    elif style == "bare" and bare:
        text = f"{first}年度"
    else:
        text = f"{name}{first}年度"
    return Year(year, text)


def long_year(year: int, variation: Variation) -> Year:
    """A fiscal year with its era's full name, as in titles and 開始年度."""
    name, _, number = era_year(year, latest_heisei=variation.years == "heisei")
    text = f"{name}{'元' if number == 1 else number}年度"
    return Year(year, text.translate(FULL_WIDTH) if variation.labels == "full_width" else text)


def start_of_program(year: int, variation: Variation) -> tuple[Year, str]:
    """開始年度: its answer, and the bracketed text that stands with the program's name."""
    label = long_year(year, variation)
    if variation.start == "missing":
        return Year(None, None), ""
    if variation.start == "short":
        _, letter, number = era_year(year, latest_heisei=variation.years == "heisei")
        label = Year(year, f"{letter}{number}年度")
    tail = "～" if variation.start == "open" else ""
    return label, bracketed(f"{label.text}{tail}", wide=True)


def evaluation_time(year: int, variation: Variation, random_source: random.Random) -> Year:
    """政策評価実施予定時期: a fiscal year, or a month of summer, which lies in the same one."""
    label = long_year(year, variation)
    if variation.evaluation == "year":
        return label
    month = f"{random_source.randint(6, 9)}月"
    return Year(year, f"{(label.text or '').removesuffix('度')}{month}")


def year_columns(first: int, count: int, variation: Variation) -> tuple[Year, ...]:
    """Labels of consecutive year columns; bare ones name the era where it begins."""
    labels = []
    for year in range(first, first + count):
        starts_era = year == REIWA and variation.years != "heisei"
        labels.append(year_label(year, variation, bare=year != first and not starts_era))
    return tuple(labels)


def digits(number: Decimal, variation: Variation) -> str:
    """A number's digits with the sheet's separators, without sign or unit."""
    magnitude = abs(number)
    text = f"{magnitude}" if variation.numbers == "plain" else f"{magnitude:,}"
    return text.translate(FULL_WIDTH) if variation.numbers == "full_width" else text


def signed(number: Decimal, variation: Variation, mark: str = "▲") -> str:
    """Digits with the sheet's mark before a negative number."""
    chosen = variation.negative if variation.negative != "none" else mark
    return f"{chosen if number < 0 else ''}{digits(number, variation)}"


def dash_value(variation: Variation) -> Value:
    """A dash where a figure would stand."""
    return Value(variation.dash, "dash")


def no_value(variation: Variation) -> Value:
    """Nothing yet: a dash or an empty cell, as the sheet has it."""
    if variation.empty != "dash":
        return Value("", "blank", optional=True)
    return dash_value(variation)


def print_value(
    number: Decimal, unit: str | None, variation: Variation, random_source: random.Random
) -> Value:
    """A figure of an indicator; ``unit`` is the indicator's own, printed or not as switched."""
    if variation.values == "mixed" and random_source.random() < 0.3:
        return _no_number(variation, random_source)
    printed = signed(number, variation)
    if variation.values == "provisional" and random_source.random() < 0.4:
        mark = random_source.choice(PROVISIONAL)
        return Value(f"{printed}{unit or ''}（{mark}）", "value", number, unit, mark)
    if variation.values in {"bare", "named"} or unit is None:
        return Value(printed, "value", number)
    shown = "％" if unit == "%" and variation.numbers == "full_width" else unit
    if variation.values == "mixed" and unit == "人" and random_source.random() < 0.4:
        myriads = Decimal(random_source.randint(11, 999)) / 10
        text = f"{digits(myriads, variation)}万人"
        return Value(text, "value", myriads * 10_000, "人")
    qualifier = None
    text = f"{printed}{shown}"
    if variation.values == "mixed" and number > 0 and random_source.random() < 0.25:
        qualifier = random_source.choice(("約", "以上", "程度", "以下"))
        text = f"約{text}" if qualifier == "約" else f"{text}{qualifier}"
    return Value(text, "value", number, unit, qualifier)


def _no_number(variation: Variation, random_source: random.Random) -> Value:
    """Words or a dash where a figure would stand."""
    words, status = random_source.choice(
        (
            (PENDING, "pending"),
            (UNDECIDED, "undecided"),
            (WORDS, "text"),
            ((variation.dash,), "dash"),
            ((variation.dash,), "dash"),
        )
    )
    return Value(random_source.choice(words), status)


def series(
    random_source: random.Random, count: int, variation: Variation
) -> tuple[list[Decimal], str | None]:
    """``count`` numbers that one indicator could show over the years, and its unit."""
    kind = random_source.choice(("count", "count", "share", "index", "change"))
    if kind == "share":
        start = Decimal(random_source.randint(300, 900)) / 10
        steps = [Decimal(random_source.randint(-20, 40)) / 10 for _ in range(count)]
        return [max(Decimal(1) / 10, start + sum(steps[:index])) for index in range(count)], "%"
    if kind == "index":
        return [Decimal(random_source.randint(80, 300)) / 100 for _ in range(count)], "倍"
    if kind == "change" and variation.negative != "none":
        return [Decimal(random_source.randint(-150, 150)) / 10 for _ in range(count)], "%"
    wide = variation.numbers == "full_width"
    top = random_source.choice((9, 60, 999, 9_999, *(() if wide else (99_999, 2_500_000))))
    numbers = [Decimal(random_source.randint(0, top)) for _ in range(count)]
    units = SQUARE_UNITS if variation.characters == "compatibility" else COUNT_UNITS
    return numbers, random_source.choice(units)


def print_amount(  # noqa: PLR0913  (every part of the print may differ)
    number: Decimal,
    unit: str,
    variation: Variation,
    *,
    inclusion: str = "exact",
    source: str = "printed",
    mark: str = "▲",
) -> Amount:
    """An amount in ``unit``; its unit and 内数/外数 are printed where the switches say so."""
    text = signed(number, variation, mark)
    if variation.unit_place == "cell":
        text += unit
    if inclusion != "exact" and source == "printed":
        text += {"inclusive": "の内数", "exclusive": "の外数"}[inclusion]
    return Amount(text, "value", number, unit, inclusion, source)


def dash_amount(variation: Variation, *, optional: bool = False) -> Amount:
    """A dash where an amount would stand; the unit of the label still governs it."""
    return Amount(variation.dash, "dash", optional=optional)


def no_amount(variation: Variation) -> Amount:
    """Nothing yet: a dash or an empty cell, as the sheet has it."""
    if variation.empty != "dash":
        return Amount("", "blank", optional=True)
    return dash_amount(variation)


def bracketed(text: str, *, wide: bool) -> str:
    """The text in half or full width brackets, as an 執行額 is printed."""
    return f"（{text}）" if wide else f"({text})"


def mark(number: int, variation: Variation) -> str:
    """The number before an indicator's name."""
    if variation.marks == "circled":
        return CIRCLED[number - 1]
    if variation.marks == "brackets":
        return f"({number})"
    return f"{number}．".translate(FULL_WIDTH)


def related(numbers: tuple[int, ...], variation: Variation, random_source: random.Random) -> str:
    """関連する指標: the numbers as a range, a list or one mark, as the indicators have them."""
    if not numbers:
        return variation.dash
    marks = [mark(number, variation).rstrip("．") for number in numbers]
    run = numbers[-1] - numbers[0] == len(numbers) - 1
    if len(numbers) > 2 and run and random_source.random() < 0.7:
        return f"{marks[0]}{random_source.choice('～〜')}{marks[-1]}"
    joints = ("、", "\n") if variation.marks == "full_stop" else ("、", "，", "", "\n")
    return random_source.choice(joints).join(marks)
