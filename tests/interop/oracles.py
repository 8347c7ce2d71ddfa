"""Sets up the verifiers and wallets in a cache of their own, and talks with them line by line.

They live in `.cache/interop` of the checkout, in folders named after what they were made from: @digitalbazaar/vc, jose,
jsonld, @openid4vc and more in a node project (package-lock.json), a wallet of Sphereon's in another, because it
overrides what its parts ask for, what Learner Credential Wallet is made of in a third, Spectral and a validator of
OpenAPI in a fourth, openapi-typescript in a fifth, 1EdTech's validator-core in a Python environment (openbadges.txt),
because it needs a pyld and a jsonschema that are years older than ours, and another validator of OpenAPI (openapi.txt)
and a generator of clients (client/client.txt) in their own. `lock.sh` writes all lists.

Where node, or the way to get the packages, is missing, the test is skipped; in CI it fails.
"""

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, Self, TypeVar  # Any: members of JSON documents

import msgspec
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "interop"
READY = ".ready"
SET_UP_TIMEOUT_S = 300.0
SCRIPTS = (
    *("canonize.mjs", "did_webvh.mjs", "disclose.mjs", "issue.mjs", "oauth.mjs", "oid4_client.mjs", "verify.mjs"),
    *("present.mjs", "verify_sd_jwt.mjs", "wallet.mjs"),
)
_CONTRACTS = (HERE / "spectral", (".spectral.yaml", "validate.mjs"))

_Kind = TypeVar("_Kind")


class Answer(msgspec.Struct, frozen=True):
    """What a verifier says: its verdict, and why when it is a bad one."""

    verified: bool
    reasons: tuple[str, ...] = ()


class Talk:
    """A verifier's process: a JSON line in, a JSON line out."""

    def __init__(self, command: Sequence[str | Path], **environment: str) -> None:
        environment = {**os.environ, "PYTHONWARNINGS": "ignore", **environment}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def tell(self, line: dict[str, Any]) -> None:
        """Send a line that nobody answers."""
        if self._process.stdin is None:
            raise RuntimeError("the verifier was started without a pipe")
        # In ASCII: Node takes U+2028 for the end of a line.
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        self._process.stdin.flush()

    def ask(self, line: dict[str, Any]) -> Answer:
        """Send a line and wait for the verdict."""
        return self.exchange(line, Answer)

    def exchange(self, line: dict[str, Any], kind: type[_Kind]) -> _Kind:
        """Send a line and wait for an answer of some kind."""
        self.tell(line)
        answer = self._process.stdout.readline() if self._process.stdout else b""
        if not answer:
            raise RuntimeError(f"the verifier ended with {self._process.wait()}")
        return msgspec.json.decode(answer, type=kind)


async def told(talk: Talk, line: dict[str, Any], kind: type[_Kind]) -> _Kind:
    """Exchange lines while the loop of the test goes on, which serves what the process asks for."""
    return await asyncio.to_thread(talk.exchange, line, kind)


def node_project(script: str = "verify.mjs") -> list[str | Path]:
    """The command of one of our scripts, in a node project with its packages."""
    return _node_project("node", HERE, SCRIPTS, script)


def sphereon_project() -> list[str | Path]:
    """The command of a wallet in a node project of its own: it overrides what its packages ask for."""
    return _node_project("sphereon", HERE / "sphereon", ("wallet.mjs",), "wallet.mjs")


def digitalcredentials_project() -> list[str | Path]:
    """The command of what Learner Credential Wallet does and shows."""
    return _node_project("digitalcredentials", HERE / "digitalcredentials", ("wallet.mjs",), "wallet.mjs")


def spectral() -> list[str | Path]:
    """The command of Spectral with our rule set; files to lint and where to write are still to be said."""
    node, script = _node_project("spectral", *_CONTRACTS, "node_modules/@stoplight/spectral-cli/dist/index.js")
    ruleset = Path(script).parents[4] / ".spectral.yaml"
    return [node, script, "lint", "--quiet", "--ruleset", ruleset, "--format", "json"]


def contract_validator() -> list[str | Path]:
    """The command of a validator of OpenAPI documents."""
    return _node_project("spectral", *_CONTRACTS, "validate.mjs")


def typescript() -> list[str | Path]:
    """The command of a generator of types for TypeScript, and its compiler."""
    return _node_project("typescript", HERE / "typescript", ("types.mjs",), "types.mjs")


def _node_project(name: str, at: Path, scripts: Sequence[str], script: str) -> list[str | Path]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        unavailable("there is no node with npm on this machine")
    sources = [at / file for file in ("package.json", "package-lock.json", *scripts)]

    def made(folder: Path) -> None:
        for source in sources:
            shutil.copy(source, folder)
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)

    return [node, _made_once(name, sources, "", made) / script]


def openbadges_environment() -> list[str | Path]:
    """The command of verify_openbadges.py, in an environment with validator-core."""
    return [_environment("openbadges", HERE / "openbadges.txt") / "python", HERE / "verify_openbadges.py"]


def openapi_environment() -> list[str | Path]:
    """The command of validate_openapi.py, in an environment with openapi-spec-validator."""
    return [_environment("openapi", HERE / "openapi.txt") / "python", HERE / "validate_openapi.py"]


def client_environment() -> Path:
    """Where the programs of an environment are that makes clients of OpenAPI documents, and reads and runs them."""
    return _environment("client", HERE / "client" / "client.txt")


def _environment(name: str, locked: Path) -> Path:
    """Where the programs are of an environment of Python with what a list pins."""

    def made(folder: Path) -> None:
        installer = _uv()
        if installer:
            _run([installer, "venv", "--quiet", "--no-python-downloads", "--python", sys.executable, "venv"], folder)
            install: list[str | Path] = [installer, "pip", "install", "--quiet", "--python", "venv/bin/python"]
        else:
            _run([sys.executable, "-m", "venv", "venv"], folder)
            install = ["venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # Without what they say they need: the pins of some contradict each other, and the list is whole.
        _run([*install, "--no-deps", "--require-hashes", "-r", locked], folder)

    # An environment knows its place and its Python.
    return _made_once(name, [locked], f"{CACHE} {sys.executable} {sys.version}", made) / "venv" / "bin"


def unavailable(reason: str) -> NoReturn:
    """Skip the test, or fail where the verifiers have to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _made_once(name: str, sources: Sequence[Path], place: str, make: Callable[[Path], None]) -> Path:
    digest = sha256(place.encode() + b"".join(source.read_bytes() for source in sources)).hexdigest()
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE.parent / ".gitignore").write_text("*\n")
    folder = CACHE / f"{name}-{digest[:16]}"
    with _alone(CACHE / f"{name}.lock"):
        if not (folder / READY).exists():
            for outdated in CACHE.glob(f"{name}-*"):
                shutil.rmtree(outdated)
            folder.mkdir()
            make(folder)
            (folder / READY).touch()
    return folder


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two workers of the suite share the cache."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str | Path], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=SET_UP_TIMEOUT_S)
    except subprocess.CalledProcessError as error:
        unavailable(f"{Path(command[0]).name} could not set up the verifiers: {error.stderr[-2000:]}")
    except subprocess.TimeoutExpired as error:
        unavailable(f"the verifiers were not set up in time: {error}")


def _uv() -> str | None:
    """The uv that works: a shim without one behind it does not count."""
    for candidate in (shutil.which("uv"), str(ROOT / ".uv" / "bin" / "uv")):
        if candidate and Path(candidate).exists():
            tried = subprocess.run([candidate, "--version"], capture_output=True, check=False)
            if tried.returncode == 0:
                return candidate
    return None
