"""Upload JSON, get the sealed file: by the platform alone, in its own name, once."""

import asyncio
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.ports import Search
from gateway.proofs import base64url
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.corpora import corpus
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import ID, SEAL, VERIFY, credential, part, payload, sealed, upload

OK = "http://data.europa.eu/snb/verification-status/9895008394"
SKIPPED = "http://data.europa.eu/snb/verification-status/641f0c5e5d"


async def stored(gateway: Gateway) -> int:
    """How many records the platform has."""
    found = await gateway.native.search(Caller(DEFAULT_PLATFORM, "x"), Search(limit=50), "")
    return len(found.records)


async def test_what_is_sealed_is_issued_by_the_owner_of_the_seal_now(holder: Client) -> None:
    someone = {"id": "did:web:issuer.example", "type": "Organisation", "legalName": {"en": "Somebody else"}}

    document = payload(await sealed(holder, issuer=someone, issued="2020-01-01T00:00:00Z"))

    issuer = document["issuer"]
    assert document["id"] == ID
    assert issuer["legalName"] == {"en": "Open Badges gateway"}
    assert issuer["altLabel"] == {"en": "Open Badges gateway"}
    assert issuer["id"] == "did:web:badges.example.net:p:default"
    assert issuer["eIDASIdentifier"]["notation"] == "NTRFR-123456789"
    assert issuer["location"][0]["address"][0]["countryCode"]["id"].endswith("/FRA")
    assert document["issued"] == document["issuanceDate"] == "2026-01-01T12:00:00Z"
    assert document["validFrom"] == "2025-06-01T00:00:00Z"
    assert document["credentialSubject"] == credential()["credentialSubject"]


async def test_a_page_is_drawn_where_the_credential_shows_none(holder: Client) -> None:
    [page] = payload(await sealed(holder))["displayParameter"]["individualDisplay"]

    [detail] = page["displayDetail"]
    assert detail["page"] == 1
    assert detail["image"]["content"].startswith("iVBORw0KGgo")
    assert detail["image"]["contentType"]["id"].endswith("/PNG")


async def test_the_answer_is_a_file_to_be_saved(holder: Client) -> None:
    answer = await holder.post(SEAL, files=part("_file", upload()))

    assert answer.headers["Content-Type"] == "application/ld+json"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Disposition"].endswith('.jsonld"')
    assert set(msgspec.json.decode(answer.content)) == {"payload", "signatures"}


async def test_json_is_taken_as_a_form_is_and_the_credential_alone_too(holder: Client) -> None:
    wrapped = await holder.post(SEAL, content=upload(), headers={"Content-Type": "application/json"})
    alone = await holder.post(SEAL, json=credential())

    assert (wrapped.status_code, alone.status_code) == (200, 200)
    assert payload(wrapped.content)["credentialSubject"] == payload(alone.content)["credentialSubject"]


async def test_a_credential_without_an_id_gets_one(holder: Client) -> None:
    made = payload(await sealed(holder, id=None))

    assert made["id"].startswith("urn:credential:")
    assert made["id"] != ID


async def test_what_europass_asks_for_beside_it_changes_nothing(holder: Client) -> None:
    first = await holder.post(SEAL, params={"password": "x", "signOnBehalf": "true"}, files=part("_file", upload()))

    assert first.status_code == 200
    assert first.content == await sealed(holder)


