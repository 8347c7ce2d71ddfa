"""Endorsements of Open Badges 2.0: hosted or signed documents, in which somebody speaks about something."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

from msgspec import UNSET

from adapters.hub.comparison import endorsement_differences
from adapters.hub.contract import Format, Reading
from adapters.hub.errors import Malformed
from adapters.hub.foreign import limits
from adapters.hub.opened import Opened
from adapters.hub.securing import Finding, Hosted, Jws, Securing, Unsecured
from adapters.hub.wire import validated
from adapters.open_badges_2 import assembly, terms
from adapters.open_badges_2.codecs import instant
from adapters.open_badges_2.document import Claim, Endorsement
from adapters.open_badges_2.endorsed import carried_on
from adapters.open_badges_2.examples import example
from adapters.open_badges_2.findings import misleading
from adapters.open_badges_2.identifiers import on_the_web
from adapters.open_badges_2.reading import VERSION, is_hosted, is_hosted_at, revoked_claims


class Endorsements:
    """Reads an Endorsement: as its host serves it, a copy of that, or a JWS."""

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return the Endorsement's own address, if that is what vouches for it."""
        url = assembly.normalised(opened.document).get("id")
        hosted = is_hosted(opened) and isinstance(url, str) and on_the_web(url)
        return (url,) if hosted and url not in known else ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:
        """Understand an Endorsement.

        Raises:
            Malformed: A member has another type than the specification says.

        Source: Open Badges 2.0, Endorsement.
        """
        document = assembly.normalised(opened.document)
        endorsement = validated(document, Endorsement)
        securing, host = _securing(opened, document, known)
        claim = endorsement.claim
        return Reading(
            format=Format.OPEN_BADGES_2,
            version=VERSION,
            credentials=(),
            origins={},
            document=document,
            issuer_id=_id(document.get("issuer")),
            securing=securing,
            status=tuple(revoked_claims(document, host)),
            findings=(
                *_broken_rules(endorsement, document),
                *limits(document, token=opened.token is not None),
            ),
            endorsements=carried_on({"/issuer": document.get("issuer")}),
            about=claim.id if isinstance(claim, Claim) else "",
        )


def _securing(
    opened: Opened, document: dict[str, Any], known: Mapping[str, bytes]
) -> tuple[Securing, dict[str, Any] | None]:
    """How it is secured, and what its own address serves, if it does."""
    verification = document.get("verification", {})
    if opened.token is not None:
        return Jws(token=opened.token, creator=_id(verification.get("creator"))), None
    url = document["id"]
    if not is_hosted_at(url, verification):
        return Unsecured(), None
    if url not in known:
        return Hosted(url=url), None
    try:
        host = assembly.served(url, known).document
    except Malformed as error:
        return Hosted(url=url, differs=(error.pointer,)), None
    return Hosted(url=url, differs=tuple(endorsement_differences(document, host))), host


def _broken_rules(endorsement: Endorsement, document: dict[str, Any]) -> Iterator[Finding]:
    if not terms.brings_the_terms(document.get("@context")):
        fix = f'Write "@context": "{terms.CONTEXT}".'
        yield Finding(pointer="/@context", reason="is not the context of Open Badges 2.0", fix=fix)
    yield from misleading(document.get("@context"), "/@context")
    if "Endorsement" not in terms.listed(document.get("type", [])):
        yield Finding(pointer="/type", reason="is not Endorsement", fix='Write "type": "Endorsement".')
    for member in ("claim", "issuer", "issuedOn", "verification"):
        if member not in document:
            fix = f"Add {example(member)}."
            yield Finding(pointer=f"/{member}", reason="is missing", fix=fix)
    if endorsement.issued_on is not UNSET and instant(endorsement.issued_on) is None:
        reason = f"is no date and time with a zone: {endorsement.issued_on}"
        yield Finding(pointer="/issuedOn", reason=reason, fix=f"Write {example('issuedOn')}.")


def _id(named: Any) -> str:
    found = named.get("id") if isinstance(named, dict) else named
    return found if isinstance(found, str) else ""
