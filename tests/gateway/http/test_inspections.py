"""``POST /v1/inspections``: a corrected copy of what breaks its format, and how complete a micro-credential is."""

import json

from tests.adapters.test_described import edubadge_3
from tests.gateway.commands.test_inspect import MISSHAPEN
from tests.gateway.http.conftest import Client, problem

JSON = {"Content-Type": "application/json"}


async def test_a_corrected_unsigned_copy_is_offered_when_it_is_asked_for(client: Client) -> None:
    body = json.dumps(MISSHAPEN | {"proof": {"type": "DataIntegrityProof"}})

    plain = await client.post("/v1/inspections", content=body, headers=JSON)
    asked = await client.post("/v1/inspections?repair=true", content=body, headers=JSON)

    assert (plain.status_code, plain.json()["repair"]) == (200, None)
    assert asked.status_code == 200
    assert asked.json()["repair"]["document"] == MISSHAPEN | {"validFrom": "2024-01-31T00:00:00Z"}
    assert asked.json()["repair"]["corrections"][0] == {
        "pointer": "/validFrom",
        "was": '"2024-01-31"',
        "now": '"2024-01-31T00:00:00Z"',
        "reason": "a date-time has a time and a zone; the day was taken to mean its beginning in UTC",
    }


async def test_repair_is_true_or_false(client: Client) -> None:
    answer = await client.post("/v1/inspections?repair=perhaps", content=json.dumps(MISSHAPEN), headers=JSON)

    assert answer.status_code == 400
    assert "repair" in problem(answer)["detail"] + problem(answer)["fix"]


async def test_how_complete_a_micro_credential_is_stands_in_the_inspection(client: Client) -> None:
    body = json.dumps(edubadge_3(ECTS=2.5, participationType="online"))

    answer = await client.post("/v1/inspections", content=body, headers=JSON)

    (award,) = answer.json()["microCredential"]
    elements = {element["name"]: element for element in award["elements"]}
    assert (award["of"], award["mandatory"], len(elements)) == (11, 6, 16)
    assert elements["workload"]["presence"] == "present"
    assert elements["workload"]["pointers"] == ["/credentialSubject/achievement/ECTS"]
    assert elements["level"]["presence"] == "missing"
    assert '"targetType": "ext:EQF"' in elements["level"]["fix"]
    assert "level" in award["missing"]


async def test_how_complete_a_micro_credential_is_stands_in_short_in_the_report(client: Client) -> None:
    body = json.dumps(edubadge_3(ECTS=2.5, participationType="online"))

    answer = await client.post("/v1/verifications", content=body, headers=JSON)

    found = answer.json()["microCredential"]
    assert (found["mandatory"], found["of"]) == (6, 11)
    assert {"level", "quality-assurance"} <= set(found["missing"])
    assert found["partly"] == ["learning-outcomes"]
    assert "elements" not in found