async def test_the_same_file_is_sealed_once_however_often_it_is_sent(holder: Client, gateway: Gateway) -> None:
    answers = await asyncio.gather(*(holder.post(SEAL, files=part("_file", upload())) for _ in range(6)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert await stored(gateway) == 1


async def test_its_record_says_what_sealing_changed_and_exports_it(holder: Client) -> None:
    file = await sealed(holder, issuer={"type": "Organisation", "legalName": {"en": "Somebody else"}})
    [summary] = (await holder.get("/v1/credentials")).json()["records"]
    record = (await holder.get(f"/v1/credentials/{summary['id']}")).json()

    [form] = record["forms"]
    changed = {loss["source"]: loss["change"] for loss in form["losses"] if loss["source"]}
    exported = await holder.get(f"/v1/credentials/{record['id']}/export", params={"format": "elm-3"})
    original = await holder.get(f"/v1/credentials/{record['id']}/original")
    page = await holder.get(f"/credentials/{record['id']}", headers={"Accept": "text/html"})
    receipt = await holder.get(form["links"]["receipt"].removeprefix("https://badges.example.net"))
    assert summary["title"] == "Bicycle repair"
    assert changed == {"/credential/issuer/legalName/en": "approximated"}
    assert exported.content == file
    assert msgspec.json.decode(original.content)["credential"]["id"] == ID
    assert page.status_code == 200
    assert msgspec.json.decode(base64url.decode(receipt.text.split(".")[1]))["issued"]["id"] == ID


async def test_it_gets_no_other_form_from_plain_data(holder: Client) -> None:
    await sealed(holder)
    [summary] = (await holder.get("/v1/credentials")).json()["records"]

    more = await holder.post(f"/v1/credentials/{summary['id']}/forms", params={"to": "open-badges-3"})

    assert (more.status_code, more.json()["code"]) == (422, "not-issuable")
    assert "was written in ELM by the platform itself" in more.json()["detail"]


async def test_what_was_taken_back_is_not_sealed_again(holder: Client) -> None:
    await sealed(holder)
    [summary] = (await holder.get("/v1/credentials")).json()["records"]
    await holder.post(f"/v1/credentials/{summary['id']}/revoke", json={"reason": "a test"})

    same = await holder.post(SEAL, files=part("_file", upload()))
    corrected = await holder.post(SEAL, files=part("_file", upload(validFrom="2025-07-01T00:00:00Z")))

    assert [(each.status_code, each.json()["code"]) for each in (same, corrected)] == [(409, "not-active")] * 2


async def test_that_it_was_taken_back_shows_where_it_is_verified(holder: Client) -> None:
    file = await sealed(holder)
    [summary] = (await holder.get("/v1/credentials")).json()["records"]
    before = (await holder.post(VERIFY, files=part("file", file))).json()

    await holder.post(f"/v1/credentials/{summary['id']}/revoke", json={"reason": "a test"})

    after = (await holder.post(VERIFY, files=part("file", file))).json()
    assert [before[3]["status"]["title"], after[3]["status"]["title"]] == ["Skipped", "Error"]
    assert after[3]["description"] == "It was revoked or suspended."


BROKEN: tuple[tuple[dict[str, Any], str], ...] = (
    ({"validFrom": "2025-06-01"}, "/credential/validFrom"),
    ({"validFrom": "2026-06-01T00:00:00Z"}, "/credential/validFrom"),
    ({"validUntil": "2025-07-01T00:00:00Z"}, "/credential/validUntil"),
    ({"type": ["VerifiableCredential"]}, "/credential/type"),
    ({"displayParameter": "none"}, "/credential/displayParameter"),
    ({"credentialSubject": {"id": "urn:epass:person:1", "type": "Person"}}, "/credential/credentialSubject"),
    ({"credentialProfiles": None}, "/credential/credentialProfiles"),
    ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, "/credential/@context"),
)
"""What an upload may get wrong, and where that is said to be."""

NO_UPLOADS = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b"{",
    b'{"credential": {}}',
    b'{"credential": []}',
    b'{"a":1,"a":2}',
    b"\xff\xfe",
    b"<a/>",
)


async def test_what_breaks_a_rule_is_refused_with_the_place_and_not_stored(holder: Client, gateway: Gateway) -> None:
    for changes, pointer in BROKEN:
        answer = await holder.post(SEAL, files=part("_file", upload(**changes)))

        said = answer.json()
        assert (answer.status_code, said["code"]) == (422, "not-issuable"), answer.text
        assert said["affectedAssets"]["pointer"].startswith(pointer), said
        assert said["description"]
        assert said["path"] == SEAL
    assert await stored(gateway) == 0


