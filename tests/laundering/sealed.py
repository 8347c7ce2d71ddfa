"""Sealed credentials of the European Learning Model, and everything that can be wrong with one.

A seal is right for whoever made it, so most of what is tried here is intact: by a key of nobody's, with a certificate
that ended, that names another organisation, that nobody here trusts; or over a document that says less than it seems.
"""

import base64
import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.proofs import multikey
from gateway.proofs.jades import TimeMember
from tests.laundering.faults import TOMORROW, YESTERDAY, base64url
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.simulators import seals
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import (
    DID,
    OWNER,
    SimulatedSealer,
    accredited,
    concept,
    converted,
    credential,
    of_did,
)

Fault = Callable[[World], bytes]

_TWO_NAMES = {"en": "Another University", "fr": "Example University"}
_TAMPERED = (b"Knots", b"Knives")


def sound(world: World, **changes: object) -> bytes:
    """Sealed by an organisation whose authority is trusted."""
    return world.sealer.sealed(credential(**changes))


def self_made(world: World) -> bytes:
    """Sealed with a certificate of its own making; the issuer's DID lists the key."""
    world.sealer.publish_did()
    return world.sealer.sealed(of_did(), chain=world.sealer.self_made)


def changed(name: str, value: object) -> Fault:
    """Sealed as it is, with one member that should not be so; None leaves it out."""
    return lambda world: sound(world, **{name: value})


def tampered(make: Fault) -> Fault:
    """One word of what was sealed is another one now."""
    return lambda world: make(world).replace(*_TAMPERED)


def signature(make: Fault, **members: object) -> Fault:
    """The first signature has other members; None leaves one out."""

    def fault(world: World) -> bytes:
        file = json.loads(make(world))
        [one] = file["signatures"]
        file["signatures"] = [{name: value for name, value in {**one, **members}.items() if value is not None}]
        return as_json(file)

    return fault


def header(*, sign: bool = True, **members: object) -> Fault:
    """The protected header says something else, and is sealed so or not."""

    def fault(world: World) -> bytes:
        file = json.loads(sound(world))
        [one] = file["signatures"]
        said = {**json.loads(base64.urlsafe_b64decode(one["protected"] + "==")), **members}
        protected = base64url(as_json({name: value for name, value in said.items() if value is not None}))
        message = b"%b.%b" % (protected, file["payload"].encode())
        value = base64url(seals.signature(world.sealer.private, message)).decode() if sign else one["signature"]
        file["signatures"] = [{"protected": protected.decode(), "signature": value}]
        return as_json(file)

    return fault


def _header_of(members: dict[str, Any]) -> Fault:
    return header(sign=True, **members)


def by_another(**facts: str) -> Fault:
    """An organisation with a certificate that is trusted seals a credential that names another one as issuer."""

    def fault(world: World) -> bytes:
        owner = msgspec.structs.replace(OWNER, **facts)
        return SimulatedSealer(world.web, 2, owner).sealed(credential())

    return fault


def of_an_unknown_authority(world: World) -> bytes:
    """All is right, but the authority is one that the sealer made itself."""
    authority = seals.Authority("Authority of my own", 666)
    chain = seals.der(authority.seal(world.sealer.private, OWNER), authority.certificate)
    return world.sealer.sealed(credential(), chain=chain)


def under_a_trusted_name(world: World) -> bytes:
    """The authority that the sealer made itself bears the name of the trusted one."""
    authority = seals.Authority(number=667)
    chain = seals.der(authority.seal(world.sealer.private, OWNER), authority.certificate)
    return world.sealer.sealed(credential(), chain=chain)


def issued_by_a_seal(world: World) -> bytes:
    """Whoever has a trusted seal issues certificates with it."""
    holder = seals.Authority("Example seal", 3)
    holder.name = world.sealer.certificate.subject
    holder.private = world.sealer.private
    forged = holder.seal(seals.key(8), OWNER)
    chain = seals.der(forged, world.sealer.certificate, world.sealer.authority.certificate)
    return seals.sealed(as_json(credential()), seals.key(8), chain, NOON - dt.timedelta(hours=1))


