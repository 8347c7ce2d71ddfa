"""A published document as Markdown: everything that it says of each operation, to be read from top to bottom."""

from collections.abc import Callable, Iterator
from typing import Any  # Any: a document in JSON

import msgspec

from gateway.http.api_pages.schema_words import in_words, name_of

Document = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
WORDLESS = "Anything else"
"""The section of operations without a tag."""


def markdown(document: Document) -> str:
    """The whole document."""
    info = document["info"]
    parts = [
        f"# {info['title']}",
        f"> {info['summary']}",
        *([info["description"]] if "description" in info else ()),
        *_access(document),
        *_operations(document),
        *_messages(document),
        *_shared(document, "requestBodies", "Bodies", _body),
        *_shared(document, "responses", "Answers", _answer),
        *_shared(document, "headers", "Headers", _header),
        *_shared(document, "schemas", "Schemas", _schema),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Every operation with its method, in capitals, and its path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def _access(document: Document) -> Iterator[str]:
    schemes = document.get("components", {}).get("securitySchemes", {})
    if schemes:
        yield "## Who may"
        yield "\n".join(f"- `{name}`: {_scheme(scheme)}" for name, scheme in schemes.items())


def _scheme(scheme: Document) -> str:
    how = {
        "http": f"HTTP {scheme.get('scheme', '')} authentication",
        "apiKey": f"the {scheme.get('in', '')} `{scheme.get('name', '')}`",
    }.get(scheme["type"], scheme["type"])
    return f"{how}. {scheme.get('description', '')}".rstrip()


def _operations(document: Document) -> Iterator[str]:
    told = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    tagged: dict[str, list[str]] = {name: [] for name in told}
    for method, path, operation in operations(document):
        name = next(iter(operation.get("tags", ())), WORDLESS)
        tagged.setdefault(name, []).extend(_operation(f"{method} {path}", operation))
    for name, parts in tagged.items():
        if parts:
            yield f"## {name}"
            yield told.get(name, "")
            yield from parts


def _messages(document: Document) -> Iterator[str]:
    webhooks = document.get("webhooks", {})
    if webhooks:
        yield "## What is posted to endpoints"
    for name, item in webhooks.items():
        yield from _operation(f"POST to your endpoint: {name}", item["post"])


def _operation(heading: str, operation: Document) -> Iterator[str]:
    yield f"### {heading}"
    yield f"**{operation['summary']}** (`{operation['operationId']}`)"
    yield operation.get("description", "")
    if "security" in operation:
        yield f"Who may: {_who(operation['security'])}."
    if "parameters" in operation:
        yield "Parameters:\n" + "\n".join(_parameter(each) for each in operation["parameters"])
    if "requestBody" in operation:
        yield f"Body: {_body(operation['requestBody'])}"
    yield "Answers:\n" + "\n".join(_answers(operation["responses"]))


def _answers(responses: Document) -> Iterator[str]:
    """Those that are an operation's own at length, those that many share in one line."""
    for status, answer in responses.items():
        if "$ref" not in answer:
            yield f"- {status}: {_indented(_answer(answer))}"
    shared = [f"{status} `{name_of(answer['$ref'])}`" for status, answer in responses.items() if "$ref" in answer]
    if shared:
        yield f"- As below: {', '.join(shared)}."


def _who(security: list[Document]) -> str:
    choices = [" and ".join(_scoped(name, scopes) for name, scopes in choice.items()) for choice in security]
    return " or ".join(choice or "everybody" for choice in choices) or "everybody"


def _scoped(name: str, scopes: list[str]) -> str:
    return f"`{name}`" + (f" with {', '.join(f'`{scope}`' for scope in scopes)}" if scopes else "")


def _parameter(parameter: Document) -> str:
    need = "required" if parameter.get("required") else "optional"
    said = f"- `{parameter['name']}` ({parameter['in']}, {need}): {in_words(parameter.get('schema', {}))}."
    example = f" Example: `{_inline(parameter['example'])}`." if "example" in parameter else ""
    return f"{said} {_line(parameter.get('description', ''))}".rstrip() + example


def _body(body: Document) -> str:
    if "$ref" in body:
        return f"`{name_of(body['$ref'])}`, below."
    need = "required" if body.get("required") else "optional"
    return "\n\n".join([f"{need}. {_line(body.get('description', ''))}", *_contents(body.get("content", {}))])


def _answer(answer: Document) -> str:
    headers = ", ".join(f"`{name}`" for name in answer.get("headers", {}))
    links = ", ".join(f"`{link.get('operationId', name)}`" for name, link in answer.get("links", {}).items())
    return "\n\n".join(
        [
            _line(answer.get("description", "")),
            *([f"Headers: {headers}."] if headers else ()),
            *([f"Leads to: {links}."] if links else ()),
            *_contents(answer.get("content", {})),
        ]
    )


def _header(header: Document) -> str:
    return f"{in_words(header.get('schema', {}))}. {_line(header.get('description', ''))}"


def _contents(content: Document) -> Iterator[str]:
    for media_type, said in content.items():
        yield f"`{media_type}`: {_shape(said.get('schema', {}))}"
        for name, example in said.get("examples", {}).items():
            yield _example(example.get("summary", name), example)


def _example(name: str, example: Document) -> str:
    return f"Example, {name}:\n\n{_fenced(example['value'])}"


def _shape(schema: Document) -> str:
    """A schema that stands where it is used: on one line, and its members below."""
    members = _members(schema)
    return f"{in_words(schema)}." + (f"\n{members}" if members else "")


def _schema(schema: Document) -> str:
    description = schema.get("description", "")
    return "\n\n".join(part for part in (description, f"{in_words(schema)}.", _members(schema)) if part)


def _members(schema: Document) -> str:
    required = schema.get("required", ())
    return "\n".join(
        f"- `{name}`{' (required)' if name in required else ''}: {in_words(member)}. {_told(member)}".rstrip()
        for name, member in schema.get("properties", {}).items()
    )


def _told(member: Document | bool) -> str:
    return "" if isinstance(member, bool) else _line(member.get("description", ""))


def _shared(document: Document, kind: str, heading: str, said: Callable[[Document], str]) -> Iterator[str]:
    components = document.get("components", {}).get(kind, {})
    if components:
        yield f"## {heading}"
    for name, component in components.items():
        yield f"### `{name}`\n\n{said(component)}"


def _fenced(value: object) -> str:
    if isinstance(value, str):
        return f"````\n{value}\n````"
    return f"````json\n{msgspec.json.format(msgspec.json.encode(value), indent=2).decode()}\n````"


def _inline(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(text: str) -> str:
    return " ".join(text.split())


def _indented(text: str) -> str:
    """What follows the first line stands below the same item of a list."""
    return text.replace("\n", "\n  ")
