"""POST /vc-api/credentials/issue: what the platform wrote, signed by the platform, or refused with the place."""

import asyncio
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.http.vc_api.documented import CREDENTIAL
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings
from tests.gateway.http.conftest import Client

ISSUE, VERIFY, STATUS = "/vc-api/credentials/issue", "/vc-api/credentials/verify", "/vc-api/credentials/status"
DID = "did:web:badges.example.net:p:default"
ID = "urn:uuid:3c2f7c34-6b0f-4a5e-9f0e-2f4f3c1a7d10"
SUBJECT = CREDENTIAL["credentialSubject"]
VALUE = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
UNKNOWN_OPTION = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"


def subject(**changes: Any) -> dict[str, Any]:
    return {**SUBJECT, **changes}  # type: ignore[dict-item]


def achievement(**changes: Any) -> dict[str, Any]:
    return subject(achievement={**SUBJECT["achievement"], **changes})  # type: ignore[index]


async def asked(client: Client, options: dict[str, Any] | None = None, **changes: Any) -> Response:
    body = {"credential": {**CREDENTIAL, **changes}, **({"options": options} if options is not None else {})}
    return await client.post(ISSUE, json=body)


async def issued(client: Client, options: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    answer = await asked(client, options, **changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["verifiableCredential"])


async def records(client: Client) -> list[dict[str, Any]]:
    return list((await client.get("/v1/credentials")).json()["records"])


async def test_credential_is_signed_as_it_was_written(holder: Client) -> None:
    found = await issued(holder, id=ID, validFrom="2025-06-01T00:00:00Z")

    assert {name: found[name] for name in ("@context", "type", "name", "credentialSubject")} == CREDENTIAL
    assert (found["id"], found["validFrom"]) == (ID, "2025-06-01T00:00:00Z")
    assert found["issuer"]["id"] == DID
    assert found["credentialStatus"]["type"] == "BitstringStatusListEntry"
    assert [each["cryptosuite"] for each in found["proof"]] == ["eddsa-rdfc-2022"]


async def test_what_is_issued_is_verified_by_the_same_surface(holder: Client) -> None:
    found = await issued(holder)

    answer = await holder.post(VERIFY, json={"verifiableCredential": found})

    assert (answer.status_code, answer.json()) == (200, {"verified": True, "problemDetails": []})


@pytest.mark.parametrize("issuer", [DID, {"id": DID, "name": "A name of its own"}])
async def test_issuer_is_the_platform_whatever_it_calls_itself(holder: Client, issuer: Any) -> None:
    found = await issued(holder, issuer=issuer)

    assert found["issuer"]["id"] == DID
    assert found["issuer"]["name"] != "A name of its own"


async def test_id_and_beginning_are_given_where_they_are_missing(holder: Client) -> None:
    found = await issued(holder)

    assert found["id"].startswith("https://badges.example.net/p/default/issued/")
    assert found["validFrom"] == "2026-01-01T12:00:00Z"


@pytest.mark.parametrize("changes", [{"id": ID}, {}])
async def test_same_credential_again_is_the_same_bytes(holder: Client, changes: dict[str, Any]) -> None:
    answers = [await asked(holder, **changes) for _ in range(2)]

    assert answers[0].content == answers[1].content
    assert len(await records(holder)) == 1


async def test_other_credential_under_the_same_id_is_a_conflict(holder: Client) -> None:
    await issued(holder, id=ID)

    answer = await asked(holder, id=ID, name="Something else")

    assert answer.status_code == 409
    assert answer.json()["code"] == "issued-otherwise"
    assert answer.json()["type"] == "https://badges.example.net/problems/issued-otherwise"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"issuer": "did:web:other.example"}, "/credential/issuer"),
        ({"issuer": {"name": "Nobody"}}, "/credential/issuer"),
        ({"issuer": None}, "/credential/issuer"),
        ({"issuer": [DID]}, "/credential/issuer"),
        ({"issuer": {"id": [DID]}}, "/credential/issuer"),
        ({"proof": []}, "/credential/proof"),
        ({"credentialStatus": {"type": "BitstringStatusListEntry"}}, "/credential/credentialStatus"),
        ({"refreshService": {"id": "https://x.example/r", "type": "T"}}, "/credential/refreshService"),
        ({"endorsementJwt": ["e30.e30.AA"]}, "/credential/endorsementJwt"),
        ({"credentialSubject": subject(source={"id": "did:web:o.example"})}, "/credential/credentialSubject/source"),
        (
            {"credentialSubject": achievement(creator={"id": "did:web:o.example", "type": ["Profile"]})},
            "/credential/credentialSubject/achievement/creator",
        ),
        (
            {"evidence": [{"id": "https://x.example/", "type": ["Evidence", "https://w3id.org/openbadges#Assertion"]}]},
            "/credential/evidence/0",
        ),
        (
            {"relatedResource": [{"id": "ni:///sha-256;AA", "digestSRI": "sha256-AA=="}]},
            "/credential/relatedResource/0",
        ),
        ({"@context": [*CREDENTIAL["@context"], "https://x.example/c"]}, "/credential/@context/2"),
        ({"@context": [*CREDENTIAL["@context"], {"a": "https://x.example/#a"}]}, "/credential/@context/2"),
        ({"undefined": "term"}, "/credential/undefined"),
        ({"credentialSubject": achievement(undefined=1)}, "/credential/credentialSubject/achievement/undefined"),
        ({"type": ["VerifiableCredential"]}, "/credential"),
        ({"type": ["VerifiableCredential", "EndorsementCredential"]}, "/credential"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, "/credential/credentialSubject"),
        ({"credentialSubject": [SUBJECT, SUBJECT]}, "/credential/credentialSubject"),
        ({"credentialSubject": 1}, "/credential/credentialSubject"),
        ({"validFrom": "2999-01-01T00:00:00Z"}, "/credential/validFrom"),
        ({"validFrom": "2019-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"}, "/credential/validUntil"),
        ({"validFrom": "yesterday"}, "/credential/validFrom"),
        ({"id": "https://badges.example.net/p/default/issued/x"}, "/credential/id"),
        ({"id": 1}, "/credential/id"),
        ({"name": 1}, "/credential/name"),
    ],
)
async def test_what_cannot_be_issued_is_refused_with_its_place(
    holder: Client, changes: dict[str, Any], pointer: str
) -> None:
    answer = await asked(holder, **changes)

    found = answer.json()
    assert (answer.status_code, found["type"]) == (400, VALUE), answer.text
    assert found.get("pointer", "").startswith(pointer), answer.text
    assert await records(holder) == []


