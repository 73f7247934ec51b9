"""What a folder of documents holds: contents once, names that are no documents, sidecars."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from pipelines.build import inputs

if TYPE_CHECKING:
    from pathlib import Path


def unopened(found: inputs.Inputs) -> dict[str, str | None]:
    return {document.file_name: document.unopened for document in found.documents}


def names(found: inputs.Inputs) -> set[str]:
    return {document.file_name for document in found.documents}


def reasons(found: inputs.Inputs) -> dict[str, str]:
    return {skipped.name: skipped.reason for skipped in found.skipped}


def test_pdfs_are_found_in_every_folder_and_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "年度" / "二").mkdir(parents=True)
    for number, name in enumerate(("a.pdf", "年度/B.PDF", "年度/二/c.Pdf", "d.txt", "e.pdf.bak")):
        (tmp_path / name).write_text(str(number), encoding="utf-8")
    assert names(inputs.find(tmp_path)) == {"a.pdf", "B.PDF", "c.Pdf"}


def test_the_key_of_a_document_is_the_first_half_of_the_hash_of_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    (document,) = inputs.find(tmp_path).documents
    digest = hashlib.sha256(b"a sheet").hexdigest()
    assert (document.key, document.sha256) == (digest[:16], digest)


def test_the_same_content_under_two_names_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.pdf", "b/copy.pdf"):
        (tmp_path / name).write_bytes(b"a sheet")
    found = inputs.find(tmp_path)
    assert names(found) == {"a.pdf"}
    assert found.duplicates == ("copy.pdf",)


def test_what_only_bears_the_name_of_a_pdf_is_a_document_without_content_that_says_why(
    tmp_path: Path,
) -> None:
    folder, outside = tmp_path / "documents", tmp_path / "secret"
    folder.mkdir()
    outside.write_text("not yours", encoding="utf-8")
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    (folder / "out.pdf").symlink_to(outside)
    (folder / "gone.pdf").symlink_to("nowhere")
    (folder / "round.pdf").symlink_to("round.pdf")
    found = inputs.find(folder)
    assert found.skipped == ()
    assert {document.sha256 for document in found.documents} == {None}
    assert len({document.key for document in found.documents}) == 5
    assert unopened(found) == {
        "folder.pdf": "is a folder",
        "pipe.pdf": "is a pipe or a device, not a file",
        "out.pdf": "is a link that leads out of the folder of documents",
        "gone.pdf": "is a link that leads nowhere",
        "round.pdf": "is a link that leads nowhere",
    }


def test_a_file_without_leave_to_read_it_keeps_its_key_until_it_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2020").mkdir()
    locked = tmp_path / "2020" / "a.pdf"
    locked.write_bytes(b"a sheet")
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    before = inputs.find(tmp_path)
    open_ = os.open

    # Root may read everything, so that a mode of 000 would show nothing.
    def refuse(path: Path, flags: int) -> int:
        if path == locked:
            raise PermissionError(13, "Permission denied", path)
        return open_(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    found = inputs.find(tmp_path)
    assert before.duplicates == ("a.pdf",)
    assert found.duplicates == ()
    assert sorted(document.unopened or "" for document in found.documents) == [
        "",
        "cannot be opened: Permission denied",
    ]
    assert inputs.find(tmp_path) == found


def test_a_sidecar_that_is_no_file_of_the_folder_is_named_and_never_waited_for(
    tmp_path: Path,
) -> None:
    folder, outside = tmp_path / "documents", tmp_path / "secret.yml"
    folder.mkdir()
    outside.write_text("publisher: not yours", encoding="utf-8")
    for name in "abc":
        (folder / f"{name}.pdf").write_text(name, encoding="utf-8")
    os.mkfifo(folder / "a.yml")
    (folder / "b.yml").symlink_to(outside)
    (folder / "c.yml").mkdir()
    found = inputs.described(inputs.find(folder))
    assert [document.facts for document in found.documents] == [{}, {}, {}]
    assert reasons(found) == {
        "a.yml": "is a pipe or a device, not a file",
        "b.yml": "is a link that leads out of the folder of documents",
        "c.yml": "is a folder",
    }


def test_a_link_to_a_folder_is_not_followed_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.pdf").write_bytes(b"a sheet")
    (tmp_path / "documents" / "2020").symlink_to(tmp_path / "other")
    found = inputs.find(tmp_path / "documents")
    assert found.documents == ()
    assert reasons(found) == {"2020": "is a link to a folder: not followed"}


def test_a_folder_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert reasons(inputs.find(tmp_path)) == {
        "closed": "is a folder that cannot be opened: Permission denied"
    }


def test_a_pipe_that_takes_a_documents_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file"):
        inputs.opened(tmp_path / "pipe")


def test_a_link_inside_the_folder_is_the_document_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    (tmp_path / "b.pdf").symlink_to("a.pdf")
    found = inputs.find(tmp_path)
    assert names(found) == {"a.pdf"}
    assert found.duplicates == ("b.pdf",)


def test_a_name_that_is_no_unicode_becomes_one(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe.pdf")).write_bytes(b"a sheet")
    assert names(inputs.find(tmp_path)) == {"\ufffd\ufffd.pdf"}


def test_a_sidecar_speaks_for_its_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"first pages")
    (tmp_path / "b.pdf").write_bytes(b"last pages")
    (tmp_path / "b.yml").write_text("publisher: 文部科学省\ncontinues: a.pdf\n", encoding="utf-8")
    found = inputs.described(inputs.find(tmp_path))
    by_name = {document.file_name: document for document in found.documents}
    assert by_name["b.pdf"].facts == {"publisher": "文部科学省"}
    assert by_name["b.pdf"].continues == by_name["a.pdf"].key
    assert by_name["a.pdf"].facts == {}


def test_a_sidecar_that_does_not_speak_is_named_and_its_document_kept(tmp_path: Path) -> None:
    for name, sidecar in {
        "broken": "publisher: [",
        "other": f"sha256: {'0' * 64}",
        "lost": "continues: nothing.pdf",
    }.items():
        (tmp_path / f"{name}.pdf").write_bytes(name.encode())
        (tmp_path / f"{name}.yml").write_text(sidecar, encoding="utf-8")
    found = inputs.described(inputs.find(tmp_path))
    assert names(found) == {"broken.pdf", "other.pdf", "lost.pdf"}
    assert set(reasons(found)) == {"broken.yml", "other.yml", "lost.pdf"}


def test_a_changed_sidecar_changes_what_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    (before,) = inputs.find(tmp_path).documents
    (tmp_path / "a.yml").write_text("publisher: 文部科学省", encoding="utf-8")
    (after,) = inputs.find(tmp_path).documents
    assert before.sidecar is None
    assert after.sidecar is not None


def test_a_document_that_moves_away_from_what_it_continues_changes_what_is_found(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"first pages")
    (folder / "b.pdf").write_bytes(b"last pages")
    (folder / "b.yml").write_text("continues: a.pdf", encoding="utf-8")
    together = inputs.told_apart(inputs.find(folder), folder)
    moved = folder.rename(tmp_path / "moved")
    assert inputs.told_apart(inputs.find(moved), moved) == together
    (moved / "deeper").mkdir()
    for name in ("b.pdf", "b.yml"):
        (moved / name).rename(moved / "deeper" / name)
    assert inputs.told_apart(inputs.find(moved), moved) != together
