"""Credentials as a token of each algorithm, under both data models, whose https issuer publishes the keys as JWK."""

import functools
import json
from collections.abc import Callable, Mapping
from hashlib import sha384
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.asymmetric import ec

from gateway.proofs import base64url, jws, vc_jwt
from tests.laundering.sources import World, as_json
from tests.simulators.issuer import SimulatedIssuer

ALGORITHMS = ("EdDSA", "ES256", "ES384", "RS256", "PS256")
MODELS = ("VCDM 2.0", "VCDM 1.1")


class Token:
    """One credential in the making; as long as nothing is changed, all is right with it.

    Attributes:
        world: Where the issuer lives.
        alg: Of the signature.
        kid: What the issuer calls the key.
    """

    def __init__(self, alg: str, model: str, world: World) -> None:
        self.world, self.alg, self._older = world, alg, model == "VCDM 1.1"
        for somebody in (world.issuer, world.stranger):
            give_further_keys(somebody)
        self.publish()

    def publish(self, **changes: object) -> None:
        """Let issuer and stranger list all their keys; ``changes`` are members of the issuer's document."""
        self.world.issuer.publish(**changes)
        self.world.stranger.publish()
        self.world.revoke()

    @property
    def kid(self) -> str:
        """What the issuer calls the key."""
        return self.world.issuer.method(self.alg)

    def credential(self, **changes: object) -> dict[str, Any]:
        """The credential with a status; ``validFrom`` and ``validUntil`` are written as its data model has them."""
        if not self._older:
            return self.world.credential(**changes)
        names = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
        members = {names.get(name, name): value for name, value in changes.items()}
        return self.world.issuer.older_credential(**{"credentialStatus": self.world.status, **members})

    def header(self, **changes: object) -> dict[str, Any]:
        """The JOSE header; None leaves a member out."""
        members = {"alg": self.alg, "typ": "JWT", "kid": self.kid, **changes}
        return {name: value for name, value in members.items() if value is not None}

    def payload(self, credential: dict[str, Any] | None = None, **changes: object) -> dict[str, Any]:
        """The claims, with the credential among them or in ``vc``; None leaves one out."""
        held = credential or self.credential()
        if self._older:
            dates = {"validFrom": held["issuanceDate"], "validUntil": held.get("expirationDate")}
            said = vc_jwt.claims({**held, **dates})
            members = {name: said[name] for name in ("iss", "jti", "sub", "nbf", "exp") if name in said} | {"vc": held}
        else:
            members = vc_jwt.claims(held)
        return {name: value for name, value in {**members, **changes}.items() if value is not None}

    def signed(
        self,
        header: Mapping[str, Any] | None = None,
        payload: Mapping[str, Any] | None = None,
        by: SimulatedIssuer | None = None,
    ) -> str:
        """A token of any header and claims, with the issuer's right signature."""
        return self.raw(
            json.dumps(self.header() if header is None else header).encode(),
            json.dumps(self.payload() if payload is None else payload).encode(),
            by,
        )

    def raw(self, header: bytes, payload: bytes, by: SimulatedIssuer | None = None) -> str:
        """The same of any bytes."""
        message = f"{base64url.encode(header)}.{base64url.encode(payload)}".encode()
        return jws.compact(message, (by or self.world.issuer).signature(self.alg, message))


def give_further_keys(issuer: SimulatedIssuer) -> None:
    """Let an issuer have a key for ES384 and one for PS256 as well."""
    number = int.from_bytes(sha384(issuer.id.encode()).digest()) >> 1
    issuer.keys["ES384"] = ec.derive_private_key(number, ec.SECP384R1())
    issuer.keys["PS256"] = SimulatedIssuer(issuer.web, f"{issuer.id} PS256").keys["RS256"]


def compact(token: str) -> bytes:
    """As it stands."""
    return token.encode()


def enveloped(token: str) -> bytes:
    """As an EnvelopedVerifiableCredential."""
    return as_json(envelope(token))


def flattened(token: str) -> bytes:
    """In the flattened JSON serialisation."""
    protected, payload, signature = token.split(".")
    return as_json({"payload": payload, "protected": protected, "signature": signature})


def general(token: str) -> bytes:
    """In the general JSON serialisation."""
    protected, payload, signature = token.split(".")
    return as_json({"payload": payload, "signatures": [{"protected": protected, "signature": signature}]})


def envelope(token: str, media_type: str = "application/vc+jwt") -> dict[str, Any]:
    """An EnvelopedVerifiableCredential."""
    return {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:{media_type},{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def _sound(alg: str, model: str, form: Callable[[str], bytes], world: World) -> bytes:
    return form(Token(alg, model, world).signed())


_FORMS = {"": compact, ", enveloped": enveloped, ", flattened": flattened, ", general": general}

SOUND = {
    f"{alg}, {model}{name}": functools.partial(_sound, alg, model, form)
    for alg in ALGORITHMS
    for model in MODELS
    for name, form in _FORMS.items()
    if form is compact or alg == "ES256"
}
