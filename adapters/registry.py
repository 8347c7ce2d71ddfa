"""Every format there is, and which of them a document is in."""

from collections.abc import Callable
from typing import Any  # Any: members of JSON objects

from adapters.elm_3 import Elm3
from adapters.elm_3.completing import completed
from adapters.elm_3.provenance import embedded_original
from adapters.hub.contract import Adapter, Confidence, Draft, Format, Issuance, Reading, Recognition
from adapters.hub.errors import UnknownFormat
from adapters.hub.losses import escaped
from adapters.hub.opened import Opened
from adapters.learning_credential_1 import LearningCredential1
from adapters.open_badges_1 import OpenBadges1
from adapters.open_badges_2 import OpenBadges2
from adapters.open_badges_2 import provenance as provenance_2
from adapters.open_badges_3 import OpenBadges3
from adapters.open_badges_3 import provenance as provenance_3

ADAPTERS: tuple[Adapter, ...] = (
    OpenBadges3(),
    Elm3(),
    LearningCredential1(),
    OpenBadges2(),
    OpenBadges1(),
)
"""Most specific first: of two adapters that are equally sure, the first one reads."""

OF_SD_JWT = frozenset({Format.OPEN_BADGES_3, Format.LEARNING_CREDENTIAL_1})
"""Formats that are read from SD-JWTs. The others would take the token for their own, and not see what is withheld."""

COMPLETERS: dict[Format, Callable[[dict[str, Any], Issuance], Draft]] = {Format.ELM_3: completed}
"""Formats in which platforms write credentials themselves: a document to what is sealed of it."""

ORIGINALS: dict[Format, Callable[[dict[str, Any]], bytes | None]] = {Format.ELM_3: embedded_original}
"""Formats whose credentials may hold what they were converted from: a document to its exact bytes."""

ORIGIN_TYPES = provenance_2.ORIGIN_TYPES | provenance_3.ORIGIN_TYPES
"""Types, as IRIs, by which a converted badge leads to what it was converted from: nothing else may have them."""

_ACCEPTED = (
    "Accepted are Assertions of Open Badges 0.5 to 2.0, Open Badges 3.0 credentials, European Digital Credentials and "
    "EU learning credentials."
)
_UNPACK = "Send each credential that it presents, by itself and as its issuer signed it."
_BY_CONFIDENCE = (Confidence.CERTAIN, Confidence.LIKELY)

_OF_OPEN_BADGES = {
    "BadgeClass": "a BadgeClass alone, without the Assertion that awards it to somebody",
    "Issuer": "an issuer's Profile alone",
    "Profile": "a Profile alone",
    "CryptographicKey": "an issuer's CryptographicKey",
    "RevocationList": "an issuer's RevocationList",
    "Endorsement": "an Endorsement alone",
}
_OF_CREDENTIALS = {
    "EuropeanDigitalPresentation": "a presentation of European Digital Credentials",
    "ClrCredential": "a Comprehensive Learner Record 2.0",
    "BlockcertsCredential": "a Blockcerts certificate",
    "EndorsementCredential": "an Open Badges 3.0 EndorsementCredential alone",
    "BitstringStatusListCredential": "a status list",
    "StatusList2021Credential": "a status list",
    "VerifiablePresentation": "a Verifiable Presentation",
    "EnvelopedVerifiablePresentation": "an enveloped Verifiable Presentation",
    "EnvelopedVerifiableCredential": "an enveloped Verifiable Credential",
    "VerifiableCredential": "a Verifiable Credential that is no Open Badge",
    "Achievement": "an Open Badges 3.0 Achievement alone",
    "Profile": "a Profile alone",
}
_BY_MEMBERS = (
    ({"verificationMethod"}, "a DID document or another controller document"),
    ({"keys"}, "a set of public keys"),
    ({"vp"}, "a Verifiable Presentation in a token"),
    ({"vct"}, "an SD-JWT VC of another kind"),
    ({"credentialSubject"}, "a credential that does not say of which type it is"),
)

_SAYS_WHAT = {"@context", "type", "@type"}


