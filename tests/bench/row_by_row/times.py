"""Fiscal years, dates and periods, a row at a time.

In: one string. Out: one dict, as the package says.
"""

import datetime as dt
import re
from calendar import monthrange
from functools import cache

from pipelines.normalize import dates, eras, periods, reference
from pipelines.normalize.years import PART_OF_YEAR

from .text import NOTHING, compiled, fold, listed, one_line, small, sub


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
        tail = compiled(rf"^(?:(年度){PART_OF_YEAR}?|(年))?({words})$").search(match[4] or "")
        if tail and (match[1] in eras.zero_years() or match[1] in ("", *eras.WESTERN)):
            year, rule = year_of(match[1], match[2], match[3])
            if year is not None:
                return _year_result(year, rule, tail[1] or tail[2], tail[3])
    return _other_year(folded, words)


def year_prepared(folded: str) -> str | None:
    prepared = small(one_line(folded))
    if prepared is None:
        return None
    year = rf"(?:{eras.era_pattern()})?(?:{eras.NUMBER})"
    named = rf"(?:{eras.era_pattern()})(?:{eras.NUMBER})"
    prepared = sub(rf"年度\({PART_OF_YEAR}[^()0-9]*\)$", "年度", prepared)
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
