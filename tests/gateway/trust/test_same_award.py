"""Which differences between a copy and its original are contradictions."""

import datetime as dt

import msgspec
import pytest

from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Achievement, Credential, Identity, Profile, Recipient
from adapters.hub.losses import LossReport
from adapters.hub.securing import Unsecured
from gateway.proofs.identity_hash import identity_hash
from gateway.trust.same_award import contradiction
from tests.simulators.clock import NOON

MAIL = "learner@example.org"


def mail(value: str, *, hashed: bool = False, salt: str | None = None) -> Identity:
    return Identity(kind="emailAddress", value=value, hashed=hashed, salt=salt)


def name(value: str) -> Identity:
    return Identity(kind="name", value=value, hashed=False)


BASE = Credential(
    achievement=Achievement(name={"en": "Knots"}),
    issuer=Profile(id="https://issuer.example"),
    recipient=Recipient(identities=(mail(MAIL),)),
    awarded=NOON,
)


def changed(**changes: object) -> Credential:
    return msgspec.structs.replace(BASE, **changes)


def for_(*identities: Identity, id_: str | None = None) -> Credential:
    return changed(recipient=Recipient(id=id_, identities=identities))


def said(copy: Credential, *originals: Credential) -> str:
    readings = [
        Reading(
            format=Format.ELM_3,
            version="3.1",
            credentials=credentials,
            origins={},
            document={},
            issuer_id="",
            securing=Unsecured(),
            losses=LossReport(),
        )
        for credentials in ((copy,), originals or (BASE,))
    ]
    return contradiction(*readings)


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        (BASE, BASE),
        (changed(achievement=Achievement(name={"und": "TEST –  Knots"})), BASE),
        (for_(mail("Learner@example.org"), name("Given Family")), BASE),
        (for_(), BASE),
        (BASE, for_()),
        (BASE, for_(mail(identity_hash(MAIL, "salt"), hashed=True, salt="salt"))),
        (for_(mail(identity_hash(MAIL), hashed=True)), BASE),
        (BASE, for_(id_=f"mailto:{MAIL}")),
        (changed(awarded=NOON + dt.timedelta(hours=9)), BASE),
        (changed(valid_until=NOON), BASE),
        (changed(awarded=None), BASE),
    ],
)
def test_another_way_to_say_the_same_is_none(copy: Credential, original: Credential) -> None:
    assert said(copy, original) == ""


@pytest.mark.parametrize(
    ("copy", "original", "expected"),
    [
        (changed(achievement=Achievement(name={"en": "Knots", "fr": "Médecine"})), BASE, "another name"),
        (changed(award_name={"en": "Medicine"}), BASE, "another name"),
        (changed(name={"en": "Medicine"}), BASE, "another name"),
        (for_(mail("other@example.org")), BASE, "somebody else"),
        (for_(mail(MAIL), mail("other@example.org")), BASE, "somebody else"),
        (for_(name("Given Family")), BASE, "somebody else"),
        (BASE, for_(mail(identity_hash("other@example.org"), hashed=True)), "somebody else"),
        (for_(id_="did:example:1"), for_(id_="did:example:2"), "somebody else"),
        (BASE, changed(valid_until=NOON), "ends earlier"),
        (changed(valid_until=NOON + dt.timedelta(days=9)), changed(valid_until=NOON), "ends earlier"),
        (changed(awarded=NOON - dt.timedelta(days=9)), BASE, "another time"),
    ],
)
def test_what_the_original_does_not_say_is_one(copy: Credential, original: Credential, expected: str) -> None:
    assert expected in said(copy, original)


def test_one_of_several_awards_is_enough() -> None:
    assert said(BASE, changed(achievement=Achievement(name={"en": "Splices"})), BASE) == ""
    assert said(BASE, *(BASE,) * 65) == "it holds more awards than are compared"
