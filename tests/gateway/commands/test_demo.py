"""The demo: what it leaves behind, and what it costs once it is set up."""

import os
import socket
import statistics
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gateway.cli import main
from gateway.commands import sample_issuer
from gateway.commands.listener import listening
from tests.ports import free_ports

USAGE = 2

RUNS = 7
# pyld imports requests where that is installed: here, for the tests' sake, and not where the gateway runs.
DEMO = [
    sys.executable,
    "-c",
    "import sys; sys.modules['requests'] = None; import gateway.cli as c; c.main(['demo', '--once'])",
]
FRAMEWORK = [sys.executable, "-c", "import litestar"]
LOADED = "import sys, gateway.cli as c; c.main(['demo', '--once']); print(*sys.modules, file=sys.stderr)"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where a demo has run once, as on the machine of who tries it: keys, database and bytecode are made."""
    environment = {**os.environ, "GATEWAY_DATA_DIR": str(tmp_path / "data")}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "bytecode")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    cpu_s(DEMO, environment)
    cpu_s(FRAMEWORK, environment)
    return environment


def cpu_s(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of a program: less dependent on what else the machine does than the time on the wall."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, environment, file_actions=quiet), 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.slow
def test_a_later_demo_takes_at_most_two_imports_of_the_framework(environment: dict[str, str]) -> None:
    pairs = [(cpu_s(DEMO, environment), cpu_s(FRAMEWORK, environment)) for _ in range(RUNS)]

    demo, framework = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert demo <= 2 * framework


def test_a_demo_loads_nothing_that_it_has_no_use_for(environment: dict[str, str]) -> None:
    ended = subprocess.run([sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True)

    assert set(ended.stderr.split()).isdisjoint(
        {"PIL", "asyncpg", "http.server", "httpx2", "litestar", "redis", "uvicorn"}
    )


@pytest.fixture
def port() -> int:
    """The third of four free ports: each of two demos takes a port and its successor for the sample issuer."""
    return free_ports(4) + 2


def hang_up(listener: socket.socket) -> None:
    """Close the first connection without an answer."""
    listener.accept()[0].close()


def left_by_a_demo(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("open-badges-2.png", "open-badges-3.json", "api-key")}


def test_it_ends_by_itself_and_a_second_run_makes_nothing_new(
    data_dir: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--once", "--port", str(port)]) == 0
    first, left = capsys.readouterr().out, left_by_a_demo(data_dir / f"demo-{port}")

    assert main(["demo", "--once", "--port", str(port)]) == 0

    assert capsys.readouterr().out == first
    assert left_by_a_demo(data_dir / f"demo-{port}") == left


def test_beside_a_running_demo_it_finds_the_samples_and_records_of_that_one(
    data_dir: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo", "--once", "--port", str(port)])
    first, left = capsys.readouterr().out, left_by_a_demo(data_dir / f"demo-{port}")

    with sample_issuer.hosted(port + 1):
        assert main(["demo", "--once", "--port", str(port)]) == 0

    assert capsys.readouterr().out == first
    assert left_by_a_demo(data_dir / f"demo-{port}") == left


def test_beside_another_program_on_the_sample_issuers_port_it_says_so_and_changes_nothing(
    data_dir: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening("127.0.0.1", port + 1) as other:
        answering = threading.Thread(target=hang_up, args=(other,))
        answering.start()
        assert main(["demo", "--once", "--port", str(port)]) == USAGE
        answering.join()

    assert f"port {port + 1}" in capsys.readouterr().err
    assert not data_dir.exists()


def test_each_port_has_a_store_of_its_own(data_dir: Path, port: int) -> None:
    main(["demo", "--once", "--port", str(port)])

    assert main(["demo", "--once", "--port", str(port - 2)]) == 0

    assert {path.name for path in data_dir.iterdir()} == {f"demo-{port}", f"demo-{port - 2}"}


@pytest.mark.usefixtures("data_dir")
def test_it_has_keys_of_its_own_whatever_passphrase_the_gateway_has(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["demo", "--once", "--port", str(port)])
    monkeypatch.setenv("GATEWAY_KEY_PASSPHRASE", "a passphrase")

    assert main(["demo", "--once", "--port", str(port)]) == 0
