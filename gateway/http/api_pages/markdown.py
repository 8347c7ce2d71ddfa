"""Parts of a published document as Markdown: who may, an operation, what several share."""

from collections.abc import Callable, Iterator

import msgspec

from gateway.http.api_pages.once import Document, Place
from gateway.http.api_pages.schema_words import in_words, name_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Every operation with its method, in capitals, and its path."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def access(document: Document) -> Iterator[str]:
    """How who asks shows who that is."""
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


def operation(heading: str, said: Document, at: Place) -> Iterator[str]:
    """Everything that is said of an operation, or of a message; its anchor is its id."""
    yield f'<a id="{said["operationId"]}"></a>\n\n## {heading}'
    yield f"**{said['summary']}** (`{said['operationId']}`)"
    yield said.get("description", "")
    if "security" in said:
        yield f"Who may: {_who(said['security'])}."
    if "parameters" in said:
        yield "Parameters:\n" + "\n".join(_parameter(each) for each in said["parameters"])
    if "requestBody" in said:
        yield f"Body: {_body(said['requestBody'], at.below('requestBody'))}"
    yield "Answers:\n" + "\n".join(_answers(said["responses"], at.below("responses")))


def shared(document: Document, at: Place) -> Iterator[str]:
    """Every component that operations refer to by its name."""
    yield from _components(document, "requestBodies", "Bodies", _body, at)
    yield from _components(document, "responses", "Answers", _answer, at)
    yield from _components(document, "headers", "Headers", lambda header, _: _header(header), at)
    yield from _components(document, "schemas", "Schemas", lambda schema, _: _schema(schema), at)


def _answers(responses: Document, at: Place) -> Iterator[str]:
    """Those that are an operation's own at length, those that many share in one line."""
    for status, answer in responses.items():
        if "$ref" not in answer:
            yield f"- {status}: {_indented(_answer(answer, at.below(status)))}"
    others = [f"{status} `{name_of(answer['$ref'])}`" for status, answer in responses.items() if "$ref" in answer]
    if others:
        yield f"- Shared: {', '.join(others)}."


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


def _body(body: Document, at: Place) -> str:
    if "$ref" in body:
        return f"`{name_of(body['$ref'])}`, which is shared."
    need = "required" if body.get("required") else "optional"
    return "\n\n".join([f"{need}. {_line(body.get('description', ''))}", *_contents(body.get("content", {}), at)])


def _answer(answer: Document, at: Place) -> str:
    headers = ", ".join(f"`{name}`" for name in answer.get("headers", {}))
    links = ", ".join(f"`{link.get('operationId', name)}`" for name, link in answer.get("links", {}).items())
    return "\n\n".join(
        [
            _line(answer.get("description", "")),
            *([f"Headers: {headers}."] if headers else ()),
            *([f"Leads to: {links}."] if links else ()),
            *_contents(answer.get("content", {}), at),
        ]
    )


def _header(header: Document) -> str:
    return f"{in_words(header.get('schema', {}))}. {_line(header.get('description', ''))}"


def _contents(content: Document, at: Place) -> Iterator[str]:
    for media_type, said in content.items():
        yield f"`{media_type}`: {_shape(said.get('schema', {}))}"
        yield from at.examples(media_type, said)


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


def _components(
    document: Document, kind: str, heading: str, said: Callable[[Document, Place], str], at: Place
) -> Iterator[str]:
    components = document.get("components", {}).get(kind, {})
    if components:
        yield f"## {heading}"
    for name, component in components.items():
        yield f"### `{name}`\n\n{said(component, at.below('components', kind, name))}"


def _inline(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _line(text: str) -> str:
    return " ".join(text.split())


def _indented(text: str) -> str:
    """What follows the first line stands below the same item of a list."""
    return text.replace("\n", "\n  ")
