"""What a person sees is read; what nobody sees is counted and not read."""

from __future__ import annotations

import io

import pytest
from paper import KEY, LATIN, Paper, Read, raw_pdf
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipelines.extract import read_pdf

XS, YS = (100, 200, 300), (100, 160)
# The same grid as content of a page written by hand (842 points high).
GRID = (
    "100 742 m 300 742 l 100 682 m 300 682 l "
    + " ".join(f"{x} 682 m {x} 742 l" for x in XS)
    + " S "
)


@pytest.fixture
def paper() -> Paper:
    return Paper().grid(XS, YS).text(104, 120, "1,291").text(204, 120, "9,999")


def seen(read: Read) -> list[str]:
    assert read.has_lost_nothing()
    return read.texts()


def read(data: bytes) -> Read:
    return Read(read_pdf(data, KEY))


def texts(data: bytes) -> list[str]:
    return seen(read(data))


def dot(mode: str = "RGB", colour: object = "white") -> ImageReader:
    stored = io.BytesIO()
    Image.new(mode, (4, 4), colour).save(stored, "PNG")  # type: ignore[arg-type]
    stored.seek(0)
    return ImageReader(stored)


@pytest.mark.parametrize("colour", ["white", "black", "yellow"])
def test_a_figure_that_is_painted_over_is_counted_and_not_read(paper: Paper, colour: str) -> None:
    result = paper.box(201, 105, 299, 155, fill=colour).read()
    assert seen(result) == ["1,291", ""]
    assert (result.page["text_layer_characters"], result.page["unprinted_characters"]) == (5, 5)


def test_a_figure_set_again_on_what_covers_the_first_is_read_once(paper: Paper) -> None:
    paper.box(201, 105, 299, 155, fill="white")
    result = paper.text(204, 120, "8,888").read()
    assert seen(result) == ["1,291", "8,888"]
    assert result.page["overprinted_characters"] == 0


def test_a_marker_drawn_over_a_figure_lets_it_through(paper: Paper) -> None:
    paper.canvas.setFillColor("yellow", alpha=0.4)
    paper.canvas.rect(201, paper.height - 155, 98, 50, stroke=0, fill=1)
    assert seen(paper.read()) == ["1,291", "9,999"]


def test_a_ground_drawn_before_its_text_hides_nothing() -> None:
    result = Paper().grid(XS, YS).box(201, 105, 299, 155, fill="yellow")
    assert seen(result.text(204, 120, "9,999").read()) == ["", "9,999"]


def test_a_box_that_covers_half_of_a_figure_hides_none_of_it(paper: Paper) -> None:
    assert seen(paper.box(201, 116, 299, 155, fill="white").read()) == ["1,291", "9,999"]


def test_a_picture_hides_what_it_is_laid_over(paper: Paper) -> None:
    paper.canvas.drawImage(dot(), 201, paper.height - 155, 98, 50)
    assert seen(paper.read()) == ["1,291", ""]


def test_a_picture_that_can_be_seen_through_hides_nothing(paper: Paper) -> None:
    stamp = dot("RGBA", (255, 0, 0, 40))
    paper.canvas.drawImage(stamp, 201, paper.height - 155, 98, 50, mask="auto")
    assert seen(paper.read()) == ["1,291", "9,999"]


