"""``/terms`` and ``/privacy``."""

import pytest

from gateway.http.policies import PRIVACY, TERMS, WORDS
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
