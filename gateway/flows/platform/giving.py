"""What a caller may give to others: nothing that it lacks, and nothing that outlives it.

Otherwise a key that may do little, or not for long, would be one that may do everything for ever.
"""

import datetime as dt

from gateway.errors import InsufficientScope, OutlivesMaker
from gateway.flows.convert import Caller
from gateway.records.access import EVERY_SCOPE, Scope


def require_scopes(maker: Caller | None, scopes: frozenset[Scope], what: str, pointer: str) -> None:
    """Let a maker give scopes that it has; who manages the installation has those of every platform.

    Args:
        maker: None where somebody may give everything: at the command line.
        what: Begins the sentence, as "a key".
        pointer: Where the request asks for them, "" where it takes them away.

    Raises:
        InsufficientScope: The maker lacks one.
    """
    if maker is None:
        return
    has = maker.scopes | EVERY_SCOPE if Scope.INSTALLATION_MANAGE in maker.scopes else maker.scopes
    if lacking := sorted(scopes - has):
        raise InsufficientScope(
            f"{what} cannot be given what its maker does not have: {', '.join(lacking)}",
            pointer=pointer,
            fix="ask for no more scopes than the key has that asks, or ask an owner of the platform",
        )


def require_end(maker: Caller | None, expires: dt.datetime | None, what: str) -> None:
    """Let a maker give what ends no later than itself.

    Args:
        expires: None for what lasts.

    Raises:
        OutlivesMaker: It would be there when its maker is not.
    """
    end = maker.expires if maker else None
    if end is None or (expires is not None and expires <= end):
        return
    until = end.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    raise OutlivesMaker(
        f"{what} would outlive the key that asks, which ends at {until}",
        pointer="/expires",
        fix=f"give expires as {until} or earlier, or ask with a key that does not expire",
    )
