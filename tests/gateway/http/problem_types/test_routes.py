"""Where the type of a problem document leads, and the index of all."""

import re
from html import unescape

import msgspec
import pytest

from gateway.flows.vc_api.problem_details import W3c
from gateway.http.catalogue.whole import AREAS, CATALOGUE
from gateway.http.foot import NAMES
from gateway.http.problem import TYPE
from gateway.http.problem_types.described import ProblemType, described, index
from gateway.http.titles import TITLES
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.html import BROWSER, Page

LANGUAGES = ("en", "fr")


async def test_programs_are_told_all_of_a_problem(client: Client) -> None:
    answer = await client.get("/problems/refused")

    said = answer.json()
    assert answer.headers["Content-Type"] == "application/json"
    assert {name: said[name] for name in ("code", "type", "status", "area", "title")} == {
        "code": "refused",
        "type": "/problems/refused",
        "status": 422,
        "area": "credentials",
        "title": "The badge is not fully verified, so it was not signed",
    }
    assert (said["cause"], said["fix"]) == (CATALOGUE["refused"].en.cause, CATALOGUE["refused"].en.fix)
    assert said["example"]["request"] == "POST /v1/credentials?to=open-badges-3"
    assert said["example"]["body"]["code"] == "refused"
    assert said["surfaces"] == []


async def test_programs_are_told_in_the_language_that_they_ask_for(client: Client) -> None:
    answer = await client.get("/problems/refused", headers={"Accept-Language": "fr"})

    said, entry = answer.json(), CATALOGUE["refused"]
    assert (said["title"], said["cause"], said["fix"]) == (entry.title_fr, entry.fr.cause, entry.fr.fix)


@pytest.mark.parametrize(
    ("code", "surface", "says", "status"),
    [
        ("invalid-grant", "OAuth 2.0", "error: invalid_grant", 400),
        ("unavailable", "OAuth 2.0", "error: temporarily_unavailable", 503),
        ("invalid-proof", "OpenID4VCI 1.0", "error: invalid_proof", 400),
        ("invalid-token", "Open Badges 3.0 API", "imsx_codeMinorFieldValue: unauthorizedrequest", 401),
        ("malformed", "Open Badges 3.0 API", "imsx_codeMinorFieldValue: invalid_data", 422),
        ("malformed", "VC API", f"type: {W3c.PARSING_ERROR}", 400),
    ],
)
async def test_it_is_said_what_other_interfaces_call_it(
    client: Client, code: str, surface: str, says: str, status: int
) -> None:
    answer = await client.get(f"/problems/{code}")

    assert {"surface": surface, "says": says, "status": status} in answer.json()["surfaces"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_the_limits_that_the_document_gives(language: str) -> None:
    entries = msgspec.to_builtins([described(code, language) for code in CATALOGUE])

    assert len(msgspec.convert(entries, list[ProblemType])) == len(CATALOGUE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_type_leads_to_a_page_in_the_language_of_its_reader(client: Client, language: str) -> None:
    for code in CATALOGUE:
        answer = await client.get(TYPE + code, headers={**BROWSER, "Accept-Language": language})

        page, found = Page(answer.text), described(code, language)
        assert found is not None
        assert answer.status_code == 200
        assert page.all("html") == [{"lang": language}]
        shown = " ".join(page.text.split())
        for text in (found.title, found.cause, found.fix, found.code, found.example.request):
            assert " ".join(text.replace("`", "").split()) in shown, code
        assert {*NAMES[language], "/problems"} <= {link["href"] for link in page.all("a")}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_index_leads_to_every_page(client: Client, language: str) -> None:
    answer = await client.get("/problems", params={"lang": language}, headers=BROWSER)

    page = Page(answer.text)
    links = [unescape(link["href"] or "") for link in page.all("a")]
    assert {f"{TYPE}{code}?lang={language}" for code in CATALOGUE} <= set(links)
    assert {f"#{name}" for name in AREAS} <= set(links)
    assert {heading["id"] for heading in page.all("h2")} == set(AREAS)
    for link in {link for link in links if link.startswith(TYPE)}:
        assert (await client.get(link)).status_code == 200, link


async def test_programs_get_the_index_as_a_list(client: Client) -> None:
    answer = await client.get("/problems")

    said = answer.json()["problems"]
    assert [each["code"] for each in said] == list(CATALOGUE)
    assert [each["title"] for each in said] == [TITLES[code] for code in CATALOGUE]
    assert {(each["area"], each["status"]) for each in said if each["code"] == "usage"} == {("installation", None)}
    assert len(index("fr").problems) == len(CATALOGUE)


@pytest.mark.parametrize("address", ["/problems", "/problems/refused"])
@pytest.mark.parametrize("headers", [{}, BROWSER])
async def test_who_has_it_already_is_told_so(client: Client, address: str, headers: dict[str, str]) -> None:
    first = await client.get(address, headers=headers)

    again = await client.get(address, headers={**headers, "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Vary"] == "Accept, Accept-Language"


async def test_a_code_that_there_is_not_leads_to_the_index(client: Client) -> None:
    for code in ("nothing", "not.made", "a" * 40):
        said = problem(await client.get(f"/problems/{code}"))

        assert (said["code"], said["fix"]) == ("not-found", "see /problems for all of them")


async def test_pages_run_nothing_and_load_nothing(client: Client) -> None:
    for address in ("/problems", "/problems/refused"):
        answer = await client.get(address, headers=BROWSER)

        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "<script" not in answer.text
        assert not re.findall(r'(?:src|href)="https?:', answer.text)