async def test_what_is_no_upload_is_refused(holder: Client) -> None:
    for file in NO_UPLOADS:
        answer = await holder.post(SEAL, files=part("_file", file))

        assert 400 <= answer.status_code < 500, answer.text
        assert set(answer.json()) == {"code", "message", "description", "timestamp", "path", "affectedAssets"}


ELSEWHERE = (
    ({"payload": "e30", "signatures": [{"protected": "e30", "signature": ""}]}, "sealed already", "as it is"),
    ({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}, "Open Badge", "credentials/convert"),
    (
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]},
        "Open Badge",
        "credentials/convert",
    ),
)


@pytest.mark.parametrize(("file", "said", "fix"), ELSEWHERE)
async def test_what_belongs_elsewhere_is_told_so(holder: Client, file: dict[str, Any], said: str, fix: str) -> None:
    answer = await holder.post(SEAL, files=part("_file", msgspec.json.encode(file)))

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "not-an-upload")
    assert said in problem["message"]
    assert fix in problem["description"]


async def test_something_else_under_the_same_id_is_not_sealed(holder: Client, gateway: Gateway) -> None:
    first = await sealed(holder)

    other = await holder.post(SEAL, files=part("_file", upload(validFrom="2025-07-01T00:00:00Z")))
    same = await holder.post(SEAL, files=part("_file", msgspec.json.encode(credential())))

    assert (other.status_code, other.json()["code"]) == (409, "sealed-otherwise")
    assert other.json()["affectedAssets"]["pointer"] == "/credential/id"
    assert same.content == first
    assert await stored(gateway) == 1


async def test_of_two_under_one_id_at_once_one_is_sealed(holder: Client, gateway: Gateway) -> None:
    days = [f"2025-07-0{day}T00:00:00Z" for day in range(1, 5)]

    answers = await asyncio.gather(*(holder.post(SEAL, files=part("_file", upload(validFrom=day))) for day in days))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert await stored(gateway) == 1


@pytest.mark.parametrize("changes", [{}, {"displayParameter": None}])
async def test_what_a_test_platform_seals_says_so(client: Client, gateway: Gateway, changes: dict[str, Any]) -> None:
    key = await gateway.first_key(twin_of(DEFAULT_PLATFORM))

    uploaded = part("_file", upload(**changes))
    answer = await client.post(SEAL, files=uploaded, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 200, answer.text
    document = payload(answer.content)
    said = {"en": "TEST – Bicycle repair"}
    assert document["displayParameter"]["title"] == document["credentialSubject"]["hasClaim"][0]["title"] == said


@pytest.mark.parametrize(
    "name",
    [
        "AA-Annex1-MC",
        "Sample-CertOfPart",
        pytest.param("Sample-JointDegree", marks=pytest.mark.slow),
        pytest.param("Sample-MastersDegree", marks=pytest.mark.slow),
        pytest.param("Sample-TranscriptOfRecords", marks=pytest.mark.slow),
    ],
)
async def test_an_integrators_script_seals_and_verifies_the_official_samples(holder: Client, name: str) -> None:
    """What ``curl -u :$KEY -F _file=@document.json .../seal`` does, and ``-F file=@sealed.jsonld .../verification``."""
    document = (corpus("elm/samples/eu-2025") / f"{name}-unsigned.json").read_bytes()
    key = holder.headers.pop("Authorization").removeprefix("Bearer ")

    made = await holder.post(SEAL, files=part("_file", document, f"{name}.json"), auth=("", key))
    checks = await holder.post(VERIFY, params={"locale": "fr"}, files=part("file", made.content, f"{name}.jsonld"))

    uploaded = msgspec.json.decode(document)["credential"]
    states = {each["type"]["title"]: each["status"]["link"] for each in checks.json()}
    assert made.status_code == 200, made.text
    assert payload(made.content)["credentialSubject"] == uploaded["credentialSubject"]
    assert payload(made.content)["id"] == uploaded["id"]
    assert states["Format"] == states["Cachet"] == states["Expiration"] == OK
    assert {states["Titulaire"], states["Révocation"], states["Accréditation"]} == {SKIPPED}
