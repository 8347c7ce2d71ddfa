"""What is handed out to come back (`gateway.ports.offers.Tickets`): its kinds, and how long each is kept."""

from enum import StrEnum


class Kind(StrEnum):
    """Of a ticket; what is kept for it stands behind the kind.

    NONCE: c_nonce of OpenID4VCI; nothing. CODE: pre-authorized code; an offer's id. WALLET_CODE: authorization code.
    TOKEN: access token; a `gateway.records.offers.Grant` in JSON. REFRESH: refresh token, which serves once. CHALLENGE:
    of presentations; the exchange it was given in, nothing for none. TRANSACTION: a claim that waits for its source.
    PUSHED: a pushed authorization request. UNDERWAY: the same, since a browser came with it.
    """

    NONCE = "nonce"
    CODE = "pre-authorized code"
    WALLET_CODE = "wallet code"
    TOKEN = "wallet token"  # noqa: S105 - a name
    REFRESH = "wallet refresh"
    CHALLENGE = "challenge"
    TRANSACTION = "transaction"
    PUSHED = "par"
    UNDERWAY = "par underway"


NONCE_S = 300
CODE_S = 600
"""From when a wallet fetches an offer until its person has typed the transaction code."""

WALLET_CODE_S = 120
"""As long as the codes of other clients."""

TOKEN_S = 300
"""Tokens that nothing binds to a key live no longer (OpenID4VCI 1.0 section 13.10)."""

GRANT_S = 3600
"""For so long refresh tokens follow each other from the first on: as long as what was claimed can be fetched again."""

TRANSACTION_S = 3600
CHALLENGE_S = 600
"""A person may have to unlock the wallet, and to choose in it."""

PAGE_CHALLENGE_S = 1800
"""So long a page may be open before its link with a challenge is followed."""

PUSHED_S = 90
"""RFC 9126 section 2.2 has it between 5 and 600 seconds; a browser on its way needs few."""

UNDERWAY_S = 3600
"""So long somebody may take to sign in by a mailed link, to look at the question and to answer it."""