@pytest.mark.parametrize("changes", [{"undefined": "term"}, {"@context": None, "type": "x"}])
async def test_who_is_refused_is_told_of_nothing_that_is_not_here(holder: Client, changes: dict[str, Any]) -> None:
    answer = await asked(holder, **changes)

    fix = answer.json()["fix"]
    assert "Ask for" not in fix
    assert "Open Badges 0.5" not in fix


async def test_older_data_model_is_not_issued(holder: Client) -> None:
    contexts = ["https://www.w3.org/2018/credentials/v1", *list(CREDENTIAL["@context"])[1:]]
    older: dict[str, Any] = {"@context": contexts, "issuanceDate": "2025-01-01T00:00:00Z"}

    answer = await asked(holder, **older)

    assert answer.status_code == 400
    assert "2.0" in answer.json()["fix"]


@pytest.mark.parametrize(
    ("options", "type_", "pointer"),
    [
        ({"mandatoryPointers": ["/issuer"]}, UNKNOWN_OPTION, "/options/mandatoryPointers"),
        ({"type": "Ed25519Signature2020"}, UNKNOWN_OPTION, "/options/type"),
        ({"credentialStatus": {"statusSize": 2}}, UNKNOWN_OPTION, "/options/credentialStatus/statusSize"),
        ({"credentialStatus": {"statusPurpose": "message"}}, VALUE, "/options/credentialStatus/statusPurpose"),
        ({"credentialId": ""}, VALUE, "/options/credentialId"),
    ],
)
async def test_option_that_is_not_served_is_named(
    holder: Client, options: dict[str, Any], type_: str, pointer: str
) -> None:
    answer = await asked(holder, options)

    found = answer.json()
    assert (answer.status_code, found["type"], found["pointer"]) == (400, type_, pointer)


