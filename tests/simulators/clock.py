"""A clock that stands still until it is moved."""

import datetime as dt

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


class SimulatedClock:
    """Implements ``gateway.ports.Clock``."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **period: float) -> None:
        """Move on by a timedelta given by its parts, as ``advance(days=1)``; backwards when negative."""
        self.now += dt.timedelta(**period)
