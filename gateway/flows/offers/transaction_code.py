"""Transaction codes: what a person types beside the link, having had it by another way (OpenID4VCI 1.0 section 4.1.1).

Of six digits, so that the digest that is kept is keyed, and the attempts are counted (OpenID4VCI 1.0 section 13.6.2).
"""

import hmac
import secrets

from gateway.records.offers import Offer

DIGITS = 6
MOST_ATTEMPTS = 5
"""So many wrong codes lock an offer: who guesses succeeds once in 200 000 offers."""

PURPOSE = "transaction codes of offers"
"""What the key is derived for."""


def new_code() -> str:
    """A code, each as likely as any other; leading zeros belong to it."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_sha256(secret: bytes, offer_id: str, code: str) -> bytes:
    """HMAC-SHA-256 of a code, 32 bytes: the same code of another offer is another one.

    Args:
        secret: Derived for ``PURPOSE``: without it the store tells nobody the codes, of which there are few.
        code: As it was typed; any text.
    """
    return hmac.digest(secret, f"{offer_id}\0{code}".encode("utf-8", "surrogatepass"), "sha256")


def is_code(secret: bytes, offer: Offer, code: str) -> bool:
    """Whether this is the code of the offer, in the same time whatever it is; never where the offer has none."""
    shown = code_sha256(secret, offer.id, code)
    return hmac.compare_digest(shown, offer.code_sha256) and offer.code_sha256 != b""
