"""``python -m tests.fuzz.model --minutes 10 --seed 1``: histories of the gateway beside its model, until time is up."""

import argparse
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.fuzz.model.live import Live
from tests.fuzz.model.machine import Machine
from tests.fuzz.model.running import histories

MANY = 20


def main() -> None:
    """Run as the arguments say; raise what the first history raises in which both do not agree."""
    parser = argparse.ArgumentParser(description="Make up histories, and compare the gateway with its model.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the first round; each has the next one")
    parser.add_argument("--steps", type=int, default=40, help="of a history, at most")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL; by default SQLite, new each time")
    chosen = parser.parse_args()
    out = Console(markup=False, highlight=False, soft_wrap=True)
    began, rounds = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        Machine.shared = Live(Path(folder), chosen.database_url) if chosen.database_url else None
        while time.monotonic() - began < chosen.minutes * 60:
            out.print(f"seed {chosen.seed + rounds} ...")
            histories(Machine, chosen.seed + rounds, MANY, chosen.steps)
            rounds += 1
            took_s = time.monotonic() - began
            out.print(f"{rounds * MANY} histories, {Machine.steps.total()} steps in {took_s:.0f} s; they agree")
        if Machine.shared:
            Machine.shared.close()


if __name__ == "__main__":
    main()
