"""Our schemas against 1EdTech's own of Badge Connect, member by member; every difference is named with its reason."""

from collections.abc import Iterator
from typing import Any  # Any: parts of OpenAPI documents

import msgspec
import pytest

from gateway.http.contract import document
from tests.corpora import corpus
from tests.gateway.http.badge_connect.conftest import ASSERTIONS, PROFILE

OURS: dict[str, Any] = msgspec.json.decode(document("badge-connect.json"))


def sent_to(path: str) -> dict[str, Any]:
    """What we take in the body of a POST."""
    [content] = OURS["paths"][path]["post"]["requestBody"]["content"].values()
    return dict(content["schema"])


COUNTERPARTS: dict[str, dict[str, Any]] = {
    **{
        official: OURS["components"]["schemas"][ours]
        for official, ours in (
            ("ManifestDType", "Manifest"),
            ("BadgeConnectAPIDType", "BadgeConnectAPI"),
            ("StatusDType", "Status"),
            ("StatusResponseDType", "StatusResponse"),
            ("AssertionsResponseDType", "AssertionsResponse"),
            ("ProfileResponseDType", "ProfileResponse"),
            ("ProfileDType", "Profile"),
        )
    },
    "AssertionPayloadDType": sent_to(ASSERTIONS),
    "AssertionDType": sent_to(ASSERTIONS)["properties"]["assertion"],
}
"""Every schema of theirs, and what we have for it."""

ALREADY_THERE = "optional, and says nothing: what JSON-LD calls it is told by its address"
SENT_ALWAYS = "what we answer always has it; theirs allows to leave it out"
ANY_URI = "it is one, made from the public address of the gateway; a schema of what is answered need not say so again"

DELIBERATE = {
    "ManifestDType lacks type": ALREADY_THERE,
    "ManifestDType has @context": "the prose and its example have it, every client knows it, and the schema forgot it",
    "ManifestDType always has @context": "the prose and its example have it, and the schema forgot it",
    "BadgeConnectAPIDType lacks id": ALREADY_THERE,
    "BadgeConnectAPIDType lacks type": ALREADY_THERE,
    "BadgeConnectAPIDType always has image": SENT_ALWAYS,
    "BadgeConnectAPIDType always has tokenRevocationUrl": SENT_ALWAYS,
    **{
        f"BadgeConnectAPIDType.{name} says no format": ANY_URI
        for name in (
            "apiBase",
            "authorizationUrl",
            "image",
            "privacyPolicyUrl",
            "registrationUrl",
            "scopesOffered[]",
            "termsOfServiceUrl",
            "tokenRevocationUrl",
            "tokenUrl",
        )
    },
    "StatusDType.error is string, null here": "the prose says nullable, its examples send null; the schema forgot it",
    "StatusDType always has error": "the examples send null where nothing went wrong, and clients read it",
    "StatusDType.statusCode says int64": "a status has three digits; msgspec names the widest integer",
    "AssertionsResponseDType always has assertions": SENT_ALWAYS,
    "AssertionsResponseDType always has signedAssertions": SENT_ALWAYS,
    "ProfileResponseDType always has profile": "both operations answer it; a refusal is a StatusResponse",
    "ProfileDType has @context": "a Profile of Open Badges 2.0 is JSON-LD (Open Badges 2.0 section 4.3)",
    "ProfileDType always has @context": "a Profile of Open Badges 2.0 is JSON-LD (Open Badges 2.0 section 4.3)",
    "ProfileDType may lack type": "it is always sent; msgspec calls members with one value optional",
    "ProfileDType has email": "theirs allows any member; these a person confirmed (Open Badges 2.0 section 4.3)",
    "ProfileDType has telephone": "theirs allows any member (Open Badges 2.0 section 4.3)",
    "ProfileDType has url": "theirs allows any member (Open Badges 2.0 section 4.3)",
    "AssertionPayloadDType.signedAssertion is string, null here": "clients send null for the one of the two not meant",
    "AssertionDType lacks id": "required all the same; what it may be, the verification says",
    "AssertionDType lacks type": "required all the same; it may be a list, as Open Badges 2.0 allows",
}
"""Every difference, and why it is there."""


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    text = (corpus("ob") / "openapi" / "imsob_v2p1.json").read_bytes()
    return dict(msgspec.json.decode(text)["components"]["schemas"])


