"""The authorization server of a running gateway before clients that other people wrote: oauth4webapi and Authlib."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7591 import ClientMetadataClaims
from httpx import AsyncClient

from gateway.assembly.whole import assembled
from gateway.records.access import Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import settings_from
from tests.drills.process import GatewayProcess
from tests.interop.oracles import Talk, node_project
from tests.simulators.application import METADATA, OFFLINE, READ, Browser, fields
from tests.simulators.people import person, session

pytestmark = pytest.mark.interop

WALLET = {
    "client_name": "A wallet",
    "redirect_uris": ["http://127.0.0.1:8765/back"],
    "token_endpoint_auth_method": "none",
    "grant_types": ["authorization_code", "refresh_token"],
}
POSTING = {**METADATA, "token_endpoint_auth_method": "client_secret_post"}


class Told(msgspec.Struct, frozen=True):
    """What oauth4webapi found."""

    authorization: str = ""
    scopes: tuple[str, ...] = ()
    read: tuple[int, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Running:
    """A gateway in a process of its own, a person's browser, and a client of the default platform."""

    address: str
    browser: Browser
    client_id: str
    client_secret: str


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    process = GatewayProcess(tmp_path)
    process.environment = {**process.environment, "GATEWAY_PUBLIC_URL": process.address}
    async with assembled(settings_from(process.environment)) as gateway:
        cookie = f"session={await session(gateway, await person(gateway))}"
        made = await gateway.oauth.make_client(
            DEFAULT_PLATFORM, "Import", frozenset({Scope.CREDENTIALS_READ}), "command line"
        )
    await process.start()
    try:
        async with AsyncClient(base_url=process.address, trust_env=False) as http:
            browser = Browser(http, cookie, process.address)
            yield Running(process.address, browser, made.client.id, made.secret)
    finally:
        await process.kill()


async def allowed(running: Running, authorization: str) -> str:
    """Open an address as a browser would, say yes, and return where that leads."""
    page = await running.browser.open(authorization.removeprefix(running.address))
    assert page.status_code == 200, page.text
    gone = await running.browser.send("/oauth/authorize", {**fields(page.text), "answer": "allow"})
    assert gone.status_code == 303, gone.text
    return gone.headers["Location"]


async def test_oauth4webapi_completes_everything(running: Running) -> None:
    with Talk(node_project("oauth.mjs")) as client:
        for metadata in (METADATA, POSTING, WALLET):
            wanted = {"issuer": running.address, "metadata": metadata, "scope": f"{READ} {OFFLINE}"}
            begun = client.exchange({"begin": wanted}, Told)
            assert begun.error == ""
            ended = client.exchange({"finish": await allowed(running, begun.authorization)}, Told)

            assert ended.error == ""
            assert [set(scopes.split()) for scopes in ended.scopes] == [{READ, OFFLINE}] * 2
            assert ended.read == (200, 401)
        own = {"client_id": running.client_id, "client_secret": running.client_secret}
        told = client.exchange({"own": {"issuer": running.address, "scope": "credentials.read", **own}}, Told)

        assert told == Told(scopes=("credentials.read",), read=(200,))


async def test_authlib_completes_everything(running: Running) -> None:
    for metadata in (METADATA, POSTING, WALLET):
        await _completed(running, metadata)
    async with AsyncOAuth2Client(
        running.client_id, running.client_secret, scope="credentials.read", trust_env=False
    ) as client:
        token = await client.fetch_token(f"{running.address}/oauth/token", grant_type="client_credentials")
        answer = await client.get(f"{running.address}/v1/credentials")

    assert token["scope"] == "credentials.read"
    assert answer.status_code == 200


async def _completed(running: Running, metadata: dict[str, Any]) -> None:
    async with AsyncClient(base_url=running.address, trust_env=False) as http:
        server = (await http.get("/.well-known/oauth-authorization-server")).json()
        registered = (await http.post(server["registration_endpoint"], json=metadata)).json()
    ClientMetadataClaims(registered, {"alg": "none"}).validate()
    verifier = "v" * 64
    async with AsyncOAuth2Client(
        registered["client_id"],
        registered.get("client_secret"),
        token_endpoint_auth_method=registered["token_endpoint_auth_method"],
        scope=f"{READ} {OFFLINE}",
        redirect_uri=registered["redirect_uris"][0],
        code_challenge_method="S256",
        trust_env=False,
    ) as client:
        address, state = client.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
        location = await allowed(running, address)
        first = await client.fetch_token(
            server["token_endpoint"], authorization_response=location, state=state, code_verifier=verifier
        )
        second = await client.refresh_token(server["token_endpoint"], refresh_token=first["refresh_token"])
        before = await client.get(f"{running.address}/ims/ob/v3p0/credentials")
        gone = await client.revoke_token(
            server["revocation_endpoint"], token=second["refresh_token"], token_type_hint="refresh_token"
        )
        after = await client.get(f"{running.address}/ims/ob/v3p0/credentials")

    assert set(first["scope"].split()) == set(second["scope"].split()) == {READ, OFFLINE}
    assert first["refresh_token"] != second["refresh_token"]
    assert (before.status_code, gone.status_code, after.status_code) == (200, 200, 401)
