"""What has ended is not issued any more: nobody who checks it would accept it."""

import datetime as dt

from gateway.errors import NotIssuable


def require_lasting(until: dt.datetime | None, now: dt.datetime, pointer: str = "") -> None:
    """Let only what has not ended be issued.

    Args:
        until: When it ends by its own words; None for never.
        pointer: To the member of the request that says so.

    Raises:
        NotIssuable: It has ended.
    """
    if until is not None and until <= now:
        raise NotIssuable(
            f"the credential ended on {until:%Y-%m-%d at %H:%M:%S} (UTC)",
            pointer=pointer,
            fix="award it anew, with a later end or none",
        )
