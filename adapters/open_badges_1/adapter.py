"""The adapter of Open Badges 0.5, 1.0 and 1.1: what it recognises, needs and reads; it writes nothing."""

from collections.abc import Mapping
from typing import ClassVar, NoReturn

from adapters.hub.contract import WRITTEN, Confidence, Format, Issuance, Origin, Reading, Recognition
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError, Malformed, NotWritable
from adapters.hub.opened import Opened
from adapters.hub.repair import Repair
from adapters.open_badges_1 import assembly
from adapters.open_badges_1.reading import reading
from adapters.open_badges_1.repair import repair
from adapters.open_badges_1.versions import CONTEXT, Version, version_of

_EVIDENCE = {
    Version.V0_5: ("has a badge, and a recipient that is a text", "has no @context"),
    Version.V1_0: ("has a badge, a recipient, and a uid or verify", "has no @context"),
    Version.V1_1: (f"@context is {CONTEXT}",),
}


class NoEndorsements:
    """The reader of endorsements of Open Badges 1, which has none."""

    def references(self, _opened: Opened, _known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> NoReturn:
        """Refuse.

        Raises:
            Malformed: Always.
        """
        del opened, known
        raise Malformed("Open Badges 1 has no endorsements", fix="Send an Endorsement of Open Badges 2.0 or 3.0.")


class OpenBadges1:
    """Open Badges 0.5, 1.0 and 1.1: Assertions, hosted or signed, with their BadgeClass and issuer."""

    format: ClassVar[Format] = Format.OPEN_BADGES_1
    endorsements: ClassVar[NoEndorsements] = NoEndorsements()

    def recognises(self, opened: Opened) -> Recognition:
        """Say how sure it is: by the context of 1.1, or by the members that only the earlier versions have."""
        version = version_of(opened.document)
        if version is None:
            return Recognition(format=self.format, confidence=Confidence.NONE)
        return Recognition(
            format=self.format,
            confidence=Confidence.CERTAIN if version is Version.V1_1 else Confidence.LIKELY,
            version=version.value,
            evidence=_EVIDENCE[version],
            securing=_securing_at_sight(opened, version),
        )

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return the addresses of BadgeClass and issuer as far as needed, and of a hosted Assertion itself."""
        try:
            return tuple(dict.fromkeys(assembly.addresses(opened, known)))
        except AdapterError:
            return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:
        """Read one Assertion, see `adapters.open_badges_1.reading`."""
        return reading(opened, known)

    def repair(self, opened: Opened) -> Repair:
        """Correct the form of a document, see `adapters.open_badges_1.repair`."""
        return repair(opened)

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> NoReturn:
        """Refuse: nothing new is issued in a version that no displayer asks for.

        Raises:
            NotWritable: Always.
        """
        del credential, issuance, origin
        fix = f"Ask for {', '.join(written.value for written in WRITTEN)}."
        raise NotWritable("Open Badges 0.5 to 1.1 are read, and not written", fix=fix)


def _securing_at_sight(opened: Opened, version: Version) -> str:
    """The tag of the securing, which the Assertion alone shows; "" where only its address could."""
    if opened.token is not None:
        return "jws"
    if assembly.own_address(assembly.received(opened, {}).document):
        return "hosted"
    return "" if version is Version.V0_5 else "unsecured"