def test_every_schema_of_theirs_has_one_of_ours(official: dict[str, Any]) -> None:
    assert COUNTERPARTS.keys() == official.keys()


def test_members_types_formats_and_values_are_the_official_ones_but_where_it_is_said_why(
    official: dict[str, Any],
) -> None:
    found = {said for name, schema in official.items() for said in _differences(name, schema, COUNTERPARTS[name])}

    assert found - DELIBERATE.keys() == set()
    assert DELIBERATE.keys() - found == set(), "no difference any more"


def test_the_profile_that_is_posted_needs_nothing_but_addresses() -> None:
    """Theirs needs an id and a type, which nothing reads: what is suggested are addresses."""
    assert set(sent_to(PROFILE)["properties"]) == {"email"}
    assert "required" not in sent_to(PROFILE)
    assert "additionalProperties" not in sent_to(PROFILE)


def test_their_links_between_pages_cannot_be_followed_and_ours_stand_in_the_header() -> None:
    official = msgspec.json.decode((corpus("ob") / "openapi" / "imsob_v2p1.json").read_bytes())["paths"]
    listing = official["/assertions"]["get"]
    taken = {each for link in listing["responses"]["200"]["links"].values() for each in link["parameters"].values()}

    assert taken == {"$request.path.limit", "$request.path.offset"}
    assert {each["in"] for each in listing["parameters"]} == {"query"}
    assert "Link" in OURS["paths"][ASSERTIONS]["get"]["responses"]["200"]["headers"]


def _differences(name: str, official: dict[str, Any], ours: dict[str, Any]) -> Iterator[str]:
    theirs, mine = official.get("properties", {}), ours.get("properties", {})
    needed, always = set(official.get("required", ())), set(ours.get("required", ()))
    yield from (f"{name} lacks {member}" for member in theirs.keys() - mine.keys())
    yield from (f"{name} has {member}" for member in mine.keys() - theirs.keys())
    yield from (f"{name} may lack {member}" for member in needed & mine.keys() - always)
    yield from (f"{name} always has {member}" for member in always & mine.keys() - needed)
    for member in theirs.keys() & mine.keys():
        yield from _of_member(f"{name}.{member}", theirs[member], mine[member])


def _of_member(name: str, official: dict[str, Any], ours: dict[str, Any]) -> Iterator[str]:
    ours = _resolved(ours)
    if "$ref" in official:
        counterpart = COUNTERPARTS[official["$ref"].rpartition("/")[2]]
        if ours != counterpart:
            yield f"{name} is another schema"
        return
    types, mine = _types(official), _types(ours)
    if types != mine:
        yield f"{name} is {', '.join(mine)} here"
    if ours.get("format") != official.get("format"):
        yield f"{name} says {ours.get('format', 'no format')}"
    if set(ours.get("enum", ())) != set(official.get("enum", ())):
        yield f"{name} has other values"
    if "items" in official and ours.get("items"):
        yield from _of_member(f"{name}[]", official["items"], ours["items"])


def _types(schema: dict[str, Any]) -> list[str]:
    branches = schema.get("anyOf", [schema])
    found = [kind for branch in branches for kind in _listed(branch.get("type", "string" if "enum" in branch else ""))]
    return sorted(found, key=lambda kind: (kind == "null", kind))


def _listed(kind: str | list[str]) -> list[str]:
    return [kind] if isinstance(kind, str) else kind


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    return _resolved(OURS["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
