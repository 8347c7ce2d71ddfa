"""Where the answers of the VC API lead."""

from gateway.http.onward import BODY, PATH, Links, Onward, elsewhere, to

CREDENTIAL = f"{BODY}/verifiableCredential"
EXCHANGE = f"{PATH}.exchange_id"
RECORD = f"{BODY}/variables/credentialId"

SIGNED = "Fetch it with a presentation that is signed for this exchange; 400 for any other."
PARTICIPATE = Onward(
    to="participateInExchange",
    name="participateInExchange",
    parameters={"exchange_id": EXCHANGE},
    description="Ask what is wanted, or fetch it with a presentation signed for this exchange; 400 for any other.",
)

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
            whole=("verifiableCredential",),
        ),
    ),
    "fetchVerifiableCredential": (
        Onward(
            to="verifyVerifiableCredential",
            name="verifyVerifiableCredential",
            body={"verifiableCredential": CREDENTIAL},
            whole=("verifiableCredential",),
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
    "getExchange": (
        *to("getExchangeProtocols", "getExchangeRequest", exchange_id=EXCHANGE),
        PARTICIPATE,
    ),
    "getExchangeProtocols": (*to("getExchangeRequest", exchange_id=EXCHANGE), PARTICIPATE),
    "getExchangeRequest": (
        PARTICIPATE,
        Onward(to="claimBare", name="claimBare", parameters={"exchange_id": EXCHANGE}, description=SIGNED),
    ),
    "participateInExchange": to("getExchange", exchange_id=EXCHANGE),
}
"""A challenge goes into a proof that the holder signs, which a link cannot fill."""
