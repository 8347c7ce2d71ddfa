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
from adapters.open_badges_3.vocabulary import EXTENSIONS
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
    "a date with the name that Open Badges 2.0 has for it": (
        given.document(validFrom=None, issuedOn="2024-01-01T00:00:00Z"),
        "/validFrom",
    ),
    "a date under both names": (given.document(issuanceDate="2024-01-01T01:00:00+01:00"), "/issuanceDate"),
    "a member in small letters": (given.document(validFrom=None, validfrom="2024-01-01T00:00:00Z"), "/validFrom"),
    "milliseconds since 1970": (given.document(validFrom=1704067200000), "/validFrom"),
    "seconds in digits": (given.document(validFrom="1704067200"), "/validFrom"),
    "the context of Open Badges 2.0 besides": (
        given.document(**{"@context": [given.V2, given.OB, "https://w3id.org/openbadges/v2", None]}),
        "/@context",
    ),
    "the context of a draft": (
        given.document(
            **{"@context": [given.V2, "https://imsglobal.github.io/openbadges-specification/context.json"]},
        ),
        "/@context",
    ),
    "a misspelt class": (
        given.document(type=["VerifiableCredential", "OpenBadgeCredential", "OpenbadgeCredential"]),
        "/type",
    ),
    "a class of the issuer that nothing defines": (
        given.document(issuer={**UNSIGNED["issuer"], "type": ["Profile", "InvalidProfile"]}),
        "/issuer/type",
    ),
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
        ("achievementType", "Micro-credential", "MicroCredential"),
        (
            "alignment",
            [{"type": ["Alignment"], "name": "Knots", "url": "https://framework.example/k"}],
            [{"type": ["Alignment"], "targetName": "Knots", "targetUrl": "https://framework.example/k"}],
        ),
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


@pytest.mark.parametrize("word", ["email", "Email", "e-mail", "EmailAddress"])
def test_an_identity_by_mail_is_called_so(word: str) -> None:
    identity = {"type": "IdentityObject", "hashed": False, "identityHash": "a@example.org", "identityType": word}

    repaired = repair(given.opened(given.document(credentialSubject=given.subject(identifier=[identity]))))

    assert repaired.document["credentialSubject"]["identifier"][0]["identityType"] == "emailAddress"


@pytest.mark.parametrize("member", ["validUntil", "expirationDate", "expires"])
def test_the_last_day_is_valid_to_its_end(member: str) -> None:
    repaired = repair(given.opened(given.document(**{member: "2028-01-31"})))

    assert repaired.document["validUntil"] == "2028-01-31T23:59:59Z"


def test_a_number_that_is_no_time_for_sure_is_lacking() -> None:
    repaired = repair(given.opened(given.document(validFrom=20260314)))

    assert repaired.document["validFrom"] == 20260314
    assert [lack.pointer for lack in repaired.lacking] == ["/validFrom"]


def test_one_value_that_cannot_be_read_keeps_no_other_from_being_corrected_or_told() -> None:
    identity = {"type": "IdentityObject", "hashed": "perhaps", "identityHash": "a@example.org", "identityType": "x"}
    achievement = given.achievement(criteria="Tie ten knots.", creditsAvailable="some")
    subject = given.subject(identifier=[identity], achievement=achievement)

    repaired = repair(
        given.opened(given.document(validFrom="soon", validUntil="2028-01-31", credentialSubject=subject))
    )

    assert repaired.document["validUntil"] == "2028-01-31T23:59:59Z"
    assert repaired.document["credentialSubject"]["achievement"]["criteria"] == {"narrative": "Tie ten knots."}
    assert {lack.pointer for lack in repaired.lacking} == {
        "/validFrom",
        "/credentialSubject/identifier/0/hashed",
        "/credentialSubject/achievement/creditsAvailable",
    }


def test_contexts_of_a_proof_go_with_it() -> None:
    contexts = [given.V2, given.OB, "https://w3id.org/security/data-integrity/v1"]
    proof = {"type": "DataIntegrityProof"}

    whole = repair(given.opened(given.document(**{"@context": contexts}, proof=proof)))
    changed = repair(given.opened(given.document(**{"@context": contexts}, validFrom="2024-01-01", proof=proof)))

    assert whole.document["@context"] == contexts
    assert changed.document == UNSIGNED


