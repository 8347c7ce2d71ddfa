"""Everything that can be wrong with a badge: each function does one damage, in a world where it would be sound.

It returns the badge as its sender would have it; what it does to the world stays.
"""

import base64
import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs import multikey
from tests.laundering.sources import REVOCATIONS, STATUS_LIST, Kind, World, as_json
from tests.simulators.careless import carelessly_signed
from tests.simulators.clock import NOON

YESTERDAY = (NOON - dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
TOMORROW = (NOON + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
OTHER_KEY = "https://issuer.example/keys/2"
KEY_SET = "https://issuer.example/.well-known/jwks.json"
NEUTRAL = b"\x01" + bytes(31)
"""The neutral element of Edwards25519, as a key or as half a signature."""


def made_up_signature(world: World, kind: Kind) -> bytes:
    """Somebody wrote a badge and put any bytes in the place of the signature, or named an address that is taken."""
    if kind is Kind.HOSTED:
        world.issuer.hosted(world.issuer.assertion(recipient=recipient("somebody.else@example.org")))
        return as_json(world.issuer.assertion())
    if kind is Kind.DATA_INTEGRITY:
        return as_json(with_proof(world.issuer.signed(world.credential()), proofValue=f"z{'3' * 88}"))
    return b".".join([*world.sound(kind).split(b".")[:2], b"A" * 342 if kind is Kind.JWS else b"A" * 86])


def tampered(world: World, kind: Kind) -> bytes:
    """A sound badge that says something else since."""
    badge = world.sound(kind)
    if kind is Kind.HOSTED:
        return as_json({**json.loads(badge), "recipient": recipient("somebody.else@example.org")})
    if kind is Kind.DATA_INTEGRITY:
        return as_json(for_surgery(json.loads(badge)))
    header, payload, signature = badge.split(b".")
    changed = for_surgery(json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))))
    return b".".join([header, base64url(as_json(changed)), signature])


def signed_by_a_strangers_key(world: World, kind: Kind) -> bytes:
    """The proof names the issuer's key, but was made with another."""
    match kind:
        case Kind.DATA_INTEGRITY:
            document = world.credential()
            return as_json(world.stranger.signed(document, verificationMethod=world.issuer.method()))
        case Kind.VC_JWT:
            kid = world.issuer.method("ES256")
            return world.stranger.token(world.credential(), header={"kid": kid}).encode()
    world.sound(Kind.JWS)
    return world.stranger.compact({"alg": "RS256"}, signed_assertion(world, world.issuer.key_url)).encode()


def from_a_stranger(world: World, kind: Kind) -> bytes:
    """All is right with the proof, except that it is a stranger's, who says to be the issuer."""
    match kind:
        case Kind.DATA_INTEGRITY:
            return as_json(world.stranger.signed(world.credential()))
        case Kind.VC_JWT:
            return world.stranger.token(world.credential()).encode()
        case Kind.JWS:
            world.sound(Kind.JWS)
            document = signed_assertion(world, world.stranger.key_url)
            return world.stranger.compact({"alg": "RS256"}, document).encode()
    world.sound(Kind.HOSTED)
    document = world.issuer.assertion(id=f"{world.stranger.host}/assertions/1")
    world.issuer.serve(document["id"], document)
    return as_json(document)


def with_a_key_of_its_own(world: World, kind: Kind) -> bytes:
    """The badge brings along the key, and the issuer, that it is to be believed by."""
    match kind:
        case Kind.VC_JWT:
            [own] = [key for key in world.stranger.jwks() if key["alg"] == "ES256"]
            return world.stranger.token(world.credential(), header={"kid": None, "jwk": own}).encode()
        case Kind.DATA_INTEGRITY:
            method = f"{world.issuer.id}#{world.stranger.method().partition('#')[2]}"
            return as_json(world.stranger.signed(world.credential(), verificationMethod=method))
    profile = {**world.issuer.controller_document(), "publicKey": world.stranger.cryptographic_key()}
    if kind is Kind.JWS:
        badge = world.issuer.badge_class(issuer=profile)
        document = signed_assertion(world, world.stranger.key_url, badge=badge)
        return world.stranger.compact({"alg": "RS256"}, document).encode()
    profile = {**profile, "verification": {"startsWith": f"{world.stranger.host}/"}}
    badge = world.issuer.badge_class(issuer=profile)
    document = world.issuer.assertion(id=f"{world.stranger.host}/assertions/1", badge=badge)
    world.issuer.serve(document["id"], document)
    return as_json(document)


