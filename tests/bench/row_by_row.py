"""The same grammar as a plain Python function a row, to measure the column expressions against.

In: one string. Out: one dict, with the fields of the column version except ``reason``. It takes
the same reference tables and the same patterns, and the same two steps: plain form first, then
rewritten. A test holds both versions against each other.
"""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from decimal import Decimal
from functools import cache

from pipelines.normalize import amounts, dates, eras, figures, numerals, periods, reference, values
from pipelines.normalize import text as printed

# What both versions have to agree on, by kind.
COMPARED = {
    "fiscal_year": ("status", "value", "start", "end", "qualifier", "rule"),
    "period": ("status", "start", "end", "qualifier", "rule"),
    "date": ("status", "value", "start", "end", "qualifier", "rule"),
    "amount": ("status", "value", "unit", "multiplier", "qualifier", "inclusion", "rule"),
    "value": ("status", "value", "unit", "multiplier", "qualifier", "inclusion", "rule"),
}
NOTHING = dict.fromkeys(("value", "start", "end", "unit", "qualifier", "multiplier"))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    plain = pattern.replace(r"\p{Han}", "々〇㐀-䶿一-鿿豈-﫿").replace(
        r"\p{Katakana}", "ァ-ヺヽヾㇰ-ㇿ"
    )
    # In Python a dollar also stands before a line's end that ends the text.
    plain = re.sub(r"\$$", r"\\Z", plain)
    return re.compile(plain.replace("[日月火水木金土]", "[日月火水木金土]"))


def sub(pattern: str, template: str, text: str, count: int = 1) -> str:
    return compiled(pattern).sub(re.sub(r"\$\{(\d)\}", r"\\g<\1>", template), text, count=count)


@cache
def _folding() -> tuple[dict[int, str], re.Pattern[str] | None]:
    table = printed.foldings()
    pairs = [key for key in table if len(key) > 1]
    return str.maketrans({k: v for k, v in table.items() if len(k) == 1}), re.compile(
        "|".join(pairs)
    )


def fold(text: str) -> str:
    table, pairs = _folding()
    if "ﾞ" in text or "ﾟ" in text:
        text = pairs.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return text.translate(table)


def one_line(folded: str) -> str | None:
    if compiled(r"[0-9][ \n]+[0-9]").search(folded):
        return None
    return compiled(r"[ \n]+").sub("", folded)


def small(text: str | None) -> str | None:
    if text is None or not compiled("[一二三四五六七八九〇十]").search(text):
        return text
    text = text.translate(str.maketrans(numerals.digits()))
    text = sub(r"([0-9])十([0-9])", "${1}${2}", text, 0)
    text = sub(r"([0-9])十", "${1}0", text, 0)
    return sub(r"十([0-9])", "1${1}", text, 0).replace("十", "10")


@cache
def _statuses() -> list[tuple[re.Pattern[str], str]]:
    found = []
    by_status: dict[str, list[str]] = {}
    for row in reference.rows("statuses"):
        by_status.setdefault(row["status"], []).append(row["word"])
    for name, words in by_status.items():
        any_word = reference.alternation(words)
        found.append((re.compile(printed.LISTED.format(any_word)), name))
        if name != "text":
            found.append((re.compile(printed.SENTENCE.format(any_word)), name))
    return found


def listed(squeezed: str) -> str | None:
    if squeezed == "":
        return "blank"
    if compiled(printed.dash_pattern()).search(squeezed):
        return "dash"
    return next((name for pattern, name in _statuses() if pattern.search(squeezed)), None)


@cache
def _words(effect: str) -> frozenset[str]:
    return frozenset(reference.column("year_words", "word", effect=effect))


def western(zero: int | None, count: int | None) -> int | None:
    if count is None:
        return None
    if zero is None:
        return count if eras.WESTERN_FIRST <= count <= eras.WESTERN_LAST else None
    return zero + count if count >= 1 and zero + count <= eras.last_years()[zero] else None


def counted(number: str | None) -> int | None:
    if number is None:
        return None
    return 1 if number == "元" else int(number)


def bracketed_year(text: str) -> int | None:
    match = compiled(rf"^({eras.era_pattern()})?({eras.NUMBER})(?:年度|年)?$").search(text)
    if match is None:
        return None
    return western(eras.zero_years().get(match[1] or ""), counted(match[2]))


def agreeing(year: int | None, note: str | None) -> int | None:
    if note is None or not compiled("[0-9元]").search(note):
        return year
    return year if bracketed_year(note) == year else None


