"""``/v1/platform/members``: the people who may act for a platform."""

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gateway.flows.convert import Caller
from gateway.flows.once import Once
from gateway.flows.platform.members import AddMember, ChangeMember, ListMembers, RemoveMember
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.platform.kept import NO_CONTENT, UnguessableId, kept, made, request_of
from gateway.http.platform.wire import MemberDescription, MemberList, NewMember, RoleChange, member
from gateway.http.problems import problems
from gateway.http.replies import IdempotencyKey
from gateway.records.access import Scope


class MemberController(Controller):
    """The people who may act for a platform, when they are signed in."""

    path = "/v1/platform/members"
    tags = ["Platform"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.PLATFORM_MANAGE)

    @get(operation_id="listMembers", summary="List members", responses=problems(401, 403, 429, 503))
    async def all(self, caller: NamedDependency[Caller], list_members: NamedDependency[ListMembers]) -> MemberList:
        """Every member, oldest first."""
        return MemberList(members=tuple(map(member, await list_members(caller.platform))))

    @post(
        operation_id="addMember",
        summary="Add a member",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 408, 409, 413, 422, 429, 503),
    )
    async def add(
        self,
        data: JSONBody[NewMember],
        caller: NamedDependency[Caller],
        add_member: NamedDependency[AddMember],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[MemberDescription]:
        """Nobody is written to: who has the address is a member as soon as they sign in with it.

        A key makes nobody a member of whom it could not do the work: its scopes are those of the role, or more, and it
        does not expire.
        """

        async def work() -> bytes:
            return kept(member(await add_member(caller.platform, data.address, data.role, caller.actor, maker=caller)))

        answer = await once(caller, idempotency_key, request_of("add member", data), work)
        return made(answer, MemberDescription)

    @patch(
        "/{member_id:str}",
        operation_id="changeMember",
        summary="Change a member's role",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 408, 409, 413, 422, 429, 503),
    )
    async def change(
        self,
        member_id: UnguessableId,
        data: JSONBody[RoleChange],
        caller: NamedDependency[Caller],
        change_member: NamedDependency[ChangeMember],
    ) -> MemberDescription:
        """The last owner stays one. Who was one loses, at once, every API key and client that they made.

        The key that asks has the scopes of both roles.
        """
        return member(await change_member(caller.platform, member_id, data.role, caller.actor, maker=caller))

    @delete(
        "/{member_id:str}",
        operation_id="removeMember",
        summary="Remove a member",
        status_code=NO_CONTENT,
        responses=problems(401, 403, 404, 409, 429, 503),
    )
    async def remove(
        self,
        member_id: UnguessableId,
        caller: NamedDependency[Caller],
        remove_member: NamedDependency[RemoveMember],
    ) -> None:
        """The last owner stays. With anybody else, every API key and client ends that they, or such a key, made.

        What they did stays in the audit trail, where it also says what ended with them. The key that asks has the
        scopes of the member's role.
        """
        await remove_member(caller.platform, member_id, caller.actor, maker=caller)
