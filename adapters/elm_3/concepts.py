"""Concepts: terms of vocabularies and of others' frameworks, and alignments, which are terms by another name."""

import re
from typing import Any  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import IRI, STRING, TEXTS, absolute, named, node, own_language, single, whole
from adapters.elm_3.countries import alpha2_of, authority_code, country_concept
from adapters.elm_3.vocabulary import CLOSED, Vocabulary, code, known, labels, scheme, vocabulary_at
from adapters.hub.alignments import SCHEMES
from adapters.hub.losses import escaped
from adapters.hub.mapping import ABSENT, Codec, Row, Table, Trail

_PAGE = r"https?://(?:www\.)?francecompetences\.fr/recherche/rncp/(?:rncp)?\d{1,6}/?"
_WHOLE = re.compile(_PAGE, re.IGNORECASE)
_PART = re.compile(rf"({_PAGE})#RNCP\d{{1,6}}BC\d{{2,3}}", re.IGNORECASE)
"""A part of a certification has no page of its own: here its IRI is its code on the page of the whole."""

_FOREIGN = "not a term of the vocabulary that has to be used here"
_SCHEME = "the framework's own name here"

CONCEPT = Table(
    Row("id", "id", IRI),
    Row("prefLabel", "label", TEXTS),
    Row("notation", "notation", STRING),
    Row("inScheme/id", "scheme", IRI),
    Row("definition", "definition", TEXTS),
    types=("Concept",),
    structural=("type",),
)
_CONCEPT = whole(single(node(CONCEPT)), "id")


def _concept_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = _CONCEPT.read(value, at, into, trail)
    if found is not ABSENT and "label" not in found and isinstance(value, dict):
        label = label_of(value.get("id"), f"{at}/id", f"{into}/label", trail)
        return {**found, "label": label} if label else found
    return found


def label_of(iri: Any, at: str, into: str, trail: Trail) -> dict[str, str]:
    """The label that the vocabulary has for a term that came without: it says again what the id says."""
    vocabulary = vocabulary_at(iri)
    found = code(vocabulary, iri) if vocabulary is not None else None
    if vocabulary is None or found is None or "en" not in labels(vocabulary, found):
        return {}
    trail.carried(at, f"{into}/en")
    return {"en": labels(vocabulary, found)["en"]}


def _any_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    of = vocabulary_at(value["id"])
    listed = of is not None and (of in CLOSED or known(of, value["id"]))
    return (term(of) if of is not None and listed else _CONCEPT).write(value, at, into, trail)


ANY_CONCEPT = Codec(_concept_in, _any_out)
"""A term of whatever vocabulary <-> `adapters.hub.credential.Concept`."""


def term(vocabulary: Vocabulary) -> Codec:
    """A term that has to be of this vocabulary; one of another is not written."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        if not known(vocabulary, value["id"]):
            trail.dropped(value, at, _FOREIGN)
            return ABSENT
        written = CONCEPT.write({**value, "scheme": scheme(vocabulary)}, at, into, trail)
        _put_in_scheme(value.get("scheme"), scheme(vocabulary), f"{at}/scheme", f"{into}/inScheme/id", trail)
        label_again(written, into, trail)
        return written

    return Codec(_concept_in, write)


def label_again(written: dict[str, Any], into: str, trail: Trail) -> None:
    """Give a term of the EU's vocabularies that came without a label the one that the vocabulary has."""
    vocabulary = vocabulary_at(written["id"])
    found = code(vocabulary, written["id"]) if vocabulary is not None else None
    if vocabulary is None or found is None or "prefLabel" in written:
        return
    written["prefLabel"] = {"en": labels(vocabulary, found).get("en", found)}
    trail.supplied(f"{into}/prefLabel/en", "the label that the vocabulary has for it")


def _put_in_scheme(said: str | None, meant: str, at: str, into: str, trail: Trail) -> None:
    if said is None:
        trail.supplied(into, _SCHEME)
    elif said != meant:
        trail.approximated(at, into, _SCHEME)


def _country_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    place = f"{at}/id" if isinstance(value, dict) else at
    iri = value.get("id") if isinstance(value, dict) else value
    if (found := alpha2_of(iri)) is None:
        trail.dropped(value, at, "not a country that ISO 3166-1 has a code for")
        return ABSENT
    trail.carried(place, into)
    return found


def _country_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = authority_code(value)
    if found is None or alpha2_of(country_concept(found)["id"]) != value:
        if found is None:
            trail.dropped(value, at, "not a country that the authority table of the EU has")
            return ABSENT
        trail.approximated(at, f"{into}/id", "written as the authority table of the EU names it")
    trail.carried(at, f"{into}/id")
    return country_concept(found)


COUNTRY = Codec(single(Codec(_country_in, _country_out)).read, _country_out)
"""A country's concept <-> ISO 3166-1 alpha-2."""


