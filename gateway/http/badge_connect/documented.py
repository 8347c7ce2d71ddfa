"""What the published document says of Badge Connect beyond what the framework sees: bodies and refusals."""

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIHeader, OpenAPIMediaType, OpenAPIResponse, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from adapters.hub.strict_json import DEFAULT
from gateway.http.badge_connect.status import StatusResponse
from gateway.http.openapi import component, documented

JSON = "application/json"
WORDS = {
    400: "The request or the badge is refused; statusText says which.",
    401: "UNAUTHENTICATED without a valid token, PERMISSION_DENIED without the scope.",
    408: "The body did not arrive in time.",
    429: "Too many requests with this authorisation.",
    500: "A fault of the gateway's own; it is in its log.",
    503: "A part of the gateway does not answer; try again.",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation: the status object again. A Host that is none is 400 everywhere."""
    return {
        status: ResponseSpec(StatusResponse, media_type=JSON, description=WORDS[status], generate_examples=False)
        for status in sorted({400, *statuses, 429, 500, 503})
    }


def _body(description: str, **members: Schema) -> RequestBody:
    schema = Schema(type=OpenAPIType.OBJECT, properties=dict(members))
    return RequestBody(required=True, description=description, content={JSON: OpenAPIMediaType(schema=schema)})


_NULLABLE_OBJECT = [OpenAPIType.OBJECT, OpenAPIType.NULL]
_NULLABLE_TEXT = [OpenAPIType.STRING, OpenAPIType.NULL]
_EMAIL = Schema(type=OpenAPIType.STRING, max_length=254)

PUSHED = documented(
    body=_body(
        "One of the two; with both, `assertion` is ignored.",
        assertion=Schema(
            type=_NULLABLE_OBJECT,
            description="An Assertion of Open Badges 2.0.",
            required=["id", "type"],
            max_properties=DEFAULT.max_nodes,
        ),
        signedAssertion=Schema(type=_NULLABLE_TEXT, description="A compact JWS.", max_length=1_048_576),
    )
)
LISTED = documented(
    responses={
        "200": OpenAPIResponse(
            description="One page; the end of it, and where the others are, in Link.",
            headers={
                "Link": OpenAPIHeader(
                    description="`first` and `last`; `next` when there is more, `prev` when something came before.",
                    schema=Schema(type=OpenAPIType.STRING),
                    required=True,
                ),
                "X-Total-Count": OpenAPIHeader(
                    description="Of all pages together.", schema=Schema(type=OpenAPIType.INTEGER), required=True
                ),
            },
            content={JSON: component("AssertionsResponse")},
        )
    }
)
PROFILE_BODY = documented(
    body=_body(
        "A Profile with what is to be added; other members are not looked at.",
        email=Schema(
            one_of=[
                _EMAIL,
                Schema(type=OpenAPIType.ARRAY, items=_EMAIL, min_items=1, max_items=10),
            ],
            description="Addresses that the person is asked to confirm.",
        ),
    )
)
