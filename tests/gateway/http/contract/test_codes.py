"""Problems in the documents: each names its codes, and what operations share shows an answer that was recorded."""

from collections.abc import Iterator
from typing import Any  # Any: parts of a document

import pytest

from gateway.http.catalogue.whole import CATALOGUE
from gateway.http.contract.codes import codes, listed, worded
from gateway.http.problem_types.described import sample, statuses
from gateway.http.problems import MEDIA_TYPE, WORDS
from tests.gateway.http.contract.schemas import DOCUMENTS, operations

PROBLEM = {"$ref": "#/components/schemas/Problem"}


def problems(responses: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those answers that are problem documents of ours, by name."""
    for name, response in responses.items():
        if response.get("content", {}).get(MEDIA_TYPE, {}).get("schema") == PROBLEM:
            yield name, response


SHARED = [
    pytest.param(response, int(found[-3:]), id=f"{name}-{found}")
    for name, document in DOCUMENTS.items()
    for found, response in problems(document["components"].get("responses", {}))
]
OWN = [
    pytest.param(response, int(status), id=f"{operation['operationId']}-{status}")
    for document in DOCUMENTS.values()
    for operation in operations(document)
    for status, response in problems(operation["responses"])
]


@pytest.mark.parametrize(("response", "status"), SHARED)
def test_a_shared_problem_shows_an_answer_that_a_scene_of_the_catalogue_brings_about(
    response: dict[str, Any], status: int
) -> None:
    [(code, example)] = response["content"][MEDIA_TYPE]["examples"].items()

    assert example["value"] == sample(code).body
    assert (example["value"]["code"], example["value"]["status"]) == (code, status)
    assert {"title", "fix"} <= example["value"].keys()


@pytest.mark.parametrize(("response", "status"), [*SHARED, *OWN])
def test_a_problem_names_its_codes_the_one_that_is_shown_among_them(response: dict[str, Any], status: int) -> None:
    shown = {example["value"]["code"] for example in response["content"][MEDIA_TYPE]["examples"].values()}

    assert listed(status) in response["description"]
    assert shown <= set(codes(status))


@pytest.mark.parametrize("status", [*WORDS, 405])
def test_a_status_has_the_codes_that_the_catalogue_has_under_it(status: int) -> None:
    assert set(codes(status)) <= {code for code in CATALOGUE if statuses().get(code) == status}
    assert len(codes(status)) == len(set(codes(status))) > 0


def test_what_only_pages_and_protocols_say_is_not_listed() -> None:
    assert {"sign-in-again", "wrong-account"}.isdisjoint(codes(403))
    assert {"invalid-grant", "not.sealed", "presentation-refused"}.isdisjoint(codes(400))


def test_codes_are_told_once_and_as_a_sentence() -> None:
    once = worded("Nothing is here", 404)

    assert once == "Nothing is here. Its `code` is `not-found` or `not-made`."
    assert worded(once, 404) == once
    assert worded("Not so", 406) == "Not so"
