"""Amounts and indicator values, a row at a time.

In: one string; for an amount also the unit in its label. Out: one dict, as the package says.
"""

import re
from decimal import Decimal
from functools import cache

from pipelines.normalize import amounts, figures, numerals, reference, values

from .text import NOTHING, compiled, fold, listed, sub


def together(folded: str, *, loose: bool) -> str | None:
    gap = r"(,[0-9]{0,2})\s+([0-9])" if loose else r"(,[0-9]{1,2})\s+([0-9])"
    joined = sub(figures.COMMA_OVER_LINES, ",${1}${2}${3}", folded, 0)
    notes = (figures.NOTE_OVER_LINES,) * (figures.MOST_LINES_OF_A_NOTE - 1)
    for pattern in (*notes, gap, figures.POINT_OVER_LINES):
        joined = sub(pattern, "${1}${2}", joined, 0)
    if compiled(r"[0-9.,]\s+[0-9]").search(joined):
        return None
    return re.sub(r"\s+", "", joined)


def spelled_out(text: str, tail: str) -> str:  # noqa: C901 - one branch a place
    if compiled("[一二三四五六七八九〇十]").search(text) and not compiled("[0-9]").search(text):
        match = compiled(numerals.kanji_pattern(tail)).search(text)
        if match and compiled("[一二三四五六七八九]").search(match[2]):
            number = match[2].translate(str.maketrans(numerals.digits()))
            for _ in range(2):
                number = sub(r"(^|[^0-9])([十百千])", "${1}1${2}", number, 0)
            for pattern, template in numerals.PLACE_VALUES:
                number = sub(pattern, template, number, 0)
            text = match[1] + number + match[3]
    if not compiled("[兆億万][0-9]").search(text):
        return text
    spelled = text
    for pattern, template in numerals.INNER_PLACES:
        spelled = sub(pattern, template, spelled, 0)
    match = compiled(numerals.SUM).search(spelled)
    if match is None:
        return text
    lead, _, *_rest, tail_text = match.groups()

    def section(*places: int) -> str | None:
        return next((match[place].replace(",", "") for place in places if match[place]), None)

    top, hundred_millions = section(2), section(3, 6)
    ten_thousands, ones = section(4, 7, 9), section(5, 8, 10)
    total = (top or "") + (hundred_millions or "").zfill(4)
    if ones or ten_thousands:
        total += (ten_thousands or "").zfill(4)
    if ones:
        total += ones.zfill(4)
    unit = "" if ones else "万" if ten_thousands else "億"
    return lead + total.lstrip("0") + unit + (tail_text or "")


def without_notes(text: str) -> str:
    for pattern, template in figures.notes():
        text = sub(pattern, template, text)
    return text


@cache
def _before_words() -> frozenset[str]:
    return frozenset(["", *reference.column("qualifiers", "word", place="before")])


def figure(
    text: str | None, behind: str, tail_pattern: str
) -> tuple[re.Match[str], re.Match[str]] | None:
    if text is None:
        return None
    match = compiled(figures.figure_pattern(behind)).search(text)
    if match is None or match[2] not in _before_words():
        return None
    tail = compiled(tail_pattern).search(match[5] or "")
    return (match, tail) if tail else None


def qualifier(*words: str | None) -> str | None:
    return " ".join(word for word in words if word) or None


def amount(text: str, label: str | None = None) -> dict[str, object]:
    folded = fold(text)
    found = _amount(folded, label)
    if found is not None:
        return found
    loose = together(folded, loose=True)
    if loose is not None:
        rewritten = spelled_out(loose, "円")
        for pattern, template in amounts.rewritings():
            rewritten = sub(pattern, template, rewritten)
        found = _amount(without_notes(rewritten), label)
        if found is not None:
            return found | {"rule": "rewritten_amount"}
    squeezed = re.sub(r"\s+", "", folded)
    status = listed(squeezed) or ("unparsed" if compiled("[0-9]").search(squeezed) else "text")
    return NOTHING | {"status": status, "rule": status, "inclusion": "exact"}


