"""Every spelling of a year or an amount reads the same; a changed string never reads as more."""

import random
import re
import string
import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.normalize import reference
from pipelines.normalize.parse import KINDS, parse_strings, read_column

WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
# First Western year and last year that any calendar knows (平成 and 令和 run on, as printed).
ERAS = {
    ("明治", "M", "明"): (1868, 45),
    ("大正", "T", "大"): (1912, 15),
    ("昭和", "S", "昭"): (1926, 64),
    ("平成", "H", "平"): (1989, 50),
    ("令和", "R", "令"): (2019, 60),
}


def kanji_count(count: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(count, 10)
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + (
        digits[ones] if ones else ""
    )


def spellings(names: tuple[str, ...], count: int, western: int) -> list[str]:
    numbers = [str(count), str(count).translate(WIDE), kanji_count(count)] + (
        ["元"] if count == 1 else []
    )
    return [
        template.format(era=era, number=number, western=western)
        for era in (*names, names[1].translate(str.maketrans("MTSHR", "ＭＴＳＨＲ")))
        for number in numbers
        for template in (
            "{era}{number}年度",
            "{era}{number}",
            "{era}{number}年",
            " {era} {number} 年度\n",
            "{era}{number}({western})年度",
            "{era}{number}（{western}）年度",
            "（{era}{number}年度）",
            "{era}{number}年度当初予算",
            "{western}({era}{number})年度",
        )
    ]


def test_every_spelling_of_every_year_of_every_era_is_the_same_year() -> None:
    texts, years = [], []
    for names, (first, last) in ERAS.items():
        for count in range(1, last + 1):
            made = spellings(names, count, first + count - 1)
            texts += made
            years += [first + count - 1] * len(made)
    assert len(texts) > 20_000
    read = read_column("fiscal_year", pl.Series("input", texts)).with_columns(
        text=pl.Series(texts), want=pl.Series(years, dtype=pl.Int32)
    )
    assert read.filter(pl.col("value").ne_missing(pl.col("want"))).rows() == []


def test_an_era_s_ligature_is_the_era() -> None:
    read = parse_strings("fiscal_year", ["㋿元年度", "㍻30年度", "㍼64年", "㍽15年", "㍾45年"])
    assert read["value"].to_list() == ["2019", "2018", "1989", "1926", "1912"]


def kanji_amount(number: int) -> str:
    text = ""
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, size)
        for place, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
            digit, section = divmod(section, worth)
            if digit:
                text += ("一二三四五六七八九"[digit - 1] if digit > 1 or not place else "") + place
        if text and text[-1] not in "兆億万" and (unit and not text.endswith(("兆", "億", "万"))):
            text += unit
    return text


def sections(number: int) -> str:
    text = ""
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, size)
        if section:
            text += f"{section:,}{unit}"
    return text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9_999_999_999_999), min_size=40, max_size=40))
def test_every_spelling_of_an_amount_is_the_same_yen(numbers: list[int]) -> None:
    texts, yen = [], []
    for number in numbers:
        made = {
            f"{number}円": number,
            f"{number:,}円": number,
            f"{number:,}円".translate(WIDE): number,
            f"△{number:,}円": -number,
            f"－{number:,} 円": -number,
            f"約{number:,}円の内数": number,
            f"{number:,}円程度（見込み）": number,
            f"({number:,}円)": number,
            f"{number:,}千円": number * 1000,
            f"{sections(number)}円": number,
            f"{number // 10:,}.{number % 10}百万円": number * 100_000,
        }
        texts += made
        yen += made.values()
    read = read_column("amount", pl.Series("input", texts))
    wrong = [row for row in zip(texts, yen, read["value_yen"], strict=True) if row[1] != row[2]]
    assert wrong == []


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["千", "万", "億", "兆"]))
def test_kanji_numerals_are_the_number_they_spell(number: int, unit: str) -> None:
    if unit == "千":
        text, yen = f"{kanji_amount(number)}円", number
    else:
        text, yen = (
            f"{kanji_amount(number)}{unit}円",
            number * 10 ** {"万": 4, "億": 8, "兆": 12}[unit],
        )
    # 千円 and 百億円 are units, not amounts: what holds no digit from 一 to 九 is no number.
    want = str(yen) if re.search("[一二三四五六七八九]", text) else None
    assert parse_strings("amount", [text])["value"].item() == want


