"""The Open Badges 3.0 adapter."""

from collections.abc import Mapping

from adapters.hub.contract import Draft, Format, Issuance, Origin, Reading, Recognition
from adapters.hub.credential import Credential
from adapters.hub.opened import Opened
from adapters.hub.repair import Repair
from adapters.open_badges_3.endorsing import Endorsements
from adapters.open_badges_3.reading import reading
from adapters.open_badges_3.recognition import recognition
from adapters.open_badges_3.repair import repair
from adapters.open_badges_3.writing import draft


class OpenBadges3:
    """Reads VCDM 2.0 and 1.1, writes VCDM 2.0. Open Badges 3.0 embeds all it needs: it refers to nothing."""

    format = Format.OPEN_BADGES_3
    endorsements = Endorsements()

    def recognises(self, opened: Opened) -> Recognition:
        """Certain by context and type, likely by one of them."""
        return recognition(opened)

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: an issuer that is only an address stays a profile with that id."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:  # noqa: ARG002
        """Understand the document."""
        return reading(opened)

    def repair(self, opened: Opened) -> Repair:
        """Correct the form of a document, see `adapters.open_badges_3.repair`."""
        return repair(opened)

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> Draft:
        """Express the credential as an OpenBadgeCredential, unsigned."""
        return draft(credential, issuance, origin)
