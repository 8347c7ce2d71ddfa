"""The official shapes of ELM, as an operator has them in a folder, and documents held against them in another process.

They are not shipped: they are large, change, and judge nothing that the checks do not judge on every document.

Source: European Learning Model 3.1 and 3.2, application profile EDC (``EDC-*.ttl``).
"""

import asyncio
import importlib.util
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec

from gateway.errors import GatewayError
from gateway.proofs.errors import BudgetExceeded
from gateway.proofs.workers import Broken, Workers
from gateway.trust import shacl_messages
from gateway.trust.shacl_messages import AskedOfShapes, Judged

MOST_AT_ONCE: Final = 4
"""Documents that wait for shapes at one time; who comes later is told so at once."""

_PROFILES: Final = "http://data.europa.eu/snb/model/ap/"
_BASE: Final = "EDC-generic-no-cv.ttl"
_GENERIC: Final = (_BASE, "EDC-generic-full.ttl")
_ACCREDITED: Final = "EDC-accredited.ttl"
_FILES: Final[Mapping[str, tuple[str, ...]]] = {
    f"{_PROFILES}edc-generic-no-cv": (_BASE,),
    f"{_PROFILES}edc-generic-full": _GENERIC,
    f"{_PROFILES}edc-accredited": (*_GENERIC, _ACCREDITED),
    f"{_PROFILES}edc-converted": (*_GENERIC, "EDC-converted.ttl"),
    f"{_PROFILES}edc-issued-by-mandate": (*_GENERIC, "EDC-issuedByMandate.ttl"),
    f"{_PROFILES}edc-diploma-supplement": (*_GENERIC, _ACCREDITED, "EDC-diplomaSupplement.ttl"),
}
"""The files that a profile consists of, by the id of ``credentialSchema``; nothing is ever fetched from there."""

_VERSION: Final = re.compile(r"owl:versionInfo\s+\"(\d+)\.(\d+)")
_MODULE: Final = shacl_messages.__name__.replace("shacl_messages", "shacl_process")
_INSTALL: Final = "Install the extra: pip install 'open-badges-gateway[shacl]'."


class ShapesUnavailable(GatewayError):
    """There is nothing here to hold a document against, or nobody who could.

    It has no code: a check that was not done is made of it, or a setting that cannot be.
    """


class Shapes(msgspec.Struct, frozen=True):
    """A folder of shapes.

    Attributes:
        folder: Where they lie.
        names: Of the files there.
        version: Of ELM: ``3.1`` or ``3.2``; it says which context a document is read under.
    """

    folder: str
    names: frozenset[str]
    version: str

    def files(self, profiles: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files of all these profiles together, the generic one for none.

        Raises:
            ShapesUnavailable: One is unknown, or its file is not there.
        """
        unknown = [profile for profile in profiles if profile not in _FILES]
        if unknown:
            raise ShapesUnavailable(f"no shapes are known for the profile {unknown[0]}")
        files = tuple(dict.fromkeys(name for profile in profiles for name in _FILES[profile])) or _GENERIC
        if missing := [name for name in files if name not in self.names]:
            fix = "Put the official files of the application profile EDC there."
            raise ShapesUnavailable(f"{self.folder}: holds no {missing[0]}", fix=fix)
        return files


def shapes_of(folder: str, texts: Mapping[str, bytes]) -> Shapes:
    """Return what a folder holds.

    Args:
        folder: Absolute.
        texts: Its files by name.

    Raises:
        ShapesUnavailable: Not the shapes of EDC.
    """
    found = _VERSION.search(texts.get(_BASE, b"").decode("utf-8", "replace"))
    if found is None:
        fix = "Name the folder that holds the files EDC-*.ttl of the European Learning Model, of one version."
        raise ShapesUnavailable(f"{folder}: holds no {_BASE} that says its version", fix=fix)
    # The application profile 1.1 is that of ELM 3.1, 1.2 that of 3.2.
    return Shapes(folder, frozenset(texts), f"3.{found[2]}")


class ShapeProcesses(Workers):
    """The processes that know shapes: rdflib and pyshacl are slow, and nobody knows what a document makes of them."""

    def __init__(self, *, limit: int = 1, deadline_s: float = 10.0, patience_s: float = 5.0) -> None:
        super().__init__(
            _MODULE, limit=limit, deadline_s=deadline_s, patience_s=patience_s, start_s=30.0, memory_bytes=2**30
        )
        # Threads of their own: those that all other work shares must not wait for seconds.
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "shapes")
        self._asked = 0

    async def judged(self, ntriples: str, shapes: Shapes, files: tuple[str, ...]) -> Judged:
        """Hold a graph against shapes, beside the event loop.

        Raises:
            ShapesUnavailable: The extra is not installed, or the files cannot be read.
            BudgetExceeded: It took too long or too much memory, or no process was free in time.
        """
        if importlib.util.find_spec("pyshacl") is None:
            raise ShapesUnavailable("pyshacl is not installed", fix=_INSTALL)
        if self._asked >= MOST_AT_ONCE:
            raise BudgetExceeded("others are in the way: too many documents are held against shapes just now")
        asked = AskedOfShapes(ntriples, shapes.folder, files)
        self._asked += 1
        try:
            message = await asyncio.get_running_loop().run_in_executor(self._threads, self.answer, asked)
        except Broken as error:
            fix = "See whether the files there are those that were published."
            raise ShapesUnavailable(f"{shapes.folder}: the shapes cannot be applied", fix=fix) from error
        finally:
            self._asked -= 1
        return msgspec.msgpack.decode(message, type=Judged)


PROCESSES: Final = ShapeProcesses()
"""Those that the whole gateway shares."""