def certificate_of(since: dt.timedelta, until: dt.timedelta) -> Fault:
    """The certificate was not in force when it was sealed."""

    def fault(world: World) -> bytes:
        return SimulatedSealer(world.web, since=NOON + since, until=NOON + until).sealed(credential())

    return fault


def dated_back(world: World) -> bytes:
    """The certificate has ended; its key says that it sealed before."""
    until = NOON - dt.timedelta(minutes=30)
    return SimulatedSealer(world.web, until=until).sealed(credential(), NOON - dt.timedelta(hours=1))


def another_certificate(world: World) -> bytes:
    """The certificate of another key lies in front."""
    other = world.sealer.authority.seal(seals.key(9), OWNER)
    return world.sealer.sealed(credential(), chain=seals.der(other, world.sealer.authority.certificate))


def beside(world: World) -> bytes:
    """A second signature, which is wrong, beside one that is right."""
    file, other = json.loads(sound(world)), json.loads(world.sealer.sealed(credential(), NOON - dt.timedelta(hours=2)))
    wrong = {**other["signatures"][0], "signature": file["signatures"][0]["signature"]}
    return as_json({**file, "signatures": [*file["signatures"], wrong]})


def wrapped(world: World) -> bytes:
    """The sealed file, in what Europass uploads come in."""
    return as_json({"credential": json.loads(sound(world)), "deliveryDetails": {}})


def wrapped_inside(world: World) -> bytes:
    """A wrapper was sealed, not a credential."""
    return world.sealer.sealed({"credential": credential(), "deliveryDetails": {}})


def empty_inside(world: World) -> bytes:
    """A wrapper round nothing was sealed: its graph is empty, and conforms to every shape."""
    return world.sealer.sealed({"credential": {}})


def with_a_status(world: World, *bits: int) -> bytes:
    """Its issuer has a DID, and publishes a status list under it."""
    issuer = SimulatedIssuer(world.web, DID)
    world.sealer.publish_did(other=issuer)
    entry = issuer.status_list("https://university.example/status/1", *bits)
    return world.sealer.sealed(of_did(credentialStatus={**entry, "type": ["CredentialStatus", entry["type"]]}))


def status_of_another(world: World) -> bytes:
    """Its status is in a list of somebody else's."""
    entry = world.issuer.status_list(STATUS_LIST)
    return sound(world, credentialStatus={**entry, "type": ["CredentialStatus", entry["type"]]})


def listed_no_more(world: World) -> bytes:
    """The issuer's DID does not list the key for assertions."""
    world.sealer.publish_did(listed=False)
    return world.sealer.sealed(of_did(), chain=world.sealer.self_made)


def did_away(world: World) -> bytes:
    """The issuer's DID cannot be asked."""
    world.web.unreachable("https://university.example/.well-known/did.json")
    return world.sealer.sealed(of_did())


def under_anothers_did(world: World) -> bytes:
    """The issuer has a DID; somebody else seals in its name."""
    world.sealer.publish_did(DID)
    return seals.sealed(as_json(of_did()), seals.key(12), (seals.self_made(12),), NOON - dt.timedelta(hours=1))


def under_his_own_key(world: World) -> bytes:
    """A stranger makes a key, a certificate for it in the name of the organisation, and is a did:key."""
    stranger = SimulatedSealer(world.web, number=12)
    return stranger.sealed(of_did(multikey.did_key(stranger.private.public_key())), chain=stranger.self_made)


def anchored_under_anothers_did(world: World) -> bytes:
    """Whose authority is trusted calls itself by the DID of somebody whose key is another."""
    other = SimulatedSealer(world.web, number=12)
    return world.sealer.sealed(of_did(multikey.did_key(other.private.public_key())))


