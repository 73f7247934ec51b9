"""What the grammar says about single notations, one sentence each."""

from decimal import Decimal

import polars as pl

from pipelines.normalize import amounts, lists, text, values, years
from pipelines.normalize.parse import KINDS, parse_strings, read_column


def value_of(kind: str, printed: str, unit: str | None = None) -> str | None:
    return parse_strings(kind, [printed], unit)["value"].item()


def status_of(kind: str, printed: str, unit: str | None = None) -> str:
    return parse_strings(kind, [printed], unit)["status"].item()


def test_a_triangle_before_a_number_means_negative() -> None:
    for printed in ("△10千円", "▲10千円", "－10千円", "−10千円", "▲ 10 千円"):
        assert value_of("amount", printed) == "-10000"


def test_brackets_around_an_amount_mean_executed_not_negative() -> None:
    read = parse_strings("amount", ["(3,055.1)", "（31.2）"], "百万円")
    assert read["value"].to_list() == ["3055100000", "31200000"]
    assert read["rule"].to_list() == ["bracketed_amount"] * 2


def test_the_unit_of_the_cell_wins_over_the_unit_of_the_label() -> None:
    assert value_of("amount", "5億円", "千円") == "500000000"


def test_a_label_with_two_units_fixes_none() -> None:
    assert status_of("amount", "5", "千円又は百万円") == "unparsed"


def test_the_unit_is_found_in_the_text_of_a_label() -> None:
    for label in ("施策の予算額・執行額\n（千円）", "（単位：千円）", "【千円】", "千円"):
        assert value_of("amount", "30,230,300", label) == "30230300000"


def test_every_dash_alone_is_a_dash_and_never_zero() -> None:
    dashes = [*"―-－—–−‐─━ー…‥・﹣‑‒\u0336\N{SOFT HYPHEN}", "--", "（－）", " ― ", "……", "―\n（―）"]
    for kind in KINDS:
        assert set(parse_strings(kind, dashes)["status"]) == {"dash"}
        assert parse_strings(kind, dashes)["value"].null_count() == len(dashes)


def test_a_minus_sign_stays_one_whatever_the_font_calls_its_glyph() -> None:
    # One glyph may be both U+2212 and U+00AD; no sheet prints a hyphen that is not to be seen.
    for minus in "-－−△▲\N{SOFT HYPHEN}":
        assert value_of("value", f"{minus}14.2") == "-14.2"
        assert value_of("amount", f"{minus}128", "百万円") == "-128000000"


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


def test_nothing_or_white_space_is_blank() -> None:
    for kind in KINDS:
        read = read_column(kind, pl.Series(["", " ", "\n", "　", None], dtype=pl.String))
        assert set(read["status"]) == {"blank"}


def test_zero_is_a_value() -> None:
    assert value_of("amount", "0", "千円") == "0"
    assert value_of("value", "0") == "0"
    assert value_of("value", "▲0%") == "0"


def test_misplaced_commas_and_points_are_never_guessed() -> None:
    for printed in ("22,5億円", "1.234,5", "1,2345円", "12,34円", "1,,234円", "1..5億円", "0123円"):
        assert status_of("amount", printed, "千円") == "unparsed"
        assert status_of("value", printed.strip("億円")) == "unparsed"


def test_a_figure_whose_point_ends_the_line_goes_on_in_the_next() -> None:
    assert value_of("value", "６５．\n５％") == "65.5"
    assert value_of("value", "0.\n5倍") == "0.5"
    # Behind one digit the point may be that of a list: 5. and then 5%.
    assert status_of("value", "5.\n5%") == "unparsed"


def test_a_comma_at_the_end_of_a_line_asks_for_three_digits() -> None:
    assert value_of("value", "２９，\n２８１\n件") == "29281"
    assert value_of("value", "20,\n30\n5.2") == "20305.2"
    assert value_of("amount", "20,\n30\n5", "千円") == "20305000"
    assert status_of("value", "20,\n3051") == "unparsed"


def test_a_larger_pot_may_be_said_before_the_amount() -> None:
    read = parse_strings("amount", ["内数\n345", "内数 1,234"], "千円")
    assert read["value"].to_list() == ["345000", "1234000"]
    assert read["inclusion"].to_list() == ["inclusive"] * 2


def test_a_month_of_a_fiscal_year_is_in_that_year_and_one_of_a_calendar_year_may_not_be() -> None:
    read = parse_strings(
        "fiscal_year",
        [
            # The year as printed, though February of 平成30年度 is in 2019.
            "令和２年度８月",
            "平成30年度2月",
            "R2年度　8月末",
            "令和2年度\n（8月末時点）",
            "令和２年度第３四半期",
            # January to March belong to the fiscal year that began the year before.
            "平成30年８月",
            "平成30年2月",
        ],
    )
    assert read["value"].to_list() == ["2020", "2018", "2020", "2020", "2020", "2018", "2017"]
    for printed in ("令和2年度13月", "令和2年第3四半期", "8月"):
        assert status_of("fiscal_year", printed) == "unparsed"


