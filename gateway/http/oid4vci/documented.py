"""What the published document says of bodies that handlers read as bytes."""

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Operation, RequestBody

from gateway.flows.oid4vci.fetch import Credentials, Later
from gateway.http.openapi import component, documented

JSON = "application/json"


def taking(kind: type[msgspec.Struct]) -> type[Operation]:
    """The operation of a handler that takes such a body; its ``opt`` has ``sends(kind)``."""
    said = "Members that are not known are passed over."
    return documented(body=RequestBody(required=True, description=said, content={JSON: component(kind.__name__)}))


ISSUED = {
    200: ResponseSpec(Credentials, description="The credentials, one for each proof.", generate_examples=False),
    202: ResponseSpec(Later, description="Not yet: ask the deferred endpoint.", generate_examples=False),
}
"""The answers of what issues."""
