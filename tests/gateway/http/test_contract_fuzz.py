"""Requests made up from the published contract, the allowed and the forbidden: the gateway keeps its word."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any  # Any: values that schemathesis makes up

import msgspec
import pytest
import schemathesis
from hypothesis import settings
from schemathesis.config import SchemathesisConfig

from adapters.hub.contract import Format
from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.offers.make import Wish
from gateway.flows.prepare import target
from gateway.flows.webhooks.register import Wanted
from gateway.http.contract import document
from gateway.http.surfaces import GATEWAY
from gateway.records import Record
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.gateway.http.known_key import HOLDER, ShowsKey, make_known
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock
from tests.simulators.recorded import source_of
from tests.simulators.reopened import Reopened

AnyCase = schemathesis.Case[Any]

REAL: dict[str, list[dict[str, str]]] = {}
"""Path parameters, by path, behind which there is something."""

NO_BADGE = ["2xx", "3xx", "400", "401", "404", "409", "413", "415", "422"]
"""What an operation says to a body that fits the schema and is no badge, or no sound one."""

NO_REQUEST = ["400", "401", "404", "405", "409", "413", "415", "422"]
"""What it says to one that breaks the contract; an Idempotency-Key that happens to be used already is seen first."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "phases": {"coverage": {"generate-duplicate-query-parameters": True}},
        "operations": [
            {
                "include-operation-id": ["inspectBadge", "verifyBadge", "convertBadge", "addForms"],
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": NO_BADGE},
                    "negative_data_rejection": {"expected-statuses": NO_REQUEST},
                },
            },
            {
                # A cursor that fits the schema was not given out; an address that fits it may lead inside; an award
                # that fits it may have ended; a credential may not be what it is to become; a key may be used already,
                # or lack a scope that it is to give.
                "include-operation-id": [
                    "listCredentials",
                    "issueCredential",
                    "revokeCredential",
                    "suspendCredential",
                    "reinstateCredential",
                    "listChanges",
                    "createWebhook",
                    "changeWebhook",
                    "verifyWebhook",
                    "rotateWebhookSecret",
                    "addMember",
                    "makeApiKey",
                    "makeClient",
                    "rotateSigningKey",
                    "challengeWebhook",
                    "testWebhook",
                    "replaySince",
                    "replayDelivery",
                    "makePlatform",
                    "makeTenantKey",
                    "makeOffer",
                    "listOffers",
                    "withdrawOffer",
                ],
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "403", "404", "409", "422"]}
                },
            },
            {
                # A text that fits the schema may be no address; a limit cannot be raised, and holds once it is lowered.
                "include-operation-id": ["changePlatform"],
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "403", "422", "429"]},
                    "negative_data_rejection": {"expected-statuses": ["400", "401", "405", "413", "415", "422", "429"]},
                },
            },
        ],
    }
)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway with one record in it and a key that is known here."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = msgspec.structs.replace(SETTINGS, data_dir=Path(folder))
        clock, world = SimulatedClock(), World()
        async with assembled(chosen, web=world.web, clock=clock) as gateway:
            await make_known(gateway)
            asked = (target(Format.OPEN_BADGES_2), target(Format.OPEN_BADGES_3))
            made = await gateway.convert(world.sound(Kind.HOSTED), "", asked, HOLDER)
            REAL.update(_real(made.record, [key.id for key in await gateway.keys.all(DEFAULT_PLATFORM)]))
            webhook = await gateway.webhooks.register_webhook(Wanted(url="https://lms.example.org/"), HOLDER)
            [question] = await gateway.webhooks.list_deliveries(webhook.webhook.id, None, "", 1, HOLDER)
            REAL.update(_told(webhook.webhook.id, question.id))
            offered = await gateway.offers.make(Wish(credential=made.record.id), HOLDER)
            for path in ("/v1/offers/{offer_id}", "/offers/{offer_id}"):
                REAL[path] = [{"offer_id": offered.offer.id}]
            yield gateway


SETTINGS = Settings(
    public_url=PUBLIC_URL,
    public_requests_per_minute=10**9,
    key_requests_per_minute=10**9,
    platform_requests_per_minute=10**9,
)
DOCUMENT: dict[str, Any] = msgspec.json.decode(document(GATEWAY.document))
# schemathesis takes application/jwt for JSON (core/media_types.py, 4.32).
del DOCUMENT["paths"]["/p/{platform}/receipts/{name}"]["get"]["responses"]["200"]["content"]["application/jwt"][
    "schema"
]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)


SCHEMA.app = create_app(SETTINGS, opened=Reopened(_opened))
SCHEMA.auth()(ShowsKey)


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_the_gateway_keeps_to_its_contract(case: AnyCase) -> None:
    aim(case)

    case.call_and_validate()


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=100, deadline=None, database=None)
def test_the_gateway_keeps_to_its_contract_for_long(case: AnyCase) -> None:
    aim(case)

    case.call_and_validate()


def aim(case: AnyCase) -> None:
    """Ask for something that is there, half of the times that the contract allows what was made up."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    real = REAL.get(case.operation.path, [])
    chosen = sum("".join(map(str, case.path_parameters.values())).encode()) % (2 * len(real) or 1)
    if chosen < len(real):
        case.path_parameters.update(real[chosen])


def _real(record: Record, keys: list[str]) -> dict[str, list[dict[str, str]]]:
    platform, record_id = {"platform": record.platform}, {"record_id": record.id}
    forms = [form.intent.id for form in record.forms]
    carriers = [f"{form}.{suffix}" for form in forms for suffix in ("json", "png", "svg")]
    lists = [form.intent.status_list for form in record.forms if form.intent.status_list]
    names = {
        "badges": [*forms, f"{forms[0]}.png"],
        "issued": [*forms, *carriers],
        "keys": keys,
        "receipts": forms,
        "status-lists": lists,
    }
    return {
        **{f"/p/{{platform}}/{kind}": [platform] for kind in ("did.json", "issuer", "profile", "revocations")},
        **{f"/p/{{platform}}/{kind}/{{name}}": [{**platform, "name": name} for name in names[kind]] for kind in names},
        "/credentials/{record_id}": [record_id],
        "/credentials/{record_id}/original/{capability}": [{**record_id, "capability": source_of(record).capability}],
        "/v1/credentials/{record_id}": [record_id],
        **{f"/v1/credentials/{{record_id}}/{name}": [record_id] for name in ("export", "forms", "revoke", "suspend")},
        "/v1/credentials/{record_id}/reinstate": [record_id],
        "/v1/credentials/{record_id}/original": [record_id],
        "/v1/credentials/{record_id}/history": [record_id],
        "/problems/{code}": [{"code": "refused"}, {"code": "not-found"}],
    }


def _told(webhook_id: str, delivery_id: str) -> dict[str, list[dict[str, str]]]:
    webhook = {"webhook_id": webhook_id}
    parts = ("", "/secret", "/challenge", "/verification", "/disable", "/deliveries", "/replay", "/test")
    return {
        **{f"/v1/webhooks/{{webhook_id}}{part}": [webhook] for part in parts},
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": [{**webhook, "delivery_id": delivery_id}],
    }
