"""Every operation that makes something takes an Idempotency-Key and keeps its promise, or there is a reason."""

import asyncio
from pathlib import Path
from typing import Any, NamedTuple  # Any: an OpenAPI document, members of JSON objects

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.webhooks.messages import challenge
from gateway.http.contract import document
from gateway.http.surfaces import SURFACES
from gateway.records.access import Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.europass import test_repeated
from tests.gateway.http.platform.test_platform import key_for
from tests.gateway.http.test_aids import test_echo
from tests.gateway.http.vc_api import test_arranged
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World

KEY = {"Idempotency-Key": "a-1"}
SUSPENDABLE = {"to": "open-badges-3", "status": "suspension"}


WITHOUT = {
    "credentialNonce": "OpenID4VCI has none: a nonce serves once, and ends by itself",
    "issueWalletCredential": "OpenID4VCI has none: the same keys get the same credential again",
    "issueDeferredCredential": "OpenID4VCI has none: a transaction is delivered once, then as above",
    "notifyOfCredential": "OpenID4VCI has none: the same notification is one event",
    **dict.fromkeys(("inspectBadge", "verifyBadge"), "nothing is made or kept"),
    "recheckSource": "looks at the source, as timers do at any time",
    **dict.fromkeys(("verifyWebhook", "disableWebhook"), "a state that is reached once, however often"),
    "upsertCredential": "the protocol has none: a credential of the same issuer and id is replaced",
    **dict.fromkeys(("postAssertion", "importBadge"), "the protocol has none: the same badge is held once"),
    "postProfile": "the protocol has none: there is one profile, which is replaced",
    "registerClient": "RFC 7591 has none: who lost the answer registers anew, and what nobody uses is forgotten",
    "issueToken": "RFC 6749 has none: a code and a refresh token serve once",
    "pushAuthorizationRequest": "RFC 9126 has none: each reference serves once, and ends by itself",
    "getBackpackToken": "the protocol has none: tokens end by themselves, and a refresh token serves once",
    **dict.fromkeys(("revokeToken", "revokeApplication"), "an end that is reached once, however often"),
    "answerAuthorization": "a form: its code serves once, and ends by itself",
    **dict.fromkeys(
        ("verifyCredential", "showCredentialDetails", "verifyVerifiableCredential", "verifyPresentation"),
        "nothing is made or kept",
    ),
    "issueVerifiableCredential": "VCALM has none: the same credential is issued once",
    "updateCredentialStatus": "a state that is reached once, however often",
    **dict.fromkeys(
        ("participateInExchange", "claimBare"), "the same key gets the same bytes, each challenge works once"
    ),
    "createChallenge": "a challenge ends by itself",
}
"""Operations with POST that take no Idempotency-Key, and why."""


HARMLESS = {
    *(name for name, why in WITHOUT.items() if why == "nothing is made or kept"),
    *("recheckSource", "verifyWebhook", "disableWebhook", "getBackpackToken", "revokeApplication"),
}
"""Those that make nothing, or tokens for pages and plugins."""

NAMED = ("/vc-api/", "/oid4vci", "/oauth", "/ims/ob/", "/v2/backpack")
README = Path(__file__).parents[3] / "README.md"


def posts() -> dict[str, bool]:
    """Ids of all operations with POST, of every document, and whether they take the header."""
    return {
        item["post"]["operationId"]: any(
            parameter["name"] == "Idempotency-Key" for parameter in item["post"].get("parameters", ())
        )
        for surface in SURFACES
        if surface.document
        for item in msgspec.json.decode(document(surface.document))["paths"].values()
        if "post" in item
    }


INSTALLATION: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "makePlatform": ("/v1/platforms", {"id": "one", "name": "One"}, {"id": "one", "name": "Two"}),
    "makeTenantKey": (
        "/v1/platforms/default/keys",
        {"name": "one", "scopes": ["audit.read"]},
        {"name": "two", "scopes": ["audit.read"]},
    ),
}
"""Of the whole installation, for a key that may: the address, a body and another one."""

