"""``/terms`` and ``/privacy``."""

import pytest
from msgspec import structs

from gateway.http.policies import PRIVACY, TERMS, WORDS
from gateway.settings import Settings
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import BROWSER, Page


@pytest.mark.parametrize("path", [TERMS, PRIVACY])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_each_policy_is_a_page_in_the_readers_language(client: Client, path: str, language: str) -> None:
    answer = await client.get(path, headers={**BROWSER, "Accept-Language": language})

    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.all("html") == [{"lang": language}]
    assert WORDS[path][language].title in page.text
    assert "badges@badges.example.net" in page.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


ELSEWHERE = {TERMS: "https://operator.example/terms?v=2", PRIVACY: "https://operator.example/privacy"}


class TestOfTheOperator:
    """Pages of the operator's own take their place, everywhere."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return structs.replace(settings, terms_url=ELSEWHERE[TERMS], privacy_url=ELSEWHERE[PRIVACY])

    @pytest.mark.parametrize("path", [TERMS, PRIVACY])
    async def test_our_addresses_lead_there(self, client: Client, path: str) -> None:
        answer = await client.get(path, headers=BROWSER)

        assert (answer.status_code, answer.headers["Location"]) == (303, ELSEWHERE[path])

    @pytest.mark.parametrize(
        "document",
        [
            "/.well-known/oauth-authorization-server",
            "/.well-known/badgeconnect.json",
            "/ims/ob/v3p0/discovery",
        ],
    )
    async def test_documents_name_them(self, client: Client, document: str) -> None:
        text = (await client.get(document)).text

        for path, elsewhere in ELSEWHERE.items():
            assert elsewhere in text
            assert f"badges.example.net{path}" not in text

    async def test_the_front_page_links_there(self, client: Client) -> None:
        page = Page((await client.get("/", headers=BROWSER)).text)

        assert set(ELSEWHERE.values()) <= {link["href"] for link in page.all("a")}


async def test_pages_link_to_both(client: Client) -> None:
    for path in ("/", "/account/sign-in"):
        page = Page((await client.get(path, headers=BROWSER)).text)

        assert {TERMS, PRIVACY} <= {link["href"] for link in page.all("a")}
