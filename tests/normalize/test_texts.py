"""What becomes of names, lists of marks and lines: words, not figures."""

import polars as pl

from pipelines.normalize import lists, text


def test_a_name_is_written_in_kanji_where_the_font_names_radicals() -> None:
    # U+2F42 and U+2F8F, which look like 文 and 行, have compatibility forms; U+2EA0 and U+2ED1,
    # which look like 民 and 長, have none. ① is no radical and stays. U+2027 looks like ・. The
    # compatibility forms of U+2F3E and U+2FCA, 戶 and 黑, are not what a Japanese font shows.
    printed = pl.Series(
        [
            "\u2f42化の振\n興\u2f8f",
            "市\u2ea0税の\u2ed1",
            "文化①",
            "港湾\u2027空港",
            "\u2f3e別の\u2fca板",
        ]
    )
    names = pl.select(text.join_lines(pl.lit(printed))).to_series()
    assert names.to_list() == ["文化の振興行", "市民税の長", "文化①", "港湾・空港", "戸別の黒板"]


def test_lists_of_indicators_are_spelled_out_or_null() -> None:
    texts = [
        "①～③",
        "①、③",
        "１～３",
        "(1)(2)",
        "①③",
        "①～③、⑤",
        "全て",
        "③～①",
        "―",
        "①と達成目標2",
    ]
    numbers = (
        pl.DataFrame({"t": texts}).select(lists.parse_indicator_numbers(pl.col("t"))).to_series()
    )
    assert numbers.to_list() == [
        [1, 2, 3],
        [1, 3],
        [1, 2, 3],
        [1, 2],
        [1, 3],
        [1, 2, 3, 5],
        None,
        None,
        None,
        None,
    ]


def test_the_words_of_a_name_say_how_its_values_add_up() -> None:
    names = ["論文数、学会\n発表数(単年度)", "特許数\n（累計値）", "支援件数", "累計及び単年度"]
    read = pl.DataFrame({"t": names}).select(lists.aggregation(pl.col("t"))).to_series()
    assert read.to_list() == ["single_year", "cumulative", None, None]


def test_lines_join_without_a_space_except_between_latin_words() -> None:
    lines = pl.DataFrame({"t": ["情報科学技術分\n野における", "Society\nIoT ", "AI \n技術"]})
    assert lines.select(text.join_lines(pl.col("t"))).to_series().to_list() == [
        "情報科学技術分野における",
        "Society IoT",
        "AI技術",
    ]


def test_numbers_of_review_sheets_on_lines_of_their_own_stay_apart_and_wrapped_ones_do_not() -> (
    None
):
    printed = {
        # As many digits on either side of a line's end: two numbers, or three.
        "0012\n0013\n0014": "0012 0013 0014",
        "新31-0003\n0014": "新31-0003 0014",
        "０１２\n０１３": "０１２ ０１３",
        # 新 and a year with a hyphen begin a number, and nothing else does.
        "0012\n新31-0003": "0012 新31-0003",
        "2021-総務-20-0061\n2021-総務-20-0062": "2021-総務-20-0061 2021-総務-20-0062",
        # A narrow column wraps one number anywhere.
        "2021-総務-\n20-0061": "2021-総務-20-0061",
        "新31-00\n03": "新31-0003",
        "001\n2": "0012",
        "2015-\n国交-14-00\n90": "2015-国交-14-0090",
        "0012、\n0013": "0012、0013",
    }
    lines = pl.DataFrame({"t": list(printed)})
    joined = lines.select(text.join_numbers(pl.col("t"))).to_series().to_list()
    assert joined == list(printed.values())


def test_folding_keeps_circled_and_superscript_digits() -> None:
    folded = (
        pl.DataFrame({"t": ["①２²", "ｶﾞﾄﾝ％", "〜―△", "令㋿"]})
        .select(text.fold(pl.col("t")))
        .to_series()
    )
    assert folded.to_list() == ["①2²", "ガトン%", "~-▲", "令令和"]
