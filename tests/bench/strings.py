"""Strings for the bench: mostly distinct, mixed as the documents mix them.

In: a number of strings. Out: lists of strings by kind, the same in every run. Of ten strings
some seven are in the plain form of their kind, in half or full width; the rest need rewriting
(kanji numerals, sums, spaces, brackets), or are no value at all.
"""

from __future__ import annotations

import random

_WIDE = str.maketrans("0123456789,.()-%", "０１２３４５６７８９，．（）－％")
_KANJI = "〇一二三四五六七八九"


def _widened(source: random.Random, text: str) -> str:
    return text.translate(_WIDE) if source.random() < 0.3 else text


def _era_year(source: random.Random) -> tuple[str, int, int]:
    era, first, last, zero = source.choice(
        [
            ("昭和", 1, 64, 1925),
            ("平成", 1, 40, 1988),
            ("令和", 1, 40, 2018),
            ("H", 1, 40, 1988),
            ("R", 1, 40, 2018),
        ]
    )
    count = source.randint(first, last)
    return era, count, zero + count


_STAGES = (
    "",
    "",
    "",
    "",
    "末",
    "当初",
    "補正",
    "まで",
    "以降",
    "第2次補正",
    "実績",
    "目標値",
    "予算額",
    "当初予算額",
    "決算額",
    "見込み",
    "頃",
    "中",
    "時点",
    "概算要求額",
)


def year(source: random.Random) -> str:  # noqa: PLR0911 - one way out a form
    era, count, western = _era_year(source)
    behind = "".join(source.choice(_STAGES) for _ in range(3))
    pick = source.random()
    number = _widened(source, str(count))
    if pick < 0.6:
        return f"{era}{number}年度{behind}"
    if pick < 0.75:
        return f"{era}{number}({western})年度{behind}"
    if pick < 0.85:
        return f"{western}年{source.choice(('', '度'))}{behind}"
    if pick < 0.92:
        return f"{era} {number} 年度{' ' * source.randint(0, 3)}{behind}"
    if pick < 0.95:
        return f"{era}{number}年{source.randint(1, 12)}月{source.randint(1, 28)}日"
    if pick < 0.97:
        return f"{era}{count}～{count + source.randint(1, 9)}年度{behind}"
    return source.choice(("―", "毎年度", "事業終了時", f"{count}年度", f"{count}か年計画{behind}"))


def period(source: random.Random) -> str:
    era, count, western = _era_year(source)
    mark = source.choice("～~-－")
    behind = "".join(source.choice(_STAGES[:12]) for _ in range(2))
    pick = source.random()
    span = source.randint(1, 20)
    if pick < 0.6:
        return _widened(
            source, f"{era}{count}{source.choice(('', '年度'))}{mark}{count + span}年度{behind}"
        )
    if pick < 0.8:
        return _widened(
            source, f"{western}年{source.choice(('', '度'))}{mark}{western + span}年度{behind}"
        )
    if pick < 0.9:
        return _widened(source, f"{era}{count}年度～令和{span + 20}年度{behind}")
    return f"{era} {count} 年度以降"


def date(source: random.Random) -> str:
    era, count, western = _era_year(source)
    month, day = source.randint(1, 12), source.randint(1, 28)
    pick = source.random()
    if pick < 0.4:
        return _widened(source, f"{era}{count}年{month}月{day}日{source.choice(('', '現在'))}")
    if pick < 0.7:
        return _widened(source, f"{era}{count}.{month}.{day}{source.choice(('', '現在'))}")
    if pick < 0.9:
        return f"{western}/{month}/{day}"
    return f"{era} {count} 年 {month} 月 {day} 日"


def _figure(source: random.Random) -> str:
    size = source.choice((10**4, 10**6, 10**8, 10**9))
    text = f"{source.randint(0, size):,}" if source.random() < 0.8 else str(source.randint(0, size))
    return text + (f".{source.randint(1, 9)}" if source.random() < 0.2 else "")


def amount(source: random.Random) -> str:
    figure = _figure(source)
    unit = source.choice(("千円", "千円", "百万円", "百万円", "億円", "万円", "", ""))
    pick = source.random()
    if pick < 0.72:
        sign = source.choice(("", "", "", "▲", "△", "－", "約"))
        behind = source.choice(("", "", "", "", "の内数", "程度", "以上"))
        return sign + _widened(source, figure) + unit + behind
    if pick < 0.8:
        return f"({figure})"
    if pick < 0.9:
        return f"{source.randint(1, 9999):,}億{source.randint(1, 9999):,}万円"
    if pick < 0.94:
        return f"{figure} {unit or '円'}"
    if pick < 0.97:
        section = "".join(_KANJI[source.randint(1, 9)] + place for place in ("千", "百", "十"))
        return f"{section}{_KANJI[source.randint(1, 9)]}億{section}万円"
    return source.choice(("―", "未定", f"{figure}、{figure}", f"{figure},5億円"))


_UNITS = ("%", "人", "件", "ha", "か所", "万トン", "千人", "t-CO2", "ポイント", "", "", "倍")


def value(source: random.Random) -> str:
    figure = _figure(source)
    unit = source.choice(_UNITS)
    pick = source.random()
    if pick < 0.75:
        before = source.choice(("", "", "", "", "約", "▲"))
        behind = source.choice(("", "", "", "", "以上", "程度", "未満"))
        return before + _widened(source, figure) + unit + behind
    if pick < 0.87:
        return f"{figure}{unit}（{source.choice(('令和2年度', '暫定値', '26年度', '102.7%'))}）"
    if pick < 0.92:
        return f"{figure} {unit}"
    return source.choice(
        ("―", "調査中", f"①{figure}件 ②{figure}件", f"前年度比{figure}%増", f"{figure}%減")
    )


MAKERS = {"fiscal_year": year, "period": period, "date": date, "amount": amount, "value": value}


def strings(kind: str, count: int) -> list[str]:
    """``count`` strings of ``kind``, the same in every run."""
    source = random.Random(f"shisaku {kind}")  # noqa: S311 - a reproducible mixture
    return [MAKERS[kind](source) for _ in range(count)]
