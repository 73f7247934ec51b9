"""The sidecar beside a PDF speaks for its content, or says why it does not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipelines.build.sidecars import Sidecar, SidecarError, read_sidecar

SHEET = Path(__file__).parents[2] / "seeds" / "documents" / "mext-r2-9-1.facsimile.pdf"
HASH = "ab" * 32


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def beside(sheet: Path, text: str) -> Path:
    sheet.with_name("sheet.yml").write_text(text, encoding="utf-8")
    return sheet


def test_the_facsimile_is_called_a_facsimile() -> None:
    sidecar = read_sidecar(SHEET, hashlib.sha256(SHEET.read_bytes()).hexdigest())
    assert sidecar is not None
    assert sidecar.document_kind == "facsimile"
    assert sidecar.publisher == "文部科学省"
    assert sidecar.sheet_code == "文R2－9－1"
    assert sidecar.attribution == (
        "出典：文部科学省「令和２年度実施施策に係る事前分析表（文R2－9－1）」をもとに再組版"
    )
    assert sidecar.license
    assert sidecar.sha256


def test_a_pdf_without_a_sidecar_has_none(sheet: Path) -> None:
    assert read_sidecar(sheet, HASH) is None


def test_facts_may_be_missing(sheet: Path) -> None:
    assert read_sidecar(beside(sheet, "publisher: 総務省"), HASH) == Sidecar(publisher="総務省")


def test_a_sidecar_of_another_content_is_an_error_that_names_both(sheet: Path) -> None:
    with pytest.raises(SidecarError) as refused:
        read_sidecar(beside(sheet, f"sha256: {'cd' * 32}"), HASH)
    message = str(refused.value)
    assert "sheet.yml" in message
    assert "sheet.pdf" in message
    assert "cd" * 32 in message
    assert HASH in message


def test_a_hash_in_capitals_is_the_same_hash(sheet: Path) -> None:
    assert read_sidecar(beside(sheet, f"sha256: {HASH.upper()}"), HASH) is not None


def test_the_sheet_that_is_continued_is_named_by_file(sheet: Path) -> None:
    sidecar = read_sidecar(beside(sheet, "continues: first.pdf"), HASH)
    assert sidecar is not None
    assert sidecar.continues == "first.pdf"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("publisher: [", "not YAML"),
        ("", "no named facts"),
        ("- a\n- b", "no named facts"),
        ("publsher: 総務省", "publsher"),
        ("document_kind: copy", "document_kind"),
        ("sha256: 12ab", "sha256"),
        ("continues: ../first.pdf", "continues"),
        ("source_url: javascript:alert(1)", "source_url"),
        ("publisher: ''", "publisher"),
        ("!!python/object/apply:os.system ['true']", "not YAML"),
    ],
)
def test_what_is_no_sidecar_is_an_error_that_says_why(sheet: Path, text: str, why: str) -> None:
    with pytest.raises(SidecarError) as refused:
        read_sidecar(beside(sheet, text), HASH)
    assert why in str(refused.value)
    assert str(refused.value).startswith("sheet.yml")