def test_the_mark_of_a_footnote_changes_no_figure() -> None:
    for printed in ("14（注1）", "14（※２）", "14(注)", "14※1", "14 ※"):
        assert value_of("value", printed) == "14"
        assert value_of("amount", printed, "千円") == "14000"
    # A figure in plain brackets may be another figure.
    assert value_of("value", "14（1）") is None


def test_a_note_in_brackets_may_be_broken_over_lines() -> None:
    assert value_of("value", "28,061回（9.\n1%）") == "28061"
    assert value_of("value", "1,931件（1\n4.4%）") == "1931"
    assert value_of("value", "279\n日\n（1\n2.\n8%）") == "279"


def test_digits_on_two_lines_are_one_figure_or_two_and_neither_is_guessed() -> None:
    for printed in ("12\n34", "７\n２％", "約1\n2人", "1\n2人（速報）", "約40\n1か\n所"):
        assert status_of("value", printed) == "unparsed"
    assert status_of("value", "平成2\n8年度に実施") == "text"


def test_several_figures_are_text_in_a_value_and_unparsed_in_an_amount() -> None:
    assert status_of("value", "①12件 ②3件") == "text"
    assert status_of("value", "10～15%") == "text"
    assert status_of("amount", "5億円、3億円") == "unparsed"


def test_a_figure_that_a_spreadsheet_did_not_show_is_not_read() -> None:
    # In a column too narrow for it, or for want of what it is reckoned from: a figure is meant.
    for sign in ("###", "＃＃＃＃", "#DIV/0!", "#N/A", "(#REF!)"):
        assert status_of("value", sign) == "unparsed"
        assert status_of("amount", sign, "千円") == "unparsed"
    assert status_of("value", "#") == "text"


def test_figures_that_stand_apart_are_not_glued() -> None:
    for kind in ("amount", "value"):
        assert status_of(kind, "12 34", "千円") == "unparsed"
    assert status_of("value", "100, 200") == "unparsed"
    assert status_of("fiscal_year", "令和1 2年度") == "unparsed"


def test_a_part_of_a_yen_and_what_does_not_fit_are_unparsed_with_their_reason() -> None:
    read = read_column("amount", pl.Series(["1.5円", "0.00001億円", "99,999,999兆円"]))
    assert read["reason"].to_list() == [
        "not a whole number of yen",
        "more than four decimals",
        "too large",
    ]


def test_a_value_with_more_decimals_than_the_table_holds_is_unparsed_there_and_exact_in_parse() -> (
    None
):
    read = read_column("value", pl.Series(["0.12345", "12.34567万人"]))
    assert read["status"].to_list() == ["unparsed", "value"]
    assert read["value"].to_list() == [None, Decimal("123456.7000")]
    assert value_of("value", "0.12345") == "0.12345"
    assert value_of("value", "123,456,789,012,345,678") == "123456789012345678"


def test_trailing_zeros_are_not_needed() -> None:
    assert value_of("value", "11.0‰") == "11"
    assert value_of("value", "1.250倍") == "1.25"
    assert value_of("value", "10.0万人") == "100000"
    assert value_of("value", "100") == "100"


def test_ten_thousand_before_a_counter_is_multiplied_out() -> None:
    read = parse_strings("value", ["153万トン", "2,584 千人", "4,931万kW", "2億5,000万人"])
    assert read["value"].to_list() == ["1530000", "2584000", "49310000", "250000000"]
    assert read["unit"].to_list() == ["トン", "人", "kW", "人"]


def test_a_bound_that_is_to_be_kept_is_a_bound() -> None:
    printed = ["263箇所以上を維持", "81.0%以上を\n維持", "816人日以上維持", "50％以下に抑制"]
    read = read_column("value", pl.Series(printed))
    assert read["value"].to_list() == [263, 81, 816, 50]
    assert read["unit"].to_list() == ["箇所", "%", "人日", "%"]
    assert read["qualifier"].to_list() == ["以上を維持", "以上を維持", "以上維持", "以下に抑制"]


def test_provisional_marks_are_qualifiers() -> None:
    read = parse_strings(
        "value", ["77%（暫定値）", "80件見込み", "5件（速報）", "（見込み）7件", "（暫定値）3%"]
    )
    assert read["value"].to_list() == ["77", "80", "5", "7", "3"]
    assert read["qualifier"].to_list() == ["暫定値", "見込み", "速報", "見込み", "暫定値"]


def test_words_of_state_are_states() -> None:
    words = [
        "未定",
        "検討中",
        "調査中",
        "集計中（12月公表予定）",
        "（精査中）",
        "公表前",
        "実施せず",
    ]
    want = ["undecided", "undecided", "pending", "pending", "pending", "pending", "text"]
    for kind in ("amount", "value"):
        assert parse_strings(kind, words)["status"].to_list() == want


