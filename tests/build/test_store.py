"""Files that are whole or not there, and records that notice a damaged one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipelines.build import store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_record_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    store.write_record(tmp_path / "a.json", {"理由": "壊れている", "files": {"x": "y"}})
    assert store.read_record(tmp_path / "a.json") == {"理由": "壊れている", "files": {"x": "y"}}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"facts": {}}', b'{"facts": {}, "sha256": "0"}', b"\xff"],
)
def test_a_record_that_is_none_counts_as_absent(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert store.read_record(tmp_path / "a.json") is None


def test_a_record_with_one_changed_fact_counts_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    store.write_record(path, {"status": "failed"})
    sealed = json.loads(path.read_text(encoding="utf-8"))
    sealed["facts"]["status"] = "read"
    path.write_text(json.dumps(sealed), encoding="utf-8")
    assert store.read_record(path) is None


def test_a_file_that_was_changed_cut_or_removed_is_noticed(tmp_path: Path) -> None:
    files = {name: store.write_bytes(tmp_path / name, name.encode() * 9) for name in "abc"}
    assert store.whole(files, tmp_path)
    (tmp_path / "a").write_bytes(b"b" + b"a" * 8)
    assert not store.whole({"a": files["a"]}, tmp_path)
    (tmp_path / "b").write_bytes(b"bbb")
    assert not store.whole({"b": files["b"]}, tmp_path)
    (tmp_path / "c").unlink()
    assert not store.whole({"c": files["c"]}, tmp_path)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    store.write_bytes(tmp_path / "a", b"old")
    with pytest.raises(TypeError):
        store.write_bytes(tmp_path / "a", None)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"
