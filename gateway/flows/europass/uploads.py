"""What a platform uploads to be sealed: a credential in ELM, alone or in the upload form of Europass."""

from collections.abc import Sequence
from typing import Any  # Any: decoded JSON

import msgspec

from adapters.hub import strict_json
from adapters.hub.contract import Issuance
from adapters.hub.credential import Achievement, Credential, LangText, Profile, Recipient
from gateway.flows.europass.refusals import NoDelivery, NotAnUpload

MAX_ADDRESSES = 5
_LANGUAGES = {
    "http://publications.europa.eu/resource/authority/language/ENG": "en",
    "http://publications.europa.eu/resource/authority/language/FRA": "fr",
}
"""Those that the words on a drawn page are known in."""
_OPEN_BADGES = ("w3id.org/openbadges", "purl.imsglobal.org/spec/ob/")
_CONVERT = "have it converted and sealed: POST /europass/api/v1/credentials/convert"
FORM = "send {credential: {...}, deliveryDetails: {...}}, or the credential itself"


class Upload(msgspec.Struct, frozen=True):
    """One upload, as it was sent.

    Attributes:
        at: JSON Pointer of the credential in the file, "" when it is the file.
        addresses: E-mail addresses and ids of wallets that it is to be delivered to.
    """

    credential: dict[str, Any]
    at: str
    addresses: tuple[str, ...]


def uploaded(file: bytes) -> Upload:
    """Read an upload.

    How the pages of a credential are to look (``displayDetails``) is not followed: a page is drawn here where the
    credential brings none.

    Raises:
        AdapterError: It is no JSON that everybody reads alike.
        NotAnUpload: There is no credential in it.
    """
    document = strict_json.decode(file)
    if not isinstance(document, dict):
        raise NotAnUpload("this is no credential in ELM: it is no JSON object", fix=FORM)
    _refuse_others(document)
    if "credential" not in document:
        if "credentialSubject" not in document:
            raise NotAnUpload("this is no credential in ELM: it has no credentialSubject", fix=FORM)
        return Upload(document, "", ())
    credential = document["credential"]
    if not isinstance(credential, dict) or not credential:
        raise NotAnUpload("there is nothing in credential", pointer="/credential", fix=FORM)
    return Upload(credential, "/credential", tuple(_addresses(document.get("deliveryDetails"))))


def _refuse_others(document: dict[str, Any]) -> None:
    """Say what it is, where it is something else that people have at hand.

    Raises:
        NotAnUpload: It is.
    """
    if "payload" in document and ("signatures" in document or "signature" in document):
        raise NotAnUpload("this is sealed already", fix=f"put it into a wallet or verify it as it is; to seal: {FORM}")
    contexts = [each for each in _listed(document.get("@context")) if isinstance(each, str)]
    if any(marker in each for each in contexts for marker in _OPEN_BADGES):
        raise NotAnUpload("this is an Open Badge, and no credential in ELM", pointer="/@context", fix=_CONVERT)


def delivered_to(upload: Upload) -> tuple[str, ...]:
    """Where it is to be delivered.

    Raises:
        NoDelivery: It does not say, or names too many.
    """
    if not upload.addresses:
        raise NoDelivery(
            "the upload does not say where the credential goes",
            pointer="/deliveryDetails/deliveryAddress",
            fix="name an e-mail address or the userId of a wallet there, or seal without sending",
        )
    if len(upload.addresses) > MAX_ADDRESSES:
        raise NoDelivery(
            f"a credential is delivered to at most {MAX_ADDRESSES} addresses",
            pointer="/deliveryDetails/deliveryAddress",
            fix="send it to the others by themselves",
        )
    return upload.addresses


def title(credential: dict[str, Any]) -> LangText:
    """What the credential calls itself to people."""
    return _texts(_member(credential, "displayParameter", "title"))


def lacks_page(credential: dict[str, Any]) -> bool:
    """Whether no page shows it, or not in each language that it names."""
    pages = _listed(_member(credential, "displayParameter", "individualDisplay"))
    return not pages or any(isinstance(page, dict) and not page.get("displayDetail") for page in pages)


def shown(credential: dict[str, Any], facts: Issuance) -> Credential:
    """What is to be drawn of it: its title, who awards it, and who seals it."""
    legal = facts.legal.legal_name if facts.legal else ""
    claim = next(iter(_listed(_member(credential, "credentialSubject", "hasClaim"))), None)
    awarder = next(iter(_listed(_member(claim, "awardedBy", "awardingBody"))), None)
    name = _texts(_member(awarder, "legalName"))
    language = _member(credential, "displayParameter", "primaryLanguage", "id")
    sealer = Profile(name={facts.language: legal})
    return Credential(
        issuer=sealer,
        recipient=Recipient(),
        achievement=Achievement(
            name=title(credential) or _texts(_member(claim, "title")),
            in_language=_LANGUAGES.get(language) if isinstance(language, str) else None,
        ),
        source=Profile(name=name) if name and legal not in name.values() else None,
    )


def _member(value: Any, *names: str) -> Any:
    """What stands under these names inside one another; None where something else does."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(said: Any) -> LangText:
    """A language map with one text each."""
    if not isinstance(said, dict):
        return {}
    first = {tag: text[0] if isinstance(text, list) and text else text for tag, text in said.items()}
    return {tag: text for tag, text in first.items() if isinstance(text, str)}


def _addresses(details: Any) -> Sequence[str]:
    found = details.get("deliveryAddress", []) if isinstance(details, dict) else []
    texts = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(text.strip() for text in texts if isinstance(text, str) and text.strip()))
