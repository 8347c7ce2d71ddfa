"""``/o/token``: an application password to tokens."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import RawBody
from litestar.status_codes import HTTP_200_OK

from gateway.flows.badgr.let_in import LetIn
from gateway.http.badgr.documented import refusals
from gateway.http.badgr.wire import Token
from gateway.http.delivery import HttpRequest
from gateway.http.oauth.form import MAX_FORM_BYTES, Field, form, form_body
from gateway.http.openapi import documented
from gateway.http.provided import flow

FIELDS = {
    "grant_type": Field("`password`, also where it is left out, or `refresh_token`."),
    "username": Field("An e-mail address that the person has confirmed.", 254),
    "password": Field("For an application, as the backpack showed it."),
    "refresh_token": Field("The latest one."),
}
SENT = form_body(
    "An e-mail address with an application password; or `grant_type=refresh_token` with the token.", FIELDS
)


@post(
    "/o/token",
    operation_id="getBackpackToken",
    summary="Tokens for an application password",
    tags=["Tokens"],
    security=[{}],
    status_code=HTTP_200_OK,
    request_max_body_size=MAX_FORM_BYTES,
    operation_class=documented(body=SENT),
    responses=refusals(400, 401, 408, 413),
    dependencies={"let_in": flow("badgr.let_in")},
    response_headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
)
async def token(request: HttpRequest, body: RawBody, let_in: NamedDependency[LetIn]) -> Token:
    """People have no passwords here: one for an application is made in the backpack, and ended there.

    Moodle leaves `grant_type` out, so without it a password is meant (RFC 6749 section 4.3 demands it).
    """
    sent = await form(request, body, FIELDS)
    if sent.get("grant_type", "password") == "refresh_token":
        got = await let_in.refreshed(sent.get("refresh_token", ""))
    else:
        got = await let_in(sent.get("username", ""), sent.get("password", ""))
    return Token(access_token=got.access, refresh_token=got.refresh, expires_in=got.expires_in_s)