def year_of(era: str, number: str, note: str | None) -> tuple[int | None, str]:
    zero, count = eras.zero_years().get(era), counted(number)
    plain = western(zero, count)
    if note is None or not compiled("[0-9元]").search(note):
        rule = "era_fiscal_year" if zero is not None else "western_year"
        return plain, rule
    other = bracketed_year(note)
    bare = zero is None and count is not None and count < 100
    if other is not None and (other == plain or (bare and other - count in eras.last_years())):
        return other, "two_years_that_agree"
    return None, "two_years_that_agree"


def words_effect(words: str) -> tuple[str | None, str | None]:
    effects = [*_words("since"), *_words("until"), *_words("about")]
    match = compiled(f"({reference.alternation(effects)})").search(words)
    if match is None:
        return None, None
    word = match[1]
    return word, "since" if word in _words("since") else "until" if word in _words(
        "until"
    ) else None


def _year_result(year: int, rule: str, kind: str | None, words: str) -> dict[str, object]:
    word, effect = words_effect(words) if words else (None, None)
    if rule == "era_fiscal_year" and kind == "年":
        rule = "era_calendar_year"
    if rule == "western_year" and kind == "年度":
        rule = "western_fiscal_year"
    return NOTHING | {
        "status": "value",
        "value": year,
        "start": year if effect == "since" else None,
        "end": year if effect == "until" else None,
        "qualifier": word,
        "rule": rule,
    }


def fiscal_year(text: str) -> dict[str, object]:
    folded = fold(text)
    words = periods.words_behind()
    one = one_line(folded)
    match = one is not None and compiled(
        r"^([^0-9元]*)([0-9]+|元)(?:\(([^()]*)\))?([^0-9(].*)?$"
    ).search(one)
    if match:
        tail = compiled(rf"^(年度|年)?({words})$").search(match[4] or "")
        if tail and (match[1] in eras.zero_years() or match[1] in ("", *eras.WESTERN)):
            year, rule = year_of(match[1], match[2], match[3])
            if year is not None:
                return _year_result(year, rule, tail[1], tail[2])
    return _other_year(folded, words)


def year_prepared(folded: str) -> str | None:
    prepared = small(one_line(folded))
    if prepared is None:
        return None
    year = rf"(?:{eras.era_pattern()})?(?:{eras.NUMBER})"
    named = rf"(?:{eras.era_pattern()})(?:{eras.NUMBER})"
    prepared = without_period_notes(prepared)
    prepared = sub(rf"^({year})(年度|年)\(({year}(?:年度|年)?)\)", "${1}(${3})${2}", prepared)
    return compiled(rf"^({year})(?:年度|年)?[/・=]({named})(年度|年)?").sub(
        lambda match: f"{match[1]}({match[2]}){match[3] or ''}", prepared, count=1
    )


def _other_year(folded: str, words: str) -> dict[str, object]:
    prepared = year_prepared(folded)
    number = None
    if prepared is not None:
        match = compiled(rf"^{eras.year_item()}({words})$").search(prepared)
        if match:
            number = match[2]
            year, rule = year_of(match[1] or "", match[2], match[3])
            if year is not None:
                return _year_result(year, rule, match[4], match[5])
        else:
            day = read_date(prepared)
            if day is not None:
                return NOTHING | {
                    "status": "value",
                    "value": day["fiscal_year"],
                    "rule": day["rule"],
                }
            span = read_period(prepared)
            if span is not None and span["rule"] != "single_year":
                return NOTHING | span | {"status": "text", "qualifier": None}
    status = listed(re.sub(r"\s+", "", folded))
    if status is None:
        status = "unparsed" if number or compiled("[0-9元]").search(folded) else "text"
    return NOTHING | {"status": status, "rule": status}


def without_period_notes(text: str) -> str:
    text = sub(r"^\(([^()]*)\)$", "${1}", text)
    text = sub(r"(.)※[0-9]*$", "${1}", text)
    text = sub(rf"\(({periods.words_behind()})\)$", "${1}", text)
    return sub(r"(.)\([^()0-9元]*\)$", "${1}", text)


