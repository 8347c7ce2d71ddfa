"""What tests of commands begin with: an environment of their own, a good badge and a forged one."""

from pathlib import Path

import pytest

from gateway.commands import sample_issuer


@pytest.fixture
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where commands of this test keep their store; their public address is on loopback."""
    folder = tmp_path / "data"
    monkeypatch.setenv("GATEWAY_DATA_DIR", str(folder))
    monkeypatch.setenv("GATEWAY_PUBLIC_URL", "http://127.0.0.1:8000")
    return folder


@pytest.fixture
def badge(tmp_path: Path) -> str:
    """The path of an Open Badges 3.0 credential that verifies without any network."""
    path = tmp_path / "badge.json"
    path.write_bytes(sample_issuer.open_badges_3())
    return str(path)


@pytest.fixture
def forged(tmp_path: Path) -> str:
    """The path of the same credential, changed after it was signed."""
    path = tmp_path / "forged.json"
    path.write_bytes(sample_issuer.open_badges_3().replace(b"Repairing", b"Designing"))
    return str(path)
