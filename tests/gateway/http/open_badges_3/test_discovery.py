"""The service description: all that an application needs to know, where the specification puts it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateway.http.open_badges_3.scopes import SCOPES
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, here
from tests.gateway.http.open_badges_3.wire import DISCOVERY, refused


@pytest.fixture
async def description(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(DISCOVERY)).json()
    return found


def addresses(value: object) -> Iterator[str]:
    """Every text that says where something is."""
    if isinstance(value, dict):
        for name, child in value.items():
            if isinstance(child, str) and (name.lower().endswith("url") or name == "termsOfService"):
                yield child
            yield from addresses(child)
    elif isinstance(value, list):
        for child in value:
            yield from addresses(child)


def test_it_is_openapi_3_0_with_what_the_profile_demands(description: dict[str, Any]) -> None:
    info = description["info"]

    assert description["openapi"].startswith("3.0.")
    assert info.keys() >= {"title", "version", "termsOfService", "x-imssf-privacyPolicyUrl"}
    assert description["servers"] == [{"url": f"{PUBLIC_URL}/ims/ob/v3p0"}]


def test_the_security_scheme_says_where_to_register_and_to_ask(description: dict[str, Any]) -> None:
    scheme = description["components"]["securitySchemes"]["OAuth2ACG"]
    flow = scheme["flows"]["authorizationCode"]

    assert scheme["type"] == "oauth2"
    assert scheme["x-imssf-registrationUrl"] == f"{PUBLIC_URL}/oauth/register"
    assert scheme["x-imssf-privacyPolicyUrl"] == description["info"]["x-imssf-privacyPolicyUrl"]
    assert list(scheme["flows"]) == ["authorizationCode"]
    assert flow["authorizationUrl"] == f"{PUBLIC_URL}/oauth/authorize"
    assert flow["tokenUrl"] == flow["refreshUrl"] == f"{PUBLIC_URL}/oauth/token"
    assert flow["scopes"] == SCOPES


def test_every_address_is_absolute(description: dict[str, Any]) -> None:
    """Those of the specification's example lack their scheme, and clients built on it break."""
    found = list(addresses(description))

    assert len(found) >= 7
    assert {urlsplit(address).scheme for address in found} == {"https"}


async def test_terms_and_privacy_are_pages(client: Client, description: dict[str, Any]) -> None:
    info = description["info"]

    for address in (info["termsOfService"], info["x-imssf-privacyPolicyUrl"]):
        answer = await client.get(here(address), headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "text/html")


def test_the_operations_are_those_of_the_specification(description: dict[str, Any]) -> None:
    operations = {
        operation["operationId"]: (
            method,
            path,
            [scope for each in operation["security"] for scope in each["OAuth2ACG"]],
        )
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    scope = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"

    assert operations == {
        "getCredentials": ("get", "/credentials", [f"{scope}credential.readonly"]),
        "upsertCredential": ("post", "/credentials", [f"{scope}credential.upsert"]),
        "getProfile": ("get", "/profile", [f"{scope}profile.readonly"]),
        "putProfile": ("put", "/profile", [f"{scope}profile.update"]),
        "getServiceDescription": ("get", "/discovery", []),
    }


async def test_what_it_names_is_served(client: Client, description: dict[str, Any]) -> None:
    scheme = description["components"]["securitySchemes"]["OAuth2ACG"]
    flow = scheme["flows"]["authorizationCode"]

    for address in (scheme["x-imssf-registrationUrl"], flow["authorizationUrl"], flow["tokenUrl"]):
        assert (await client.request("OPTIONS", here(address))).status_code == 204


class TestWithoutAnAddress:
    """A gateway that does not know under which address it is served."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(data_dir=settings.data_dir)

    async def test_it_describes_nothing_that_could_not_be_found(self, client: Client) -> None:
        assert "no public address" in refused(await client.get(DISCOVERY), 503)
