"""What describes the learning, through formats that have no members for it."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from adapters.hub.alignments import LISTS, PARTICIPATION, alignment_of
from adapters.hub.contract import Adapter, Format, Issuance, LegalIdentity, Reading
from adapters.hub.credential import (
    Accreditation,
    Achievement,
    Alignment,
    Assessment,
    Concept,
    Credential,
    CreditPoints,
    Image,
    LearningOutcome,
    Profile,
    Recipient,
    Result,
)
from adapters.hub.described import BY_FRAMEWORK, ECTS, VOLUME
from adapters.hub.errors import NotWritable
from adapters.hub.frameworks import Framework, Recognised
from adapters.hub.micro_credential import Presence, completeness, summary
from adapters.hub.micro_credential_words import EXAMPLES
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for
from tests.adapters import strategies
from tests.adapters.comparing import Crossing, changed_and_reported
from tests.adapters.hub.test_frameworks import CODES

UUID = "00735755-adc6-4ea0-b034-b8caff339c9f"
AT = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
BADGES = [adapter_for(Format.OPEN_BADGES_2), adapter_for(Format.OPEN_BADGES_3)]
OWNER = LegalIdentity(legal_name="A", common_name="A seal", country="FR", organisation_id="NTRFR-123456789")
PAGE = Image(id="data:image/png;base64,iVBORw0KGgo=")
every_badge = pytest.mark.parametrize("adapter", BADGES, ids=lambda adapter: adapter.format)

_texts, _words = strategies.lang_texts, strategies.words
concepts = strategies.sparse(
    Concept,
    {"id": strategies.uris},
    {"label": _texts, "notation": _words, "scheme": _words, "definition": _texts},
)
named = strategies.sparse(Concept, {"id": strategies.uris, "label": _texts}, {"notation": _words, "scheme": _words})
credit_points = st.builds(
    CreditPoints,
    framework=concepts | st.just(Concept(id=ECTS)) | st.just(Concept(id=ECTS, label={"fr": "ECTS"}, notation="ECTS")),
    points=st.sampled_from(["2.5", "3", "0", "many", ""]),
)
assessments = strategies.sparse(
    Assessment,
    {},
    {"title": _texts, "kinds": strategies.several(concepts | named), "supervision": named | concepts, "mode": concepts},
    some=True,
)
outcomes = strategies.sparse(
    LearningOutcome,
    {},
    {"id": strategies.uris, "title": _texts, "description": _texts, "skills": strategies.several(concepts)},
    some=True,
)
marked = st.builds(
    Alignment,
    target_name=_texts,
    target_url=st.sampled_from([ECTS, VOLUME, "https://example.org/1"]),
    target_code=st.none() | st.sampled_from(["2.5", "PT60H", "x"]),
    target_framework=st.none() | st.sampled_from(sorted(BY_FRAMEWORK.values())),
    target_type=st.none() | st.sampled_from(sorted(BY_FRAMEWORK)),
)
described = strategies.sparse(
    Achievement,
    {},
    {
        "alignments": strategies.several(marked | strategies.alignments, 3),
        "learning_outcomes": strategies.several(outcomes),
        "credit_points": strategies.several(credit_points),
        "workload": st.sampled_from(["PT60H", "P1M", "P2DT12H", "PT", "sixty hours", ""]),
        "modes": strategies.several(named | concepts),
        "languages": strategies.several(concepts),
        "assessments": strategies.several(assessments, 3),
        "accreditations": strategies.several(
            strategies.sparse(Accreditation, {}, {"id": strategies.uris, "title": _texts, "kind": concepts}, some=True)
        ),
        "entry_requirements": _texts,
        "partial_qualification": st.booleans(),
        "credits_available": strategies.numbers,
    },
    some=True,
)
credentials = st.builds(
    Credential,
    id=st.just(strategies.OWN_ID),
    issuer=st.just(Profile(id=strategies.OWN_ISSUER, name={"und": "A"})),
    recipient=st.just(Recipient(id="did:example:learner")),
    achievement=described,
    awarded=st.just(AT),
    results=st.just(())
    | strategies.several(strategies.sparse(Result, {}, {"value": _words, "assessment": assessments}, some=True)),
)


def facts(credential: Credential) -> Issuance:
    return Issuance(
        id=credential.id or "",
        issuer=credential.issuer,
        at=AT,
        hosted_scope="https://gateway.example.org/",
        picture=Image(id="https://gateway.example.org/picture.png"),
        display=PAGE,
        legal=OWNER,
    )


def passed(adapter: Adapter, credential: Credential) -> Credential:
    """The credential, written and read again."""
    return read(adapter, adapter.write(credential, facts(credential)).document).credentials[0]


def read(adapter: Adapter, document: dict[str, Any]) -> Reading:
    opened = open_bytes(msgspec.json.encode(document))
    assert isinstance(opened, Opened)
    return adapter.read(opened, {})


@every_badge
@given(credential=credentials)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_difference_in_what_is_described_is_reported(adapter: Adapter, credential: Credential) -> None:
    try:
        draft = adapter.write(credential, facts(credential))
    except NotWritable:
        reject()

    changed, reported = changed_and_reported(credential, draft, read(adapter, draft.document))

    assert changed == reported


def term(address: str) -> Concept:
    return Concept(id=address, label={"und": "A term"})


WHOLE = Credential(
    id=strategies.OWN_ID,
    issuer=Profile(id=strategies.OWN_ISSUER, name={"und": "A"}),
    recipient=Recipient(id="did:example:learner"),
    achievement=Achievement(
        id="https://gateway.example.org/badges/1",
        name={"und": "A name"},
        credit_points=(CreditPoints(framework=Concept(id=ECTS, label={"und": "ECTS"}), points="2.5"),),
        workload="PT60H",
        learning_outcomes=(
            LearningOutcome(title={"und": "Sets up a network"}, description={"und": "Of ten machines."}),
            LearningOutcome(id="https://academy.example/outcomes/2", title={"und": "Mends one"}),
        ),
        modes=(term(f"{LISTS[PARTICIPATION]}920fbb3cbe"),),
        languages=(term("http://publications.europa.eu/resource/authority/language/FRA"),),
        assessments=(
            Assessment(
                kinds=(
                    term("http://data.europa.eu/snb/assessment/6e6cb2cc78"),
                    term("http://data.europa.eu/snb/assessment/1"),
                ),
                supervision=term("http://data.europa.eu/snb/supervision-verification/70be69aaf9"),
            ),
        ),
    ),
    awarded=AT,
)
FIELDS = ("learning_outcomes", "credit_points", "workload", "modes", "languages", "assessments", "alignments")


@pytest.mark.parametrize(("first", "second"), [BADGES, BADGES[::-1]], ids=["2 3 2", "3 2 3"])
def test_what_is_described_comes_back_from_another_version(first: Adapter, second: Adapter) -> None:
    back = passed(first, passed(second, passed(first, WHOLE)))

    for field in FIELDS:
        assert getattr(back.achievement, field) == getattr(WHOLE.achievement, field), field


terms = st.sampled_from(Framework).flatmap(lambda framework: st.tuples(st.just(framework), CODES[framework]))


@pytest.mark.parametrize(("first", "second"), [BADGES, BADGES[::-1]], ids=["2 3 2", "3 2 3"])
@given(given_terms=st.lists(terms, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_terms_of_frameworks_come_back_from_another_version(
    first: Adapter, second: Adapter, given_terms: list[tuple[Framework, str]]
) -> None:
    made = [alignment_of(framework, code, {"und": "T"}, "https://example.org/1") for framework, code in given_terms]
    alignments = tuple(each for each in made if each is not None)
    achievement = Achievement(name={"und": "A"}, alignments=alignments)
    start = passed(first, msgspec.structs.replace(WHOLE, achievement=achievement))

    back = passed(first, passed(second, start))

    assert [each.recognised for each in start.achievement.alignments] == [each.recognised for each in alignments]
    assert back.achievement.alignments == start.achievement.alignments
    assert back.achievement.other_identifiers == ()


def extension(name: str, value: Any) -> dict[str, Any]:
    context = f"https://api.issuer.example/extensions/{name}Extension/context.json"
    return {"@context": context, "type": ["Extension", f"extensions:{name}Extension"], name: value}


def edubadge_2(**values: Any) -> dict[str, Any]:
    """An Assertion as edubadges.nl writes it, with extensions."""
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://issuer.example/assertions/1",
        "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
        "issuedOn": "2026-01-31T12:00:00Z",
        "verification": {"type": "HostedBadge"},
        "badge": {
            "type": "BadgeClass",
            "id": "https://issuer.example/badges/1",
            "name": "Networks",
            "description": "Set up a network",
            "image": "https://issuer.example/1.png",
            "criteria": {"narrative": "Set one up."},
            "issuer": {
                "type": "Issuer",
                "id": "https://issuer.example/issuer",
                "name": "Example Academy",
                "url": "https://issuer.example",
                "email": "badges@issuer.example",
            },
            **{f"extensions:{name}Extension": extension(name, value) for name, value in values.items()},
        },
    }


def edubadge_3(**members: Any) -> dict[str, Any]:
    """A credential as edubadges.nl writes it, with members of its own."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://issuer.example/educredential.json",
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": "https://issuer.example/credentials/1",
        "issuer": {"type": ["Profile"], "id": "https://issuer.example/issuer", "name": "Example Academy"},
        "validFrom": "2026-01-31T12:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "id": "did:example:learner",
            "achievement": {
                "type": ["Achievement"],
                "id": "https://issuer.example/achievements/1",
                "name": "Networks",
                "description": "Set up a network",
                "criteria": {"narrative": "Set one up."},
                **members,
            },
        },
    }


