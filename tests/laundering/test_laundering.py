"""The laundering matrix: every fault x kind of badge x carrier x form that we issue gives no signature."""

from collections.abc import AsyncIterator, Callable, Mapping
from itertools import product
from pathlib import Path

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.flows.convert import NotTrusted
from gateway.flows.prepare import Target
from gateway.issuing.seal import document_of
from gateway.ports import Search
from gateway.records import Securing
from gateway.trust.report import Outcome
from tests.laundering import faults
from tests.laundering.sources import Carrier, Kind, World
from tests.simulators.clock import SimulatedClock
from tests.simulators.platform import CALLER, SimulatedPlatform, simulated_platform
from tests.simulators.recorded import report_of

TARGETS = (
    Target(Format.OPEN_BADGES_2, Securing.HOSTED),
    Target(Format.OPEN_BADGES_2, Securing.JWS),
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    Target(Format.OPEN_BADGES_3, Securing.SD_JWT),
    Target(Format.LEARNING_CREDENTIAL_1, Securing.SD_JWT),
)

FAILED, UNKNOWN = Outcome.FAILED, Outcome.UNKNOWN
Found = tuple[str, Outcome]
"""The check that has to find the fault, and what it has to say."""

ONE_MODEL = "Open Badges 2.0 has one name for each date"
BYTES_COUNT = "every byte is vouched for, so a member that nobody knows is signed as well, and only a loss"


class Fault(msgspec.Struct, frozen=True):
    """One row of the matrix.

    Attributes:
        found: Which check finds it in which kind of badge.
        elsewhere: Why the other kinds cannot have it.
    """

    damage: Callable[[World, Kind], bytes]
    found: Mapping[Kind, Found]
    elsewhere: str = ""


def in_every_kind(check: str, outcome: Outcome = FAILED, **others: Found) -> dict[Kind, Found]:
    """The same check for every kind, but for those named."""
    return {kind: others.get(kind.name.lower(), (check, outcome)) for kind in Kind}


def in_both_kinds_of_3(check: str, outcome: Outcome = FAILED) -> dict[Kind, Found]:
    """The same check for both kinds of Open Badges 3.0."""
    return dict.fromkeys((Kind.DATA_INTEGRITY, Kind.VC_JWT), (check, outcome))


FAULTS: Mapping[str, Fault] = {
    "forged": Fault(faults.made_up_signature, in_every_kind("proof")),
    "tampered": Fault(faults.tampered, in_every_kind("proof")),
    "other-key": Fault(
        faults.signed_by_a_strangers_key,
        {kind: ("proof", FAILED) for kind in Kind if kind is not Kind.HOSTED},
        "no key signs a hosted badge",
    ),
    "wrong-issuer": Fault(faults.from_a_stranger, in_every_kind("issuer", hosted=("hosted-scope", FAILED))),
    "brings-its-own-key": Fault(faults.with_a_key_of_its_own, in_every_kind("issuer", hosted=("hosted-scope", FAILED))),
    "expired": Fault(faults.expired, in_every_kind("validity-period")),
    "not-yet-valid": Fault(faults.not_yet_valid, in_every_kind("validity-period")),
    "revoked": Fault(faults.revoked, in_every_kind("status")),
    "revoked-at-its-address": Fault(
        faults.revoked_where_it_is_hosted, {Kind.HOSTED: ("status", FAILED)}, "the others need no address"
    ),
    "suspended": Fault(
        faults.suspended,
        {Kind.DATA_INTEGRITY: ("status", FAILED), Kind.VC_JWT: ("status", FAILED)},
        "Open Badges 2.0 knows no suspension",
    ),
    "issuer-unreachable": Fault(
        faults.issuer_unreachable,
        in_every_kind("issuer", UNKNOWN, hosted=("references", UNKNOWN), jws=("references", UNKNOWN)),
    ),
    "key-unreachable": Fault(
        faults.key_unreachable,
        {kind: ("proof", UNKNOWN) for kind in Kind if kind is not Kind.HOSTED},
        "no key signs a hosted badge",
    ),
    "key-withdrawn": Fault(
        faults.key_withdrawn,
        {kind: ("issuer", FAILED) for kind in Kind if kind is not Kind.HOSTED},
        "no key signs a hosted badge",
    ),
    "status-unreachable": Fault(faults.status_unreachable, in_every_kind("status", UNKNOWN)),
    "status-of-a-stranger": Fault(
        faults.status_signed_by_a_stranger,
        {Kind.DATA_INTEGRITY: ("status", UNKNOWN), Kind.VC_JWT: ("status", UNKNOWN)},
        "in Open Badges 2.0 the issuer's host itself says what is revoked",
    ),
    "neighbour": Fault(
        faults.signed_by_a_neighbour,
        in_every_kind("issuer", vc_jwt=("issuer", UNKNOWN), hosted=("hosted-scope", FAILED)),
    ),
    "key-revoked": Fault(faults.key_revoked, in_both_kinds_of_3("issuer"), "there an issuer lists a key or does not"),
    "weak-key": Fault(
        faults.signed_without_a_private_key,
        {kind: ("proof", UNKNOWN) for kind in Kind if kind is not Kind.HOSTED},
        "no key signs a hosted badge",
    ),
    "expired-in-other-words": Fault(faults.expired_in_other_words, in_both_kinds_of_3("validity-period"), ONE_MODEL),
    "ending-in-other-words": Fault(faults.ending_in_other_words, in_both_kinds_of_3("shape"), ONE_MODEL),
    "status-beside-its-claim": Fault(
        faults.revoked_beside_its_claim, {Kind.VC_JWT: ("claims", FAILED)}, "nothing stands beside the others"
    ),
    "another-status-list": Fault(
        faults.status_of_another_list, in_both_kinds_of_3("status", UNKNOWN), "Open Badges 2.0 lists ids, not bits"
    ),
    "status-of-a-neighbour": Fault(
        faults.status_signed_by_a_neighbour, in_both_kinds_of_3("status", UNKNOWN), "there nobody signs the list"
    ),
    "climbing": Fault(
        faults.climbing_out_of_its_prefix, {Kind.HOSTED: ("hosted-scope", FAILED)}, "no address vouches for the others"
    ),
    "unsigned": Fault(faults.unsigned, in_every_kind("proof")),
    "algorithm-none": Fault(
        faults.algorithm_none,
        {Kind.JWS: ("proof", FAILED), Kind.VC_JWT: ("proof", FAILED)},
        "only tokens name an algorithm",
    ),
    "dropped-term": Fault(faults.with_a_term_that_is_dropped, {Kind.DATA_INTEGRITY: ("context", FAILED)}, BYTES_COUNT),
    "end-moved": Fault(faults.expired_with_its_end_moved, {Kind.DATA_INTEGRITY: ("context", FAILED)}, BYTES_COUNT),
    "status-moved": Fault(
        faults.revoked_with_its_status_moved, {Kind.DATA_INTEGRITY: ("context", FAILED)}, BYTES_COUNT
    ),
    "from-the-future": Fault(
        faults.from_the_future, {Kind.DATA_INTEGRITY: ("proof", FAILED)}, "only a proof says when it was made"
    ),
    "own-context": Fault(faults.with_a_context_of_its_own, {Kind.DATA_INTEGRITY: ("proof", FAILED)}, BYTES_COUNT),
}

