"""Each operation that needs a scope needs exactly that one, on every surface."""

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from gateway.app import create_app
from gateway.assembly.whole import Gateway
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.settings import Settings
from tests.gateway.http.conftest import Client
from tests.gateway.http.platform.test_platform import key_for

NOWHERE = "00000000-0000-4000-8000-000000000000"
NEEDED = {
    Scope.AUDIT_READ: ("listAudit"),
    Scope.CREDENTIALS_ISSUE: (
        "addForms convertBadge convertCredential createExchange depositCredential depositCredentialByEmail "
        "endShareLink issueCredential issueVerifiableCredential listOffers makeOffer makeWallet recheckSource "
        "removeDeposit removeWallet resetTestClock resetUpstream sealAndSendCredential sealBatch "
        "sealCredential setTestClock setUpstream shareDeposit showOffer showTestClock showUpstream "
        "withdrawOffer"
    ),
    Scope.CREDENTIALS_READ: (
        "exportCredential fetchFixture fetchVerifiableCredential getExchange listChanges listCredentials "
        "listDeposits listFixtures showCredential showDeposit showHistory showOriginal showWallet "
        "verifyDeposit"
    ),
    Scope.CREDENTIALS_REVOKE: (
        "deleteVerifiableCredential eraseCredential reinstateCredential revokeCredential suspendCredential "
        "updateCredentialStatus"
    ),
    Scope.INSTALLATION_MANAGE: ("changeTenant listPlatforms makePlatform makeTenantKey showTenant"),
    Scope.PLATFORM_MANAGE: (
        "addMember changeMember changePlatform listApiKeys listClients listMembers listSigningKeys makeApiKey "
        "makeClient removeMember revokeApiKey revokeClient rotateSigningKey showPlatform"
    ),
    Scope.WEBHOOKS_MANAGE: (
        "challengeWebhook changeEcho changeWebhook createWebhook disableWebhook listDeliveries listWebhooks "
        "makeEcho removeWebhook replayDelivery replaySince rotateWebhookSecret showEcho showWebhook "
        "testWebhook verifyWebhook"
    ),
}
"""Which operations need which scope, as it was decided: what an operation says of itself is compared with this."""


def guarded(app: Litestar) -> Iterator[tuple[str, str, Scope, str]]:
    """Method, address, scope and id of every operation that names one."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        address = re.sub(r"\{[^}]*\}", NOWHERE, route.path_format)
        for handler in route.route_handlers:
            if isinstance(handler, HTTPRouteHandler) and "scope" in handler.opt:
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    yield method, address, handler.opt["scope"], str(handler.operation_id)


OPERATIONS = sorted(set(guarded(create_app(Settings()))))


def test_every_operation_needs_the_scope_that_was_decided_for_it() -> None:
    decided = {operation: scope for scope, operations in NEEDED.items() for operation in operations.split()}

    assert {operation: scope for _, _, scope, operation in OPERATIONS} == decided
    assert set(decided.values()) == set(Scope)


@pytest.mark.parametrize("scope", sorted(Scope))
async def test_with_every_scope_but_its_own_an_operation_is_refused(
    client: Client, gateway: Gateway, scope: Scope
) -> None:
    headers = await key_for(gateway, *(EVERY_SCOPE - {scope}))

    answers = {
        (method, address): await client.request(method, address, headers=headers)
        for method, address, needed, _ in OPERATIONS
        if needed is scope
    }

    assert {
        place: each.text for place, each in answers.items() if each.status_code != 403 or scope not in each.text
    } == {}


@pytest.mark.parametrize("scope", sorted(Scope))
async def test_with_its_own_scope_alone_it_is_not(client: Client, gateway: Gateway, scope: Scope) -> None:
    headers = await key_for(gateway, scope)

    refused = {
        (method, address): answer.json()
        for method, address, needed, _ in OPERATIONS
        if needed is scope
        and (answer := await client.request(method, address, headers=headers)).status_code == 403
        and "insufficient-scope" in answer.text
    }

    assert refused == {}
