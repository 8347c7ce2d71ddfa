"""Every way in which a status cannot be found out, one row each: what is published, and what the reason is called."""

import gzip
import json
from collections.abc import Callable
from functools import partial
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub.svg import bake_svg
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import (
    encoded,
    list_of_2021,
    packed,
    revocation_list,
    subject,
    token_claim,
    token_list,
)
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"
ELSEWHERE = "https://cdn.example/status/1"

RETRIEVAL, VERIFICATION = "STATUS_RETRIEVAL_ERROR", "STATUS_VERIFICATION_ERROR"
MALFORMED, LENGTH, RANGE = "MALFORMED_VALUE_ERROR", "STATUS_LIST_LENGTH_ERROR", "RANGE_ERROR"

MESSAGES = [{"status": f"0x{value}", "message": f"state {value}"} for value in range(4)]


class World(msgspec.Struct, frozen=True):
    """What a row has to work with."""

    web: SimulatedWeb
    issuer: SimulatedIssuer

    def entry(self, **changes: object) -> dict[str, Any]:
        """The entry 7 of a good list, with changes; None leaves a member out."""
        members = {**self.issuer.status_list(LIST), **changes}
        return {name: value for name, value in members.items() if value is not None}

    def served(self, body: bytes, media_type: str = "application/json", status: int = 200) -> dict[str, Any]:
        """An entry of a list in whose place something else is served."""
        self.web.publish(LIST, body, media_type, status)
        return status_entry(LIST)

    def altered(self, old: str, new: str) -> dict[str, Any]:
        """An entry of a good list in whose bytes something is replaced after signing."""
        return self.served(self.body.replace(old.encode(), new.encode()))

    def listing(self, **changes: Any) -> dict[str, Any]:
        """An entry of a list whose signed credential has these members."""
        return self.issuer.status_list(LIST, **changes)

    def holding(self, **changes: object) -> dict[str, Any]:
        """An entry of a list whose subject has these members."""
        return self.listing(credentialSubject=subject(**changes))

    def redirected(self) -> dict[str, Any]:
        """An entry of a list that another host answers for."""
        entry = self.entry()
        self.web.publish(ELSEWHERE, self.body)
        self.web.redirect(LIST, ELSEWHERE)
        return entry

    def stranger(self, id: str = "https://other.example/profile") -> SimulatedIssuer:
        """Another issuer, published."""
        found = SimulatedIssuer(self.web, id)
        found.publish()
        self.issuer.publish()
        return found

    def in_token(self, **claims: object) -> dict[str, Any]:
        """An entry of a list in a token with these claims."""
        document = self.issuer.credential(
            id=LIST,
            type=["VerifiableCredential", "BitstringStatusListCredential"],
            issuer=self.issuer.id,
            credentialSubject=subject(),
        )
        return self.served(self.issuer.token(document, claims=claims).encode(), "application/vc+jwt")

    def in_picture(self) -> dict[str, Any]:
        """An entry of a list that is baked into a picture."""
        return self.served(bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', self.body, 3), "")

    def in_envelope(self) -> dict[str, Any]:
        """An entry of a list in an EnvelopedVerifiableCredential."""
        self.in_token()
        enveloped = {
            "@context": "https://www.w3.org/ns/credentials/v2",
            "type": "EnvelopedVerifiableCredential",
            "id": f"data:application/vc+jwt,{self.web.body(LIST).decode()}",
        }
        return self.served(json.dumps(enveloped).encode(), "application/vc")

    @property
    def body(self) -> bytes:
        """What a good list looks like."""
        self.issuer.status_list(LIST)
        return self.web.body(LIST)


def mechanism(name: str, _: World) -> dict[str, Any]:
    """A status claim of this mechanism."""
    return {name: {"idx": 7, "uri": LIST}}


class Row(msgspec.Struct, frozen=True):
    """One case: the W3C's name for it, or the check that fails before; and what ``credentialStatus`` is."""

    name: str
    status: Callable[[World], Any]


ROWS: dict[str, Row] = {
    # The list cannot be had.
    "unreachable": Row(RETRIEVAL, lambda _: status_entry(LIST)),
    "404": Row(RETRIEVAL, lambda world: world.served(b"", status=404)),
    "500": Row(RETRIEVAL, lambda world: world.served(b"", status=500)),
    "410": Row(RETRIEVAL, lambda world: world.served(b"", status=410)),
    "empty body": Row(RETRIEVAL, lambda world: world.served(b"")),
    "HTML page": Row(RETRIEVAL, lambda world: world.served(b"<!doctype html><p>not found", "text/html")),
    "signed list as text/html": Row(RETRIEVAL, lambda world: world.served(world.body, "text/html")),
    "signed list as image/png": Row(RETRIEVAL, lambda world: world.served(world.body, "image/png")),
    "JSON array": Row(RETRIEVAL, lambda world: world.served(b"[]")),
    "JSON null": Row(RETRIEVAL, lambda world: world.served(b"null")),
    "not UTF-8": Row(RETRIEVAL, lambda world: world.served(b"\xff{}")),
    "cut in the middle": Row(RETRIEVAL, lambda world: world.served(world.body[: len(world.body) // 2])),
    "member twice": Row(RETRIEVAL, lambda world: world.altered('"issuer":', '"issuer": "", "issuer":')),
    "an address instead": Row(RETRIEVAL, lambda world: world.served(json.dumps({"url": ELSEWHERE}).encode())),
    "gzip instead of JSON": Row(RETRIEVAL, lambda world: world.served(gzip.compress(world.body))),
    "SVG that holds the list": Row(RETRIEVAL, World.in_picture),
    "redirect to another host": Row(RETRIEVAL, World.redirected),
    # The list is not proven to be what it should be.
    "no proof": Row(VERIFICATION, lambda world: world.served(world.body.replace(b'"proof"', b'"prooF"'))),
    "empty object": Row(VERIFICATION, lambda world: world.served(b"{}")),
    "changed after signing": Row(VERIFICATION, lambda world: world.altered("2025-12-02", "2025-12-03")),
    "unsigned member": Row(VERIFICATION, lambda world: world.altered('"issuer":', '"smuggled": 1, "issuer":')),
    "unknown cryptosuite": Row(VERIFICATION, lambda world: world.altered("eddsa-rdfc-2022", "quantum-rdfc-2099")),
    "another issuer": Row(VERIFICATION, lambda world: world.stranger().status_list(LIST)),
    "signed by a stranger in the issuer's name": Row(
        VERIFICATION, lambda world: world.stranger().status_list(LIST, issuer=world.issuer.id)
    ),
    "a neighbour on the issuer's host": Row(
        VERIFICATION, lambda world: world.stranger("https://issuer.example/users/neighbour").status_list(LIST)
    ),
    "no issuer": Row(VERIFICATION, lambda world: world.altered('"issuer":', '"issueR":')),
    "expired": Row(VERIFICATION, lambda world: world.listing(validUntil="2025-12-31T00:00:00Z")),
    "of the future": Row(VERIFICATION, lambda world: world.listing(validFrom="2026-01-02T00:00:00Z")),
    "end before begin": Row(
        VERIFICATION, lambda world: world.listing(validFrom="2025-12-02T00:00:00Z", validUntil="2025-12-01T00:00:00Z")
    ),
    "end that cannot be read": Row(VERIFICATION, lambda world: world.listing(validUntil="tomorrow")),
    "another id": Row(VERIFICATION, lambda world: world.listing(id="https://issuer.example/status/2")),
    "another purpose": Row(VERIFICATION, lambda world: world.holding(statusPurpose="suspension")),
    "no purpose": Row(VERIFICATION, lambda world: world.holding(statusPurpose=None)),
    "credential of another type": Row(VERIFICATION, lambda world: world.listing(type=["VerifiableCredential"])),
    "subject of another type": Row(VERIFICATION, lambda world: world.in_token(credentialSubject=subject(type="List"))),
    "list of lists": Row(
        VERIFICATION, lambda world: world.listing(credentialStatus=status_entry("https://issuer.example/status/2"))
    ),
    "no subject": Row(VERIFICATION, lambda world: world.listing(credentialSubject=[])),
    "token that expired": Row(VERIFICATION, lambda world: world.in_token(exp=1)),
    "token of another list": Row(VERIFICATION, lambda world: world.in_token(jti="https://issuer.example/status/2")),
    "token of another issuer": Row(VERIFICATION, lambda world: world.in_token(iss="https://other.example/profile")),
    "entry of 2021, list of today": Row(VERIFICATION, lambda world: world.entry(type="StatusList2021Entry")),
    "entry of today, list of 2021": Row(
        VERIFICATION,
        lambda world: {**list_of_2021(world.issuer, LIST), "type": "BitstringStatusListEntry"},
    ),
    # The bits.
    "no encodedList": Row(MALFORMED, lambda world: world.holding(encodedList=None)),
    "two lists of one purpose": Row(
        MALFORMED, lambda world: world.listing(credentialSubject=[subject(id=f"{LIST}#a"), subject(id=f"{LIST}#b")])
    ),
    "no multibase": Row(MALFORMED, lambda world: world.holding(encodedList=encoded()[1:])),
    "another multibase": Row(MALFORMED, lambda world: world.holding(encodedList="z" + encoded()[1:])),
    "not base64url": Row(MALFORMED, lambda world: world.holding(encodedList="u+/+/")),
    "padded": Row(MALFORMED, lambda world: world.holding(encodedList=encoded() + "=")),
    "not gzip": Row(MALFORMED, lambda world: world.holding(encodedList=packed(bytes(16384)))),
    "gzip cut short": Row(MALFORMED, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(16384))[:-9]))),
    "bytes behind the gzip": Row(
        MALFORMED, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(16384)) + b"!"))
    ),
    "two gzip members": Row(
        MALFORMED, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(16384)) * 2))
    ),
    "wrong checksum": Row(
        MALFORMED, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(16384))[:-8] + bytes(8)))
    ),
    "bomb of 64 MiB": Row(MALFORMED, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(64 << 20))))),
    "short list": Row(LENGTH, lambda world: world.holding(encodedList=packed(gzip.compress(bytes(16383))))),
    "empty list": Row(LENGTH, lambda world: world.holding(encodedList=packed(gzip.compress(b"")))),
    # The entry.
    "index = length": Row(RANGE, lambda world: world.entry(statusListIndex="131072")),
    "index far outside": Row(RANGE, lambda world: world.entry(statusListIndex="999999999")),
    **{
        f"index {index!r}": Row(MALFORMED, partial(World.entry, statusListIndex=index))
        for index in ("-1", -1, "00", "07", "1.5", "1e3", "0x7", "", " 7", "7 ", "+7", "\u0667", "9223372036854775808")
    },
    "no index": Row(MALFORMED, lambda world: world.entry(statusListIndex=None)),
    "index 1.5": Row("shape", lambda world: world.entry(statusListIndex=1.5)),
    "index true": Row("shape", lambda world: world.entry(statusListIndex=True)),
    "entry without a purpose": Row(MALFORMED, lambda world: world.entry(statusPurpose=None)),
    "entry with an empty purpose": Row(MALFORMED, lambda world: world.entry(statusPurpose="")),
    "statusSize 0": Row(MALFORMED, lambda world: world.entry(statusSize=0)),
    "statusSize -1": Row(MALFORMED, lambda world: world.entry(statusSize=-1)),
    "statusSize of a thousand": Row(MALFORMED, lambda world: world.entry(statusSize=1000)),
    "statusSize 2 without messages": Row(MALFORMED, lambda world: world.entry(statusSize=2)),
    "statusSize 2 over a list of one bit each": Row(
        LENGTH, lambda world: world.entry(statusSize=2, statusMessage=MESSAGES)
    ),
    "message of no value": Row(
        MALFORMED, lambda world: world.entry(statusMessage=[{"status": "one", "message": "state"}])
    ),
    "two messages of one value": Row(MALFORMED, lambda world: world.entry(statusMessage=[MESSAGES[0], MESSAGES[0]])),
    "message of a value that cannot be": Row(MALFORMED, lambda world: world.entry(statusMessage=MESSAGES)),
    "no statusListCredential": Row(MALFORMED, lambda world: world.entry(statusListCredential=None)),
    "statusListCredential is no address": Row(MALFORMED, lambda world: world.entry(statusListCredential="the list")),
    "statusListCredential is a data URL": Row(
        MALFORMED, lambda world: world.entry(statusListCredential="data:application/vc,{}")
    ),
    "unknown type": Row(MALFORMED, lambda world: world.entry(type="RevocationList2020Status")),
    **{
        f"type {name}": Row(MALFORMED, partial(World.entry, type=name))
        for name in ("revoked", "status_list", "RevocationList", "BitstringStatusListEntry ", "")
    },
    "two types": Row(MALFORMED, lambda world: world.entry(type=["BitstringStatusListEntry", "1EdTechRevocationList"])),
    "no type": Row("shape", lambda world: world.entry(type=None)),
    "nothing": Row("shape", lambda _: {}),
    "text": Row("shape", lambda _: "good"),
    "number": Row("shape", lambda _: 0),
    "list of null": Row("shape", lambda _: [None]),
    "empty list of entries": Row(MALFORMED, lambda _: []),
    "good one beside one that cannot be had": Row(
        RETRIEVAL, lambda world: [world.entry(), status_entry("https://issuer.example/status/2")]
    ),
    "nine places": Row(
        "more than the 8", lambda _: [status_entry(f"https://issuer.example/status/{number}") for number in range(9)]
    ),
    "message other than 0x0": Row(
        "state 1",
        lambda world: {
            **world.issuer.status_list(LIST, 7, purpose="message"),
            "statusMessage": MESSAGES[:2],
        },
    ),
    "purpose that nobody knows, set": Row(
        "not understood", lambda world: world.issuer.status_list(LIST, 7, purpose="confiscation")
    ),
    # StatusList2021.
    "2021: multibase": Row(MALFORMED, lambda world: list_of_2021(world.issuer, LIST, encodedList=encoded())),
    "2021: not base64": Row(MALFORMED, lambda world: list_of_2021(world.issuer, LIST, encodedList="!")),
    "2021: short": Row(
        LENGTH, lambda world: list_of_2021(world.issuer, LIST, encodedList=packed(gzip.compress(b"\0"))[1:])
    ),
    "2021: another purpose": Row(
        VERIFICATION, lambda world: list_of_2021(world.issuer, LIST, statusPurpose="suspension")
    ),
    "2021: outside": Row(RANGE, lambda world: {**list_of_2021(world.issuer, LIST), "statusListIndex": "131072"}),
    # 1EdTechRevocationList.
    "1EdTech: unreachable": Row(RETRIEVAL, lambda _: {"id": LIST, "type": "1EdTechRevocationList"}),
    "1EdTech: HTML": Row(RETRIEVAL, lambda world: {**world.served(b"<html>"), "type": "1EdTechRevocationList"}),
    "1EdTech: no entries": Row(
        VERIFICATION, lambda world: revocation_list(world.issuer, LIST, revokedCredentials=None)
    ),
    "1EdTech: another issuer": Row(
        VERIFICATION, lambda world: revocation_list(world.issuer, LIST, issuer="https://other.example/profile")
    ),
    "1EdTech: another id": Row(
        VERIFICATION, lambda world: revocation_list(world.issuer, LIST, id="https://issuer.example/status/2")
    ),
    "1EdTech: no id": Row(MALFORMED, lambda _: {"type": "1EdTechRevocationList"}),
}
"""By what is wrong; the value of ``credentialStatus`` in a credential that is good in all else."""


