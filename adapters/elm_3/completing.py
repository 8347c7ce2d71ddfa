"""What sealing adds to a European Digital Credential that a platform wrote itself: who issues it, when, and a page.

A platform says what was awarded; who vouches for it, the seal says. So the issuer is made of the certificate alone,
whatever was uploaded there, as the Commission's own issuer does it.

Sources: European Digital Credentials 2.x, upload and sealing; ``edc-generic-no-cv`` (what has to be there).
"""

import copy
import datetime as dt
import uuid
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.countries import country_concept
from adapters.elm_3.languages import language_concept
from adapters.elm_3.uploaded_pictures import refuse_false_pictures
from adapters.elm_3.uploading import refuse_a_second_issuer, refuse_claims_of_the_sealer
from adapters.elm_3.vocabulary import BASE64, CONTEXTS, Vocabulary, concept
from adapters.hub.contract import Draft, Format, Issuance
from adapters.hub.errors import NotWritable
from adapters.hub.losses import Change, Loss, LossReport, pointers

_NODES: Final = uuid.UUID("3d2c5a4e-6f1b-5f0e-9c57-0d6e6f3c8a11")
_PICTURES: Final = {"data:image/png;base64": "PNG", "data:image/jpeg;base64": "JPEG"}
_TIMES: Final = ("issued", "issuanceDate")
_KEPT_OF_ISSUER: Final = frozenset({"homepage", "logo", "contactPoint"})
"""How to reach and recognise an issuer says nothing of who it is, so it stays as it was uploaded."""

ISSUER: Final = "the issuer is whom the seal names, whatever the upload says"
SUPPLIED: Final = "said at sealing"


def completed(document: dict[str, Any], facts: Issuance) -> Draft:
    """Return the document as it is to be sealed; nothing of what was awarded changes.

    Args:
        document: An ELM credential, perhaps without ``@context``, ``id``, ``issuer``, dates and pictures.
        facts: ``legal`` is whom the seal names; ``display`` the page for a document that shows none.

    Returns:
        A draft whose losses point into ``document`` and into the draft.

    Raises:
        NotWritable: There is no owner of a seal, the document says that it was converted or is issued by mandate,
            or more of the issuer than the seal does, a picture in it is none, or it has members of another kind in the
            places that are to be completed.
    """
    refuse_claims_of_the_sealer(document)
    refuse_false_pictures(document)
    made = copy.deepcopy(document)
    made.setdefault("@context", list(CONTEXTS))
    made.setdefault("id", facts.id)
    made.setdefault("validFrom", _written(facts.at))
    for name in _TIMES:
        made[name] = _written(facts.at)
    if "validUntil" in made or "expirationDate" in made:
        made.setdefault("validUntil", made.get("expirationDate"))
        made.setdefault("expirationDate", made["validUntil"])
    made["issuer"] = _issuer(document.get("issuer", {}), facts)
    refuse_a_second_issuer(made)
    _show(made, facts)
    return Draft(format=Format.ELM_3, document=made, losses=_differences(document, made))


def _written(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _issuer(uploaded: Any, facts: Issuance) -> dict[str, Any]:
    legal = facts.legal
    if legal is None:
        raise NotWritable("nobody is named who could seal it", pointer="/issuer")
    if not isinstance(uploaded, dict):
        uploaded = {}
    country = country_concept(legal.country)
    return {
        "id": facts.issuer.id or _node(facts, "issuer"),
        "type": "Organisation",
        "legalName": {facts.language: legal.legal_name},
        "altLabel": {facts.language: legal.common_name},
        "eIDASIdentifier": {
            "id": _node(facts, "issuer/eIDASIdentifier"),
            "type": "LegalIdentifier",
            "notation": legal.organisation_id,
            "spatial": country,
        },
        "location": [
            {
                "id": _node(facts, "issuer/location"),
                "type": "Location",
                "address": [{"id": _node(facts, "issuer/address"), "type": "Address", "countryCode": country}],
            }
        ],
        **{name: value for name, value in uploaded.items() if name in _KEPT_OF_ISSUER},
    }


def _show(made: dict[str, Any], facts: Issuance) -> None:
    """Put the page that was drawn where the document has none; each language that it is shown in needs one."""
    shown = made.setdefault("displayParameter", _display_parameter(made, facts))
    if not isinstance(shown, dict):
        raise NotWritable("is no object", pointer="/displayParameter", fix="write a DisplayParameter there")
    if not shown.get("individualDisplay"):
        language = shown.get("primaryLanguage") or language_concept(facts.language)
        page = {"id": _node(facts, "individualDisplay"), "type": "IndividualDisplay", "language": language}
        shown["individualDisplay"] = [page]
    pages = shown["individualDisplay"]
    for index, each in enumerate(pages if isinstance(pages, list) else [pages]):
        if isinstance(each, dict) and not each.get("displayDetail"):
            each["displayDetail"] = [_page(facts, index)]


def _display_parameter(made: dict[str, Any], facts: Issuance) -> dict[str, Any]:
    language = language_concept(facts.language)
    subject = made.get("credentialSubject")
    claims = subject.get("hasClaim") if isinstance(subject, dict) else None
    first = claims[0] if isinstance(claims, list) and claims else claims
    title = first.get("title") if isinstance(first, dict) else None
    return {
        "id": _node(facts, "displayParameter"),
        "type": "DisplayParameter",
        "primaryLanguage": language,
        "language": [language],
        **({"title": title} if title else {}),
    }


def _page(facts: Issuance, index: int) -> dict[str, Any]:
    head, _, content = facts.display.id.partition(",") if facts.display else ("", "", "")
    if head not in _PICTURES:
        raise NotWritable(
            "the credential shows no page of itself, and none was drawn", pointer="/displayParameter/individualDisplay"
        )
    return {
        "id": _node(facts, f"displayDetail/{index}"),
        "type": "DisplayDetail",
        "page": 1,
        "image": {
            "id": _node(facts, f"image/{index}"),
            "type": "MediaObject",
            "content": content,
            "contentEncoding": concept(Vocabulary.ENCODING, BASE64),
            "contentType": concept(Vocabulary.FILE_TYPE, _PICTURES[head]),
        },
    }


def _node(facts: Issuance, place: str) -> str:
    """An id that no other node has: nodes with the same one are merged in RDF."""
    return f"urn:uuid:{uuid.uuid5(_NODES, f'{facts.id} {place}')}"


def _differences(before: dict[str, Any], after: dict[str, Any]) -> LossReport:
    """Every leaf that is not as it was uploaded."""
    old, new = _leaves(before), _leaves(after)
    found = []
    for at in (*old, *(at for at in new if at not in old)):
        if at in old and at in new and old[at] != new[at]:
            found.append(Loss(change=Change.APPROXIMATED, source=at, target=at, note=_note(at)))
        elif at not in new:
            found.append(Loss(change=Change.DROPPED, source=at, note=_note(at)))
        elif at not in old:
            found.append(Loss(change=Change.SUPPLIED, target=at, note=_note(at)))
    return LossReport(tuple(found))


def _note(at: str) -> str:
    return ISSUER if at.startswith("/issuer") else SUPPLIED


def _leaves(document: dict[str, Any]) -> dict[str, Any]:
    return {at: _at(document, at) for at in pointers(document)}


def _at(document: Any, pointer: str) -> Any:
    found = document
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found
