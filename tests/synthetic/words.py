"""Words for synthetic sheets: names, sentences and officials that no ministry has printed.

In: a random source. Out: strings; the same source gives the same strings. The vocabulary is
made up for this purpose; it imitates how such sheets sound, not what any of them says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TOPICS = (
    "地域情報基盤", "森林資源循環", "離島航路", "水産加工技術", "公共図書館", "防災教育",
    "再生可能エネルギー", "消費者相談体制", "統計データ利活用", "文化財保存", "農地集積",
    "介護人材", "港湾施設", "海洋観測", "宇宙利用", "量子計測", "バリアフリー化",
    "AI・ビッグデータ解析", "IoTシステム", "サイバーセキュリティ人材", "橋梁点検", "下水道管路",
    "小規模企業", "放送大学", "地震火山観測", "生物多様性保全", "里地里山", "航空機騒音",
)  # fmt: skip
ACTS = ("推進", "強化", "整備", "普及", "高度化", "支援", "確保", "適正化", "振興", "活用促進")
MEASURES = (
    "査読付論文数", "支援件数", "相談件数", "研修受講者数", "利用者数", "整備箇所数", "実施率",
    "導入自治体数", "認定事業者数", "満足度", "参加機関数", "特許出願数", "点検実施率",
    "カバー率", "公開データ数", "処理日数",
)  # fmt: skip
PARTS = ("", "", "", "（農山漁村分）", "（うち施設費）", "（Ⅱ期）", "（仮称）")
SURNAMES = ("山野", "川端", "海老原", "森下", "谷口", "橋本", "岩瀬", "原田", "早川", "小椋")
GIVEN = ("淳", "美咲", "健太郎", "由紀子", "大介", "真理", "一", "さくら", "隆", "恵")
OFFICES = ("企画課", "総務課", "振興課", "基盤整備課", "参事官（総括担当）", "調査室", "国際室")
BUREAUS = ("合成政策局", "架空振興局", "試験研究局", "仮想行政局", "模擬統計局", "想定基盤局")
PROGRAM_TAILS = (
    "事業", "推進事業", "に必要な経費", "整備費補助金", "運営費交付金に必要な経費",
    "プログラム", "研究開発", "調査委託費", "実証事業", "施設整備に必要な経費",
)  # fmt: skip
SENTENCES = (
    "{topic}の{act}を図るため、関係機関と連携して取組を進める。",
    "{topic}については、令和{n}年{m}月に閣議決定された計画において重点分野と位置付けられている。",
    "過去{k}年間の実績値の平均（{big}件）を踏まえ、これを上回る水準を目標値として設定した。",
    "{topic}の{act}に資する取組を、年{k}回以上実施する。",
    "本施策の達成度合いを測る指標として、{topic}に係る{measure}を設定した。",
    "予算額{big}百万円の範囲内で、{topic}に関する調査研究及び普及啓発を行う。",
    "{topic}をめぐる状況の変化に対応し、必要な見直しを行う（第{k}次計画第{m}章）。",
    "{topic}の担い手の育成が急務であるため。",
    "＜参考＞前年度は{big}人が参加し、うち{k}割が初めての参加であった。",
)
QUALITATIVE = (
    "{topic}に関する検討会を設置し、論点の整理を行った。",
    "{topic}の{act}に向けた工程表を策定し、{k}機関との連携体制を構築した。",
    "{topic}について、{m}月に中間取りまとめを公表した。",
    "研究成果が{topic}の現場で活用される。",
)


def topic_and_act(random_source: random.Random) -> str:
    """A policy's name: what, and what is done with it."""
    return f"{random_source.choice(TOPICS)}の{random_source.choice(ACTS)}"


def sentence(random_source: random.Random, patterns: tuple[str, ...] = SENTENCES) -> str:
    """One sentence; many hold figures, which are no one's value."""
    return random_source.choice(patterns).format(
        topic=random_source.choice(TOPICS),
        act=random_source.choice(ACTS),
        measure=random_source.choice(MEASURES),
        n=random_source.randint(2, 6),
        m=random_source.randint(1, 12),
        k=random_source.randint(2, 9),
        big=f"{random_source.randint(1000, 99999):,}",
    )


def paragraph(random_source: random.Random, least: int, most: int) -> str:
    """Some sentences in a row, without line breaks."""
    return "".join(sentence(random_source) for _ in range(random_source.randint(least, most)))


def official(random_source: random.Random) -> str:
    """Surname and given name, parted by a space as printed."""
    space = random_source.choice((" ", "\u3000"))
    return f"{random_source.choice(SURNAMES)}{space}{random_source.choice(GIVEN)}"


def bureau(random_source: random.Random) -> str:
    """A bureau and its office."""
    return f"{random_source.choice(BUREAUS)}{random_source.choice(OFFICES)}"


def plan(random_source: random.Random) -> str:
    """A plan of the cabinet and the place in it."""
    return f"第{random_source.randint(2, 6)}期{random_source.choice(TOPICS)}計画第２章（３） など"


def program(random_source: random.Random) -> str:
    """The name of a 達成手段."""
    topic = random_source.choice(TOPICS)
    tail = random_source.choice(PROGRAM_TAILS) + random_source.choice(PARTS)
    return f"{topic}{random_source.choice(ACTS)}{tail}"


def indicator(random_source: random.Random) -> str:
    """The name of a 測定指標, without number or 単年度/累計."""
    return f"{random_source.choice(TOPICS)}における{random_source.choice(MEASURES)}"