TOKEN_ROWS: dict[str, Row] = {
    "unreachable": Row(RETRIEVAL, lambda _: token_claim(LIST)),
    "410": Row(RETRIEVAL, lambda world: (world.served(b"", status=410), token_claim(LIST))[1]),
    "a credential instead": Row(VERIFICATION, lambda world: (world.entry(), token_claim(LIST))[1]),
    "a VC-JWT instead": Row(VERIFICATION, lambda world: (world.in_token(), token_claim(LIST))[1]),
    "no typ": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, header={"typ": None})),
    "typ JWT": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, header={"typ": "JWT"})),
    "another sub": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, sub=f"{LIST}2")),
    "no sub": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, sub=None)),
    "another iss": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, iss="https://other.example/profile")),
    "signed by another": Row(VERIFICATION, lambda world: token_list(world.stranger(), LIST)),
    "signed by another in the issuer's name": Row(
        VERIFICATION,
        lambda world: token_list(world.stranger(), LIST, header={"kid": world.issuer.method("ES256")}),
    ),
    "no iat": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, iat=None)),
    "iat of the future": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, iat=4102444800)),
    "expired": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, exp=1767268799)),
    "exp that is no number": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, exp="never")),
    "ttl below zero": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, ttl=-1)),
    "no status_list": Row(VERIFICATION, lambda world: token_list(world.issuer, LIST, status_list=None)),
    "bits 3": Row(MALFORMED, lambda world: token_list(world.issuer, LIST, bits=3)),
    "bits as text": Row(MALFORMED, lambda world: token_list(world.issuer, LIST, bits="1")),
    "lst missing": Row(MALFORMED, lambda world: token_list(world.issuer, LIST, status_list={"bits": 1})),
    "lst that is none": Row(
        MALFORMED, lambda world: token_list(world.issuer, LIST, status_list={"bits": 1, "lst": "AAAA"})
    ),
    "bomb": Row(MALFORMED, lambda world: token_list(world.issuer, LIST, bytes(8 << 20))),
    "index = length": Row(RANGE, lambda world: (token_list(world.issuer, LIST), token_claim(LIST, 128))[1]),
    "index below zero": Row(MALFORMED, lambda world: (token_list(world.issuer, LIST), token_claim(LIST, -1))[1]),
    "index as text": Row(MALFORMED, lambda world: (token_list(world.issuer, LIST), token_claim(LIST, "7"))[1]),
    "index true": Row(MALFORMED, lambda world: (token_list(world.issuer, LIST), token_claim(LIST, True))[1]),
    "no index": Row(MALFORMED, lambda _: {"status_list": {"uri": LIST}}),
    "no uri": Row(MALFORMED, lambda _: {"status_list": {"idx": 7}}),
    "reserved status": Row("0x4", lambda world: token_list(world.issuer, LIST, b"\0\0\0\x40" * 8, bits=4)),
    "status of an application": Row("0x3", lambda world: token_list(world.issuer, LIST, b"\0\0\0\x30" * 8, bits=4)),
    **{
        f"mechanism {name}": Row(MALFORMED, partial(mechanism, name))
        for name in ("revoked", "BitstringStatusListEntry", "1EdTechRevocationList", "")
    },
    "another mechanism": Row(MALFORMED, lambda _: {"identifier_list": {"id": "7", "uri": LIST}}),
    "another mechanism beside a good one": Row(
        MALFORMED, lambda world: {**token_list(world.issuer, LIST), "identifier_list": {"id": "7"}}
    ),
    "no mechanism": Row(MALFORMED, lambda _: {}),
    "null": Row(MALFORMED, lambda _: None),
    "text": Row(MALFORMED, lambda _: "valid"),
    "status_list is null": Row(MALFORMED, lambda _: {"status_list": None}),
}
"""By what is wrong; the value of the claim ``status`` of a token that is good in all else."""
