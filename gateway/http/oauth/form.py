"""Parameters of OAuth requests: from a query or from a form, each once (RFC 6749 sections 3.1 and 3.2)."""

from collections.abc import Mapping
from urllib.parse import parse_qs

import msgspec
from litestar.openapi.spec import OpenAPIMediaType, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from gateway.apart import apart
from gateway.flows.oauth.refusals import InvalidRequest
from gateway.http.delivery import HttpRequest

FORM = "application/x-www-form-urlencoded"
MAX_FORM_BYTES = 32 * 1024
MAX_PARAMETERS = 64
SHORT, LONG = 200, 2000
"""Characters of a field: of an id or a secret; of a token, for those of others are answered as well."""


class Field(msgspec.Struct, frozen=True):
    """One field of a form.

    Attributes:
        said: What it is.
        most: Characters that it may have.
    """

    said: str
    most: int = SHORT


def query(request: HttpRequest) -> dict[str, list[str]]:
    """Every value of every query parameter, each character standing for a byte: what came can be sent back.

    Raises:
        InvalidRequest: There are too many.
    """
    return _parsed(request.scope["query_string"].decode("latin-1"), "latin-1")


async def form(request: HttpRequest, body: bytes, fields: Mapping[str, Field]) -> dict[str, str]:
    """The parameters of a form, in UTF-8 (RFC 6749 appendix B); what is none of it cannot be what anybody registered.

    Args:
        fields: Those that the operation knows; others are not looked at.

    Raises:
        InvalidRequest: The body is no form, or a parameter came more than once or is too long.
    """
    declared = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if declared != FORM:
        kind = "another" if declared else "no"
        raise InvalidRequest(f"the body has {kind} Content-Type", fix=f"send a form, as {FORM}")
    found = await apart(len(body), _parsed, body.decode(errors="replace"), "utf-8")
    for name, values in found.items():
        if len(values) > 1:
            # What is repeated is not quoted: it may be a secret that slipped into the wrong place.
            raise InvalidRequest(
                f"{name[:40]} came more than once" if name.isidentifier() else "a parameter came twice"
            )
    for name, field in fields.items():
        if len(found.get(name, [""])[0]) > field.most:
            raise InvalidRequest(f"the value of {name} has more than {field.most} characters")
    return {name: values[0] for name, values in found.items()}


def form_body(description: str, fields: Mapping[str, Field]) -> RequestBody:
    """The documentation of a form: what each of its fields is."""
    properties: dict[str, Reference | Schema] = {
        name: Schema(type=OpenAPIType.STRING, description=field.said or None, max_length=field.most)
        for name, field in fields.items()
    }
    schema = Schema(type=OpenAPIType.OBJECT, properties=properties)
    return RequestBody(required=True, description=description, content={FORM: OpenAPIMediaType(schema=schema)})


def _parsed(text: str, encoding: str) -> dict[str, list[str]]:
    try:
        return parse_qs(
            text, keep_blank_values=True, encoding=encoding, errors="replace", max_num_fields=MAX_PARAMETERS
        )
    except ValueError as error:
        raise InvalidRequest(f"there are more than {MAX_PARAMETERS} parameters") from error
