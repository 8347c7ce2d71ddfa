"""Where the answers of the gateway's own API lead."""

from gateway.http.onward import BODY, PATH, QUERY, Links, Onward, elsewhere, to

OPEN_BADGES_2, OAUTH, OPENID4VCI, VC_API = (
    "open-badges-2.json",
    "oauth.json",
    "openid4vci.json",
    "vc-api.json",
)


SOURCED = "Look at the source now; 404 where there is none, as of what was issued here."
SUSPENDABLE = "{} it; 409 for what was issued without `status=suspension`, or is revoked."


def _next(operation: str, where: str, *kept: str, **parameters: str) -> Onward:
    """The following page of a list.

    Args:
        where: Which parameter says where it starts.
        kept: Parameters of the query that stay as they were; who sent none sends none again.
    """
    same = {name: f"{QUERY}.{name}" for name in kept}
    return Onward(
        to=operation,
        name="next",
        parameters={**parameters, **same, where: f"{BODY}/next"},
        description="The following page; none when `next` is empty.",
    )


def _paused(record_id: str) -> tuple[Onward, ...]:
    named = {"record_id": record_id}
    return tuple(
        Onward(to=each, name=each, parameters=named, description=SUSPENDABLE.format(verb))
        for each, verb in (("suspendCredential", "Suspend"), ("reinstateCredential", "Reinstate"))
    )


def _of_record(record_id: str, first_format: str) -> tuple[Onward, ...]:
    """What can be done with a record."""
    named = {"record_id": record_id}
    return (
        *to("showCredential", "showOriginal", "showHistory", "recordPage", record_id=record_id),
        Onward(to="recheckSource", name="recheckSource", parameters=named, description=SOURCED),
        *to("addForms", "revokeCredential", "eraseCredential", record_id=record_id),
        *_paused(record_id),
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
ISSUED = tuple(each for each in MADE if each.to != "recheckSource")
"""What is issued from plain data has no source."""
SHOWN = (*_of_record(f"{BODY}/id", f"{BODY}/forms/0/format"), *_hosted(BODY))
EXPORTED = Onward(
    to="exportCredential",
    name="exportCredential",
    parameters={"record_id": f"{BODY}/id", "format": f"{BODY}/forms/0/format"},
)

SEARCHED = ("state", "format", "source_format", "source_issuer", "created_after", "created_before", "limit")

CREDENTIALS: Links = {
    "convertBadge": MADE,
    "issueCredential": ISSUED,
    "addForms": MADE,
    "showCredential": SHOWN,
    "listCredentials": (
        *to("showCredential", "showHistory", record_id=f"{BODY}/records/0/id"),
        _next("listCredentials", "after", *SEARCHED),
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
            description="The same offer as an exchange (VCALM); 404 where it has none: `links.exchange` is empty then.",
        ),
    )


OFFERS: Links = {
    "makeOffer": _of_offer(f"{BODY}/offer"),
    "showOffer": _of_offer(BODY),
    "listOffers": to("showOffer", "withdrawOffer", offer_id=f"{BODY}/offers/0/id"),
}

CLIENT = f"{BODY}/clientId"


def _of_member(member_id: str) -> tuple[Onward, ...]:
    return tuple(
        Onward(to=each, name=each, parameters={"member_id": member_id}, description=said)
        for each, said in (
            ("changeMember", "Another role; 409 for the last owner."),
            ("removeMember", "Remove the member; 409 for the last owner."),
        )
    )


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
            },
            is_form=True,
            description="A token of the client, to be used like an API key; its id and secret go into HTTP Basic.",
        ),
    ),
    "listClients": to("revokeClient", client_id=f"{BODY}/clients/0/clientId"),
    "makeApiKey": (*to("revokeApiKey", key_id=f"{BODY}/id"), *to("listApiKeys")),
    "listApiKeys": to("revokeApiKey", key_id=f"{BODY}/keys/0/id"),
    "addMember": (*_of_member(f"{BODY}/id"), *to("listMembers")),
    "changeMember": (*_of_member(f"{BODY}/id"), *to("listMembers")),
    "listMembers": _of_member(f"{BODY}/members/0/id"),
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
    "listAudit": (_next("listAudit", "after", "limit"),),
}


VERIFYING = {
    "verifyWebhook": "Give the code that was sent to the endpoint; 422 for any other.",
    "testWebhook": "Send a test; 409 before the endpoint is verified, and while it is disabled.",
    "replaySince": "Send events once more; 409 before the endpoint is verified, and while it is disabled.",
}


def _of_webhook(webhook_id: str) -> tuple[Onward, ...]:
    return (
        *to("showWebhook", "changeWebhook", "disableWebhook", "removeWebhook", webhook_id=webhook_id),
        *to("challengeWebhook", "listDeliveries", "rotateWebhookSecret", webhook_id=webhook_id),
        *_verified("verifyWebhook", "testWebhook", "replaySince", webhook_id=webhook_id),
    )


def _verified(*operations: str, webhook_id: str) -> tuple[Onward, ...]:
    """What verifies an endpoint, and what only one that is verified is sent."""
    named = {"webhook_id": webhook_id}
    return tuple(Onward(to=each, name=each, parameters=named, description=VERIFYING[each]) for each in operations)


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
    "challengeWebhook": (
        *to("listDeliveries", webhook_id=f"{BODY}/id"),
        *_verified("verifyWebhook", webhook_id=f"{BODY}/id"),
    ),
    "verifyWebhook": to("showWebhook", "testWebhook", "disableWebhook", webhook_id=f"{BODY}/id"),
    "disableWebhook": to("showWebhook", "changeWebhook", "challengeWebhook", webhook_id=f"{BODY}/id"),
    "testWebhook": SENT_ONE,
    "replaySince": to("listDeliveries", webhook_id=f"{PATH}.webhook_id"),
    "replayDelivery": to("listDeliveries", webhook_id=f"{PATH}.webhook_id"),
    "listDeliveries": (
        *to("replayDelivery", webhook_id=f"{PATH}.webhook_id", delivery_id=f"{BODY}/deliveries/0/id"),
        _next("listDeliveries", "after", "state", "limit", webhook_id=f"{PATH}.webhook_id"),
    ),
    "listChanges": (
        Onward(
            to="listChanges",
            name="next",
            parameters={"limit": f"{QUERY}.limit", "since": f"{BODY}/next"},
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