def through(paper: Paper, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    path = paper.canvas.beginPath()
    path.rect(x0, paper.height - y1, x1 - x0, y1 - y0)
    paper.canvas.clipPath(path, stroke=0, fill=0)


def test_a_line_of_which_nothing_shows_is_counted_and_not_read(paper: Paper) -> None:
    # A row too low for its second line: a spreadsheet prints the first alone.
    paper.canvas.saveState()
    through(paper, (100, 100, 200, 145))
    result = paper.text(104, 140, "(30)").text(104, 156, "(40)").read()
    assert seen(result) == ["1,291\n(30)", "9,999"]
    assert result.page["unprinted_characters"] == 4


@pytest.mark.parametrize(("row", "is_doubtful"), [(1, True), (0, False), (2, False)])
def test_a_text_of_which_lines_are_out_of_sight_is_not_all_there_is(
    row: int, *, is_doubtful: bool
) -> None:
    # Four lines in a row of 20 points, in its middle: one above and one below are not seen. In a
    # table's first and last row, a page's end may have cut it, and the rest stands overleaf.
    paper = Paper().grid((100, 200), (100, 120, 140, 160))
    top = 100 + 20 * row
    paper.canvas.saveState()
    through(paper, (100, top, 200, top + 20))
    lines = ["国立研究開発法人", "科学技術振興機構", "運営費交付金に", "必要な経費"]
    for line, words in enumerate(lines):
        paper.text(104, top - 4 + 10.5 * line, words, 8)
    paper.canvas.restoreState()
    result = paper.read()
    assert [cell["is_doubtful"] for cell in result.rows][row] == is_doubtful
    assert result.texts()[row] == "科学技術振興機構\n運営費交付金に"


def test_stacked_text_that_its_cell_cuts_off_at_both_ends_is_read_whole() -> None:
    # A spreadsheet centres vertical text: of a column too high for its cell the middle is seen,
    # and a person reads the label from that.
    paper = Paper().grid(XS, (100, 130))
    paper.canvas.saveState()
    through(paper, (100, 100, 200, 130))
    for row, character in enumerate("施策の予算額"):
        paper.text(146, 89 + 10 * row, character)
    paper.canvas.restoreState()
    for row, figure in enumerate("①②③"):
        paper.text(246, 109 + 10 * row, figure)
    result = paper.read()
    assert seen(result) == ["施策の予算額", "①\n②\n③"]
    assert result.page["unprinted_characters"] == 0


def test_figures_of_a_list_that_its_cell_cuts_off_are_counted_and_not_read() -> None:
    paper = Paper().grid(XS, (100, 130))
    paper.canvas.saveState()
    through(paper, (100, 100, 200, 130))
    for row, figure in enumerate("12345"):
        paper.text(146, 109 + 10 * row, figure, font=LATIN)
    result = paper.read()
    assert seen(result) == ["1\n2\n3", ""]
    assert result.page["unprinted_characters"] == 2


def test_what_a_closed_clip_lets_through_is_nothing(paper: Paper) -> None:
    paper.canvas.saveState()
    through(paper, (100, 100, 200, 160))
    through(paper, (400, 100, 500, 160))
    result = paper.text(104, 140, "(30)").read()
    assert seen(result) == ["1,291", "9,999"]
    assert result.page["unprinted_characters"] == 4


def test_a_form_shows_what_lies_in_its_box_alone() -> None:
    form = b"BT /F1 9 Tf 4 20 Td (1,291) Tj 0 -60 Td (42) Tj ET"
    data = raw_pdf(
        f"{GRID} q 1 0 0 1 100 690 cm /X1 Do Q",
        resources="/XObject << /X1 6 0 R >>",
        objects=[
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 90 50] /Length %d "
            b"/Resources << /Font << /F1 5 0 R >> >> >>\nstream\n%s\nendstream" % (len(form), form)
        ],
    )
    assert texts(data) == ["1,291", ""]


def layered(properties: str, group: str = "") -> bytes:
    """A figure in each cell, the second in a layer, or in a group of it alone."""
    content = (
        f"{GRID} BT /F1 9 Tf 104 720 Td (1,291) Tj ET "
        "/OC /L1 BDC BT /F1 9 Tf 204 720 Td (9,999) Tj ET EMC "
        "BT /F1 9 Tf 204 700 Td (42) Tj ET"
    )
    return raw_pdf(
        content,
        resources=f"/Properties << /L1 {7 if group else 6} 0 R >>",
        objects=[b"<< /Type /OCG /Name (draft) >>", group.encode() or b"null"],
        catalog=f"/OCProperties << /OCGs [6 0 R] /D << {properties} >> >>",
    )


@pytest.mark.parametrize(
    "properties",
    ["/OFF [6 0 R]", "/BaseState /OFF", "/BaseState /OFF /ON []"],
)
def test_a_layer_that_is_off_is_counted_and_not_read(properties: str) -> None:
    result = read(layered(properties))
    assert seen(result) == ["1,291", "42"]
    assert result.page["unprinted_characters"] == 5


