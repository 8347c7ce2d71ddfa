"""``badge-gateway watch``: look at the sources of what was converted, as the running gateway does by itself."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator

import msgspec

from gateway.assembly.whole import Gateway, assembled
from gateway.commands import shown
from gateway.commands.layout import facts
from gateway.flows.watch import Round
from gateway.settings import Settings

PAUSE_S = 5.0


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask what is due, once or for ever; return 3 when a place could not be finished."""
    return asyncio.run(_run(settings, once=arguments.once, as_json=arguments.json))


async def _run(settings: Settings, *, once: bool, as_json: bool) -> int:
    rounds: list[Round] = []
    async with assembled(settings) as gateway:
        async for done in _rounds(gateway, once=once):
            rounds = [*rounds, done] if once else [done]
            if not as_json:
                _tell(done)
            elif not once:
                print(msgspec.json.encode(done).decode(), flush=True)
    if once and as_json:
        shown.as_json([msgspec.to_builtins(done) for done in rounds])
    elif once:
        _sum_up(rounds)
    return 3 if any(done.failed for done in rounds) else 0


async def _rounds(gateway: Gateway, *, once: bool) -> AsyncIterator[Round]:
    while True:
        done = await gateway.watching.watch()
        yield done
        if not done.is_full:
            if once:
                return
            await asyncio.sleep(PAUSE_S)


def _tell(done: Round) -> None:
    """One line for each place, and one for each record that something became of."""
    for place in done.asked:
        print(f"{place.kind}: {place.seen or 'nothing depends on it any more'}", flush=True)
        for change in place.changes:
            print(f"  {change.event}  {change.credential}  ({change.platform})", flush=True)
    for reason in done.failed:
        print(f"not finished: {reason}", file=sys.stderr, flush=True)


def _sum_up(rounds: list[Round]) -> None:
    seen = Counter(str(place.seen) for done in rounds for place in done.asked if place.seen)
    changes = Counter(str(change.event) for done in rounds for place in done.asked for change in place.changes)
    facts(
        shown.console(),
        ("new sources", str(sum(done.enrolled for done in rounds))),
        ("places asked", str(seen.total()) + "".join(f", {count} {name}" for name, count in seen.items())),
        ("put off", str(sum(done.put_off for done in rounds))),
        ("changes", str(changes.total()) + "".join(f", {count} {name}" for name, count in changes.items())),
    )
