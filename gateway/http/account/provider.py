"""``/account/provider``: to an OpenID Connect provider and back."""

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from gateway.flows.provider import RETURN_PATH, TICKET_VALID, Returned
from gateway.http.account.session import ACCOUNT, cookie_name, local_path, signed_in
from gateway.http.account.sign_in import begun, own_cookie, to
from gateway.http.delivery import HttpRequest
from gateway.http.html_page import spoken
from gateway.settings import Settings

MAX_CHARACTERS = 4096
"""Of each parameter that a provider sends back."""


class ProviderPages(Controller):
    """Sign in with the provider of the settings."""

    include_in_schema = False

    @get("/account/provider")
    async def go(self, request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
        """Send the browser to the provider; a link leads here, no form, so that no policy holds the redirect back."""
        next = local_path(request.query_params.get("next", ACCOUNT))
        away = await request.app.state.gateway.people.go_to_provider(next, spoken(request))
        answer = to(away.url)
        answer.set_cookie(own_cookie("away", away.ticket, settings, max_age_s=int(TICKET_VALID.total_seconds())))
        return answer

    @get(RETURN_PATH)
    async def back(self, request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
        """Sign in who comes back with the provider's word."""
        language, returned = spoken(request), _returned(request, settings)
        back = request.app.state.gateway.people.return_from_provider
        answer = begun(await back(returned, language, await signed_in(request)), language, settings)
        answer.set_cookie(own_cookie("away", "", settings, max_age_s=0))
        return answer


def _returned(request: HttpRequest, settings: Settings) -> Returned:
    said = {name: request.query_params.get(name, "")[:MAX_CHARACTERS] for name in ("state", "code", "iss", "error")}
    return Returned(
        ticket=request.cookies.get(cookie_name("away", development=settings.development), ""),
        state=said["state"],
        code=said["code"],
        issuer=said["iss"],
        error=said["error"],
    )
