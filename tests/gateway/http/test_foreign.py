"""Two tenants and every operation of the contract: what is another's is not there.

The operations are read from the published document, so one that is new is in none of these tables and fails the test
until somebody says what of another tenant it could reach.
"""

import re
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.http.admission import admitted
from gateway.http.contract import document
from gateway.http.open_badges_2.surface import OPEN_BADGES_2
from gateway.http.surfaces import GATEWAY
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client, form, here, problem
from tests.gateway.plain import award

OTHER = "other"


class Asked(msgspec.Struct, frozen=True):
    """What a request needs beside the ids in its path, to succeed for who may send it.

    Attributes:
        query: With ``{record_id}`` and its like, as in the members of the body.
        public: Whether it needs no key: then the other tenant is the one in the path.
    """

    query: dict[str, str] = {}
    body: Any = None
    public: bool = False


REASON = {"reason": "a test"}
PUBLIC = Asked(public=True)

NAMING = {
    "badgeClass": PUBLIC,
    "issuedForm": PUBLIC,
    "conversionReceipt": PUBLIC,
    "signingKey": PUBLIC,
    "statusList": PUBLIC,
    "showCredential": Asked(),
    "exportCredential": Asked({"format": "open-badges-3"}),
    "addForms": Asked({"to": "open-badges-3"}),
    "showHistory": Asked(),
    "listOffers": Asked({"credential": "{record_id}"}),
    "showOffer": Asked(),
    "makeOffer": Asked(body={"credential": "{record_id}"}),
    "withdrawOffer": Asked(),
    "showOriginal": Asked(),
    "recheckSource": Asked(),
    "suspendCredential": Asked(body=REASON),
    "reinstateCredential": Asked(),
    "revokeCredential": Asked(body=REASON),
    "changeMember": Asked(body={"role": "issuer"}),
    "removeMember": Asked(),
    "revokeApiKey": Asked(),
    "revokeClient": Asked(),
    "showWebhook": Asked(),
    "changeWebhook": Asked(body={"description": "changed"}),
    "listDeliveries": Asked(),
    "replayDelivery": Asked(),
    "replaySince": Asked(body={"since": "2020-01-01T00:00:00Z"}),
    "testWebhook": Asked(),
    "challengeWebhook": Asked(),
    "verifyWebhook": Asked(body={"code": "guessed"}),
    "rotateWebhookSecret": Asked(body={"overlapHours": 1}),
    "disableWebhook": Asked(),
    "removeWebhook": Asked(),
    "eraseCredential": Asked(),
}
"""Operations that name an object; in this order, so that what ends one comes after what shows it."""

LISTING = {
    "listAudit",
    "listChanges",
    "listCredentials",
    "showPlatform",
    "listClients",
    "listApiKeys",
    "listMembers",
    "listSigningKeys",
    "listWebhooks",
}
"""Operations that show what the platform of the key has."""

MAKING = {
    "convertBadge",
    "issueCredential",
    "changePlatform",
    "makeClient",
    "makeApiKey",
    "addMember",
    "rotateSigningKey",
    "createWebhook",
}
"""Operations that name nothing and change only the platform of the key."""

OPEN = {
    "offerPage": "whoever has the link of an offer may see its page",
    "recordPage": "whoever has the address of a record may see its page",
    "originalBytes": "whoever has the address of an original may have it",
    "didDocument": "names the platform itself",
    "issuerProfile": "names the platform itself",
    "sealCertificate": "names the platform itself",
    "profile": "names the platform itself",
    "issuerOfTokens": "names the platform itself",
    "jwtVcIssuer": "names the platform itself",
    "revocationList": "names the platform itself",
    **dict.fromkeys(
        (
            "frontPage",
            "jwks",
            "credentialType",
            "liveness",
            "readiness",
            "contract",
            "contracts",
            "contractOfSurface",
            "privacyPolicy",
            "termsOfUse",
            "problemType",
            "listProblemTypes",
            "inspectBadge",
            "verifyBadge",
        ),
        "the same for everybody",
    ),
}
"""Operations that hold no tenant's secrets, and why."""

INSTALLATION = {"listPlatforms", "makePlatform", "showTenant", "changeTenant", "makeTenantKey"}
"""Operations on every platform, which no key of a tenant may have (platform/test_installation.py)."""

TEST_AIDS = {
    "listFixtures",
    "fetchFixture",
    "showUpstream",
    "setUpstream",
    "resetUpstream",
    "showTestClock",
    "setTestClock",
    "resetTestClock",
    "makeEcho",
    "showEcho",
    "changeEcho",
}
"""Operations for twins alone; what of one another one, or its live platform, can reach is in test_aids/."""

OPERATIONS = {
    operation["operationId"]: (method.upper(), path)
    for name in (GATEWAY.document, OPEN_BADGES_2.document)
    for path, item in msgspec.json.decode(document(name))["paths"].items()
    for method, operation in item.items()
}


