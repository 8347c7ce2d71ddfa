"""``credentialStatus`` of a verifiable credential: where it says that its status can be looked up."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON

from adapters.hub.securing import StatusClaim
from adapters.hub.wire import listed


def status_entries(given: Any, place: str, credential_id: str) -> Iterator[StatusClaim]:
    """Every entry; one that is no object is of a kind that nobody knows.

    Args:
        given: The member ``credentialStatus``.
        place: JSON Pointer to it.
        credential_id: What a list of ids would call the credential.

    Source: VCDM 2.0 section 4.10; Open Badges 3.0, CredentialStatus and 1EdTechRevocationList.
    """
    for index, entry in enumerate(listed(given)):
        yield _claim(
            entry if isinstance(entry, dict) else {}, place if entry is given else f"{place}/{index}", credential_id
        )


def _claim(entry: dict[str, Any], pointer: str, credential_id: str) -> StatusClaim:
    # The order of types is not signed: of two, nobody may choose which one counts.
    kind = " and ".join(sorted(str(name) for name in listed(entry.get("type", ""))))
    if kind == "1EdTechRevocationList":
        return StatusClaim(kind=kind, url=entry.get("id", ""), id=credential_id, entry=entry, pointer=pointer)
    url = entry.get("statusListCredential") or entry.get("id", "")
    return StatusClaim(kind=kind, url=url, entry=entry, pointer=pointer)
