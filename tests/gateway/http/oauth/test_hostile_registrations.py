"""Hostile registrations (T36), and members that must not decide anything (T38)."""

from typing import Any, cast  # Any: members of JSON documents, and ASGI's own dictionaries

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.records.people import PEOPLE
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.simulators.application import BACK, METADATA, READ

REGISTRATIONS: list[dict[str, Any]] = [
    {"redirect_uris": []},
    {"redirect_uris": [""]},
    {"redirect_uris": 7},
    {"redirect_uris": [BACK] * 11},
    {"redirect_uris": ["javascript:alert(1)"]},
    {"redirect_uris": ["data:text/html,<script>1</script>"]},
    {"redirect_uris": ["vbscript:x"]},
    {"redirect_uris": ["file:///etc/passwd"]},
    {"redirect_uris": ["http://application.example/back"]},
    {"redirect_uris": ["http://127.0.0.1/back"]},
    {"redirect_uris": ["http://localhost/back"]},
    {"redirect_uris": ["org.example.app:/back"]},
    {"redirect_uris": [BACK + "#fragment"]},
    {"redirect_uris": ["https://user:word@application.example/"]},
    {"redirect_uris": ["https://*.application.example/"]},
    {"redirect_uris": ["https://application.example\\@evil.example/"]},
    {"redirect_uris": ["https://application.example/\r\nX: y"]},
    {"redirect_uris": ["https://application.example/\x00"]},
    {"redirect_uris": ["https://\u0430pplication.example/"]},
    {"redirect_uris": [BACK, "https://evil.example/back"]},
    {"client_uri": "javascript:alert(1)"},
    {"logo_uri": "http://169.254.169.254/latest/meta-data"},
    {"logo_uri": "https://evil.example/logo.png"},
    {"tos_uri": ""},
    {"client_name": ""},
    {"client_name": "Gateway\u202egpj.exe"},
    {"client_name": "n" * 301},
    {"grant_types": ["authorization_code", "client_credentials"]},
    {"grant_types": ["implicit"]},
    {"response_types": ["token"]},
]
"""What of a registration is changed; each is refused."""

TWICE = (
    b'{"client_name":"A","token_endpoint_auth_method":"none","redirect_uris":["https://a.example/"],"client_name":"B"}'
)
NO_REGISTRATIONS = (b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b"[" * 5000, b'{"redirect_uris": {}}', TWICE)


UNSEEN: list[dict[str, Any]] = [
    {"client_name": "\u3164"},
    {"client_name": "Open\u3164Badges"},
    {"client_name": "\u2800"},
    {"client_name": "\u115f"},
    {"client_name": "\u200e"},
    {"client_name": "\u034f"},
    {"client_name": "\ufe0f"},
    {"client_name": "\U000e0041"},
    {"client_name": "\u00a0.\u2063"},
    {"client_name": "a" + "\u0301" * 5},
    {"software_id": "\u3164"},
]
"""Names of which nobody sees something, or anything, or what stands around them."""

NAMES = (
    "Wallet",
    "7",
    "\u00c9cole n\u00b0\u202f7",
    "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",
    "\u7406\u89e3",
    "Badges \u2764\ufe0f",
)
"""Of letters with points and vowels on them, with a joiner between them, of an emoji with its selector."""


async def test_who_has_no_secret_is_told_how_to_say_so(client: Client) -> None:
    sent = {"client_name": "Wallet", "redirect_uris": ["org.example.wallet:/back"]}

    refused = (await client.post("/oauth/register", json=sent)).json()

    taken = await client.post("/oauth/register", json={**sent, "token_endpoint_auth_method": "none"})
    assert "missing: client_uri" in refused["error_description"]
    assert "token_endpoint_auth_method: none" in refused["error_description"]
    assert taken.status_code == 201


async def test_thirty_hostile_registrations_are_refused(client: Client) -> None:
    assert len(REGISTRATIONS) == 30
    for changed in REGISTRATIONS:
        answer = await client.post("/oauth/register", json={**METADATA, **changed})

        wanted = "invalid_redirect_uri" if "redirect_uris" in changed else "invalid_client_metadata"
        two_hosts = changed.get("redirect_uris") == [BACK, "https://evil.example/back"]
        assert answer.status_code == 400, changed
        assert answer.json()["error"] == ("invalid_client_metadata" if two_hosts else wanted), changed
        assert answer.headers["Cache-Control"] == "no-store"


async def test_what_is_no_registration_is_refused(client: Client) -> None:
    for body in NO_REGISTRATIONS:
        answer = await client.post("/oauth/register", content=body, headers={"Content-Type": "application/json"})

        assert answer.status_code == 400, body
        assert answer.json()["error"] in ("invalid_client_metadata", "invalid_redirect_uri")


async def test_no_member_of_a_registration_decides_what_is_given(client: Client, gateway: Gateway) -> None:
    """T38: who the client is, whose tenant it is in and what it may do is never taken from its own words."""
    wanted = {
        "client_id": "chosen",
        "client_secret": "chosen",
        "platform": "default",
        "scopes": ["platform.manage"],
        "secret_sha256": "00",
        "used": 1,
        "created": 0,
        "scope": f"{READ} platform.manage credentials.issue",
    }

    said = (await client.post("/oauth/register", json={**METADATA, **wanted})).json()

    stored = await gateway.oauth.answer.clients.find(said["client_id"])
    assert stored is not None
    assert (stored.platform, stored.scopes, stored.used) == (PEOPLE, (READ,), None)
    assert stored.created == gateway.clock()
    assert "chosen" not in said.values()
    assert set(wanted) & set(said) == {"client_id", "client_secret", "scope"}


async def test_all_that_is_missing_is_said_at_once(client: Client) -> None:
    answer = await client.post("/oauth/register", json={})

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_redirect_uri"
    assert answer.json()["error_description"].partition("missing: ")[2].partition(".")[0].split(", ") == [
        "redirect_uris",
        "client_name",
        "client_uri",
        "logo_uri",
        "tos_uri",
        "policy_uri",
        "software_id",
        "software_version",
    ]


async def test_an_address_registers_only_so_many_clients_a_minute(client: Client) -> None:
    answers = [await client.post("/oauth/register", json=METADATA) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [201] * 30 + [429]
    assert answers[-1].json()["error"] == "temporarily_unavailable"
    assert int(answers[-1].headers["Retry-After"]) > 0


async def test_nor_does_a_network_of_ipv6_addresses_register_more(app: Litestar) -> None:
    statuses = []
    for number in range(31):
        sender = ASGITransport(app=cast("Any", app), client=(f"2001:db8::{number:x}", 1000))
        async with AsyncClient(transport=sender, base_url=PUBLIC_URL) as one:
            statuses.append((await one.post("/oauth/register", json=METADATA)).status_code)

    assert statuses == [201] * 30 + [429]


@pytest.mark.parametrize("name", NAMES)
async def test_names_of_every_script_are_taken(client: Client, name: str) -> None:
    answer = await client.post("/oauth/register", json={**METADATA, "client_name": name})

    assert (answer.status_code, answer.json()["client_name"]) == (201, name)


async def test_names_that_nobody_sees_are_refused(client: Client) -> None:
    for changed in UNSEEN:
        answer = await client.post("/oauth/register", json={**METADATA, **changed})

        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata"), changed
