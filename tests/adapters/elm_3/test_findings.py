"""Which rules of the application profile a credential breaks."""

import json
from typing import Any

import pytest

from adapters.elm_3.findings import broken_rules
from adapters.elm_3.vocabulary import Vocabulary, concept
from adapters.hub.securing import Finding
from tests.adapters.elm_3 import given
from tests.corpora import corpus

EXPECTED: dict[str, Any] = {
    name: verdict
    for name, verdict in json.loads((corpus("elm") / "handmade/expected.json").read_text()).items()
    if not name.startswith("_")
}
SEALED = sorted(
    str(path.relative_to(corpus("elm"))) for path in (corpus("elm") / "samples").glob("eu-*/*-signed.jsonld")
)
FORMS = sorted(
    str(path.relative_to(corpus("elm"))) for path in (corpus("elm") / "samples").glob("eu-*/*unsigned*.json")
)
AP = "http://data.europa.eu/snb/model/ap"
V2 = "https://www.w3.org/ns/credentials/v2"
CLAIM = "/credentialSubject/hasClaim/0"


def blocking(document: dict[str, Any], **options: Any) -> list[Finding]:
    return [finding for finding in broken_rules(document, **options) if finding.blocking]


def only(document: dict[str, Any], **options: Any) -> Finding:
    found = broken_rules(document, **options)
    assert len(found) == 1, found
    return found[0]


def test_the_given_credential_breaks_no_rule() -> None:
    assert broken_rules(given.document()) == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_each_handmade_credential_is_judged_as_expected(name: str) -> None:
    found = blocking(given.payload(f"handmade/{name}"))

    assert (not found) is EXPECTED[name]["gateway_should_accept"]
    assert all(finding.fix for finding in found)


@pytest.mark.parametrize("path", SEALED)
def test_every_sealed_sample_breaks_no_rule(path: str) -> None:
    assert blocking(given.payload(path)) == []


@pytest.mark.parametrize("path", FORMS)
def test_every_upload_breaks_no_rule_that_sealing_does_not_mend(path: str) -> None:
    assert blocking(given.payload(path), sealed=False) == []
    assert blocking(given.payload(path), sealed=True) != []


LEVEL = {name: value for name, value in concept(Vocabulary.EQF, "3").items() if name != "inScheme"}
SCHEMELESS = given.claiming(given.claim(specifiedBy=given.qualification(eqfLevel=LEVEL)))

BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "a wrapper": ({"credential": {"id": "urn:x"}, "deliveryDetails": {}}, "/credential", "is the form in which"),
    "a wrapper without content": ({"credential": {}}, "/credential", "without a credential"),
    "a wrapper of nothing": ({"credential": None}, "/credential", "without a credential"),
    "an empty graph": ({"@context": given.EDC, "@graph": []}, "/@graph", "empty"),
    "nothing": ({"@context": [given.V1, given.EDC]}, "", "holds no credential"),
    "a day": (given.changed("/validFrom", "2026-01-15"), "/validFrom", "is a day alone"),
    "no zone": (given.changed("/validFrom", "2026-01-15T09:00:00"), "/validFrom", "has no zone"),
    "a day that never was": (given.changed("/issued", "2026-02-30T09:00:00Z"), "/issued", "no date and time"),
    "level 9": (
        given.claiming(
            given.claim(
                specifiedBy=given.qualification(
                    eqfLevel={**concept(Vocabulary.EQF, "8"), "id": "http://data.europa.eu/snb/eqf/9"}
                )
            )
        ),
        f"{CLAIM}/specifiedBy/eqfLevel/id",
        "is no level of the EQF",
    ),
    "a language as a country": (
        given.changed(
            "/issuer/location/0/address/0/countryCode/id",
            "http://publications.europa.eu/resource/authority/language/FRA",
        ),
        "/issuer/location/0/address/0/countryCode/id",
        "is no country but one of the list language",
    ),
    "an id for two things": (
        given.claiming(given.claim(), given.claim(title={"fr": "Autre chose"})),
        "/credentialSubject/hasClaim/1/id",
        "is used for two things",
    ),
    "an id for two kinds of things": (
        given.changed("/issuer/id", "urn:epass:person:1"),
        "/credentialSubject/id",
        "is the id of an Organisation at /issuer and of a Person here",
    ),
    "more of the issuer than it says itself": (
        given.changed(
            f"{CLAIM}/awardedBy/awardingBody/0",
            {**given.organisation(1), "legalName": {"de": "Andere Hochschule"}},
        ),
        f"{CLAIM}/awardedBy/awardingBody/0/legalName",
        "says of the issuer",
    ),
    "a plain title": (given.claiming(given.claim(title="Nœuds")), f"{CLAIM}/title", "is plain text"),
    "a plain legal name": (given.changed("/issuer/legalName", "École"), "/issuer/legalName", "is plain text"),
    "texts without languages": (
        given.claiming(given.claim(title=["Nœuds"])),
        f"{CLAIM}/title",
        "is a list where a text",
    ),
    "a title that is a number": (given.claiming(given.claim(title={"fr": 5})), f"{CLAIM}/title/fr", "is a number"),
    "an empty title": (given.claiming(given.claim(title={"fr": " "})), f"{CLAIM}/title/fr", "is an empty title"),
    "a title in no language": (given.claiming(given.claim(title={"fr": []})), f"{CLAIM}/title", "in no language"),
    "two titles in one language": (
        given.claiming(given.claim(title={"fr": "a", "FR": "b"})),
        f"{CLAIM}/title/FR",
        "more than once",
    ),
    "a title in no known tag": (
        given.claiming(given.claim(title={"fr": "a", "@none": "b"})),
        f"{CLAIM}/title/@none",
        "is no language",
    ),
    "the context with https": (
        given.document(**{"@context": [given.V1, given.EDC.replace("http:", "https:")]}),
        "/@context",
        "with https",
    ),
    "the context of VCDM 2.0": (given.document(**{"@context": [V2, given.EDC]}), "/@context", "protected terms"),
    "one context more": (
        given.document(**{"@context": [given.V1, given.EDC, "https://purl.example/context"]}),
        "/@context/2",
        "none of the two contexts",
    ),
    "a context of its own": (
        given.document(**{"@context": [given.V1, given.EDC, {"cnf": "urn:cnf"}]}),
        "/@context/2",
        "of the document's own",
    ),
    "a Greek iota": (
        given.changed("/issuer/eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier", given.organisation(1)["eIDASIdentifier"]),
        "/issuer/eIDAS\N{GREEK CAPITAL LETTER IOTA}dentifier",
        "looks like eIDASIdentifier, and one of its letters is GREEK CAPITAL LETTER IOTA",
    ),
    "a badge's achievement": (
        given.changed("/credentialSubject/achievement", {"id": "urn:x"}),
        "/credentialSubject/achievement",
        "JSON-LD drops it",
    ),
    "a term by its IRI": (given.document(**{"sec:proof": {}}), "/sec:proof", "by its IRI"),
    "a keyword": (given.document(**{"@included": []}), "/@included", "of JSON-LD"),
    "no claim": (given.claiming(), "/credentialSubject/hasClaim", "has no hasClaim"),
    "two subjects": (
        given.document(credentialSubject=[given.document()["credentialSubject"]] * 2),
        "/credentialSubject",
        "takes one",
    ),
    "another schema": (
        given.changed("/credentialSchema/0/id", "https://issuer.example/schema"),
        "/credentialSchema/0/id",
        "names no profile",
    ),
    "a schema in JSON": (
        given.changed("/credentialSchema/0/type", "JsonSchema"),
        "/credentialSchema/0/type",
        "is no Shacl",
    ),
    "two ends": (
        given.document(validUntil="2027-01-01T00:00:00Z", expirationDate="2028-01-01T00:00:00Z"),
        "/expirationDate",
        "another instant",
    ),
    "no eIDAS identifier": (
        given.changed("/issuer/eIDASIdentifier", None),
        "/issuer/eIDASIdentifier",
        "owner of a seal",
    ),
    "no country": (
        given.changed("/issuer/location/0/address/0/countryCode", None),
        "/issuer/location/0/address/0/countryCode",
        "has no",
    ),
    "null": (given.changed("/displayParameter/title", None) | {"evidence": None}, "/evidence", "is null"),
    "a claim that is a person": (given.claiming(given.organisation(3)), CLAIM + "/type", "is an Organisation where"),
    "a relative id": (given.claiming(given.claim(id="claim-1")), f"{CLAIM}/id", "is no address"),
    "no scheme": (SCHEMELESS, f"{CLAIM}/specifiedBy/eqfLevel/inScheme", "does not say in which vocabulary"),
    "the status of 3.2 without its class": (
        given.document(credentialStatus={"id": "urn:s:1", "type": "BitstringStatusListEntry"}),
        "/credentialStatus",
        "version 3.2",
    ),
    "a page that is none": (
        given.changed("/displayParameter/individualDisplay/0/displayDetail/0/page", 0),
        "/displayParameter/individualDisplay/0/displayDetail/0/page",
        "whole number from 1",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_found_where_it_stands(case: str) -> None:
    document, pointer, reason = BAD[case]

    found = [finding for finding in blocking(document) if finding.pointer == pointer]

    assert any(reason in finding.reason and finding.fix for finding in found), blocking(document)


def test_each_bad_input_has_words_of_its_own() -> None:
    named = [
        *("a wrapper without content", "an empty graph", "no zone", "level 9", "a language as a country"),
        *("an id for two things", "a plain title"),
    ]

    reasons = {blocking(BAD[case][0])[0].reason for case in named}

    assert len(reasons) == len(named)


def test_several_claims_are_fine() -> None:
    second = given.claim(id="urn:epass:learningAchievement:2", title={"fr": "Épissures"})

    assert broken_rules(given.claiming(given.claim(), second)) == ()


def test_the_same_thing_may_be_said_again_or_named_by_its_id() -> None:
    body = given.organisation(2, eIDASIdentifier=None)
    again = given.claim(id="urn:epass:learningAchievement:2", title={"fr": "Épissures"})
    again["awardedBy"] = {**again["awardedBy"], "id": "urn:epass:awardingProcess:2", "awardingBody": body["id"]}
    document = given.claiming(given.claim(), again)

    assert broken_rules(document) == ()
    assert (
        broken_rules(given.changed(f"{CLAIM}/awardedBy/awardingBody/0/legalName/fr", ["École des nœuds"], document))
        == ()
    )


def test_a_name_that_the_document_says_nothing_of_is_no_node() -> None:
    document = given.changed(f"{CLAIM}/awardedBy/awardingBody/0", "urn:epass:organisation:9")

    assert only(document).reason == "is a name alone where an Agent, Person or Organisation belongs"


def test_an_upload_has_its_issuer_put_in_by_the_sealing() -> None:
    upload = given.document(**{"@context": None, "issuer": None, "issued": None, "issuanceDate": None})
    upload["displayParameter"].pop("individualDisplay")

    assert broken_rules(upload, sealed=False) == ()
    assert {finding.pointer for finding in blocking(upload)} == {
        "/@context",
        "/issuer",
        "/issued",
        "/displayParameter/individualDisplay",
    }


def test_version_3_2_has_a_status_and_terms_of_its_own_classes() -> None:
    status = {"id": "https://issuer.example/s#1", "type": ["CredentialStatus", "BitstringStatusListEntry"]}
    document = given.document(credentialStatus=status, termsOfUse={"id": "urn:t:1", "type": "TermsOfUse"})

    assert broken_rules(document) == ()
    assert [finding.pointer for finding in blocking(document, version="3.1")] == ["/credentialStatus", "/termsOfUse"]


@pytest.mark.parametrize(
    ("version", "other", "own"),
    [("3.1", "resultDistribution", "resultDestribution"), ("3.2", "resultDestribution", "resultDistribution")],
)
def test_a_term_that_the_other_version_spells_otherwise_is_advice(version: str, other: str, own: str) -> None:
    grade = {"id": "urn:epass:note:1", "type": "Note", "noteLiteral": {"en": "87"}}
    held = {other: {"id": "urn:epass:resultDistribution:1", "type": "ResultDistribution"}}
    assessment = given.claim(id="urn:epass:learningAssessment:1", type="LearningAssessment", grade=grade, **held)

    finding = only(given.claiming(given.claim(provenBy=[assessment])), version=version)

    assert not finding.blocking
    assert finding.fix == f"Write it as {own}."


def test_a_date_of_modification_is_advice_alone() -> None:
    finding = only(given.changed("/issuer/dateModified", "2026-01-01T00:00:00Z"))

    assert not finding.blocking
    assert finding.pointer == "/issuer/dateModified"


@pytest.mark.parametrize(
    ("list_", "wrong", "is_blocking"),
    [(Vocabulary.ISCED_F, "0698", True), (Vocabulary.NQF, "c_00000000", False)],
)
def test_only_closed_lists_refuse_what_they_do_not_hold(list_: Vocabulary, wrong: str, is_blocking: bool) -> None:
    member = {Vocabulary.ISCED_F: "thematicArea", Vocabulary.NQF: "nqfLevel"}[list_]
    scheme = {"id": f"http://data.europa.eu/snb/{list_}/25831c2", "type": "ConceptScheme"}
    unknown = {"id": f"http://data.europa.eu/snb/{list_}/{wrong}", "type": "Concept", "inScheme": scheme}

    finding = only(given.claiming(given.claim(specifiedBy=given.qualification(**{member: [unknown]}))))

    assert finding.blocking is is_blocking
    assert finding.check == "vocabulary"


def profiled(profile: str, **changes: object) -> dict[str, Any]:
    return given.document(credentialSchema=[{"id": f"{AP}/{profile}", "type": "ShaclValidator2017"}], **changes)


def evidence(number: int, **changes: object) -> dict[str, Any]:
    return {
        "id": f"urn:epass:evidence:{number}",
        "type": "Evidence",
        "dcType": concept(Vocabulary.EVIDENCE, "c_c4f849d7"),
        **changes,
    }


@pytest.mark.parametrize("profile", ["edc-converted", "edc-issued-by-mandate", "edc-accredited"])
def test_a_profile_asks_for_evidence(profile: str) -> None:
    assert [finding.pointer for finding in blocking(profiled(profile))] == ["/evidence"]


def test_a_profile_asks_the_same_of_all_evidence() -> None:
    original = {**given.display()["individualDisplay"][0]["displayDetail"][0]["image"], "id": "urn:epass:mediaObject:2"}
    whole = [evidence(1, embeddedEvidence=[original]), evidence(2, evidenceStatement="by mandate")]

    found = blocking(profiled("edc-converted", evidence=whole))

    assert [finding.pointer for finding in found] == ["/evidence/1/embeddedEvidence"]


def test_an_accredited_credential_claims_one_achievement() -> None:
    second = given.claim(id="urn:epass:learningActivity:1", type="LearningActivity")
    subject = {**given.document()["credentialSubject"], "hasClaim": [given.claim(), second]}

    found = blocking(profiled("edc-accredited", credentialSubject=subject))

    assert [finding.pointer for finding in found] == ["/evidence", "/credentialSubject/hasClaim"]


def test_a_diploma_supplement_asks_for_much() -> None:
    subject = {**given.document()["credentialSubject"], "hasClaim": [given.claim(specifiedBy=given.qualification())]}

    found = {finding.pointer for finding in blocking(profiled("edc-diploma-supplement", credentialSubject=subject))}

    assert {f"{CLAIM}/specifiedBy/nqfLevel", f"{CLAIM}/creditReceived", "/credentialSubject/fullName"} <= found


def test_the_profile_without_vocabularies_asks_for_no_schemes() -> None:
    schema = [{"id": f"{AP}/edc-generic-no-cv", "type": "ShaclValidator2017"}]

    assert not only(SCHEMELESS | {"credentialSchema": schema}).blocking


def test_a_concept_may_have_its_scheme_where_the_document_says_it_again() -> None:
    assert broken_rules(given.changed("/displayParameter/primaryLanguage/inScheme", None)) == ()
