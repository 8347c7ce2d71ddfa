"""An organisation that seals European Digital Credentials, with a certificate of an authority and a DID of its own."""

import base64
import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.serialization import Encoding

from gateway.proofs import certificates, jades, jwk
from gateway.proofs.certificates import SealOwner
from gateway.trust.anchors import Anchors
from tests.simulators import seals
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

ISSUED = NOON - dt.timedelta(hours=1)
OWNER = SealOwner(
    organisation="Example University",
    common_name="Example seal",
    country="FR",
    organisation_identifier="NTRFR-123456789",
)
DID = "did:web:university.example"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_SNB = "http://data.europa.eu/snb/"
_LISTS = ("verificationMethod", "assertionMethod")
_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def concept(scheme: str, code: str) -> dict[str, Any]:
    """A concept of one of the lists of the Publications Office or of Europass."""
    stem = f"{_AUTHORITY}{scheme}" if scheme in ("country", "language", "file-type") else f"{_SNB}{scheme}"
    of = stem if stem.startswith(_AUTHORITY) else f"{stem}/25831c2"
    return {"id": f"{stem}/{code}", "type": "Concept", "inScheme": {"id": of, "type": "ConceptScheme"}}


def media(name: str, content: str, kind: str = "PNG") -> dict[str, Any]:
    """A file inside a credential."""
    return {
        "id": f"urn:epass:mediaObject:{name}",
        "type": "MediaObject",
        "content": content,
        "contentEncoding": concept("encoding", "6146cde7dd"),
        "contentType": concept("file-type", kind),
    }


def organisation(name: str, id_: str, **more: Any) -> dict[str, Any]:  # Any: JSON values
    """An Organisation in France."""
    slug = name.replace(" ", "-")
    address = {"id": f"urn:epass:address:{slug}", "type": "Address", "countryCode": concept("country", "FRA")}
    location = {"id": f"urn:epass:location:{slug}", "type": "Location", "address": [address]}
    return {"id": id_, "type": "Organisation", "legalName": {"en": name}, "location": [location], **more}


def credential(**changes: Any) -> dict[str, Any]:  # Any: JSON values
    """A credential as small as one can be; ``changes`` replace members, None leaves one out."""
    identifier = {
        "id": "urn:epass:legalIdentifier:1",
        "type": "LegalIdentifier",
        "notation": OWNER.organisation_identifier,
        "spatial": concept("country", "FRA"),
    }
    language = concept("language", "ENG")
    detail = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1, "image": media("1", _PIXEL)}
    display = {
        "id": "urn:epass:individualDisplay:1",
        "type": "IndividualDisplay",
        "language": language,
        "displayDetail": [detail],
    }
    claim = {
        "id": "urn:epass:learningAchievement:1",
        "type": "LearningAchievement",
        "title": {"en": "Knots"},
        "awardedBy": {
            "id": "urn:epass:awardingProcess:1",
            "type": "AwardingProcess",
            "awardingBody": [organisation("School of Knots", "urn:epass:org:2")],
        },
    }
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1", f"{_SNB}model/context/edc-ap"],
        "id": "urn:credential:6f0f6a76-3d1c-4b6d-8f0e-1f1c5c0a8f11",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [{"id": f"{_SNB}model/ap/edc-generic-full", "type": "ShaclValidator2017"}],
        "credentialProfiles": [concept("credential", "e34929035b")],
        "displayParameter": {
            "id": "urn:epass:displayParameter:1",
            "type": "DisplayParameter",
            "title": {"en": "Knots"},
            "primaryLanguage": language,
            "language": [language],
            "individualDisplay": [display],
        },
        "issuer": organisation("Example University", "urn:epass:org:1", eIDASIdentifier=identifier),
        "issuanceDate": "2026-01-01T11:00:00Z",
        "issued": "2026-01-01T11:00:00Z",
        "validFrom": "2026-01-01T11:00:00Z",
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": "Given Family"},
            "contactPoint": [
                {
                    "id": "urn:epass:contactPoint:1",
                    "type": "ContactPoint",
                    "emailAddress": [{"id": "mailto:learner@example.org", "type": "Mailbox"}],
                }
            ],
            "hasClaim": [claim],
        },
    }
    return {name: value for name, value in {**document, **changes}.items() if value is not None}