def _converted(original: Callable[[World], bytes], named: Callable[[bytes], bytes] = bytes) -> Fault:
    def fault(world: World) -> bytes:
        body = original(world)
        document = converted(body, f"SHA-256 {hashlib.sha256(named(body)).hexdigest()}")
        document["credentialSubject"]["id"] = "did:example:learner"
        return world.sealer.sealed(document)

    return fault


def _of_3(world: World, **changes: object) -> bytes:
    return as_json(world.issuer.signed(world.credential(**changes)))


def _lengthened(world: World) -> bytes:
    return as_json({**json.loads(_of_3(world)), "validUntil": TOMORROW})


def outside_its_accreditation(world: World) -> bytes:
    """Accredited for level 5, awarded at level 6."""
    document = accredited(limitEQFLevel=[concept("eqf", "5")])
    specification = {"id": "urn:epass:qualification:1", "type": "Qualification", "title": {"en": "Knots"}}
    claim = document["credentialSubject"]["hasClaim"][0]
    claim["specifiedBy"] = {**specification, "eqfLevel": concept("eqf", "6")}
    return world.sealer.sealed(document)


def _issuer(**changes: object) -> dict[str, Any]:
    issuer = {**credential()["issuer"], **changes}
    return {name: value for name, value in issuer.items() if value is not None}


