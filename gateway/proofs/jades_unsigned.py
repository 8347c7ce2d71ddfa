"""What was added to a seal afterwards (``etsiU``): timestamps, certificates, revocation data, counter-signatures.

No signature covers the list itself, so nothing in it can make a seal worse than it is: what cannot be read is remarked.
Source: ETSI TS 119 182-1 V1.2.1 sections 5.3 and A.1.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url
from gateway.proofs.certificates import MAX_CERTIFICATES
from gateway.proofs.errors import ProofError
from gateway.proofs.jades_header import binary

MAX_COMPONENTS: Final = 64
MAX_VALUES: Final = 24_000
"""Of JSON, in all that was added to a document; the largest genuine archive has some hundred."""
_LIMITS: Final = strict_json.Limits(max_depth=12, max_nodes=4_096)


class Component(msgspec.Struct, frozen=True):
    """One member that was added.

    Attributes:
        name: ``sigTst``, ``xVals``, ``rVals``, ``arcTst`` ...
        value: Of that name, of any type.
        raw: The base64url text as it stands in the list; "" where the member stands there in the clear.
    """

    name: str
    value: Any
    raw: str


class Added(msgspec.Struct, frozen=True):
    """All that was added.

    Attributes:
        components: In their order.
        remarks: What could not be read.
    """

    components: tuple[Component, ...] = ()
    remarks: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """The kinds of members that are there."""
        return frozenset(component.name for component in self.components)

    def certificates(self) -> tuple[bytes, ...]:
        """DER of the certificates, those of timestamps too; at most 32, and none that is not base64."""
        found: list[bytes] = []
        for component in self.components:
            held = component.value
            if component.name in ("tstVD", "anyValData") and isinstance(held, dict):
                held = held.get("xVals")
            elif component.name not in ("xVals", "axVals"):
                continue
            found += _certificates(held)
        return tuple(dict.fromkeys(found))[:MAX_CERTIFICATES]


class Additions:
    """What was added to the signatures of one document: the same text is decoded once, and all of it within limits."""

    def __init__(self) -> None:
        self._known: dict[str, Component] = {}
        self._left = MAX_VALUES

    def component(self, one: Any) -> Component:
        """One member of ``etsiU``.

        Raises:
            ProofError: It cannot be read, or too much was read before.
        """
        if not isinstance(one, str):
            return _component(one, "")
        if one not in self._known:
            self._known[one] = _component(self._decoded(base64url.decode(one)), one)
        return self._known[one]

    def _decoded(self, text: bytes) -> Any:
        self._left -= sum(map(text.count, (b"[", b"{", b",")))  # as many values at most, without parsing them
        if self._left < 0:
            raise ProofError(f"is not read: more than {MAX_VALUES} values were added to the document")
        try:
            return strict_json.decode(text, _LIMITS)
        except AdapterError as error:
            raise ProofError(f"is not strict JSON: {error.reason}") from error


def added(unprotected: dict[str, Any], additions: Additions) -> Added:
    """Read the header that is not signed."""
    if "etsiU" not in unprotected:
        return Added()
    listed = unprotected["etsiU"]
    if not isinstance(listed, list):
        return Added(remarks=("etsiU is not a list: what was added after sealing is not read",))
    if len(listed) > MAX_COMPONENTS:
        return Added(remarks=(f"more than {MAX_COMPONENTS} members were added after sealing; none is read",))
    if len({isinstance(one, str) for one in listed}) > 1:
        return Added(remarks=("etsiU mixes encoded and clear members: none is read",))
    components, remarks = [], []
    for index, one in enumerate(listed):
        try:
            components.append(additions.component(one))
        except ProofError as error:
            remarks.append(f"etsiU/{index} {error.reason}")
    return Added(tuple(components), tuple(remarks))


def _component(said: Any, raw: str) -> Component:
    if not isinstance(said, dict) or len(said) != 1:
        raise ProofError("is not an object with one member")
    [(name, value)] = said.items()
    return Component(name, value, raw)


def _certificates(listed: Any) -> Iterator[bytes]:
    for one in listed[:MAX_CERTIFICATES] if isinstance(listed, list) else ():
        if isinstance(one, dict) and "x509Cert" in one:
            try:
                yield binary(one["x509Cert"])
            except ProofError:
                continue
