"""Each rule that types cannot say: broken once, found once, with its place."""

from typing import Any

import pytest

from adapters.open_badges_3 import OpenBadges3
from tests.adapters.open_badges_3 import given

ALIGNMENT = {"type": ["Alignment"], "targetName": "A", "targetUrl": "https://example.org/a"}
IDENTITY = {
    "type": "IdentityObject",
    "hashed": False,
    "identityHash": "a@example.org",
    "identityType": "emailAddress",
}
LEVEL = {"id": "urn:example:l", "type": ["RubricCriterionLevel"], "name": "L"}
DESCRIBED = {
    "id": "urn:example:d",
    "type": ["ResultDescription"],
    "name": "D",
    "resultType": "Status",
    "rubricCriterionLevel": [LEVEL],
}
ENDORSEMENT = {
    "@context": [given.V2, given.OB],
    "id": "urn:example:e",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "E",
    "issuer": "https://guild.example.org",
    "validFrom": "2024-01-01T00:00:00Z",
    "credentialSubject": {"id": "https://issuer.example.org/knots", "type": ["EndorsementSubject"]},
}


def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: child for name, child in value.items() if name not in names}


def in_subject(**changes: object) -> dict[str, Any]:
    return given.document(credentialSubject=given.subject(**changes))


def in_achievement(**changes: object) -> dict[str, Any]:
    return in_subject(achievement=given.achievement(**changes))


def with_result(described: dict[str, Any] | None = None, **changes: object) -> dict[str, Any]:
    result = {"type": ["Result"], "resultDescription": "urn:example:d", "status": "Completed", **changes}
    achievement = given.achievement(resultDescription=[{**DESCRIBED, **(described or {})}])
    return in_subject(achievement=achievement, result=[{n: v for n, v in result.items() if v is not None}])


