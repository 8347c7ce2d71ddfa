"""Where the type of a problem document leads."""

import pytest

from gateway.http.foot import NAMES
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import BROWSER, Page


async def test_programs_get_json(client: Client) -> None:
    answer = await client.get("/problems/refused")

    assert answer.json() == {
        "code": "refused",
        "status": 422,
        "title": "The badge is not fully verified, so it was not signed",
    }


@pytest.mark.parametrize(
    ("language", "title", "remedy"),
    [("en", "There is nothing at this address", "The answer itself"), ("fr", "Il n’y a rien", "La réponse elle-même")],
)
async def test_people_get_a_page_in_their_language(client: Client, language: str, title: str, remedy: str) -> None:
    answer = await client.get("/problems/not-found", headers={**BROWSER, "Accept-Language": language})

    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert title in page.text
    assert remedy in page.text
    assert set(NAMES[language]) <= {link["href"] for link in page.all("a")}


async def test_a_title_that_is_in_english_alone_says_so(client: Client) -> None:
    answer = await client.get("/problems/refused?lang=fr", headers=BROWSER)

    assert {"lang": "en"} in Page(answer.text).all("h1")
