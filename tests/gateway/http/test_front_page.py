"""``/``: what this is, for programs and for people."""

import pytest

from gateway.http.front_page import WORDS
from gateway.provenance import software
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import BROWSER, Page


async def test_programs_learn_where_the_contract_and_the_keys_are(client: Client) -> None:
    front = (await client.get("/")).json()

    assert front["name"] == "Open Badges gateway"
    assert front["software"] == software()
    for address in front["links"].values():
        assert (await client.get(address)).status_code == 200


async def test_whoever_asks_learns_where_the_interface_is_described(client: Client) -> None:
    answers = [
        await client.get("/"),
        await client.get("/", headers=BROWSER),
        await client.head("/"),
        await client.get("/", headers={"If-None-Match": "*"}),
    ]

    for answer in answers:
        described = {link["rel"]: link["url"] for link in answer.links.values()}
        assert described == {"service-desc": "/openapi.json", "service-doc": "/docs"}


@pytest.mark.parametrize(
    ("query", "accepted", "language"), [("", "en", "en"), ("", "fr", "fr"), ("?lang=fr", "en", "fr")]
)
async def test_people_get_a_page_in_their_language(client: Client, query: str, accepted: str, language: str) -> None:
    answer = await client.get(f"/{query}", headers={**BROWSER, "Accept-Language": accepted})

    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert WORDS[language].what in page.text
    assert software() in page.text
    named = {"/docs", "/llms.txt", "/problems", "/openapi.json", "/.well-known/jwks.json", "/account", "/backpack"}
    assert named <= {link["href"] for link in page.all("a")}
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
