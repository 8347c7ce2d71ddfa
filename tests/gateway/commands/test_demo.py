"""The demo: what it costs once it is set up."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

RUNS = 7
DEMO = [sys.executable, "-m", "gateway.cli", "demo", "--once"]
FRAMEWORK = [sys.executable, "-c", "import litestar"]
LOADED = "import sys, gateway.cli as c; c.main(['demo', '--once']); print(*sys.modules, file=sys.stderr)"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where a demo has run once: keys and database are made."""
    environment = {**os.environ, "GATEWAY_DATA_DIR": str(tmp_path / "data")}
    cpu_s(DEMO, environment)
    return environment


def cpu_s(command: list[str], environment: dict[str, str]) -> float:
    """Processor time of a program: less dependent on what else the machine does than the time on the wall."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, environment, file_actions=quiet), 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.slow
def test_a_later_demo_takes_at_most_twice_the_import_of_the_framework(environment: dict[str, str]) -> None:
    pairs = [(cpu_s(DEMO, environment), cpu_s(FRAMEWORK, environment)) for _ in range(RUNS)]

    demo, framework = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert demo <= 2 * framework


def test_a_demo_loads_nothing_that_it_has_no_use_for(environment: dict[str, str]) -> None:
    ended = subprocess.run([sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True)

    assert set(ended.stderr.split()).isdisjoint(
        {"PIL", "asyncpg", "http.server", "httpx2", "litestar", "redis", "uvicorn"}
    )
