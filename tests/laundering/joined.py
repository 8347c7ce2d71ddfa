"""Credentials with several proofs: sets and chains."""

import functools
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from tests.laundering.embedded import fragment, method_of
from tests.laundering.faults import TOMORROW, YESTERDAY, achievement
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.simulators.provers import PROVERS, Prover

FIRST, SECOND, THIRD = (f"urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c0{number}" for number in (1, 2, 3))
RDF_PROVER, LONG_PROVER = (PROVERS[name] for name in ("eddsa-rdfc-2022", "ecdsa-rdfc-2019 P-384"))
WITNESS = PROVERS["ecdsa-rdfc-2019 P-256"]
"""Somebody else, who signs under a did:key."""

Fault = Callable[[World], dict[str, Any]]
Change = Callable[[dict[str, Any]], object]


def method(world: World, prover: Prover) -> str:
    """What the issuer calls a key of its own."""
    return f"{world.issuer.id}#{fragment(prover)}"


def publish(world: World, *provers: Prover) -> None:
    """Let the issuer list these keys beside its own."""
    own = world.issuer.controller_document()
    methods = [method_of(world, method(world, prover), prover) for prover in provers]
    world.issuer.publish(
        verificationMethod=[*own["verificationMethod"], *methods],
        assertionMethod=[*own["assertionMethod"], *(held["id"] for held in methods)],
    )


def proved(world: World, document: dict[str, Any], prover: Prover, **members: object) -> dict[str, Any]:
    """One more proof of the issuer."""
    return prover.proved(document, **{"verificationMethod": method(world, prover), **members})


def in_a_set(world: World, **changes: object) -> dict[str, Any]:
    """Two proofs of the issuer beside each other, with two suites."""
    publish(world, RDF_PROVER, LONG_PROVER)
    return proved(world, proved(world, world.credential(**changes), RDF_PROVER), LONG_PROVER)


def in_a_chain(world: World, **changes: object) -> dict[str, Any]:
    """A witness signed, then the issuer over it, then the issuer once more over that."""
    publish(world, RDF_PROVER, LONG_PROVER)
    witnessed = WITNESS.proved(world.credential(**changes), id=FIRST)
    followed = proved(world, witnessed, RDF_PROVER, id=SECOND, previousProof=FIRST)
    return proved(world, followed, LONG_PROVER, id=THIRD, previousProof=[FIRST, SECOND])


def changed(make: Fault, change: Change) -> Fault:
    """A change afterwards."""

    def fault(world: World) -> dict[str, Any]:
        document = make(world)
        change(document)
        return document

    return fault


def proof(number: int, **members: object) -> Change:
    """The proof with this number has these members afterwards; None takes one away."""

    def change(document: dict[str, Any]) -> None:
        altered = {**document["proof"][number], **members}
        document["proof"][number] = {name: value for name, value in altered.items() if value is not None}

    return change


def value_of(number: int, other: int) -> Change:
    """The proof with this number has the value of another."""
    return lambda document: proof(number, proofValue=document["proof"][other]["proofValue"])(document)


def revoked(make: Fault) -> Fault:
    """The issuer took it back."""

    def fault(world: World) -> dict[str, Any]:
        world.issuer.status_list(STATUS_LIST, 7)
        return make(world)

    return fault


def withdrawn(make: Fault) -> Fault:
    """The issuer does not list the keys any more."""

    def fault(world: World) -> dict[str, Any]:
        document = make(world)
        world.issuer.publish()
        return document

    return fault


