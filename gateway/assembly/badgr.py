"""Wires what applications that know no OAuth can do."""

from collections.abc import Callable

import msgspec

from gateway.edges.app_passwords import StoredAppPasswords, StoredAppTokens
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.flows.badgr.keep_passwords import KeepPasswords
from gateway.flows.badgr.let_in import LetIn
from gateway.ports import Clock
from gateway.ports.people import People


class BadgrFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Passwords for applications, and letting in who has one."""

    keep_passwords: KeepPasswords
    let_in: LetIn


def badgr_flows(
    clock: Clock, database: Database, envelope: Envelope, people: People, new_id: Callable[[], str]
) -> BadgrFlows:
    """Everything about passwords for applications, over this store."""
    passwords = StoredAppPasswords(database, envelope)
    return BadgrFlows(
        keep_passwords=KeepPasswords(clock, passwords, new_id),
        let_in=LetIn(clock, people, passwords, StoredAppTokens(database)),
    )
