"""Query parameters: a mistake is named, with the values that are allowed and the way to say them."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.http.parameters import MAX_PARAMETERS
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.contract.schemas import DOCUMENTS
from tests.laundering.sources import Kind, World

FORMATS = ["elm-3", "learning-credential-1", "open-badges-2", "open-badges-3"]
BOTH = "to=open-badges-2&to=open-badges-3"


async def refused(holder: Client, world: World, query: str) -> dict[str, Any]:
    answer = await holder.post(f"/v1/credentials?{query}", content=world.sound(Kind.HOSTED))
    assert answer.status_code == 400
    assert (await holder.get("/v1/credentials")).json()["records"] == []
    return problem(answer)


@pytest.mark.parametrize("query", ["", "to=", "to=open-badges-9", "to=open-badges-2&to=x"])
async def test_a_format_that_is_missing_or_unknown_is_answered_with_those_that_are_known(
    holder: Client, world: World, query: str
) -> None:
    said = await refused(holder, world, query)

    assert (said["code"], said["parameter"], said["allowed"]) == ("bad-request", "to", FORMATS)
    assert said["detail"].startswith("to: ")
    assert "to=open-badges-3" in said["fix"]
    assert "pointer" not in said


async def test_several_formats_in_one_value_are_taken_apart_for_the_caller(holder: Client, world: World) -> None:
    said = await refused(holder, world, "to=open-badges-2, open-badges-3")

    assert said["fix"] == f"repeat it for each value: {BOTH}"


async def test_a_sealing_can_be_named_once(holder: Client, world: World) -> None:
    said = await refused(holder, world, f"{BOTH}&securing=jws&securing=vc-jwt")

    assert said["parameter"] == "securing"
    assert said["allowed"] == ["data-integrity", "hosted", "jades", "jws", "sd-jwt", "vc-jwt"]
    assert "once" in said["fix"]


@pytest.mark.parametrize(
    ("query", "name", "fix"),
    [("too=3", "too", 'did you mean "to"?'), ("colour=red", "colour", "it knows to, securing")],
)
async def test_a_parameter_that_nobody_knows_is_refused(
    holder: Client, world: World, query: str, name: str, fix: str
) -> None:
    said = await refused(holder, world, f"{BOTH}&{query}")

    assert (said["code"], said["parameter"]) == ("unknown-parameter", name)
    assert fix in said["fix"]


@pytest.mark.parametrize("query", ["limit=0", "limit=1000", "limit=x"])
async def test_a_bound_is_said(holder: Client, query: str) -> None:
    said = problem(await holder.get(f"/v1/credentials?{query}"))

    assert said["parameter"] == "limit"
    assert "1 to 100" in said["fix"]


@pytest.mark.parametrize(
    "query", ["limit=1&limit=2", "limit=1&limit=1", "source_issuer=a&limit=1&source_issuer=b&limit=2"]
)
async def test_a_parameter_with_one_value_is_sent_once(holder: Client, query: str) -> None:
    said = problem(await holder.get(f"/v1/credentials?{query}"))

    first = query.partition("=")[0]
    assert (said["status"], said["code"], said["parameter"]) == (400, "bad-request", first)
    assert said["detail"].startswith(f"{first}: it is sent more than once")
    assert "limit" in said["detail"]
    assert said["fix"] == f"send {first} once"


async def test_who_may_not_ask_is_not_told_what_is_wrong_with_the_question(client: Client) -> None:
    client.headers.pop("Authorization", None)

    assert (await client.get("/v1/credentials?limit=1&limit=2")).status_code == 401


async def test_two_keys_of_one_request_are_none(holder: Client) -> None:
    body = {"name": "x", "scopes": ["credentials.read"]}
    key = ("Idempotency-Key", "one")

    said = problem(await holder.post("/v1/platform/keys", json=body, headers=[key, ("Idempotency-Key", "two")]))
    same = await holder.post("/v1/platform/keys", json=body, headers=[key, key])

    assert (said["status"], said["parameter"], said["fix"]) == (400, "Idempotency-Key", "send Idempotency-Key once")
    assert same.status_code == 201


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Authorization", ("Bearer a", "Bearer b")),
        ("Content-Type", ("application/json", "text/plain")),
        ("Origin", ("https://badges.example.net", "https://elsewhere.example")),
    ],
)
async def test_a_header_that_decides_and_says_two_things_says_nothing(
    client: Client, key: str, name: str, values: tuple[str, str]
) -> None:
    shown = [("Authorization", f"Bearer {key}")]
    said = [(name, value) for value in values]

    answer = await client.get("/healthz", headers=said)
    allowed = await client.get("/v1/credentials", headers=[*shown, *said])

    for found in map(problem, (answer, allowed)):
        assert (found["status"], found["code"], found["parameter"]) == (400, "bad-request", name)
        assert found["fix"] == f"send {name} once"


async def test_a_query_has_at_most_a_hundred_parameters(client: Client) -> None:
    most = "&".join(f"utm_{number}=a" for number in range(MAX_PARAMETERS))

    assert (await client.get(f"/healthz?{most}")).status_code == 200
    said = problem(await client.get(f"/healthz?{most}&a"))
    assert (said["status"], said["code"]) == (400, "too-many-fields")
    assert said["detail"] == "the query has more than 100 parameters"
    assert "Leave out" in said["fix"]
    promised = (await client.get("/openapi/gateway.json")).json()["info"]["description"]
    assert "A query of more than 100 parameters" in promised


def test_no_operation_has_use_for_so_many_parameters() -> None:
    most = {
        operation["operationId"]: sum(
            parameter["schema"].get("maxItems", 1)
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "query"
        )
        for document in DOCUMENTS.values()
        for item in document["paths"].values()
        for operation in item.values()
    }

    assert max(most.values()) <= MAX_PARAMETERS / 4


async def test_two_mistakes_are_both_said(holder: Client) -> None:
    said = problem(await holder.get("/v1/credentials?state=x&limit=0"))

    assert said["parameter"] == "state"
    assert "limit" in said["detail"]


async def test_links_that_others_adorned_still_lead_to_the_page(client: Client, record: dict[str, Any]) -> None:
    answer = await client.get(f"/credentials/{record['id']}?fbclid=abc&utm_source=mail")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "written",
    ["1700000000", "7", "1.5", "2026-09-01 12:00:00Z", "2026-09-01T12:00:00%2B0200", "2026-09-01", "null", ""],
)
@pytest.mark.parametrize("name", ["created_after", "created_before"])
async def test_a_time_is_written_as_its_document_says(holder: Client, name: str, written: str) -> None:
    said = problem(await holder.get(f"/v1/credentials?{name}={written}"))

    assert (said["status"], said["code"], said["parameter"]) == (400, "bad-request", name)
    assert "2026-01-31T12:00:00Z" in said["fix"]


@pytest.mark.parametrize("written", ["2026-09-01T12:00:00Z", "2026-09-01t12:00:00.5z", "2026-09-01T12:00:00%2B02:00"])
async def test_a_time_with_its_offset_is_taken(holder: Client, written: str) -> None:
    answer = await holder.get(f"/v1/credentials?created_after={written}")

    assert answer.status_code == 200, answer.text


async def test_what_may_be_asked_of_an_address_is_told_whatever_its_query_says(holder: Client) -> None:
    answer = await holder.options("/v1/credentials?limit=1&unknown=1")

    assert answer.status_code == 204
    assert "GET" in answer.headers["Allow"]
