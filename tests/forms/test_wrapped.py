"""What a narrow column wraps is one figure; what stands under each other may be two."""

from __future__ import annotations

import pytest

from pipelines.forms.wrapped import unwrapped


@pytest.mark.parametrize(
    ("text", "ends", "whole"),
    [
        ("４４\n７，３\n９６", "ww", "４４７，３９６"),
        ("12,18\n6", "w", "12,186"),
        ("97.7\n3", "w", "97.73"),
        ("6461\n4", "w", "64614"),
        ("638\n849\n10", "ww", "63884910"),
        ("７２\n％", "w", "７２％"),
        ("３２２３\n１１７５\n箇所", "ww", "３２２３１１７５\n箇所"),
        # Only the figure is wrapped; the brackets behind it begin a line of their own.
        (
            "９４\n８，２\n５５の\n内数\n(93,905\n,283)",
            "wwwbw",
            "９４８，２５５の\n内数\n(93,905,283)",
        ),
        ("71.69（暫定\n値）", "w", "71.69（暫定値）"),
        # Brackets hold one figure, however long its pieces are.
        ("１３１，０３５（１１\n２，２９７）", "w", "１３１，０３５（１１２，２９７）"),
        ("90,135\n(703\n821千円)", "bw", "90,135\n(703821千円)"),
        ("36\n3（速報\n値）", "ww", "363（速報値）"),
    ],
)
def test_a_wrapped_figure_or_note_is_one(text: str, ends: str, whole: str) -> None:
    assert unwrapped(text, ends) == whole


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        # The print breaks the line before the edge: two figures.
        ("97.7\n3", "b"),
        # Two figures of the same length, each as wide as the column, may well be two.
        ("12\n34", "w"),
        # Together they would be no figure.
        ("123,456\n789,012", "w"),
        ("1.5\n2.25", "w"),
        # The bracket behind the first figure is closed before the second begins.
        ("1（2\n3", "w"),
        ("(12)\n34)", "w"),
        # A figure, and its year in the line below.
        ("43\n平成28年度", "w"),
        # Prose.
        (
            "計画に基づき、令和３年度までに１０の都道府県で、さらに令和５年度までに１\n０の都道府県で",
            "w",
        ),
    ],
)
def test_what_may_be_two_keeps_its_lines(text: str, ends: str) -> None:
    assert unwrapped(text, ends) == text
