"""Where the answers of the gateway's own API lead."""

from gateway.http.onward import BODY, PATH, Links, Onward, elsewhere, to

OPEN_BADGES_2, OAUTH, OPENID4VCI, VC_API = (
    "open-badges-2.json",
    "oauth.json",
    "openid4vci.json",
    "vc-api.json",
)


def _of_record(record_id: str, first_format: str) -> tuple[Onward, ...]:
    """What can be done with a record."""
    return (
        *to("showCredential", "showOriginal", "showHistory", "recheckSource", "recordPage", record_id=record_id),
        *to(
            "addForms",
            "revokeCredential",
            "suspendCredential",
            "reinstateCredential",
            "eraseCredential",
            record_id=record_id,
        ),
        *to("exportCredential", record_id=record_id, format=first_format),
        *to("listOffers", credential=record_id),
        Onward(to="makeOffer", name="makeOffer", body={"credential": record_id}),
    )


def _hosted(record: str) -> tuple[Onward, ...]:
    """Where the first form of a record is served."""
    platform, form = f"{record}/platform", f"{record}/forms/0/id"
    issued = elsewhere(OPEN_BADGES_2, "get", "/p/{platform}/issued/{name}")
    return (
        Onward(
            to=issued,
            name="issuedForm",
            parameters={"platform": platform, "name": form},
            description="The first form, for everybody who knows its address; not one that is not public.",
        ),
        *to("conversionReceipt", platform=platform, name=form),
    )


MADE = (*_of_record(f"{BODY}/record/id", f"{BODY}/record/forms/0/format"), *_hosted(f"{BODY}/record"))
SHOWN = (*_of_record(f"{BODY}/id", f"{BODY}/forms/0/format"), *_hosted(BODY))
EXPORTED = Onward(
    to="exportCredential",
    name="exportCredential",
    parameters={"record_id": f"{BODY}/id", "format": f"{BODY}/forms/0/format"},
)

CREDENTIALS: Links = {
    "convertBadge": MADE,
    "issueCredential": MADE,
    "addForms": MADE,
    "showCredential": SHOWN,
    "listCredentials": (
        *to("showCredential", "showHistory", record_id=f"{BODY}/records/0/id"),
        Onward(
            to="listCredentials",
            name="next",
            parameters={"after": f"{BODY}/next"},
            description="The following page, with the same filters; none when `next` is empty.",
        ),
    ),
    "revokeCredential": (*to("showCredential", "showHistory", record_id=f"{BODY}/id"), EXPORTED),
    "suspendCredential": (
        *to("showCredential", "showHistory", "reinstateCredential", "revokeCredential", record_id=f"{BODY}/id"),
        EXPORTED,
    ),
    "reinstateCredential": (
        *to("showCredential", "showHistory", "suspendCredential", "revokeCredential", record_id=f"{BODY}/id"),
        EXPORTED,
    ),
    "recheckSource": to("showCredential", "showHistory", record_id=f"{PATH}.record_id"),
    "showHistory": to("showCredential", record_id=f"{PATH}.record_id"),
}


def _of_offer(offer: str) -> tuple[Onward, ...]:
    offer_id = f"{offer}/id"
    return (
        *to("showOffer", "withdrawOffer", "offerPage", offer_id=offer_id),
        *to("showCredential", record_id=f"{offer}/credential"),
        Onward(
            to=elsewhere(OPENID4VCI, "get", "/oid4vci/offers/{offer_id}"),
            name="credentialOffer",
            parameters={"offer_id": offer_id},
            description="What a wallet reads first (OpenID4VCI).",
        ),
        Onward(
            to=elsewhere(VC_API, "get", "/vc-api/workflows/claim/exchanges/{exchange_id}"),
            name="getExchange",
            parameters={"exchange_id": offer_id},
            description="The same offer as an exchange (VCALM), where it has one: `links.exchange` is not empty then.",
        ),
    )


OFFERS: Links = {
    "makeOffer": _of_offer(f"{BODY}/offer"),
    "showOffer": _of_offer(BODY),
    "listOffers": to("showOffer", "withdrawOffer", offer_id=f"{BODY}/offers/0/id"),
}

CLIENT = f"{BODY}/clientId"

