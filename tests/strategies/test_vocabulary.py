"""The strategies leave out no term, and make the same of the same chance."""

import random
from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs.contexts import PINNED, PinnedContext
from tests.strategies.documents import NEWEST_OB3, V2, credential
from tests.strategies.mutations import mutated, nodes
from tests.strategies.vocabulary import vocabulary


def written(document: dict[str, Any]) -> Iterator[str]:
    for node in nodes(document):
        yield from node
        kinds = node.get("type", ())
        yield from (kinds,) if isinstance(kinds, str) else kinds


def test_the_newest_contexts_define_what_a_reader_of_the_specification_expects() -> None:
    known = vocabulary([V2, NEWEST_OB3])

    assert {"geo", "rubricCriterionLevel", "endorsementJwt", "refreshService"} <= {*known.properties}
    assert {"Achievement", "GeoCoordinates", "DataIntegrityProof"} <= {*known.classes}
    assert known.of_class("AchievementSubject").keys() >= {"achievement", "creditsEarned", "licenseNumber"}


@pytest.mark.parametrize("pinned", PINNED, ids=lambda pinned: pinned.bodies[0].name)
def test_every_term_of_a_context_is_written(pinned: PinnedContext) -> None:
    every = {term.name for term in vocabulary([pinned.url]).every}
    seen: set[str] = set()

    for number in range(5_000):
        seen.update(written(credential(random.Random(number), [pinned.url])))  # noqa: S311 - no secret
        if seen >= every:
            break

    assert every - seen == set()


def test_the_same_chance_makes_the_same_credential() -> None:
    one, other = (mutated(credential(chance), chance) for chance in (random.Random(7), random.Random(7)))  # noqa: S311

    assert one == other
