"""Chains of proofs: which proofs come before which, and what a proof in a chain signs.

Source: W3C VC Data Integrity 1.0 sections 2.1.2, 4.3 and 4.5 (proof sets and chains).
"""

from collections.abc import Mapping, Sequence
from typing import Any  # Any: members of JSON objects

from gateway.proofs.errors import ProofError

_POINTER = "/previousProof"


def named(proof: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids in ``previousProof``, in their order; none for a proof that begins a chain.

    Raises:
        ProofError: It is not an id or a list of different ids.
    """
    if "previousProof" not in proof:
        return ()
    found = proof["previousProof"]
    ids = found if isinstance(found, list) else [found]
    if not ids or not all(isinstance(id, str) and id for id in ids) or len(set(ids)) < len(ids):
        raise ProofError(
            "is not the id of a proof or a list of such ids",
            pointer=_POINTER,
            fix="Name in previousProof each earlier proof once, by its id.",
        )
    return tuple(ids)


def previous(proofs: Sequence[Any], proof: Mapping[str, Any]) -> tuple[int, ...]:
    """Return where the proofs that this one follows stand in the document, in the order of ``previousProof``.

    Raises:
        ProofError: ``previousProof`` is malformed or names a proof that is not there; the id of a proof concerned
            stands twice; or the chain leads back to itself.
    """
    _unique(proofs, proof.get("id"))
    before = tuple(_place(proofs, id) for id in named(proof))
    left, seen = list(before), set(before)
    while left:
        earlier = proofs[left.pop()]
        if earlier == proof:
            raise ProofError(
                "leads back to this proof",
                pointer=_POINTER,
                fix="Let previousProof name proofs that were made earlier, and sign again.",
            )
        further = {_place(proofs, id) for id in named(earlier)} - seen
        left += further
        seen |= further
    return before


def _place(proofs: Sequence[Any], id: str) -> int:
    places = [place for place, proof in enumerate(proofs) if isinstance(proof, dict) and proof.get("id") == id]
    if not places:
        raise ProofError(
            f"names a proof that is not there, {id}",
            pointer=_POINTER,
            fix="Keep every proof of a chain in the document, with its id.",
        )
    _unique(proofs, id)
    return places[0]


def _unique(proofs: Sequence[Any], id: object) -> None:
    if id is not None and [proof.get("id") for proof in proofs if isinstance(proof, dict)].count(id) > 1:
        raise ProofError(
            f"two proofs have the id {id}", pointer="/id", fix="Give each proof an id of its own, and sign again."
        )
