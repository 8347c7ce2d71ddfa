"""``/v2/backpack``: what a person holds, and more for them to hold."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency, Provide
from litestar.openapi.spec import OpenAPIMediaType, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import PathParameter, QueryParameter, RawBody

from adapters.hub.errors import Malformed
from adapters.hub.strict_json import DEFAULT, WITH_A_BADGE, check_bounds, check_names
from gateway.apart import apart
from gateway.errors import NotFound
from gateway.flows.backpack.look import PAGE_LIMIT, SeeBackpack, SeeBadge
from gateway.flows.backpack.put_in import PutIn
from gateway.flows.backpack.refusals import NotJson, RequestInvalid
from gateway.http.admission import NOT_COUNTED
from gateway.http.badgr.documented import JSON, refusals
from gateway.http.badgr.guard import let_in, person
from gateway.http.badgr.wire import (
    COLLECTION,
    OK,
    AssertionResult,
    BackpackAssertion,
    Collection,
    CollectionResult,
    Import,
    assertion,
)
from gateway.http.openapi import documented
from gateway.http.provided import flow
from gateway.http.records import RecordId
from gateway.records.holdings import Via

Expand = Annotated[
    tuple[Literal["badgeclass", "issuer"], ...],
    QueryParameter(description="Which entities stand whole in the others.", max_items=4),
]
Offset = Annotated[int, QueryParameter(description=f"{PAGE_LIMIT} come at once; of the first one.", ge=0, le=2**31 - 1)]
CollectionId = Annotated[
    str, PathParameter(description="There is one: from the list.", pattern=r"^[a-z0-9-]{1,40}$(?!\n)", max_length=40)
]
_ADDRESS = Schema(type=OpenAPIType.STRING, max_length=2048)
_ASSERTION = Schema(type=OpenAPIType.OBJECT, max_properties=DEFAULT.max_nodes)
SENT = RequestBody(
    required=True,
    description="The address of a badge, or an Assertion; one of the two.",
    content={
        JSON: OpenAPIMediaType(
            schema=Schema(
                one_of=[
                    Schema(
                        type=OpenAPIType.OBJECT,
                        required=[name],
                        properties={name: inside},
                        additional_properties=False,
                    )
                    for name, inside in (("url", _ADDRESS), ("assertion", _ASSERTION))
                ]
            )
        )
    },
)
_NULL = msgspec.Raw(b"null")


class BackpackController(Controller):
    """What a person holds."""

    path = "/v2/backpack"
    tags = ["Backpack"]
    security = [{"applicationToken": []}]
    guards = [let_in]
    opt = NOT_COUNTED
    dependencies = {
        "owner": Provide(person, sync_to_thread=False),
        "see_backpack": flow("backpack.see_backpack"),
        "see_badge": flow("backpack.see_badge"),
        "put_in": flow("backpack.put_in"),
    }

    @get(
        "/assertions",
        operation_id="listBackpackAssertions",
        summary="Badges that the person holds",
        responses=refusals(400, 401),
    )
    async def assertions(
        self,
        owner: NamedDependency[str],
        see_backpack: NamedDependency[SeeBackpack],
        see_badge: NamedDependency[SeeBadge],
        offset: Offset = 0,
    ) -> AssertionResult:
        """The latest first."""
        return AssertionResult(OK, await _listed(owner, see_backpack, see_badge, offset))

    @get(
        "/assertions/{badge_id:str}",
        operation_id="showBackpackAssertion",
        summary="One badge",
        responses=refusals(400, 401, 404),
    )
    async def assertion(
        self,
        badge_id: RecordId,
        owner: NamedDependency[str],
        see_badge: NamedDependency[SeeBadge],
        expand: Expand = (),
    ) -> AssertionResult:
        """With its BadgeClass and issuer where `expand` asks for them."""
        seen, record = await see_badge(owner, badge_id)
        found = assertion(seen, record, badge="badgeclass" in expand, issuer="issuer" in expand)
        return AssertionResult(OK, (found,))

    @get(
        "/collections",
        operation_id="listBackpackCollections",
        summary="The one collection",
        responses=refusals(401),
    )
    async def collections(
        self, owner: NamedDependency[str], see_backpack: NamedDependency[SeeBackpack]
    ) -> CollectionResult:
        """There is one, of everything; it cannot be changed."""
        return CollectionResult(OK, (await _everything(owner, see_backpack),))

    @get(
        "/collections/{collection_id:str}",
        operation_id="showBackpackCollection",
        summary="Everything",
        responses=refusals(400, 401, 404),
    )
    async def collection(
        self, collection_id: CollectionId, owner: NamedDependency[str], see_backpack: NamedDependency[SeeBackpack]
    ) -> CollectionResult:
        """Which badges are in it."""
        if collection_id != COLLECTION:
            raise NotFound("there is no such collection", fix=f"there is one, {COLLECTION}")
        return CollectionResult(OK, (await _everything(owner, see_backpack),))

    @post(
        "/import",
        operation_id="importBadge",
        summary="Give the person a badge",
        operation_class=documented(body=SENT),
        responses=refusals(400, 401, 408, 413, 415, 422),
    )
    async def put(
        self,
        body: RawBody,
        owner: NamedDependency[str],
        put_in: NamedDependency[PutIn],
        see_badge: NamedDependency[SeeBadge],
    ) -> AssertionResult:
        """It is verified first, and kept exactly as it is."""
        sent = await apart(len(body), _sent, body)
        file = b"" if sent.assertion == _NULL else bytes(sent.assertion)
        held = await put_in(owner, file=file, address=sent.url or "", via=Via.BADGR)
        seen, record = await see_badge(owner, held.holding.id)
        return AssertionResult(OK, (assertion(seen, record, badge=False, issuer=False),))


async def _listed(
    owner: str, see_backpack: SeeBackpack, see_badge: SeeBadge, offset: int
) -> tuple[BackpackAssertion, ...]:
    """A page of this interface, which always comes whole: of a part at a time, lest large badges add up."""
    found: list[BackpackAssertion] = []
    while len(found) < PAGE_LIMIT:
        page = await see_backpack(owner, offset + len(found))
        for seen in page.badges:
            record = (await see_badge(owner, seen.holding.id))[1] if seen.holding.record else None
            found.append(assertion(seen, record, badge=False, issuer=False))
        if not page.badges or offset + len(found) >= page.total:
            break
    return tuple(found[:PAGE_LIMIT])


async def _everything(owner: str, see_backpack: SeeBackpack) -> Collection:
    """All badges, by their ids."""
    ids: list[str] = []
    while True:
        page = await see_backpack(owner, len(ids))
        ids += [seen.holding.id for seen in page.badges]
        if not page.badges or len(ids) >= page.total:
            break
    return Collection(name="Backpack", description="Everything that is held here.", assertions=tuple(ids))


def _sent(body: bytes) -> Import:
    try:
        check_bounds(body, WITH_A_BADGE)
        sent = msgspec.json.decode(body, type=Import)
        check_names(body)
    except msgspec.ValidationError as error:
        raise RequestInvalid(str(error).replace("`", "")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJson(f"the body cannot be read: {error}", fix="send a JSON object, in UTF-8") from error
    except Malformed as error:
        raise NotJson(str(error), pointer=error.pointer, fix="send each member once") from error
    if sent.url is None and sent.assertion == _NULL:
        raise RequestInvalid("url or assertion has to be there", fix='send {"url": "https://..."}')
    if sent.url is not None and sent.assertion != _NULL:
        raise RequestInvalid("url and assertion are both there", fix="send only one of them")
    return sent
