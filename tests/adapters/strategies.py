"""Generated credentials: the whole neutral model, sparse, and strange where strangers write."""

import copy
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from adapters.hub.contract import Format
from adapters.hub.credential import (
    Accreditation,
    Achievement,
    Alignment,
    Assessment,
    Credential,
    CreditPoints,
    Criteria,
    Endorsement,
    Evidence,
    Identity,
    LearningOutcome,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from adapters.hub.frameworks import Framework, recognised
from tests.adapters.values import (
    addresses,
    concept_ids,
    concepts,
    identifiers,
    identities,
    ids,
    images,
    instants,
    json_values,
    lang_texts,
    language_tags,
    legal_first,
    numbers,
    several,
    sparse,
    types,
    uris,
    words,
)

__all__ = [
    "OWN_ID",
    "OWN_ISSUER",
    "alignments",
    "broken",
    "credentials",
    "ids",
    "lang_texts",
    "numbers",
    "profiles",
    "several",
    "sparse",
    "uris",
    "words",
]

OWN_ID = "https://gateway.example.org/issued/5a4ff7bc"
OWN_ISSUER = "https://gateway.example.org/issuer"
_claims = urlsafe_b64encode(f'{{"credentialSubject":{{"id":"{OWN_ISSUER}"}}}}'.encode()).rstrip(b"=").decode()
tokens = st.sampled_from([f"e30.{_claims}.c2ln", f"e30.{_claims}.c2ln", "e30.e30.c2ln", "e30..c2ln", "no token"])
_statements = st.fixed_dictionaries(
    {"id": st.sampled_from([OWN_ID, OWN_ISSUER]) | ids, "type": st.just(["EndorsementSubject"])}
)
whole_endorsements = st.fixed_dictionaries(
    {
        "id": uris,
        "type": st.just(["VerifiableCredential", "EndorsementCredential"]),
        "name": words,
        "issuer": uris,
        "credentialSubject": _statements,
        "validFrom": st.just("2020-01-01T00:00:00Z"),
        "@context": st.sampled_from(
            [
                [
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                ],
                [
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
                    "https://w3id.org/security/data-integrity/v2",
                ],
                ["https://www.w3.org/2018/credentials/v1"],
                "https://w3id.org/openbadges/v2",
            ]
        ),
    },
    optional={
        "claim": json_values,
        "credentialStatus": st.just({"id": "https://example.org/revoked", "type": "1EdTechRevocationList"}),
        "proof": st.just([{"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}]),
    },
)
_formats = st.sampled_from([*Format, "of-another-house"])
endorsements = st.one_of(
    st.builds(Endorsement, format=_formats, document=whole_endorsements),
    st.builds(Endorsement, format=_formats, document=st.dictionaries(words, json_values, min_size=1, max_size=2)),
    st.builds(Endorsement, format=_formats, token=tokens),
    st.builds(Endorsement, format=_formats, url=uris),
)
# Whole ones first: between the kinds no format keeps an order, and an order there means nothing.
endorsed = several(endorsements, 3).map(
    lambda items: tuple(sorted(items, key=lambda item: (item.document is None, item.token is None)))
)

related = sparse(Related, {"id": ids}, {"types": types, "in_language": language_tags, "version": words})
_profile_fields: dict[str, st.SearchStrategy[Any]] = {
    "types": types,
    "name": lang_texts,
    "url": uris,
    "email": words,
    "phone": words,
    "description": lang_texts,
    "image": images,
    "address": addresses,
    "official": words,
    "family_name": words,
    "family_name_prefix": words,
    "given_name": words,
    "additional_name": words,
    "patronymic_name": words,
    "honorific_prefix": words,
    "honorific_suffix": words,
    "date_of_birth": st.dates().map(str) | words,
    "other_identifiers": several(identifiers).map(legal_first),
    "related": several(related),
    "endorsements": endorsed,
    "version": words,
    "in_language": language_tags,
}
_agents = sparse(Profile, {}, {"id": ids, "name": lang_texts, "url": uris, "address": addresses}, some=True)
accreditations = sparse(
    Accreditation, {}, {"id": ids, "title": lang_texts, "kind": concepts, "agent": _agents}, some=True
)
_profile_fields["accreditations"] = several(accreditations)
_parents = sparse(Profile, {}, {"id": ids, **_profile_fields}, some=True)
profiles = sparse(Profile, {}, {"id": ids, "parent_org": _parents, **_profile_fields}, some=True)

criteria = sparse(Criteria, {}, {"narrative": lang_texts, "id": ids}, some=True)
alignments = sparse(
    Alignment,
    {"target_name": lang_texts, "target_url": uris | concept_ids | st.just("http://data.europa.eu/snb/eqf/6")},
    {
        "target_code": words,
        "target_description": lang_texts,
        "target_framework": st.sampled_from(["ESCO", "European Qualifications Framework"]) | uris | words,
        "target_type": st.sampled_from(["CFItem", "ext:node", "odd"]),
    },
)
_LEVELS = [Framework.EQF, Framework.NQF, Framework.ISCED_F]


def _levels_first(items: tuple[Alignment, ...]) -> tuple[Alignment, ...]:
    """Levels and fields have members of their own in ELM, and between the members an order means nothing."""

    def place(item: Alignment) -> int:
        found = recognised(item)
        return _LEVELS.index(found.framework) if found and found.framework in _LEVELS else len(_LEVELS)

    return tuple(sorted(items, key=place))


# Never the name of a skill: an outcome that only names a skill is an alignment.
_can_do = st.sampled_from(
    [{"en": "can do it"}, {"fr": "sait le faire"}, {"und": "can do it", "de": "kann es"}, {"": ""}]
)
outcomes = sparse(
    LearningOutcome,
    {},
    {
        "id": ids,
        "title": _can_do,
        "description": lang_texts,
        "kind": concepts,
        "reusability": concepts,
        "skills": several(concepts),
    },
    some=True,
)
credit_points = sparse(CreditPoints, {"framework": concepts, "points": words}, {})
assessments = sparse(
    Assessment,
    {},
    {
        "id": ids,
        "title": lang_texts,
        "description": lang_texts,
        "kinds": several(concepts),
        "mode": concepts,
        "supervision": concepts,
        "assessors": several(_agents),
        "at": instants,
    },
    some=True,
)
evidence = sparse(
    Evidence,
    {},
    {
        "id": ids,
        "types": types,
        "name": lang_texts,
        "narrative": lang_texts,
        "description": lang_texts,
        "genre": words,
        "audience": words,
    },
    some=True,
)
rubric_levels = sparse(
    RubricCriterionLevel,
    {"id": ids, "name": lang_texts},
    {"description": lang_texts, "level": words, "points": words, "alignments": several(alignments)},
)
result_descriptions = sparse(
    ResultDescription,
    {"id": ids, "name": lang_texts, "result_type": st.sampled_from(["Percent", "ext:own", "odd", "Status"])},
    {
        "allowed_values": several(words, 3),
        "required_level": ids,
        "required_value": words,
        "rubric_levels": several(rubric_levels),
        "value_max": words,
        "value_min": words,
        "alignments": several(alignments),
    },
)
results = sparse(
    Result,
    {},
    {
        "value": words,
        "status": st.sampled_from(["Completed", "OnHold", "odd"]),
        "result_description": ids,
        "achieved_level": ids,
        "alignments": several(alignments),
        "assessment": assessments,
    },
    some=True,
)
achievements = sparse(
    Achievement,
    {},
    {
        "id": ids,
        "types": types,
        "name": lang_texts,
        "description": lang_texts,
        "criteria": criteria,
        "image": images,
        "achievement_type": st.sampled_from(["Badge", "MicroCredential", "ext:own", "odd type"]),
        "creator": profiles,
        "alignments": several(alignments).map(_levels_first),
        "tags": several(words, 3),
        "credits_available": numbers,
        "field_of_study": words,
        "specialization": words,
        "human_code": words,
        "in_language": language_tags,
        "version": words,
        "other_identifiers": several(identifiers),
        "related": several(related),
        "result_descriptions": several(result_descriptions),
        "endorsements": endorsed,
        "learning_outcomes": several(outcomes),
        "credit_points": several(credit_points),
        "workload": st.sampled_from(["PT60H", "P2DT12H", "P1M"]) | words,
        "modes": several(concepts),
        "languages": several(concepts),
        "kinds": several(concepts),
        "learning_setting": concepts,
        "target_groups": several(concepts),
        "entry_requirements": lang_texts,
        "partial_qualification": st.booleans(),
        "assessments": several(assessments),
        "accreditations": several(accreditations),
        "notes": several(lang_texts),
    },
)
_NAMES = ["ext:givenName", "ext:familyName", "name"]


def _place(item: Identity) -> int:
    """Names last: they stand apart from the one identity of Open Badges 2.0, and in ELM, where mail is first."""
    if item.kind in _NAMES and not item.hashed:
        return 2 + _NAMES.index(item.kind)
    return 0 if item.kind == "emailAddress" and not item.hashed and item.value == "a@example.org" else 1


identified = several(identities, 3).map(lambda items: tuple(sorted(items, key=_place)))
recipients = sparse(Recipient, {"identities": identified}, {"id": uris}) | sparse(
    Recipient, {"id": uris}, {"identities": identified}
)
opaque = st.fixed_dictionaries({"id": ids}, optional={"type": words | uris}) | st.dictionaries(
    words, json_values, min_size=1, max_size=2
)
issuers = sparse(
    Profile,
    {"id": st.just(OWN_ISSUER)},
    {"parent_org": _parents, **_profile_fields},
)
credentials = sparse(
    Credential,
    {
        "id": st.just(OWN_ID),
        "issuer": issuers,
        "recipient": recipients,
        "achievement": achievements,
    },
    {
        "types": types,
        "name": lang_texts,
        "description": lang_texts,
        "image": images,
        "awarded": instants,
        "valid_from": instants,
        "valid_until": instants,
        "activity_start": instants,
        "activity_end": instants,
        "narrative": lang_texts,
        "award_image": images,
        "credits_earned": numbers,
        "license_number": words,
        "role": words,
        "term": words,
        "results": several(results),
        "source": profiles,
        "joint_awarders": several(_agents),
        "award_name": lang_texts,
        "credits_received": several(credit_points),
        "evidence": several(evidence),
        "endorsements": endorsed,
        "terms_of_use": several(opaque),
        "related_resources": several(opaque),
    },
)
"""Credentials as a writer gets them: already the gateway's, by id and issuer."""


@st.composite
def broken(draw: st.DrawFn, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One of the documents with a few of its values exchanged for others, or gone."""
    document: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, 3))):
        owner, name = draw(st.sampled_from(list(_places(document))))
        if draw(st.booleans()):
            owner[name] = draw(json_values | _traps)
        else:
            del owner[name]
    return document


_traps = st.sampled_from(
    [
        {"@value": "a"},
        {"en": "b"},
        {"id": "x"},
        [{}],
        [None],
        "2020-01-01T00:00:00",
        "9999-12-31T23:59:59-01:00",
        10**19,
    ]
).map(copy.deepcopy)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member and item, with what holds it; the outermost object stays."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield value, name
        yield from _places(child)