ROWS = [pytest.param(fault, kind, id=f"{name}-{kind}") for name, fault in FAULTS.items() for kind in fault.found]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def platform(world: World, tmp_path: Path) -> AsyncIterator[SimulatedPlatform]:
    async with simulated_platform(tmp_path, world.web, SimulatedClock()) as platform:
        yield platform


@pytest.mark.parametrize(("fault", "kind"), ROWS)
async def test_a_badge_with_a_fault_is_never_signed(
    fault: Fault, kind: Kind, world: World, platform: SimulatedPlatform
) -> None:
    badge = fault.damage(world, kind)
    check, outcome = fault.found[kind]

    for carrier, target in product(Carrier, TARGETS):
        with pytest.raises(NotTrusted) as refusal:
            await platform.convert(world.carried(badge, kind, carrier), target)

        found = {check.name: check.outcome for check in refusal.value.report.checks}
        assert found.get(check) is outcome, (carrier, target, found)
    assert platform.signer.used == []
    assert (await platform.gateway.native.search(CALLER, Search(limit=20))).records == ()
    assert await platform.gateway.keys.all(CALLER.platform) == ()


@pytest.mark.parametrize("carrier", Carrier)
@pytest.mark.parametrize("kind", Kind)
async def test_the_same_badge_without_a_fault_is_signed_in_every_form(
    kind: Kind, carrier: Carrier, world: World, platform: SimulatedPlatform
) -> None:
    source = world.carried(world.sound(kind), kind, carrier)

    converted = await platform.convert(source, *TARGETS)

    assert {Target(form.intent.format, form.intent.securing) for form in converted.created} == set(TARGETS)
    signed_with = {form.intent.key for form in converted.created if form.intent.key}
    # A hosted Assertion is served, not signed; a VC-JWT and both SD-JWTs have one key and different types.
    assert len(signed_with) == len(TARGETS) - 3
    assert signed_with <= set(platform.signer.used)
    assert len((await platform.gateway.native.search(CALLER, Search(limit=20))).records) == 1


@pytest.mark.parametrize("kind", Kind)
async def test_a_badge_that_went_bad_is_signed_in_no_further_form(
    kind: Kind, world: World, platform: SimulatedPlatform
) -> None:
    first, *others = TARGETS
    badge = world.sound(kind)
    record = (await platform.convert(badge, first)).record
    faults.revoked(world, kind)
    before = list(platform.signer.used)

    again = await platform.convert(badge, *others)
    extended = await platform.gateway.extend(record.id, tuple(others), CALLER)

    assert (again.created, extended.created) == ((), ())
    assert report_of(again).outcome is report_of(extended).outcome is FAILED
    assert platform.signer.used == before


def test_every_fault_stands_in_the_matrix_for_every_kind_or_says_why_not() -> None:
    silent = [name for name, fault in FAULTS.items() if set(fault.found) != set(Kind) and not fault.elsewhere]

    assert silent == []


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.format}-{target.securing}")
async def test_an_endorsement_that_nobody_verified_is_in_nothing_that_is_signed(
    target: Target, world: World, platform: SimulatedPlatform
) -> None:
    badge = faults.endorsed_by_nobody(world)

    converted = await platform.convert(badge, target)

    [form] = converted.created
    assert b"endorse" not in msgspec.json.encode(document_of(form.intent)).lower()
    assert form.intent.losses.count(b"stays with the original") > 1
