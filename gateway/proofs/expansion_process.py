"""The process that expands documents for ``expansion_apart``."""

import functools
import sys
from typing import Any

import msgspec

from gateway.proofs import expansion
from gateway.proofs.contexts import PINNED, ContextBody, ContextChoice
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.proofs.findings import Finding
from gateway.proofs.frames import serve
from gateway.proofs.rdfc import Quad

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


def _answer(asked: Asked) -> Answer:
    try:
        return Expanded(*expansion.quads(asked.document, _choice(bytes(asked.bodies))))
    except NotCanonicalisable as error:
        return Refused(error.findings)
    except ContextUnknown as error:
        return NotPinned(error.url, error.pointer)
    except BudgetExceeded as error:
        return TooMuch(str(error))


_DECODER = msgspec.msgpack.Decoder(Asked)


if __name__ == "__main__":
    sys.exit(serve(lambda message: _answer(_DECODER.decode(message)), int(sys.argv[1]), int(sys.argv[2])))
