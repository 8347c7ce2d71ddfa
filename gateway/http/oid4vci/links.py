"""Where the answers lead that wallets get."""

from gateway.http.onward import BODY, PATH, Links, Onward, elsewhere, to

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
OFFER_ID = f"{PATH}.offer_id"

LINKS: Links = {
    "credentialIssuerMetadata": to("credentialNonce"),
    "credentialOffer": (
        *to("credentialOfferByValue", offer_id=OFFER_ID),
        Onward(
            to=elsewhere("oauth.json", "post", "/oauth/token"),
            name="issueToken",
            body={"grant_type": GRANT, "pre-authorized_code": f"{BODY}/grants/{GRANT}/pre-authorized_code"},
            is_form=True,
            description="A token for the credential, where the offer has a code for it.",
        ),
    ),
    "credentialOfferByValue": to("credentialOffer", offer_id=OFFER_ID),
    "issueWalletCredential": (
        Onward(
            to="notifyOfCredential",
            name="notifyOfCredential",
            body={"notification_id": f"{BODY}/notification_id"},
            on=200,
        ),
        Onward(
            to="issueDeferredCredential",
            name="issueDeferredCredential",
            body={"transaction_id": f"{BODY}/transaction_id"},
            on=202,
        ),
    ),
    "issueDeferredCredential": (
        Onward(
            to="issueDeferredCredential",
            name="again",
            body={"transaction_id": f"{BODY}/transaction_id"},
            on=202,
            description="The same question, after the interval.",
        ),
    ),
}
"""The nonce goes into a proof that the wallet signs, which a link cannot fill."""
