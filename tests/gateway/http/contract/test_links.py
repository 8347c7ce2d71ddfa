"""Links between operations: each leads somewhere, with values that its answer has."""

import re
from collections.abc import Iterator
from typing import Any  # Any: schemas

import pytest

from tests.gateway.http.contract.walking import EVERY_LINK, OPERATIONS, Link, Operation, links


@pytest.mark.parametrize("link", EVERY_LINK)
def test_a_link_leads_to_an_operation_with_everything_that_its_path_needs(link: Link) -> None:
    target = link.target

    assert target is not None
    named = link.said.get("parameters", {})
    assert named.keys() <= target.parameters.keys()
    assert {each for each, said in target.parameters.items() if said["in"] == "path"} <= named.keys()
    if "requestBody" in link.said:
        assert isinstance(link.said["requestBody"], str)
        assert link.body.keys() <= _members(target)
    assert link.said["description"].endswith(".")


@pytest.mark.parametrize("link", EVERY_LINK)
def test_what_a_link_takes_stands_in_the_request_or_in_the_answer(link: Link) -> None:
    for expression in _expressions(link):
        if found := re.fullmatch(r"\$request\.(path|query)\.(\w+)", expression):
            assert link.source.parameters[found[2]]["in"] == found[1]
        elif expression.startswith("$request.body#/"):
            [content] = link.source.said["requestBody"]["content"].values()
            assert expression.removeprefix("$request.body#/") in content["schema"]["properties"]
        else:
            [content] = [
                each["schema"]
                for media_type, each in (link.source.response(link.status) or {})["content"].items()
                if media_type.endswith("json")
            ]
            assert _has(link.source, content, expression.removeprefix("$response.body#/").split("/")), expression


def test_what_makes_something_leads_to_what_was_made() -> None:
    makers = {each.id for each in OPERATIONS.values() if "201" in each.said["responses"]}
    linked = {link.source.id for link in links()}

    assert makers - linked == set()


def test_a_following_page_has_the_filters_of_the_one_before() -> None:
    found = {link.source.id: link for link in links() if link.name == "next"}

    assert found.keys() == {"listAudit", "listChanges", "listCredentials", "listDeliveries"}
    for link in found.values():
        assert link.said["parameters"].keys() == link.source.parameters.keys()


def _members(operation: Operation) -> set[str]:
    """What the body of an operation may have."""
    [*contents] = operation.resolved(operation.said["requestBody"])["content"].values()
    return {name for each in contents for name in operation.resolved(each["schema"]).get("properties", ())}


def _expressions(link: Link) -> Iterator[str]:
    for value in (*link.said.get("parameters", {}).values(), *link.body.values()):
        if value.startswith("$"):
            yield value


def _has(operation: Operation, schema: dict[str, Any], names: list[str]) -> bool:
    """Whether an instance of a schema may have this; what is said of anything at all may have everything."""
    schema = operation.resolved(schema)
    if not names or not schema.keys() & {"type", "anyOf", "oneOf", "allOf", "properties"}:
        return True
    for several in ("anyOf", "oneOf", "allOf"):
        if any(_has(operation, each, names) for each in schema.get(several, ())):
            return True
    first, *rest = names
    if schema.get("type") == "array":
        return first.isdigit() and _has(operation, schema.get("items", {}), rest)
    properties = schema.get("properties", {})
    return first in properties and _has(operation, properties[first], rest)