def expired(world: World, kind: Kind) -> bytes:
    """It ended yesterday."""
    return world.sound(kind, **{"expires" if kind in (Kind.HOSTED, Kind.JWS) else "validUntil": YESTERDAY})


def not_yet_valid(world: World, kind: Kind) -> bytes:
    """It begins tomorrow."""
    return world.sound(kind, **{"issuedOn" if kind in (Kind.HOSTED, Kind.JWS) else "validFrom": TOMORROW})


def revoked(world: World, kind: Kind) -> bytes:
    """The issuer took it back."""
    badge = world.sound(kind)
    match kind:
        case Kind.HOSTED:
            world.web.gone(world.issuer.assertion()["id"])
        case Kind.JWS:
            world.revoke(world.issuer.assertion()["id"])
        case _:
            world.issuer.status_list(STATUS_LIST, 7)
    return badge


def revoked_where_it_is_hosted(world: World, kind: Kind) -> bytes:
    """Its address says that it is revoked, and nothing else."""
    badge = world.sound(kind)
    gone = world.issuer.assertion()["id"]
    world.issuer.serve(gone, {"@context": "https://w3id.org/openbadges/v2", "id": gone, "revoked": True})
    return badge


def suspended(world: World, kind: Kind) -> bytes:
    """The issuer took it back for the time being."""
    world.status = world.issuer.status_list(STATUS_LIST, 7, purpose="suspension")
    return world.sound(kind)


def issuer_unreachable(world: World, kind: Kind) -> bytes:
    """Nobody can be asked who the issuer is."""
    badge = world.sound(kind)
    world.web.unreachable(world.issuer.id)
    world.web.unreachable(f"{world.issuer.host}/.well-known/jwks.json")
    return badge


def key_unreachable(world: World, kind: Kind) -> bytes:
    """The key that the badge names is served nowhere."""
    match kind:
        case Kind.DATA_INTEGRITY:
            return as_json(world.issuer.signed(world.credential(), verificationMethod=OTHER_KEY))
        case Kind.VC_JWT:
            world.web.unreachable(f"{world.issuer.host}/.well-known/jwks.json")
            return world.issuer.token(world.credential(), header={"kid": OTHER_KEY}).encode()
    badge = world.sound(kind)
    world.web.unreachable(world.issuer.key_url)
    return badge


def key_withdrawn(world: World, kind: Kind) -> bytes:
    """The issuer no longer lists the key that signed."""
    badge = world.sound(kind)
    world.issuer.publish(publicKey=[], assertionMethod=[])
    world.issuer.serve(f"{world.issuer.host}/.well-known/jwks.json", {"keys": []})
    return badge


def status_unreachable(world: World, kind: Kind) -> bytes:
    """Nobody can be asked whether the badge was taken back."""
    badge = world.sound(kind)
    match kind:
        case Kind.HOSTED:
            world.web.unreachable(world.issuer.assertion()["id"])
        case Kind.JWS:
            world.web.unreachable(REVOCATIONS)
        case _:
            world.web.unreachable(STATUS_LIST)
    return badge


def status_signed_by_a_stranger(world: World, kind: Kind) -> bytes:
    """A stranger says that the badge was not taken back."""
    world.status = world.stranger.status_list(STATUS_LIST)
    return world.sound(kind)


def signed_by_a_neighbour(world: World, kind: Kind) -> bytes:
    """Somebody else on the issuer's host, whose keys stand in the same JWK Set, says to be the issuer."""
    neighbour = world.neighbour
    match kind:
        case Kind.DATA_INTEGRITY:
            return as_json(neighbour.signed(world.credential()))
        case Kind.VC_JWT:
            world.issuer.publish(verificationMethod=None, assertionMethod=None)
            world.issuer.serve(KEY_SET, {"keys": [*world.issuer.jwks(), *neighbour.jwks()]})
            return neighbour.token(world.credential()).encode()
        case Kind.JWS:
            world.sound(Kind.JWS)
            neighbour.serve(OTHER_KEY, {**neighbour.cryptographic_key(), "id": OTHER_KEY, "owner": world.issuer.id})
            return neighbour.compact({"alg": "RS256"}, signed_assertion(world, OTHER_KEY)).encode()
    world.issuer.publish(verification={"startsWith": f"{world.issuer.host}/assertions/"})
    return world.issuer.hosted(world.issuer.assertion(id=f"{neighbour.id}/1"))