def detect(opened: Opened) -> tuple[Adapter, Recognition]:
    """Return the adapter that is surest that the document is its own, and by which evidence.

    Raises:
        UnknownFormat: None is; says what the document looks like, and what is accepted.
    """
    found = recognitions(opened)
    for confidence in _BY_CONFIDENCE:
        for adapter, recognition in zip(ADAPTERS, found, strict=True):
            if recognition.confidence is confidence:
                return adapter, recognition
    if beside := _beside_an_address(opened.document):
        fix = 'send {"url": "https://..."} with nothing else, or the badge itself'
        raise UnknownFormat("the address of a badge stands alone", pointer=f"/{escaped(beside)}", fix=fix)
    words = likeness(opened.document)
    raise UnknownFormat(f"looks like {words}", fix=f"{_UNPACK} {_ACCEPTED}" if "Presentation" in words else _ACCEPTED)


def recognitions(opened: Opened) -> tuple[Recognition, ...]:
    """Return what each adapter makes of the document, in the order of ``ADAPTERS``."""
    return tuple(
        adapter.recognises(opened)
        if opened.presented is None or adapter.format in OF_SD_JWT
        else Recognition(format=adapter.format, confidence=Confidence.NONE)
        for adapter in ADAPTERS
    )


def original_in(reading: Reading) -> bytes | None:
    """The bytes that a credential holds of what it was converted from; None when it holds none. They are unverified."""
    find = ORIGINALS.get(reading.format)
    return find(reading.document) if find else None


def adapter_for(format: Format) -> Adapter:
    """Return the adapter of a format."""
    for adapter in ADAPTERS:
        if adapter.format is format:
            return adapter
    raise ValueError(f"no adapter is registered for {format}")


def likeness(document: dict[str, Any]) -> str:
    """Say in words what a document looks like that no adapter reads."""
    inner = document.get("vc")
    if isinstance(inner, dict):
        return likeness(inner)
    contexts = " ".join(item for item in _listed(document.get("@context")) if isinstance(item, str))
    types = [item for item in _listed(document.get("type", document.get("@type"))) if isinstance(item, str)]
    named = _OF_OPEN_BADGES if "openbadges/v" in contexts else _OF_CREDENTIALS
    return (
        _around_a_credential(document)
        or _open_badges_1(document)
        or _of_one_family(contexts)
        or next((words for name, words in named.items() if name in types), None)
        or next((words for members, words in _BY_MEMBERS if members <= document.keys()), None)
        or _members(document)
    )


def _beside_an_address(document: dict[str, Any]) -> str:
    """The first member beside the address of a badge; "" where the document is none, or says what it is."""
    url = document.get("url")
    if not isinstance(url, str) or document.keys() & _SAYS_WHAT or likeness(document) != _members(document):
        return ""
    return next((name for name in document if name != "url"), "")


def _around_a_credential(document: dict[str, Any]) -> str | None:
    """A form or a graph, in which there may be a credential, and may be none."""
    if "@graph" in document:
        graph = "a JSON-LD graph, which is not the form that badges are exchanged in"
        return graph if document["@graph"] else "an empty JSON-LD graph"
    if "credential" in document and "credentialSubject" not in document:
        form = "a form in which a credential is uploaded to be sealed (Europass)"
        return form if isinstance(document["credential"], dict) and document["credential"] else f"{form}, without one"
    return None


def _open_badges_1(document: dict[str, Any]) -> str | None:
    """A part of a badge of version 1.0, which names neither its context nor its class."""
    if "@context" in document or "type" in document:
        return None
    if {"name", "criteria", "issuer"} <= document.keys():
        return f"{_OF_OPEN_BADGES['BadgeClass']} (Open Badges 1.0)"
    return None


def _of_one_family(contexts: str) -> str | None:
    families = {
        "data.europa.eu": "a part of a European Digital Credential (ELM, Europass)",
        "/spec/clr/": "a Comprehensive Learner Record",
        "blockcerts": "a Blockcerts certificate",
    }
    return next((words for mark, words in families.items() if mark in contexts), None)


def _members(document: dict[str, Any]) -> str:
    shown = 5
    names = ", ".join(list(document)[:shown])
    return f"a JSON object with {names}{' and more' if len(document) > shown else ''}" if names else "an empty object"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