def _in_a_set_of(world: World, second: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    publish(world, RDF_PROVER)
    return second(proved(world, world.credential(), RDF_PROVER))


def only_a_stranger_is_right(world: World) -> dict[str, Any]:
    """The issuer's own proof is wrong, and a right one of somebody else stands beside it."""
    document = WITNESS.proved(_in_a_set_of(world, dict))
    value_of(0, 1)(document)
    return document


def two_strangers(world: World) -> dict[str, Any]:
    """Both proofs are right, and neither is the issuer's."""
    return WITNESS.proved(RDF_PROVER.proved(world.credential()))


def ring(world: World) -> dict[str, Any]:
    """Each proof follows the other."""
    document = in_a_chain(world)
    document["proof"] = [
        {**document["proof"][1], "previousProof": THIRD},
        {**document["proof"][2], "previousProof": SECOND},
    ]
    return document


def follows_itself(world: World) -> dict[str, Any]:
    """A proof follows itself."""
    return changed(in_a_chain, proof(1, previousProof=SECOND))(world)


def witness_of_another(world: World) -> dict[str, Any]:
    """The witness signed another document; the issuer signed that the witness was there."""
    publish(world, RDF_PROVER)
    other = WITNESS.proved(world.credential(name="Surgery"), id=FIRST)
    return proved(world, {**world.credential(), "proof": other["proof"]}, RDF_PROVER, id=SECOND, previousProof=FIRST)


def witness_of_an_unknown_kind(world: World) -> dict[str, Any]:
    """Nobody here can check what the witness signed."""
    publish(world, RDF_PROVER)
    witnessed = WITNESS.proved(world.credential(), id=FIRST)
    proof(0, type="QuantumSignature2099")(witnessed)
    return proved(world, witnessed, RDF_PROVER, id=SECOND, previousProof=FIRST)


def _witnessed(**members: object) -> Fault:
    def fault(world: World) -> dict[str, Any]:
        publish(world, RDF_PROVER)
        witnessed = WITNESS.proved(world.credential(), id=FIRST, **members)
        return proved(world, witnessed, RDF_PROVER, id=SECOND, previousProof=FIRST)

    return fault


def surgery(document: dict[str, Any]) -> None:
    """It is for something else."""
    achievement(document)["name"] = "Surgery"


def _of(make: Callable[..., dict[str, Any]]) -> dict[str, tuple[str, Fault]]:
    """What can be wrong with either."""
    return {
        "tampered": ("proof failed", changed(make, surgery)),
        "dropped-term": ("context failed", changed(make, lambda document: document.update(grade="A"))),
        "values-swapped": ("proof failed", changed(make, lambda it: it["proof"][-1].update(proofValue="z" + "3" * 88))),
        "last-for-authentication": ("proof failed", changed(make, proof(-1, proofPurpose="authentication"))),
        "last-without-a-value": ("proof failed", changed(make, proof(-1, proofValue=None))),
        "keys-withdrawn": ("issuer failed", withdrawn(make)),
        "expired": ("validity-period failed", lambda world: make(world, validUntil=YESTERDAY)),
        "not-yet-valid": ("validity-period failed", lambda world: make(world, validFrom=TOMORROW)),
        "revoked": ("status failed", revoked(make)),
    }


OF_A_SET: Mapping[str, tuple[str, Fault]] = {
    **_of(in_a_set),
    "first-is-wrong": ("proof failed", changed(in_a_set, value_of(0, 1))),
    "second-is-wrong": ("proof failed", changed(in_a_set, value_of(1, 0))),
    "one-expired": (
        "proof failed",
        lambda world: _in_a_set_of(world, lambda it: proved(world, it, RDF_PROVER, expires=YESTERDAY)),
    ),
    "one-from-the-future": (
        "proof failed",
        lambda world: _in_a_set_of(world, lambda it: proved(world, it, RDF_PROVER, created=TOMORROW)),
    ),
    "only-a-stranger-is-right": ("proof failed", only_a_stranger_is_right),
    "two-strangers": ("issuer failed", two_strangers),
}

OF_A_CHAIN: Mapping[str, tuple[str, Fault]] = {
    **_of(in_a_chain),
    "first-link-missing": ("proof failed", changed(in_a_chain, lambda it: it["proof"].pop(0))),
    "middle-link-missing": ("proof failed", changed(in_a_chain, lambda it: it["proof"].pop(1))),
    "link-of-nothing": ("proof failed", changed(in_a_chain, proof(1, previousProof="urn:uuid:nothing"))),
    "links-taken-out": ("proof failed", changed(in_a_chain, proof(1, previousProof=None))),
    "first-link-wrong": ("proof failed", changed(in_a_chain, proof(0, created="2025-11-01T00:00:00Z"))),
    "first-link-has-the-value-of-another": ("proof failed", changed(in_a_chain, value_of(0, 1))),
    "ring": ("proof failed", ring),
    "follows-itself": ("proof failed", follows_itself),
    "two-of-one-id": ("proof failed", changed(in_a_chain, lambda it: it["proof"].append(it["proof"][0]))),
    "witness-of-another-document": ("proof failed", witness_of_another),
    "witness-expired": ("proof failed", _witnessed(expires=YESTERDAY)),
    "witness-from-the-future": ("proof failed", _witnessed(created=TOMORROW)),
    "witness-for-authentication": ("proof failed", _witnessed(proofPurpose="authentication")),
    "witness-of-an-unknown-kind": ("proof unknown", witness_of_an_unknown_kind),
    "witness-that-nobody-knows": ("proof unknown", _witnessed(verificationMethod="did:example:nobody#1")),
    "link-is-a-number": ("shape failed", changed(in_a_chain, proof(1, previousProof=7))),
}


def _made(make: Fault, world: World) -> bytes:
    return as_json(make(world))


def beside_a_strangers_wrong_one(world: World) -> dict[str, Any]:
    """A proof that names nobody's key of the issuer is noted, and spoils nothing."""
    document = WITNESS.proved(_in_a_set_of(world, dict))
    value_of(1, 0)(document)
    return document


def _cases(rows: Mapping[str, tuple[str, Fault]]) -> dict[str, Case]:
    return {name: Case(stop, functools.partial(_made, fault)) for name, (stop, fault) in rows.items()}


FAULTS: Cases = {"proof set": _cases(OF_A_SET), "proof chain": _cases(OF_A_CHAIN)}

SOUND = {
    "proof set": functools.partial(_made, in_a_set),
    "proof chain": functools.partial(_made, in_a_chain),
    "proof set, with a stranger's wrong one": functools.partial(_made, beside_a_strangers_wrong_one),
}
