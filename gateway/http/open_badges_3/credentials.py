"""``/ims/ob/v3p0/credentials`` and ``/profile``: what a person holds, and who they say they are."""

from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import RawBody

from gateway.flows.portray import KeepProfile, ShowProfile
from gateway.flows.present import PAGE_LIMIT, Present
from gateway.flows.upsert import Upsert
from gateway.http.delivery import HttpRequest
from gateway.http.oauth.bearer import allows, authorised
from gateway.http.open_badges_3 import documents, scopes
from gateway.http.open_badges_3.answers import PROFILE, kept, page
from gateway.http.open_badges_3.parameters import (
    Limit,
    Offset,
    Since,
    declared,
    instant_of,
    only_credentials,
    only_profiles,
    takes_json,
)
from gateway.http.open_badges_3.status_info import JSON, refusals
from gateway.http.parameters import only_known_parameters
from gateway.records.oauth import Grant
from gateway.settings import Settings


class OpenBadges3Controller(Controller):
    """What a person holds, and their Profile."""

    path = "/ims/ob/v3p0"
    tags = ["Open Badges 3.0"]
    guards = [authorised, only_known_parameters]

    @get(
        "/credentials",
        operation_id="getCredentials",
        summary="What the person holds",
        security=[{"OAuth2ACG": [scopes.READ]}],
        opt=allows(scopes.READ),
        guards=[takes_json],
        operation_class=documents.PAGE,
        responses=refusals(400, 401, 403, 406, 429, 503),
    )
    async def page(
        self,
        grant: NamedDependency[Grant],
        present: NamedDependency[Present],
        settings: NamedDependency[Settings],
        limit: Limit = PAGE_LIMIT,
        offset: Offset = 0,
        since: Since = (),
    ) -> Response[bytes]:
        """Newest update first, each in the bytes that were signed.

        A badge that came in as Open Badges 2.0 is here in the 3.0 form that was made of it. ``since`` is compared with
        when a credential came in here or changed: who asks for news would miss what was issued long ago and came today.
        """
        after = instant_of(since)
        found = await present(grant.platform, grant.person, since=after, limit=limit, offset=offset)
        return page(found, settings.public_url, offset, since)

    @post(
        "/credentials",
        operation_id="upsertCredential",
        summary="Hand a credential to the person",
        security=[{"OAuth2ACG": [scopes.UPSERT]}],
        opt=allows(scopes.UPSERT),
        guards=[only_credentials],
        operation_class=documents.UPSERT,
        responses=refusals(400, 401, 403, 408, 413, 415, 422, 429, 503),
    )
    async def upsert(
        self, body: RawBody, request: HttpRequest, grant: NamedDependency[Grant], upsert: NamedDependency[Upsert]
    ) -> Response[bytes]:
        """Verified and then kept, in place of the version with the same issuer and id that the person holds.

        The same bytes again are 200 and not 304, which could carry no credential: the answer then is what it was the
        first time. 304 says that a newer version is held (its ``validFrom`` is later), so nothing was changed.
        """
        media_type = declared(request.headers.get("Content-Type", ""))
        return kept(await upsert(body, media_type, grant.person), body, media_type)

    @get(
        "/profile",
        operation_id="getProfile",
        summary="The person's Profile",
        security=[{"OAuth2ACG": [scopes.READ_PROFILE]}],
        opt=allows(scopes.READ_PROFILE),
        guards=[takes_json],
        operation_class=documents.PROFILE_SHOWN,
        responses=refusals(400, 401, 403, 404, 406, 429, 503),
    )
    async def profile(
        self,
        grant: NamedDependency[Grant],
        show_profile: NamedDependency[ShowProfile],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """What an application put here last; until then, and when its authorisation has ended, what the account says.

        To the application that put it, in its exact bytes. To all others with `id`, `email` and `otherIdentifier` of
        the person's account, which alone are confirmed.
        """
        shown = await show_profile(grant.platform, grant.person, grant.client, settings.public_url + PROFILE)
        return Response(shown, media_type=JSON)

    @put(
        "/profile",
        operation_id="putProfile",
        summary="Replace the person's Profile",
        security=[{"OAuth2ACG": [scopes.UPDATE_PROFILE]}],
        opt=allows(scopes.UPDATE_PROFILE),
        guards=[only_profiles],
        operation_class=documents.PROFILE_KEPT,
        responses=refusals(400, 401, 403, 404, 408, 413, 415, 422, 429, 503),
    )
    async def put_profile(
        self, body: RawBody, grant: NamedDependency[Grant], keep_profile: NamedDependency[KeepProfile]
    ) -> Response[bytes]:
        """Kept exactly as it was sent, while the person lets this application. It confirms no address."""
        return Response(await keep_profile(body, grant.platform, grant.person, grant.client), media_type=JSON)
