"""The hash that stands for a recipient's address: the same in Open Badges 2.0 and 3.0.

Source: Open Badges 2.0 IdentityObject; Open Badges 3.0 section 5.6 (IdentityHash).
"""

import hashlib
import hmac
from enum import StrEnum
from typing import Final

_ALGORITHMS: Final = frozenset({"sha256", "md5", "sha1"})
"""sha256 and md5 by the specifications, sha1 by the schema of version 0; md5 and sha1 are only compared."""


class Spelling(StrEnum):
    """Which spelling of an address an identity hash was made from."""

    AS_GIVEN = "as-given"
    LOWER_CASE = "lower-case"


def identity_hash(identity: str, salt: str = "") -> str:
    """Return ``sha256$`` and the lower-case hex digest of the identity with the salt behind it."""
    return f"sha256${hashlib.sha256((identity + salt).encode()).hexdigest()}"


def is_identity_hash(text: str) -> bool:
    """Say whether a text has the form of an identity hash: algorithm, ``$``, the right number of digits."""
    algorithm, dollar, digest = text.partition("$")
    if not dollar or algorithm not in _ALGORITHMS:
        return False
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    return len(digest) == 2 * size and all(letter in "0123456789abcdefABCDEF" for letter in digest)


def is_of(hashed: str, identity: str, salt: str = "") -> bool:
    """Say whether the hash was made from exactly this spelling of an identity; its digits in either case."""
    if not is_identity_hash(hashed):
        return False
    algorithm, _, digest = hashed.partition("$")
    computed = hashlib.new(algorithm, (identity + salt).encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(computed, digest.lower())


def matches(hashed: str, identity: str, salt: str = "") -> Spelling | None:
    """Say which spelling of ``identity`` the hash was made from, None when neither.

    Neither specification folds case, but many issuers hash the lower-case address: so both are tried.
    """
    for spelling, text in ((Spelling.AS_GIVEN, identity), (Spelling.LOWER_CASE, identity.lower())):
        if is_of(hashed, text, salt):
            return spelling
    return None