async def test_only_a_key_with_the_scope_issues(client: Client, gateway: Gateway) -> None:
    reading = await gateway.tenancy.make_key(
        DEFAULT_PLATFORM, Wish(name="x", scopes=frozenset({Scope.AUDIT_READ})), "x"
    )

    without = await asked(client)
    client.headers["Authorization"] = f"Bearer {reading.text}"
    other = await asked(client)

    assert (without.status_code, other.status_code) == (401, 403)
    assert without.headers["WWW-Authenticate"].startswith("Bearer")
    assert other.json()["type"] == "https://badges.example.net/problems/insufficient-scope"


async def test_what_is_issued_for_a_test_says_so(client: Client, gateway: Gateway) -> None:
    platform = twin_of(DEFAULT_PLATFORM)
    await gateway.platforms.ensure(Platform(id=platform, name="Another platform"))
    key = await gateway.tenancy.make_key(platform, Wish(name="x", scopes=EVERY_SCOPE), "command line")
    client.headers["Authorization"] = f"Bearer {key.text}"

    found = await issued(client)

    assert found["name"].startswith("[TEST]") or "TEST" in found["name"]
    assert found["credentialSubject"]["achievement"]["name"] == found["name"]


async def test_form_is_shown_to_nobody_but_the_platform(holder: Client) -> None:
    found = await issued(holder)

    public = await holder.get(found["id"].removeprefix("https://badges.example.net"))
    own = await holder.get(f"/vc-api/credentials/{found['id'].rpartition('/')[2]}")

    assert public.status_code == 404
    assert own.json()["verifiableCredential"] == found


async def test_record_leads_to_no_address_of_a_strangers(holder: Client) -> None:
    await issued(holder, id=ID, credentialSubject=achievement(id="https://elsewhere.example/achievement"))
    [record] = await records(holder)

    page = await holder.get(f"/credentials/{record['id']}", headers={"Accept": "text/html"})
    shown = await holder.get(f"/credentials/{record['id']}")

    assert page.status_code == 200
    assert "elsewhere.example" not in page.text + shown.text
    assert "did:example:learner" not in page.text + shown.text


async def test_further_forms_are_made_of_the_record(holder: Client) -> None:
    await issued(holder, id=ID)
    [record] = await records(holder)

    answer = await holder.post(f"/v1/credentials/{record['id']}/forms", params={"to": "elm-3"})

    hosted = await holder.post(f"/v1/credentials/{record['id']}/forms", params={"to": "open-badges-2"})
    assert answer.status_code in (201, 409), answer.text  # 409 where nobody said whose seal it is
    assert (hosted.status_code, hosted.json()["code"]) == (422, "not-issuable")


async def test_original_is_the_request_to_the_byte(holder: Client) -> None:
    body = msgspec.json.encode({"credential": {**CREDENTIAL, "id": ID}})
    await holder.post(ISSUE, content=body, headers={"Content-Type": "application/json"})
    [record] = await records(holder)

    answer = await holder.get(f"/v1/credentials/{record['id']}/original")

    assert answer.content == body


@pytest.mark.parametrize("options", [None, {"credentialId": "urn:example:mine"}])
async def test_revoked_credential_is_not_verified_and_not_issued_again(
    holder: Client, options: dict[str, Any] | None
) -> None:
    found = await issued(holder, options, **({} if options else {"id": ID}))
    name = options["credentialId"] if options else ID
    body = {"credentialId": name, "credentialStatus": entry("revocation"), "status": True}

    answers = [await holder.post(STATUS, json=body) for _ in range(2)]

    verified = await holder.post(VERIFY, json={"verifiableCredential": found})
    back = await holder.post(STATUS, json={**body, "status": False})
    again = await asked(holder, options, **({} if options else {"id": ID}))
    assert [answer.json() for answer in answers] == [{"credentialId": name, "state": "revoked", "revocable": True}] * 2
    assert [each["check"] for each in verified.json()["problemDetails"]] == ["status"]
    assert (back.status_code, again.status_code) == (400, 409)


def entry(purpose: str) -> dict[str, str]:
    return {"type": "BitstringStatusListEntry", "statusPurpose": purpose}


async def test_suspended_credential_is_reinstated(holder: Client) -> None:
    found = await issued(holder, {"credentialStatus": {"statusPurpose": "suspension"}}, id=ID)
    body = {"credentialId": ID, "credentialStatus": entry("suspension")}

    states = []
    for status in (False, True, False):
        answer = await holder.post(STATUS, json={**body, "status": status})
        verified = await holder.post(VERIFY, json={"verifiableCredential": found})
        states.append((answer.status_code, answer.json()["state"], verified.status_code))

    assert states == [(200, "active", 200), (200, "suspended", 400), (200, "active", 200)]


