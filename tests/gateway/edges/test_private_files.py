"""The master key, and files that are written whole or not at all."""

import base64
import threading
from pathlib import Path

import pytest

from gateway.edges.private_files import first_private, locked, master_key, write_private
from gateway.errors import Misconfigured

KEY = bytes(range(0xE0, 0x100))


def test_a_master_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = master_key(tmp_path / "data", None)

    assert master_key(tmp_path / "data", "") == made
    assert len(made) == 32
    assert (tmp_path / "data" / "master.key").stat().st_mode & 0o777 == 0o600
    assert master_key(tmp_path / "other", None) != made


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode().rstrip("="),
        f" {base64.b64encode(KEY).decode()}\n",
    ],
)
def test_a_configured_master_key_is_taken_and_no_file_is_made(tmp_path: Path, text: str) -> None:
    key = master_key(tmp_path, text)

    assert key == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["secret", base64.b64encode(KEY[1:]).decode(), base64.b64encode(KEY * 2).decode(), KEY.hex(), "ключ", "="],
)
def test_another_text_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        master_key(tmp_path, text)

    assert caught.value.pointer == "GATEWAY_MASTER_KEY"
    assert caught.value.fix
    assert len(text) == 1 or text not in str(caught.value) + caught.value.fix


def test_a_damaged_master_key_file_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "master.key").write_bytes(b"\xff")

    with pytest.raises(Misconfigured) as caught:
        master_key(tmp_path, None)

    assert caught.value.pointer == str(tmp_path / "master.key")
    assert (tmp_path / "master.key").read_bytes() == b"\xff"


def test_a_data_folder_that_cannot_be_made_is_misconfigured(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Misconfigured) as caught:
        master_key(tmp_path / "file" / "data", None)

    assert caught.value.pointer == "GATEWAY_DATA_DIR"


def test_the_first_of_two_writers_wins(tmp_path: Path) -> None:
    path = tmp_path / "file"

    read = [first_private(path, content) for content in (b"first", b"second")]

    assert read == [b"first", b"first"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_private(path, b"old")

    write_private(path, b"new")

    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_lock_is_held_by_one_thread_at_a_time(tmp_path: Path) -> None:
    holders: list[int] = []
    most: list[int] = []

    def hold() -> None:
        for _ in range(50):
            with locked(tmp_path / "lock"):
                holders.append(1)
                most.append(len(holders))
                holders.pop()

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 1
    assert len(most) == 200
