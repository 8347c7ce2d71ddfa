"""What is there when a platform's software asks: with the API keys of two platforms, and one that may do little."""

import datetime as dt
from typing import Any  # Any: members of JSON documents

import msgspec
from httpx import AsyncClient

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.flows.webhooks.messages import challenge
from gateway.http.vc_api.documented import CREDENTIAL
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.offers import Configuration
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.fuzz.contract.ground import PUBLIC_URL, Opened, Prepared, Shown
from tests.fuzz.contract.persons import LONG_AGO_H, taken
from tests.gateway.http.europass.uploads import LEARNER, upload
from tests.gateway.plain import award
from tests.laundering.sources import STATUS_LIST, Kind
from tests.simulators.wallet import stamp

OTHER = "other"
EXCHANGES = "/vc-api/workflows/claim/exchanges"
REVOKED = 7
"""The index of badges of the simulated issuer."""
OF_A_PAGE = 4
"""Segments of the path of a page that shows one thing of a platform."""


def _bearer(text: str) -> Shown:
    return Shown("Authorization", f"Bearer {text}")


async def _key(gateway: Gateway, platform: str, scopes: frozenset[Scope], expires: dt.datetime | None = None) -> Shown:
    wish = Wish(name="made for requests", scopes=scopes, expires=expires)
    made = await gateway.tenancy.make_key(platform, wish, "command line")
    return _bearer(made.text)


async def holders(opened: Opened) -> Prepared:
    """Two platforms and their keys; the client shows that of the first from now on."""
    gateway = opened.gateway
    await gateway.platforms.ensure(Platform(id=OTHER, name="Another platform"))
    every, soon = EVERY_SCOPE | {Scope.INSTALLATION_MANAGE}, opened.clock.now + dt.timedelta(days=9)
    mine = await _key(gateway, DEFAULT_PLATFORM, every)
    opened.client.headers[mine.name] = mine.value
    return Prepared(
        mine={"apiKey": mine},
        theirs={"apiKey": await _key(gateway, OTHER, every)},
        brief={"apiKey": await _key(gateway, DEFAULT_PLATFORM, every, soon)},
        bare={"apiKey": await _key(gateway, DEFAULT_PLATFORM, frozenset())},
    )


async def made(client: AsyncClient, path: str, body: Any, **parameters: Any) -> dict[str, Any]:
    """Send JSON that is right, and return what comes back."""
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    headers = {"Content-Type": "application/json"}
    answer = await client.post(path, content=content, params=parameters, headers=headers)
    if answer.is_error:
        raise RuntimeError(f"POST {path} is refused: {answer.text}")
    return dict(answer.json()) if answer.content else {}


async def prepare_gateway(opened: Opened) -> Prepared:
    """One thing of each kind that the first platform may have, as it is and as it may come to be."""
    prepared, client = await holders(opened), opened.client
    both = ["open-badges-2", "open-badges-3"]
    record = (await made(client, "/v1/credentials", opened.world.sound(Kind.HOSTED), to=both))["record"]
    issued = await _issued(client, "open-badges-3")
    suspendable = await _issued(client, "open-badges-3", status="suspension")
    sealed = await _issued(client, "elm-3") if opened.gateway.settings.seal_organisation_id else issued
    revoked = await _issued(client, "open-badges-2")
    await made(client, f"/v1/credentials/{revoked['id']}/revoke", {"reason": "Twice."})
    erased = await _issued(client, "open-badges-3")
    await client.delete(f"/v1/credentials/{erased['id']}")
    offers = [
        (await made(client, "/v1/offers", {"credential": each["id"]}))["offer"]["id"] for each in (record, issued)
    ]
    offers.append((await made(client, "/v1/offers", {"credential": issued["id"]}))["offer"]["id"])
    await client.delete(f"/v1/offers/{offers[-1]}")
    offers.append(await taken(opened))
    few = {"name": "few", "scopes": ["audit.read"]}
    records = [record, issued, suspendable, sealed, revoked, erased]
    prepared.named = {
        "record_id": [each["id"] for each in records],
        "offer_id": offers,
        "member_id": [
            (await made(client, "/v1/platform/members", {"address": f"{role}@example.org", "role": role}))["id"]
            for role in ("reader", "owner")
        ],
        "key_id": [(await made(client, "/v1/platform/keys", few))["id"]],
        "client_id": [(await made(client, "/v1/platform/clients", few))["clientId"]],
        **await _webhooks(opened, prepared),
    }
    prepared.marks = {each for values in prepared.named.values() for each in values}
    prepared.named |= {
        "platform": [DEFAULT_PLATFORM],
        "tenant": [DEFAULT_PLATFORM, OTHER],
        "code": ["refused", "not-found"],
        "kind": ["open-badge-3", "learning-credential-1"],
    }
    prepared.known |= {"record": record["id"], "offered": issued["id"], "offers.credential": record["id"]}
    prepared.known["export.format"] = "open-badges-2"
    prepared.mine["apiKey Test aids"] = await _key(opened.gateway, twin_of(DEFAULT_PLATFORM), EVERY_SCOPE)
    prepared.at |= await _pages(opened, record, revoked, erased)
    prepared.at["/v1/credentials/{record_id}/recheck"] = [{"record_id": record["id"]}]
    for change in ("suspend", "reinstate"):
        prepared.at[f"/v1/credentials/{{record_id}}/{change}"] = [{"record_id": suspendable["id"]}]
    return prepared


async def _issued(client: AsyncClient, format_: str, **parameters: str) -> dict[str, Any]:
    return dict((await made(client, "/v1/credentials/issue", award(), to=format_, **parameters))["record"])


