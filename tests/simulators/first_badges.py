"""An issuer of Open Badges 0.5, 1.0 and 1.1 in a simulated web: hosted badges, signed ones, and what it revoked."""

import json
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

LEARNER = "learner@example.org"


class FirstIssuer:
    """Serves BadgeClass, issuer, key and revocation list of one host; each badge lies at an address of its own.

    Attributes:
        host: Its origin.
    """

    def __init__(self, web: SimulatedWeb, host: str = "https://first.example") -> None:
        self.web = web
        self.host = host
        self.keys = SimulatedIssuer(web, f"{host}/issuer.json")
        pem = self.keys.keys["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        web.publish(f"{host}/key.pem", pem, "application/x-pem-file")
        self.serve("issuer.json", self.issuer())
        self.serve("knots.json", self.badge())
        self.revoke()

    def revoke(self, **reasons: str) -> None:
        """Serve the list of what was revoked: uid -> reason."""
        self.serve("revoked.json", reasons)

    def serve(self, name: str, document: dict[str, Any]) -> bytes:
        """Publish a JSON document on the host; members that are None are left out."""
        body = json.dumps({member: value for member, value in document.items() if value is not None}).encode()
        self.web.publish(f"{self.host}/{name}", body)
        return body

    def issuer(self, **changes: object) -> dict[str, Any]:
        """The IssuerOrganization, without an id as in 1.0."""
        return {
            "name": "School of Knots",
            "url": self.host,
            "email": "badges@first.example",
            "revocationList": f"{self.host}/revoked.json",
            **changes,
        }

    def badge(self, **changes: object) -> dict[str, Any]:
        """The BadgeClass, without an id as in 1.0."""
        return {
            "name": "Knots",
            "description": "Ties ten knots.",
            "image": f"{self.host}/knots.png",
            "criteria": f"{self.host}/knots.html",
            "alignment": [{"name": "Rope work", "url": "https://frameworks.example/rope-work"}],
            "issuer": f"{self.host}/issuer.json",
            **changes,
        }

    def assertion(self, **changes: object) -> dict[str, Any]:
        """A hosted Assertion of 1.0."""
        return {
            "uid": "a1",
            "recipient": {"type": "email", "hashed": False, "identity": LEARNER},
            "badge": f"{self.host}/knots.json",
            "verify": {"type": "hosted", "url": f"{self.host}/a1.json"},
            "issuedOn": 1398850200,
            **changes,
        }

    def hosted(self, **changes: object) -> bytes:
        """Serve an Assertion of 1.0; return the bytes that its address serves."""
        return self.serve("a1.json", self.assertion(**changes))

    def hosted_1_1(self, **changes: object) -> bytes:
        """The same in 1.1, which has ids, with a time that lacks its zone."""
        ids = {"@context": "https://w3id.org/openbadges/v1", "type": "Assertion", "id": f"{self.host}/a1.json"}
        return self.hosted(**{**ids, "issuedOn": "2016-04-30T09:30:00", **changes})

    def signed(self, **changes: object) -> str:
        """An Assertion of 1.0 as JWS, RS256."""
        verify = {"type": "signed", "url": f"{self.host}/key.pem"}
        return self.keys.compact({"alg": "RS256"}, self.assertion(**{"verify": verify, **changes}))

    def of_2011(self, **changes: object) -> str:
        """Serve an Assertion of 0.5; return its address, which its picture holds."""
        issuer = {"origin": self.host, "name": "School of Knots", "org": "Harbour", "contact": "badges@first.example"}
        badge = {**self.badge(issuer=issuer), "version": "0.5.0", "criteria": "/knots.html"}
        document = {"recipient": LEARNER, "issued_on": "2011-06-01", "badge": badge, **changes}
        badge.pop("alignment")
        self.serve("2011.json", document)
        return f"{self.host}/2011.json"
