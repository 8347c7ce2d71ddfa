"""What no row of a table says: how 0.5 and 1.0 name the recipient, the issuer and the Assertion itself."""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping
from urllib.parse import quote

from adapters.hub.mapping import Trail
from adapters.hub.recipients import NO_SALT
from adapters.open_badges_1.assembly import own_address
from adapters.open_badges_1.mapping import step

_PLAIN = "a text alone; it has an @, so it is taken for an e-mail address"
_HASH = "a text alone; it has no @, so it is taken for the hash of an e-mail address"
_JOINED = "joined to the issuer's name, before it"
_NAME_JOINED = "followed by the issuer's org, as later versions have only one name"
_ADDRESS_IS_ID = "Open Badges 1.0 gives an Assertion no id; the address where it is verified is taken for one"
_UID_IS_ID = "Open Badges 1.0 gives a signed Assertion no id; its uid is taken for one"
_UID = "the id names the Assertion"
_SECURED_ANEW = "the gateway's own badge says how it is verified itself"


def recipient_of_2011(document: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """The neutral Recipient of an Assertion of 0.5, whose ``recipient`` is a text."""
    text, into = document["recipient"], "/recipient/identities/0"
    hashed = "@" not in text
    for field in ("kind", "value", "hashed"):
        trail.carried("/recipient", f"{into}/{field}")
    trail.losses.append(step("/recipient", _HASH if hashed else _PLAIN))
    identity: dict[str, Any] = {"kind": "emailAddress", "value": text, "hashed": hashed}
    if "salt" in document and hashed:
        trail.carried("/salt", f"{into}/salt")
        identity["salt"] = document["salt"]
    elif "salt" in document:
        trail.dropped(document["salt"], "/salt", NO_SALT)
    return {"identities": [identity]}


def join_names(issuer: dict[str, Any], wire: dict[str, Any], trail: Trail) -> None:
    """Name an issuer of 0.5 by its name and its org, in place."""
    if "org" not in wire:
        return
    at, org = "/badge/issuer/org", wire["org"]
    if "name" in issuer:
        issuer["name"] = {"und": f"{issuer['name']['und']}: {org}"}
        trail.losses += [step("/badge/issuer/name", _NAME_JOINED), step(at, _JOINED)]
    else:
        issuer["name"] = {"und": org}
        trail.carried(at, "/issuer/name/und")
        trail.losses.append(step(at, "is called name in later versions"))


def name_assertion(hub: dict[str, Any], document: dict[str, Any], trail: Trail) -> None:
    """Give an Assertion of 1.0 an id, in place, and account for what names and secures one of 1.0 or 1.1."""
    verify, spent, note = document.get("verify", {}), "", ""
    if "id" not in hub:
        if url := own_address(document):
            hub["id"], spent, note = url, "/verify/url", _ADDRESS_IS_ID
        elif document.get("uid"):
            hub["id"], spent, note = f"uid:{quote(document['uid'], safe='')}", "/uid", _UID_IS_ID
    if spent:
        trail.carried(spent, "/id")
        trail.losses.append(step(spent, note))
    if "uid" in document and spent != "/uid":
        trail.dropped(document["uid"], "/uid", _UID)
    kept = {name: value for name, value in verify.items() if spent != f"/verify/{name}"}
    if kept or ("verify" in document and not spent):
        trail.dropped(kept, "/verify", _SECURED_ANEW)
