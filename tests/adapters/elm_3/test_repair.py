"""A corrected copy of a credential keeps the rules, says what was changed, and changes nothing that was right."""

from typing import Any

import msgspec
import pytest
from hypothesis import given as generated
from hypothesis import settings

from adapters.elm_3.findings import broken_rules
from adapters.elm_3.repair import repair
from adapters.elm_3.vocabulary import Vocabulary, concept
from adapters.hub.opened import Carrier, Opened
from adapters.hub.repair import Repair
from tests.adapters import strategies
from tests.adapters.elm_3 import given

FRENCH = concept(Vocabulary.LANGUAGE, "FRA")
CLAIM = "/credentialSubject/hasClaim/0"
EIDAS = "/issuer/eIDASIdentifier"
IOTA = "eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier"

MISSHAPEN: dict[str, tuple[dict[str, Any], str]] = {
    "no contexts": (given.document(**{"@context": None}), "/@context"),
    "the context with https": (
        given.document(**{"@context": [given.V1, given.EDC.replace("http:", "https:")]}),
        "/@context",
    ),
    "the context of VCDM 2.0": (
        given.document(**{"@context": ["https://www.w3.org/ns/credentials/v2", given.EDC]}),
        "/@context",
    ),
    "no type": (given.document(type=None), "/type"),
    "half of the types": (given.document(type="EuropeanDigitalCredential"), "/type"),
    "no issued": (given.document(issued=None), "/issued"),
    "a plain title": (given.claiming(given.claim(title="Nœuds")), f"{CLAIM}/title"),
    "a plain note": (given.changed("/issuer/legalName", "École des nœuds"), "/issuer/legalName"),
    "a Greek iota": (
        given.document(issuer={**given.organisation(1, eIDASIdentifier=None), IOTA: given.organisation(1)[EIDAS[8:]]}),
        EIDAS,
    ),
    "a member in small letters": (
        given.claiming({**given.claim(awardedBy=None), "awardedby": given.claim()["awardedBy"]}),
        f"{CLAIM}/awardedBy",
    ),
    "keywords for aliases": (given.claiming({**given.claim(id=None), "@id": "urn:epass:a:1"}), f"{CLAIM}/id"),
    "a date of modification": (given.changed("/issuer/dateModified", "2026-01-01T00:00:00Z"), "/issuer/dateModified"),
    "null": (given.document() | {"evidence": None}, "/evidence"),
    "no class": (given.changed("/displayParameter/type", None), "/displayParameter/type"),
    "a level by its number": (
        given.claiming(given.claim(specifiedBy=given.qualification(eqfLevel="6"))),
        f"{CLAIM}/specifiedBy/eqfLevel",
    ),
    "a level without its scheme": (
        given.claiming(
            given.claim(specifiedBy=given.qualification(eqfLevel={"id": "http://data.europa.eu/snb/eqf/6"}))
        ),
        f"{CLAIM}/specifiedBy/eqfLevel",
    ),
    "a country by its code": (
        given.changed("/issuer/location/0/address/0/countryCode", "FR"),
        "/issuer/location/0/address/0/countryCode",
    ),
    "languages by their tags": (
        given.changed("/displayParameter/language", ["fr", FRENCH]),
        "/displayParameter/language",
    ),
    "a primary language by its tag": (
        given.changed("/displayParameter/primaryLanguage", {"id": "fr", "type": "Concept"}),
        "/displayParameter/primaryLanguage",
    ),
}


def repaired(document: dict[str, Any]) -> Repair:
    return repair(Opened(b"", Carrier.JSON, b"", document))


@pytest.mark.parametrize("case", MISSHAPEN)
def test_a_fault_of_form_is_corrected(case: str) -> None:
    document, pointer = MISSHAPEN[case]

    made = repaired(document)

    assert pointer in [correction.pointer for correction in made.corrections]
    assert made.lacking == ()
    assert broken_rules(made.document) == ()


@pytest.mark.parametrize("case", MISSHAPEN)
def test_a_corrected_copy_needs_no_correction(case: str) -> None:
    made = repaired(repaired(MISSHAPEN[case][0]).document)

    assert made.corrections == ()


def test_what_is_right_stays_as_it_is() -> None:
    document = given.document()

    made = repaired(document)

    assert made.document == document
    assert made.corrections == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/validFrom", "2026-01-15T09:00:00"),
        ("/validFrom", "2026-01-15"),
        ("/issuer/eIDASIdentifier", None),
        ("/issuer/location/0/address/0/countryCode", "France"),
        ("/id", None),
        ("/achievement", {"name": "Knots"}),
    ],
)
def test_what_only_the_issuer_knows_is_listed(pointer: str, value: object) -> None:
    document = given.changed(pointer, value)

    made = repaired(document)

    assert made.corrections == ()
    assert pointer in [lack.pointer for lack in made.lacking]
    assert all(lack.fix for lack in made.lacking)


def test_a_lack_shows_what_would_do() -> None:
    made = repaired(given.changed("/displayParameter", None))

    [lack] = made.lacking
    completed = made.document | {"displayParameter": msgspec.json.decode(lack.example)}

    assert broken_rules(completed) == ()


def test_a_text_stays_plain_where_nobody_says_its_language() -> None:
    document = given.changed("/displayParameter/primaryLanguage", None, given.claiming(given.claim(title="Nœuds")))

    made = repaired(document)

    assert f"{CLAIM}/title" in [lack.pointer for lack in made.lacking]


def test_a_number_for_a_text_is_a_text() -> None:
    points = {"id": "urn:p:1", "type": "CreditPoint", "framework": concept(Vocabulary.CREDIT, "6fcec5c5af"), "point": 3}

    made = repaired(given.claiming(given.claim(specifiedBy=given.qualification(creditPoint=points))))

    assert made.document["credentialSubject"]["hasClaim"][0]["specifiedBy"]["creditPoint"]["point"] == "3"
    assert made.lacking == ()


@settings(max_examples=80, deadline=None)
@generated(
    document=strategies.broken([given.document(), given.claiming(given.claim(specifiedBy=given.qualification()))])
)
def test_broken_documents_are_repaired_or_judged(document: dict[str, Any]) -> None:
    made = repaired(document)

    assert repaired(made.document).corrections == ()
    assert all(lack.reason for lack in made.lacking)