def test_a_line_break_inside_a_figure_joins_only_what_a_comma_holds_together() -> None:
    texts = ["1,2\n34円", "1,\n234円", "1,234.\n5千円", "12\n34円", "1.\n5円", "1,2\n345円"]
    read = parse_strings("amount", texts)
    assert read["value"].to_list() == ["1234", "1234", "1234500", None, None, None]


BASES = {
    "amount": [
        "1,234百万円",
        "△30,400千円",
        "2億5,000万円",
        "100,272千円の内数",
        "八百五十億円",
        "0.01億円",
    ],
    "value": [
        "116万トン（26年度）",
        "▲0.63%",
        "7,000人以上",
        "約70,000ha",
        "1,500人日以上",
        "12.5%",
    ],
    "fiscal_year": ["令和元年度", "H31(R1)年度", "平成30（2018）年度", "2019年度", "R1年度"],
    "date": ["令和2年9月1日", "H27.3.31現在", "R5/5/16"],
    "period": ["平成29～令和4年度", "H9～25", "2020-24年度"],
}
LETTERS = (
    "0123456789０５,，.．-－△▲()（）~～ \n円千百万億兆年度月日元一二三十①②%人※／"
    "/約令和平成HR増減内外数、:"
)


def changed_once(base: str) -> list[str]:
    replaced = [base[:i] + new + base[i + 1 :] for i in range(len(base)) for new in LETTERS]
    inserted = [base[:i] + new + base[i:] for i in range(len(base) + 1) for new in LETTERS]
    dropped = [base[:i] + base[i + 1 :] for i in range(len(base))]
    return [*replaced, *inserted, *dropped]


def plain(text: str) -> str:
    """Full width as half width; circled digits stay apart."""
    return "".join(c if "①" <= c <= "⑳" else unicodedata.normalize("NFKC", c) for c in text)


