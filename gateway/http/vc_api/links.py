"""Where the answers of the VC API lead."""

from gateway.http.onward import BODY, PATH, Links, Onward, elsewhere, to

CREDENTIAL = f"{BODY}/verifiableCredential"
EXCHANGE = f"{PATH}.exchange_id"
RECORD = f"{BODY}/variables/credentialId"

LINKS: Links = {
    "issueVerifiableCredential": (
        Onward(
            to="updateCredentialStatus",
            name="updateCredentialStatus",
            body={"credentialId": f"{CREDENTIAL}/id"},
        ),
        Onward(
            to="verifyVerifiableCredential",
            name="verifyVerifiableCredential",
            body={"verifiableCredential": CREDENTIAL},
        ),
    ),
    "fetchVerifiableCredential": (
        Onward(
            to="verifyVerifiableCredential",
            name="verifyVerifiableCredential",
            body={"verifiableCredential": CREDENTIAL},
        ),
    ),
    "createExchange": (
        Onward(
            to=elsewhere("gateway.json", "get", "/v1/offers"),
            name="listOffers",
            parameters={"credential": RECORD},
            description="The offers of the credential, by whose ids exchanges are named, and withdrawn.",
        ),
        Onward(
            to=elsewhere("gateway.json", "get", "/v1/credentials/{record_id}"),
            name="showCredential",
            parameters={"record_id": RECORD},
            description="The record that is offered.",
        ),
    ),
    "getExchange": to("participateInExchange", "getExchangeProtocols", "getExchangeRequest", exchange_id=EXCHANGE),
    "getExchangeProtocols": to("participateInExchange", "getExchangeRequest", exchange_id=EXCHANGE),
    "getExchangeRequest": to("participateInExchange", "claimBare", exchange_id=EXCHANGE),
    "participateInExchange": to("getExchange", exchange_id=EXCHANGE),
}
"""A challenge goes into a proof that the holder signs, which a link cannot fill."""
