"""``/oauth/authorize``: the person in front of the browser is asked, and their answer sent on."""

from dataclasses import dataclass

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIHeader, OpenAPIResponse, Operation, Parameter, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import RawBody

from gateway.flows.oauth import redirects
from gateway.flows.oauth.authorise import LONGEST, PARAMETERS, Authorisation, Authorise, Declined
from gateway.flows.oauth.consent import Asked
from gateway.flows.oauth.push import Recall, Recalled
from gateway.flows.oauth.refusals import InvalidRequest, OAuthRefused, QuestionExpired, UnknownClient
from gateway.flows.oauth.wallet_badges import NotForWallets
from gateway.flows.oauth.wallet_consent import AskedForWallet, AskPerson, TakeAnswer
from gateway.http.account.page import headers, language_of
from gateway.http.account.session import (
    ACCOUNT,
    CSRF_FIELD,
    ForeignForm,
    SignedIn,
    SignInNeeded,
    require_csrf,
    same_origin,
    signed,
    to_sign_in,
)
from gateway.http.delivery import DEFAULTS, NO_REFERRER, OK, HttpRequest
from gateway.http.html_page import HTML, query_of, query_text, spoken
from gateway.http.oauth.form import MAX_FORM_BYTES, Field, form, form_body, query
from gateway.http.oauth.pages import ALLOW, ANSWER_FIELD, QUESTION, TICKET_FIELD, consent_page, refusal_page
from gateway.http.oauth.wallet_page import BADGE_FIELD, wallet_page
from gateway.http.openapi import component, contents, documented
from gateway.http.problems import MEDIA_TYPE, problems
from gateway.http.provided import flow

SEE_OTHER = 303
BAD_REQUEST = 400
FORBIDDEN = 403

GOES_ON = OpenAPIResponse(
    description="To the client, with `code` or `error`, `state`, `scope` and `iss`; or to sign in.",
    headers={
        "Location": OpenAPIHeader(description="There.", schema=Schema(type=OpenAPIType.STRING), required=True),
    },
)
NOT_SENT = OpenAPIResponse(
    description="A page: the client or its redirect URI is unknown, so nobody is sent there (RFC 6749 section "
    "4.1.2.1); or the question is closed.",
    content=contents(HTML),
)
NOT_READ = OpenAPIResponse(
    description="A page: the client or its redirect URI is unknown, so nobody is sent there (RFC 6749 section "
    "4.1.2.1); or the question is closed. A problem, where the request itself cannot be read.",
    content={**contents(HTML), MEDIA_TYPE: component("Problem")},
)


ASKED = OpenAPIResponse(description="The question, as a page.", content=contents(HTML))
ANSWER = {
    TICKET_FIELD: Field("The question, sealed.", MAX_FORM_BYTES),
    CSRF_FIELD: Field("Of the page.", MAX_FORM_BYTES),
    ANSWER_FIELD: Field("`allow` or `deny`.", MAX_FORM_BYTES),
    BADGE_FIELD: Field("Which badge a wallet may fetch, where there is one to choose.", MAX_FORM_BYTES),
}


@dataclass
class Asking(Operation):
    """The operation of the authorization request: its parameters are read from the query as bytes."""

    def __post_init__(self) -> None:
        self.parameters = [
            Parameter(
                name=name,
                param_in="query",
                schema=Schema(type=OpenAPIType.STRING, max_length=LONGEST[name]),
                description=said,
            )
            for name, said in PARAMETERS.items()
        ]
        self.responses = {**(self.responses or {}), "200": ASKED, "303": GOES_ON, "400": NOT_READ}


def to_client(_: HttpRequest, declined: Declined) -> Response[bytes]:
    """Tell the client, through the browser, that it was refused."""
    return _sent_to(declined.location)


def to_person(
    request: HttpRequest, error: UnknownClient | QuestionExpired | OAuthRefused | ForeignForm | NotForWallets
) -> Response[bytes]:
    """Tell the person, because there is nobody else that can safely be told."""
    status = FORBIDDEN if isinstance(error, ForeignForm) else BAD_REQUEST
    page = refusal_page(error.code, spoken(request), query_of(request))
    return Response(page, status_code=status, media_type=HTML, headers=headers())


