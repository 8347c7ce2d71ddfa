"""The adapter of the EU learning credential."""

from collections.abc import Mapping
from typing import ClassVar, NoReturn

from adapters.hub.contract import Confidence, Draft, Format, Issuance, Origin, Reading, Recognition
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError, Malformed
from adapters.hub.opened import Opened
from adapters.hub.repair import Lack, Repair
from adapters.learning_credential_1.document import VCT, VERSION
from adapters.learning_credential_1.reading import reading
from adapters.learning_credential_1.writing import draft


class NoEndorsements:
    """The reader of endorsements, of which this format has none."""

    def references(self, _opened: Opened, _known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> NoReturn:
        """Refuse.

        Raises:
            Malformed: Always.
        """
        del opened, known
        raise Malformed(
            "learning credentials have no endorsements", fix="Send an Endorsement of Open Badges 2.0 or 3.0."
        )


class LearningCredential1:
    """Reads and writes the claims; it refers to nothing."""

    format: ClassVar[Format] = Format.LEARNING_CREDENTIAL_1
    endorsements: ClassVar[NoEndorsements] = NoEndorsements()

    def recognises(self, opened: Opened) -> Recognition:
        """Certain by ``vct``, which every SD-JWT VC has; nothing else is one."""
        if opened.document.get("vct") != VCT:
            return Recognition(format=self.format, confidence=Confidence.NONE)
        return Recognition(
            format=self.format,
            confidence=Confidence.CERTAIN,
            version=VERSION,
            evidence=(f"vct is {VCT}",),
        )

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:  # noqa: ARG002
        """Understand the claims, see `adapters.learning_credential_1.reading`."""
        return reading(opened)

    def repair(self, opened: Opened) -> Repair:
        """Correct nothing: a claim is right or only its issuer knows better."""
        try:
            found = [each for each in reading(opened).findings if each.blocking]
            lacking = [Lack(pointer=each.pointer, reason=each.reason, fix=each.fix) for each in found]
        except AdapterError as error:
            lacking = [Lack(pointer=error.pointer, reason=error.reason, fix=error.fix)]
        return Repair(document=opened.document, corrections=(), lacking=tuple(lacking))

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> Draft:
        """Express the credential as claims, unsigned."""
        return draft(credential, issuance, origin)
