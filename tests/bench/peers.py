"""The same work done by what others use: pyld, npm jsonld and npm @digitalbazaar/vc, each in rounds beside ours."""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any  # Any: JSON documents

import msgspec

from gateway.proofs import contexts
from tests.interop.oracles import Talk, node_project

ROUNDS = 7
TIMES = 40
WARM_UP = 60


class _Cost(msgspec.Struct, frozen=True):
    cpu_us: float


class Peer:
    """One node process that repeats a job; its cost is CPU time of that whole process."""

    def __init__(self, talk: Talk, job: dict[str, Any]) -> None:
        self._talk = talk
        self._job = job
        self._rounds: list[float] = []
        self._once(WARM_UP)

    def round(self) -> None:
        """Measure once more."""
        self._rounds.append(self._once(TIMES))

    @property
    def cpu_us(self) -> float:
        """The median over the rounds."""
        return statistics.median(self._rounds)

    def _once(self, times: int) -> float:
        return self._talk.exchange({**self._job, "times": times}, _Cost).cpu_us


@contextmanager
def node(script: str) -> Iterator[Talk | None]:
    """A node process that knows the pinned contexts; None on a machine without node."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        yield None
        return
    with Talk(node_project(script)) as talk:
        talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
        yield talk
