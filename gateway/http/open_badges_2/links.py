"""Where the pages lead that a verifier follows."""

from gateway.http.onward import PATH, Links, to

_PLATFORM = f"{PATH}.platform"

LINKS: Links = {
    "issuedForm": to("issuerProfile", "revocationList", platform=_PLATFORM),
    "badgeClass": to("issuerProfile", platform=_PLATFORM),
    "issuerProfile": to("revocationList", platform=_PLATFORM),
    "signingKey": to("issuerProfile", platform=_PLATFORM),
    "revocationList": to("issuerProfile", platform=_PLATFORM),
}
"""The addresses in the documents lead further: a BadgeClass and a key have names of their own."""
