"""Credentials whose statements were signed one by one: never converted, unless another proof is over all of it."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from gateway.proofs import multikey
from tests.laundering.faults import TOMORROW, YESTERDAY, achievement
from tests.laundering.joined import RDF_PROVER, WITNESS, Fault, proved, publish, revoked, withdrawn
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import World, as_json
from tests.simulators import disclosing
from tests.simulators.disclosing import BASE, DERIVED, Issued
from tests.simulators.provers import Prover

SIGNER = Prover("ecdsa-sd-2023", disclosing.KEY)
Part = Callable[[dict[str, Any]], object]


class Statements:
    """A credential of the issuer, signed statement by statement.

    Args:
        world: Where the issuer lives.
        pointers: To what is mandatory.
        changes: Members of the credential.
    """

    def __init__(self, world: World, pointers: tuple[str, ...] = ("/issuer",), **changes: object) -> None:
        publish(world, SIGNER)
        self.method = f"{world.issuer.id}#{multikey.encode(disclosing.KEY.public_key())}"
        self.issued = Issued(world.credential(**changes), pointers, method=self.method)

    def base(self) -> dict[str, Any]:
        """All of it, as the issuer hands it to the holder."""
        return disclosing.secured(self.issued.document, BASE, self.issued.base(), self.method)

    def derived(self, part: Part = dict) -> dict[str, Any]:
        """What the holder shows of it: all, but for what ``part`` takes out of it."""
        shown: dict[str, Any] = json.loads(json.dumps(self.issued.document))
        part(shown)
        return disclosing.secured(shown, DERIVED, self.issued.derived(shown), self.method)


def without(*names: str) -> Part:
    """Take members out."""
    return lambda document: [document.pop(name) for name in names]


def base(**changes: Any) -> Fault:
    """A right base proof."""
    return lambda world: Statements(world, **changes).base()


def derived(part: Part = dict, **changes: Any) -> Fault:
    """A right derived proof of a part."""
    return lambda world: Statements(world, **changes).derived(part)


def altered(make: Fault, change: Callable[[dict[str, Any]], object]) -> Fault:
    """A change afterwards."""

    def fault(world: World) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(json.dumps(make(world)))
        change(document)
        return document

    return fault


def of_proof(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    """A change of the proof."""
    return lambda document: change(document["proof"][0])


def by_a_stranger(world: World) -> dict[str, Any]:
    """Another key signed under the issuer's name for its own."""
    method = Statements(world).method
    issued = Issued(world.credential(), ("/issuer",), disclosing.PROOF_KEY, method)
    return disclosing.secured(issued.document, BASE, issued.base(), method)


def statement_taken_out(world: World) -> dict[str, Any]:
    """The end was taken out of a base proof together with its signature; the rest is still right."""
    signed = Statements(world, validUntil=YESTERDAY)
    [line] = [line for line in signed.issued.signatures if "validUntil" in line]
    signed.issued.signatures.pop(line)
    document = {name: value for name, value in signed.issued.document.items() if name != "validUntil"}
    return disclosing.secured(document, BASE, signed.issued.base(), signed.method)


def swapped_headers(header: bytes, world: World) -> dict[str, Any]:
    """The components of one form under the header of the other."""
    signed = Statements(world)
    components = signed.issued.base() if header == DERIVED else signed.issued.derived(signed.issued.document)
    return disclosing.secured(signed.issued.document, header, components, signed.method)


def beside(other: Prover, make: Callable[[Statements], dict[str, Any]], world: World) -> dict[str, Any]:
    """Another right proof over all of it stands beside it."""
    signed = Statements(world)
    document = make(signed)
    if other is WITNESS:
        return WITNESS.proved(document)
    publish(world, SIGNER, RDF_PROVER)
    return proved(world, document, RDF_PROVER)


def surgery(document: dict[str, Any]) -> None:
    """It is for something else."""
    achievement(document)["name"] = "Surgery"


def _of(make: Callable[..., Fault]) -> dict[str, tuple[str, Fault]]:
    """What can be wrong with either form."""
    return {
        "nothing-else": ("context unknown", make()),
        "tampered": ("proof failed", altered(make(), surgery)),
        "truncated": (
            "proof failed",
            altered(make(), of_proof(lambda it: it.update(proofValue=it["proofValue"][:-2]))),
        ),
        "padded": ("proof failed", altered(make(), of_proof(lambda it: it.update(proofValue=it["proofValue"] + "=")))),
        "other-multibase": (
            "proof failed",
            altered(make(), of_proof(lambda it: it.update(proofValue="z" + it["proofValue"][1:]))),
        ),
        "other-suite": ("proof failed", altered(make(), of_proof(lambda it: it.update(cryptosuite="ecdsa-rdfc-2019")))),
        "authentication": (
            "proof failed",
            altered(make(), of_proof(lambda it: it.update(proofPurpose="authentication"))),
        ),
        "created-changed": (
            "proof failed",
            altered(make(), of_proof(lambda it: it.update(created="2025-12-03T12:00:00Z"))),
        ),
        "dropped-term": ("context failed", altered(make(), lambda it: it.update(grade="A"))),
        "key-withdrawn": ("issuer failed", withdrawn(make())),
        "expired": ("validity-period failed", make(validUntil=YESTERDAY)),
        "not-yet-valid": ("validity-period failed", make(validFrom=TOMORROW)),
        "revoked": ("status failed", revoked(make())),
    }


OF_A_BASE_PROOF: Mapping[str, tuple[str, Fault]] = {
    **_of(base),
    "signed-by-a-stranger": ("proof failed", by_a_stranger),
    "end-taken-out": ("context unknown", statement_taken_out),
    "under-the-other-header": ("proof failed", functools.partial(swapped_headers, BASE)),
    "beside-a-strangers": ("context unknown", functools.partial(beside, WITNESS, Statements.base)),
}

OF_A_DERIVED_PROOF: Mapping[str, tuple[str, Fault]] = {
    **_of(lambda **changes: derived(dict, **changes)),
    "end-hidden": ("context unknown", derived(without("validUntil"), validUntil=YESTERDAY)),
    "status-hidden": ("context unknown", revoked(derived(without("credentialStatus")))),
    "mandatory-hidden": ("proof failed", altered(derived(dict), lambda it: it["issuer"].pop("name"))),
    "something-added": (
        "proof failed",
        altered(derived(without("validUntil"), validUntil=YESTERDAY), lambda it: it.update(validUntil=TOMORROW)),
    ),
    "under-the-other-header": ("proof failed", functools.partial(swapped_headers, DERIVED)),
    "beside-a-strangers": ("context unknown", functools.partial(beside, WITNESS, Statements.derived)),
}


def _made(make: Fault, world: World) -> bytes:
    return as_json(make(world))


def _cases(rows: Mapping[str, tuple[str, Fault]]) -> dict[str, Case]:
    return {name: Case(stop, functools.partial(_made, fault)) for name, (stop, fault) in rows.items()}


FAULTS: Cases = {
    "ecdsa-sd-2023, base": _cases(OF_A_BASE_PROOF),
    "ecdsa-sd-2023, derived": _cases(OF_A_DERIVED_PROOF),
}

SOUND = {
    "ecdsa-sd-2023, base": functools.partial(_made, functools.partial(beside, RDF_PROVER, Statements.base)),
    "ecdsa-sd-2023, derived": functools.partial(_made, functools.partial(beside, RDF_PROVER, Statements.derived)),
}
"""Beside a proof of the issuer over all of it; alone, neither is converted."""