_PROOF: Mapping[str, tuple[str, Fault]] = {
    "tampered": ("proof failed", tampered(sound)),
    "no signature value": ("opening unsupported-jws-json", signature(sound, signature=None)),
    "another signature": ("proof failed", signature(sound, signature="A" * 86)),
    "certificate of another key": ("proof failed", another_certificate),
    "second signature wrong": ("proof failed", beside),
    "header changed after sealing": ("proof failed", header(sign=False, iat=1)),
    "crit empty": ("proof failed", header(crit=[])),
    "crit names what is not there": ("proof failed", header(crit=["b64", "sigT"])),
    "crit names what nobody understands": ("proof failed", header(crit=["b64", "exotic"], exotic=True)),
    "crit names alg": ("proof failed", header(crit=["b64", "alg"])),
    "b64 not in crit": ("proof failed", header(crit=None)),
    "algorithm none": ("proof failed", header(alg="none")),
    "symmetric algorithm": ("proof failed", header(alg="HS256")),
    "no certificate": ("proof failed", header(x5c=None)),
    "reference to another certificate": ("proof failed", _header_of({"x5t#S256": "A" * 43})),
    "unsealed": ("proof failed", lambda _world: as_json(credential())),
}
_OWNER: Mapping[str, tuple[str, Fault]] = {
    "of an authority that nobody knows": ("issuer unknown", of_an_unknown_authority),
    "of an authority with a trusted name": ("issuer failed", under_a_trusted_name),
    "certificate issued by a seal": ("issuer failed", issued_by_a_seal),
    "self-made": ("issuer failed", lambda world: world.sealer.sealed(credential(), chain=(seals.self_made(),))),
    "another identifier": ("issuer failed", by_another(organisation_identifier="NTRFR-987654321")),
    "another name": ("issuer failed", by_another(organisation="Another", common_name="Another")),
    "another country": ("issuer failed", by_another(country="BE")),
    "issuer without identifier": ("shape failed", changed("issuer", _issuer(eIDASIdentifier=None))),
    "DID does not list the key": ("issuer failed", listed_no_more),
    "DID away": ("issuer unknown", did_away),
    "in the name of another's DID": ("issuer failed", under_anothers_did),
    "under a did:key, in any name": ("issuer unknown", under_his_own_key),
    "anchored, under a DID that is another's": ("issuer failed", anchored_under_anothers_did),
    "one legal name of two": ("issuer failed", changed("issuer", _issuer(legalName=_TWO_NAMES))),
}
_TIME: Mapping[str, tuple[str, Fault]] = {
    "certificate had ended": ("certificate failed", certificate_of(dt.timedelta(days=-9), dt.timedelta(days=-1))),
    "certificate not in force yet": ("certificate failed", certificate_of(dt.timedelta(days=1), dt.timedelta(days=9))),
    "dated back": ("certificate unknown", dated_back),
    "sealed tomorrow": (
        "certificate unknown",
        lambda world: world.sealer.sealed(credential(), NOON + dt.timedelta(days=1)),
    ),
    "two times": ("certificate unknown", header(sigT="2026-01-01T10:00:00Z", crit=["b64", "sigT"])),
    "no time": ("certificate unknown", header(iat=None)),
    "seal ended": ("certificate unknown", header(exp=1)),
}
_DOCUMENT: Mapping[str, tuple[str, Fault]] = {
    "expired": ("validity-period failed", lambda world: sound(world, validUntil=YESTERDAY, expirationDate=YESTERDAY)),
    "expired in one word": ("validity-period failed", changed("expirationDate", YESTERDAY)),
    "two ends": (
        "validity-period failed",
        lambda world: sound(world, validUntil="2030-01-01T00:00:00Z", expirationDate="2031-01-01T00:00:00Z"),
    ),
    "not yet valid": ("validity-period failed", changed("validFrom", TOMORROW)),
    "issued tomorrow": ("validity-period failed", changed("issued", TOMORROW)),
    "day without a zone": ("shape failed", changed("validFrom", "2025-12-01")),
    "revoked": ("status failed", lambda world: with_a_status(world, 7)),
    "status of another": ("status unknown", status_of_another),
    "status of an unknown kind": (
        "status unknown",
        changed("credentialStatus", {"id": "https://issuer.example/s", "type": ["CredentialStatus", "Other"]}),
    ),
    "no display": ("shape failed", changed("displayParameter", None)),
    "no claim": ("shape failed", changed("credentialSubject", {"id": "urn:epass:person:1", "type": "Person"})),
    "no type": ("shape failed", changed("type", ["VerifiableCredential"])),
    "plain text for a title": (
        "shape failed",
        changed("displayParameter", {**credential()["displayParameter"], "title": "Knots"}),
    ),
    "dropped term": ("context failed", changed("achievement", {"id": "urn:uuid:1", "name": "Surgery"})),
    "other context": (
        "shape failed",
        changed("@context", [*credential()["@context"], "https://stranger.example/context"]),
    ),
    "wrapped": ("opening unknown-format", wrapped),
    "wrapper sealed": ("opening unknown-format", wrapped_inside),
    "empty wrapper sealed": ("opening unknown-format", empty_inside),
    "outside its accreditation": ("accreditation failed", outside_its_accreditation),
}
_ORIGINAL: Mapping[str, tuple[str, Fault]] = {
    "another original": ("provenance failed", _converted(_of_3, lambda body: body + b" ")),
    "original changed": ("provenance unknown", _converted(_lengthened)),
    "original expired": ("provenance unknown", _converted(functools.partial(_of_3, validUntil=YESTERDAY))),
}


def _cases(rows: Mapping[str, tuple[str, Fault]]) -> dict[str, Case]:
    return {name: Case(stop, fault) for name, (stop, fault) in rows.items()}


FAULTS: Cases = {
    "seal of ELM": _cases(_PROOF),
    "owner of a seal": _cases(_OWNER),
    "time of a seal": _cases(_TIME),
    "sealed document of ELM": _cases(_DOCUMENT),
    "converted profile of ELM": _cases(_ORIGINAL),
}

SOUND: dict[str, Fault] = {
    "seal of ELM": sound,
    "seal of ELM, self-made": self_made,
    "seal of ELM, sigT": lambda world: world.sealer.sealed(credential(), member=TimeMember.SIG_T),
    "seal of ELM, until tomorrow": lambda world: sound(world, validUntil=TOMORROW, expirationDate=TOMORROW),
    "seal of ELM, with a status": with_a_status,
    "converted profile of ELM": _converted(_of_3),
    "accredited profile of ELM": lambda world: world.sealer.sealed(accredited()),
}