def read_date(text: str) -> dict[str, object] | None:  # noqa: C901, PLR0911 - one way out a rule
    kanji, marks = dates.patterns()
    match = compiled(kanji).search(text)
    if match:
        era, number, note, month, day, behind = match.groups()
    else:
        match = compiled(marks).search(text)
        if match is None:
            return None
        era, number, mark, month, other_mark, day, behind = match.groups()
        if other_mark != mark and not (other_mark is None and mark == "."):
            return None
        note = None
    zero, count, month_number = eras.zero_years().get(era or ""), counted(number), int(month)
    year = western(zero, count)
    rule = None
    if year is None and compiled(dates.FULL_FORM).search(text):
        for first_zero, first, last in eras.bare_date_eras():
            if first <= count <= last:
                year, rule = first_zero + count, "date_without_era_read_as_heisei"
    if note is not None and bracketed_year(note) != year:
        return None
    behind = sub(r"^\([日月火水木金土]\)", "", behind or "")
    if behind and (
        not compiled(dates.BEHIND).search(behind) or compiled(dates.OTHER_DAY).search(behind)
    ):
        return None
    if year is None or year < dates.GREGORIAN_FIRST or not 1 <= month_number <= 12:
        return None
    last_day = monthrange(year, month_number)[1]
    if day is not None and not 1 <= int(day) <= last_day:
        return None
    form = "date" if day else "month"
    rule = rule or (f"era_{form}" if zero is not None else f"western_{form}")
    first_day = dt.date(year, month_number, int(day or 1))
    return {
        "status": "value",
        "value": first_day.isoformat() if day else f"{year}-{month_number:02d}",
        "start": first_day,
        "end": first_day if day else first_day.replace(day=last_day),
        "fiscal_year": year - (month_number <= 3),
        "qualifier": behind or None,
        "rule": rule,
    }


def date(text: str) -> dict[str, object]:
    folded = fold(text)
    one = one_line(folded)
    found = read_date(one) if one is not None else None
    if found is None:
        prepared = small(one)
        found = read_date(sub(dates.NOTE, "${1}${2}", prepared)) if prepared is not None else None
    if found is not None:
        return NOTHING | found
    squeezed = re.sub(r"\s+", "", folded)
    status = listed(squeezed) or ("unparsed" if compiled("[0-9]").search(squeezed) else "text")
    return NOTHING | {"status": status, "rule": status}


def read_period(text: str) -> dict[str, object] | None:  # noqa: C901, PLR0911 - one way out a rule
    text = without_period_notes(text)
    two, one = periods.patterns()
    match = compiled(two).search(text)
    if match:
        era, number, note, _, last_era, last_number, last_note, _, behind, duration = match.groups()
        zero, count = eras.zero_years().get(era or ""), counted(number)
        start = agreeing(western(zero, count), note)
        last_zero, last_count = eras.zero_years().get(last_era or ""), counted(last_number)
        end = None
        if last_zero is not None or len(last_number.encode()) == 4:
            end = western(last_zero, last_count)
        elif len(last_number.encode()) <= 2:
            if zero is not None:
                end = western(zero, last_count) if last_count >= count else None
            elif start is not None and len(last_number) == 2:
                end = start - start % 100 + last_count
        end = agreeing(end, last_note)
        if start is None or end is None or end < start:
            return None
        if duration and int(duration) != end - start + 1:
            return None
        word, _ = words_effect(behind)
        return {"start": start, "end": end, "qualifier": word, "rule": "period"}
    match = compiled(one).search(text)
    if match is None:
        return None
    before, era, number, note, _, behind, to = match.groups()
    year = agreeing(western(eras.zero_years().get(era or ""), counted(number)), note)
    has = {
        effect: bool(compiled(reference.alternation(sorted(_words(effect)))).search(behind))
        for effect in ("until", "since")
    }
    to_end, from_start = before is not None or has["until"], to is not None or has["since"]
    if year is None or (to_end and from_start):
        return None
    word, _ = words_effect(behind)
    if to_end:
        return {"start": None, "end": year, "qualifier": word, "rule": "period_open_start"}
    if from_start:
        return {"start": year, "end": None, "qualifier": word, "rule": "period_open_end"}
    return {"start": year, "end": year, "qualifier": word, "rule": "single_year"}


def period(text: str) -> dict[str, object]:
    folded = fold(text)
    one = one_line(folded)
    found = read_period(one) if one is not None else None
    if found is None:
        prepared = small(one)
        found = read_period(prepared) if prepared is not None else None
    if found is not None:
        return NOTHING | found | {"status": "value"}
    squeezed = re.sub(r"\s+", "", folded)
    status = listed(squeezed) or ("unparsed" if compiled("[0-9元]").search(squeezed) else "text")
    return NOTHING | {"status": status, "rule": status}


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


READERS = {
    "fiscal_year": fiscal_year,
    "period": period,
    "date": date,
    "amount": amount,
    "value": value,
}
