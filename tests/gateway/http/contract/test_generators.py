"""Generators make clients of the documents that can be loaded: what some of them cannot take does not stand there."""

import re
from collections.abc import Iterator
from typing import Any  # Any: parts of OpenAPI documents

import pytest

from tests.gateway.http.contract.schemas import DOCUMENTS, every_schema
from tests.gateway.http.contract.walking import EVERY_LINK, Link

THEIR_OWN = {"ApiClient", "ApiException", "ApiResponse", "Configuration", "Response", "Request", "RequestOptions"}
"""Classes of OpenAPI Generator's clients, which a schema of the same name hides."""

NEEDLESS = re.compile(r"""(?<!\\)(?:\\\\)*\\["'#%&,:;<=>@_`~!]""")
"""A backslash before what means nothing by itself: in a raw string of Python a quote after it ends the string."""

every_document = pytest.mark.parametrize("name", DOCUMENTS)


@pytest.mark.parametrize("link", EVERY_LINK)
def test_the_body_of_a_link_is_a_text(link: Link) -> None:
    assert isinstance(link.said.get("requestBody", ""), str)


@every_document
def test_no_default_is_an_object(name: str) -> None:
    found = [placed.schema["default"] for placed in every_schema(name) if "default" in placed.schema]

    assert [each for each in found if isinstance(each, dict)] == []


@every_document
def test_no_pattern_has_an_escape_without_a_need(name: str) -> None:
    found = [placed.schema["pattern"] for placed in every_schema(name) if "pattern" in placed.schema]

    assert [each for each in found if NEEDLESS.search(each)] == []


@pytest.mark.parametrize("pattern", [r"[<>\"]", r"a\:b", r"\\\@"])
def test_an_escape_without_a_need_is_found(pattern: str) -> None:
    assert NEEDLESS.search(pattern)


@pytest.mark.parametrize("pattern", [r"[<>\x22]", r"a\.b", r"\\@", r"[\s\d\-\]]"])
def test_an_escape_that_is_needed_is_none(pattern: str) -> None:
    assert not NEEDLESS.search(pattern)


@every_document
def test_no_schema_is_named_like_a_class_of_generated_clients(name: str) -> None:
    assert THEIR_OWN & DOCUMENTS[name]["components"]["schemas"].keys() == set()


@every_document
def test_generators_are_told_that_nobody_calls_what_is_posted_to_endpoints(name: str) -> None:
    messages = [each for item in DOCUMENTS[name].get("webhooks", {}).values() for each in item.values()]

    assert [each["operationId"] for each in messages if each.get("x-internal") is not True] == []


@every_document
def test_what_is_posted_to_endpoints_says_its_parameters_in_full(name: str) -> None:
    messages = DOCUMENTS[name].get("webhooks", {})

    assert [each for each in _references(messages) if not each.startswith("#/components/schemas/")] == []


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "$ref")
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
