"""By what credentials are named: nobody can choose a name that leads to somebody else's, or rest on what is here."""

from typing import Any  # Any: members of JSON documents
from uuid import uuid4

import pytest

from tests.gateway.http.conftest import Client
from tests.gateway.http.vc_api.test_issue import ID, achievement, asked, entry, issued, records, subject

HERE = "https://badges.example.net"
STATUS = "/vc-api/credentials/status"


async def revoked(client: Client, name: str) -> tuple[int, str]:
    body = {"credentialId": name, "credentialStatus": entry("revocation"), "status": True}
    answer = await client.post(STATUS, json=body)
    return answer.status_code, answer.json().get("state", "")


@pytest.mark.parametrize("name", ["{id}", "urn:uuid:{id}", "URN:UUID:{id}", "urn:credential:{id}"])
async def test_nobody_issues_under_the_name_of_what_is_there(holder: Client, record: dict[str, Any], name: str) -> None:
    for there in (record["id"], record["forms"][0]["id"], record["id"].upper()):
        chosen = name.format(id=there)
        answers = [await asked(holder, {"credentialId": chosen}), await asked(holder, id=chosen)]
        assert [answer.status_code for answer in answers] == [400, 400], chosen
        assert answers[0].json()["pointer"] == "/options/credentialId"

    assert await revoked(holder, record["id"]) == (200, "revoked")
    assert (await holder.get(f"/v1/credentials/{record['id']}")).json()["state"] == "revoked"


@pytest.mark.parametrize("name", ["{id}", "urn:uuid:{id}", "URN:UUID:{id}", "urn:credential:{id}"])
async def test_nor_under_the_name_of_what_was_erased(holder: Client, record: dict[str, Any], name: str) -> None:
    await holder.delete(f"/v1/credentials/{record['id']}")

    for there in (record["id"], record["forms"][0]["id"], record["id"].upper()):
        answer = await asked(holder, {"credentialId": name.format(id=there)})
        assert (answer.status_code, answer.json()["pointer"]) == (400, "/options/credentialId"), there

    assert await records(holder) == []


@pytest.mark.parametrize(
    "name",
    [
        HERE,
        "http://badges.example.net./p/other/issued/x",
        "https://badges.example.net:443/p/default/issued/x",
        "https://college.example@badges.example.net/x",
        "https://b%61dges.example.net/x",
        "HTTPS://BADGES.EXAMPLE.NET/x",
        "did:web:badges.example.net:p:other",
        "4A1D9A52-9C8E-4F0B-8E0C-0F6F0E4C1B11",
    ],
)
async def test_name_that_the_gateway_gives_is_not_chosen(holder: Client, name: str) -> None:
    answer = await asked(holder, {"credentialId": name})

    assert (answer.status_code, answer.json()["pointer"]) == (400, "/options/credentialId")
    assert await records(holder) == []


async def test_form_is_named_by_its_address(holder: Client, record: dict[str, Any]) -> None:
    assert await revoked(holder, f"{HERE}/p/default/issued/{record['forms'][0]['id']}") == (200, "revoked")


async def test_name_of_nothing_that_is_there_can_be_chosen(holder: Client) -> None:
    await issued(holder, id=f"urn:uuid:{uuid4()}")

    assert len(await records(holder)) == 1


RECEIPT = f"{HERE}/p/default/receipts/4a1d9a52-9c8e-4f0b-8e0c-0f6f0e4c1b11"
ASSERTION = "https://w3id.org/openbadges#Assertion"
LEARNING = "https://www.w3.org/2018/credentials#VerifiableCredential"
ORIGINAL = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"
CLASS = "http://data.europa.eu/snb/model/elm/LearningAchievement"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        *(
            ({"evidence": [{"id": "https://x.example/", "type": ["Evidence", kind]}]}, "/credential/evidence/0")
            for kind in (ASSERTION, LEARNING, "VerifiableCredential", "OpenBadgeCredential", ORIGINAL, CLASS)
        ),
        ({"evidence": [{"id": RECEIPT, "type": ["Evidence"]}]}, "/credential/evidence/0"),
        (
            {"evidence": [{"id": RECEIPT.replace("net/", "net./"), "type": ["Evidence"]}]},
            "/credential/evidence/0",
        ),
        ({"relatedResource": [{"id": RECEIPT, "digestSRI": "sha256-AA=="}]}, "/credential/relatedResource/0"),
        (
            {"credentialSubject": achievement(related=[{"id": RECEIPT, "type": ["Related"]}])},
            "/credential/credentialSubject/achievement/related/0",
        ),
        *(
            (
                {"credentialSubject": achievement(related=[{"id": "https://x.example/", "type": ["Related", kind]}])},
                "/credential/credentialSubject/achievement/related/0",
            )
            for kind in ("Achievement", CLASS, "https://w3id.org/openbadges#BadgeClass")
        ),
        ({"credentialSubject": [subject(source={"id": "did:web:o.example"})]}, "/credential/credentialSubject"),
    ],
)
async def test_nothing_issued_says_that_it_was_converted(holder: Client, changes: dict[str, Any], pointer: str) -> None:
    answer = await asked(holder, id=ID, **changes)

    assert answer.status_code == 400, answer.text
    assert answer.json()["pointer"].startswith(pointer)
    assert await records(holder) == []


async def test_evidence_and_relations_of_its_own_are_issued(holder: Client) -> None:
    related = [{"id": "https://college.example/courses/1", "type": ["Related"], "version": "2"}]
    evidence = [{"id": "https://college.example/portfolio/1", "type": ["Evidence"], "name": "Conversion"}]

    found = await issued(holder, evidence=evidence, credentialSubject=achievement(related=related))

    assert found["evidence"] == evidence
