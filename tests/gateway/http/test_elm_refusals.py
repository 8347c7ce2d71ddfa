"""Bad credentials of ELM over HTTP: each with a problem, or a failed check, of its own; nothing is kept."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.trusted import anchors
from gateway.assembly.whole import Gateway
from gateway.errors import Misconfigured
from gateway.settings import Settings
from tests.corpora import corpus
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.laundering.sources import World
from tests.simulators.sealer import concept, credential

EDCI = "elm/samples/edci-tests/credential-generic-profile-xsd{}.xml"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def settings(tmp_path: Path, world: World) -> Settings:
    """Of an operator who trusts the authority of the world."""
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_anchors=world.sealer.trusted_in(tmp_path))


def claim(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["credentialSubject"]["hasClaim"][0]
    return found


def at_level(level: str) -> Change:
    return lambda document: claim(document).update(
        specifiedBy={
            "id": "urn:epass:qualification:1",
            "type": "Qualification",
            "title": {"en": "Knots"},
            "eqfLevel": concept("eqf", level),
        }
    )


def in_country(place: dict[str, Any]) -> Change:
    return lambda document: document["issuer"]["location"][0]["address"][0].update(countryCode=place)


def named_alike(document: dict[str, Any]) -> None:
    claim(document)["awardedBy"]["awardingBody"][0]["location"][0]["id"] = document["issuer"]["location"][0]["id"]
    address = copy.deepcopy(document["issuer"]["location"][0]["address"][0])
    address.update(id="urn:epass:address:other", countryCode=concept("country", "BEL"))
    claim(document)["awardedBy"]["awardingBody"][0]["location"][0]["address"] = [address]
    claim(document)["awardedBy"]["awardingBody"][0]["id"] = document["issuer"]["id"]


WRONG: dict[str, tuple[str, str, Change]] = {
    "date without zone": ("shape", "/validFrom", lambda it: it.update(validFrom="2026-01-01T11:00:00")),
    "day alone": ("shape", "/validFrom", lambda it: it.update(validFrom="2026-01-01")),
    "EQF 9": ("vocabulary", "/eqfLevel", at_level("9")),
    "language as country": ("vocabulary", "/countryCode", in_country(concept("language", "FRA"))),
    "country that is none": ("vocabulary", "/countryCode", in_country(concept("country", "XYZ"))),
    "reused ids": ("shape", "urn:epass:org:1", named_alike),
    "plain text": ("shape", "/title", lambda it: claim(it).update(title="Knots")),
    "empty text": ("shape", "/title", lambda it: claim(it).update(title={"en": ""})),
    "dropped member": ("context", "/achievement", lambda it: it.update(achievement={"id": "urn:uuid:1"})),
    "another context": ("shape", "/@context", lambda it: it["@context"].append("https://stranger.example/context")),
    "no id": ("shape", "/id", lambda it: it.pop("id")),
}


async def kept(gateway: Gateway, holder: Client) -> list[object]:
    records = (await holder.get("/v1/credentials")).json()["records"]
    return [*records, *await gateway.keys.all("default")]


async def test_what_is_wrong_under_a_good_seal_fails_a_check_of_its_own_and_is_not_converted(
    holder: Client, gateway: Gateway, world: World
) -> None:
    for name, (check, place, change) in WRONG.items():
        document = copy.deepcopy(credential())
        change(document)
        body = world.sealer.sealed(document)

        report = (await holder.post("/v1/verifications", content=body)).json()
        refused = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=body)

        found = {each["name"]: each for each in report["checks"]}
        assert report["outcome"] == "failed", name
        assert (found["proof"]["outcome"], found[check]["outcome"]) == ("passed", "failed"), (name, found)
        assert place in json.dumps(found[check]), name
        assert found[check]["remedies"], name
        assert (refused.status_code, problem(refused)["code"]) == (422, "refused"), name
    assert await kept(gateway, holder) == []


NONE: tuple[dict[str, Any], ...] = (
    {"credential": {}},
    {"credential": None, "deliveryDetails": {"deliveryAddress": ["learner@example.org"]}},
    {"credential": credential(), "deliveryDetails": {}},
    {"@context": credential()["@context"], "@graph": []},
    {"@context": credential()["@context"]},
)


async def test_what_is_no_credential_is_a_problem_that_says_so(holder: Client, gateway: Gateway, world: World) -> None:
    bodies = [body for each in NONE for body in (world.sealer.sealed(each), json.dumps(each).encode())]

    answers = [
        await holder.post(path, params=params, content=body)
        for body in bodies
        for path, params in (("/v1/verifications", {}), ("/v1/credentials", {"to": "open-badges-3"}))
    ]

    assert {answer.status_code for answer in answers} <= {415, 422}
    assert all(problem(answer)["detail"] for answer in answers)
    assert await kept(gateway, holder) == []


async def test_xml_of_europass_is_told_from_other_xml_and_what_would_be_taken(holder: Client, gateway: Gateway) -> None:
    for name, seal in (("-signed", "sealed with XAdES"), ("_v1.2", "not sealed")):
        body = corpus(EDCI.format(name)).read_bytes()

        answers = [
            await holder.post("/v1/inspections", content=body),
            await holder.post("/v1/verifications", content=body),
            await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=body),
        ]

        for answer in answers:
            found = problem(answer)
            assert (answer.status_code, found["code"]) == (415, "unsupported-carrier")
            assert f"version 2 (EDCI) in XML, {seal}" in found["detail"]
            assert ".jsonld" in found["fix"]
    assert await kept(gateway, holder) == []


async def test_a_seal_that_an_operator_trusts_is_converted(holder: Client, world: World) -> None:
    body = world.sealer.sealed(credential())

    made = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=body)

    assert made.status_code == 201, made.text


async def test_shapes_are_held_against_it_on_request(holder: Client, world: World) -> None:
    body = world.sealer.sealed(credential())

    fast = (await holder.post("/v1/verifications", content=body)).json()
    full = (await holder.post("/v1/verifications", params={"structure": "full"}, content=body)).json()
    neither = await holder.post("/v1/verifications", params={"structure": "thorough"}, content=body)

    assert "shacl" not in {each["name"] for each in fast["checks"]}
    [shacl] = [each for each in full["checks"] if each["name"] == "shacl"]
    assert (shacl["outcome"], full["outcome"]) == ("unknown", "unknown")
    assert "GATEWAY_SHACL_SHAPES" in shacl["fix"]
    assert neither.status_code == 400


def test_a_gateway_does_not_start_with_anchors_that_are_none(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "anchors" / "broken.pem").write_text("nothing")

    with pytest.raises(Misconfigured, match=r"broken\.pem"):
        anchors(settings)
