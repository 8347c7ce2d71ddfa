"""Endorsements of Open Badges 3.0: credentials of their own, in which somebody speaks about something."""

from collections.abc import Mapping
from typing import Any  # Any: decoded JSON, validated against document.py

from adapters.hub.contract import Format, Reading
from adapters.hub.opened import Opened
from adapters.hub.wire import validated
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.endorsed import carried
from adapters.open_badges_3.reading import VERSION, VERSION_OF_VCDM_1, broken_rules, completed, securing, status_claims
from adapters.open_badges_3.shape import endorsement_findings


class Endorsements:
    """Reads an EndorsementCredential, bare or in a VC-JWT."""

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: it embeds all that it needs."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:  # noqa: ARG002
        """Understand an EndorsementCredential.

        Raises:
            Malformed: A member has another type than the specification says.

        Source: Open Badges 3.0, EndorsementCredential and EndorsementSubject.
        """
        found, raw, token = completed(opened)
        validated(found.raw, ob3.EndorsementCredential, found.at)
        return Reading(
            format=Format.OPEN_BADGES_3,
            version=VERSION_OF_VCDM_1 if found.vcdm_1 else VERSION,
            credentials=(),
            origins={},
            document=opened.document,
            issuer_id=_id(found.raw.get("issuer", "")),
            securing=securing(opened, raw),
            status=status_claims(found),
            findings=broken_rules(endorsement_findings, opened, found, token),
            endorsements=carried(found.raw, found.at),
            about=_id(found.raw.get("credentialSubject", "")),
        )


def _id(named: Any) -> str:
    return str(named.get("id", "")) if isinstance(named, dict) else str(named)