async def _webhooks(opened: Opened, prepared: Prepared) -> dict[str, list[str]]:
    """One that is active and one that was not verified yet, whose code is known."""
    client, verify = opened.client, opened.gateway.webhooks.verify_webhook
    ids = [(await made(client, "/v1/webhooks", {"url": "https://lms.example.org/in"}))["webhook"]["id"] for _ in "ab"]
    codes = []
    for each in ids:
        found = await verify.webhooks.find(DEFAULT_PLATFORM, each)
        codes.append(challenge(verify.secret, found) if found else "")
    active, new = ids
    await made(client, f"/v1/webhooks/{active}/verification", {"code": codes[0]})
    await made(client, f"/v1/webhooks/{active}/test", {})
    deliveries = (await client.get(f"/v1/webhooks/{active}/deliveries")).json()["deliveries"]
    prepared.known |= {"code": codes[1]}
    prepared.at |= {
        "/v1/webhooks/{webhook_id}/verification": [{"webhook_id": new}],
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": [
            {"webhook_id": active, "delivery_id": each["id"]} for each in deliveries
        ],
        **{f"/v1/webhooks/{{webhook_id}}/{part}": [{"webhook_id": active}] for part in ("test", "replay")},
    }
    return {"webhook_id": ids}


async def _pages(opened: Opened, *records: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """What the public pages show, by their paths."""
    listed = (await opened.client.get("/v1/platform/signing-keys")).json()["keys"]
    names: dict[str, list[str]] = {"keys": [key["id"] for key in listed]}
    originals = []
    for record in records:
        found = [here(url) for form in record["forms"] for url in form["links"].values()]
        lists = [here(form["status"]["list"]) for form in record["forms"] if form["status"]]
        for path in [*found, *lists]:
            parts = path.strip("/").split("/")
            if parts[0] == "p" and len(parts) == OF_A_PAGE:
                names.setdefault(parts[2], []).append(parts[3])
        if record.get("source"):
            capability = here(record["source"]["original"]).rpartition("/")[2]
            originals.append({"record_id": record["id"], "capability": capability})
    platform = {"platform": DEFAULT_PLATFORM}
    return {
        **{f"/p/{{platform}}/{kind}/{{name}}": [{**platform, "name": each} for each in names[kind]] for kind in names},
        "/credentials/{record_id}/original/{capability}": originals,
    }


def here(url: str) -> str:
    """An address of the gateway as a path."""
    return url.removeprefix(PUBLIC_URL)


async def prepare_europass(opened: Opened) -> Prepared:
    """A wallet with one deposit, and a link to it."""
    prepared = await holders(opened)
    caller = await opened.gateway.admit(prepared.mine["apiKey"].value.partition(" ")[2])
    sent = await opened.gateway.europass.seal_and_send(upload(LEARNER), caller, mail=False, language="en")
    share = sent.viewer_url.rpartition("/")[2]
    deposit = f"/europass/api/v1/wallets/{sent.deposit.wallet}/credentials/{sent.deposit.id}"
    soon = {"expirationDate": stamp(opened.clock.now + dt.timedelta(hours=1))}
    over = (await made(opened.client, f"{deposit}/sharelink", soon))["shareHash"]
    opened.clock.advance(hours=2)
    prepared.named = {
        "user_id": [sent.deposit.wallet],
        "uuid": [sent.deposit.id],
        "user_email": [LEARNER],
        "share_hash": [share, share, over],
    }
    prepared.marks = {sent.deposit.wallet, sent.deposit.id, share}
    return prepared


async def prepare_vc_api(opened: Opened) -> Prepared:
    """A credential, and an exchange of it."""
    prepared, client = await holders(opened), opened.client
    answer = await client.post("/vc-api/credentials/issue", json={"credential": CREDENTIAL})
    issued = here(answer.headers["Location"]).rpartition("/")[2] if "Location" in answer.headers else ""
    if not issued:
        issued = (await client.get("/v1/credentials")).json()["records"][0]["id"]
    old = (await _issued(client, "open-badges-2"))["id"]
    badge = opened.world.sound(Kind.DATA_INTEGRITY)
    converted = (await made(client, "/v1/credentials", badge, to="open-badges-3"))["record"]["id"]
    exchange, lost = [
        (await made(client, EXCHANGES, {"variables": {"credentialId": each}}))["id"].rpartition("/")[2]
        for each in (issued, converted)
    ]
    if opened.number % 2:
        opened.clock.advance(hours=LONG_AGO_H)
        opened.world.web.at = opened.clock.now
        opened.world.issuer.status_list(STATUS_LIST, REVOKED, validFrom=stamp(opened.clock.now))
    for_one_wallet = {"credential": issued, "configurations": [Configuration.BADGE_JWT]}
    elsewhere = (await made(client, "/v1/offers", for_one_wallet))["offer"]["id"]
    asked = (await made(client, f"{EXCHANGES}/{exchange}", {}))["verifiablePresentationRequest"]
    prepared.named = {"credential_id": [issued], "exchange_id": [exchange, lost, elsewhere]}
    prepared.at[f"{EXCHANGES}/{{exchange_id}}/bare"] = [
        {"exchange_id": each} for each in (*[exchange] * 4, lost, elsewhere)
    ]
    prepared.marks = {issued, exchange}
    prepared.known = {
        "credential": issued,
        "old": old,
        "id": answer.json()["verifiableCredential"].get("id", ""),
        "challenge": asked["challenge"],
    }
    return prepared