PLATFORM: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "addMember": (
        "members",
        {"address": "a@b.example", "role": "reader"},
        {"address": "c@b.example", "role": "reader"},
    ),
    "makeApiKey": ("keys", {"name": "one", "scopes": ["audit.read"]}, {"name": "two", "scopes": ["audit.read"]}),
    "makeClient": ("clients", {"name": "one", "scopes": ["audit.read"]}, {"name": "two", "scopes": ["audit.read"]}),
    "rotateSigningKey": ("signing-keys", {"algorithm": "EdDSA"}, {"algorithm": "ES256"}),
}
"""Of a platform's own settings: the last part of the address, a body and another one."""

NOBODY = "00000000-0000-4000-8000-000000000000"
WEBHOOKS: dict[str, tuple[str, str, Any, Any]] = {
    "createWebhook": ("", "", {"url": "https://lms.example.org/in"}, {"url": "https://lms.example.org/else"}),
    "rotateWebhookSecret": ("/{webhook}/secret", "/{webhook}/secret", {"overlapHours": 1}, {"overlapHours": 2}),
    "challengeWebhook": ("/{webhook}/challenge", f"/{NOBODY}/challenge", None, None),
    "testWebhook": ("/{webhook}/test", f"/{NOBODY}/test", None, None),
    "replayDelivery": (
        "/{webhook}/deliveries/{delivery}/replay",
        f"/{{webhook}}/deliveries/{NOBODY}/replay",
        None,
        None,
    ),
    "replaySince": (
        "/{webhook}/replay",
        "/{webhook}/replay",
        {"since": "2020-01-01T00:00:00Z"},
        {"since": "2020-01-01T00:00:00Z", "delivered": True},
    ),
}
"""Of webhooks: the last part of the address and of another one, a body and another one."""


class Webhook(NamedTuple):
    """An endpoint, and a delivery to it."""

    id: str
    delivery: str


class Caller:
    """Sends one operation, as it is or with another body or parameter."""

    def __init__(self, holder: Client, operator: dict[str, str], world: World, record: str, webhook: Webhook) -> None:
        self.holder = holder
        self.operator = operator
        self.world = world
        self.record = record
        self.webhook = webhook

    async def __call__(self, operation: str, *, other: bool = False) -> Response:
        reason = {"reason": "another" if other else "under review"}
        here = f"/v1/credentials/{self.record}"
        match operation:
            case "convertBadge":
                badge = self.world.sound(Kind.JWS if other else Kind.HOSTED)
                return await self._post("/v1/credentials", params={"to": "open-badges-3"}, content=badge)
            case "addForms":
                asked = {"to": "open-badges-3", "securing": "data-integrity" if other else "vc-jwt"}
                return await self._post(f"{here}/forms", params={**SUSPENDABLE, **asked})
            case "issueCredential":
                body = award(narrative="Twice") if other else award()
                return await self._post("/v1/credentials/issue", params=SUSPENDABLE, json=body)
            case "revokeCredential" | "suspendCredential":
                return await self._post(f"{here}/{operation.removesuffix('Credential')}", json=reason)
        if operation not in AWARDS:
            return await self._set(operation, other=other)
        return await (self._post(f"{here}/revoke", json=reason) if other else self._post(f"{here}/reinstate"))

    async def _set(self, operation: str, *, other: bool) -> Response:
        if operation in INSTALLATION:
            address, *bodies = INSTALLATION[operation]
            return await self.holder.post(address, headers={**self.operator, **KEY}, json=bodies[other])
        if operation in PLATFORM:
            name, *bodies = PLATFORM[operation]
            return await self._post(f"/v1/platform/{name}", json=bodies[other])
        if operation == "makeOffer":
            offer = {"credential": self.record, "claiming": "link" if other else "code"}
            return await self._post("/v1/offers", json=offer)
        end, another_end, body, another = WEBHOOKS[operation]
        last, sent = (another_end, another) if other else (end, body)
        address = "/v1/webhooks" + last.format(webhook=self.webhook.id, delivery=self.webhook.delivery)
        return await self._post(address, **({} if sent is None else {"json": sent}))

    async def _post(self, address: str, **sent: Any) -> Response:
        return await self.holder.post(address, headers=KEY, **sent)


