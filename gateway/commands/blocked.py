"""Addresses that the gateway never fetches from, and the setting that lets it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from gateway.assembly.opened import barred
from gateway.errors import FetchBlocked
from gateway.settings import Settings
from gateway.trust.report import Check, Outcome


def allowed_by(settings: Settings, addresses: Iterable[str]) -> str:
    """Say how to allow those addresses that are not fetched from for being http or inside; "" when none is."""
    origins = barred(settings, addresses)
    if not origins:
        return ""
    setting = ",".join([*sorted(settings.exempt), *origins])
    return (
        f"set GATEWAY_EXEMPT_ORIGINS={setting} if this gateway may fetch from there although it is http, inside, "
        "or another port"
    )


def in_report(settings: Settings, checks: Iterable[Check]) -> str:
    """The same for all that checks looked for in vain."""
    unknown = (check for check in checks if check.outcome is Outcome.UNKNOWN)
    return allowed_by(settings, [place for check in unknown for place in check.looked_at])


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Add it to the error of a badge whose own address is such a one."""
    try:
        yield
    except FetchBlocked as error:
        address, _, _ = error.reason.partition(": ")
        fix = error.fix or allowed_by(settings, [address])
        raise FetchBlocked(error.reason, pointer=error.pointer, fix=fix) from error