@pytest.mark.parametrize("properties", ["", "/BaseState /OFF /ON [6 0 R]", "/ON [6 0 R]"])
def test_a_layer_that_is_on_is_read(properties: str) -> None:
    assert texts(layered(properties)) == ["1,291", "9,999\n42"]


@pytest.mark.parametrize(
    ("policy", "shown"), [("AnyOn", False), ("AllOn", False), ("AnyOff", True), ("AllOff", True)]
)
def test_a_group_of_layers_shows_as_its_policy_says(policy: str, *, shown: bool) -> None:
    group = f"<< /Type /OCMD /OCGs 6 0 R /P /{policy} >>"
    assert texts(layered("/OFF [6 0 R]", group)) == ["1,291", "9,999\n42" if shown else "42"]


FIGURE = b"BT /F1 9 Tf 4 10 Td (9,999) Tj ET"


def annotated(
    entries: str,
    drawn: bytes = FIGURE,
    *,
    place: str = "/Rect [200 682 300 742] /AP << /N 7 0 R >>",
    box: str = "/BBox [0 0 100 60]",
) -> bytes:
    """A page with one annotation over its second cell."""
    return raw_pdf(
        f"{GRID} BT /F1 9 Tf 104 720 Td (1,291) Tj ET",
        page="/Annots [6 0 R]",
        objects=[
            f"<< /Type /Annot {place} {entries} >>".encode(),
            b"<< /Type /XObject /Subtype /Form %s /Length %d "
            b"/Resources << /Font << /F1 5 0 R >> >> >>\nstream\n%s\nendstream"
            % (box.encode(), len(drawn), drawn),
        ],
    )


def test_what_is_filled_into_a_field_is_read_in_the_cell_that_it_stands_in() -> None:
    field = "/Subtype /Widget /FT /Tx /T (amount) /V (9,999)"
    # Its frame, drawn by the field, is no ruling of the form.
    assert texts(annotated(field, b"0.5 w 10 5 80 30 re S " + FIGURE)) == ["1,291", "9,999"]


def test_an_appearance_is_set_into_its_place() -> None:
    """Its box, turned by its matrix, fills the annotation's (ISO 32000-2, 12.5.5)."""
    result = read(
        annotated("/Subtype /FreeText", box="/BBox [0 0 200 120] /Matrix [2 0 0 2 50 50]")
    )
    assert seen(result) == ["1,291", "9,999"]


@pytest.mark.parametrize("entries", ["/Subtype /FreeText /F 2", "/Subtype /Text /F 32"])
def test_an_annotation_that_does_not_show_is_not_read(entries: str) -> None:
    assert texts(annotated(entries)) == ["1,291", ""]


def test_a_note_that_opens_on_a_click_is_not_read() -> None:
    assert texts(annotated("/Subtype /Popup")) == ["1,291", ""]


def test_a_malformed_annotation_shows_nothing() -> None:
    place = "/Rect [200 (x)] /AP << /N 7 0 R >>"
    assert texts(annotated("/Subtype /FreeText", place=place)) == ["1,291", ""]


@pytest.mark.parametrize(("state", "shown"), [("Yes", "9,999"), ("Off", "")])
def test_a_button_shows_the_state_that_it_is_in(state: str, shown: str) -> None:
    place = "/Rect [200 682 300 742] /AP << /N << /Yes 7 0 R >> >>"
    assert texts(annotated(f"/Subtype /Widget /AS /{state}", place=place)) == ["1,291", shown]


def test_two_texts_that_lie_over_each_other_keep_all_their_figures() -> None:
    # Courier's figures are 0.6 em wide: the "5" of both stands on one spot, by chance.
    result = Paper().grid(XS, YS).text(104, 120, "156,155", 10, "Courier")
    result.text(110, 120, "2560", 10, "Courier")
    (first, _) = seen(result.read())
    assert sorted(first.split()) == ["156,155", "2560"]


def test_white_on_white_is_told_from_white_on_colour(paper: Paper) -> None:
    paper.box(201, 105, 299, 155, fill="navy")
    paper.canvas.setFillColor("white")
    result = paper.text(204, 140, "基準値").text(104, 140, "0", font=LATIN).read()
    assert seen(result) == ["1,291", "基準値"]
    assert result.page["unprinted_characters"] == 6