BLOCKING: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no first context": (given.document(**{"@context": [given.OB]}), ["/@context", "/@context"]),
    "no second context": (given.document(**{"@context": given.V2}), ["/@context"]),
    "contexts the wrong way round": (given.document(**{"@context": [given.OB, given.V2]}), ["/@context", "/@context"]),
    "a context that does not go with VCDM 2.0": (
        given.document(**{"@context": [given.V2, given.OB_3_0_0]}),
        ["/@context"],
    ),
    "no VerifiableCredential": (given.document(type=["OpenBadgeCredential"]), ["/type"]),
    "no OpenBadgeCredential": (given.document(type=["VerifiableCredential"]), ["/type"]),
    "no id": (given.document(id=None), [""]),
    "no issuer": (given.document(issuer=None), [""]),
    "no validFrom": (given.document(validFrom=None), [""]),
    "a date of VCDM 1.1": (given.document(issuanceDate="2024-01-01T00:00:00Z"), ["/issuanceDate"]),
    "under VCDM 1.1 no date": (given.older(issuanceDate=None), [""]),
    "under VCDM 1.1 no name": (given.older(name=None), [""]),
    "under VCDM 1.1 an address as issuer": (given.older(issuer="https://issuer.example.org"), ["/issuer"]),
    "under VCDM 1.1 an end of VCDM 2.0": (given.older(validUntil="2030-01-01T00:00:00Z"), ["/validUntil"]),
    "under VCDM 1.1 two ends": (
        given.older(validUntil="2030-01-01T00:00:00Z", expirationDate="2031-01-01T00:00:00Z"),
        ["/validUntil"],
    ),
    "an issuer of no type": (given.document(issuer={"id": "https://issuer.example.org"}), ["/issuer/type"]),
    "an issuer without id": (given.document(issuer={"type": ["Profile"]}), ["/issuer"]),
    "a subject of another type": (in_subject(type="Learner"), ["/credentialSubject/type"]),
    "nobody": (in_subject(id=None), ["/credentialSubject"]),
    "nobody in a list": (in_subject(id=None, identifier=[]), ["/credentialSubject"]),
    "no achievement": (in_subject(achievement=None), ["/credentialSubject"]),
    "an achievement without name": (in_achievement(name=None), ["/credentialSubject/achievement"]),
    "an achievement without criteria": (in_achievement(criteria=None), ["/credentialSubject/achievement"]),
    "empty criteria": (in_achievement(criteria={}), ["/credentialSubject/achievement/criteria"]),
    "an unknown achievementType": (
        in_achievement(achievementType="Knot"),
        ["/credentialSubject/achievement/achievementType"],
    ),
    "an alignment of another type": (
        in_achievement(alignment=[ALIGNMENT, {**ALIGNMENT, "type": ["Node"]}]),
        ["/credentialSubject/achievement/alignment/1/type"],
    ),
    "an unknown targetType": (
        in_achievement(alignment={**ALIGNMENT, "targetType": "Node"}),
        ["/credentialSubject/achievement/alignment/targetType"],
    ),
    "an unknown identityType": (
        in_subject(identifier=[{**IDENTITY, "identityType": "email"}]),
        ["/credentialSubject/identifier/0/identityType"],
    ),
    "a hash that is none": (
        in_subject(identifier=[{**IDENTITY, "hashed": True}]),
        ["/credentialSubject/identifier/0/identityHash"],
    ),
    "a source of another type": (
        in_subject(source={"id": "https://a.example.org", "type": ["Org"]}),
        ["/credentialSubject/source/type"],
    ),
    "an owner of another type": (
        given.document(
            issuer={
                "id": "https://issuer.example.org",
                "type": ["Profile"],
                "parentOrg": {"id": "https://a.example.org", "type": "Org"},
            }
        ),
        ["/issuer/parentOrg/type"],
    ),
    "evidence of another type": (given.document(evidence=[{"type": ["Photo"]}]), ["/evidence/0/type"]),
    "a result of no description": (
        with_result(resultDescription="urn:example:x"),
        ["/credentialSubject/result/0/resultDescription"],
    ),
    "a status that is missing": (with_result(status=None), ["/credentialSubject/result/0"]),
    "an unknown status": (with_result(status="Done"), ["/credentialSubject/result/0/status"]),
    "two result descriptions of one id": (
        in_achievement(resultDescription=[DESCRIBED, {**DESCRIBED, "name": "E"}]),
        ["/credentialSubject/achievement/resultDescription/1/id"],
    ),
    "an identity with a member of its own": (
        in_subject(identifier=[{**IDENTITY, "verified": True}]),
        ["/credentialSubject/identifier/0/verified"],
    ),
    "an image with a member of its own": (
        given.document(image={"id": "https://example.org/i.png", "type": "Image", "author": "https://example.org"}),
        ["/image/author"],
    ),
    "an identifier with a member of its own": (
        in_achievement(
            otherIdentifier=[
                {"type": "IdentifierEntry", "identifier": "1", "identifierType": "identifier", "a/b": 1},
            ]
        ),
        ["/credentialSubject/achievement/otherIdentifier/0/a~1b"],
    ),
    "a schema without id": (given.document(credentialSchema={"type": "JsonSchema"}), ["/credentialSchema"]),
    "a resource without digest": (
        given.document(relatedResource=[{"id": "https://example.org/a"}]),
        ["/relatedResource/0"],
    ),
    "an endorsement without name": (given.document(endorsement=[without(ENDORSEMENT, "name")]), ["/endorsement/0"]),
    "an endorsement without date": (
        given.document(endorsement=[without(ENDORSEMENT, "validFrom")]),
        ["/endorsement/0"],
    ),
    "an endorsement that is no token": (given.document(endorsementJwt=["no token"]), ["/endorsementJwt/0"]),
}

