"""What stands beside a seal key: its certificate, and whom that names."""

import re

import msgspec

from gateway.settings import ORGANISATION_ID as ORGANISATION_ID

_COUNTRY = re.compile(r"(?:VAT|NTR|PSD|[A-Z]{2}:)([A-Z]{2})-")

NOT_QUALIFIED = "self-made, not qualified"
"""How a certificate that nobody but ourselves vouches for is called everywhere."""

IMPORTED = "imported; whether it is qualified depends on its issuer, and is not claimed here"
"""How all others are called."""


class SealCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """The X.509 certificate of a seal key.

    Attributes:
        chain: DER, the key's own first, each signed by the next.
        self_made: Whether we signed it ourselves; the others were imported, and nothing is said of who qualified them.
    """

    chain: tuple[bytes, ...]
    self_made: bool


def country_of(organisation_id: str) -> str:
    """The country in an organizationIdentifier, ISO 3166-1 alpha-2; "" where it names none (an LEI)."""
    found = _COUNTRY.match(organisation_id)
    return found[1] if found else ""
