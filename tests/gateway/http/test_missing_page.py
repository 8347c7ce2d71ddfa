"""A record that is not there, looked for in a browser."""

import pytest

from gateway.http.missing_page import WORDS
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.html import BROWSER, Page

NOBODY = "/credentials/00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("address", [NOBODY, "/credentials/typo", f"{NOBODY}/original/x"])
@pytest.mark.parametrize("language", WORDS)
async def test_people_get_a_page(client: Client, address: str, language: str) -> None:
    answer = await client.get(address, headers={**BROWSER, "Accept-Language": language})

    page = Page(answer.text)
    assert answer.status_code == 404
    assert page.all("html") == [{"lang": language}]
    assert WORDS[language][0] in page.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_the_page_can_be_had_in_the_other_language(client: Client) -> None:
    answer = await client.get(f"{NOBODY}?lang=fr", headers=BROWSER)

    assert WORDS["fr"][0] in Page(answer.text).text


@pytest.mark.parametrize("address", [NOBODY, "/credentials/typo"])
async def test_programs_get_a_problem(client: Client, address: str) -> None:
    assert problem(await client.get(address, headers={"Accept": "application/json"}))["code"] == "not-found"


async def test_elsewhere_a_browser_gets_a_problem_too(client: Client) -> None:
    assert problem(await client.get("/p/default/issued/x", headers=BROWSER))["code"] == "not-found"
