"""Generated values that credentials are made of: texts, names, times, terms, addresses."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from hypothesis import strategies as st

from adapters.hub.credential import Address, Concept, Geo, Identifier, Identity, Image

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


def legal_first(items: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
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
