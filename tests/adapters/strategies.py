"""Generated credentials: the whole neutral model, sparse, and strange where strangers write."""

import copy
import datetime as dt
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from adapters.hub.contract import Format
from adapters.hub.credential import (
    Achievement,
    Address,
    Alignment,
    Credential,
    Criteria,
    Endorsement,
    Evidence,
    Geo,
    Identifier,
    Identity,
    Image,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)

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
        "kind": st.sampled_from(["emailAddress", "ext:url", "ext:telephone", "identifier", "name", "odd kind"]),
        "value": st.sampled_from(["a@example.org", "sha256$" + "ab" * 32, "md5$" + "0F" * 16]) | words,
        "hashed": st.booleans(),
    },
    {"salt": words},
)
identifiers = sparse(Identifier, {"kind": st.sampled_from(["sourcedId", "ext:ects", "", "a b"]), "value": words}, {})
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
_profile_fields: Fields = {
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
    "other_identifiers": several(identifiers),
    "related": several(related),
    "endorsements": endorsed,
    "version": words,
    "in_language": language_tags,
}
_parents = sparse(Profile, {}, {"id": ids, **_profile_fields}, some=True)
profiles = sparse(Profile, {}, {"id": ids, "parent_org": _parents, **_profile_fields}, some=True)

criteria = sparse(Criteria, {}, {"narrative": lang_texts, "id": ids}, some=True)
alignments = sparse(
    Alignment,
    {"target_name": lang_texts, "target_url": uris},
    {
        "target_code": words,
        "target_description": lang_texts,
        "target_framework": words,
        "target_type": st.sampled_from(["CFItem", "ext:node", "odd"]),
    },
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
        "achievement_type": st.sampled_from(["Badge", "ext:own", "odd type"]),
        "creator": profiles,
        "alignments": several(alignments),
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
    },
)
# Names last: they stand apart from the one identity of Open Badges 2.0, and an order there means nothing.
identified = several(identities).map(lambda items: tuple(sorted(items, key=lambda item: item.kind == "name")))
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
