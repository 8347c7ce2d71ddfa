"""A corrected copy of a credential keeps the rules, says what was changed, and changes nothing that was right."""

from typing import Any

import msgspec
import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_3 import OpenBadges3
from adapters.open_badges_3.repair import repair
from tests.adapters.open_badges_3 import given
from tests.adapters.samples import public

UNSIGNED = given.document()

MISSHAPEN: dict[str, tuple[dict[str, Any], str]] = {
    "no contexts": (given.document(**{"@context": None}), "/@context"),
    "contexts the wrong way round": (given.document(**{"@context": [given.OB, given.V2]}), "/@context"),
    "an outdated context": (given.document(**{"@context": [given.V2, given.OB_3_0_0]}), "/@context"),
    "the date of VCDM 1.1": (
        given.document(validFrom=None, issuanceDate="2024-01-01T00:00:00Z"),
        "/validFrom",
    ),
    "a date without zone": (given.document(validFrom="2024-01-01T00:00:00"), "/validFrom"),
    "a day": (given.document(validFrom="2024-01-01"), "/validFrom"),
    "seconds since 1970": (given.document(validFrom=1704067200), "/validFrom"),
    "a type that is no list": (given.document(type="OpenBadgeCredential"), "/type"),
    "a missing class": (given.document(type=["VerifiableCredential"]), "/type"),
    "keywords for aliases": (
        given.document(credentialSubject={**given.subject(type=None), "@type": ["AchievementSubject"]}),
        "/credentialSubject/type",
    ),
    "a subject without type": (given.document(credentialSubject=given.subject(type=None)), "/credentialSubject/type"),
    "an achievement's type that is no list": (
        given.document(credentialSubject=given.subject(achievement=given.achievement(type="Achievement"))),
        "/credentialSubject/achievement/type",
    ),
    "a null": (given.document(description=None) | {"description": None}, "/description"),
}


def blocking(document: dict[str, Any]) -> list[str]:
    return [found.reason for found in OpenBadges3().read(given.opened(document), {}).findings if found.blocking]


@pytest.mark.parametrize("name", MISSHAPEN)
def test_what_is_misshapen_becomes_the_document_that_was_meant(name: str) -> None:
    document, place = MISSHAPEN[name]

    repaired = repair(given.opened(document))

    assert repaired.document == UNSIGNED
    assert place in {correction.pointer for correction in repaired.corrections}
    assert not repaired.lacking


@pytest.mark.parametrize(
    ("member", "written", "meant"),
    [
        ("criteria", "https://issuer.example.org/knots", {"id": "https://issuer.example.org/knots"}),
        ("criteria", "Tie ten knots.", {"narrative": "Tie ten knots."}),
        ("image", "https://issuer.example.org/k.png", {"id": "https://issuer.example.org/k.png", "type": "Image"}),
        ("creator", "https://guild.example.org", {"id": "https://guild.example.org", "type": ["Profile"]}),
        ("achievementType", "badge", "Badge"),
        ("achievementType", "Level Up", "ext:Level_Up"),
        ("inLanguage", "fr_ca", "fr-CA"),
        ("version", 2, "2"),
        ("creditsAvailable", "2.5", 2.5),
        ("name", ["Knots"], "Knots"),
        ("humanCode", None, None),
    ],
)
def test_a_value_of_the_wrong_form_is_written_in_the_right_one(member: str, written: object, meant: object) -> None:
    achievement = given.achievement() | {member: written}

    repaired = repair(given.opened(given.document(credentialSubject=given.subject(achievement=achievement))))

    assert repaired.document["credentialSubject"]["achievement"].get(member) == meant
    assert not blocking(repaired.document)


def test_a_document_that_keeps_the_rules_is_not_touched_and_keeps_its_proof() -> None:
    document = given.document(proof={"type": "DataIntegrityProof"})

    repaired = repair(given.opened(document))

    assert repaired.document == document
    assert not repaired.corrections


def test_a_changed_document_loses_the_proof_that_no_longer_covers_it() -> None:
    document = given.document(validFrom="2024-01-01", proof={"type": "DataIntegrityProof"})

    repaired = repair(given.opened(document))

    assert "proof" not in repaired.document
    assert "/proof" in {correction.pointer for correction in repaired.corrections}


def test_a_word_where_a_number_belongs_stays_and_is_lacking() -> None:
    achievement = given.achievement(creditsAvailable="some")

    repaired = repair(given.opened(given.document(credentialSubject=given.subject(achievement=achievement))))

    assert [lack.pointer for lack in repaired.lacking] == ["/credentialSubject/achievement/creditsAvailable"]


@pytest.mark.parametrize("member", ["id", "issuer", "validFrom"])
def test_what_only_the_issuer_knows_is_lacking_and_an_example_is_given(member: str) -> None:
    repaired = repair(given.opened(given.document(**{member: None})))

    assert member not in repaired.document
    [lack] = repaired.lacking
    assert member in lack.fix
    assert not blocking(given.document(**{member: msgspec.json.decode(lack.example)}))


def test_the_credential_inside_a_token_is_corrected() -> None:
    document = given.document(validFrom="2024-01-01")

    repaired = repair(given.in_token(document))

    assert repaired.document == UNSIGNED


def recognised() -> dict[str, Opened]:
    """Every sample of the format in the corpora, by its name."""
    found = {}
    for path in public():
        try:
            opened = open_bytes(path.read_bytes())
        except AdapterError:
            continue
        if isinstance(opened, Opened) and OpenBadges3().recognises(opened).version:
            found[path.name] = opened
    return found


RECOGNISED = recognised()


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_corrected_sample_breaks_no_rule_that_it_does_not_name(name: str) -> None:
    repaired = repair(RECOGNISED[name])

    again = repair(given.opened(repaired.document))
    assert not again.corrections
    assert again.lacking == repaired.lacking
    if not repaired.lacking:
        assert not blocking(repaired.document)


MEMBERS = st.sampled_from(
    ["@context", "@id", "@type", "id", "type", "achievement", "criteria", "image", "identifier", "result", "inLanguage"]
)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | TEXT, inner, max_size=4),
    max_leaves=12,
)


@generated(st.dictionaries(st.sampled_from(sorted(given.document())), JSON, max_size=6))
def test_no_document_is_too_odd_to_be_looked_at(changes: dict[str, Any]) -> None:
    repaired = repair(given.opened(given.document() | changes))

    assert isinstance(repaired.document, dict)