def read_alignment(value: Any, at: str, into: str, trail: Trail) -> Any:
    """A concept -> an alignment, as decoded JSON of the neutral model."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        trail.dropped(value, at, "a concept without an id")
        return ABSENT
    found: dict[str, Any] = {"target_name": {}, **_ALIGNMENT.read(value, at, into, trail)}
    if part := _PART.fullmatch(found["target_url"]):
        found["target_url"] = part[1]
    if isinstance(of := value.get("inScheme"), dict):
        found |= _framework_in(of, f"{at}/inScheme", f"{into}/target_framework", trail)
    return found


_ALIGNMENT = Table(
    Row("id", "target_url", STRING),
    Row("prefLabel", "target_name", TEXTS),
    Row("notation", "target_code", STRING),
    Row("definition", "target_description", TEXTS),
    types=("Concept",),
    structural=("type", "inScheme"),
    no_place={"target_type": "a concept says no type of target"},
)


def _framework_in(of: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    for name, child in of.items():
        if name not in ("id", "type", "prefLabel"):
            trail.dropped(child, f"{at}/{escaped(name)}", "of a vocabulary only its name is kept")
    label = of.get("prefLabel")
    if isinstance(label, dict) and len(label) == 1 and isinstance(next(iter(label.values())), str):
        trail.carried(f"{at}/prefLabel/{escaped(next(iter(label)))}", into)
        if "id" in of and not str(of["id"]).startswith("urn:epass:"):
            trail.dropped(of["id"], f"{at}/id", "the vocabulary is named by its label")
        return {"target_framework": next(iter(label.values()))}
    if not isinstance(iri := of.get("id"), str):
        return {}
    trail.carried(f"{at}/id", into)
    return {"target_framework": SCHEMES.get(iri, iri)}


def write_alignment(
    value: Any,
    at: str,
    into: str,
    trail: Trail,
    *,
    iri: str | None = None,
    in_scheme: str | None = None,
    part: str | None = None,
) -> dict[str, Any]:
    """An alignment -> a concept.

    Args:
        iri: The id that the term has in its vocabulary, None when the alignment's address is the best there is.
        in_scheme: The vocabulary that it has to be in here, None for the one that the alignment names.
        part: Code of a part of a certification, which must not share the IRI of the whole.
    """
    framework = value.get("target_framework")
    written = _ALIGNMENT.write(
        {name: child for name, child in value.items() if name != "target_framework"}, at, into, trail
    )
    if iri is not None and iri != value["target_url"]:
        trail.approximated(f"{at}/target_url", f"{into}/id", "written as the term's own IRI")
        written["id"] = iri
    elif not absolute(value["target_url"]) or _in_no_list(value["target_url"]):
        trail.approximated(f"{at}/target_url", f"{into}/id", "no address that a term can have, so that it got a name")
        written["id"] = named("concept", value["target_url"])
    elif part is not None and _WHOLE.fullmatch(value["target_url"]):
        written["id"] = f"{value['target_url']}#{part}"
    elif _PART.fullmatch(value["target_url"]):
        trail.approximated(f"{at}/target_url", f"{into}/id", "of a part of a certification the page of the whole")
    if in_scheme is not None:
        said = None if framework is None else next((s for s, n in SCHEMES.items() if n == framework), framework)
        if framework is not None:
            trail.carried(f"{at}/target_framework", f"{into}/inScheme/id")
        if said == in_scheme and framework == in_scheme and in_scheme in SCHEMES:
            trail.approximated(f"{at}/target_framework", f"{into}/inScheme/id", _SCHEME)
        _put_in_scheme(said, in_scheme, f"{at}/target_framework", f"{into}/inScheme/id", trail)
        written["inScheme"] = {"id": in_scheme, "type": "ConceptScheme"}
    elif framework is not None:
        written |= _framework_out(framework, f"{at}/target_framework", f"{into}/inScheme", trail)
    label_again(written, into, trail)
    return written


def _in_no_list(iri: str) -> bool:
    """Whether it looks like a term of a list that is closed, and is none: level 9 of the EQF."""
    of = vocabulary_at(iri)
    return of in CLOSED and not known(of, iri)


def _framework_out(framework: str, at: str, into: str, trail: Trail) -> dict[str, Any]:
    if not framework.strip():
        trail.dropped(framework, at, "an empty text says nothing")
        return {}
    iri = next((iri for iri, name in SCHEMES.items() if name == framework), framework)
    if absolute(iri) and not (iri in SCHEMES and iri == framework):
        trail.carried(at, f"{into}/id")
        return {"inScheme": {"id": iri, "type": "ConceptScheme"}}
    trail.carried(at, f"{into}/prefLabel/{own_language(trail)}")
    name = {"id": named("conceptScheme", framework), "type": "ConceptScheme"}
    return {"inScheme": {**name, "prefLabel": {own_language(trail): framework}}}
