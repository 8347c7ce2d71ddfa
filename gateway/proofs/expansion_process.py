"""The process that expands documents for ``expansion_apart``: frames of MessagePack in and out, until no more come.

A frame is its length (4 bytes, most significant first) and a message; an empty one says that the process is ready.
The process ends by itself when its input does, when a document takes so long that whoever asked must have gone,
or when memory runs out.
"""

import contextlib
import functools
import os
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from gateway.proofs import expansion
from gateway.proofs.contexts import PINNED, ContextBody, ContextChoice
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.proofs.findings import Finding
from gateway.proofs.rdfc import Quad

LENGTH_BYTES = 4
OUT_OF_MEMORY = 3
"""The status of a process that ended because a document needed more memory than it may have."""

_BODIES = {body.name: body for pinned in PINNED for body in pinned.bodies}


class Asked(msgspec.Struct, frozen=True):
    """A document to be expanded.

    Attributes:
        bodies: Context URL -> the name of a pinned body, or a whole body that is not pinned; as a message of its own.
    """

    document: dict[str, Any]  # Any: members of JSON documents
    bodies: msgspec.Raw


class Expanded(msgspec.Struct, frozen=True, tag=True):
    """What ``expansion.quads`` returned."""

    quads: list[Quad]
    findings: tuple[Finding, ...]


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why the document has no canonical form."""

    findings: tuple[Finding, ...]


class NotPinned(msgspec.Struct, frozen=True, tag=True):
    """A context that the choice does not hold."""

    url: str
    pointer: str


class TooMuch(msgspec.Struct, frozen=True, tag=True):
    """A bound that the document broke."""

    message: str


Answer = Expanded | Refused | NotPinned | TooMuch


@functools.lru_cache(maxsize=32)
def described(choice: ContextChoice) -> msgspec.Raw:
    """Return ``Asked.bodies`` for a choice."""
    bodies = {url: body.name if _BODIES.get(body.name) is body else body for url, body in choice.bodies.items()}
    return msgspec.Raw(msgspec.msgpack.encode(bodies))


@functools.lru_cache(maxsize=32)
def _choice(bodies: bytes) -> ContextChoice:
    named = msgspec.msgpack.decode(bodies, type=dict[str, str | ContextBody])
    return ContextChoice({url: _BODIES[body] if isinstance(body, str) else body for url, body in named.items()})


def framed(message: msgspec.Struct) -> bytes:
    """Return a message as a frame."""
    encoded = msgspec.msgpack.encode(message)
    return len(encoded).to_bytes(LENGTH_BYTES) + encoded


def _frames(stream: BinaryIO) -> Iterator[bytes]:
    while len(length := stream.read(LENGTH_BYTES)) == LENGTH_BYTES:
        yield stream.read(int.from_bytes(length))


def _answer(asked: Asked) -> Answer:
    try:
        return Expanded(*expansion.quads(asked.document, _choice(bytes(asked.bodies))))
    except NotCanonicalisable as error:
        return Refused(error.findings)
    except ContextUnknown as error:
        return NotPinned(error.url, error.pointer)
    except BudgetExceeded as error:
        return TooMuch(str(error))


def _serve(alarm_s: int) -> int:
    decoder = msgspec.msgpack.Decoder(Asked)
    sys.stdout.buffer.write(bytes(LENGTH_BYTES))
    sys.stdout.buffer.flush()
    try:
        for frame in _frames(sys.stdin.buffer):
            signal.alarm(alarm_s)
            sys.stdout.buffer.write(framed(_answer(decoder.decode(frame))))
            sys.stdout.buffer.flush()
            signal.alarm(0)
    except MemoryError:
        return OUT_OF_MEMORY
    except BrokenPipeError:
        # Nobody waits any longer; nothing is left to be flushed either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def main(memory_bytes: int, alarm_s: int) -> int:
    """Answer what is asked on standard input; returns the exit status.

    Args:
        memory_bytes: Address space, where the system knows such a limit.
        alarm_s: One document may take as long, then the process is ended by a signal.
    """
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return _serve(alarm_s)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
