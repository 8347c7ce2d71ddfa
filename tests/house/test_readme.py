"""The READMEs are true: commands work, in the order in which they stand, and links lead somewhere."""

import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.house.sources import ROOT, files
from tests.ports import free_ports

README = ROOT / "README.md"
PUBLISHED_AT = "http://127.0.0.1:8000"
SAMPLES_AT = "http://127.0.0.1:8001"
START_TIMEOUT_S = 60
COMMANDS_TIMEOUT_S = 120
UNAUTHORISED = 401
METHOD_NOT_ALLOWED = 405

# Commands that no test runs, and why that is no gap.
ELSEWHERE = {
    r"git clone .*": "whoever runs this has done it",
    r"cd [\w-]+": "belongs to the clone",
    r"\./run\.sh demo": "is what the other commands talk to here",
    r"\./run\.sh (serve|bench|lock)\b.*": "does not end, or not soon",
    r"\./run\.sh lint": "CI runs it first",
    r"\./run\.sh test\b.*": "we are in it",
    r"(GATEWAY_TEST_\w+=\S+ )+\./run\.sh test\b.*": "we are in it",
    r"docker .*": "needs a container engine",
}
MARKDOWN = [path for path in files() if path.suffix == ".md"]


def commands(text: str) -> list[str]:
    """The commands of all `sh` blocks, and of all `console` blocks those after a `$`, each as one line."""
    found = []
    for language, block in re.findall(r"^```(sh|console)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            command = re.sub(r"\s+#\s.*$", "", line).strip()
            if language == "console":
                if not command.startswith("$ "):
                    continue
                command = command.removeprefix("$ ")
            if command and not command.startswith("#"):
                found.append(command)
    return found


def is_run_elsewhere(command: str) -> bool:
    return any(re.fullmatch(pattern, command) for pattern in ELSEWHERE)


class Demo(msgspec.Struct, frozen=True):
    """A gateway that runs as `./run.sh demo` leaves it, and the environment that it was started in."""

    port: int
    environment: dict[str, str]

    def instead(self, script: str) -> str:
        """What the README does with the demo's own ports, done with these: they, and the folder, are others."""
        here = script.replace(PUBLISHED_AT, f"http://127.0.0.1:{self.port}")
        return here.replace(SAMPLES_AT, f"http://127.0.0.1:{self.port + 1}").replace('/demo"', f'/demo-{self.port}"')


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    port = free_ports(2)  # the demo's sample issuer takes the second
    environment = {**os.environ, "GATEWAY_DATA_DIR": str(tmp_path / "data")}
    command = [str(ROOT / "run.sh"), "demo", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("wb") as output:
        running = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=output, stderr=output)
    try:
        _wait_for(running, port, log)
        yield Demo(port, environment)
    finally:
        running.terminate()
        running.wait(20)


@pytest.fixture
def tidy() -> Iterator[None]:
    """Take away the files that a command of the README made in the checkout."""
    before = {path for path in ROOT.iterdir() if path.is_file()}
    yield
    for path in {path for path in ROOT.iterdir() if path.is_file()} - before:
        path.unlink()


@pytest.mark.usefixtures("tidy")
def test_every_command_of_the_readme_works(demo: Demo) -> None:
    script = "\n".join(command for command in commands(README.read_text()) if not is_run_elsewhere(command))

    finished = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", demo.instead(script)],
        cwd=ROOT,
        env=demo.environment,
        capture_output=True,
        text=True,
        timeout=COMMANDS_TIMEOUT_S,
        check=False,
    )

    status, printed = finished.returncode, finished.stdout
    assert status == 0, finished.stderr[-2000:] + printed[-2000:]
    assert _dead_links(printed, f"http://127.0.0.1:{demo.port}") == []


def test_readme_begins_with_the_two_commands() -> None:
    ours = [command for command in commands(README.read_text()) if command.startswith("./run.sh")]

    assert ours[:2] == ["./run.sh demo", "./run.sh test"]


@pytest.mark.parametrize("page", MARKDOWN, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = (ROOT / page).read_text()
    targets = re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", _without_code(text))

    broken = [target for target in targets if not _leads_somewhere(page, target)]

    assert broken == []


def _leads_somewhere(page: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return True  # another host: no test touches the network
    path, _, anchor = target.partition("#")
    file = ROOT / page if not path else (ROOT / page).parent / path
    return file.exists() and (not anchor or anchor in _anchors(file.read_text()))


def _anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+\s+(.*)$", _without_code(text, inline=False), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _without_code(text: str, *, inline: bool = True) -> str:
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text) if inline else text


def _dead_links(printed: str, url: str) -> list[str]:
    """The addresses under ``url`` in what the commands printed that serve nothing."""
    found = re.findall(rf"{url}/[\w./-]+", printed)
    assert found
    return [address for address in dict.fromkeys(found) if not _answers(address)]


def _answers(address: str) -> bool:
    """Whether something is there; what is for holders of a key alone, or is not for reading, says so."""
    try:
        with urllib.request.urlopen(address, timeout=START_TIMEOUT_S):  # noqa: S310  # it is one of the demo's
            return True
    except urllib.error.HTTPError as error:
        return error.code in (UNAUTHORISED, METHOD_NOT_ALLOWED)
    except OSError:
        return False


def _wait_for(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until it answers: it listens before the samples are converted."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while running.poll() is None and time.monotonic() < deadline:
        if _answers(f"http://127.0.0.1:{port}/healthz"):
            return
        time.sleep(0.1)
    pytest.fail(f"the demo did not start: {log.read_text()[-2000:]}")