ADVICE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "VCDM 1.1": (given.older(), ["/@context"]),
    "VCDM 1.1 with the same end twice": (
        given.older(validUntil="2030-01-01T02:00:00+02:00", expirationDate="2030-01-01T00:00:00Z"),
        ["/@context"],
    ),
    "an outdated context": (
        given.document(**{"@context": [given.V2, given.OB.replace("3.0.3", "3.0.2")]}),
        ["/@context"],
    ),
    "a single type in a list": (
        in_subject(identifier=[{**IDENTITY, "type": ["IdentityObject"]}]),
        ["/credentialSubject/identifier/0/type"],
    ),
    "a hash that is said to be none": (
        in_subject(identifier=[{**IDENTITY, "identityHash": "md5$" + "0" * 32}]),
        ["/credentialSubject/identifier/0/hashed"],
    ),
    "an id that is no URI": (given.document(id="3732"), ["/id"]),
    "an issuer that is no URI": (given.document(issuer="issuer 1"), ["/issuer"]),
    "an achievement that is no URI": (in_achievement(id="knots"), ["/credentialSubject/achievement/id"]),
    "an e-mail address that is none": (
        in_subject(identifier=[{**IDENTITY, "identityHash": "nobody"}]),
        ["/credentialSubject/identifier/0/identityHash"],
    ),
    "an award's picture of another kind": (
        in_subject(image={"id": "data:image/jpeg;base64,AAAA", "type": "Image"}),
        ["/credentialSubject/image/id"],
    ),
    "an activity that ends before it begins": (
        in_subject(activityStartDate="2024-02-01T00:00:00Z", activityEndDate="2024-01-01T00:00:00Z"),
        ["/credentialSubject/activityEndDate"],
    ),
    "a language in small letters": (in_achievement(inLanguage="en-us"), ["/credentialSubject/achievement/inLanguage"]),
    "several statuses": (given.document(credentialStatus=[{"type": "A"}]), ["/credentialStatus"]),
    "an achieved level that is not there": (
        with_result(achievedLevel="urn:example:x"),
        ["/credentialSubject/result/0/achievedLevel"],
    ),
    "a value that is not allowed": (
        with_result(described={"allowedValue": ["A", "B"]}, value="C"),
        ["/credentialSubject/result/0/value"],
    ),
    "a value below the least": (
        with_result(described={"valueMin": "0", "valueMax": "10"}, value="-0.5"),
        ["/credentialSubject/result/0/value"],
    ),
    "a value above the most": (
        with_result(described={"valueMin": "0", "valueMax": "10"}, value="11"),
        ["/credentialSubject/result/0/value"],
    ),
    "a required value above the most": (
        with_result(described={"valueMax": "10", "requiredValue": "11"}),
        ["/credentialSubject/achievement/resultDescription/0/requiredValue"],
    ),
    "a least value above the most": (
        with_result(described={"valueMin": "10", "valueMax": "1"}),
        ["/credentialSubject/achievement/resultDescription/0/valueMin"],
    ),
    "a required level that is not there": (
        with_result(described={"requiredLevel": "urn:example:x"}),
        ["/credentialSubject/achievement/resultDescription/0/requiredLevel"],
    ),
    "a result of levels without one": (
        with_result(described={"resultType": "RubricCriterionLevel"}),
        ["/credentialSubject/result/0"],
    ),
    "a language that is no text": (
        given.document(evidence=[{"type": ["Evidence"], "inLanguage": 5}]),
        ["/evidence/0/inLanguage"],
    ),
    "an endorsement of something else": (
        given.document(
            endorsement=[
                {**ENDORSEMENT, "credentialSubject": {"id": "urn:example:x", "type": ["EndorsementSubject"]}},
            ]
        ),
        ["/endorsement/0/credentialSubject/id"],
    ),
}

KEPT: dict[str, dict[str, Any]] = {
    "the least": given.document(),
    "the other name of the class": given.document(type=["VerifiableCredential", "AchievementCredential"]),
    "an issuer that is an address": given.document(issuer="did:example:issuer"),
    "an extension of an enumeration": in_achievement(achievementType="ext:Knot"),
    "a recipient by e-mail alone": in_subject(id=None, identifier=IDENTITY),
    "one value without its list": in_achievement(alignment=ALIGNMENT, tag="knots"),
    "a result": with_result(achievedLevel="urn:example:l"),
    "a value that is allowed": with_result(described={"allowedValue": ["A", "B"]}, value="B"),
    "a value in its range": with_result(described={"valueMin": "0", "valueMax": "100"}, value="87.5"),
    "a value that is no number": with_result(described={"valueMin": "0", "valueMax": "100"}, value="87 of 100"),
    "a required level": with_result(described={"requiredLevel": "urn:example:l"}),
    "an endorsement": given.document(endorsement=[ENDORSEMENT], endorsementJwt="e30.e30.c2ln"),
}


