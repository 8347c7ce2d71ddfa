"""Files that only their owner may read, written whole or not at all; the master key is one of them."""

import base64
import binascii
import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from gateway.errors import Misconfigured

MASTER_KEY_BYTES = 32
MASTER_KEY_FILE = "master.key"


def private_folder(path: Path) -> Path:
    """Return the folder; make it, for its owner alone, when it is not there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Replace the file at once and durably: after a crash it holds the old content or the new."""
    with _durable(path, content) as temporary:
        temporary.replace(path)


def first_private(path: Path, content: bytes) -> bytes:
    """Write the file durably unless it is there; return what it holds. The first of several writers wins."""
    with _durable(path, content) as temporary, contextlib.suppress(FileExistsError):
        path.hardlink_to(temporary)
    return path.read_bytes()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file against every other thread and process; whoever dies lets go."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def master_key(data_dir: Path, configured: str | None) -> bytes:
    """Return the 32 bytes that encrypt documents at rest.

    Args:
        data_dir: Holds the file ``master.key``, which is made when nothing is configured.
        configured: The key in base64, of either alphabet; None or "" for the file.

    Raises:
        Misconfigured: Not 32 bytes in base64, or the file cannot be read or made.
    """
    if configured:
        return _master_key(configured, "GATEWAY_MASTER_KEY")
    path = data_dir / MASTER_KEY_FILE
    try:
        if path.exists():
            text = path.read_bytes()
        else:
            private_folder(data_dir)
            text = first_private(path, base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)) + b"\n")
    except OSError as error:
        raise Misconfigured(
            f"the master key cannot be read or made: {error}",
            pointer="GATEWAY_DATA_DIR",
            fix="set GATEWAY_DATA_DIR to a folder that the gateway may write to, or set GATEWAY_MASTER_KEY",
        ) from error
    return _master_key(text.decode("ascii", "replace"), str(path))


def _master_key(text: str, place: str) -> bytes:
    try:
        key = base64.b64decode(text.strip().rstrip("=").translate({45: 43, 95: 47}) + "=", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _no_master_key(place) from error
    if len(key) != MASTER_KEY_BYTES:
        raise _no_master_key(place)
    return key


def _no_master_key(place: str) -> Misconfigured:
    return Misconfigured(
        "the master key is not 32 bytes in base64",
        pointer=place,
        fix="restore the key of this store; for a new store, `openssl rand -base64 32` makes one",
    )


@contextlib.contextmanager
def _durable(path: Path, content: bytes) -> Iterator[Path]:
    """Hand out a file beside ``path`` with the content on disk; afterwards make the folder durable."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
