"""Published texts speak of what is sent and answered, in Markdown."""

import re
from collections.abc import Iterator
from enum import Enum
from http import HTTPStatus

import pytest

from gateway.http.contract.wording import DATA, with_values
from tests.gateway.http.contract.schemas import DOCUMENTS, operations

MEMBER = re.compile(r"`([A-Z][A-Z0-9_]*)`")


def texts(part: object, *, names: bool = False) -> Iterator[str]:
    """Every text that a document says itself; ``names`` where members are a schema's, whatever they are called."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for child in part:
            yield from texts(child)
    elif isinstance(part, dict):
        for name, child in part.items():
            if names or name not in DATA:
                yield from texts(child, names=name == "properties" and not names)


def members(of: type[Enum] = Enum) -> Iterator[str]:
    """Names of the members of all our enums."""
    for each in of.__subclasses__():
        if each.__module__.startswith(("gateway.", "adapters.")):
            yield from each.__members__
        yield from members(each)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_text_is_quoted_as_in_restructured_text(name: str) -> None:
    assert [text for text in texts(DOCUMENTS[name]) if "``" in text.replace("```", "")] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_text_names_a_value_as_the_source_does(name: str) -> None:
    named = {found for text in texts(DOCUMENTS[name]) for found in MEMBER.findall(text)}

    assert named & set(members()) == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_answer_is_said_in_the_words_of_the_framework(name: str) -> None:
    said = {each.get("description") for found in operations(DOCUMENTS[name]) for each in found["responses"].values()}

    assert said & {status.description for status in HTTPStatus if status.description} == set()


def test_an_answer_says_what_it_holds() -> None:
    answers = {each["operationId"]: each["responses"] for each in operations(DOCUMENTS["gateway.json"])}

    assert answers["listMembers"]["200"]["description"] == "Every member, oldest first."
    assert answers["addMember"]["201"]["description"] == "It was made."


def test_values_stand_where_their_members_stood() -> None:
    said = with_values("`SERVER_ERROR` is 503, `OK` is not `TLS`.", ["server-error", "ok"])

    assert said == "`server-error` is 503, `ok` is not `TLS`."
