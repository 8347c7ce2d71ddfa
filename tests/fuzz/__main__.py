"""``./run.sh fuzz``: requests made up from the published documents, against the application in this machine's memory.

Every surface is tried in a process of its own, ``--jobs`` of them side by side: schemathesis' threads end CPython 3.11
in its coverage phase. The same seed makes up the same requests, but for ids and signatures, which are the gateway's.
Ends with 1 when anything failed, each failure once with the first request that showed it.
"""

import argparse
import math
import sys
from collections.abc import Callable, Sequence

import msgspec
from rich.console import Console
from rich.table import Table

from gateway.commands import destination
from gateway.commands.arguments import whole_number
from gateway.commands.usage import Usage
from tests.fuzz.contract.counted import Coverage, Share
from tests.fuzz.contract.run import Outcome, Plan
from tests.fuzz.contract.side_by_side import side_by_side
from tests.fuzz.contract.surfaces import SURFACES

MINUTE_S = 60
CASES = 20_000
MOST, MOST_JOBS = 1_000_000_000, 64
COLUMNS = (
    "as another: requests that were answered, sent again by somebody else, who must not get that answer; "
    "upset: requests that are right while something around them is wrong (the store is away, the limit reached ...); "
    "operations, parameters, responses: so many of those in the document were reached."
)


def main(words: Sequence[str] | None = None) -> int:
    """Try the surfaces that the arguments name; 1 when something failed."""
    parser = _parser()
    arguments = parser.parse_args(words)
    try:
        with destination.opened(arguments.json) as write:
            return _tried(arguments, write)
    except Usage as error:
        parser.error(f"{error}; {error.fix}")


def _tried(arguments: argparse.Namespace, write: Callable[[bytes], None]) -> int:
    names = arguments.surface or list(SURFACES)
    out = Console(markup=False, emoji=False, highlight=False, soft_wrap=True, width=160)
    rounds = -(-len(names) // arguments.jobs)
    plan = Plan(
        seed=arguments.seed,
        cases=arguments.cases or (0 if arguments.minutes else CASES),
        seconds=math.ceil((arguments.minutes or 0) * MINUTE_S / rounds),
    )
    outcomes = []
    for outcome in side_by_side(names, plan, arguments.jobs):
        outcomes.append(outcome)
        _say(out, outcome)
    _conclude(out, sorted(outcomes, key=lambda each: names.index(each.surface)))
    write(msgspec.json.format(msgspec.json.encode(outcomes), indent=2) + b"\n")
    return 1 if any(each.failed or each.errors for each in outcomes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run.sh fuzz", description="Try every published document.", epilog=f"What is printed: {COLUMNS}"
    )
    parser.add_argument("--minutes", type=_minutes, help="so long at most, all surfaces together")
    parser.add_argument("--cases", type=whole_number(1, MOST), help=f"so many of each surface at least ({CASES})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--surface", action="append", choices=sorted(SURFACES), help="this one alone; may be repeated")
    parser.add_argument("--jobs", type=whole_number(1, MOST_JOBS), default=2, help="surfaces side by side")
    parser.add_argument("--json", default="", metavar="FILE", help="write the result there, too")
    return parser


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 0 < minutes < MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no time above 0")
    return minutes


def _say(out: Console, outcome: Outcome) -> None:
    for failed in outcome.failed:
        out.print(f"\n{failed.surface}: {failed.operation}: {failed.check} ({failed.answer}), {failed.times} times")
        out.print(f"  {failed.message}\n  {failed.reproduce}")
    for error in outcome.errors:
        out.print(f"\n{outcome.surface}: {error}")


def _conclude(out: Console, outcomes: list[Outcome]) -> None:
    table = Table(title=f"Seed {outcomes[0].seed}")
    for column in (
        "surface",
        "cases",
        "a second",
        "as another",
        "upset",
        "failures",
        "operations",
        "parameters",
        "responses",
    ):
        table.add_column(column, justify="left" if column == "surface" else "right")
    for each in outcomes:
        counts = [each.cases, round(each.cases / each.took_s), each.asked_as_another, each.upset, len(each.failed)]
        found = each.coverage
        shares = [_percent(share) for share in (found.operations, found.parameters, found.responses)]
        table.add_row(each.surface, *(str(count) for count in counts), *shares)
    whole = [_together(outcomes, name) for name in Coverage.__struct_fields__]
    table.add_row(
        "together", str(sum(each.cases for each in outcomes)), *[""] * 4, *(_percent(share) for share in whole)
    )
    out.print(table)
    out.print(COLUMNS)
    for each in outcomes:
        for name in each.coverage.__struct_fields__:
            missing = getattr(each.coverage, name).missing
            if missing:
                out.print(f"{each.surface}, {name} not reached: {', '.join(missing)}")
        if each.unmet:
            out.print(f"{each.surface}, exceptions not needed: {'; '.join(each.unmet)}")


def _together(outcomes: list[Outcome], name: str) -> Share:
    shares: list[Share] = [getattr(each.coverage, name) for each in outcomes]
    return Share(seen=sum(each.seen for each in shares), of=sum(each.of for each in shares), missing=[])


def _percent(share: Share) -> str:
    return f"{share.seen}/{share.of} {100 * share.seen / (share.of or 1):.1f} %"


if __name__ == "__main__":
    sys.exit(main())
