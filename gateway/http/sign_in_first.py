"""Where a browser is sent that is not signed in, and what is refused that no page of ours sent."""

from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import State

from gateway.errors import GatewayError
from gateway.http.delivery import DEFAULTS
from gateway.http.html_page import LANGUAGES

SEE_OTHER = 303
SIGN_IN = "/account/sign-in"


class ForeignForm(GatewayError):
    """A form was sent that no page of ours, shown to this very person, can have sent."""

    code = "foreign-form"

    def __init__(self) -> None:
        super().__init__(
            "the form did not come from a page of this gateway", fix="open the page again and send the form from there"
        )


class SignInNeeded(GatewayError):
    """The page is for people who are signed in; ``next`` is where to come back to."""

    code = "sign-in-needed"

    def __init__(self, next: str) -> None:
        super().__init__("sign in to see this page")
        self.next = next


def to_sign_in(request: Request[object, object, State], error: SignInNeeded) -> Response[bytes]:
    """Send a browser to sign in, from where it comes back; in the language in which it asked for the page."""
    location = f"{SIGN_IN}?next={quote(error.next, safe='', errors='replace')}"
    if (asked := request.query_params.get("lang", "")) in LANGUAGES:
        location += f"&lang={asked}"
    return Response(b"", status_code=SEE_OTHER, headers={**DEFAULTS, "Location": location})
