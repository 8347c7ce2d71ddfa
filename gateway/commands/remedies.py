"""What to do at the command line about an error that says nothing of it: over HTTP the way is another."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from adapters.hub.errors import AdapterError
from gateway.errors import NotFound, NotIssuable

AWARD = (
    'give an award as JSON: {"achievement": {"name": "…", "description": "…", "criteria": {"text": "…"}}, '
    '"recipient": {"email": "…"}}'
)
CREDENTIALS = frozenset({"revoke", "suspend", "reinstate", "erase", "offer"})
OF_A_PLATFORM = frozenset({"api-keys", "clients", "members"})
"""Commands whose ``list`` shows what their other actions name."""


@contextmanager
def added(arguments: argparse.Namespace) -> Iterator[None]:
    """Add it to what is raised meanwhile; the way in which offers are made over HTTP is replaced."""
    try:
        yield
    except NotFound as error:
        if not error.fix or arguments.command == "offer":
            error.fix = _look_up(arguments)
        raise
    except (AdapterError, NotIssuable) as error:
        if not error.fix and arguments.command == "issue":
            error.fix = AWARD
        raise


def _look_up(arguments: argparse.Namespace) -> str:
    """Where the id stands that was meant."""
    platforms = "badge-gateway platforms list shows every platform"
    command, platform = arguments.command, getattr(arguments, "platform", "")
    named = f" --platform {platform}" if platform not in ("", "default") else ""
    if command in CREDENTIALS:
        shown = f"name it by the id under which badge-gateway list{named} shows it, not by that of one of its forms"
    elif command in OF_A_PLATFORM and hasattr(arguments, "id"):
        shown = f"badge-gateway {command} list{named} shows every id"
    else:
        return platforms
    return f"{shown}; {platforms}"
