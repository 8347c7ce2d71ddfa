"""What runs in the processes of ``workers``: frames of MessagePack in and out, until no more come.

A frame is its length (4 bytes, most significant first) and a message; an empty one says that the process is ready.
The process ends by itself when its input does, when a message takes so long that whoever asked must have gone,
or when memory runs out.
"""

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

LENGTH_BYTES = 4
OUT_OF_MEMORY = 3
"""The status of a process that ended because a message needed more memory than it may have."""


def framed(message: msgspec.Struct) -> bytes:
    """Return a message as a frame."""
    encoded = msgspec.msgpack.encode(message)
    return len(encoded).to_bytes(LENGTH_BYTES) + encoded


def serve(answer: Callable[[bytes], msgspec.Struct], memory_bytes: int, alarm_s: int) -> int:
    """Answer what is asked on standard input; returns the exit status.

    Args:
        answer: To one message; what it raises but MemoryError ends the process.
        memory_bytes: Address space, where the system knows such a limit.
        alarm_s: One message may take as long, then the process is ended by a signal.
    """
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(bytes(LENGTH_BYTES))
    sys.stdout.buffer.flush()
    try:
        for frame in _frames(sys.stdin.buffer):
            signal.alarm(alarm_s)
            sys.stdout.buffer.write(framed(answer(frame)))
            sys.stdout.buffer.flush()
            signal.alarm(0)
    except MemoryError:
        return OUT_OF_MEMORY
    except BrokenPipeError:
        # Nobody waits any longer; nothing is left to be flushed either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _frames(stream: BinaryIO) -> Iterator[bytes]:
    while len(length := stream.read(LENGTH_BYTES)) == LENGTH_BYTES:
        yield stream.read(int.from_bytes(length))
