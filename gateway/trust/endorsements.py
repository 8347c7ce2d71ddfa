"""Check `endorsements`: what others say of the things in it, each judged as the credential that it is."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

import msgspec

from adapters.hub.contract import Endorsed
from gateway.trust.case import Case
from gateway.trust.nested import nested_endorsement
from gateway.trust.report import Check, Outcome, Report

TIME_LIMIT_S = 20.0
"""For all endorsements together: their hosts are not the issuer's, and nobody waits for all of them to be slow."""

_SHOWN = 5
_LEFT_OUT = "a copy leaves them out: each names what it endorses by the id that the original has"


class _Judged(msgspec.Struct, frozen=True):
    """One endorsement: where it hangs, its outcome, why, and what would mend it."""

    pointer: str
    outcome: Outcome
    why: str = ""
    fix: str = ""


async def endorsements(case: Case) -> Check:
    """Verify each endorsement: proof, issuer, dates, status, shape, and that it is about what it hangs on.

    One that does not hold is noted, and makes nobody's award false: it is another issuer's statement, which may end,
    be revoked or have its host taken down long after, and the gateway signs none of it. Open Badges 3.0 section 9.1
    lists the step among those that make a badge verified as a whole; its own complete example, which is to be valid,
    carries endorsements that have expired.

    Source: Open Badges 3.0 section 9.1 step 6 and section 9.2; Open Badges 2.0, Endorsement.
    """
    carried = case.subject.reading.endorsements
    if not carried:
        return Check("endorsements", Outcome.SKIPPED, "carries none")
    if not case.vouched:
        return Check(
            "endorsements", Outcome.NOTED, f"carries {len(carried)}, not looked at: nobody vouches for the rest"
        )
    why = f"not looked at within {TIME_LIMIT_S:g} s for all of them"
    judged = {each.pointer: _Judged(each.pointer, Outcome.UNKNOWN, why) for each in carried}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TIME_LIMIT_S):
            for endorsed in carried:
                judged[endorsed.pointer] = await _judged(case, endorsed)
    wrong = [each for each in judged.values() if each.outcome is not Outcome.PASSED]
    looked_at = tuple(f"{each.pointer} {each.outcome}" for each in judged.values())
    detail = f"carries {len(judged)}, {len(judged) - len(wrong)} verified; {_LEFT_OUT}"
    if not wrong:
        return Check("endorsements", Outcome.PASSED, detail, looked_at=looked_at)
    fix = next((f"{each.pointer}: {each.fix}" for each in wrong if each.fix), "")
    return Check("endorsements", Outcome.NOTED, f"{detail}. {_listed(wrong)}", fix, looked_at)


async def _judged(case: Case, endorsed: Endorsed) -> _Judged:
    found = await nested_endorsement(case, endorsed.endorsement)
    if found.reading is not None and found.reading.about not in endorsed.about:
        why = f"is about {found.reading.about or 'nothing'}, not about what it hangs on"
        return _Judged(endorsed.pointer, Outcome.FAILED, why, "Hang it on what it endorses, or leave it out.")
    outcome = found.report.outcome
    if outcome is Outcome.PASSED:
        return _Judged(endorsed.pointer, outcome)
    worst = next(_worst(found.report, outcome), None)
    if worst is None:
        return _Judged(endorsed.pointer, outcome, "a check that it needs was not made")
    return _Judged(endorsed.pointer, outcome, f"{worst.name}: {worst.detail}", worst.fix)


def _worst(report: Report, outcome: Outcome) -> Iterator[Check]:
    return (check for check in report.checks if check.outcome is outcome)


def _listed(wrong: Sequence[_Judged]) -> str:
    shown = [f"{each.pointer} {each.outcome}, {each.why}" for each in wrong[:_SHOWN]]
    if len(wrong) > _SHOWN:
        shown.append(f"and {len(wrong) - _SHOWN} more")
    return "; ".join(shown)
