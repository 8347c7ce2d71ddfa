"""Wires who may call for a platform, what it allows, and how it is managed."""

from collections.abc import Callable

import msgspec

from gateway.assembly.opened import Edges
from gateway.edges.audit import StoredAuditTrail
from gateway.edges.members import StoredMembers, StoredMemberships
from gateway.edges.platforms import StoredApiKeys, StoredPlatforms
from gateway.edges.settled import StoredFacts
from gateway.flows.admit import Admit, FirstKey, OtherTokens
from gateway.flows.certify import Certify
from gateway.flows.platform.act import Act, ListMemberships
from gateway.flows.platform.keys import ListApiKeys, MakeKey, RevokeKey
from gateway.flows.platform.members import AddMember, ChangeMember, ListMembers, RemoveMember
from gateway.flows.platform.signing_keys import ImportSeal, ListSigningKeys, RotateKey
from gateway.flows.platform.tenants import ChangePlatform, ListPlatforms, MakePlatform, ReadTrail, ShowPlatform
from gateway.records.tenants import PlatformLimits
from gateway.settings import Settings


class PlatformFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that manages platforms."""

    admit: Admit
    first_key: FirstKey
    show: ShowPlatform
    list: ListPlatforms
    make: MakePlatform
    change: ChangePlatform
    list_api_keys: ListApiKeys
    make_key: MakeKey
    revoke_key: RevokeKey
    list_members: ListMembers
    add_member: AddMember
    change_member: ChangeMember
    remove_member: RemoveMember
    list_memberships: ListMemberships
    act: Act
    list_signing_keys: ListSigningKeys
    rotate_key: RotateKey
    import_seal: ImportSeal
    read_trail: ReadTrail


def platform_flows(
    settings: Settings,
    edges: Edges,
    new_id: Callable[[], str],
    *,
    certify: Certify,
    other_tokens: tuple[OtherTokens, ...] = (),
) -> PlatformFlows:
    """Everything that manages platforms, over this store.

    Args:
        other_tokens: What a caller of the native API may present instead of an API key.
    """
    clock, database, envelope, keys = edges.clock, edges.database, edges.envelope, edges.keys
    platforms, api_keys = StoredPlatforms(database), StoredApiKeys(database)
    members, trail = StoredMembers(database, envelope), StoredAuditTrail(database)
    show = ShowPlatform(platforms)
    list_memberships = ListMemberships(StoredMemberships(database, envelope))
    make_key = MakeKey(clock, platforms, api_keys, new_id)
    return PlatformFlows(
        admit=Admit(clock, api_keys, edges.key_uses, other_tokens),
        first_key=FirstKey(StoredFacts(database), api_keys, make_key, new_id),
        show=show,
        list=ListPlatforms(platforms),
        make=MakePlatform(clock, platforms),
        change=ChangePlatform(
            clock,
            platforms,
            PlatformLimits(
                requests_per_minute=settings.platform_requests_per_minute,
                issued_per_day=settings.platform_issued_per_day,
            ),
        ),
        list_api_keys=ListApiKeys(api_keys),
        make_key=make_key,
        revoke_key=RevokeKey(clock, api_keys),
        list_members=ListMembers(members),
        add_member=AddMember(clock, platforms, members, new_id),
        change_member=ChangeMember(clock, members),
        remove_member=RemoveMember(clock, members),
        list_memberships=list_memberships,
        act=Act(list_memberships),
        list_signing_keys=ListSigningKeys(keys),
        rotate_key=RotateKey(clock, keys, trail, settings.development, certify),
        import_seal=ImportSeal(clock, certify.seals, trail),
        read_trail=ReadTrail(trail),
    )
