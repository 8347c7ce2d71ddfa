"""What is made by virtue of a membership: only while it holds, and it ends with it."""

import datetime as dt

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Work, micros
from gateway.errors import InsufficientScope
from gateway.records.access import Role

# Changes nothing and locks the row: who loses the role meanwhile has made it before, and it ends; or makes it no more.
_OWNS = """
update members set role = role where (platform = $1 or $1 = '*') and id = $2 and role = $3 returning id
"""
_END_KEYS = """
update api_keys set revoked = $3 where (platform = $1 or $1 = '*') and member = $2 and revoked is null
returning id, platform
"""
_END_CLIENTS = """
update oauth_clients set revoked = $3 where (platform = $1 or $1 = '*') and member = $2 and revoked is null
returning id, platform
"""


def within_of(platform: str, member: str) -> str:
    """Where the transaction of something is that a member made: the membership may be another tenant's than it."""
    return EVERYWHERE if member else platform


def still_owner(member: str) -> Work[None]:
    """Hold the membership for the rest of the transaction, ``within_of`` it; "" is nobody's.

    Raises:
        InsufficientScope: It has ended, or lost the role.
    """
    if member and not (yield _OWNS, (EVERYWHERE, member, Role.OWNER.value)):
        raise InsufficientScope(
            "by whose membership this would be made is no owner any more", fix="ask an owner of the platform"
        )


def made_by_ended(member: str, actor: str, at: dt.datetime) -> Work[None]:
    """End every key and client that was made by virtue of a membership, in every tenant, and note it there."""
    for sql, action in ((_END_KEYS, "api-key.revoked"), (_END_CLIENTS, "client.revoked")):
        for row in (yield sql, (EVERYWHERE, member, micros(at))):
            yield from noted(row["platform"], actor, f"{action} with its maker", row["id"], at)