SURF_2 = edubadge_2(ECTS=2.5, EQF=6, Language="nl_NL", StudyLoad=70, LearningOutcome="Knows networks.")
SURF_3 = edubadge_3(
    ECTS=2.5,
    SBU=70,
    participationType="online",
    assessmentType="portfolio",
    supervisionType="onsite with identity verification",
    alignment=[
        {"type": ["Alignment"], "targetType": "ext:EQF", "targetName": "EQF level 6", "targetCode": "6",
         "targetUrl": "https://issuer.example/levels"},
    ],
)  # fmt: skip


def test_the_extensions_of_edubadges_are_read_as_what_they_say() -> None:
    found = read(BADGES[0], SURF_2).credentials[0].achievement

    (points,) = found.credit_points
    assert (points.framework.id, points.points, found.workload) == (ECTS, "2.5", "PT70H")
    assert [each.recognised for each in found.alignments] == [Recognised(Framework.EQF, "6")]
    assert found.languages[0].id.endswith("/NLD")
    assert found.learning_outcomes == (LearningOutcome(title={"und": "Knows networks."}),)


def test_the_members_of_surf_are_read_as_what_they_say() -> None:
    found = read(BADGES[1], SURF_3).credentials[0].achievement

    (points,) = found.credit_points
    assert (points.framework.id, points.points, found.workload) == (ECTS, "2.5", "PT70H")
    assert found.modes[0].id.endswith("#participation-type-online")
    (assessment,) = found.assessments
    assert assessment.kinds[0].label == {"und": "Portfolio"}
    assert assessment.supervision is not None
    assert [each.recognised for each in found.alignments] == [Recognised(Framework.EQF, "6")]