def test_further_contexts_and_what_they_may_define_are_kept() -> None:
    document = given.document(
        **{"@context": [given.V2, given.OB, EXTENSIONS, "https://school.example/terms"]},
        type=["VerifiableCredential", "OpenBadgeCredential", "SchoolCredential"],
        VALIDFROM="a term of the school",
    )

    assert not repair(given.opened(document)).corrections


def test_a_type_that_only_the_extensions_define_brings_their_context() -> None:
    schema = {"id": "https://purl.imsglobal.org/schema.json", "type": "1EdTechJsonSchemaValidator2019"}

    repaired = repair(given.opened(given.document(credentialSchema=[schema])))

    assert repaired.document["@context"] == [given.V2, given.OB, EXTENSIONS]


def test_an_endorsement_is_somebody_elses_and_stays_as_it_is() -> None:
    endorsement = {"@type": "EndorsementCredential", "validFrom": "2024-01-01"}

    repaired = repair(given.opened(given.document(endorsement=[endorsement])))

    assert repaired.document["endorsement"] == [endorsement]
    assert repaired.lacking


def test_a_document_that_keeps_the_rules_is_not_touched_and_keeps_its_proof() -> None:
    document = given.document(proof={"type": "DataIntegrityProof"})

    repaired = repair(given.opened(document))

    assert repaired.document == document
    assert not repaired.corrections


def test_a_changed_document_loses_the_proof_that_no_longer_covers_it() -> None:
    document = given.document(validFrom="2024-01-01", proof={"type": "DataIntegrityProof", "proofPurpose": True})

    repaired = repair(given.opened(document))

    assert "proof" not in repaired.document
    assert not repaired.lacking
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


def test_two_things_without_an_id_get_two_examples_and_the_issuer_an_address() -> None:
    achievement = given.achievement(id=None)
    document = given.document(
        id=None, issuer={"type": ["Profile"]}, credentialSubject=given.subject(achievement=achievement)
    )

    examples = {lack.pointer: lack.example for lack in repair(given.opened(document)).lacking}

    assert examples["/issuer"] == '"https://issuer.example/profile"'
    assert examples[""] != examples["/credentialSubject/achievement"]
    assert examples[""].startswith('"urn:uuid:')


def test_no_example_is_better_than_a_wrong_one() -> None:
    endorsement = {"@context": [given.V2, given.OB], "type": ["VerifiableCredential", "EndorsementCredential"]}
    status = {"id": "https://issuer.example/status#1"}

    repaired = repair(given.opened(given.document(endorsement=[endorsement], credentialStatus=status)))

    wrong = {"Welding", "did:example:learner", "OpenBadgeCredential"}
    assert not [lack for lack in repaired.lacking if any(word in lack.example + lack.fix for word in wrong)]


def test_a_token_gives_its_credential_what_only_its_claims_say_and_nothing_else() -> None:
    inner = given.older(id=None, issuanceDate=None)
    claims = {"iss": UNSIGNED["issuer"]["id"], "jti": UNSIGNED["id"], "nbf": 1704067200, "sub": "did:example:learner"}

    repaired = repair(given.in_token({**claims, "exp": 1735689600, "vc": inner}))

    assert repaired.document == {**UNSIGNED, "name": "Knots", "validUntil": "2025-01-01T00:00:00Z"}
    assert {"/vc", "/id", "/issuanceDate"} <= {correction.pointer for correction in repaired.corrections}
    assert not repaired.lacking


def test_the_claims_of_a_right_token_are_no_part_of_the_credential_and_nothing_to_correct() -> None:
    claims = {"iss": UNSIGNED["issuer"]["id"], "jti": UNSIGNED["id"], "nbf": 1704067200, "sub": "did:example:learner"}

    repaired = repair(given.in_token({**claims, **UNSIGNED}))

    assert repaired.document == UNSIGNED
    assert not repaired.corrections


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
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8).filter(
    lambda text: text not in {"_sd", "_sd_alg", "..."}  # such JSON is no badge that can be opened
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS | TEXT, inner, max_size=4),
    max_leaves=12,
)


@generated(st.dictionaries(st.sampled_from(sorted(given.document())), JSON, max_size=6))
def test_no_document_is_too_odd_to_be_looked_at_or_to_be_corrected_at_once(changes: dict[str, Any]) -> None:
    repaired = repair(given.opened(given.document() | changes))

    again = repair(given.opened(repaired.document))
    assert not again.corrections
    assert again.lacking == repaired.lacking