@pytest.fixture
async def names(holder: Client, record: dict[str, Any]) -> dict[str, str]:
    """What the default platform has, by the parameter that names it in a path."""
    member = {"address": "a@example.org", "role": "reader"}
    scopes = {"name": "theirs", "scopes": ["audit.read"]}
    webhook = (await holder.post("/v1/webhooks", json={"url": "https://lms.example.org/in"})).json()["webhook"]["id"]
    await holder.post(f"/v1/webhooks/{webhook}/challenge")
    deliveries = (await holder.get(f"/v1/webhooks/{webhook}/deliveries")).json()["deliveries"]
    signed = form(record, "open-badges-3")
    keys = (await holder.get("/v1/platform/signing-keys")).json()["keys"]
    return {
        "record_id": record["id"],
        "member_id": (await holder.post("/v1/platform/members", json=member)).json()["id"],
        "key_id": (await holder.post("/v1/platform/keys", json=scopes)).json()["id"],
        "client_id": (await holder.post("/v1/platform/clients", json=scopes)).json()["clientId"],
        "webhook_id": webhook,
        "offer_id": (await holder.post("/v1/offers", json={"credential": record["id"]})).json()["offer"]["id"],
        "delivery_id": deliveries[0]["id"],
        "badgeClass": here(signed["links"]["badge"]).rpartition("/")[2],
        "issuedForm": signed["id"],
        "conversionReceipt": signed["id"],
        "signingKey": next(key["id"] for key in keys if key["purpose"] == "assertion"),
        "statusList": here(signed["status"]["list"]).rpartition("/")[2],
    }


@pytest.fixture(params=[OTHER, twin_of(DEFAULT_PLATFORM)])
async def foreign(request: pytest.FixtureRequest, gateway: Gateway) -> tuple[str, dict[str, str]]:
    """Another tenant, the twin for tests too, and the header of a key of its that may do everything."""
    platform = str(request.param)
    await gateway.platforms.ensure(Platform(id=platform, name="Another platform"))
    made = await gateway.tenancy.make_key(platform, Wish(name="x", scopes=EVERY_SCOPE), "command line")
    return platform, {"Authorization": f"Bearer {made.text}"}


async def sent(client: Client, operation: str, platform: str, names: dict[str, str], headers: dict[str, str]) -> Any:
    """The answer to an operation on what ``names`` says."""
    method, path = OPERATIONS[operation]
    known = {**names, "platform": platform, "name": names.get(operation, "")}
    address = re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path)
    asked = NAMING[operation]
    body = None if asked.body is None else _filled(asked.body, names)
    return await client.request(method, address, params=_filled(asked.query, names), headers=headers, json=body)


def _filled(members: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {name: said.format_map(names) if isinstance(said, str) else said for name, said in members.items()}


def test_every_operation_has_its_place() -> None:
    assert sorted([*NAMING, *LISTING, *MAKING, *OPEN, *INSTALLATION, *TEST_AIDS]) == sorted(OPERATIONS)


async def test_what_is_named_is_missing_for_the_other_tenant_and_there_for_its_own(
    holder: Client, names: dict[str, str], foreign: tuple[str, dict[str, str]]
) -> None:
    platform, headers = foreign
    key = {"Authorization": holder.headers["Authorization"]}

    answers = {operation: await sent(holder, operation, platform, names, headers) for operation in NAMING}

    own = {operation: await sent(holder, operation, DEFAULT_PLATFORM, names, key) for operation in NAMING}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(NAMING, 404)
    assert {problem(answer)["code"] for answer in answers.values()} == {"not-found"}
    assert [name for name, answer in own.items() if answer.status_code in (401, 403, 404, 500)] == []


async def test_no_list_of_the_other_tenant_holds_any_of_it(
    holder: Client, names: dict[str, str], foreign: tuple[str, dict[str, str]]
) -> None:
    _, headers = foreign

    shown = {name: (await holder.get(OPERATIONS[name][1], headers=headers)) for name in LISTING}

    own = "".join([(await holder.get(OPERATIONS[name][1])).text for name in LISTING])
    elsewhere = {names[each] for each in ("delivery_id", "offer_id", "badgeClass", "statusList")}
    listed = set(names.values()) - elsewhere
    assert {name: answer.status_code for name, answer in shown.items()} == dict.fromkeys(LISTING, 200)
    assert [name for name in names.values() for answer in shown.values() if name in answer.text] == []
    assert sorted(name for name in listed if name not in own) == []


async def test_what_the_other_tenant_makes_is_its_own(
    holder: Client, names: dict[str, str], foreign: tuple[str, dict[str, str]]
) -> None:
    _, headers = foreign
    before = {name: (await holder.get(OPERATIONS[name][1])).json() for name in LISTING}

    for address, body in (
        ("/v1/credentials/issue?to=open-badges-3", award()),
        ("/v1/platform/members", {"address": "a@example.org", "role": "owner"}),
        ("/v1/platform/keys", {"name": "x", "scopes": ["audit.read"]}),
        ("/v1/platform/clients", {"name": "x", "scopes": ["audit.read"]}),
        ("/v1/platform/signing-keys", {}),
        ("/v1/webhooks", {"url": "https://lms.example.org/in"}),
    ):
        answer = await holder.post(address, json=body, headers=headers)
        assert answer.status_code == 201, answer.text
    changed = await holder.patch("/v1/platform", json={"name": "Renamed"}, headers=headers)

    assert changed.status_code == 200
    assert names
    assert {name: (await holder.get(OPERATIONS[name][1])).json() for name in LISTING} == before


async def test_an_answer_kept_for_one_tenant_is_not_given_to_another(
    holder: Client, foreign: tuple[str, dict[str, str]]
) -> None:
    _, headers = foreign
    same = {"Idempotency-Key": "the-same"}
    wish = {"name": "x", "scopes": ["audit.read"]}

    first = await holder.post("/v1/platform/keys", json=wish, headers=same)
    second = await holder.post("/v1/platform/keys", json=wish, headers={**headers, **same})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["key"] != second.json()["key"]


def test_every_operation_for_key_holders_says_its_scope(app: Litestar) -> None:
    handlers = [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    guarded = [each for each in handlers if admitted in each.resolve_guards() and each.operation_id]

    assert len(guarded) > 20
    assert [each.operation_id for each in guarded if not isinstance(each.opt.get("scope"), Scope)] == []
