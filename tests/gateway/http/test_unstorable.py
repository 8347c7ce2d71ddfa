"""NUL and its like, in every parameter and member that a caller may send: refused or not found, never our fault."""

import re
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.http.contract import documents
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client

HOSTILE = ("a%00b", "%ED%A0%80")
OPERATIONS = [
    (method.upper(), path, operation)
    for text in documents().values()
    for path, item in msgspec.json.decode(text)["paths"].items()
    for method, operation in item.items()
]


@pytest.fixture
def settings(tmp_path: Path, migrated_database: str) -> Settings:
    """On PostgreSQL, which keeps less than SQLite."""
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, database_url=migrated_database)


def bodies(schema: dict[str, Any], document: dict[str, Any]) -> list[dict[str, Any]]:
    """Bodies with NUL in one member each, the others as the schema's examples or absent."""
    found = schema
    while "$ref" in found:
        found = document["components"]["schemas"][found["$ref"].rpartition("/")[2]]
    return [{name: "a\0b"} for name in found.get("properties", {})] + [dict.fromkeys(found.get("properties", {}), "\0")]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_in_a_path_it_leads_nowhere(holder: Client, hostile: str) -> None:
    for method, path, _ in OPERATIONS:
        if "{" in path:
            address = re.sub(r"\{\w+\}", hostile, path)
            answer = await holder.request(method, address, json={})
            assert 400 <= answer.status_code < 500, (method, address, answer.text)


async def test_in_a_query_it_is_refused(holder: Client) -> None:
    for method, path, operation in OPERATIONS:
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query":
                address = re.sub(r"\{\w+\}", "00000000-0000-4000-8000-000000000000", path)
                answer = await holder.request(method, f"{address}?{parameter['name']}=a%00b", json={})
                assert answer.status_code < 500, (method, address, parameter["name"], answer.text)


async def test_in_a_body_it_is_refused(holder: Client) -> None:
    for text in documents().values():
        document = msgspec.json.decode(text)
        for path, item in document["paths"].items():
            for method, operation in item.items():
                content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
                for body in bodies(content.get("schema", {}), document):
                    address = re.sub(r"\{\w+\}", "00000000-0000-4000-8000-000000000000", path)
                    answer = await holder.request(method.upper(), address, json=body)
                    assert answer.status_code < 500, (method, address, body, answer.text)


async def test_what_would_be_taken_but_for_it_is_refused(holder: Client) -> None:
    for address, body in (
        ("/v1/platform/members", {"address": "a\0b@example.org", "role": "reader"}),
        ("/v1/platform/keys", {"name": "a\0b", "scopes": ["audit.read"]}),
        ("/v1/platform/clients", {"name": "a\0b", "scopes": ["audit.read"]}),
        ("/v1/webhooks", {"url": "https://receiver.example/hook", "description": "a\0b"}),
    ):
        answer = await holder.post(address, json=body)
        assert answer.status_code == 400, (address, answer.text)


async def test_what_is_stored_encrypted_is_refused_for_it_alike(holder: Client) -> None:
    made = await holder.post("/v1/webhooks", json={"url": "https://receiver.example/hook", "description": "Ours"})
    address = f"/v1/webhooks/{made.json()['webhook']['id']}"

    answer = await holder.patch(address, json={"description": "a\0b"})

    assert (answer.status_code, answer.json()["code"]) == (400, "unstorable")
    assert (await holder.get(address)).json()["description"] == "Ours"
