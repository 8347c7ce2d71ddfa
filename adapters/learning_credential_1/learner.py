"""Who earned it: ``learner_identification``, ``family_name`` and ``given_name`` <-> the identities of a recipient.

A text does not show of what kind it is or whether it is a hash; where it is not what its looks say, a claim of our own,
``learner_identity``, says so, and the hash that stands in many badges remains one that can be compared.
"""

import re
from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.hub.losses import pointers
from adapters.hub.mapping import Trail

TEXT: Final = "learner_identification"
KIND: Final = "learner_identity"
_GIVEN, _FAMILY, _WHOLE = "ext:givenName", "ext:familyName", "name"
_NAMES: Final = {"given_name": _GIVEN, "family_name": _FAMILY}
_NATIONAL: Final = "nationalIdentityNumber"
HASH: Final = re.compile(r"md5\$[0-9a-fA-F]{32}|sha256\$[0-9a-fA-F]{64}")
"""How badges write the hash of an identity (IdentityHash of Open Badges 2.0 and 3.0)."""

_MAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ONE: Final = "a learning credential identifies its learner in one way, and by given and family name"
_BLANK: Final = "an identity that says nothing"
_NO_HASH: Final = "what is no hash needs no salt"
_PLACE: Final = "identifies the learner; the order of identities means nothing here"
_AGAIN: Final = "says again whom sub names"
_BY_ID: Final = "the format asks for it; the learner is known by an id alone"


def read(document: dict[str, Any], into: str, trail: Trail) -> list[dict[str, Any]]:
    """The identities: what identifies, then given and family name; a whole name last."""
    found: list[dict[str, Any]] = []
    if (identity := _identification(document)) is not None and identity["kind"] != _WHOLE:
        _place(identity, document, found, into, trail)
    for claim, kind in _NAMES.items():
        if claim in document:
            _carry(f"/{claim}", ("kind", "value", "hashed"), f"{into}/{len(found)}", trail)
            found.append({"kind": kind, "value": document[claim], "hashed": False})
    if identity is not None and identity["kind"] == _WHOLE:
        _place(identity, document, found, into, trail)
    if identity is None:
        for claim in (TEXT, KIND):
            if claim in document:
                trail.dropped(
                    document[claim], f"/{claim}", _AGAIN if TEXT in document else "tells of what is not there"
                )
    return found


def _identification(document: dict[str, Any]) -> dict[str, Any] | None:
    text = document.get(TEXT)
    if text is None or (KIND not in document and text == document.get("sub")):
        return None
    return {**_looks(text), **document.get(KIND, {}), "value": text}


def _looks(text: str) -> dict[str, Any]:
    return {"kind": "emailAddress" if _MAIL.fullmatch(text) else "identifier", "hashed": False}


def _place(identity: dict[str, Any], document: dict[str, Any], found: list[Any], into: str, trail: Trail) -> None:
    at = f"{into}/{len(found)}"
    said = document.get(KIND, {})
    for member in ("kind", "value", "hashed", "salt"):
        if member in said:
            trail.carried(f"/{KIND}/{member}", f"{at}/{member}")
        elif member in identity:
            trail.carried(f"/{TEXT}", f"{at}/{member}")
    for member in said.keys() - {"kind", "hashed", "salt"}:
        trail.dropped(said[member], f"/{KIND}/{member}", "not a member of the claim")
        identity.pop(member, None)
    found.append(identity)


def _carry(at: str, members: tuple[str, ...], into: str, trail: Trail) -> None:
    for member in members:
        trail.carried(at, f"{into}/{member}")


def write(recipient: dict[str, Any], at: str, trail: Trail) -> dict[str, Any]:
    """Take the identities out of a neutral recipient, and return the claims that say them."""
    identities: list[dict[str, Any]] = recipient.pop("identities", [])
    chosen = _chosen(identities)
    order = [claim for claim in (TEXT, *_NAMES) if claim in chosen]
    if TEXT in chosen and identities[chosen[TEXT]]["kind"] == _WHOLE:
        order = [*order[1:], TEXT]
    kept = [chosen[claim] for claim in order]
    moved = kept != sorted(kept)
    written: dict[str, Any] = {}
    known = recipient.get("id")
    for index, identity in enumerate(identities):
        place = f"{at}/identities/{index}"
        claim = next((claim for claim, each in chosen.items() if each == index), None)
        if claim is None:
            trail.dropped(identity, place, _ONE if identity["value"].strip() else _BLANK)
        else:
            _write(identity, claim, place, written, trail, moved=moved, known=known)
    if TEXT not in written and known:
        written[TEXT] = known
        trail.supplied(f"/{TEXT}", _BY_ID)
    return written


def _chosen(identities: list[dict[str, Any]]) -> dict[str, int]:
    """Claim -> which of the identities it says. A plain one goes before a hash, a whole name after everything else."""
    chosen: dict[str, int] = {}
    others: list[tuple[int, int]] = []
    for index, identity in enumerate(identities):
        kind, plain = identity["kind"], not identity["hashed"]
        claim = next((claim for claim, name in _NAMES.items() if name == kind and plain), None)
        if not identity["value"].strip() or kind == _NATIONAL:
            continue
        if claim is not None and claim not in chosen:
            chosen[claim] = index
        elif claim is None:
            rank = 0 if plain and kind != _WHOLE else 1 if not plain else 2
            others.append((rank, index))
    if others:
        chosen[TEXT] = min(others)[1]
    return chosen


def _write(
    identity: dict[str, Any],
    claim: str,
    at: str,
    written: dict[str, Any],
    trail: Trail,
    *,
    moved: bool,
    known: str | None,
) -> None:
    value = identity["value"]
    written[claim] = value
    said = {name: identity[name] for name in ("kind", "hashed", "salt") if name in identity}
    if "salt" in said and not identity["hashed"]:
        del said["salt"]
        if not moved:
            trail.dropped(identity["salt"], f"{at}/salt", _NO_HASH)
    if claim == TEXT and (said != _looks(value) or value == known):
        written[KIND] = said
    if moved:
        trail.dropped(identity, at, _PLACE)
        for name in (claim, *([KIND] if claim == TEXT and KIND in written else [])):
            for pointer in pointers(written[name], f"/{name}"):
                trail.supplied(pointer, _PLACE)
        return
    trail.carried(f"{at}/value", f"/{claim}")
    for name in said:
        trail.carried(f"{at}/{name}", f"/{KIND}/{name}" if claim == TEXT and KIND in written else f"/{claim}")
