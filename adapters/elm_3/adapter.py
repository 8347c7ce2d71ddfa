"""The adapter of European Digital Credentials: the European Learning Model 3."""

from collections.abc import Mapping

from adapters.elm_3.endorsing import Endorsements
from adapters.elm_3.reading import reading
from adapters.elm_3.recognition import recognition
from adapters.elm_3.repair import repair
from adapters.elm_3.writing import draft
from adapters.hub.contract import Draft, Format, Issuance, Origin, Reading, Recognition
from adapters.hub.credential import Credential
from adapters.hub.opened import Opened
from adapters.hub.repair import Repair


class Elm3:
    """Reads and writes the application profile EDC in versions 3.1 and 3.2. A credential embeds all it needs."""

    format = Format.ELM_3
    endorsements = Endorsements()

    def recognises(self, opened: Opened) -> Recognition:
        """Certain by context and type, likely by one of them."""
        return recognition(opened)

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing: what a credential names by its id stands in it, or is only named."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:  # noqa: ARG002
        """Understand the document: one credential of the neutral model for each thing it awards."""
        return reading(opened)

    def repair(self, opened: Opened) -> Repair:
        """Correct the form of a document, see `adapters.elm_3.repair`."""
        return repair(opened)

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> Draft:
        """Express the credential as a EuropeanDigitalCredential, unsealed."""
        return draft(credential, issuance, origin)
