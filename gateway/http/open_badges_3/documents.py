"""What the published contract says of bodies, which are exact bytes and no structures of ours."""

from litestar.openapi.spec import OpenAPIHeader, OpenAPIMediaType, OpenAPIResponse, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from adapters.hub.strict_json import DEFAULT
from gateway.flows.portray import MAX_ID, MAX_TYPE, MAX_TYPES
from gateway.http.open_badges_3.status_info import JSON
from gateway.http.openapi import PAGE_HEADERS, TEXT_CHARACTERS, contents, documented, header

TEXT = "text/plain"
STRING = OpenAPIType.STRING

CREDENTIAL = Schema(
    type=OpenAPIType.OBJECT,
    description="An AchievementCredential (Open Badges 3.0).",
    required=["@context", "id", "type", "issuer", "credentialSubject"],
    max_properties=DEFAULT.max_nodes,
)
_JWS = r"[\w-]+\.[\w-]+\.[\w-]+"
TOKEN = Schema(type=STRING, description="A compact JWS.", pattern=rf"^{_JWS}$(?!\n)", max_length=TEXT_CHARACTERS)
SENT_TOKEN = Schema(
    type=STRING,
    description="A compact JWS; white space around it, as at the end of a file, is no fault.",
    pattern=rf"^[ \t\r\n]*{_JWS}[ \t\r\n]*$(?!\n)",
    max_length=TEXT_CHARACTERS,
)
PROFILE = Schema(
    type=OpenAPIType.OBJECT,
    description="A Profile (Open Badges 3.0).",
    required=["id", "type"],
    properties={
        "id": Schema(type=STRING, min_length=1, max_length=MAX_ID),
        "type": Schema(
            one_of=[
                Schema(type=STRING, const="Profile"),
                Schema(
                    type=OpenAPIType.ARRAY,
                    items=Schema(type=STRING, max_length=MAX_TYPE),
                    contains=Schema(const="Profile"),
                    max_items=MAX_TYPES,
                ),
            ]
        ),
    },
    max_properties=DEFAULT.max_nodes,
)

_PAGING = {
    "Link": OpenAPIHeader(
        description="`first` and `last`, `next` when there is more, `prev` when something came before (RFC 8288).",
        schema=Schema(type=STRING, max_length=4000),
        required=True,
    ),
    "X-Total-Count": OpenAPIHeader(
        description="Of all pages together.", schema=Schema(type=OpenAPIType.INTEGER, minimum=0), required=True
    ),
}
_PAGE = Schema(
    type=OpenAPIType.OBJECT,
    required=["credential", "compactJwsString"],
    properties={
        "credential": Schema(type=OpenAPIType.ARRAY, items=CREDENTIAL),
        "compactJwsString": Schema(type=OpenAPIType.ARRAY, items=TOKEN),
    },
    additional_properties=False,
)

PAGE = documented(
    responses={
        "200": OpenAPIResponse(
            description="GetOpenBadgeCredentialsResponse.",
            headers={**_PAGING},
            content={JSON: OpenAPIMediaType(schema=_PAGE)},
        )
    }
)

_SENT = {JSON: OpenAPIMediaType(schema=CREDENTIAL), TEXT: OpenAPIMediaType(schema=SENT_TOKEN)}

UPSERT = documented(
    body=RequestBody(description="One credential, as it was signed.", required=True, content={**_SENT}),
    responses={
        "201": OpenAPIResponse(description="It is held now; the credential as it was sent.", content={**_SENT}),
        "200": OpenAPIResponse(
            description="It is held now in place of an earlier version; the credential as it was sent.",
            content={**_SENT},
        ),
        "304": OpenAPIResponse(description="A newer version is held; nothing was changed."),
    },
)

_A_PROFILE = {JSON: OpenAPIMediaType(schema=PROFILE)}

PROFILE_SHOWN = documented(responses={"200": OpenAPIResponse(description="The Profile.", content={**_A_PROFILE})})
PROFILE_KEPT = documented(
    body=RequestBody(description="One Profile.", required=True, content={**_A_PROFILE}),
    responses={"200": OpenAPIResponse(description="The Profile as it was sent.", content={**_A_PROFILE})},
)

DESCRIPTION = documented(
    responses={
        "200": OpenAPIResponse(
            description="OpenAPI 3.0, profiled: this very service.",
            headers={**PAGE_HEADERS},
            content=contents(JSON),
        ),
        "304": OpenAPIResponse(description="The client has it already.", headers=header("ETag", "Cache-Control")),
    }
)
