"""An address at which there is nothing, opened in a browser."""

import pytest

from gateway.http.foot import NAMES
from gateway.http.missing_page import ELSEWHERE, RECORDS, WORDS
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.html import BROWSER, Page

NOBODY = "/credentials/00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (RECORDS, NOBODY),
        (RECORDS, "/credentials/typo"),
        (RECORDS, f"{NOBODY}/original/x"),
        (ELSEWHERE, "/nothing-here"),
        (ELSEWHERE, "/p/default/issued/x"),
        (ELSEWHERE, "/problems/nothing-here"),
    ],
)
@pytest.mark.parametrize("language", NAMES)
async def test_people_get_a_page_with_a_way_on(client: Client, place: str, address: str, language: str) -> None:
    answer = await client.get(address, headers={**BROWSER, "Accept-Language": language})

    page = Page(answer.text)
    assert answer.status_code == 404
    assert page.all("html") == [{"lang": language}]
    assert WORDS[place][language][0] in page.text
    assert set(NAMES[language]) <= {link["href"] for link in page.all("a")}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_the_page_can_be_had_in_the_other_language(client: Client) -> None:
    answer = await client.get(f"{NOBODY}?lang=fr", headers=BROWSER)

    assert WORDS[RECORDS]["fr"][0] in Page(answer.text).text


@pytest.mark.parametrize("address", [NOBODY, "/credentials/typo", "/nothing-here", "/problems/nothing-here"])
@pytest.mark.parametrize("accept", ["application/json", "*/*", "image/avif,image/webp,*/*;q=0.8"])
async def test_programs_get_a_problem(client: Client, address: str, accept: str) -> None:
    assert problem(await client.get(address, headers={"Accept": accept}))["code"] == "not-found"


@pytest.mark.parametrize("address", ["/v1/nothing-here", "/ims/ob/v3p0/nothing-here", "/v2/nothing-here"])
async def test_where_programs_are_at_home_a_browser_gets_what_they_get(client: Client, address: str) -> None:
    answer = await client.get(address, headers=BROWSER)

    assert answer.status_code == 404
    assert "json" in answer.headers["Content-Type"]