class AuthorisationController(Controller):
    """The authorization endpoint."""

    path = QUESTION
    tags = ["Authorisation"]
    security = [{}]
    guards = [same_origin]
    dependencies = {
        "authorise": flow("oauth.authorise"),
        **{name: flow(f"oauth_wallets.{name}") for name in ("recall", "ask", "answer")},
    }
    exception_handlers = {
        Declined: to_client,
        SignInNeeded: to_sign_in,
        UnknownClient: to_person,
        QuestionExpired: to_person,
        NotForWallets: to_person,
        OAuthRefused: to_person,
        ForeignForm: to_person,
    }

    @get(
        operation_id="authorize",
        summary="Ask a person",
        operation_class=Asking,
        responses=problems(429, 503),
    )
    async def question(
        self,
        request: HttpRequest,
        recall: NamedDependency[Recall],
        authorise: NamedDependency[Authorise],
        ask: NamedDependency[AskPerson],
    ) -> Response[bytes]:
        """RFC 6749 section 4.1.1 with PKCE (RFC 7636, S256 alone); unknown parameters are ignored.

        A `request_uri` serves once (RFC 9126): the browser is sent on with another one, which holds for an hour while
        the person signs in and answers.
        """
        came = await recall(query(request))
        if isinstance(came, str):
            return _sent_to(f"{QUESTION}?{came}")
        found, authorisation = await _authorisation(request, came, authorise)
        asked = await ask(authorisation, found.person.id, found.session)
        return _sent_to(asked) if isinstance(asked, str) else _question(request, found, asked)

    @post(
        operation_id="answerAuthorization",
        summary="Allow or deny",
        status_code=SEE_OTHER,
        request_max_body_size=MAX_FORM_BYTES,
        operation_class=documented(
            body=form_body("The fields of the page's form.", ANSWER),
            responses={"200": ASKED, "303": GOES_ON, "400": NOT_READ, "403": NOT_SENT},
        ),
        responses=problems(403, 413, 429, 503),
    )
    async def reply(
        self,
        body: RawBody,
        request: HttpRequest,
        answer: NamedDependency[TakeAnswer],
    ) -> Response[bytes]:
        """The form of the page before; the person's yes or no."""
        sent, found = await form(request, body, ANSWER), await signed(request)
        require_csrf(found, sent.get(CSRF_FIELD, ""))
        allowed = sent.get(ANSWER_FIELD) == ALLOW
        ticket, badge = sent.get(TICKET_FIELD, ""), sent.get(BADGE_FIELD, "")
        return _sent_to(await answer(ticket, found.person.id, found.session, allowed=allowed, badge=badge))


async def _authorisation(request: HttpRequest, came: Recalled, authorise: Authorise) -> tuple[SignedIn, Authorisation]:
    """Who is asked, and for what.

    A refusal goes to the client only once somebody has signed in: else any address that somebody registered could be
    reached through ours without a word (RFC 9700 section 4.11.2).
    """
    try:
        wanted = await authorise(came.query, came.pushed)
    except Declined:
        await signed(request)
        raise
    try:
        return await signed(request), wanted
    except SignInNeeded as needed:
        if needed.next == ACCOUNT:
            raise InvalidRequest("the request is too long to be kept while somebody signs in") from needed
        raise


def _question(request: HttpRequest, found: SignedIn, asked: Asked | AskedForWallet) -> Response[bytes]:
    settings, language, here = request.app.state.gateway.settings, language_of(request, found), query_text(request)
    if isinstance(asked, Asked):
        page = consent_page(asked, found, settings, language, here)
    else:
        page = wallet_page(asked, found, settings, language, here)
    return Response(page, status_code=OK, media_type=HTML, headers=headers(redirects.source(asked.redirect_uri)))


def _sent_to(location: str) -> Response[bytes]:
    """303: the browser goes there with GET and without the form (RFC 9700 section 4.12)."""
    return Response(b"", status_code=SEE_OTHER, headers={**DEFAULTS, **NO_REFERRER, "Location": location})