def accredited(**changes: Any) -> dict[str, Any]:  # Any: JSON values
    """A credential of the accredited profile; ``changes`` replace members of its accreditation."""
    accreditation = {
        "id": f"{_SNB}data/accreditation/1c6f3c1e-6a5a-4a52-8f5e-30c38b3f9b55",
        "type": "Accreditation",
        "title": {"en": "Accreditation of a school"},
        "dcType": concept("accreditation", "003293d2ce"),
        "accreditingAgent": organisation("Agency", "urn:epass:org:3"),
        "organisation": organisation("School of Knots", "urn:epass:org:2"),
        **changes,
    }
    evidence = {
        "id": "urn:epass:evidence:1",
        "type": "Evidence",
        "dcType": concept("evidence-type", "c_991b06c6"),
        "accreditation": accreditation,
    }
    profile = [{"id": f"{_SNB}model/ap/edc-accredited", "type": "ShaclValidator2017"}]
    return credential(credentialSchema=profile, evidence=[evidence])


def converted(original: bytes, statement: str) -> dict[str, Any]:
    """A credential of the converted profile that embeds an original."""
    evidence = {
        "id": "urn:epass:evidence:1",
        "type": "Evidence",
        "dcType": concept("evidence-type", "c_c4f849d7"),
        "evidenceStatement": statement,
        "embeddedEvidence": [media("2", base64.b64encode(original).decode(), "JSON")],
    }
    profile = [{"id": f"{_SNB}model/ap/edc-converted", "type": "ShaclValidator2017"}]
    return credential(credentialSchema=profile, evidence=[evidence])


class SimulatedSealer:
    """Seals with a key whose certificate an authority issued; anchors hold that authority.

    sealer = SimulatedSealer(web)
    body = sealer.sealed(credential())
    """

    def __init__(self, web: SimulatedWeb, number: int = 1, owner: SealOwner = OWNER, **times: dt.datetime) -> None:
        self.web, self.owner = web, owner
        self.authority = seals.Authority()
        self.private = seals.key(number)
        self.certificate = self.authority.seal(self.private, owner, **times)
        self.chain = seals.der(self.certificate, self.authority.certificate)

    @property
    def anchors(self) -> Anchors:
        """Whoever trusts the authority."""
        return Anchors((self.authority.certificate,))

    def trusted_in(self, folder: Path) -> str:
        """A folder below this one for ``GATEWAY_SEAL_ANCHORS``, with the authority in it."""
        anchors = folder / "anchors"
        anchors.mkdir()
        (anchors / "root.pem").write_bytes(self.authority.certificate.public_bytes(Encoding.PEM))
        return str(anchors)

    @property
    def self_made(self) -> tuple[bytes, ...]:
        """A chain of nothing but a certificate that the key signs itself."""
        return (certificates.self_made(self.private, self.owner, serial=7, since=seals.SINCE, until=seals.UNTIL),)

    def sealed(
        self,
        document: dict[str, Any],
        at: dt.datetime = ISSUED,
        chain: tuple[bytes, ...] = (),
        member: jades.TimeMember = jades.TimeMember.IAT,
    ) -> bytes:
        """The sealed file."""
        return seals.sealed(json.dumps(document).encode(), self.private, chain or self.chain, at, member)

    def publish_did(self, id_: str = DID, *, listed: bool = True, other: SimulatedIssuer | None = None) -> None:
        """Serve a DID document with the key of the seal, listed for assertions or not, and with those of another."""
        method = {
            "id": f"{id_}#seal",
            "type": "JsonWebKey",
            "controller": id_,
            "publicKeyJwk": dict(jwk.public_jwk(self.private.public_key())),
        }
        document = {"id": id_, "verificationMethod": [method], "assertionMethod": [method["id"]] if listed else []}
        if other is not None:
            theirs = other.controller_document()
            document = {**theirs, **{name: [*document[name], *theirs[name]] for name in _LISTS}}
        host, *path = id_.removeprefix("did:web:").split(":")
        self.web.publish(f"https://{host}/{'/'.join(path) or '.well-known'}/did.json", json.dumps(document).encode())


def of_did(id_: str = DID, **changes: Any) -> dict[str, Any]:  # Any: JSON values
    """A credential whose issuer has a DID."""
    issuer = copy.deepcopy(credential()["issuer"])
    return credential(issuer={**issuer, "id": id_}, **changes)
