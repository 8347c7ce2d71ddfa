"""Work in processes of its own, with a deadline and a memory limit: what a hostile document does ends with its process.

A thread cannot be stopped; a process can. There are few, started when first needed and used again; one that misses
its deadline or breaks is killed and replaced. Waiting releases the interpreter, so callers are threads.
"""

import atexit
import contextlib
import math
import os
import select
import subprocess
import sys
import threading
import time

import msgspec

from gateway.proofs.errors import BudgetExceeded
from gateway.proofs.frames import LENGTH_BYTES, OUT_OF_MEMORY, framed

_CHUNK_BYTES = 2**16
_MAX_ANSWER_BYTES = 2**25


class _Late(Exception):
    """The deadline passed."""


class _Ended(Exception):
    """The process is gone."""


class Broken(Exception):
    """The work ended its process, and not for want of memory."""


class _Process:
    """One process with its pipes; used by one thread at a time."""

    def __init__(self, module: str, memory_bytes: int, alarm_s: int) -> None:
        # What it needs to be this Python, and nothing else: no secret is where hostile input is read.
        environment = {name: value for name, value in os.environ.items() if name.startswith(("PYTHON", "LD_", "DYLD_"))}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self._running = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", module, str(memory_bytes), str(alarm_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environment,
            # Ctrl-C is for us; the process ends with its input.
            start_new_session=True,
        )
        if self._running.stdin is None or self._running.stdout is None:
            raise RuntimeError("a process was started without its pipes")
        self._input, self._output = self._running.stdin, self._running.stdout
        for pipe in (self._input, self._output):
            os.set_blocking(pipe.fileno(), False)
        self.pid = self._running.pid

    def await_greeting(self, until_s: float) -> None:
        """Wait until it is ready to be asked.

        Raises:
            BudgetExceeded: It was not in time: the machine has too much to do.
            RuntimeError: It cannot be started at all.
        """
        try:
            self._read(LENGTH_BYTES, until_s)
        except _Late as late:
            raise BudgetExceeded("no process for this work could be started in time") from late
        except _Ended as ended:
            raise RuntimeError(f"a process for this work ends with {self._running.wait()}") from ended

    def answer(self, frame: bytes, until_s: float) -> bytes:
        """Send a frame and wait for the message that answers it.

        Raises:
            _Late, _Ended: The process is of no use any more.
            BudgetExceeded: The answer is larger than any that is asked for; likewise.
        """
        self._write(frame, until_s)
        length = int.from_bytes(self._read(LENGTH_BYTES, until_s))
        if length > _MAX_ANSWER_BYTES:
            raise BudgetExceeded(f"more than {_MAX_ANSWER_BYTES} bytes of answer")
        return self._read(length, until_s)

    def _write(self, frame: bytes, until_s: float) -> None:
        left = memoryview(frame)
        while left:
            _wait(self._input.fileno(), select.POLLOUT, until_s)
            try:
                left = left[os.write(self._input.fileno(), left) :]
            except BrokenPipeError as error:
                raise _Ended from error

    def _read(self, size: int, until_s: float) -> bytes:
        read = bytearray()
        while len(read) < size:
            _wait(self._output.fileno(), select.POLLIN, until_s)
            chunk = os.read(self._output.fileno(), min(size - len(read), _CHUNK_BYTES))
            if not chunk:
                raise _Ended
            read += chunk
        return bytes(read)

    def runs(self) -> bool:
        """Say whether it has not ended by itself."""
        return self._running.poll() is None

    def status(self) -> int:
        """Wait for one that ends by itself, and return its status as ``subprocess`` has it."""
        return self._running.wait()

    def end(self) -> None:
        """Kill it, if it still runs, and leave nothing of it."""
        self._input.close()
        self._output.close()
        self._running.kill()
        self._running.wait()


def _wait(descriptor: int, event: int, until_s: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, until_s - time.monotonic()) * 1000):
        raise _Late


class Workers:
    """A bounded number of processes that run one module, see `gateway.proofs.frames`.

    Args:
        module: Its name.
        limit: How many there are at most.
        deadline_s: How long one message may take, from the moment a process is there for it.
        patience_s: How long to wait while all are busy with other messages.
        start_s: How long to wait for one to start; a busy machine takes seconds.
        memory_bytes: Address space of each, where the system can limit it.
    """

    def __init__(
        self,
        module: str,
        *,
        limit: int = 2,
        deadline_s: float = 1.5,
        patience_s: float = 3.0,
        start_s: float = 10.0,
        memory_bytes: int = 2**28,
    ) -> None:
        self._module = module
        self._limit = limit
        self._deadline_s = deadline_s
        self._patience_s = patience_s
        self._start_s = start_s
        self._memory_bytes = memory_bytes
        self._begin()
        os.register_at_fork(after_in_child=self._begin)
        atexit.register(self.close)

    def _begin(self) -> None:
        """Know of no processes: after a fork they are those of the parent."""
        self._free = threading.BoundedSemaphore(self._limit)
        self._idle: list[_Process] = []

    @property
    def idle(self) -> tuple[int, ...]:
        """The process numbers of those that wait for work."""
        return tuple(process.pid for process in self._idle)

    def answer(self, message: msgspec.Struct) -> bytes:
        """Return the answer to a message, as it came.

        Raises:
            BudgetExceeded: It took too long or too much memory, or no process was free in time.
            Broken: The work ended the process.
            RuntimeError: No process can be started at all.
        """
        frame = framed(message)
        if not self._free.acquire(timeout=self._patience_s):
            raise BudgetExceeded("others are in the way: no process was free for this work")
        try:
            return self._message(frame)
        finally:
            self._free.release()

    def _message(self, frame: bytes) -> bytes:
        """Ask a process that stays if it answers, and is gone otherwise."""
        process = self._ready()
        with contextlib.ExitStack() as failed:
            failed.callback(process.end)
            try:
                message = process.answer(frame, time.monotonic() + self._deadline_s)
            except _Ended as ended:
                raise _of_status(process.status()) from ended
            except _Late as late:
                raise BudgetExceeded(f"it took more than {self._deadline_s:g} seconds") from late
            failed.pop_all()
        self._idle.append(process)
        return message

    def _ready(self) -> _Process:
        while self._idle:
            process = self._idle.pop()
            if process.runs():
                return process
            process.end()
        try:
            process = _Process(self._module, self._memory_bytes, math.ceil(self._deadline_s) + 1)
        except OSError as error:
            raise BudgetExceeded(f"no process for this work can be started: {error.strerror}") from error
        with contextlib.ExitStack() as failed:
            failed.callback(process.end)
            process.await_greeting(time.monotonic() + self._start_s)
            failed.pop_all()
        return process

    def close(self) -> None:
        """End the processes that wait for work; the next message starts new ones."""
        while self._idle:
            self._idle.pop().end()


def _of_status(status: int) -> BudgetExceeded | Broken:
    if status == OUT_OF_MEMORY or status < 0:
        return BudgetExceeded("it took more memory than it may")
    return Broken(f"the process ended with {status}")