def digits_of(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def significant(text: str) -> str:
    return digits_of(text).strip("0")


def test_an_amount_changed_by_one_character_is_what_its_own_text_says_or_nothing() -> None:
    texts = [text for base in BASES["amount"] for text in changed_once(base)]
    read = parse_strings("amount", texts, "千円")
    read_values = 0
    kanji = re.compile("[一二三四五六七八九十百千]")
    for text, status, value in read.select("input", "status", "value").iter_rows():
        assert (value is not None) == (status == "value")
        if value is None:
            continue
        read_values += 1
        written = re.sub(r"\([^()]*年[^()]*\)", "", plain(text))
        assert "①" not in text
        assert "②" not in text
        assert (value == "0") or value.startswith("-") == bool(re.match(r"^[^0-9]*[△▲\-]", written))
        if re.search(r"[億万兆][^0-9]*[0-9]", written) or (
            kanji.search(written) and not digits_of(written)
        ):
            continue  # sums and kanji have their own tests below
        figure = re.search(r"[0-9][0-9,.\s]*", written)
        assert figure is not None
        assert significant(value) == significant(figure.group()), text
        assert digits_of(written[figure.end() :]) == "", text
        behind = re.sub(r"\s", "", written[figure.end() :])
        unit = re.search(r"(百万|十億|百億|千億|千万|千|万|億|兆)?円?", behind)
        zeros = {
            "千": 3,
            "万": 4,
            "百万": 6,
            "千万": 7,
            "億": 8,
            "十億": 9,
            "百億": 10,
            "千億": 11,
            "兆": 12,
        }
        power = zeros[unit.group(1)] if unit.group(1) else 0 if "円" in written else 3
        whole = figure.group().replace(",", "").replace(" ", "").replace("\n", "")
        head, _, tail = whole.partition(".")
        assert int(value.lstrip("-")) * 10 ** len(tail) == int(head + tail) * 10**power, text
    assert read_values > 500


def test_a_value_changed_by_one_character_is_what_its_own_text_says_or_nothing() -> None:
    texts = [text for base in BASES["value"] for text in changed_once(base)]
    read = parse_strings("value", texts)
    read_values = 0
    for text, status, value in read.select("input", "status", "value").iter_rows():
        assert (value is not None) == (status == "value")
        if value is None:
            continue
        read_values += 1
        written = plain(text)
        assert not re.search("[増減~:]|[0-9①②]+[①②]|[①②][0-9]", re.sub(r"\(.*", "", written)), text
        outside = re.sub(r"\([^()]*\)", "", written)
        outside = re.sub(r"※[0-9]*$", "", outside)
        if re.search("[億万千兆][0-9一二三]|[一二三十]", outside):
            continue
        assert significant(value) == significant(re.sub("[A-Za-z][0-9]", "", outside)), text
    assert read_values > 500


@pytest.mark.parametrize("kind", ["fiscal_year", "date", "period"])
def test_a_year_changed_by_one_character_rests_on_the_digits_that_are_there(kind: str) -> None:
    texts = [text for base in BASES[kind] for text in changed_once(base)]
    read = parse_strings(kind, texts)
    eras = {"令": 2018, "平": 1988, "R": 2018, "H": 1988}
    for text, status, value, start, end in read.select(
        "input", "status", "value", "start", "end"
    ).iter_rows():
        if status in ("unparsed", "blank", "dash"):
            assert value is start is end is None
            continue
        written = plain(text)
        numbers = {
            1 if n == "元" else int(n) for n in re.findall("[0-9]+|元", re.sub(r"\s", "", written))
        }
        spoken = {"一": 1, "二": 2, "三": 3, "十": 10}
        numbers |= {n for kanji, n in spoken.items() if kanji in written}
        numbers |= {
            a + b
            for a in (10, 20, 30, 90)
            for b in range(1, 10)
            if re.search("[一二三十]", written)
        }
        allowed = numbers | {zero + n for zero in eras.values() for n in numbers}
        allowed |= {2000 + n for n in numbers} if kind == "period" else set()
        allowed |= (
            {year - 1 for year in allowed}
            if "date" in kind or "月" in text or "." in text or "/" in text
            else set()
        )
        years = [int(entry[:4]) for entry in (value, start, end) if entry]
        for year in years:
            if re.search("[一二三十]", written):
                continue
            assert year in allowed, (text, year)


def random_strings(count: int) -> pl.Series:
    """Strings of one to twelve marks of the notations, and of any other sign now and then."""
    source = random.Random("a million strings")  # noqa: S311 - reproducible, not secret
    words = [
        *LETTERS,
        *"明治昭和以上程度未満超の内数未定調査中見込み―ー…①⑳Ⅳ²½㎡😀\u3000\u00a0ﾄﾝ",
        *string.ascii_letters,
    ]
    words += ["令和", "平成", "百万円", "千円", "年度", "1,234", "2019", "△", "の内数", "約"]
    return pl.Series(
        "input", ["".join(source.choices(words, k=source.randint(1, 12))) for _ in range(count)]
    )


def test_a_million_random_strings_neither_crash_nor_make_numbers_of_words() -> None:
    texts = random_strings(200_000)
    numerals = "".join(reference.column("kanji_numerals", "numeral"))
    for kind in KINDS:  # five kinds of 200,000 strings each
        read = read_column(kind, texts, "千円").with_columns(text=texts)
        wordless = read.filter(
            (pl.col("status") == "value")
            & ~pl.col("text").str.contains(rf"[\d０-９元十百千{numerals}]")
        )
        assert wordless["text"].to_list() == []
        assert read["status"].null_count() == 0
        value = "value_yen" if kind == "amount" else "start" if kind == "period" else "value"
        if kind != "period":
            assert read.filter(
                (pl.col("status") == "value") != pl.col(value).is_not_null()
            ).is_empty()
        assert read.filter((pl.col("status") == "unparsed") & pl.col("reason").is_null()).is_empty()


def test_circled_digits_never_join_the_figure_beside_them() -> None:
    texts = ["①43", "43①", "①12件②3件", "⑤", "1①円", "①千円"]
    for kind in ("amount", "value"):
        assert parse_strings(kind, texts, "千円")["value"].null_count() == len(texts)
