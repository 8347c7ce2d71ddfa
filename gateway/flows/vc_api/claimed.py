"""What a credential that is to be issued may not claim: another issuer, a proof, a status, a conversion."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON

from gateway.errors import NotIssuable
from gateway.proofs import contexts
from gateway.proofs.findings import step
from gateway.proofs.type_iris import types_by_iri
from gateway.trust.served import listed

_SECURED = {
    "proof": ("it has a proof already", "send the credential without it; the gateway signs it"),
    "credentialStatus": (
        "its status is the gateway's to give",
        'leave it out; options.credentialStatus {"statusPurpose": "suspension"} makes it one that can be suspended',
    ),
    "refreshService": ("the gateway refreshes nothing it issued", "leave it out"),
}
_ENDORSEMENTS = ("endorsement", "endorsementJwt")
_NOT_OURS = "an endorsement is another issuer's, and may be revoked or end without this credential"
_CONVERSIONS = (
    "https://w3id.org/openbadges#Assertion",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
    "http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential",
)
"""Types of evidence by which a converted credential leads to its original."""


def refuse_claims(document: dict[str, Any], at: str) -> None:
    """Refuse what the gateway adds itself, what only somebody else can say, and contexts that nobody pinned.

    Args:
        at: Pointer to the credential.

    Raises:
        NotIssuable: It holds such a member.
    """
    for name, (reason, fix) in _SECURED.items():
        if name in document:
            raise NotIssuable(f"{reason}", pointer=f"{at}/{name}", fix=fix)
    for pointer, reason in _of_others(document):
        raise NotIssuable(
            reason, pointer=f"{at}{pointer}", fix="leave it out: convert the other issuer's badge instead"
        )
    _refuse_contexts(document, at)
    for found in types_by_iri(document):
        raise NotIssuable(
            f"{found.pointer}: {found.detail}", pointer=f"{at}{found.pointer}", fix="name the type by its term"
        )


def _of_others(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where another issuer would seem to speak, or a conversion to have been made."""
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    for place, owner in (("", document), ("/credentialSubject/achievement", achievement)):
        yield from ((f"{place}/{name}", _NOT_OURS) for name in _ENDORSEMENTS if name in owner)
    if "source" in subject:
        yield "/credentialSubject/source", "a source is named only in what was converted from its badge"
    if "creator" in achievement:
        yield "/credentialSubject/achievement/creator", "a creator is named only in what was converted from its badge"
    for index, each in enumerate(listed(document.get("evidence"))):
        kinds = listed(_object(each).get("type"))
        if any(kind in _CONVERSIONS for kind in kinds):
            yield step("/evidence", index), "it would say that the credential was converted, and it was not"
    for index, each in enumerate(listed(document.get("relatedResource"))):
        if str(_object(each).get("id", "")).lower().startswith("ni:"):
            yield step("/relatedResource", index), "it would name an original, and there is none"


def _refuse_contexts(document: dict[str, Any], at: str) -> None:
    """Refuse contexts that are not pinned: what they define is nobody's to say, and no verifier here reads it."""
    for index, context in enumerate(listed(document.get("@context"))):
        if not isinstance(context, str) or not contexts.known(context):
            said = context if isinstance(context, str) else "written out"
            raise NotIssuable(
                f"the context {said:.200} is not one of the pinned ones",
                pointer=step(f"{at}/@context", index),
                fix="use the published contexts of the data model and of Open Badges 3.0 alone",
            )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
