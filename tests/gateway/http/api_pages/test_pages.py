"""``/docs``: every document can be chosen, everything it loads is ours, and nothing else is handed out."""

import gzip
import re
from hashlib import sha256

import pytest

from gateway.assembly.whole import Gateway
from gateway.http.api_pages.assets import OURS, PLACE, THEIRS, assets
from gateway.http.api_pages.words import WORDS
from gateway.http.contract import BY_NAME
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.html import BROWSER, Page
from tests.simulators.application import Application, Browser
from tests.simulators.people import person, session

BACK = "/docs/oauth2-redirect.html"


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_document_can_be_chosen_in_either_language(client: Client, name: str, language: str) -> None:
    answer = await client.get("/docs", params={"document": name.removesuffix(".json"), "lang": language})

    page = Page(answer.text)
    [chosen] = [link["href"] for link in page.all("a") if link.get("aria-current")]
    assert page.all("html") == [{"lang": language}]
    assert WORDS[language].what in page.text
    assert chosen == f"/docs?document={name.removesuffix('.json')}&lang={language}"
    assert [each["data-document"] for each in page.all("div") if each.get("id") == "interface"] == [f"/openapi/{name}"]


async def test_every_link_of_the_page_leads_somewhere(client: Client) -> None:
    page = Page((await client.get("/docs", headers=BROWSER)).text)

    loaded = {each["href"] for each in page.all("link")} | {each["src"] for each in page.all("script")}
    linked = {link["href"] for link in page.all("a")}
    for address in (loaded | linked) - {"data:,"}:
        assert address
        assert address.startswith("/")
        assert (await client.get(address, headers=BROWSER)).status_code in (200, 303), address
    assert {f"/openapi/{name}" for name in BY_NAME} <= linked
    assert {f"/docs/{name.removesuffix('.json')}.md" for name in BY_NAME} <= linked


async def test_the_page_runs_what_is_served_here_and_nothing_else(client: Client) -> None:
    answer = await client.get("/docs")

    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert {part for part in policy if "unsafe" in part or "http" in part or "*" in part} == set()
    page = Page(answer.text)
    assert page.style == ""
    assert all(script["src"] and script["src"].startswith(PLACE) for script in page.all("script"))
    assert not any(attribute.startswith("on") for _, attributes in page.elements for attribute in attributes)


async def test_the_document_of_the_gateway_is_shown_first(client: Client) -> None:
    answer = await client.get("/docs")

    assert 'data-document="/openapi/gateway.json"' in answer.text
    assert answer.headers["Vary"] == "Accept-Language"
    again = await client.get("/docs", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("document", ["other", "", "../gateway", "gateway.json"])
async def test_a_document_that_is_not_there_names_those_that_are(client: Client, document: str) -> None:
    answer = await client.get("/docs", params={"document": document})

    assert answer.status_code == 404
    assert "/docs?document=gateway," in problem(answer)["fix"]


@pytest.mark.parametrize("name", [*THEIRS, *OURS])
async def test_a_file_is_kept_for_a_year_and_named_for_its_content(client: Client, name: str) -> None:
    answer = await client.get(assets()[name].address, headers={"Accept-Encoding": ""})

    [digest] = re.findall(r"\.([0-9a-f]{16})\.", assets()[name].name)
    assert answer.status_code == 200
    assert sha256(answer.content).hexdigest().startswith(digest)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"].startswith(("text/css", "text/javascript"))
    assert "Content-Encoding" not in answer.headers


async def test_who_takes_gzip_gets_the_same_in_a_third_of_the_size(client: Client) -> None:
    there = assets()["swagger-ui-bundle.js"]

    async with client.stream("GET", there.address, headers={"Accept-Encoding": "br, gzip"}) as answer:
        packed = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == there.body
    assert len(packed) < len(there.body) / 3


@pytest.mark.parametrize(
    "name",
    [
        "swagger-ui-bundle.js",
        "swagger-ui-bundle.0000000000000000.js",
        "index.0000000000000000.css",
        "..%2fflask_swagger_ui.py",
        "flask_swagger_ui.py",
        "VERSION",
    ],
)
async def test_no_other_file_is_handed_out(client: Client, name: str) -> None:
    answer = await client.get(f"{PLACE}/{name}")

    assert answer.status_code == 404
    assert problem(answer)["code"] == "not-found"


async def test_the_window_of_oauth_comes_back_to_a_page_that_runs_its_own_script_alone(client: Client) -> None:
    answer = await client.get(BACK, params={"code": "x", "state": "y"})
    script = await client.get("/docs/oauth2-redirect.js")

    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Security-Policy"] == (await client.get("/docs")).headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert [each["src"] for each in Page(answer.text).all("script")] == ["oauth2-redirect.js"]
    assert re.findall(r"<script[^>]*>[^<]", answer.text) == []
    assert (script.status_code, script.headers["Content-Type"].partition(";")[0]) == (200, "text/javascript")
    assert "swaggerUIRedirectOauth2" in script.text
    assert f'new URL("{BACK}", location.href)' in assets()["interface.js"].body.decode()
    assert f"https://badges.example.net{BACK}" in (await client.get("/docs?document=badge-connect")).text


async def test_a_client_that_names_that_page_gets_its_tokens_as_swagger_ui_asks_for_them(
    client: Client, gateway: Gateway
) -> None:
    browser = Browser(client, f"__Host-session={await session(gateway, await person(gateway))}")
    back = f"{browser.origin}{BACK}"
    addresses = dict.fromkeys(("client_uri", "logo_uri", "tos_uri", "policy_uri"), "")
    registered = await Application.registered(
        client, token_endpoint_auth_method="none", redirect_uris=[back], **addresses
    )

    code = await browser.code(registered)
    form = {"grant_type": "authorization_code", "code": code, "client_id": registered.id}
    form |= {"client_secret": "", "redirect_uri": back, "code_verifier": registered.verifier}
    answer = await client.post("/oauth/token", data=form)

    assert answer.status_code == 200, answer.text
    assert answer.json()["access_token"]


@pytest.mark.parametrize(("language", "said"), [("en", "Go back to the page"), ("fr", "Revenez à la page")])
async def test_who_comes_back_in_another_window_reads_what_to_do(client: Client, language: str, said: str) -> None:
    answer = await client.get(BACK, params={"code": "x"}, headers={"Accept-Language": language})

    page = Page(answer.text)
    assert said in page.text
    assert f"/docs?lang={language}" in [link["href"] for link in page.all("a")]
    assert (await client.get("/docs/oauth2-redirect.js")).text.startswith("if(window.opener")


async def test_how_to_try_oauth_is_said_where_there_is_oauth(client: Client) -> None:
    saying = {
        name
        for name in BY_NAME
        if BACK in (await client.get("/docs", params={"document": name.removesuffix(".json"), "lang": "en"})).text
    }

    assert saying == {"badge-connect.json", "open-badges-3.json"}
