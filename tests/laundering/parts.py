"""What a badge leads to: endorsements, newer versions, resources that are fixed by a digest."""

import base64
import functools
import hashlib
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from tests.laundering.embedded import Badge
from tests.laundering.faults import YESTERDAY
from tests.laundering.issuers import Form
from tests.laundering.laundry import Case, Cases, Make
from tests.laundering.sources import World, as_json
from tests.simulators.issuer import SimulatedIssuer

Change = Callable[[World], dict[str, Any]]

SERVICE = "https://issuer.example/refresh/1"
OTHER_LIST = "https://issuer.example/status/2"
PICTURE = "https://issuer.example/badges/knots.png"
CONTEXT = "https://www.w3.org/ns/credentials/v2"
SEEN = b"a picture of a knot"
COMMENT = "In excellent standing."


def holding(form: Form, members: Change, world: World) -> bytes:
    """A badge of the issuer that holds these members."""
    held = members(world)
    if form is Form.TOKEN:
        return world.issuer.token(world.credential(**held)).encode()
    badge = Badge("eddsa-jcs-2022", world)  # signs whatever it is given
    return as_json(badge.signed(badge.document(**held)))


def refreshed(**newer: Any) -> Change:
    """A newer version is served that has these members."""

    def members(world: World) -> dict[str, Any]:
        service = {"id": SERVICE, "type": "1EdTechCredentialRefresh"}
        made = {name: value(world) if callable(value) else value for name, value in newer.items()}
        document = world.issuer.credential(**{"validFrom": "2025-12-20T00:00:00Z", **made})
        world.web.publish(SERVICE, world.issuer.token(document).encode(), "text/plain")
        return {"refreshService": service}

    return members


def _set(world: World, purpose: str) -> dict[str, Any]:
    return world.issuer.status_list(OTHER_LIST, 7, purpose=purpose)


ENDED: Mapping[str, Change] = {
    "newer-version-revoked": refreshed(credentialStatus=functools.partial(_set, purpose="revocation")),
    "newer-version-suspended": refreshed(credentialStatus=functools.partial(_set, purpose="suspension")),
    "newer-version-expired": refreshed(validUntil=YESTERDAY),
}


def fixed(*digests: dict[str, Any], id: str = PICTURE) -> Change:
    """Resources of one id with these digests; what is served there is another matter."""

    def members(world: World) -> dict[str, Any]:
        world.web.publish(PICTURE, SEEN, "image/png")
        world.web.publish(CONTEXT, b"{}", "application/ld+json")
        return {"relatedResource": [{"id": id, **digest} for digest in digests]}

    return members


def sri(data: bytes, algorithm: str = "sha384") -> str:
    """The digest as ``digestSRI``."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


OTHERWISE: Mapping[str, tuple[str, Change]] = {
    "another-picture": ("related-resources failed", fixed({"digestSRI": sri(SEEN + b".")})),
    "one-digest-right-one-wrong": (
        "related-resources failed",
        fixed({"digestSRI": sri(SEEN)}, {"digestSRI": sri(b"")}),
    ),
    "two-objects-of-one-id": ("related-resources failed", fixed({"digestSRI": sri(SEEN)}, {"digestSRI": sri(SEEN)})),
    "digest-that-is-none": ("related-resources failed", fixed({"digestSRI": "sha384-!"})),
    "another-context": ("related-resources unknown", fixed({"digestSRI": sri(b"")}, id=CONTEXT)),
}


def beyond_comparison(world: World) -> dict[str, Any]:
    """Five resources of which four are compared, and one whose host is away."""
    addresses = [f"https://issuer.example/annexes/{number}" for number in range(5)]
    for address in addresses:
        world.web.publish(address, SEEN, "text/plain")
    right, wrong = [{"digestSRI": sri(data)} for data in (SEEN, b"")]
    members = [*({"id": address, **right} for address in addresses[:4]), {"id": addresses[4], **wrong}]
    return {"relatedResource": [*members, {"id": "https://away.example/annex", **wrong}]}


def endorsement(author: SimulatedIssuer, **changes: object) -> dict[str, Any]:
    """An unsigned EndorsementCredential about the badge."""
    subject = {"id": author.credential()["id"], "type": ["EndorsementSubject"], "endorsementComment": COMMENT}
    return author.credential(
        **{
            "id": "urn:uuid:7f4a1c90-5f5e-4f0e-8a3b-0b8f5b1f4a77",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": author.id, "type": ["Profile"], "name": "Accreditation Board"},
            "credentialSubject": subject,
            **changes,
        }
    )


def _tampered(world: World) -> dict[str, Any]:
    signed = world.stranger.signed(endorsement(world.stranger))
    return {**signed, "name": "Endorsed by everybody"}


ENDORSED: Mapping[str, Callable[[World], dict[str, Any]]] = {
    "right": lambda world: world.stranger.signed(endorsement(world.stranger)),
    "unsigned": lambda world: endorsement(world.stranger),
    "tampered": _tampered,
    "expired": lambda world: world.stranger.signed(endorsement(world.stranger, validUntil=YESTERDAY)),
    "in-the-issuers-name": lambda world: world.stranger.signed(endorsement(world.issuer)),
    "revoked": lambda world: world.stranger.signed(
        endorsement(world.stranger, credentialStatus=world.stranger.status_list(f"{world.stranger.host}/status", 7))
    ),
}


def endorsed(world: World) -> dict[str, Any]:
    """Every endorsement, wherever one may stand, as JSON and as a token."""
    embedded = [make(world) for make in ENDORSED.values()]
    every = {"endorsement": embedded, "endorsementJwt": [world.stranger.token(endorsement(world.stranger))]}
    document = world.credential()
    subject = document["credentialSubject"]
    subject["achievement"] |= {**every, "creator": {**document["issuer"], **every}}
    return {**every, "credentialSubject": subject, "issuer": {**document["issuer"], **every}}


def _cases(form: Form) -> dict[str, Case]:
    rows = {**{name: ("refresh unknown", change) for name, change in ENDED.items()}, **OTHERWISE}
    return {name: Case(stop, functools.partial(holding, form, change)) for name, (stop, change) in rows.items()}


FAULTS: Cases = {f"leads elsewhere, {form}": _cases(form) for form in Form}

SOUND: Mapping[str, Make] = {
    f"{name}, {form}": functools.partial(holding, form, change)
    for name, change in {
        "newer version": refreshed(name="Surgery"),
        "picture with its digest": fixed({"digestSRI": sri(SEEN)}),
        "annexes that nobody compared": beyond_comparison,
        "endorsed": endorsed,
    }.items()
    for form in Form
}
