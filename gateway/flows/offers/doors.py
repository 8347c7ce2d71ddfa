"""Every way into a wallet, as links: what is shown, encoded in QR codes and handed to programs.

No path of them has a word that wallets take for phishing (verify, confirm, update, secure ...).
"""

from urllib.parse import quote, urlencode

import msgspec

from gateway.records.offers import Claiming, Configuration, Offer

PAGES = "/offers"
CREDENTIAL_OFFERS = "/oid4vci/offers"
EXCHANGES = "/vc-api/workflows/claim/exchanges"
BARE = "bare"

LEARNER_WALLET = "https://lcw.app/request.html"
"""Opens the Learner Credential Wallet where it is installed, and says where to get it elsewhere.

Its protocol has what is asked for in the query: where the wallet is not installed, this host reads the address of an
exchange, and could claim a credential that nobody has fetched yet. An offer with a code, or for who signs in, has no
such door.
"""

EXCHANGED = Configuration.BADGE
"""What exchanges hand over: the wallets that take part in them read Data Integrity."""


class Doors(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where one credential is fetched; "" where a way is not open for how the offer is claimed, or for what it is of.

    Attributes:
        page: For people.
        interaction: The same address as an interaction URL (VCALM): programs that ask for JSON get its protocols.
        credential_offer: The credential offer of OpenID4VCI 1.0, in JSON.
        openid4vci: Opens a wallet on the same device with that offer; also what its QR code says.
        exchange: Where a wallet takes part in the exchange (VCALM), beginning with ``{}``.
        learner_wallet: Opens the Learner Credential Wallet with that exchange.
    """

    page: str
    interaction: str
    credential_offer: str
    openid4vci: str = msgspec.field(name="openid4vci")
    exchange: str = ""
    learner_wallet: str = ""


def doors(offer: Offer, public_url: str) -> Doors:
    """The ways that are open for an offer: all of them where it has an exchange, else only OpenID4VCI.

    Source: OpenID4VCI 1.0 section 4.1.3 (``credential_offer_uri``); VCALM, "Interaction URL Format".
    """
    page, by_reference = f"{public_url}{PAGES}/{offer.id}", f"{public_url}{CREDENTIAL_OFFERS}/{offer.id}"
    exchange = f"{public_url}{EXCHANGES}/{offer.id}" if has_exchange(offer) else ""
    return Doors(
        page=page,
        interaction=f"{page}?iuv=1",
        credential_offer=by_reference,
        openid4vci=f"openid-credential-offer://?{urlencode({'credential_offer_uri': by_reference}, quote_via=quote)}",
        exchange=exchange,
        learner_wallet=_by_exchange(exchange, public_url) if exchange else "",
    )


def has_exchange(offer: Offer) -> bool:
    """Whether the link alone suffices, and what exchanges hand over is offered."""
    return offer.claiming is Claiming.LINK and EXCHANGED in offer.configurations


def learner_wallet_bare(offer: Offer, public_url: str, challenge: str) -> str:
    """The older way into the Learner Credential Wallet, whose releases of 2026 lose what an exchange gives them.

    The wallet posts a presentation over the challenge, as it is, and takes what is answered, as it is.

    Args:
        challenge: Works once, for this offer.
    """
    asked = {
        "issuer": public_url,
        "auth_type": "bearer",
        "challenge": challenge,
        "vc_request_url": f"{public_url}{EXCHANGES}/{offer.id}/{BARE}",
    }
    return f"{LEARNER_WALLET}?{urlencode(asked, quote_via=quote)}"


def _by_exchange(exchange: str, public_url: str) -> str:
    request = {"credentialRequestOrigin": public_url, "protocols": {"vcapi": exchange}}
    return f"{LEARNER_WALLET}?{urlencode({'request': msgspec.json.encode(request).decode()}, quote_via=quote)}"
