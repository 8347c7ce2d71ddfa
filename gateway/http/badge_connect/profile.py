"""``/ims/ob/v2p1/profile``: who the person is, as far as they have confirmed it."""

from collections.abc import Sequence

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import RawBody
from litestar.status_codes import HTTP_200_OK
from msgspec import UNSET, UnsetType

from gateway.flows.backpack.describe_person import Described, DescribePerson, described
from gateway.flows.backpack.suggest_addresses import SuggestAddresses
from gateway.flows.oauth.scopes import PersonScope
from gateway.http.badge_connect.assertions import BASE
from gateway.http.badge_connect.documented import PROFILE_BODY, refusals
from gateway.http.badge_connect.payload import decoded
from gateway.http.badge_connect.status import DONE
from gateway.http.badge_connect.wire import OPEN_BADGES_2, AddedIdentifiers, Profile, ProfileResponse
from gateway.http.json_body import SMALL_BYTES
from gateway.http.oauth.bearer import allows, authorised
from gateway.http.provided import flow
from gateway.records.oauth import Grant


class ProfileController(Controller):
    """Who the person is."""

    path = f"{BASE}/profile"
    tags = ["Profile"]
    guards = [authorised]
    dependencies = {
        "describe_person": flow("backpack.describe_person"),
        "suggest_addresses": flow("backpack.suggest_addresses"),
    }

    @get(
        operation_id="getBadgeConnectProfile",
        summary="The person's confirmed addresses",
        opt=allows(PersonScope.READ_BADGE_CONNECT_PROFILE),
        security=[{"OAuth2ACG": [PersonScope.READ_BADGE_CONNECT_PROFILE]}],
        responses=refusals(401),
    )
    async def show(
        self, grant: NamedDependency[Grant], describe_person: NamedDependency[DescribePerson]
    ) -> ProfileResponse:
        """A Profile of Open Badges 2.0: the addresses to which badges for this person may be awarded."""
        return _profile(await describe_person(grant.person))

    @post(
        operation_id="postProfile",
        summary="Suggest addresses of the person",
        opt=allows(PersonScope.UPDATE_BADGE_CONNECT_PROFILE),
        security=[{"OAuth2ACG": [PersonScope.UPDATE_BADGE_CONNECT_PROFILE]}],
        operation_class=PROFILE_BODY,
        request_max_body_size=SMALL_BYTES,
        responses=refusals(400, 401, 408),
        status_code=HTTP_200_OK,
    )
    async def suggest(
        self, body: RawBody, grant: NamedDependency[Grant], suggest_addresses: NamedDependency[SuggestAddresses]
    ) -> ProfileResponse:
        """The person sees them in the backpack and confirms each by mail; until then they are in no answer."""
        added: AddedIdentifiers = decoded(body, AddedIdentifiers)
        emails = [added.email] if isinstance(added.email, str) else added.email or []
        return _profile(described(await suggest_addresses(grant.person, emails)))


def _profile(found: Described) -> ProfileResponse:
    profile = Profile(
        context=OPEN_BADGES_2,
        id=found.id,
        email=_one_or_many(found.emails),
        url=_one_or_many(found.urls),
        telephone=_one_or_many(found.telephones),
    )
    return ProfileResponse(status=DONE, profile=profile)


def _one_or_many(texts: Sequence[str]) -> str | list[str] | UnsetType:
    if not texts:
        return UNSET
    return texts[0] if len(texts) == 1 else list(texts)
