"""What a new look at a held badge found, beside the badge."""

import msgspec

from gateway.flows.verdict import Verdict, ends, verdict
from gateway.flows.verify import Verified
from gateway.records.holdings import Holding, HoldingOutcome


def found_out(holding: Holding, verified: Verified) -> Holding:
    """The badge with what is known of it now; of one that cannot be read any more, what it says stays as it was."""
    reading, report = verified.received.reading, verified.report
    if reading is None:
        before = msgspec.json.decode(holding.report, type=Verdict)
        said = msgspec.structs.replace(before, outcome=report.outcome, at=report.at, checks=report.checks)
    else:
        said = verdict(reading, report)
    return msgspec.structs.replace(
        holding,
        outcome=HoldingOutcome(report.outcome.value),
        report=msgspec.json.encode(said),
        valid_until=holding.valid_until if reading is None else ends(reading),
    )
