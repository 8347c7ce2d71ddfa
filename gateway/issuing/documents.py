"""The documents by which others know the gateway: DID document, JWK sets, issuer profile, keys, revocation list.

Built from public keys alone; nothing here signs.
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from adapters.hub.mapping import timestamp
from gateway.errors import NotFound
from gateway.issuing.identity import Identity
from gateway.proofs import multikey
from gateway.proofs.jwk import public_jwk
from gateway.proofs.signatures import public_key
from gateway.records import Algorithm, KeyState, PublicKey, Purpose

OB2_CONTEXT = "https://w3id.org/openbadges/v2"
OB3_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DID_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]
PROFILE_CONTEXTS = [*DID_CONTEXTS, "https://www.w3.org/ns/credentials/v2", OB3_CONTEXT]
ASSERTING = (Purpose.ASSERTION, Purpose.STATUS_LIST, Purpose.SEAL)


def did_document(identity: Identity, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """The ``did:web`` document of the platform (DID Core 1.0; Controlled Identifiers 1.0 for Multikey).

    Retired keys stay in ``assertionMethod``, because what they signed must verify; revoked ones leave it.
    """
    addresses = identity.addresses
    return {
        "@context": DID_CONTEXTS,
        "id": addresses.did,
        "alsoKnownAs": [addresses.issuer, addresses.profile, addresses.origin_issuer],
        **controller_members(addresses.did, keys),
    }


def controller_members(controller: str, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """``verificationMethod`` and ``assertionMethod`` of a controller document."""
    asserting = [key for key in keys if key.purpose in ASSERTING and key.state is not KeyState.REVOKED]
    return {
        "verificationMethod": [_method(controller, key) for key in keys],
        "assertionMethod": [f"{controller}#{key.id}" for key in asserting],
    }


def _method(controller: str, key: PublicKey) -> dict[str, Any]:
    method: dict[str, Any] = {"id": f"{controller}#{key.id}", "controller": controller}
    if key.algorithm is Algorithm.EDDSA:
        method |= {"type": "Multikey", "publicKeyMultibase": multikey.encode(public_key(key.spki))}
    else:
        method |= {"type": "JsonWebKey", "publicKeyJwk": public_jwk(public_key(key.spki))}
    if key.revoked is not None:
        method["revoked"] = timestamp(key.revoked.replace(microsecond=0))
    return method


def published_jwk(identity: Identity, key: PublicKey) -> dict[str, Any]:
    """A key as it stands in ``/.well-known/jwks.json``: ``iss`` is the issuer it speaks for (OB 3.0 key provenance)."""
    kid = identity.kid(key)
    return {
        **public_jwk(public_key(key.spki)),
        "kid": kid,
        "alg": key.algorithm.value,
        "use": "sig",
        "iss": kid.partition("#")[0],
        **({"x5c": [b64encode(one).decode() for one in key.certificate.chain]} if key.certificate else {}),
    }


def vc_issuer(identity: Identity, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """The platform as issuer of SD-JWT VCs: the keys that sign those, and their status lists, by ``kid``.

    Retired keys stay, because what they signed must verify; revoked ones leave it.

    Source: draft-ietf-oauth-sd-jwt-vc section 5.
    """
    signing = [
        key
        for key in keys
        if key.algorithm is Algorithm.ES256
        and key.purpose in (Purpose.ASSERTION, Purpose.STATUS_LIST)
        and key.state is not KeyState.REVOKED
    ]
    shown = [
        {**public_jwk(public_key(key.spki)), "kid": key.id, "alg": key.algorithm.value, "use": "sig"} for key in signing
    ]
    return {"issuer": identity.addresses.origin_issuer, "jwks": {"keys": shown}}


def certificates_pem(keys: Sequence[PublicKey]) -> bytes:
    """The certificate of the platform's seal with its issuers, leaf first (RFC 8555 section 9.1).

    Raises:
        NotFound: The platform has no seal.
    """
    for key in keys:
        if key.certificate is not None and key.state is KeyState.ACTIVE:
            chain = map(x509.load_der_x509_certificate, key.certificate.chain)
            return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)
    raise NotFound("the platform has no seal", fix="it is made when the platform first issues in ELM")


def issuer_2(identity: Identity, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """The platform as an Open Badges 2.0 Issuer."""
    addresses = identity.addresses
    return {
        "@context": OB2_CONTEXT,
        "id": addresses.issuer,
        "type": "Profile",
        "name": identity.name,
        "url": identity.web,
        "email": identity.email,
        "verification": {"type": "VerificationObject", "startsWith": [addresses.scope]},
        "publicKey": [addresses.key(key.id) for key in _signing_badges(keys)],
        "revocationList": addresses.revocations,
    }


def profile_3(identity: Identity, keys: Sequence[PublicKey]) -> dict[str, Any]:
    """The platform as an Open Badges 3.0 Profile that is its own controller document.

    An address of its own: readers of Open Badges 2.0 know no JSON-LD 1.1, which the terms of keys need.
    """
    addresses = identity.addresses
    return {
        "@context": PROFILE_CONTEXTS,
        "id": addresses.profile,
        "type": ["Profile"],
        "name": identity.name,
        "url": identity.web,
        "email": identity.email,
        "alsoKnownAs": [addresses.issuer, addresses.did],
        **controller_members(addresses.profile, keys),
    }


def _signing_badges(keys: Sequence[PublicKey]) -> list[PublicKey]:
    """Keys that sign OB 2.0 JWS: RSA alone, as every OB 2.0 verifier knows it."""
    return [
        key
        for key in keys
        if key.purpose is Purpose.ASSERTION and key.algorithm is Algorithm.RS256 and key.state is not KeyState.REVOKED
    ]


def cryptographic_key(identity: Identity, key: PublicKey) -> dict[str, Any]:
    """One key as an OB 2.0 CryptographicKey."""
    return {
        "@context": OB2_CONTEXT,
        "id": identity.addresses.key(key.id),
        "type": "CryptographicKey",
        "owner": identity.addresses.issuer,
        "publicKeyPem": _pem(key),
    }


def _pem(key: PublicKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public_key(key.spki).public_bytes(serialization.Encoding.PEM, form).decode()


def revocation_list(identity: Identity, revoked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The platform's OB 2.0 RevocationList; ``revoked`` are form ids and reasons."""
    return {
        "@context": OB2_CONTEXT,
        "id": identity.addresses.revocations,
        "type": "RevocationList",
        "issuer": identity.addresses.issuer,
        "revokedAssertions": [
            {"id": identity.addresses.issued(form), **({"revocationReason": reason} if reason else {})}
            for form, reason in revoked
        ],
    }