def test_changes_and_achievements_are_not_levels() -> None:
    for printed in ("50％減", "前年度比3%増", "100%達成", "3件増加", "5%以上削減", "前年度以上"):
        assert status_of("value", printed) == "text"


def test_a_calendar_date_becomes_the_fiscal_year_it_falls_in() -> None:
    dates = ["令和2年3月31日", "令和2年4月1日", "H27.3.31現在", "R5/5/16", "平成31年1月"]
    read = parse_strings("fiscal_year", dates)
    assert read["value"].to_list() == ["2019", "2020", "2014", "2023", "2018"]


def test_days_that_do_not_exist_are_unparsed() -> None:
    for printed in (
        "令和2年2月30日",
        "令和3年2月29日",
        "令和2年13月1日",
        "R2.4.31",
        "明治5年12月3日",
    ):
        assert status_of("date", printed) == "unparsed"
    assert value_of("date", "令和2年2月29日") == "2020-02-29"


def test_a_year_without_an_era_needs_a_neighbour() -> None:
    frame = pl.DataFrame(
        {
            "printed": ["31年度", "2年度", "30年度", "31年度", "50年度"],
            "beside": ["平成30年度", "平成30年度", "令和2年度", None, "R2年度"],
        }
    )
    read = frame.select(years.parse_fiscal_year(pl.col("printed"), pl.col("beside")).alias("y"))
    assert read["y"].struct.field("value").to_list() == [2019, 2020, 2018, None, None]


def test_two_years_in_one_string_must_agree() -> None:
    read = parse_strings(
        "fiscal_year", ["H31(R1)年度", "平成31/令和元年度", "31(2019)年度", "H30(R1)年度"]
    )
    assert read["value"].to_list() == ["2019", "2019", "2019", None]
    assert read["status"].to_list()[3] == "unparsed"


def test_a_period_has_a_start_and_an_end_but_no_value() -> None:
    texts = [
        "平成29～令和4年度",
        "令和3年度以降",
        "～令和4年度",
        "2012年～2021年（10年間）",
        "平成30～2年度",
        "R5～R3",
    ]
    read = parse_strings("period", texts)
    assert read["start"].to_list() == ["2017", "2021", None, "2012", None, None]
    assert read["end"].to_list() == ["2022", None, "2022", "2021", None, None]
    assert read["status"].to_list() == ["value"] * 4 + ["unparsed"] * 2
    assert read["value"].null_count() == len(texts)


def test_budget_and_execution_of_one_cell_come_apart() -> None:
    texts = [
        "3,055.1\n(3,055.1)", "100,723.4の内数\n(100,723.4)", "1,234の内数（1,200の内数）",
        "－\n（－）", "30.5\n（31.2）", "31.6", "1,234(内数)", "(31.2)",
        "─（─）", "8,199（…）", "8,199\n（集計中）", "8,199（内数）（精査中）",
    ]  # fmt: skip
    parts = (
        pl.DataFrame({"t": texts})
        .select(amounts.split_budget_and_execution(pl.col("t")).alias("p"))
        .unnest("p")
    )
    assert parts.rows() == [
        ("3,055.1", "(3,055.1)"),
        ("100,723.4の内数", "(100,723.4)"),
        ("1,234の内数", "（1,200の内数）"),
        ("－", "（－）"),
        ("30.5", "（31.2）"),
        ("31.6", None),
        ("1,234(内数)", None),
        (None, "(31.2)"),
        ("─", "（─）"),
        ("8,199", "（…）"),
        ("8,199", "（集計中）"),
        ("8,199（内数）", "（精査中）"),
    ]


def test_the_unit_of_a_figure_is_what_stands_behind_it() -> None:
    texts = {
        "８５百万円": "百万円", "約1,085.4千円の内数": "千円", "2億": "億円", "△8円程度": "円",
        "85": None, "85（百万円）": None, "2億5,000万円": None, "1円80": None, "－": None,
    }  # fmt: skip
    read = pl.DataFrame({"t": list(texts)}).select(amounts.unit_of_figure(pl.col("t")))
    assert read["t"].to_list() == list(texts.values())


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


def test_the_structs_are_what_they_say() -> None:
    frame = pl.DataFrame({"t": ["1"]})
    for expression, dtype in (
        (amounts.parse_amount(pl.col("t")), amounts.RESULT),
        (values.parse_value(pl.col("t")), values.RESULT),
        (years.parse_fiscal_year(pl.col("t")), years.RESULT),
    ):
        assert frame.lazy().select(expression).collect_schema().dtypes() == [dtype]
        assert frame.select(expression).to_series().dtype == dtype
        assert frame.clear().select(expression).to_series().dtype == dtype