def key_revoked(world: World, kind: Kind) -> bytes:
    """The issuer has revoked the key that signed; the JWK Set of its host still has it."""
    badge = world.sound(kind)
    methods = world.issuer.controller_document()["verificationMethod"]
    world.issuer.publish(verificationMethod=[{**method, "revoked": YESTERDAY} for method in methods])
    return badge


def signed_without_a_private_key(world: World, kind: Kind) -> bytes:
    """The issuer publishes a key of small order, under which this signature is right for every message."""
    key, signature = Ed25519PublicKey.from_public_bytes(NEUTRAL), NEUTRAL + bytes(32)
    name = f"{world.issuer.id}#weak"
    point = multikey.base58btc(b"\xed\x01" + NEUTRAL)
    weak = {"id": name, "type": "Multikey", "controller": world.issuer.id, "publicKeyMultibase": point}
    if kind is Kind.JWS:
        world.sound(Kind.JWS)
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        world.issuer.serve(world.issuer.key_url, {**world.issuer.cryptographic_key(), "publicKeyPem": pem})
        token = world.issuer.compact({"alg": "EdDSA"}, signed_assertion(world, world.issuer.key_url))
        return b".".join([*token.encode().split(b".")[:2], base64url(signature)])
    world.issuer.publish(verificationMethod=[weak], assertionMethod=[name])
    if kind is Kind.DATA_INTEGRITY:
        document = world.issuer.signed(world.credential(), verificationMethod=name)
        return as_json(with_proof(document, proofValue=multikey.base58btc(signature)))
    token = world.issuer.token(world.credential(), "EdDSA", header={"kid": name})
    return b".".join([*token.encode().split(b".")[:2], base64url(signature)])


def expired_in_other_words(world: World, kind: Kind) -> bytes:
    """It ended yesterday, and says so in the words of the other data model."""
    document = world.issuer.older_credential(validUntil=YESTERDAY)
    if kind is Kind.DATA_INTEGRITY:
        return as_json(world.issuer.signed(document))
    return world.issuer.older_token(document).encode()


def ending_in_other_words(world: World, kind: Kind) -> bytes:
    """It ends tomorrow, in words of the other data model, which a copy would leave out."""
    document = world.issuer.older_credential(validUntil=TOMORROW)
    if kind is Kind.DATA_INTEGRITY:
        return as_json(world.issuer.signed(document))
    return world.issuer.older_token(document).encode()


def revoked_beside_its_claim(world: World, _kind: Kind) -> bytes:
    """The issuer took it back; where to ask stands beside the credential in the token."""
    status = world.issuer.status_list(STATUS_LIST, 7)
    return world.issuer.older_token(world.issuer.older_credential(), credentialStatus=status).encode()


def status_of_another_list(world: World, kind: Kind) -> bytes:
    """The address of the status list serves another list of the issuer."""
    world.status = world.issuer.status_list(STATUS_LIST, id=f"{world.issuer.host}/status/2")
    return world.sound(kind)


def status_signed_by_a_neighbour(world: World, kind: Kind) -> bytes:
    """Somebody else on the issuer's host says that the badge was not taken back."""
    world.neighbour.serve(world.neighbour.id, world.neighbour.controller_document())
    world.status = world.neighbour.status_list(STATUS_LIST)
    return world.sound(kind)


def climbing_out_of_its_prefix(world: World, _kind: Kind) -> bytes:
    """Its address begins as the issuer's addresses do, and leads elsewhere on the host."""
    world.issuer.publish(verification={"startsWith": f"{world.issuer.host}/assertions/"})
    return world.issuer.hosted(world.issuer.assertion(id=f"{world.issuer.host}/assertions/..%2fusers%2fevil/1"))


def unsigned(world: World, kind: Kind) -> bytes:
    """Nothing vouches for it."""
    world.sound(kind)
    match kind:
        case Kind.HOSTED:
            return as_json(
                world.issuer.assertion(id="urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10", verification=None)
            )
        case Kind.JWS:
            return as_json(signed_assertion(world, world.issuer.key_url))
    return as_json(world.credential())


