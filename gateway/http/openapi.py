"""What Litestar cannot see in a handler: that the request body is a badge, kept byte for byte."""

from dataclasses import dataclass

from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from gateway.http.examples import EXAMPLES

BINARY = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")


@dataclass
class BadgeBody(Operation):
    """An operation whose request body is a badge in any carrier; signatures cover its exact bytes."""

    def __post_init__(self) -> None:
        """Describe the body: the sniffed bytes decide, the declared media type is not believed."""
        text = Schema(type=OpenAPIType.STRING, min_length=1, max_length=1_048_576)
        self.request_body = RequestBody(
            required=True,
            description="One badge, as received: JSON, compact JWS or VC-JWT, PNG, SVG, or `{\"url\": \"https://…\"}`. "
            "The bytes decide what it is, whatever the Content-Type says.",
            content={
                "application/json": OpenAPIMediaType(
                    schema=Schema(type=OpenAPIType.OBJECT, min_properties=1),
                    examples={name: Example(summary=summary, value=value) for name, summary, value in EXAMPLES},
                ),
                "text/plain": OpenAPIMediaType(schema=text),
                "image/png": OpenAPIMediaType(schema=BINARY),
                "image/svg+xml": OpenAPIMediaType(schema=text),
            },
        )
