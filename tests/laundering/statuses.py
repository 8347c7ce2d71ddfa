"""Every kind of status, good and taken back, in a credential that is secured as JSON and as a token."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any  # Any: members of JSON documents

from gateway.proofs import vc_jwt
from tests.gateway.trust import status_cases
from tests.laundering.embedded import Badge
from tests.laundering.faults import YESTERDAY
from tests.laundering.issuers import Form
from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.laundering.tokens import envelope
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import encoded, list_of_2021, revocation_list, subject, token_list

Entry = Callable[[World], Any]
"""The value of ``credentialStatus``, and the lists that it leads to."""

OTHER_LIST = "https://issuer.example/status/2"
OWN_ID = "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"
MESSAGES = [{"status": f"0x{value}", "message": f"state {value}"} for value in range(4)]


def with_status(form: Form, entry: Entry, world: World, **changes: object) -> bytes:
    """A badge of the issuer with this status."""
    members = {"credentialStatus": entry(world), **changes}
    if form is Form.TOKEN:
        return world.issuer.token(world.issuer.credential(**members)).encode()
    badge = Badge("eddsa-jcs-2022", world)  # signs whatever it is given
    return as_json(badge.signed(badge.document(**members)))


def with_claim(claim: Entry, world: World) -> bytes:
    """A token of the issuer with this claim ``status``."""
    return _token(world, {**vc_jwt.claims(world.issuer.credential()), "status": claim(world)})


def with_claim_in_vc(claim: Entry, world: World) -> bytes:
    """The same under VCDM 1.1, inside the claim ``vc``."""
    document = world.issuer.older_credential()
    return _token(world, {"iss": world.issuer.id, "vc": {**document, "status": claim(world)}})


def _token(world: World, payload: dict[str, Any]) -> bytes:
    header = {"alg": "ES256", "typ": "JWT", "kid": world.issuer.method("ES256")}
    return world.issuer.compact(header, payload).encode()


def bitstring(world: World, *indexes: int, purpose: str = "revocation", **changes: Any) -> dict[str, Any]:
    """The entry 7 of a list with these entries set."""
    return world.issuer.status_list(STATUS_LIST, *indexes, purpose=purpose, **changes)


def at(index: object, *indexes: int) -> Entry:
    """This entry of a list with these entries set."""
    return lambda world: {**bitstring(world, *indexes), "statusListIndex": index}


def without_an_id(world: World, *indexes: int) -> dict[str, Any]:
    """The entry 7 of a list that does not say where it lives."""
    entry = bitstring(world, *indexes)
    document = json.loads(world.web.body(STATUS_LIST))
    signed = world.issuer.signed({name: value for name, value in document.items() if name not in ("id", "proof")})
    world.issuer.serve(STATUS_LIST, signed)
    return entry


def in_token(world: World, *indexes: int) -> dict[str, Any]:
    """The same, of a list that is a VC-JWT."""
    document = world.issuer.credential(
        id=STATUS_LIST,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        issuer=world.issuer.id,
        credentialSubject=subject(encodedList=encoded(*indexes)),
    )
    world.web.publish(STATUS_LIST, world.issuer.token(document).encode(), "application/vc+jwt")
    return status_entry(STATUS_LIST)


def in_envelope(world: World, *indexes: int) -> dict[str, Any]:
    """The same, enveloped."""
    entry = in_token(world, *indexes)
    world.web.publish(STATUS_LIST, as_json(envelope(world.web.body(STATUS_LIST).decode())), "application/vc")
    return entry


def of_two_bits(world: World, value: int) -> dict[str, Any]:
    """The entry 7 of a list with two bits each."""
    bits = [14 + place for place in range(2) if value >> (1 - place) & 1]
    listed = subject(encodedList=encoded(*bits, entries=2 * 131_072))
    world.issuer.status_list(STATUS_LIST, credentialSubject=listed)
    return {**status_entry(STATUS_LIST), "statusSize": 2, "statusMessage": MESSAGES}


def second(world: World, *indexes: int) -> dict[str, Any]:
    """The entry 7 of another list."""
    return world.issuer.status_list(OTHER_LIST, *indexes)


def revokes(*entries: object, name: str = "revokedCredentials") -> Entry:
    """A 1EdTechRevocationList with these entries."""
    return lambda world: revocation_list(world.issuer, STATUS_LIST, **{"revokedCredentials": None, name: list(entries)})


SET: Mapping[str, Entry] = {
    "revoked": lambda world: bitstring(world, 7),
    "suspended": lambda world: bitstring(world, 7, purpose="suspension"),
    "revoked in a token": lambda world: in_token(world, 7),
    "revoked in an envelope": lambda world: in_envelope(world, 7),
    "revoked by a number": at(7, 7),
    "first entry revoked": at("0", 0),
    "last entry revoked": at("131071", 131_071),
    "revoked under another id": lambda world: bitstring(world, 7, id=OTHER_LIST),
    "revoked in a list without an id": lambda world: without_an_id(world, 7),
    "every bit set": lambda world: bitstring(world, *range(131_072)),
    "two bits, 1": lambda world: of_two_bits(world, 1),
    "two bits, 2": lambda world: of_two_bits(world, 2),
    "two bits, 3": lambda world: of_two_bits(world, 3),
    "the second of two": lambda world: [bitstring(world), second(world, 7)],
    "the first of two": lambda world: [bitstring(world, 7), second(world)],
    "one beside an unknown type": lambda world: [bitstring(world, 7), {"id": OTHER_LIST, "type": "Other"}],
    "one beside one that cannot be had": lambda world: [bitstring(world, 7), status_entry(OTHER_LIST)],
    "suspended and not revoked": lambda world: [
        bitstring(world),
        world.issuer.status_list(OTHER_LIST, 7, purpose="suspension"),
    ],
    "2021": lambda world: list_of_2021(world.issuer, STATUS_LIST, 7),
    "2021, suspended": lambda world: {
        **list_of_2021(world.issuer, STATUS_LIST, 7, statusPurpose="suspension"),
        "statusPurpose": "suspension",
    },
    "1EdTech": revokes(OWN_ID),
    "1EdTech, the validator's spelling": revokes(OWN_ID, name="revokedCredential"),
    "1EdTech, with a reason": revokes({"id": OWN_ID, "revoked": True, "revocationReason": "Plagiarism"}),
    "1EdTech, percent-encoded": revokes(OWN_ID.replace(":", "%3A")),
    "1EdTech, with white space": revokes(f" {OWN_ID}\n"),
    "1EdTech, the last of many": revokes(*(f"urn:uuid:{number}" for number in range(500)), OWN_ID),
}
"""Each says that the badge was taken back."""


def again(world: World) -> None:
    """The list that was seen before."""
    bitstring(world, 3, 5, validFrom=YESTERDAY)


def seen(form: Form, world: World) -> bytes:
    """A badge whose status was looked up in a newer list."""
    again(world)
    return with_status(form, lambda _: status_entry(STATUS_LIST), world)


def _countersigned(world: World) -> dict[str, Any]:
    entry = bitstring(world)
    document = json.loads(world.web.body(STATUS_LIST))
    world.issuer.serve(STATUS_LIST, world.stranger.signed(document, created=YESTERDAY))
    return entry


def _of_neighbour(world: World) -> dict[str, Any]:
    world.neighbour.serve(world.neighbour.id, world.neighbour.controller_document())
    return world.neighbour.status_list(STATUS_LIST)


def _unsigned(world: World) -> dict[str, Any]:
    entry = bitstring(world)
    document = json.loads(world.web.body(STATUS_LIST))
    world.issuer.serve(STATUS_LIST, {**document, "proof": None})
    return entry


def _withdrawn(world: World) -> dict[str, Any]:
    old = SimulatedIssuer(world.web, "https://issuer.example/former")
    old.id = world.issuer.id
    return old.status_list(STATUS_LIST)


REPLAYED: Mapping[str, Entry] = {
    "older list": bitstring,
    "older list in a token": in_token,
    "same date, fewer set": lambda world: bitstring(world, 3, validFrom=YESTERDAY),
    "older list, signed by a stranger today": _countersigned,
}
"""Each was good once; the gateway has seen a newer list since."""


BESIDE: Mapping[str, Entry] = {
    "unknown type beside a good one": lambda world: [bitstring(world), {"id": OTHER_LIST, "type": "Other"}],
    "stranger's list beside a good one": lambda world: [bitstring(world), world.stranger.status_list(OTHER_LIST)],
    "neighbour's list": _of_neighbour,
    "unsigned list": _unsigned,
    "list of 2021 by a stranger": lambda world: list_of_2021(world.stranger, STATUS_LIST),
    "1EdTech list of a stranger": lambda world: revocation_list(world.stranger, STATUS_LIST),
    "list whose key was withdrawn": _withdrawn,
}
"""Nobody who may say so says that the badge stands."""


TOKEN_SET: Mapping[str, Entry] = {
    "invalid": lambda world: token_list(world.issuer, STATUS_LIST, b"\x80" + bytes(15)),
    "invalid, two bits": lambda world: token_list(world.issuer, STATUS_LIST, b"\0\x40" + bytes(14), bits=2),
    "suspended, two bits": lambda world: token_list(world.issuer, STATUS_LIST, b"\0\x80" + bytes(14), bits=2),
    "invalid, eight bits": lambda world: token_list(world.issuer, STATUS_LIST, bytes(7) + b"\1" + bytes(8), bits=8),
    "every one invalid": lambda world: token_list(world.issuer, STATUS_LIST, b"\xff" * 16),
}
"""Each status list token says that the badge was taken back."""


def _claimed_beside_a_good_status(world: World) -> bytes:
    claim = token_list(world.issuer, OTHER_LIST, b"\x80" + bytes(15))
    return world.issuer.token(world.credential(), claims={"status": claim}).encode()


def _older_token_list(world: World) -> dict[str, Any]:
    return token_list(world.issuer, STATUS_LIST, iat=1_760_000_000)


def _newer_token_list(world: World) -> dict[str, Any]:
    return token_list(world.issuer, STATUS_LIST, b"\1" + bytes(15))


def _any(row: status_cases.Row, world: World) -> Any:
    world.web.unreachable(STATUS_LIST)
    return row.status(status_cases.World(world.web, world.issuer))


def _of_form(form: Form) -> dict[str, Case]:
    made = functools.partial(functools.partial, with_status, form)
    return {
        **{name: Case("status failed", made(entry)) for name, entry in SET.items()},
        **{name: Case("status unknown", made(entry)) for name, entry in BESIDE.items()},
        **{
            name: Case("status unknown", made(entry), functools.partial(seen, form)) for name, entry in REPLAYED.items()
        },
        **{
            f"any: {name}": Case(
                "shape failed" if row.name == "shape" else "status unknown", made(functools.partial(_any, row))
            )
            for name, row in status_cases.ROWS.items()
        },
    }


def _of_claim(make: Callable[[Entry, World], bytes]) -> dict[str, Case]:
    made = functools.partial(functools.partial, make)
    return {
        **{name: Case("status failed", made(claim)) for name, claim in TOKEN_SET.items()},
        "older list": Case("status unknown", made(_older_token_list), made(_newer_token_list)),
        **{
            f"any: {name}": Case("status unknown", made(functools.partial(_any, row)))
            for name, row in status_cases.TOKEN_ROWS.items()
        },
    }


FAULTS: Cases = {
    "status in JSON": _of_form(Form.EMBEDDED),
    "status in a token": _of_form(Form.TOKEN),
    "status claim": {
        **_of_claim(with_claim),
        "beside a good status": Case("status failed", _claimed_beside_a_good_status),
    },
    "status claim in vc": _of_claim(with_claim_in_vc),
}

_GOOD: Mapping[str, Entry] = {
    "bitstring": bitstring,
    "bitstring in a token": in_token,
    "bitstring in an envelope": in_envelope,
    "two bits": lambda world: of_two_bits(world, 0),
    "two lists": lambda world: [bitstring(world), second(world)],
    "2021": lambda world: list_of_2021(world.issuer, STATUS_LIST, 6, 8),
    "1EdTech": revokes("urn:uuid:somebody-elses"),
}

SOUND = {
    **{
        f"{name}, {form}": functools.partial(with_status, form, entry, name=name)
        for name, entry in _GOOD.items()
        for form in Form
    },
    "status claim": functools.partial(with_claim, lambda world: token_list(world.issuer, STATUS_LIST)),
    "status claim in vc": functools.partial(with_claim_in_vc, lambda world: token_list(world.issuer, STATUS_LIST)),
}
