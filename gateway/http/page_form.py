"""Forms that pages for people send: small, of few fields, and remembered by nobody.

The framework reads however many fields there are, on the event loop, and remembers the last thousand bodies with all
that is secret in them.
"""

from urllib.parse import parse_qsl

from litestar.enums import RequestEncodingType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.utils.scope.state import ScopeState

from gateway.apart import apart
from gateway.http.delivery import HttpRequest
from gateway.http.json_body import media_type_of
from gateway.http.parameters import TooManyFields

FORM_BYTES = 64 * 1024
"""Of a form that is sent; the largest of ours, that of signing in, may have 42 000, each character escaped."""

MAX_FIELDS = 50
"""Of a form; the largest of ours has some 20."""


async def read_form(request: HttpRequest) -> None:
    """Read the body of an operation that takes a form: its handler is given what was read here.

    Raises:
        RequestEntityTooLarge, TooManyFields: See ``fields``.
    """
    if media_type_of(request.route_handler) is RequestEncodingType.URL_ENCODED:
        ScopeState.from_scope(request.scope).form = {**await fields(await request.body())}


async def fields(body: bytes) -> dict[str, str | list[str]]:
    """The fields of a form; one that came more than once is a list.

    Raises:
        RequestEntityTooLarge: It has more than ``FORM_BYTES``.
        TooManyFields: It has more than ``MAX_FIELDS``.
    """
    if len(body) > FORM_BYTES:
        raise RequestEntityTooLarge
    if body.count(b"&") >= MAX_FIELDS:
        raise TooManyFields(f"the form has more than {MAX_FIELDS} fields")
    return await apart(len(body), _fields, body)


def _fields(body: bytes) -> dict[str, str | list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("latin-1"), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
