"""What a platform uploads to be sealed: a credential in ELM, alone or in the upload form of Europass."""

from collections.abc import Sequence
from typing import Any  # Any: decoded JSON

import msgspec

from adapters.hub import strict_json
from gateway.flows.europass.refusals import NoDelivery, NotAnUpload

MAX_ADDRESSES = 5
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
    if "credential" not in document:
        if "credentialSubject" not in document:
            raise NotAnUpload("this is no credential in ELM: it has no credentialSubject", fix=FORM)
        return Upload(document, "", ())
    credential = document["credential"]
    if not isinstance(credential, dict) or not credential:
        raise NotAnUpload("there is nothing in credential", pointer="/credential", fix=FORM)
    return Upload(credential, "/credential", tuple(_addresses(document.get("deliveryDetails"))))


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


def _addresses(details: Any) -> Sequence[str]:
    found = details.get("deliveryAddress", []) if isinstance(details, dict) else []
    texts = found if isinstance(found, list) else [found]
    return list(dict.fromkeys(text.strip() for text in texts if isinstance(text, str) and text.strip()))
