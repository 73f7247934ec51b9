"""What the grammar says about single notations, one sentence each: figures of any kind."""

from decimal import Decimal

import polars as pl
from parsed import status_of, value_of

from pipelines.normalize import amounts, values, years
from pipelines.normalize.parse import KINDS, parse_strings, read_column


def test_a_triangle_before_a_number_means_negative() -> None:
    for printed in ("△10千円", "▲10千円", "－10千円", "−10千円", "▲ 10 千円"):
        assert value_of("amount", printed) == "-10000"


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