def algorithm_none(world: World, kind: Kind) -> bytes:
    """The token says that no signature is needed."""
    _, payload, signature = world.sound(kind).split(b".")
    return b".".join([base64url(as_json({"alg": "none", "typ": "JWT"})), payload, signature])


def with_a_term_that_is_dropped(world: World, kind: Kind) -> bytes:
    """A member that no context defines was added: the signature stays right, because RDF knows nothing of it."""
    document = json.loads(world.sound(kind))
    achievement(document)["grade"] = "with distinction"
    return as_json(document)


def with_a_context_of_its_own(world: World, kind: Kind) -> bytes:
    """The criteria were renamed, and a context inside says that the new name means nothing."""
    document = json.loads(world.sound(kind))
    achievement(document).update({"@context": {"speciality": None}, "speciality": "Surgery"})
    return as_json(document)


def expired_with_its_end_moved(world: World, _kind: Kind) -> bytes:
    """It ended yesterday; its end was moved to a piece of evidence that bears its id. The signature stays right."""
    document = _described_twice(world, validUntil=YESTERDAY)
    document["evidence"][0]["validUntil"] = document.pop("validUntil")
    return as_json(document)


def revoked_with_its_status_moved(world: World, _kind: Kind) -> bytes:
    """The issuer took it back; where to ask was moved to a piece of evidence that bears its id."""
    document = _described_twice(world)
    document["evidence"][0]["credentialStatus"] = document.pop("credentialStatus")
    world.issuer.status_list(STATUS_LIST, 7)
    return as_json(document)


def endorsed_by_nobody(world: World) -> bytes:
    """Sound, but endorsed by a document without a proof and a token without a signature, wherever that can be."""
    endorsement = {
        "@context": world.credential()["@context"],
        "id": "https://stranger.example/endorsements/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Accreditation",
        "issuer": {"id": world.stranger.id, "type": ["Profile"], "name": "Accreditation Board"},
        "validFrom": YESTERDAY,
        "credentialSubject": {
            "id": world.issuer.id,
            "type": ["EndorsementSubject"],
            "endorsementComment": "In good standing.",
        },
    }
    parts = [as_json({"alg": "none", "typ": "JWT"}), as_json(endorsement), b"none"]
    endorsements = {"endorsement": [endorsement], "endorsementJwt": [b".".join(map(base64url, parts)).decode()]}
    document = world.credential()
    achievement(document).update({**endorsements, "creator": {**document["issuer"], **endorsements}})
    document["issuer"] |= endorsements
    return as_json(world.issuer.signed({**document, **endorsements}))


def from_the_future(world: World, _kind: Kind) -> bytes:
    """The proof says that it was made tomorrow."""
    return as_json(world.issuer.signed(world.credential(), created=TOMORROW))


def _described_twice(world: World, **changes: object) -> dict[str, Any]:
    """A signed credential that is its own evidence; there every term of a credential is defined."""
    document = world.credential(**changes)
    types = ["Evidence", "VerifiableCredential"]
    return carelessly_signed(world.issuer, {**document, "evidence": [{"id": document["id"], "type": types}]})


def recipient(identity: str) -> dict[str, Any]:
    """An IdentityObject of Open Badges 2.0."""
    return {"type": "email", "hashed": False, "identity": identity}


def signed_assertion(world: World, creator: str, **changes: object) -> dict[str, Any]:
    """The Assertion of a SignedBadge, without its signature."""
    return world.issuer.assertion(verification={"type": "SignedBadge", "creator": creator}, **changes)


def for_surgery(document: dict[str, Any]) -> dict[str, Any]:
    """The same badge for something harder."""
    if "credentialSubject" not in document:
        return {**document, "recipient": recipient("somebody.else@example.org")}
    achievement(document)["name"] = "Surgery"
    return document


def achievement(document: dict[str, Any]) -> dict[str, Any]:
    """The Achievement inside an Open Badges 3.0 credential."""
    found: dict[str, Any] = document["credentialSubject"]["achievement"]
    return found


def with_proof(document: dict[str, Any], **members: str) -> dict[str, Any]:
    """A document whose one proof has these members."""
    proof = document["proof"]
    [options] = proof if isinstance(proof, list) else [proof]
    return {**document, "proof": {**options, **members}}


def base64url(data: bytes) -> bytes:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")
