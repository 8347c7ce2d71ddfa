"""Where an answer leads: the operations that show, change or end what was made, and with which values."""

import msgspec

BODY = "$response.body#"
SENT = "$request.body#"
PATH = "$request.path"
QUERY = "$request.query"


class Onward(msgspec.Struct, frozen=True, kw_only=True):
    """A link from the answers of an operation to the next one (OpenAPI 3.1 section 4.8.20).

    Attributes:
        to: ``operationId``, or its address as ``elsewhere`` gives it when it stands in another document.
        name: Of the link.
        parameters: Runtime expressions by the name of the parameter.
        body: Members of the request's body, runtime expressions or plain texts; others are for the caller to say.
        is_form: Whether the body is a form (``application/x-www-form-urlencoded``), and no JSON.
        whole: Members of a body in JSON whose values are no texts, and stand in it as they are.
        on: The one status whose answer leads there; 0 for every success.
        description: Empty where the summary of the operation says it.
    """

    to: str
    name: str
    parameters: dict[str, str] = {}
    body: dict[str, str] = {}
    is_form: bool = False
    whole: tuple[str, ...] = ()
    on: int = 0
    description: str = ""


Links = dict[str, tuple[Onward, ...]]
"""What follows, by the ``operationId`` whose answers lead there."""


def elsewhere(document: str, method: str, path: str) -> str:
    """An operation of another document, as the documents are served."""
    escaped = path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    return f"/openapi/{document}#/paths/{escaped}/{method}"


REGISTERING = Onward(
    to=elsewhere("oauth.json", "post", "/oauth/register"),
    name="registerClient",
    description="The first step of an application that nobody knows yet.",
)
"""From what says which OAuth server a surface has."""


def to(*operations: str, on: int = 0, **parameters: str) -> tuple[Onward, ...]:
    """Links to operations of the same document that take the same values."""
    return tuple(Onward(to=each, name=each, parameters=parameters, on=on) for each in operations)