@pytest.mark.parametrize(
    ("adapter", "document"),
    [
        (BADGES[0], SURF_2),
        (BADGES[1], SURF_3),
        (BADGES[0], edubadge_2(ECTS=True, EQF=9, Language="tlh", StudyLoad=-1, LearningOutcome="")),
        (BADGES[0], edubadge_2(TimeInvestment=3, StudyLoad=2)),
        (BADGES[0], edubadge_2(TimeInvestment=3)),
        (BADGES[0], edubadge_2(ECTS="2.5", EQF=[6])),
        (BADGES[1], edubadge_3(ECTS="2.5", SBU=1, timeInvestment=2, participationType="by mail", assessmentType=1)),
        (BADGES[1], edubadge_3(ECTS=1e300, timeInvestment=2.5, identityChecked=True)),
    ],
)
def test_what_edubadges_says_is_found_again_or_reported(adapter: Adapter, document: dict[str, Any]) -> None:
    reading = read(adapter, document)
    issuer = msgspec.structs.replace(reading.credentials[0].issuer, id=strategies.OWN_ISSUER)
    credential = msgspec.structs.replace(reading.credentials[0], id=strategies.OWN_ID, issuer=issuer)

    draft = adapter.write(credential, facts(credential))

    crossing = Crossing(reading, draft, read(adapter, draft.document), exempt=frozenset({"/id", "/issuer/id"}))
    assert crossing.lost == crossing.reported_lost
    assert crossing.added == crossing.reported_added


def test_a_part_of_a_certification_never_becomes_the_certification() -> None:
    part = alignment_of(Framework.RNCP_BLOC, "RNCP38596BC02", {"und": "T"})
    assert part is not None
    start = msgspec.structs.replace(WHOLE, achievement=Achievement(name={"und": "A"}, alignments=(part,)))

    for adapter in BADGES:
        (found,) = passed(adapter, start).achievement.alignments
        assert found.recognised == part.recognised


ADDED = [
    (adapter, name)
    for adapter in BADGES
    for name, (_, example) in EXAMPLES[adapter.format].items()
    if example and name not in ("learner", "date")
]


@pytest.mark.parametrize(("adapter", "name"), ADDED, ids=str)
def test_what_is_added_as_advised_is_found(adapter: Adapter, name: str) -> None:
    document = edubadge_2() if adapter.format is Format.OPEN_BADGES_2 else edubadge_3()
    place, example = EXAMPLES[adapter.format][name]
    owner = document
    for step in filter(None, place.split("/")):
        owner = owner[step]
    owner.update(msgspec.json.decode(f"{{{example}}}".replace("esco/skill/...", f"esco/skill/{UUID}")))

    found = next(each for each in completeness(read(adapter, document)) if each.name == name)

    assert found.presence is Presence.PRESENT
    assert found.pointers


def test_the_members_of_surf_count_as_elements() -> None:
    found = summary(read(BADGES[1], SURF_3).credentials[0])

    assert found.missing == ("issuer-country", "quality-assurance")
    assert found.partly == ("learning-outcomes",)


def test_the_extensions_of_edubadges_count_as_elements() -> None:
    found = summary(read(BADGES[0], SURF_2).credentials[0])

    assert {"workload", "level", "learning-outcomes"}.isdisjoint({*found.missing, *found.partly})
