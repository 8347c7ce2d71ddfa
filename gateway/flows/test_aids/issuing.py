"""How the test issuer writes and signs: what one fixture holds before anybody changes it, and who vouches for it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.hub.contract import Format
from gateway.flows.test_aids import europass
from gateway.flows.test_aids.authorities import chain
from gateway.flows.test_aids.catalogue import LEARNER, Fixture, FixtureSecuring, Flaw
from gateway.ports.trials import UpstreamKeys
from gateway.proofs import (
    base64url,
    bitstring,
    data_integrity,
    jades,
    jwk,
    jws,
    multikey,
    sd_jwt,
    token_status_list,
    vc_jwt,
)
from gateway.proofs.signatures import PublicKey, public_key
from gateway.records import Algorithm
from gateway.records.tenants import MARK
from gateway.records.test_issuers import COUNTRY, Site

BEGAN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
"""When every fixture was issued and begins, but for what is not valid yet."""

ENDED = dt.datetime(2025, 6, 30, tzinfo=dt.UTC)
NOT_BEFORE = dt.datetime(2098, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2097, 12, 31, tzinfo=dt.UTC)
LAST = dt.datetime(2099, 12, 31, tzinfo=dt.UTC)

INDEX = 7
"""Of every fixture in the status list of its own."""

_VCDM_2 = "https://www.w3.org/ns/credentials/v2"
_OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
_OPEN_BADGES_1 = "https://w3id.org/openbadges/v1"
_NAME, _DESCRIPTION = f"{MARK}Knots", "Ties ten knots."
_ISSUER = f"{MARK}School of Knots"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Issuing:
    """The issuer of one fixture.

    Attributes:
        site: Where it publishes.
        keys: Signs for it.
    """

    fixture: Fixture
    site: Site
    keys: UpstreamKeys

    def key(self, algorithm: Algorithm) -> PublicKey:
        """One of its public keys."""
        return public_key(self.keys.public(self.site.root, algorithm))

    def method(self, algorithm: Algorithm) -> str:
        """Id of a key, as proofs and tokens name it."""
        key = self.key(algorithm)
        return self.site(f"issuer#{multikey.encode(key) if algorithm is Algorithm.EDDSA else jwk.thumbprint(key)}")

    def proven(self, document: Document) -> Document:
        """The document with a proof eddsa-rdfc-2022."""
        options = data_integrity.proof_options(
            cryptosuite="eddsa-rdfc-2022", verification_method=self.method(Algorithm.EDDSA), created=BEGAN
        )
        return data_integrity.attach(
            document, options, self._signed(Algorithm.EDDSA, data_integrity.hash_data(document, options))
        )

    def token(self, document: Document) -> str:
        """The credential as a VC-JWT, ES256."""
        header = {"alg": "ES256", "typ": "JWT", "kid": self.method(Algorithm.ES256)}
        return self._compact(header, vc_jwt.claims(document))

    def disclosing(self) -> str:
        """The credential as an SD-JWT VC, ES256: who the learner is may be withheld, and is disclosed."""
        begins, ends = _period(self.fixture.flaw)
        of_europe = self.fixture.format is Format.LEARNING_CREDENTIAL_1
        document, withheld = self._learning_credential(begins) if of_europe else self._open_badge()
        claims = {
            **document,
            "iss": self.site.did,
            "iat": int(BEGAN.timestamp()),
            "nbf": int(begins.timestamp()),
            "exp": int(ends.timestamp()),
            "status": {"status_list": {"idx": INDEX, "uri": self.site("status-list")}},
        }
        header = {"alg": "ES256", "typ": sd_jwt.TYPE, "kid": self.did_key}
        salts = (base64url.encode(sha256(f"{self.site.root} {path}".encode()).digest()[:16]) for path in withheld)
        made = sd_jwt.unsigned(header, claims, withheld, lambda: next(salts))
        return sd_jwt.sealed(made, self._signed(Algorithm.ES256, sd_jwt.signing_input(made)))

    def _open_badge(self) -> tuple[Document, list[sd_jwt.Path]]:
        """The claims of an Open Badge, and which may be withheld."""
        document = self.credential()
        del document["credentialStatus"]
        named = {"issuer": {**document["issuer"], "id": self.site.did}, "vct": self.site("type")}
        return {**document, **named}, [("credentialSubject", "identifier")]

    def _learning_credential(self, begins: dt.datetime) -> tuple[Document, list[sd_jwt.Path]]:
        """The claims of a learning credential of the European Union, and which may be withheld."""
        document: Document = {
            "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
            "issuing_authority": _ISSUER,
            "issuing_country": COUNTRY,
            "date_of_issuance": f"{begins:%Y-%m-%d}",
            "family_name": "Learner",
            "given_name": "Test",
            "learner_identification": LEARNER,
            "achievement_title": _NAME,
            "achievement_description": _DESCRIPTION,
            "language_of_classes": ["en"],
            "expected_study_time": "2 ECTS credits",
            "level_of_learning_experience": 5,
            "types_of_quality_assurance": ["Institutional evaluation"],
        }
        return document, [("family_name",), ("given_name",), ("learner_identification",)]

    def status_token(self, at: dt.datetime, *, is_set: bool) -> str:
        """The status list of an SD-JWT VC, signed."""
        bits, listed = token_status_list.listed(
            bitstring.bitstring([INDEX] if is_set else []), token_status_list.INVALID
        )
        payload = {
            "iss": self.site.did,
            "sub": self.site("status-list"),
            "iat": int(at.timestamp()),
            "status_list": {"bits": bits, "lst": token_status_list.encode(listed)},
        }
        return self._compact({"alg": "ES256", "typ": "statuslist+jwt", "kid": self.did_key}, payload)

    def jws(self, document: Document) -> str:
        """A signed badge of Open Badges 1 or 2, ES256."""
        return self._compact({"alg": "ES256"}, document)

    def seal(self, payload: bytes) -> bytes:
        """The credential in a JAdES, ES256, with the certificate of its issuer."""
        trusted = self.fixture.flaw is not Flaw.UNTRUSTED_CERTIFICATE
        header = jades.header("ES256", chain(self.site, _ISSUER, self.keys, trusted=trusted), self.did_key, BEGAN)
        message = jades.signing_input(header, payload)
        return jades.assembled(message, self._signed(Algorithm.ES256, message))

    def european(self) -> Document:
        """The unsealed credential of ELM."""
        begins, ends = map(_stamp, _period(self.fixture.flaw))
        return europass.credential(self.site, self.fixture.flaw, _NAME, _ISSUER, _stamp(BEGAN), begins, ends)

    @property
    def did_key(self) -> str:
        """Id of its ES256 key, in the document of its DID."""
        return f"{self.site.did}#{jwk.thumbprint(self.key(Algorithm.ES256))}"

    def did_document(self) -> Document:
        """The document of its DID."""
        method = {
            "id": self.did_key,
            "type": "JsonWebKey",
            "controller": self.site.did,
            "publicKeyJwk": jwk.public_jwk(self.key(Algorithm.ES256)),
        }
        return {"id": self.site.did, "verificationMethod": [method], "assertionMethod": [method["id"]]}

    def credential(self) -> Document:
        """The unsigned credential of Open Badges 3.0."""
        flaw, site = self.fixture.flaw, self.site
        begins, ends = _period(flaw)
        document: Document = {
            "@context": [_VCDM_2, _OPEN_BADGES_3],
            "id": site("badge"),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": site("issuer"), "type": ["Profile"], "name": _ISSUER},
            "validFrom": _stamp(begins),
            "validUntil": _stamp(ends),
            "name": _NAME,
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [
                    {
                        "type": "IdentityObject",
                        "identityHash": LEARNER,
                        "identityType": "emailAddress",
                        "hashed": False,
                    }
                ],
                "achievement": {
                    "id": site("achievement"),
                    "type": ["Achievement"],
                    "name": _NAME,
                    "description": _DESCRIPTION,
                    "criteria": {"narrative": "Tie ten knots in ten minutes."},
                },
            },
            "credentialStatus": {
                "id": site(f"status-list#{INDEX}"),
                "type": "BitstringStatusListEntry",
                "statusPurpose": self.purpose,
                "statusListIndex": str(INDEX),
                "statusListCredential": site("status-list"),
            },
        }
        if flaw is Flaw.MALFORMED:
            del document["credentialSubject"]["achievement"]["criteria"]
        return document

    @property
    def purpose(self) -> str:
        """What an entry that is set means for this fixture."""
        return "suspension" if self.fixture.flaw in (Flaw.SUSPENDED, Flaw.SUSPENDABLE) else "revocation"

    def status_list(self, at: dt.datetime, *, is_set: bool) -> Document:
        """The status list, signed; one that changes later bears a later date."""
        url = self.site("status-list")
        document: Document = {
            "@context": [_VCDM_2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.site("issuer"),
            "validFrom": at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose,
                "encodedList": bitstring.encode(bitstring.bitstring([INDEX] if is_set else [])),
            },
        }
        return self.proven(document)

    def assertion(self) -> Document:
        """The Assertion of Open Badges 1 or 2, hosted or to be signed."""
        flaw, site = self.fixture.flaw, self.site
        begins, ends = _period(flaw)
        is_signed, is_first = self.fixture.securing is FixtureSecuring.JWS, self.fixture.format is Format.OPEN_BADGES_1
        document: Document = {
            "@context": _OPEN_BADGES_1 if is_first else _OPEN_BADGES_2,
            "type": "Assertion",
            "id": site("badge"),
            "recipient": {"type": "email", "hashed": False, "identity": LEARNER},
            "badge": site("class"),
            "issuedOn": _stamp(begins),
            "expires": _stamp(ends),
        }
        if is_first:
            where = site("key") if is_signed else site("badge")
            document |= {"uid": self.uid, "verify": {"type": "signed" if is_signed else "hosted", "url": where}}
        elif is_signed:
            document["verification"] = {"type": "SignedBadge", "creator": site("key")}
        else:
            document["verification"] = {"type": "HostedBadge"}
        if flaw is Flaw.MALFORMED:
            del document["recipient"]
        return document

    @property
    def uid(self) -> str:
        """Of the Assertion of Open Badges 1, by which its issuer revokes it."""
        return self.site.folder

    def badge_class(self) -> Document:
        """The BadgeClass."""
        is_first = self.fixture.format is Format.OPEN_BADGES_1
        return {
            "@context": _OPEN_BADGES_1 if is_first else _OPEN_BADGES_2,
            "type": "BadgeClass",
            "id": self.site("class"),
            "name": _NAME,
            "description": _DESCRIPTION,
            "image": self.site("picture.png"),
            "criteria": self.site("criteria") if is_first else {"narrative": "Tie ten knots in ten minutes."},
            "issuer": self.site("issuer"),
        }

    def profile(self) -> Document:
        """The issuer's Profile, which is the controller document of its keys as well."""
        methods = [
            {
                "id": self.method(algorithm),
                "type": "JsonWebKey",
                "controller": self.site("issuer"),
                "publicKeyJwk": jwk.public_jwk(self.key(algorithm)),
            }
            for algorithm in (Algorithm.EDDSA, Algorithm.ES256)
        ]
        is_first = self.fixture.format is Format.OPEN_BADGES_1
        return {
            "@context": _OPEN_BADGES_1 if is_first else [_OPEN_BADGES_2, "https://www.w3.org/ns/cid/v1"],
            "id": self.site("issuer"),
            "type": "Issuer",
            "name": _ISSUER,
            "url": self.site("about"),
            "email": "badges@example.org",
            "publicKey": self.site("key"),
            "revocationList": self.site("revoked"),
            "verificationMethod": methods,
            "assertionMethod": [method["id"] for method in methods],
        }

    def key_document(self) -> tuple[bytes, str]:
        """The key of signed badges as their version publishes it, and its media type."""
        pem = self.key(Algorithm.ES256).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        if self.fixture.format is Format.OPEN_BADGES_1:
            return pem, "application/x-pem-file"
        return json_bytes(
            {
                "@context": _OPEN_BADGES_2,
                "type": "CryptographicKey",
                "id": self.site("key"),
                "owner": self.site("issuer"),
                "publicKeyPem": pem.decode(),
            }
        ), "application/ld+json"

    def revocations(self, *, is_revoked: bool) -> Document:
        """The list of signed badges that were revoked, as their version writes it."""
        why = "revoked in a test"
        if self.fixture.format is Format.OPEN_BADGES_1:
            return {self.uid: why} if is_revoked else {}
        return {
            "@context": _OPEN_BADGES_2,
            "type": "RevocationList",
            "id": self.site("revoked"),
            "issuer": self.site("issuer"),
            "revokedAssertions": [{"id": self.site("badge"), "revocationReason": why}] if is_revoked else [],
        }

    def _compact(self, header: Mapping[str, object], payload: Document) -> str:
        message = jws.signing_input(header, json_bytes(payload))
        return jws.compact(message, self._signed(Algorithm.ES256, message))

    def _signed(self, algorithm: Algorithm, message: bytes) -> bytes:
        owner = f"stranger of {self.site.root}" if self.fixture.flaw is Flaw.WRONG_KEY else self.site.root
        return self.keys.sign(owner, algorithm, message)


def json_bytes(document: Document) -> bytes:
    """A document as it is served."""
    return json.dumps(document, ensure_ascii=False).encode()


def _period(flaw: Flaw) -> tuple[dt.datetime, dt.datetime]:
    if flaw is Flaw.NOT_YET_VALID:
        return NOT_BEFORE, LAST
    return BEGAN, ENDED if flaw is Flaw.EXPIRED else ENDS


def _stamp(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
