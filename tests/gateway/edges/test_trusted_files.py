"""Folders that an operator trusts."""

from pathlib import Path

import pytest

from gateway.edges.trusted_files import MAX_FILES, texts_in
from gateway.errors import Misconfigured


def test_files_that_end_so_are_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "b.PEM").write_bytes(b"2")
    (tmp_path / "a.pem").write_bytes(b"1")
    (tmp_path / "notes.txt").write_bytes(b"3")
    (tmp_path / "folder.pem").mkdir()

    found = texts_in(tmp_path, "GATEWAY_SEAL_ANCHORS", (".pem",))

    assert found == {"a.pem": b"1", "b.PEM": b"2"}


@pytest.mark.parametrize("folder", ["nowhere", "file", "empty", "full"])
def test_a_folder_that_is_none_is_told_with_its_setting(folder: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    for number in range(MAX_FILES + 1):
        (tmp_path / "full" / f"{number}.pem").touch()

    with pytest.raises(Misconfigured) as refused:
        texts_in(tmp_path / folder, "GATEWAY_SEAL_ANCHORS", (".pem",))

    assert refused.value.pointer == "GATEWAY_SEAL_ANCHORS"
    assert refused.value.fix
