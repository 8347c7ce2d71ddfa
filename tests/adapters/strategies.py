"""Generated credentials: the whole neutral model, sparse, and strange where strangers write."""

import copy
import datetime as dt
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from adapters.hub.contract import Format
from adapters.hub.credential import (
    Accreditation,
    Achievement,
    Address,
    Alignment,
    Assessment,
    Concept,
    Credential,
    CreditPoints,
    Criteria,
    Endorsement,
    Evidence,
    Geo,
    Identifier,
    Identity,
    Image,
    LearningOutcome,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from adapters.hub.frameworks import Framework, recognised

T = TypeVar("T")
_BYTES = st.integers(0, 255)
Fields = Mapping[str, st.SearchStrategy[Any]]

# What strict JSON lets through: no U+0000, no half of a surrogate pair.
text = st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=6)
words = st.sampled_from(["", "a", "Deutsch", "日本語", "na\u0308ive", "1.5", "B+", "  ", "\u202eabc"]) | text
uris = st.integers(0, 99).map("https://example.org/{}".format) | st.sampled_from(
    [
        "urn:uuid:7f0c1b0e-53f4-4b6e-9c1e-2f3f1d7e1a55",
        "did:example:abc#key",
        "data:image/png;base64,iVBORw0KGgo=",
        "https://example.org/%C3%A9?q=1#~x/y",
        "mailto:a@example.org",
    ]
)
ids = uris | uris | uris | st.sampled_from(["", "no-iri", "/relative", "has space:x", "https://example.org/<x>"])
languages = st.sampled_from(["und", "en", "fr", "pt-BR", "zh-Hant-TW", "x/y~z", ""])
lang_texts = st.dictionaries(languages, words, min_size=1, max_size=3)
language_tags = st.sampled_from(["en", "fr-CA", "en-us", "zh-hant-tw", "sr-Latn", "not a tag", "de-1996"])
numbers = (
    st.sampled_from([0.29999542236328125, 12.5, -0.0])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**6), 10**6).map(float)
)
zones = st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30)), dt.timezone(dt.timedelta(hours=-11))])
instants = st.datetimes(timezones=zones) | st.datetimes(timezones=zones).map(
    lambda instant: instant.replace(year=2000 + instant.year % 50, day=1, microsecond=0)
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.just(1.5) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def sparse(draw: st.DrawFn, made: type[T], always: Fields, sometimes: Fields, *, some: bool = False) -> T:
    """A Struct with about a quarter of its optional fields; with ``some`` at least one."""
    names = list(sometimes)
    chosen: list[str] = []
    for start in range(0, len(names), 8):
        # Eight at a time: integers from a wider range are mostly small, and the last fields would hardly come.
        mask = draw(_BYTES) & draw(_BYTES)
        chosen += [name for place, name in enumerate(names[start : start + 8]) if mask >> place & 1]
    if some and not chosen:
        chosen = names[:1]
    fields = {**always, **{name: sometimes[name] for name in chosen}}
    return made(**{name: draw(field) for name, field in fields.items()})


def several(items: st.SearchStrategy[T], at_most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """One or a few, as a tuple."""
    return st.lists(items, min_size=1, max_size=at_most).map(tuple)


types = several(st.sampled_from(["https://example.org/types#A", "urn:example:type", "Custom", "Image"]))
images = sparse(Image, {"id": ids}, {"caption": lang_texts, "author": uris})
identities = sparse(
    Identity,
    {
        "kind": st.sampled_from(
            [
                "emailAddress",
                "ext:url",
                "ext:telephone",
                "identifier",
                "name",
                "ext:givenName",
                "ext:familyName",
                "odd kind",
            ]
        ),
        "value": st.sampled_from(["a@example.org", "sha256$" + "ab" * 32, "md5$" + "0F" * 16]) | words,
        "hashed": st.booleans(),
    },
    {"salt": words},
)

concept_ids = uris | st.sampled_from(
    [
        "http://data.europa.eu/esco/skill/5fd5c985-eaaa-47aa-8314-62359c54505a",
        "http://data.europa.eu/snb/learning-opportunity/74a4a268e8",
        "http://data.europa.eu/snb/skill-type/skill",
        "http://data.europa.eu/snb/accreditation/003293d2ce",
        "http://data.europa.eu/snb/learning-setting/e207a81fc7",
        "http://publications.europa.eu/resource/authority/language/FRA",
    ]
)
concepts = sparse(
    Concept, {"id": concept_ids}, {"label": lang_texts, "notation": words, "scheme": uris, "definition": lang_texts}
)
_LEGAL = ["ext:registration", "ext:vat", "ext:tax", "ext:eidas"]
identifiers = sparse(
    Identifier,
    {
        "kind": st.sampled_from(["sourcedId", "ext:ects", "", "a b", "identifier", "ext:RNCP", *_LEGAL]),
        "value": st.sampled_from(["RNCP35584BC01", "RS5487", "12"]) | words,
    },
    {
        "scheme": uris,
        "scheme_name": words,
        "agency": lang_texts,
        "country": st.sampled_from(["FR", "XK", "fr", "ZZ", "FRA"]),
    },
)


def _legal_first(items: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    """Legal identifiers have members of their own in ELM, and between the members an order means nothing."""

    def place(item: Identifier) -> int:
        legal = item.kind in _LEGAL and item.country not in (None, "ZZ")
        return _LEGAL.index(item.kind) if legal else len(_LEGAL)

    return tuple(sorted(items, key=place))


geos = sparse(Geo, {"latitude": numbers, "longitude": numbers}, {})
addresses = sparse(
    Address,
    {},
    {
        "country": words,
        "country_code": words,
        "region": words,
        "locality": words,
        "street": words,
        "post_office_box": words,
        "postal_code": words,
        "geo": geos,
        "full_text": lang_texts,
    },
    some=True,
)

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
    "other_identifiers": several(identifiers).map(_legal_first),
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
