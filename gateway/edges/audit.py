"""The audit trail: who did what for a platform, written in the same transaction as what it reports."""

import datetime as dt
import uuid

from gateway.edges.database import Work, micros

_NOTE = "insert into audit (id, platform, at, actor, action, target) values ($1, $2, $3, $4, $5, $6)"


def noted(platform: str, actor: str, action: str, target: str, at: dt.datetime) -> Work[None]:
    """Write one entry, inside the transaction of the change itself.

    Args:
        actor: ``key {id}``, ``person {id}``, ``client {id}`` or ``command line``; never a name or an address.
        action: What was done, as ``api-key.made`` or ``member.removed``.
        target: Id of what it was done to; never a secret.
    """
    yield _NOTE, (str(uuid.uuid4()), platform, micros(at), actor, action, target)