PLATFORM: Links = {
    "makeClient": (
        *to("revokeClient", client_id=CLIENT),
        *to("listClients"),
        Onward(
            to=elsewhere(OAUTH, "post", "/oauth/token"),
            name="issueToken",
            body={
                "grant_type": "client_credentials",
                "client_id": CLIENT,
                "client_secret": f"{BODY}/clientSecret",
            },
            description="A token of the client, to be used like an API key.",
        ),
    ),
    "listClients": to("revokeClient", client_id=f"{BODY}/clients/0/clientId"),
    "makeApiKey": (*to("revokeApiKey", key_id=f"{BODY}/id"), *to("listApiKeys")),
    "listApiKeys": to("revokeApiKey", key_id=f"{BODY}/keys/0/id"),
    "addMember": (*to("changeMember", "removeMember", member_id=f"{BODY}/id"), *to("listMembers")),
    "changeMember": (*to("removeMember", member_id=f"{BODY}/id"), *to("listMembers")),
    "listMembers": to("changeMember", "removeMember", member_id=f"{BODY}/members/0/id"),
    "rotateSigningKey": to("listSigningKeys"),
    "changePlatform": to("showPlatform"),
    "showPlatform": (
        *to("didDocument", "profile", "issuerOfTokens", "jwtVcIssuer", platform=f"{BODY}/id"),
        Onward(
            to=elsewhere(OPEN_BADGES_2, "get", "/p/{platform}/issuer"),
            name="issuerProfile",
            parameters={"platform": f"{BODY}/id"},
            description="The platform as an Open Badges 2.0 Issuer.",
        ),
    ),
    "makePlatform": to("showTenant", "changeTenant", "makeTenantKey", tenant=f"{BODY}/id"),
    "makeTenantKey": to("showTenant", tenant=f"{PATH}.tenant"),
    "changeTenant": to("showTenant", "makeTenantKey", tenant=f"{BODY}/id"),
    "showTenant": to("changeTenant", "makeTenantKey", tenant=f"{BODY}/id"),
    "listPlatforms": to("showTenant", "changeTenant", "makeTenantKey", tenant=f"{BODY}/platforms/0/id"),
    "listAudit": (
        Onward(
            to="listAudit",
            name="next",
            parameters={"after": f"{BODY}/next"},
            description="The following page; none when `next` is empty.",
        ),
    ),
}


def _of_webhook(webhook_id: str) -> tuple[Onward, ...]:
    return (
        *to("showWebhook", "changeWebhook", "disableWebhook", "removeWebhook", webhook_id=webhook_id),
        *to("challengeWebhook", "verifyWebhook", "testWebhook", "replaySince", webhook_id=webhook_id),
        *to("listDeliveries", "rotateWebhookSecret", webhook_id=webhook_id),
    )


SENT_ONE = (
    *to("listDeliveries", webhook_id=f"{PATH}.webhook_id"),
    *to("replayDelivery", webhook_id=f"{PATH}.webhook_id", delivery_id=f"{BODY}/id"),
)

WEBHOOKS: Links = {
    "createWebhook": _of_webhook(f"{BODY}/webhook/id"),
    "rotateWebhookSecret": _of_webhook(f"{BODY}/webhook/id"),
    "showWebhook": _of_webhook(f"{BODY}/id"),
    "listWebhooks": _of_webhook(f"{BODY}/webhooks/0/id"),
    "changeWebhook": to("showWebhook", "challengeWebhook", "removeWebhook", webhook_id=f"{BODY}/id"),
    "challengeWebhook": to("verifyWebhook", "listDeliveries", webhook_id=f"{BODY}/id"),
    "verifyWebhook": to("showWebhook", "testWebhook", "disableWebhook", webhook_id=f"{BODY}/id"),
    "disableWebhook": to("showWebhook", "changeWebhook", "challengeWebhook", webhook_id=f"{BODY}/id"),
    "testWebhook": SENT_ONE,
    "replaySince": to("listDeliveries", webhook_id=f"{PATH}.webhook_id"),
    "replayDelivery": to("listDeliveries", webhook_id=f"{PATH}.webhook_id"),
    "listDeliveries": (
        *to("replayDelivery", webhook_id=f"{PATH}.webhook_id", delivery_id=f"{BODY}/deliveries/0/id"),
        Onward(
            to="listDeliveries",
            name="next",
            parameters={"webhook_id": f"{PATH}.webhook_id", "after": f"{BODY}/next"},
            description="The following page; none when `next` is empty.",
        ),
    ),
    "listChanges": (
        Onward(
            to="listChanges",
            name="next",
            parameters={"since": f"{BODY}/next"},
            description="What happens from here on.",
        ),
    ),
}

TEST_AIDS: Links = {
    "listFixtures": to("fetchFixture", name=f"{BODY}/fixtures/0/name"),
    "makeEcho": to("showEcho", "changeEcho", echo_id=f"{BODY}/id"),
    "changeEcho": to("showEcho", echo_id=f"{BODY}/id"),
    "setTestClock": to("showTestClock", "resetTestClock"),
    "setUpstream": to("showUpstream", "resetUpstream"),
}

LINKS: Links = {**CREDENTIALS, **OFFERS, **PLATFORM, **WEBHOOKS, **TEST_AIDS}
"""Every one of them."""
