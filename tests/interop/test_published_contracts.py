"""The published contracts before others: Spectral with OWASP's rules, and two validators of OpenAPI 3.1."""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any  # Any: an OpenAPI document

import msgspec
import pytest

from tests.gateway.http.contract.schemas import DOCUMENTS
from tests.interop.oracles import Talk, contract_validator, openapi_environment, spectral

pytestmark = pytest.mark.interop

TIMEOUT_S = 120
PLANTED = "planted.json"
UNWATCHED = r"^(webhooks/|paths//healthz/)"
Place = Sequence[str]


class Finding(msgspec.Struct, frozen=True):
    """A fault as Spectral reports it."""

    code: str
    path: tuple[str | int, ...]
    message: str
    source: str

    @property
    def place(self) -> tuple[str, ...]:
        """The names that lead there."""
        return tuple(map(str, self.path))


def anywhere(_: dict[str, Any], __: Place) -> bool:
    """Nowhere does the rule apply."""
    return True


def at(pattern: str) -> Callable[[dict[str, Any], Place], bool]:
    """It does not apply at these places."""
    return lambda _, path: re.search(pattern, "/".join(path)) is not None


def for_everybody(document: dict[str, Any], path: Place) -> bool:
    """It does not apply to operations that ask nobody who they are, or lead browsers to where they sign in."""
    if path[0] == "webhooks":
        return True
    security = document[path[0]][path[1]][path[2]]["security"]
    return {} in security or {"session": []} in security


def a_time(document: dict[str, Any], path: Place) -> bool:
    """It does not apply to times that are sent."""
    found: Any = document
    for step in path:
        found = found[int(step)] if isinstance(found, list) else found[step]
    return bool(found.get("format") == "date-time")


EXCUSED: dict[str, tuple[Callable[[dict[str, Any], Place], bool], str]] = {
    "owasp:api4:2023-string-restricted": (anywhere, "What people write has no pattern; each text has its length."),
    "owasp:api4:2023-string-limit": (a_time, "RFC 3339 is the limit: nothing else is read as a time."),
    "owasp:api8:2023-define-cors-origin": (
        anywhere,
        "Only public documents are for scripts of any origin.",
    ),
    "owasp:api8:2023-define-error-responses-401": (for_everybody, "They never answer 401."),
    "owasp:api2:2023-no-http-basic": (
        at("^components/securitySchemes/(basic|clientBasic)/"),
        "EDC's clients and OAuth's (RFC 6749 section 2.3.1) send it, over TLS; a browser is never asked for it.",
    ),
    "owasp:api2:2023-no-credentials-in-url": (
        at("/seal(_and_send)?/post/parameters/"),
        "EDC's clients send the password of their certificate; it is refused, unread.",
    ),
    "owasp:api2:2023-jwt-best-practices": (at("/OAuth2ACG/"), "The tokens are no JWTs."),
    "owasp:api4:2023-rate-limit-responses-429": (
        at(UNWATCHED),
        "Who watches the gateway is not slowed.",
    ),
    "owasp:api4:2023-rate-limit": (at(UNWATCHED), "Who watches the gateway is not slowed."),
    "info-contact": (anywhere, "Whoever runs a gateway is who to ask; the document is the same for all."),
    "license-url": (anywhere, "In OpenAPI 3.1 a licence has an identifier or an address, not both."),
    "openapi-tags-alphabetical": (anywhere, "They stand in the order in which they are needed."),
}
"""Rules that do not apply, where they do not, and why."""


def planted() -> dict[str, Any]:
    """A document with a fault for each kind of rule that matters here."""
    document = msgspec.json.decode(msgspec.json.encode(DOCUMENTS["badgr.json"]))
    operation = document["paths"]["/v2/backpack/import"]["post"]
    document["components"]["schemas"]["Issuer"]["properties"]["name"].pop("maxLength")
    document["components"]["schemas"]["Token"]["properties"]["expires_in"].pop("maximum")
    document["components"]["schemas"]["Collection"]["properties"]["assertions"].pop("maxItems")
    operation["responses"].pop("401")
    operation["responses"].pop("429")
    operation["operationId"] = "getBackpackToken"
    operation["parameters"] = [{"name": "limit", "in": "query", "schema": {"type": "integer", "default": "x"}}]
    document["servers"][0]["url"] = "http://badges.example.net"
    return dict(document)


FAULTS = {
    "owasp:api4:2023-string-limit",
    "owasp:api4:2023-integer-limit",
    "owasp:api4:2023-integer-format",
    "owasp:api4:2023-array-limit",
    "owasp:api8:2023-define-error-responses-401",
    "owasp:api4:2023-rate-limit-responses-429",
    "owasp:api8:2023-no-server-http",
    "operation-operationId-unique",
    "oas3-parameter-description",
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What Spectral says of all documents, and of the one with the faults, by file name; in one run, which is slow."""
    folder = tmp_path_factory.mktemp("contracts")
    for name, document in {**DOCUMENTS, PLANTED: planted()}.items():
        (folder / name).write_bytes(msgspec.json.encode(document))
    names = sorted([*DOCUMENTS, PLANTED])
    run = [*spectral(), "--output", "found.json", *names]
    subprocess.run(run, cwd=folder, capture_output=True, check=False, timeout=TIMEOUT_S)
    found = msgspec.json.decode((folder / "found.json").read_bytes(), type=list[Finding])
    return {name: [each for each in found if Path(each.source).name == name] for name in names}


def unexcused(found: Sequence[Finding], document: dict[str, Any]) -> Iterator[Finding]:
    """Faults that nothing excuses."""
    for each in found:
        excuse = EXCUSED.get(each.code)
        if excuse is None or not excuse[0](document, each.place):
            yield each


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_linter_finds_nothing(findings: dict[str, list[Finding]], name: str) -> None:
    found = [
        f"{each.code} {'/'.join(each.place)}: {each.message}" for each in unexcused(findings[name], DOCUMENTS[name])
    ]

    assert found == []


def test_every_excuse_is_needed(findings: dict[str, list[Finding]]) -> None:
    needed = {each.code for name in DOCUMENTS for each in findings[name]}

    assert sorted(EXCUSED.keys() - needed) == []


def test_the_linter_finds_planted_faults(findings: dict[str, list[Finding]]) -> None:
    found = {each.code for each in unexcused(findings[PLANTED], planted())}

    assert sorted(FAULTS - found) == []


@pytest.fixture(scope="module", params=[contract_validator, openapi_environment], ids=["seriousme", "python-openapi"])
def validator(request: pytest.FixtureRequest) -> Iterator[Talk]:
    """@seriousme/openapi-schema-validator, then openapi-spec-validator."""
    with Talk(request.param()) as talk:
        yield talk


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_valid(validator: Talk, name: str) -> None:
    assert validator.ask({"document": DOCUMENTS[name]}).reasons == ()


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (("info",), {"title": 1}),
        (("paths", "/o/token", "post"), {"responses": []}),
        (("components", "securitySchemes", "applicationToken"), {"type": "unknown"}),
    ],
    ids=["info", "responses", "security"],
)
def test_what_is_no_open_api_is_seen(validator: Talk, place: Place, fault: dict[str, Any]) -> None:
    document = msgspec.json.decode(msgspec.json.encode(DOCUMENTS["badgr.json"]))
    found = document
    for name in place:
        found = found[name]
    found |= fault

    assert not validator.ask({"document": document}).verified
