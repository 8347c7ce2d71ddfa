"""``/account/applications``: what a person has authorised, with a button that ends it."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIHeader, OpenAPIResponse, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import RawBody

from gateway.flows.oauth.applications import ListApplications, Withdraw
from gateway.flows.oauth.refusals import OAuthRefused
from gateway.http.account.page import language_of
from gateway.http.account.session import (
    CSRF_FIELD,
    ForeignForm,
    SignInNeeded,
    require_csrf,
    same_origin,
    signed,
    to_sign_in,
)
from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.html_page import HTML, query_text
from gateway.http.oauth.authorisation import NOT_READ, NOT_SENT, to_person
from gateway.http.oauth.form import MAX_FORM_BYTES, Field, form, form_body
from gateway.http.oauth.pages import CLIENT_FIELD, PLACE, applications_page
from gateway.http.openapi import PAGE_FOR_PEOPLE, contents, documented
from gateway.http.problems import problems
from gateway.http.provided import flow

SEE_OTHER = 303
LISTED = OpenAPIResponse(description="The list, as a page.", content=contents(HTML))
BACK = OpenAPIResponse(
    description="To the list; or to sign in.",
    headers={"Location": OpenAPIHeader(description="There.", schema=Schema(type=OpenAPIType.STRING), required=True)},
)
FIELDS = {CLIENT_FIELD: Field("Its id.", MAX_FORM_BYTES), CSRF_FIELD: Field("Of the page.", MAX_FORM_BYTES)}


class ApplicationsController(Controller):
    """Authorised applications."""

    path = PLACE
    tags = ["Authorisation"]
    security = [{"session": []}]
    guards = [same_origin]
    opt = PAGE_FOR_PEOPLE
    dependencies = {"list_applications": flow("oauth.list_applications"), "withdraw": flow("oauth.withdraw")}
    exception_handlers = {SignInNeeded: to_sign_in, ForeignForm: to_person, OAuthRefused: to_person}

    @get(
        operation_id="listApplications",
        summary="Authorised applications",
        operation_class=documented(responses={"200": LISTED, "303": BACK}),
        responses=problems(429, 503),
    )
    async def page(self, request: HttpRequest, list_applications: NamedDependency[ListApplications]) -> Response[bytes]:
        """Each with what it may do and since when (Badge Connect, "Owner revocation")."""
        found = await signed(request)
        applications = await list_applications(found.person.id)
        return applications_page(applications, found, language_of(request, found), query_text(request))

    @post(
        operation_id="revokeApplication",
        summary="Revoke an application",
        status_code=SEE_OTHER,
        request_max_body_size=MAX_FORM_BYTES,
        operation_class=documented(
            body=form_body("The fields of the page's form.", FIELDS),
            responses={"303": BACK, "400": NOT_READ, "403": NOT_SENT},
        ),
        responses=problems(413, 429, 503),
    )
    async def revoke(self, body: RawBody, request: HttpRequest, withdraw: NamedDependency[Withdraw]) -> Response[bytes]:
        """Every token of the application for this person is dead from now on."""
        sent, found = await form(request, body, FIELDS), await signed(request)
        require_csrf(found, sent.get(CSRF_FIELD, ""))
        await withdraw(found.person.id, sent.get(CLIENT_FIELD, ""))
        return Response(b"", status_code=SEE_OTHER, headers={**DEFAULTS, **NO_REFERRER, "Location": PLACE})
