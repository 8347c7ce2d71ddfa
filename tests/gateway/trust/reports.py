"""From a document to the report on it, as the gateway makes one."""

import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

from gateway.flows.receive import Receive
from gateway.flows.verify import Structure, Verify
from gateway.ports import Fetch
from gateway.ports.seals import OwnSeals
from gateway.trust.anchors import NO_ANCHORS, Anchors
from gateway.trust.known_lists import KnownLists
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.shapes import Shapes
from tests.simulators.clock import NOON, SimulatedClock


async def report_on(  # noqa: PLR0913 - as many as a verification can be told
    received: dict[str, Any] | str | bytes,
    web: Fetch,
    *,
    now: dt.datetime = NOON,
    recipients: tuple[str, ...] = (),
    lists: KnownLists | None = None,
    anchors: Anchors = NO_ANCHORS,
    shapes: Shapes | None = None,
    structure: Structure = Structure.FAST,
    own_seals: OwnSeals | None = None,
) -> Report:
    """Open, read and verify a document, a token, or bytes."""
    if isinstance(received, dict):
        received = json.dumps(received)
    body = received.encode() if isinstance(received, str) else received
    verify = Verify(
        SimulatedClock(now),
        web,
        Receive(web),
        lists or KnownLists(),
        anchors=anchors,
        shapes=shapes,
        own_seals=own_seals,
    )
    return (await verify(body, recipients=recipients, structure=structure)).report


def check(report: Report, name: str) -> Check:
    """The check of this name; each is there exactly once."""
    (found,) = [check for check in report.checks if check.name == name]
    return found


def outcome(report: Report, name: str) -> Outcome:
    """The outcome of the check of this name."""
    return check(report, name).outcome
