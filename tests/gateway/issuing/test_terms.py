"""Skills, levels and credits of plain data become terms of frameworks."""

import datetime as dt
from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.credential import Achievement
from adapters.hub.described import ECTS
from adapters.hub.frameworks import Framework, Recognised
from gateway.errors import NotIssuable
from gateway.issuing.plain import Stated, award_of, stated
from gateway.issuing.terms import EXAMPLES
from tests.gateway.plain import award

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
SALT = "00112233445566778899aabbccddeeff"
BLOC = {"framework": "rncp-bloc", "code": "RNCP38596BC02", "name": {"fr": "Conduire un projet"}}


def made(**members: Any) -> Stated:
    given = award()
    given["achievement"] |= members
    return stated(award_of(msgspec.json.encode(given)), SALT, NOW)


def achievement(**members: Any) -> Achievement:
    return made(**members).credential.achievement


def test_a_skill_is_written_as_its_framework_writes_it() -> None:
    (found,) = achievement(skills=[BLOC]).alignments

    assert found.recognised == Recognised(Framework.RNCP_BLOC, "RNCP38596BC02")
    assert found.target_url == "https://www.francecompetences.fr/recherche/rncp/38596/"
    assert found.target_name == {"fr": "Conduire un projet"}


def test_a_part_of_a_certification_that_is_stated_is_no_certification() -> None:
    assert achievement(skills=[BLOC]).other_identifiers == ()


def test_level_credits_workload_and_outcomes_are_typed() -> None:
    found = achievement(level=6, ects=2.5, workload="PT60H", outcomes=["Mends punctures.", {"fr": "Répare."}])

    (level,), (points,) = found.alignments, found.credit_points
    assert level.recognised == Recognised(Framework.EQF, "6")
    assert (points.framework.id, points.points, found.workload) == (ECTS, "2.5", "PT60H")
    assert [each.title for each in found.learning_outcomes] == [{"und": "Mends punctures."}, {"fr": "Répare."}]


def test_skills_come_after_the_alignments_and_know_where_they_came_from() -> None:
    free = {"name": "Spokes", "url": "https://academy.example/spokes"}
    formacode = {"framework": "formacode", "code": "31088", "name": "Réseau", "url": "https://formacode.example/31088"}

    found = made(alignments=[free], skills=[BLOC, formacode], level=4)

    assert [str(each.target_name) for each in found.credential.achievement.alignments] == [
        "{'und': 'Spokes'}",
        "{'fr': 'Conduire un projet'}",
        "{'und': 'Réseau'}",
        "{'und': 'EQF level 4'}",
    ]
    at = "/achievement/alignments"
    assert found.origins[f"{at}/1/target_code"] == "/achievement/skills/0/code"
    assert found.origins[f"{at}/1/target_name/fr"] == "/achievement/skills/0/name/fr"
    assert found.origins[f"{at}/1/target_type"] == "/achievement/skills/0/framework"
    assert found.origins[f"{at}/2/target_url"] == "/achievement/skills/1/url"
    assert found.origins[f"{at}/3/target_url"] == "/achievement/level"


@pytest.mark.parametrize("framework", Framework)
def test_the_example_of_every_framework_is_a_code_of_it(framework: Framework) -> None:
    address = {"url": "https://terms.example/1"} if framework in ("formacode", "nsf", "digcomp") else {}

    (found,) = achievement(
        skills=[{"framework": framework, "code": EXAMPLES[framework], "name": "A term", **address}]
    ).alignments

    assert found.recognised == Recognised(framework, EXAMPLES[framework])


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"skills": [BLOC | {"code": "RNCP38596"}]}, "/achievement/skills/0/code"),
        ({"skills": [BLOC, BLOC | {"framework": "eqf", "code": "9"}]}, "/achievement/skills/1/code"),
        ({"skills": [BLOC | {"framework": "nsf", "code": "326"}]}, "/achievement/skills/0/url"),
        ({"skills": [BLOC | {"framework": "eqf", "code": "6", "url": "http://data.europa.eu/snb/eqf/5"}]},
         "/achievement/skills/0/url"),
        ({"skills": [BLOC | {"framework": "cooking"}]}, "/achievement/skills/0/framework"),
        ({"level": 9}, "/achievement/level"),
        ({"ects": -1}, "/achievement/ects"),
        ({"ects": 0.00001}, "/achievement/ects"),
        ({"workload": "60 hours"}, "/achievement/workload"),
        ({"workload": "P"}, "/achievement/workload"),
    ],
)  # fmt: skip
def test_what_no_framework_has_is_refused_where_it_stands(members: dict[str, Any], pointer: str) -> None:
    with pytest.raises(NotIssuable) as refused:
        made(**members)

    assert refused.value.pointer == pointer
    assert str(refused.value).startswith(pointer)
