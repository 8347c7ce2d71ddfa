"""Badges of Open Badges 0.5, 1.0 and 1.1, and everything that can be wrong with one: who vouches is who serves."""

import json
from collections.abc import Callable, Mapping

from tests.laundering.laundry import Case, Cases
from tests.laundering.sources import Kind, World, as_json
from tests.simulators.first_badges import FirstIssuer

Fault = Callable[[World], bytes]

HOST = "https://first.example"
STRANGER = "https://stranger.example"
ADDRESS = f"{HOST}/a1.json"


def _of(world: World, host: str = HOST) -> FirstIssuer:
    return FirstIssuer(world.web, host)


def hosted_1_1(world: World, **changes: object) -> bytes:
    """Of 1.1, as its address serves it."""
    return _of(world).hosted_1_1(**changes)


def hosted_1_0(world: World, **changes: object) -> bytes:
    """Of 1.0."""
    return _of(world).hosted(**changes)


def signed(world: World, **changes: object) -> bytes:
    """Of 1.0, as JWS."""
    return _of(world).signed(**changes).encode()


def of_2011(world: World, **changes: object) -> bytes:
    """Of 0.5, by its address."""
    return _of(world).of_2011(**changes).encode()


def another_since(make: Fault, name: str) -> Fault:
    """The address serves something else than what was sent."""

    def fault(world: World) -> bytes:
        copy = json.loads(make(world))
        return as_json({**copy, name: {"type": "email", "hashed": False, "identity": "somebody.else@example.org"}})

    return fault


def away(make: Fault, *names: str) -> Fault:
    """Something that it consists of cannot be had."""

    def fault(world: World) -> bytes:
        badge = make(world)
        for name in names:
            world.web.unreachable(f"{HOST}/{name}")
        return badge

    return fault


def gone(world: World) -> bytes:
    """Its address says that it is gone."""
    badge = hosted_1_1(world)
    world.web.gone(ADDRESS)
    return badge


def revoked_at_its_address(world: World) -> bytes:
    """Its address says so."""
    issuer = _of(world)
    badge = issuer.hosted_1_1()
    issuer.serve("a1.json", {"revoked": True})
    return badge


def listed(world: World) -> bytes:
    """The issuer's list names it."""
    issuer = _of(world)
    badge = issuer.signed().encode()
    issuer.revoke(a1="awarded by mistake")
    return badge


def of_a_stranger(make: Callable[..., bytes]) -> Fault:
    """A stranger awards a badge of the issuer's class."""

    def fault(world: World) -> bytes:
        _of(world)
        return make(_of(world, STRANGER))

    return fault


def by_a_strangers_key(world: World) -> bytes:
    """It names the issuer's key, and was signed with another."""
    _of(world)
    verify = {"type": "signed", "url": f"{HOST}/key.pem"}
    return _of(world, STRANGER).signed(badge=f"{HOST}/knots.json", verify=verify).encode()


def redirected(world: World) -> bytes:
    """The issuer's host redirects to what a stranger serves."""
    _of(world)
    stranger = _of(world, STRANGER)
    copy = stranger.hosted_1_1(badge=f"{HOST}/knots.json", verify={"type": "hosted", "url": ADDRESS}, id=ADDRESS)
    world.web.redirect(ADDRESS, f"{STRANGER}/a1.json")
    return copy


def moved_2011(world: World) -> bytes:
    """A stranger serves a copy of a badge of the issuer's."""
    of_2011(world)
    world.web.publish(f"{STRANGER}/2011.json", world.web.body(f"{HOST}/2011.json"))
    return f"{STRANGER}/2011.json".encode()


def tampered_token(world: World) -> bytes:
    """The signature is that of another payload."""
    header, _, signature = signed(world).split(b".")
    return b".".join([header, signed(world, uid="a2").split(b".")[1], signature])


_HOSTED: Mapping[str, tuple[str, Fault]] = {
    "changed since": ("proof failed", another_since(hosted_1_1, "recipient")),
    "changed since, 1.0": ("proof failed", another_since(hosted_1_0, "recipient")),
    "host away": ("status unknown", away(hosted_1_1, "a1.json")),
    "class away": ("references unknown", away(hosted_1_1, "knots.json")),
    "issuer away": ("references unknown", away(hosted_1_1, "issuer.json")),
    "gone": ("status failed", gone),
    "revoked at its address": ("status failed", revoked_at_its_address),
    "expired": ("validity-period failed", lambda world: hosted_1_1(world, expires="2020-12-31")),
    "stranger's": ("hosted-scope failed", of_a_stranger(lambda it: it.hosted_1_1(badge=f"{HOST}/knots.json"))),
    "redirected to a stranger": ("hosted-scope failed", redirected),
}
_SIGNED: Mapping[str, tuple[str, Fault]] = {
    "tampered": ("proof failed", tampered_token),
    "stranger's key": ("proof failed", by_a_strangers_key),
    "key on a stranger's host": (
        "issuer failed",
        of_a_stranger(lambda it: it.signed(badge=f"{HOST}/knots.json").encode()),
    ),
    "names no key": ("issuer failed", lambda world: signed(world, verify={"type": "signed"})),
    "key away": ("proof unknown", away(signed, "key.pem")),
    "list away": ("status unknown", away(signed, "revoked.json")),
    "revoked": ("status failed", listed),
    "expired": ("validity-period failed", lambda world: signed(world, expires="2020-12-31")),
}
_OF_2011: Mapping[str, tuple[str, Fault]] = {
    "on a stranger's host": ("hosted-scope failed", moved_2011),
    "expired": ("validity-period failed", lambda world: of_2011(world, expires="2020-12-31")),
}


def _cases(rows: Mapping[str, tuple[str, Fault]]) -> dict[str, Case]:
    return {name: Case(stop, fault, kind=Kind.HOSTED) for name, (stop, fault) in rows.items()}


FAULTS: Cases = {
    "Open Badges 1, hosted": _cases(_HOSTED),
    "Open Badges 1, signed": _cases(_SIGNED),
    "Open Badges 0.5": _cases(_OF_2011),
}

SOUND: dict[str, Fault] = {
    "Open Badges 1.1, hosted": hosted_1_1,
    "Open Badges 1.0, hosted": hosted_1_0,
    "Open Badges 1.0, signed": signed,
    "Open Badges 0.5": of_2011,
}