def found(document: dict[str, Any], *, blocking: bool) -> list[str]:
    return [finding.pointer for finding in given.read(document).findings if finding.blocking is blocking]


@pytest.mark.parametrize("rule", BLOCKING)
def test_broken_rule_is_found_where_it_is_broken(rule: str) -> None:
    document, places = BLOCKING[rule]

    assert found(document, blocking=True) == places


@pytest.mark.parametrize("rule", ADVICE)
def test_advice_is_given_and_blocks_nothing(rule: str) -> None:
    document, places = ADVICE[rule]

    assert found(document, blocking=False) == places
    assert found(document, blocking=True) == []


@pytest.mark.parametrize("case", KEPT)
def test_kept_rules_find_nothing(case: str) -> None:
    assert given.read(KEPT[case]).findings == ()


def test_vc_claim_and_context_must_agree() -> None:
    newer = OpenBadges3().read(given.in_token({"vc": given.document()}), {})
    older = OpenBadges3().read(given.in_token(given.older()), {})

    assert [finding.pointer for finding in newer.findings if finding.blocking] == ["/vc/@context"]
    assert [finding.pointer for finding in older.findings if finding.blocking] == ["/@context"]


def test_end_of_a_token_that_nobody_can_read_is_a_finding() -> None:
    silent = OpenBadges3().read(given.in_token({**given.document(), "exp": "soon"}), {})
    said = given.document(validUntil="2030-03-17T17:46:40Z")
    agreeing = OpenBadges3().read(given.in_token({**said, "exp": 1_900_000_000}), {})

    assert [finding.pointer for finding in silent.findings] == ["/exp"]
    assert agreeing.findings == ()


def test_every_broken_rule_says_how_to_mend_it() -> None:
    silent = [
        finding.reason
        for document, _ in (*BLOCKING.values(), *ADVICE.values())
        for finding in given.read(document).findings
        if not finding.fix
    ]

    assert silent == []


def test_fix_names_the_member_and_shows_a_value() -> None:
    (finding,) = given.read(in_achievement(name=None)).findings

    assert finding.fix == 'Add "name": "Welding".'


def test_token_in_the_place_of_an_endorsement_is_text() -> None:
    document = given.document(evidence=[{"type": ["Evidence"], "endorsementJwt": [5]}])

    assert found(document, blocking=True) == ["/evidence/0/endorsementJwt/0"]


@pytest.mark.parametrize(
    ("hidden", "place"),
    [
        (
            {"https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z"},
            "/https:~1~1www.w3.org~12018~1credentials#validUntil",
        ),
        ({"@graph": []}, "/@graph"),
        ({"cred:expirationDate": "2020-01-01T00:00:00Z"}, "/cred:expirationDate"),
        ({"evidence": [{"type": ["Evidence"], "cred:credentialStatus": {}}]}, "/evidence/0/cred:credentialStatus"),
        ({"@context": [given.V2, given.OB, {"ends": "https://www.w3.org/2018/credentials#validUntil"}]}, "/@context"),
        ({"@context": [given.V2, given.OB, {"@vocab": "https://www.w3.org/2018/credentials#"}]}, "/@context"),
        ({"evidence": [{"type": ["Evidence"], "@context": {"e": "urn:e"}}]}, "/evidence/0/@context"),
        ({"evidence": [{"type": ["Evidence"], "@reverse": {}}]}, "/evidence/0/@reverse"),
    ],
)
def test_a_member_in_another_spelling_is_no_way_to_hide_it_in_a_token(hidden: dict[str, Any], place: str) -> None:
    reading = OpenBadges3().read(given.in_token({**given.document(), **hidden}), {})

    assert [found.pointer for found in reading.findings if found.blocking] == [place]


def test_a_status_claim_outside_a_token_is_no_way_to_hide_a_status() -> None:
    claim = {"status_list": {"idx": 7, "uri": "https://issuer.example.org/list"}}

    assert found(given.document(status=claim), blocking=True) == ["/status"]


def test_a_text_with_its_language_hides_nothing_in_a_token() -> None:
    named = given.document(name={"@value": "Knots", "@language": "en"})

    reading = OpenBadges3().read(given.in_token(named), {})

    assert not [found for found in reading.findings if found.blocking]
