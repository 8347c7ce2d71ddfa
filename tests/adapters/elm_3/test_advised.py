"""What a provider is told to add to a European credential is accepted when it is added as it is shown."""

from typing import Any

import msgspec
import pytest

from adapters.elm_3 import Elm3
from adapters.elm_3.findings import broken_rules
from adapters.hub.contract import Format
from adapters.hub.micro_credential import LANGUAGES, Presence, completeness
from adapters.hub.micro_credential_words import EXAMPLES
from tests.adapters.elm_3.given import claim, claiming, opened, qualification

_AGENCY = "http://data.europa.eu/snb/data/accreditation/"


def added(document: dict[str, Any], name: str) -> dict[str, Any]:
    place, example = EXAMPLES[Format.ELM_3][name]
    owner: Any = document
    for step in filter(None, place.split("/")):
        owner = owner[step][0] if isinstance(owner[step], list) else owner[step]
    filled = example.replace(f"{_AGENCY}...", f"{_AGENCY}1")
    for member, value in msgspec.json.decode(f"{{{filled}}}").items():
        both = isinstance(value, dict) and isinstance(owner.get(member), dict)
        owner[member] = owner[member] | value if both else value
    return document


@pytest.mark.parametrize("there", [{}, {"specifiedBy": qualification()}], ids=["nothing there", "specified"])
@pytest.mark.parametrize("name", EXAMPLES[Format.ELM_3])
def test_what_is_added_as_advised_breaks_no_rule_and_is_found(name: str, there: dict[str, Any]) -> None:
    document = added(claiming(claim(**there)), name)

    assert [finding for finding in broken_rules(document) if finding.blocking] == []
    found = next(each for each in completeness(Elm3().read(opened(document), {})) if each.name == name)
    assert (found.presence is Presence.PRESENT) == (name != "stackability")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_to_say_that_it_is_a_part_of_a_certification(language: str) -> None:
    reading = Elm3().read(opened(claiming(claim())), {})

    said = next(each.fix for each in completeness(reading, language=language) if each.name == "stackability")

    assert '"isPartialQualification"' not in said
    assert "(isPartialQualification)" in said
