"""What a credential that is to be issued may not claim: another issuer, a proof, a status, a conversion."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON

from adapters.hub.losses import escaped
from adapters.registry import ORIGIN_TYPES
from gateway.errors import NotIssuable
from gateway.issuing.authority import is_at
from gateway.proofs import contexts
from gateway.proofs.findings import step
from gateway.proofs.type_iris import meanings, types_by_iri
from gateway.trust.served import listed

_SECURED = {
    "proof": ("it has a proof already", "send the credential without it; the gateway signs it"),
    "credentialStatus": (
        "its status is the gateway's to give",
        'leave it out; options.credentialStatus {"statusPurpose": "suspension"} makes it one that can be suspended',
    ),
    "refreshService": ("the gateway refreshes nothing it issued", "leave it out"),
}
_NOT_OURS = "an endorsement is another issuer's, and may be revoked or end without this credential"
_OTHERS = {
    "endorsement": _NOT_OURS,
    "endorsementJwt": _NOT_OURS,
    "source": "a source is named only in what was converted from its badge",
    "creator": "a creator is named only in what was converted from its badge",
}
_LEADING = ("evidence", "related", "relatedResource")
"""Members that lead to what a credential rests on."""

_WHOLE = ("", "/credentialSubject/achievement")
"""What may be a credential, and an achievement, because this is what is issued."""


def refuse_claims(document: dict[str, Any], at: str) -> None:
    """Refuse what the gateway adds itself, what only somebody else can say, and contexts that nobody pinned.

    Args:
        at: Pointer to the credential.

    Raises:
        NotIssuable: It holds such a member.
    """
    for name, (reason, fix) in _SECURED.items():
        if name in document:
            raise NotIssuable(f"{reason}", pointer=f"{at}/{name}", fix=fix)
    for pointer, reason in _of_others(document):
        raise NotIssuable(
            reason, pointer=f"{at}{pointer}", fix="leave it out: convert the other issuer's badge instead"
        )
    _refuse_contexts(document, at)
    for found in types_by_iri(document):
        raise NotIssuable(
            f"{found.pointer}: {found.detail}", pointer=f"{at}{found.pointer}", fix="name the type by its term"
        )


def refuse_addresses(document: dict[str, Any], at: str, public_url: str) -> None:
    """Refuse to rest on what stands at the gateway's own addresses, such as the receipt of another credential.

    Raises:
        NotIssuable: It does.
    """
    for pointer, owner in _objects(document, ""):
        for name in _LEADING:
            for index, each in enumerate(listed(owner.get(name))):
                if any(is_at(id_, public_url) for id_ in _ids(each)):
                    raise NotIssuable(
                        "it leads to an address of this gateway, where other credentials and their receipts are",
                        pointer=f"{at}{step(f'{pointer}/{name}', index)}",
                        fix="leave it out, or name an address of your own",
                    )


def _of_others(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where another issuer would seem to speak, or a conversion to have been made."""
    for pointer, owner in _objects(document, ""):
        yield from ((f"{pointer}/{name}", said) for name, said in _OTHERS.items() if name in owner)
        if pointer not in _WHOLE and _is_origin(owner):
            yield pointer, "it would say that the credential was converted, and it was not"
        for index, each in enumerate(listed(owner.get("relatedResource"))):
            if any(id_.lower().startswith("ni:") for id_ in _ids(each)):
                yield step(f"{pointer}/relatedResource", index), "it would name an original, and there is none"


def _objects(value: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object and where it stands."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _objects(each, step(at, index))
    elif isinstance(value, dict):
        yield at, value
        for name, each in value.items():
            yield from _objects(each, f"{at}/{escaped(name)}")


def _is_origin(owner: dict[str, Any]) -> bool:
    kinds = (kind for name in ("type", "@type") for kind in listed(owner.get(name)) if isinstance(kind, str))
    return any(not ORIGIN_TYPES.isdisjoint(meanings(kind)) for kind in kinds)


def _ids(item: Any) -> tuple[str, ...]:
    """What an item is named by, written out or as nothing but the name."""
    named = (item.get("id"), item.get("@id")) if isinstance(item, dict) else (item,)
    return tuple(id_ for id_ in named if isinstance(id_, str))


def _refuse_contexts(document: dict[str, Any], at: str) -> None:
    """Refuse contexts that are not pinned: what they define is nobody's to say, and no verifier here reads it."""
    for index, context in enumerate(listed(document.get("@context"))):
        if not isinstance(context, str) or not contexts.known(context):
            said = context if isinstance(context, str) else "written out"
            raise NotIssuable(
                f"the context {said:.200} is not one of the pinned ones",
                pointer=step(f"{at}/@context", index),
                fix="use the published contexts of the data model and of Open Badges 3.0 alone",
            )