AWARDS = (
    "addForms",
    "convertBadge",
    "issueCredential",
    "reinstateCredential",
    "revokeCredential",
    "suspendCredential",
)
OPERATIONS = (*AWARDS, "makeOffer", *INSTALLATION, *PLATFORM, *WEBHOOKS)


async def activated(holder: Client, gateway: Gateway) -> Webhook:
    """An endpoint that wants events, and what was sent to it."""
    made = (await holder.post("/v1/webhooks", json={"url": "https://lms.example.org/in"})).json()["webhook"]["id"]
    stored = await gateway.webhooks.verify_webhook.webhooks.find(DEFAULT_PLATFORM, made)
    assert stored is not None
    code = challenge(gateway.webhooks.verify_webhook.secret, stored)
    shown = await holder.post(f"/v1/webhooks/{made}/verification", json={"code": code})
    [sent] = (await holder.get(f"/v1/webhooks/{made}/deliveries")).json()["deliveries"]
    assert shown.json()["state"] == "active"
    return Webhook(made, sent["id"])


@pytest.fixture
async def webhook(holder: Client, gateway: Gateway) -> Webhook:
    return await activated(holder, gateway)


@pytest.fixture
async def send(holder: Client, gateway: Gateway, world: World, webhook: Webhook) -> Caller:
    made = await holder.post("/v1/credentials/issue", params=SUSPENDABLE, json=award())
    operator = await key_for(gateway, Scope.INSTALLATION_MANAGE)
    return Caller(holder, operator, world, made.json()["record"]["id"], webhook)


def test_every_operation_with_post_takes_a_key_and_is_tried_here_or_says_why_not() -> None:
    assert posts() == {
        **dict.fromkeys(
            (*OPERATIONS, *test_repeated.OPERATIONS, *test_arranged.OPERATIONS, *test_echo.OPERATIONS), True
        ),
        **dict.fromkeys(WITHOUT, False),
    }


def test_the_readme_names_every_family_of_operations_without_a_key() -> None:
    readme = " ".join(README.read_text().split())
    said = readme[readme.index("`Idempotency-Key` is honoured") : readme.index("Lists give `Link`")]
    without = [
        path
        for surface in SURFACES
        if surface.document
        for path, item in msgspec.json.decode(document(surface.document))["paths"].items()
        if item.get("post", {}).get("operationId") in WITHOUT.keys() - HARMLESS
    ]

    assert [path for path in without if not path.startswith(NAMED)] == []
    assert [name for name in NAMED if f"`{name}" not in said] == []


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_same_request_gets_the_same_bytes_and_another_one_is_refused(send: Caller, operation: str) -> None:
    first = await send(operation)
    again = await send(operation)
    other = await send(operation, other=True)

    assert first.status_code in (200, 201, 202), first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency-conflict")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_of_eight_at_once_all_get_one_answer_or_are_told_to_wait(send: Caller, operation: str) -> None:
    answers = await asyncio.gather(*(send(operation) for _ in range(8)))

    done = [answer for answer in answers if answer.is_success]
    assert {answer.status_code for answer in answers} <= {200, 201, 202, 409}
    assert len({answer.content for answer in done}) == 1
    assert all(problem(answer)["code"] == "in-progress" for answer in answers if not answer.is_success)


@pytest.mark.parametrize(
    ("operation", "action"),
    [
        ("testWebhook", "webhook.tested"),
        ("replayDelivery", "webhook.replayed"),
        ("replaySince", "webhook.replayed"),
        ("challengeWebhook", "webhook.asked-again"),
    ],
)
async def test_what_a_webhook_is_sent_at_a_wish_is_noted_once(send: Caller, operation: str, action: str) -> None:
    for _ in range(3):
        assert (await send(operation)).is_success

    entries = (await send.holder.get("/v1/audit")).json()["entries"]
    assert [entry["target"] for entry in entries if entry["action"] == action] == [send.webhook.id]
