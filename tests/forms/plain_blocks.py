# ruff: noqa: E501 - a row of a grid is one line
"""Blocks of both families in their plainest shape, as grids; a test replaces the one it is about.

Figures are all different, so that one that lands in the wrong place cannot look right.
"""

from __future__ import annotations

TITLE = "令和2年度実施施策に係る政策評価の事前分析表（総務省R2－⑨）"

HEADER = """
| 施策名 | 広場の整備 | 担当部局名 | 整備局 | 作成責任者名 | 課長 |
| 施策の概要 | 広場を整える。 | < | < | 政策体系上の位置付け | まちづくり |
| 達成すべき目標 | 広場を増やす。 | 目標設定の考え方・根拠 | 計画による。 | 政策評価実施予定時期 | 令和5年8月 |
"""

BUDGET = """
| 施策の予算額・執行額等 | 区分 | < | 平成30年度 | 令和元年度 | 2年度 | 3年度要求額 |
| ^ | 予算の状況⏎（千円） | 当初予算（a） | 1,001 | 1,002 | 1,003 | 1,004 |
| ^ | ^ | 補正予算（b） | 2,001 | 2,002 | ― |  |
| ^ | ^ | 繰越し等（c） | 3,001 | △3,002 |  | ^ |
| ^ | ^ | 合計（a＋b＋c） | 6,003 | 2 |  | ^ |
| ^ | 執行額（千円） | < | 5,001 | 5,002 |  | ^ |
"""

INDICATORS = """
| 測定指標 | 基準値 | 基準年度 | 目標値 | 目標年度 | 年度ごとの目標値⏎年度ごとの実績値 | < | < | 測定指標の選定理由及び目標値の設定の根拠 |
| ^ | ^ | ^ | ^ | ^ | 平成30年度 | 令和元年度 | 令和2年度 | ^ |
| １　広場の数 | 11 | 平成29年度 | 19 | 令和4年度 | 12 | 13 | 14 | 広場は要る。 |
| ^ | ^ | ^ | ^ | ^ | 21 | 22 | ― | ^ |
"""

#: What INDICATORS say, by number, kind and year.
PLAIN_VALUES = {
    (1, "baseline", "平成29年度"): "11",
    (1, "target", "令和4年度"): "19",
    (1, "annual_target", "平成30年度"): "12",
    (1, "annual_target", "令和元年度"): "13",
    (1, "annual_target", "令和2年度"): "14",
    (1, "actual", "平成30年度"): "21",
    (1, "actual", "令和元年度"): "22",
    (1, "actual", "令和2年度"): "―",
}

PROGRAMS = """
| 達成手段⏎（開始年度） | 予算額計（執行額） | < | 令和2年度⏎当初予算額 | 関連する指標 | 達成手段の概要等 | 令和2年度行政事業レビュー事業番号 |
| ^ | 平成30年度 | 令和元年度 | ^ | ^ | ^ | ^ |
| （１）広場整備事業⏎（平成28年度） | 101千円⏎（91千円） | 102千円⏎（92千円） | 103千円 | 1 | 広場を整える。 | 0001 |
| （２）広場維持事業⏎（平成29年度） | 201千円⏎（191千円） | 202千円⏎（192千円） | 203千円 | 1 | 広場を保つ。 | 0002 |
"""

MEXT_TITLE = "令和2年度実施施策に係る事前分析表（文R2－9－1）"

MEXT_HEADER = """
| 施策名 | 広場の整備 | 部局名 | 整備局 | 作成責任者 | 課長 |
| 施策の概要 | 広場を整える。 | < | < | 政策評価実施予定時期 | 令和5年度 |
"""

MEXT_BUDGET = """
| 施策の予算額・執行額⏎（千円） | 令和元年度⏎予算額（執行額） | 令和2年度⏎当初予算額 | 施策に関係する内閣の重要施策（主なもの） | 基本計画 |
| ^ | 1,001⏎（901） | 1,002 | ^ | ^ |
"""

MEXT_GOAL = """
| 達成目標１ | 広場を増やす。 | 目標設定の考え方・根拠 | 計画による。 |
"""

MEXT_INDICATOR = """
| 測定指標 | 基準値 | 実績値 | < | < | 目標値 | 測定指標の選定理由及び目標値の設定の根拠 |
| ^ | H28年度 | H29年度 | H30年度 | R1年度 | R4年度 | ^ |
| ①広場の数 | 11 | 12 | 13 | 14 | 19 | 広場は要る。 |
| ^ | 年度ごとの目標値 | 22 | 23 | 24 | ^ | ^ |
"""

MEXT_QUALITATIVE = """
| 測定指標 | 基準値 | ― | < |
| ②広場の取組 | 実績 | H30年度 | 始めた。 |
| ^ | ^ | R1年度 | 続けた。 |
| ^ | 目標 | R4年度 | 終える。 |
| ^ | 測定指標の選定理由及び目標値の設定の根拠 | < | 取組は要る。 |
"""

MEXT_PROGRAMS = """
| 達成手段⏎（開始年度） | 令和元年度⏎予算額（執行額）⏎【千円】 | 令和2年度⏎当初予算額⏎【千円】 | 関連する指標 | 行政事業レビュー番号 | 備考 |
| 広場整備事業⏎（平成28年度） | 101⏎（91） | 102 | ① | 0001 | 新規 |
| 広場維持事業⏎（平成29年度） | 201⏎（191） | 202 | ①～② | 0002 | ― |
"""
PROGRAMS_HEAD = "\n".join(MEXT_PROGRAMS.split("\n")[:2])

MEXT_CHANGES = """
| 昨年度事前分析表からの変更点 | なし | < | < |
"""


def common(
    *,
    title: str = TITLE,
    header: str = HEADER,
    budget: str = BUDGET,
    indicators: str = INDICATORS,
    programs: str = PROGRAMS,
) -> str:
    """A sheet on the common form."""
    return f"{title}\n{header}\n{budget}\n{indicators}\n{programs}"


def mext(  # noqa: PLR0913 - one argument a block
    *,
    title: str = MEXT_TITLE,
    header: str = MEXT_HEADER,
    budget: str = MEXT_BUDGET,
    goal: str = MEXT_GOAL,
    indicators: str = MEXT_INDICATOR,
    programs: str = MEXT_PROGRAMS,
    changes: str = MEXT_CHANGES,
) -> str:
    """A sheet on the form of the Ministry of Education."""
    return f"{title}\n{header}\n{budget}\n{goal}\n{indicators}\n{programs}\n{changes}"
