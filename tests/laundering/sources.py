"""Sound badges, of every kind and in every carrier, in a web that vouches for them."""

import io
import json
from enum import StrEnum
from typing import Any  # Any: members of JSON documents

from PIL import Image

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer
from tests.simulators.web import SimulatedWeb

ELSEWHERE = "https://files.example/badge"
STATUS_LIST = "https://issuer.example/status/1"
REVOCATIONS = "https://issuer.example/revocations"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'


class Kind(StrEnum):
    """How a badge is vouched for."""

    HOSTED = "open-badges-2-hosted"
    JWS = "open-badges-2-jws"
    DATA_INTEGRITY = "open-badges-3-data-integrity"
    VC_JWT = "open-badges-3-vc-jwt"


class Carrier(StrEnum):
    """What a badge comes in."""

    BARE = "bare"
    PNG = "png"
    SVG = "svg"
    URL = "url"


class World:
    """A web with an issuer whose badges are sound, and a stranger and a neighbour on its host who issue badges too.

    And an organisation that seals, whose authority is trusted.
    """

    def __init__(self) -> None:
        self.web = SimulatedWeb()
        self.issuer = SimulatedIssuer(self.web)
        self.stranger = SimulatedIssuer(self.web, "https://stranger.example/profile")
        self.neighbour = SimulatedIssuer(self.web, "https://issuer.example/users/evil")
        self.sealer = SimulatedSealer(self.web)
        self.issuer.publish(revocationList=REVOCATIONS)
        self.stranger.publish()
        self.status = self.issuer.status_list(STATUS_LIST)
        self.revoke()

    def revoke(self, *assertions: str) -> None:
        """Publish the RevocationList of Open Badges 2.0."""
        listed = {"id": REVOCATIONS, "type": "RevocationList", "revokedAssertions": list(assertions)}
        self.issuer.serve(REVOCATIONS, {"@context": "https://w3id.org/openbadges/v2", **listed})

    def credential(self, **changes: object) -> dict[str, Any]:
        """An unsigned Open Badges 3.0 credential with a status."""
        return self.issuer.credential(**{"credentialStatus": self.status, **changes})

    def sound(self, kind: Kind, **changes: object) -> bytes:
        """A badge with nothing wrong in it but what ``changes`` say, which is signed and served as well."""
        match kind:
            case Kind.HOSTED:
                return self.issuer.hosted(self.issuer.assertion(**changes))
            case Kind.JWS:
                return self.issuer.signed_badge(**changes).encode()
            case Kind.DATA_INTEGRITY:
                return as_json(self.issuer.signed(self.credential(**changes)))
            case Kind.VC_JWT:
                return self.issuer.token(self.credential(**changes)).encode()

    def carried(self, badge: bytes, kind: Kind, carrier: Carrier) -> bytes:
        """The badge as it arrives."""
        second = kind in (Kind.HOSTED, Kind.JWS)
        match carrier:
            case Carrier.BARE:
                return badge
            case Carrier.PNG:
                return bake_png(PICTURE, badge, KEYWORD_2 if second else KEYWORD_3)
            case Carrier.SVG:
                return bake_svg(DRAWING, badge, 2 if second else 3)
            case Carrier.URL:
                self.web.publish(ELSEWHERE, badge)
                return as_json({"url": ELSEWHERE})


def as_json(document: dict[str, Any]) -> bytes:
    """A document as it is sent."""
    return json.dumps(document).encode()


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    return file.getvalue()


PICTURE = _picture()
