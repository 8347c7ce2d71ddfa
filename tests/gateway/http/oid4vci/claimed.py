"""A platform that offers a credential, a wallet that fetches it, and both mistaken."""

from collections.abc import Sequence

from httpx import Response

from gateway.records.offers import Configuration
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.plain import award
from tests.simulators.offered import PRE_AUTHORIZED, redeemed
from tests.simulators.wallet import Wallet


async def claimed(client: Client, known: dict[str, bytes]) -> Sequence[Response]:
    """The answers that refuse something.

    Args:
        known: Secrets by their names, the platform's key among them; gets those of the offer and of its claim.
    """
    shown = {"Authorization": f"Bearer {known['API key'].decode()}"}
    issued = await client.post("/v1/credentials/issue?to=open-badges-3", json=award(), headers=shown)
    wish = {"credential": issued.json()["record"]["id"]}
    offer = (await client.post("/v1/offers", json=wish, headers=shown)).json()["offer"]["id"]
    code, left = [await _code(client, offer) for _ in range(2)]
    tokens = (await redeemed(client, code)).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    nonce, unused = [(await client.post("/oid4vci/nonce")).json()["c_nonce"] for _ in range(2)]
    proof = Wallet.ed25519().proof_jwt(PUBLIC_URL, nonce)
    body = {"credential_configuration_id": Configuration.BADGE, "proofs": {"jwt": [proof]}}
    fetched = await client.post("/oid4vci/credential", json=body, headers=bearer)
    assert fetched.status_code == 200, fetched.text
    notification = fetched.json()["notification_id"]
    said = {"notification_id": notification, "event": "credential_accepted"}
    assert (await client.post("/oid4vci/notification", json=said, headers=bearer)).status_code == 204
    held = {"used code": code, "code": left, "used nonce": nonce, "nonce": unused, "link": offer} | {
        name: tokens[name] for name in ("access_token", "refresh_token")
    }
    known |= {f"{name} of an offer": text.encode() for name, text in held.items()}
    known["notification id"] = notification.encode()
    return [
        await redeemed(client, code),
        await redeemed(client, left + "x"),
        await client.get(f"/oid4vci/offers/{offer}x"),
        await client.post("/oid4vci/credential", json=body, headers=bearer),
        await client.post("/oid4vci/credential", json={left: unused}, headers={"Authorization": f"Bearer {code}"}),
        await client.post(
            "/oid4vci/notification", json={"notification_id": left, "event": "credential_accepted"}, headers=bearer
        ),
        await client.post("/oid4vci/deferred", json={"transaction_id": left}, headers=bearer),
    ]


async def _code(client: Client, offer: str) -> str:
    grants = (await client.get(f"/oid4vci/offers/{offer}")).json()["grants"]
    return str(grants[PRE_AUTHORIZED]["pre-authorized_code"])
