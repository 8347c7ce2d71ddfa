"""What 1EdTech's certification has a Host go through (Provider, Read and Write), from discovery to revocation.

Source: the Open Badges 3.0 certification guide, section on Hosts.
"""

import json

from gateway.assembly.whole import Gateway
from gateway.http.open_badges_3.scopes import SCOPES
from gateway.proofs.identity_hash import identity_hash
from tests.gateway.http.conftest import Client, here
from tests.gateway.http.open_badges_3.wire import CREDENTIALS, DISCOVERY, JSON, PROFILE, page_of, refused, upserted
from tests.laundering.sources import World, as_json
from tests.simulators.application import Application, Browser
from tests.simulators.people import person, session

CONFORMANCE = "conformance@imsglobal.org"
CERTIFIER = as_json({"id": "https://1edtech.org/issuers/cert", "type": ["Profile"], "name": "1EdTech"})


async def test_a_host_passes_from_discovery_to_revocation(client: Client, gateway: Gateway, world: World) -> None:
    # discovery
    scheme = (await client.get(DISCOVERY)).json()["components"]["securitySchemes"]["OAuth2ACG"]
    offered = scheme["flows"]["authorizationCode"]["scopes"]
    assert (offered, here(scheme["x-imssf-registrationUrl"])) == (SCOPES, "/oauth/register")

    # registration, consent, token with the scopes that were asked for
    asked = " ".join(offered)
    application = await Application.registered(client, scope=asked)
    owner = await person(gateway, CONFORMANCE)
    browser = Browser(client, f"__Host-session={await session(gateway, owner)}")
    tokens = await application.tokens(browser, scope=asked)
    assert set(tokens["scope"].split()) == set(offered)
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    # a badge for the tester, and the same one back
    identified = {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": "0",
        "identityHash": identity_hash(CONFORMANCE, "0"),
    }
    subject = {**world.issuer.credential()["credentialSubject"], "identifier": [identified]}
    badge = json.dumps(world.issuer.signed(world.credential(credentialSubject=subject)), indent=1).encode()
    created = await upserted(client, badge)
    assert (created.status_code, created.content) == (201, badge)
    shown = await client.get(CREDENTIALS, params={"limit": 1, "offset": 0})
    assert shown.content == page_of([badge], [])
    assert shown.headers["X-Total-Count"] == "1"

    # the profile
    assert (await client.put(PROFILE, content=CERTIFIER, headers=JSON)).content == CERTIFIER
    assert (await client.get(PROFILE)).json()["id"] == "https://1edtech.org/issuers/cert"

    # a new access token, and the end of everything
    refreshed = await application.refresh(tokens["refresh_token"], scope=asked)
    assert refreshed.json()["access_token"] != tokens["access_token"]
    client.headers["Authorization"] = f"Bearer {refreshed.json()['access_token']}"
    assert (await client.get(CREDENTIALS)).status_code == 200
    ended = {"token": refreshed.json()["refresh_token"], "token_type_hint": "refresh_token"}
    assert (await application.post("/oauth/revoke", ended)).status_code == 200
    refused(await client.get(CREDENTIALS), 401)
