"""A test that begins anew takes another copy of a fixture: what was seen revoked stays so, as in the world."""

import pytest

from adapters.hub.contract import Format
from gateway.flows.test_aids.catalogue import FIXTURES
from gateway.records.test_issuers import COPIES, Site, site_of
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_aids.conftest import Headers, converted, verified

GOOD = ("passed", "noted")
VALID = [
    each.name
    for each in FIXTURES.values()
    if each.flaw == "valid" and each.carrier in ("json", "token") and each.format is not Format.ELM_3
]
"""Those in ELM name no status, so they cannot be revoked."""


async def copy_of(client: Client, headers: Headers, name: str, copy: int) -> bytes:
    answer = await client.get(f"/v1/test/fixtures/{name}", headers=headers, params={"copy": copy})
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.mark.parametrize("name", VALID)
async def test_another_copy_begins_anew_when_one_was_revoked(client: Client, twin: Headers, name: str) -> None:
    spent = await copy_of(client, twin, name, 0)
    record = await converted(client, spent, twin)
    await client.put("/v1/test/upstream", headers=twin, json={"behaviour": "revoked", "fixture": name})
    seen = await client.post(f"/v1/credentials/{record['id']}/recheck", headers=twin)
    await client.delete("/v1/test/upstream", headers=twin)

    again = await client.post("/v1/credentials", content=spent, headers=twin, params={"to": "open-badges-3"})
    anew = await converted(client, await copy_of(client, twin, name, 1), twin)

    assert (seen.json()["state"], anew["state"]) == ("revoked", "active")
    assert (again.status_code, again.json()["record"]["id"]) == (200, record["id"])
    assert anew["id"] != record["id"]


async def test_every_copy_has_the_verdict_of_its_fixture(client: Client, twin: Headers) -> None:
    for each in FIXTURES.values():
        badge = await copy_of(client, twin, each.name, COPIES - 1)
        recipient = {"recipient": each.recipient} if each.recipient else {}

        found = await verified(client, badge, {**twin, "Content-Type": each.media_type}, **recipient)

        outcomes = {check["name"]: check["outcome"] for check in found["checks"]}
        assert found["outcome"] in (GOOD if each.outcome is Outcome.PASSED else (each.outcome,)), each.name
        assert each.check is None or outcomes[each.check] == each.outcome, each.name


async def test_what_is_said_of_a_fixture_holds_for_its_copies(client: Client, twin: Headers) -> None:
    badge = await copy_of(client, twin, VALID[0], 7)

    await client.put("/v1/test/upstream", headers=twin, json={"behaviour": "revoked", "fixture": VALID[0]})

    assert (await verified(client, badge, twin))["outcome"] == "failed"


@pytest.mark.parametrize("copy", ["-1", str(COPIES), "one", ""])
async def test_what_is_no_copy_is_refused(client: Client, twin: Headers, copy: str) -> None:
    answer = await client.get(f"/v1/test/fixtures/{VALID[0]}", headers=twin, params={"copy": copy})

    assert (answer.status_code, problem(answer)["parameter"]) == (400, "copy")


def test_a_copy_has_one_spelling() -> None:
    site = Site("default-test", "ob2-hosted-valid", 12)

    assert site_of(site("badge")) == site
    for folder in ("ob2-hosted-valid.012", "ob2-hosted-valid.0", "ob2-hosted-valid.", "ob2-hosted-valid.1000000", ""):
        assert site_of(f"https://default-test.issuer.invalid/{folder}/badge") is None
