"""Histories by the dozen: made up from a seed, and made as short as they can be when one fails."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as _seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.fuzz.model.machine import Machine


def histories(machine: type[Machine], seed: int, many: int, steps: int, *, shrink: bool = True) -> None:
    """Try ``many`` histories of up to so many steps each; raise what the shortest one that fails raises."""
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    chosen = settings(
        max_examples=many,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    seeded = type(machine.__name__, (machine,), {})
    _seeded(seed)(seeded)
    run_state_machine_as_test(seeded, settings=chosen)
