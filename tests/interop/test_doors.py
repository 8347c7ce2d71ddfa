"""Wallets that are web pages: a real browser lets their scripts use the doors of wallets, and nothing else."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any  # Any: what a script was answered

import pytest

from gateway.settings import Settings
from tests.interop.chromium import Chromium
from tests.interop.served import Served, served

pytestmark = pytest.mark.interop

PROGRAMS = {"Accept": "application/json"}
SENDING = {"Content-Type": "application/json"}
FRESH = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
WITH_KEY = {**SENDING, "Authorization": "Bearer a key"}
EXCHANGES = "/vc-api/workflows/claim/exchanges"

ASKED = """Promise.all(%s.map(([method, url, headers]) => fetch(url, {
  method, headers, body: method === 'POST' ? '{}' : undefined,
}).then(({status}) => status, () => 0)))"""
"""The status of each answer; 0 for one that the browser withholds."""


@pytest.fixture
async def developing(settings: Settings) -> AsyncIterator[Served]:
    """A gateway over http: its other name is another origin."""
    async with served(settings, None) as serving:
        yield serving


async def test_scripts_of_wallets_use_their_doors_and_nothing_else(developing: Served) -> None:
    offer = (await developing.offer(await developing.award())).offer.id
    doors: list[tuple[str, str, dict[str, str], int]] = [
        ("GET", f"/offers/{offer}?iuv=1", PROGRAMS, 200),
        ("GET", f"/oid4vci/offers/{offer}", PROGRAMS, 200),
        ("GET", "/.well-known/openid-credential-issuer", PROGRAMS, 200),
        ("GET", "/.well-known/oauth-authorization-server", FRESH, 200),
        ("GET", "/.well-known/jwt-vc-issuer/p/default", FRESH, 200),
        ("GET", "/credential-types/open-badge-3", FRESH, 200),
        ("GET", "/p/default/did.json", FRESH, 200),
        ("POST", "/oauth/token", WITH_KEY, 400),
        ("POST", "/oid4vci/nonce", {}, 200),
        ("POST", "/oid4vci/credential", WITH_KEY, 401),
        ("POST", f"{EXCHANGES}/{offer}", SENDING, 200),
        ("POST", f"{EXCHANGES}/{offer}/bare", SENDING, 400),
        ("GET", f"{EXCHANGES}/{offer}/protocols", PROGRAMS, 200),
        ("GET", "/v1/offers", WITH_KEY, 0),
        ("POST", "/v1/offers", WITH_KEY, 0),
        ("POST", EXCHANGES, WITH_KEY, 0),
        ("POST", f"{EXCHANGES}/", WITH_KEY, 0),
        ("POST", "/vc-api/credentials/issue", WITH_KEY, 0),
        ("POST", "/vc-api/credentials/status", WITH_KEY, 0),
        ("GET", "/backpack", {}, 0),
        ("GET", "/healthz", {}, 0),
    ]
    asked = [(method, f"{developing.public_url}{path}", headers) for method, path, headers, _ in doors]

    def answered() -> Any:
        with Chromium() as browser:
            browser.call("Page.setBypassCSP", enabled=True)  # of the page that stands for the wallet's
            browser.open(developing.public_url.replace("127.0.0.1", "localhost"))
            return browser.evaluate(ASKED % json.dumps(asked))

    statuses = await asyncio.to_thread(answered)

    found = {f"{method} {path}": status for (method, path, *_), status in zip(doors, statuses, strict=True)}
    assert found == {f"{method} {path}": status for method, path, _, status in doors}
