"""How a credential shows itself: titles, languages, and the picture that every European Digital Credential has."""

from typing import Any, Final  # Any: the document that is being written

from adapters.elm_3.codecs import Drafting
from adapters.elm_3.languages import authority_code, language_concept
from adapters.elm_3.pictures import PICTURE, embedded
from adapters.hub.contract import Issuance
from adapters.hub.errors import NotWritable
from adapters.hub.mapping import bare

_PLACE: Final = "/displayParameter/individualDisplay/0/displayDetail/0/image"
_ANOTHER: Final = "one picture is displayed, and there is another"
_DISPLAYED: Final = "displayed as the picture of the award"
_NO_PAGE: Final = "there is no page to display: the credential has no embedded picture, and none was given"
_PICTURES: Final = ("/award_image", "/achievement/image", "/image")
_SHOWN: Final = frozenset({"PNG", "JPEG"})


def written_in(tag: str) -> bool:
    """Whether a language can be named in a credential."""
    return authority_code(tag) is not None and "_" not in tag


def display(shown: dict[str, Any], hub: dict[str, Any], issuance: Issuance, trail: Drafting) -> dict[str, Any]:
    """The display parameters.

    Args:
        shown: ``title``, and what else of them is written already.

    Raises:
        NotWritable: There is no picture.
    """
    tags = list(shown["title"])
    primary = trail.language if trail.language in tags else tags[0]
    languages = {concept["id"]: concept for concept in map(language_concept, [primary, *tags])}
    detail = {"type": "DisplayDetail", "page": 1, "image": _picture(hub, issuance, trail)}
    page = {"type": "IndividualDisplay", "language": language_concept(primary), "displayDetail": [detail]}
    return {
        "type": "DisplayParameter",
        "title": shown["title"],
        **shown,
        "primaryLanguage": language_concept(primary),
        "language": list(languages.values()),
        "individualDisplay": [page],
    }


def _picture(hub: dict[str, Any], issuance: Issuance, trail: Drafting) -> dict[str, Any]:
    """The first embedded PNG or JPEG of the award, the achievement and the credential, else the rendered page."""
    found = {
        "/award_image": hub.get("award_image"),
        "/achievement/image": hub["achievement"].get("image"),
        "/image": hub.get("image"),
    }
    chosen = next((at for at in _PICTURES if _shown(found[at])), None)
    for at in _PICTURES:
        if found[at] is not None and at != chosen:
            trail.dropped(found[at], at, _ANOTHER if embedded(found[at]["id"]) else "it stands elsewhere")
    aside = Drafting(language=trail.language)
    if chosen is None:
        if issuance.display is None or not _shown(bare(issuance.display)):
            raise NotWritable(_NO_PAGE, fix="Give a PNG or JPEG to display.")
        page: dict[str, Any] = PICTURE.write(bare(issuance.display), "", _PLACE, aside)
        return page
    if chosen == "/award_image":
        own: dict[str, Any] = PICTURE.write(found[chosen], chosen, _PLACE, trail)
        return own
    picture: dict[str, Any] = PICTURE.write(found[chosen], chosen, _PLACE, aside)
    for into, source in aside.origins.items():
        trail.approximated(source, into, _DISPLAYED)
    trail.losses += [loss for loss in aside.losses if loss.target is None]
    return picture


def _shown(picture: dict[str, Any] | None) -> bool:
    found = embedded(picture["id"]) if picture is not None else None
    return found is not None and found[0] in _SHOWN
