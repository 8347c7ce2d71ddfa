"""The adapter of Open Badges 2.0: what it recognises, needs, reads and writes."""

from collections.abc import Mapping
from typing import Any, ClassVar  # Any: members of JSON objects

from adapters.hub.contract import Confidence, Draft, Format, Issuance, Origin, Reading, Recognition
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened
from adapters.hub.repair import Repair
from adapters.open_badges_2 import assembly, terms
from adapters.open_badges_2.endorsing import Endorsements
from adapters.open_badges_2.reading import VERSION, is_hosted, reading, securing_at_sight
from adapters.open_badges_2.repair import repair
from adapters.open_badges_2.writing import draft


class OpenBadges2:
    """Open Badges 2.0: Assertions, hosted or signed, with their BadgeClass and issuer."""

    format: ClassVar[Format] = Format.OPEN_BADGES_2
    endorsements: ClassVar[Endorsements] = Endorsements()

    def recognises(self, opened: Opened) -> Recognition:
        """Say how sure it is: by context and class, or by the members that only an Assertion has."""
        document = opened.document
        context = terms.brings_the_terms(document.get("@context"))
        shape = {"badge", "recipient"} <= document.keys()
        named = "Assertion" in terms.listed(document.get("type", document.get("@type")))
        remains = context and document.get("revoked") is True and (named or "type" not in document)
        evidence = (
            *((f"@context is {terms.CONTEXT}",) if context else ()),
            *(("type is Assertion",) if named else ()),
            *(("has a recipient and a badge",) if shape else ()),
            *(("says that it was revoked",) if remains else ()),
        )
        confidence = _confidence(context=context, named=named, shape=shape, remains=remains)
        if confidence is Confidence.NONE or _other_version(document):
            return Recognition(format=self.format, confidence=Confidence.NONE)
        return Recognition(
            format=self.format,
            confidence=confidence,
            version=VERSION,
            evidence=evidence,
            securing=securing_at_sight(opened),
        )

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return the addresses of BadgeClass and issuer as far as needed, and of a hosted Assertion itself."""
        try:
            needed = assembly.addresses(opened.document, known, hosted=is_hosted(opened))
            return tuple(dict.fromkeys(needed))
        except AdapterError:
            return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:
        """Read one Assertion, see `adapters.open_badges_2.reading`."""
        return reading(opened, known)

    def repair(self, opened: Opened) -> Repair:
        """Correct the form of a document, see `adapters.open_badges_2.repair`."""
        return repair(opened)

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> Draft:
        """Write one Assertion, see `adapters.open_badges_2.writing`."""
        return draft(credential, issuance, origin)


def _confidence(*, context: bool, named: bool, shape: bool, remains: bool) -> Confidence:
    if context and named:
        return Confidence.CERTAIN
    if remains or (shape and (context or named)):
        return Confidence.LIKELY
    return Confidence.NONE


def _other_version(document: dict[str, Any]) -> bool:
    """Open Badges 1 has the same members under another context, and Verifiable Credentials have none of them."""
    contexts = [item for item in terms.listed(document.get("@context")) if isinstance(item, str)]
    return "credentialSubject" in document or any("openbadges/v1" in item for item in contexts)
