"""Status lists of every kind, as issuers publish them, and damaged as nobody should."""

import base64
import gzip
import json
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any  # Any: members of JSON documents

from gateway.proofs import bitstring
from gateway.records.status_lists import SeenList
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer

TOKEN_TYPE = "statuslist+jwt"
NOTHING: Mapping[str, object] = MappingProxyType({})


class RememberedLists:
    """The port ``NewestLists`` in memory."""

    def __init__(self) -> None:
        self.kept: dict[bytes, SeenList] = {}

    async def find(self, list_sha256: bytes) -> SeenList | None:
        """Return what was kept of the list."""
        return self.kept.get(list_sha256)

    async def keep(self, seen: SeenList) -> None:
        """Keep it unless a newer one is kept."""
        kept = self.kept.get(seen.list_sha256)
        if kept is None or (kept.signed, kept.entries_set) < (seen.signed, seen.entries_set):
            self.kept[seen.list_sha256] = seen


def packed(data: bytes) -> str:
    """Bytes as an ``encodedList``, gzip or not."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def encoded(*indexes: int, entries: int = bitstring.MIN_ENTRIES) -> str:
    """An ``encodedList`` with these bits set."""
    return bitstring.encode(bitstring.bitstring(indexes, entries))


def subject(**changes: object) -> dict[str, Any]:
    """The subject of a list for revocation, with changes; None leaves a member out."""
    members = {
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded(),
        **changes,
    }
    return {name: value for name, value in members.items() if value is not None}


def list_of_2021(issuer: SimulatedIssuer, url: str, *indexes: int, **changes: object) -> dict[str, Any]:
    """Publish a signed StatusList2021Credential with these entries set; return the entry 7 of it.

    Args:
        issuer: Whose it is.
        url: Address and id of the list.
        indexes: Entries that are set.
        changes: Members of its subject to replace.
    """
    bits = base64.urlsafe_b64encode(gzip.compress(bitstring.bitstring(indexes), mtime=0)).rstrip(b"=").decode()
    document = issuer.older_credential(
        **{
            "@context": [
                "https://www.w3.org/2018/credentials/v1",
                "https://w3id.org/vc/status-list/2021/v1",
                "https://w3id.org/security/data-integrity/v2",
            ],
            "id": url,
            "name": None,
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": issuer.id,
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "StatusList2021",
                "statusPurpose": "revocation",
                "encodedList": bits,
                **changes,
            },
        }
    )
    issuer.serve(url, issuer.signed(document))
    return {
        "id": f"{url}#7",
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": url,
    }


def token_list(
    issuer: SimulatedIssuer,
    url: str,
    statuses: bytes = bytes(16),
    *,
    bits: object = 1,
    header: Mapping[str, object] = NOTHING,
    **claims: object,
) -> dict[str, Any]:
    """Publish a status list token; return the ``status`` claim that leads to the entry 7 of it.

    Args:
        issuer: Who signs it.
        url: Address and subject of the list.
        statuses: As they stand in ``lst`` before compression.
        bits: Of each status.
        header: Members to replace; None leaves one out.
        claims: To replace; None leaves one out.
    """
    members = {"alg": "ES256", "kid": issuer.method("ES256"), "typ": TOKEN_TYPE, **header}
    lst = base64.urlsafe_b64encode(zlib.compress(statuses)).rstrip(b"=").decode()
    payload = {
        "sub": url,
        "iat": int(NOON.timestamp()) - 3600,
        "exp": int(NOON.timestamp()) + 3600,
        "status_list": {"bits": bits, "lst": lst},
        **claims,
    }
    token = issuer.compact(
        {name: value for name, value in members.items() if value is not None},
        {name: value for name, value in payload.items() if value is not None},
    )
    issuer.web.publish(url, token.encode(), "application/statuslist+jwt")
    return token_claim(url)


def token_claim(url: str, index: object = 7) -> dict[str, Any]:
    """A ``status`` claim."""
    return {"status_list": {"idx": index, "uri": url}}


def revocation_list(publisher: SimulatedIssuer, url: str, **members: object) -> dict[str, Any]:
    """Publish a 1EdTechRevocationList; return the entry that leads to it."""
    document = {"id": url, "issuer": publisher.id, "revokedCredentials": [], **members}
    kept = {name: value for name, value in document.items() if value is not None}
    publisher.web.publish(url, json.dumps(kept).encode())
    return {"id": url, "type": "1EdTechRevocationList"}
