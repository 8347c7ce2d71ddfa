"""Links between operations: each leads somewhere, with values that its answer has."""

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
        assert "requestBody" in target.said
    assert link.said["description"].endswith(".")


@pytest.mark.parametrize("link", EVERY_LINK)
def test_what_a_link_takes_stands_in_the_request_or_in_the_answer(link: Link) -> None:
    for expression in _expressions(link.said):
        if expression.startswith("$request.path."):
            assert link.source.parameters[expression.removeprefix("$request.path.")]["in"] == "path"
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


def _expressions(said: dict[str, Any]) -> Iterator[str]:
    for value in (*said.get("parameters", {}).values(), *said.get("requestBody", {}).values()):
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
