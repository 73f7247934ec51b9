"""What a call of the build is told, as people are told of it again."""

from __future__ import annotations

from pathlib import Path

from pipelines.build.settings import Settings, data_folder


def test_documents_are_read_from_the_place_that_was_named(tmp_path: Path) -> None:
    data = data_folder(tmp_path)
    assert Settings(Path("sheets"), data).place_of_documents == "sheets"
    # The sidecars of a URL lie in a folder of this machine; the documents do not.
    remote = Settings(data.sidecars, data, source="s3a://bucket/sheets")
    assert remote.place_of_documents == "s3a://bucket/sheets"
