"""Ports are taken before anything is made or said."""

from pathlib import Path

import pytest

from gateway.cli import main
from gateway.commands.listener import listening

USAGE = 2


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_a_usage_error_before_an_api_key_is_made(
    command: str, data_dir: Path, unused_tcp_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening("127.0.0.1", unused_tcp_port):
        assert main([command, "--port", str(unused_tcp_port)]) == USAGE

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "choose another with --port" in printed.err
    assert not data_dir.exists()


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http", "٨٠٠٠"])
@pytest.mark.usefixtures("data_dir")
def test_what_is_no_port_is_a_usage_error(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", f"--port={port}"]) == USAGE

    assert "1 to 65535" in capsys.readouterr().err


@pytest.mark.usefixtures("data_dir")
def test_the_last_port_leaves_none_for_the_sample_issuer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--once", "--port", "65535"]) == USAGE

    assert "--port" in capsys.readouterr().err


@pytest.mark.usefixtures("data_dir")
def test_an_address_of_another_machine_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "192.0.2.1"]) == USAGE

    assert "--host" in capsys.readouterr().err
