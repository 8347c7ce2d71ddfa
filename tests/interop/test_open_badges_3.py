"""Open Badges 3.0 as we issue it, before @digitalbazaar/vc, jose and the JSON Schemas of 1EdTech."""

import base64
import json
from itertools import product
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import jsonschema_rs
import pytest

from tests.corpora import corpus
from tests.interop.issued import DEVELOPMENT_URL, OPEN_BADGES_3, Site, payload, site
from tests.interop.oracles import Answer, Talk
from tests.interop.sources import SOURCES, Source
from tests.simulators.platform import CALLER, PUBLIC_URL
from tests.simulators.web import SimulatedWeb

pytestmark = pytest.mark.interop

DATA_INTEGRITY, VC_JWT = OPEN_BADGES_3
SETTINGS: dict[str, dict[str, str]] = {
    "did:web": {"public_url": PUBLIC_URL},
    "https": {"public_url": PUBLIC_URL, "open_badges_3_issuer": "https"},
    "did:key": {"public_url": DEVELOPMENT_URL},
}
CHANGED: tuple[tuple[Any, ...], ...] = (
    ("name",),
    ("validFrom",),
    ("issuer", "name"),
    ("credentialSubject", "achievement", "name"),
    ("credentialSubject", "achievement", "a term that nobody knows"),
    ("credentialSubject", "source", "name"),
    ("evidence", 0, "description"),
    ("proof", 0, "created"),
)
DATES = {"validFrom", "created"}
SCHEMAS = ("official-plain", "official-jsonld-2026")

every_source = pytest.mark.parametrize("source", SOURCES, ids=str)
every_issuer = pytest.mark.parametrize("issuer", ["did:web", "did:key", "https"])


async def judged(node: Talk, at: Site, credential: dict[str, Any]) -> Answer:
    """What @digitalbazaar/vc says, in safe mode, to a credential and to all that we serve beside it."""
    pages = (await at.everything()).items()
    documents = {url: json.loads(page.body) for url, page in pages if _is_json(page.body)}
    return node.ask({"credential": credential, "documents": documents})


async def issued_credential(at: Site, source: bytes) -> dict[str, Any]:
    """The Data Integrity form, with our DID document asked for as well."""
    [url] = await at.issue(source, DATA_INTEGRITY)
    await at.get(f"{at.public_url}/p/default/did.json")
    return await at.json(url)


@every_issuer
@every_source
async def test_a_credential_is_accepted_in_safe_mode(source: Source, issuer: str, node: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, **SETTINGS[issuer]) as at:
        credential = await issued_credential(at, source.received(web))

        answer = await judged(node, at, credential)

    assert answer == Answer(verified=True)


async def test_a_credential_under_the_https_profile_is_accepted_in_safe_mode(node: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, **SETTINGS["https"]) as at:
        credential = await issued_credential(at, SOURCES[0].received(web))

        answer = await judged(node, at, credential)

    assert answer == Answer(verified=True)


@every_source
async def test_a_credential_keeps_to_the_schemas_of_1edtech(source: Source, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web) as at:
        embedded, token = await at.issue(source.received(web), *OPEN_BADGES_3)
        credentials = [await at.json(embedded), json.loads(payload((await at.get(token)).body.decode()))]

    for variant in SCHEMAS:
        file = corpus(f"ob/json-schema/ob3/{variant}/ob_v3p0_achievementcredential_schema.json")
        schema = jsonschema_rs.validator_for(json.loads(file.read_bytes()), validate_formats=True)
        for credential in credentials:
            assert [
                f"{variant}: {error.instance_path} {error.message}" for error in schema.iter_errors(credential)
            ] == []


@every_issuer
@pytest.mark.parametrize("place", CHANGED)
async def test_a_credential_that_was_tampered_with_is_refused(
    place: tuple[Any, ...], issuer: str, node: Talk, tmp_path: Path
) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, **SETTINGS[issuer]) as at:
        credential = await issued_credential(at, SOURCES[0].received(web))
        changed = credential
        for step in place[:-1]:
            changed = changed[step]
        changed[place[-1]] = "2020-01-01T00:00:00Z" if place[-1] in DATES else "Surgery"

        answer = await judged(node, at, credential)

    assert not answer.verified
    assert answer.reasons


async def test_a_revoked_credential_is_refused_for_its_bit_in_our_list(node: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web) as at:
        credential = await issued_credential(at, SOURCES[0].received(web))
        await at.platform.gateway.revoke(at.record, "awarded in error", CALLER)

        answer = await judged(node, at, credential)

    assert answer == Answer(verified=False, reasons=("status revocation is set",))


async def test_our_status_list_is_a_credential_that_is_accepted_in_safe_mode(node: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web) as at:
        credential = await issued_credential(at, SOURCES[0].received(web))
        status_list = await at.json(credential["credentialStatus"]["statusListCredential"])
        forged = {**status_list, "credentialSubject": {**status_list["credentialSubject"], "statusPurpose": "message"}}

        accepted, refused = await judged(node, at, status_list), await judged(node, at, forged)

    assert accepted == Answer(verified=True)
    assert not refused.verified


@pytest.mark.parametrize(
    ("issuer", "algorithm"),
    [*product(("did:web", "https"), ("ES256", "RS256", "EdDSA")), ("did:key", "EdDSA")],
)
async def test_a_token_is_accepted_with_what_we_publish(
    issuer: str, algorithm: str, node: Talk, tmp_path: Path
) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, **SETTINGS[issuer], vc_jwt_algorithm=algorithm) as at:
        [url] = await at.issue(SOURCES[0].received(web), VC_JWT)
        token = (await at.get(url)).body.decode()
        addresses = (f"{at.public_url}/p/default/did.json", f"{at.public_url}/p/default/profile")
        documents = {address: await at.json(address) for address in addresses}
        jwks = await at.json(f"{at.public_url}/.well-known/jwks.json")
    job = {"token": token, "issuer": json.loads(payload(token))["iss"], "algorithms": [algorithm]}
    by_document, by_jwks = {**job, "documents": documents}, {**job, "jwks": jwks}
    header, _, signature = token.split(".")
    other = json.dumps({**json.loads(payload(token)), "name": "Surgery"}).encode()
    tampered = {"token": f"{header}.{_base64url(other)}.{signature}"}

    answers = [node.ask(each) for each in (by_document, by_jwks)]
    refusals = [node.ask({**each, **tampered}) for each in (by_document, by_jwks)]

    assert answers == [Answer(verified=True)] * 2
    assert [refusal.verified for refusal in refusals] == [False, False]


@every_issuer
async def test_a_receipt_is_accepted_with_our_published_keys(issuer: str, node: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, **SETTINGS[issuer]) as at:
        [url] = await at.issue(SOURCES[0].received(web), DATA_INTEGRITY)
        receipt = (await at.get(url.replace("/issued/", "/receipts/"))).body.decode()
        jwks = await at.json(f"{at.public_url}/.well-known/jwks.json")

    answer = node.ask({"token": receipt, "issuer": json.loads(payload(receipt))["iss"], "jwks": jwks})

    assert answer == Answer(verified=True)


def _is_json(body: bytes) -> bool:
    return body.lstrip()[:1] == b"{"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