def _amount(text: str, label: str | None) -> dict[str, object] | None:  # noqa: PLR0911 - one way out a rule
    read = figure(text, amounts.BEHIND, amounts.tail_pattern())
    if read is None:
        return None
    match, tail = read
    if (match[1] is None) != (match[6] is None) or not compiled(figures.WELL_FORMED).search(
        match[3]
    ):
        return None
    if len((match[4] or "").rstrip("0")) > figures.PLACES:
        return None
    number = Decimal(match[3].replace(",", "").replace("▲", "-").replace("+", ""))
    if abs(number) >= 10**figures.WHOLE_DIGITS:
        return None
    used = tail[1] or label
    if used is None and number != 0:
        return None
    yen = number * amounts.multipliers()[used] if used else Decimal(0)
    if yen != yen.to_integral_value() or abs(yen) >= 2**63:
        return None
    rule = (
        "bracketed_amount"
        if match[1]
        else "zero_of_any_unit"
        if used is None
        else "amount_with_unit"
        if tail[1]
        else "amount_in_the_label's_unit"
    )
    return NOTHING | {
        "status": "value",
        "value": int(yen),
        "unit": used + "円" if used in ("万", "億", "兆") else used,
        "multiplier": amounts.multipliers()[used] if used else None,
        "qualifier": qualifier(match[2], tail[2], tail[3]),
        "inclusion": reference.mapping("inclusion_words", "word", "inclusion").get(
            tail[4] or "", "exact"
        ),
        "rule": rule,
    }


def value(text: str) -> dict[str, object]:
    folded = fold(text)
    found, change = _value(folded)
    if found is not None:
        return found
    loose = together(folded, loose=False)
    squeezed = re.sub(r"\s+", "", folded)
    is_calendar = beyond = False
    if loose is not None:
        rewritten = spelled_out(loose, values.kanji_tail())
        for pattern, template in values.rewritings():
            rewritten = sub(pattern, template, rewritten)
        rewritten = without_notes(rewritten)
        second = compiled(values.SECOND_FIGURE).search(rewritten)
        if second is None or second[1] != second[2]:
            rewritten = sub(values.LAST_NOTE, "${1}", rewritten)
        found, why = _value(rewritten)
        if found is not None:
            rule = "multiplied_value" if found["multiplier"] != 1 else "rewritten_value"
            return found | {"rule": rule}
        change, is_calendar, beyond = why == "change", why == "bare_year", why == "beyond"
    else:
        change = False
    status = None if beyond else listed(squeezed)
    if status is None:
        bad = (
            is_calendar
            or beyond
            or (compiled(values.malformed()).search(squeezed) and not change)
            or compiled(values.ONLY_BRACKETED).search(squeezed)
            or compiled(values.apart()).search(folded)
        )
        status = "unparsed" if bad else "text"
    rule = "change_or_achievement" if status == "text" and change else status
    return NOTHING | {"status": status, "rule": rule, "inclusion": "exact"}


def _value(text: str) -> tuple[dict[str, object] | None, str | None]:  # noqa: PLR0911 - one way out a rule
    read = figure(text, values.BEHIND, values.tail_pattern())
    match = compiled(figures.figure_pattern(values.BEHIND)).search(text)
    if match is None:
        return None, None
    tail = compiled(values.tail_pattern()).search(match[5] or "")
    unit = tail[2] if tail else None
    clean = match[3].replace(",", "").replace("▲", "-").replace("+", "")
    if unit and compiled(values.changes()).search(unit):
        return None, "change"
    if unit and (compiled(values.CALENDAR).search(unit) or (unit == "年" and len(clean) >= 4)):
        return None, "bare_year" if len(clean) < 3 and match[2] in _before_words() else None
    if unit and compiled(values.BOUNDS).search(unit):
        return None, None
    if read is None or match[1] or match[6] or not compiled(figures.WELL_FORMED).search(match[3]):
        return None, None
    power = reference.exponents("number_multipliers", "multiplier").get(tail[1] or "", 0)
    number = Decimal(clean) * 10**power
    if (
        len((match[4] or "").rstrip("0")) - power > figures.PLACES
        or abs(number) >= 10**figures.WHOLE_DIGITS
    ):
        return None, "beyond"
    return NOTHING | {
        "status": "value",
        "value": number,
        "unit": unit,
        "multiplier": 10**power,
        "qualifier": qualifier(match[2], tail[3], tail[4]),
        "inclusion": reference.mapping("inclusion_words", "word", "inclusion").get(
            tail[5] or "", "exact"
        ),
        "rule": "multiplied_value" if power else "value_with_unit" if unit else "bare_value",
    }, None
