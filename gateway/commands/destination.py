"""Where a badge is written: found usable before anything is signed, and touched only when there is a badge."""

import argparse
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gateway.commands.usage import Usage

STANDARD_OUTPUT = "-"


def place(arguments: argparse.Namespace) -> str:
    """Return the argument of ``-o``: ``--as`` alone means standard output; "" when nothing is to be written.

    Raises:
        Usage: Standard output is a terminal, or taken by the report as JSON.
    """
    named = arguments.output or (STANDARD_OUTPUT if arguments.carrier else "")
    if named != STANDARD_OUTPUT:
        return named
    if arguments.json:
        raise Usage(
            "the badge and the report as JSON cannot both go to standard output", pointer="-o", fix="give -o FILE"
        )
    if not arguments.output and sys.stdout.isatty():
        raise Usage(
            "--as says how to write the badge, and nothing says where to",
            pointer="-o",
            fix="give -o FILE, or -o - for this terminal",
        )
    return named


@contextmanager
def opened(named: str) -> Iterator[Callable[[bytes], None]]:
    """Hand out what writes the badge. A file keeps what it held, or is not made at all, until that is called.

    Raises:
        Usage: The file cannot be written.
    """
    if not named:
        yield lambda _: None
    elif named == STANDARD_OUTPUT:
        yield _to_standard_output
    else:
        with _file(Path(named)) as write:
            yield write


def _to_standard_output(badge: bytes) -> None:
    ended = b"\n" if sys.stdout.isatty() and not badge.endswith(b"\n") else b""
    sys.stdout.buffer.write(badge + ended)
    sys.stdout.buffer.flush()


@contextmanager
def _file(path: Path) -> Iterator[Callable[[bytes], None]]:
    written = False
    made = not path.exists()
    with _named(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)

    def write(badge: bytes) -> None:
        nonlocal written
        with _named(path):
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.ftruncate(descriptor, 0)
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.write(badge)
        written = True

    try:
        yield write
    finally:
        os.close(descriptor)
        if made and not written:
            path.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Usage(f"cannot write {path}: {error.strerror}", pointer="-o", fix="give another file") from error
