"""Credentials with an embedded proof of each cryptosuite, whose https issuer publishes the key as a Multikey."""

import functools
from typing import Any  # Any: members of JSON documents

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.proofs import multikey
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.simulators.lists import list_of_2021
from tests.simulators.provers import PROVERS, Prover

OLDER = "VCDM 1.1"
_STATUS_LIST_2021 = "https://w3id.org/vc/status-list/2021/v1"

_OTHER_KEYS: dict[int, Ed25519PrivateKey | ec.EllipticCurvePrivateKey] = {
    255: Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))),
    256: ec.derive_private_key(2**200 + 3, ec.SECP256R1()),
    384: ec.derive_private_key(2**300 + 3, ec.SECP384R1()),
}


class Badge:
    """One credential in the making; as long as nothing is changed, all is right with it.

    Attributes:
        world: Where the issuer lives.
        prover: Who signs as the issuer.
        stranger: Who signs with the same suite and another key.
        method: What the issuer calls the key.
        end: What its data model calls the end of its validity.
    """

    def __init__(self, kind: str, world: World) -> None:
        suite, _, model = kind.partition(", ")
        self.world, self._older = world, model == OLDER
        self.end = "expirationDate" if self._older else "validUntil"
        self.prover = PROVERS[suite]
        self.stranger = msgspec.structs.replace(self.prover, key=_OTHER_KEYS[self.prover.key_bits])
        self.method = f"{world.issuer.id}#{fragment(self.prover)}"
        self.publish()

    def publish(self, **changes: object) -> None:
        """Let the issuer list the key; ``changes`` are members of its verification method, None for no method."""
        publish_key(self.world, self.method, self.prover, **changes)

    def withdraw(self, *, held: bool = False) -> None:
        """Let the issuer list its other keys alone; it may still hold this one, for something else."""
        own = self.world.issuer.controller_document()
        methods = [*own["verificationMethod"], *([method_of(self.world, self.method, self.prover)] if held else [])]
        self.world.issuer.publish(verificationMethod=methods)

    def document(self, **changes: object) -> dict[str, Any]:
        """The credential with a status, unsigned, with the contexts that the suite wants.

        Args:
            changes: Its members; ``validFrom`` and ``validUntil`` are written as its data model has them.
        """
        if not self._older:
            return self.prover.contexts(self.world.credential(**changes))
        names = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
        members = {names.get(name, name): value for name, value in changes.items()}
        document = self.world.issuer.older_credential(
            **{"credentialStatus": list_of_2021(self.world.issuer, STATUS_LIST), **members}
        )
        model, badge, suite = document["@context"]
        return self.prover.contexts({**document, "@context": [model, badge, _STATUS_LIST_2021, suite]})

    def revoke(self) -> None:
        """Take the badge back, in the list of its data model."""
        if self._older:
            list_of_2021(self.world.issuer, STATUS_LIST, 7)
        else:
            self.world.issuer.status_list(STATUS_LIST, 7)

    def signed(
        self, document: dict[str, Any] | None = None, by: Prover | None = None, **members: object
    ) -> dict[str, Any]:
        """A credential with one more proof under the issuer's name for the key; ``members`` are signed as well."""
        return (by or self.prover).proved(document or self.document(), **{"verificationMethod": self.method, **members})

    def altered(self, **members: object) -> dict[str, Any]:
        """A sound credential in whose proof these members were changed afterwards; None takes one away."""
        document = self.signed()
        proof = {**document["proof"][0], **members}
        return {**document, "proof": [{name: value for name, value in proof.items() if value is not None}]}

    @property
    def value(self) -> str:
        """The ``proofValue`` of the sound credential."""
        found: str = self.signed()["proof"][0]["proofValue"]
        return found


def sound(kind: str, world: World) -> bytes:
    """A badge that is right."""
    return as_json(Badge(kind, world).signed())


def fragment(prover: Prover) -> str:
    """The public key in multibase."""
    return multikey.encode(prover.key.public_key())


def method_of(world: World, name: str, prover: Prover, **changes: object) -> dict[str, Any]:
    """A verification method of the issuer."""
    members = {"id": name, "type": "Multikey", "controller": world.issuer.id, "publicKeyMultibase": fragment(prover)}
    return {member: value for member, value in {**members, **changes}.items() if value is not None}


def publish_key(world: World, name: str, prover: Prover, **changes: object) -> None:
    """Let the issuer list a key beside its own, for assertions."""
    own = world.issuer.controller_document()
    world.issuer.publish(
        verificationMethod=[*own["verificationMethod"], method_of(world, name, prover, **changes)],
        assertionMethod=[*own["assertionMethod"], name],
    )


def for_one_occasion(suite: str, world: World) -> bytes:
    """A badge whose proof was made for somebody: that is noted, and it says the same on every other occasion."""
    return as_json(Badge(suite, world).signed(None, None, domain="https://verifier.example", challenge="1f44d55f"))


KINDS = (*PROVERS, f"eddsa-rdfc-2022, {OLDER}", f"ecdsa-jcs-2019 P-256, {OLDER}")
"""Each suite, and one over RDF and one over JSON under the older data model."""

_OCCASIONAL = ("eddsa-rdfc-2022", "ecdsa-jcs-2019 P-256")

SOUND = {
    **{kind: functools.partial(sound, kind) for kind in KINDS},
    **{f"{suite}, for one occasion": functools.partial(for_one_occasion, suite) for suite in _OCCASIONAL},
}