@pytest.mark.parametrize(
    ("changes", "status", "type_"),
    [
        ({"credentialId": "urn:uuid:0"}, 404, "https://badges.example.net/problems/not-found"),
        ({"credentialStatus": entry("suspension")}, 400, "https://badges.example.net/problems/not-suspendable"),
        ({"credentialStatus": entry("message")}, 400, VALUE),
        ({"credentialStatus": {**entry("revocation"), "more": 1}}, 400, UNKNOWN_OPTION),
        ({"credentialStatus": {"statusPurpose": "revocation"}}, 400, VALUE),
        ({"status": "revoked"}, 400, VALUE),
    ],
)
async def test_status_that_cannot_be_is_refused(
    holder: Client, changes: dict[str, Any], status: int, type_: str
) -> None:
    await issued(holder, id=ID)
    body = {"credentialId": ID, "credentialStatus": entry("revocation"), "status": True}

    answer = await holder.post(STATUS, json={**body, **changes})

    assert (answer.status_code, answer.json()["type"]) == (status, type_)


async def test_credential_is_fetched_by_each_of_its_names(holder: Client) -> None:
    found = await issued(holder, id=ID)
    [record] = await records(holder)

    answers = [await holder.get(f"/vc-api/credentials/{name}") for name in (ID, record["id"], "unknown")]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].json() == answers[1].json() == {"verifiableCredential": found}


@pytest.mark.parametrize("other", ["other", twin_of(DEFAULT_PLATFORM)])
async def test_credential_of_another_platform_is_not_there(holder: Client, gateway: Gateway, other: str) -> None:
    found = await issued(holder, id=ID)
    [record] = await records(holder)
    await gateway.platforms.ensure(Platform(id=other, name="Another platform"))
    key = await gateway.tenancy.make_key(other, Wish(name="x", scopes=EVERY_SCOPE), "command line")
    headers = {"Authorization": f"Bearer {key.text}"}
    names = [ID, record["id"], record["forms"][0]["id"]] if "forms" in record else [ID, record["id"]]
    body = {"credentialStatus": entry("revocation"), "status": True}

    fetched = [await holder.get(f"/vc-api/credentials/{name}", headers=headers) for name in names]
    changed = [await holder.post(STATUS, json={**body, "credentialId": name}, headers=headers) for name in names]
    erased = [await holder.delete(f"/vc-api/credentials/{name}", headers=headers) for name in names]

    own = await holder.post(VERIFY, json={"verifiableCredential": found})
    assert {answer.status_code for answer in (*fetched, *changed, *erased)} == {404}
    assert own.status_code == 200


async def test_two_platforms_have_each_their_own_under_one_id(holder: Client, gateway: Gateway) -> None:
    mine = await issued(holder, id=ID)
    await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
    key = await gateway.tenancy.make_key("other", Wish(name="x", scopes=EVERY_SCOPE), "command line")
    holder.headers["Authorization"] = f"Bearer {key.text}"

    theirs = await issued(holder, id=ID)

    assert (mine["id"], mine["issuer"]["id"]) == (theirs["id"], DID)
    assert theirs["issuer"]["id"] == "did:web:badges.example.net:p:other"


async def test_of_two_at_once_under_one_id_the_first_one_won(holder: Client) -> None:
    names = ["One", "Another"] * 3

    answers = await asyncio.gather(*(asked(holder, id=ID, name=name) for name in names))

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert len(await records(holder)) == 1


async def test_what_is_made_leads_to_where_it_is_fetched(holder: Client) -> None:
    answer = await asked(holder)

    fetched = await holder.get(answer.headers["Location"])

    assert fetched.json() == answer.json()


class TestInDevelopment:
    """Where credentials are issued without a status."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(public_url="http://127.0.0.1:8000", data_dir=tmp_path)

    async def test_who_takes_back_is_told_that_it_still_verifies(self, holder: Client) -> None:
        found = await issued(holder)
        body = {"credentialId": found["id"], "credentialStatus": entry("revocation"), "status": True}

        answer = await holder.post(STATUS, json=body)

        verified = await holder.post(VERIFY, json={"verifiableCredential": found})
        assert answer.json() == {"credentialId": found["id"], "state": "revoked", "revocable": False}
        assert verified.json()["verified"]
