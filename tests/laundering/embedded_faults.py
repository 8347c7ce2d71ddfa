"""Everything that can be wrong with one embedded proof, for each cryptosuite and curve."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from gateway.proofs import multikey
from tests.laundering.embedded import KINDS, Badge, method_of
from tests.laundering.faults import NEUTRAL, TOMORROW, YESTERDAY, achievement
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.simulators.provers import JCS, PROVERS

Fault = Callable[[Badge], dict[str, Any] | bytes]

OTHER_DOCUMENT = "urn:uuid:3f1f6f0e-6f5e-4f43-9d27-2f6b5f7f7a11"
SCHEMA = "https://schema.org/"


def changed(change: Callable[[dict[str, Any]], object]) -> Fault:
    """A sound credential with a change afterwards."""

    def fault(badge: Badge) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(json.dumps(badge.signed()))
        change(document)
        return document

    return fault


def altered(**members: object) -> Fault:
    """A sound credential with a change of its proof afterwards."""
    return lambda badge: badge.altered(**members)


def signed(**members: Any) -> Fault:
    """A right proof that has these members."""
    return lambda badge: badge.signed(None, None, **members)


def issued(**changes: object) -> Fault:
    """A right proof of a credential that has these members."""
    return lambda badge: badge.signed(badge.document(**changes))


def revalued(change: Callable[[str], object]) -> Fault:
    """A proof value in another form."""
    return lambda badge: badge.altered(proofValue=change(badge.value))


def raw(change: Callable[[bytes], bytes]) -> Fault:
    """Other bytes in a proof value of the right form."""
    return revalued(lambda value: multikey.base58btc(change(multikey.decode_base58btc(value))))


def published(**members: object) -> Fault:
    """The issuer publishes the key with these members, and signed before."""

    def fault(badge: Badge) -> dict[str, Any]:
        badge.publish(**members)
        return badge.signed()

    return fault


def beside(*others: dict[str, object], keep: bool = True) -> Fault:
    """Further proofs like the right one, but for these members."""

    def fault(badge: Badge) -> dict[str, Any]:
        document = badge.signed()
        [right] = document["proof"]
        return {**document, "proof": [*([right] if keep else []), *({**right, **other} for other in others)]}

    return fault


def after(prepare: Callable[[Badge], object], make: Fault = Badge.signed) -> Fault:
    """Something happens in the world before the badge is sent."""

    def fault(badge: Badge) -> dict[str, Any] | bytes:
        prepare(badge)
        return make(badge)

    return fault


def of_another_document(badge: Badge) -> dict[str, Any]:
    """The proof of another credential of the issuer."""
    other = badge.signed(badge.document(id=OTHER_DOCUMENT))
    return {**badge.document(), "proof": other["proof"]}


def of_another_suite(badge: Badge) -> dict[str, Any]:
    """The same signature under the name of another suite."""
    name = next(name for name in ("eddsa-rdfc-2022", "eddsa-jcs-2022") if name != badge.prover.suite)
    return badge.altered(type="DataIntegrityProof", cryptosuite=name)


def of_another_key_type(badge: Badge) -> dict[str, Any]:
    """The issuer publishes a key of another kind under the name."""
    other = next(prover for prover in PROVERS.values() if prover.key_bits != badge.prover.key_bits)
    key = method_of(badge.world, badge.method, other)["publicKeyMultibase"]
    badge.publish(publicKeyMultibase=key)
    return badge.signed()


def weak_key(badge: Badge) -> dict[str, Any]:
    """The issuer publishes a key that is a point of small order, or no point at all."""
    badge.publish(publicKeyMultibase=multikey.base58btc(b"\xed\x01" + NEUTRAL))
    return badge.altered(proofValue=multikey.base58btc(NEUTRAL + bytes(32)))


def member_twice(badge: Badge) -> bytes:
    """JSON of which one reader takes the first name, another the second."""
    return as_json(badge.signed()).replace(b'"name": "Knots"', b'"name": "Surgery", "name": "Knots"', 1)


def issuer_withheld(badge: Badge) -> dict[str, Any]:
    """The issuer cannot be asked."""
    document = badge.signed()
    badge.world.web.unreachable(badge.world.issuer.id)
    return document


def redirected(badge: Badge) -> dict[str, Any]:
    """Another host answers for the issuer."""
    document, world = badge.signed(), badge.world
    world.web.publish("https://stranger.example/copy", world.web.body(world.issuer.id), "application/ld+json")
    world.web.redirect(world.issuer.id, "https://stranger.example/copy")
    return document


def own_evidence(badge: Badge, **changes: object) -> dict[str, Any]:
    """A credential that is its own evidence, where every term of a credential is defined as well."""
    document = badge.document(**changes)
    types = ["Evidence", "VerifiableCredential"]
    return badge.signed({**document, "evidence": [{"id": document["id"], "type": types}]})


def end_moved(badge: Badge) -> dict[str, Any]:
    """It ended yesterday; the end was moved to the evidence afterwards."""
    document = own_evidence(badge, validUntil=YESTERDAY)
    document["evidence"][0][badge.end] = document.pop(badge.end)
    return document


def status_moved(badge: Badge) -> dict[str, Any]:
    """It is revoked; where to ask was moved to the evidence afterwards."""
    document = own_evidence(badge)
    document["evidence"][0]["credentialStatus"] = document.pop("credentialStatus")
    badge.revoke()
    return document


def revoked(badge: Badge) -> dict[str, Any]:
    """The issuer took it back."""
    document = badge.signed()
    badge.revoke()
    return document


def list_unreachable(badge: Badge) -> dict[str, Any]:
    """Nobody can be asked whether it took it back."""
    document = badge.signed()
    badge.world.web.unreachable(STATUS_LIST)
    return document


OF_EVERY_SUITE: dict[str, tuple[str, Fault]] = {
    "tampered": ("proof failed", changed(lambda it: achievement(it).update(name="Surgery"))),
    "other-learner": ("proof failed", changed(lambda it: it["credentialSubject"].update(id="did:example:somebody"))),
    "other-issuer": ("issuer failed", changed(lambda it: it["issuer"].update(id="https://stranger.example/profile"))),
    "end-taken-out": (
        "proof failed",
        lambda badge: {**badge.signed(badge.document(validUntil=YESTERDAY)), badge.end: TOMORROW},
    ),
    "status-taken-out": ("proof failed", changed(lambda it: it.pop("credentialStatus"))),
    "proof-of-another": ("proof failed", of_another_document),
    "signed-by-a-stranger": ("proof failed", lambda badge: badge.signed(by=badge.stranger)),
    "a-strangers-own": (
        "issuer failed",
        lambda badge: badge.signed(by=badge.stranger, verificationMethod=badge.stranger.method),
    ),
    "a-strangers-key-in-the-name": (
        "issuer failed",
        lambda badge: badge.signed(
            by=badge.stranger,
            verificationMethod=f"{badge.world.issuer.id}#{badge.stranger.did.removeprefix('did:key:')}",
        ),
    ),
    "truncated": ("proof failed", raw(lambda value: value[:-1])),
    "longer": ("proof failed", raw(lambda value: value + b"\0")),
    "all-zero": ("proof failed", raw(lambda value: bytes(len(value)))),
    "halves-swapped": ("proof failed", raw(lambda value: value[len(value) // 2 :] + value[: len(value) // 2])),
    "padded": ("proof failed", revalued(lambda value: value + "=")),
    "leading-zero": ("proof failed", revalued(lambda value: f"z1{value[1:]}")),
    "other-multibase": ("proof failed", revalued(lambda value: f"u{value[1:]}")),
    "no-multibase": ("proof failed", revalued(lambda value: value[1:])),
    "hexadecimal": ("proof failed", revalued(lambda value: f"f{multikey.decode_base58btc(value).hex()}")),
    "white-space": ("proof failed", revalued(lambda value: value + "\n")),
    "empty-value": ("proof failed", altered(proofValue="")),
    "no-value": ("proof failed", altered(proofValue=None)),
    "value-is-a-list": ("shape failed", revalued(lambda value: [value])),
    "other-suite": ("proof failed", of_another_suite),
    "suite-that-nobody-knows": ("proof unknown", altered(type="DataIntegrityProof", cryptosuite="quantum-rdfc-2099")),
    "type-that-nobody-knows": ("proof unknown", altered(type="QuantumSignature2099")),
    "type-of-a-list": ("shape failed", altered(type=["DataIntegrityProof", "Ed25519Signature2020"])),
    "no-method": ("proof failed", altered(verificationMethod=None)),
    "method-is-an-object": ("shape failed", altered(verificationMethod={"id": "https://issuer.example/profile#key"})),
    "method-of-another": ("issuer failed", signed(verificationMethod="https://stranger.example/profile#key")),
    "authentication": ("proof failed", signed(proofPurpose="authentication")),
    "two-purposes": ("shape failed", signed(proofPurpose=["assertionMethod", "authentication"])),
    "no-purpose": ("proof failed", altered(proofPurpose=None)),
    "from-the-future": ("proof failed", signed(created=TOMORROW)),
    "made-some-day": ("shape failed", signed(created="some day")),
    "proof-expired": ("proof failed", signed(expires=YESTERDAY)),
    "expiry-taken-out": (
        "proof failed",
        lambda badge: {**(it := badge.signed(expires=YESTERDAY)), "proof": [{**it["proof"][0], "expires": TOMORROW}]},
    ),
    "domain-added": ("proof failed", altered(domain="https://verifier.example")),
    "challenge-taken-out": (
        "proof failed",
        lambda badge: {
            **(it := badge.signed(challenge="1f44d55f")),
            "proof": [{name: value for name, value in it["proof"][0].items() if name != "challenge"}],
        },
    ),
    "no-proof": ("proof failed", changed(lambda it: it.pop("proof"))),
    "empty-proofs": ("proof failed", changed(lambda it: it.update(proof=[]))),
    "nine-proofs": ("proof failed", beside(*[{}] * 8)),
    "wrong-beside-right": ("proof failed", beside({"proofValue": multikey.base58btc(bytes(64))})),
    "authentication-beside-right": ("proof failed", beside({"proofPurpose": "authentication"})),
    "only-unknown-kinds": ("proof unknown", beside({"type": "A"}, {"type": "B"}, keep=False)),
    "key-withdrawn": ("issuer failed", after(Badge.withdraw)),
    "key-for-something-else": ("issuer failed", after(functools.partial(Badge.withdraw, held=True))),
    "key-revoked": ("issuer failed", published(revoked=YESTERDAY)),
    "key-expired": ("issuer failed", published(expires=YESTERDAY)),
    "key-of-another-controller": ("issuer failed", published(controller="https://stranger.example/profile")),
    "key-without-a-controller": ("issuer failed", published(controller=None)),
    "key-of-another-type": ("proof failed", of_another_key_type),
    "key-that-is-none": ("proof unknown", published(publicKeyMultibase="z6Mk")),
    "weak-key": ("proof unknown", weak_key),
    "issuer-unreachable": ("issuer unknown", issuer_withheld),
    "issuer-redirected": ("issuer unknown", redirected),
    "expired": ("validity-period failed", issued(validUntil=YESTERDAY)),
    "not-yet-valid": ("validity-period failed", issued(validFrom=TOMORROW)),
    "revoked": ("status failed", revoked),
    "list-unreachable": ("status unknown", list_unreachable),
    "member-twice": ("opening malformed", member_twice),
    "nested-context": ("proof failed", changed(lambda it: achievement(it).update({"@context": {"name": None}}))),
    "dropped-value": ("proof failed", changed(lambda it: it.update(inLanguage={"@value": "en", "grade": 1}))),
    "prefixed-member": ("proof failed", changed(lambda it: it.update({"schema:name": "Surgery"}))),
    "keyword-member": ("proof failed", changed(lambda it: it.update({"@included": [{"name": "Surgery"}]}))),
    "graph-member": ("proof failed", changed(lambda it: it.update({"@graph": []}))),
    "nest-member": ("proof failed", changed(lambda it: it.update({"@nest": {"name": "Surgery"}}))),
    "index-member": ("proof failed", changed(lambda it: achievement(it).update({"@index": "Surgery"}))),
}

_LEFT_OUT = ("context failed", "proof failed")

_UNLIKE: Mapping[str, tuple[str, str, Fault]] = {
    "unknown-context": (
        "proof unknown",
        "proof unknown",
        changed(lambda it: it["@context"].append("https://stranger.example/context.json")),
    ),
    "inline-context": ("proof failed", "context failed", changed(lambda it: it["@context"].append({"name": SCHEMA}))),
    "dropped-term": (*_LEFT_OUT, changed(lambda it: achievement(it).update(grade="with distinction"))),
    "dropped-type": (*_LEFT_OUT, changed(lambda it: achievement(it)["type"].append("Doctorate"))),
    "relative-id": (
        *_LEFT_OUT,
        changed(lambda it: it.update(evidence=[{"id": "thesis", "type": ["Evidence"], "name": "Thesis"}])),
    ),
    "contexts-swapped": (*_LEFT_OUT, changed(lambda it: it["@context"].reverse())),
    "proof-member-added": (*_LEFT_OUT, altered(nonsense="Surgery")),
    "end-moved": (*_LEFT_OUT, end_moved),
    "status-moved": (*_LEFT_OUT, status_moved),
}
"""What stops it over RDF, and what over JSON: RDF does not tell all apart, JSON leaves out contexts."""

_OWN_STOPS = {("Ed25519Signature2020", "expiry-taken-out"): "context failed"}  # its context does not know `expires`


def _cases(kind: str) -> dict[str, Case]:
    unlike = {name: (stops[kind.partition(", ")[0] in JCS], fault) for name, (*stops, fault) in _UNLIKE.items()}
    return {
        name: Case(_OWN_STOPS.get((kind, name), stop), functools.partial(_made, kind, fault))
        for name, (stop, fault) in (OF_EVERY_SUITE | unlike).items()
    }


def _made(kind: str, fault: Fault, world: World) -> bytes:
    made = fault(Badge(kind, world))
    return made if isinstance(made, bytes) else as_json(made)


FAULTS: Cases = {kind: _cases(kind) for kind in KINDS}
