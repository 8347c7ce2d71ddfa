"""The HTTP request that an example in a document stands for."""

import json
from base64 import b64decode
from typing import Any  # Any: bodies in JSON
from urllib.parse import quote, urlencode

import msgspec
from httpx import AsyncClient, Request

from gateway.http.contract.exemplary import MULTIPART, is_binary
from gateway.http.examples.recorded import Sent
from tests.examples.published import Operation

FORM = "application/x-www-form-urlencoded"


def request(client: AsyncClient, operation: Operation, sent: Sent, headers: dict[str, str]) -> Request:
    """The request, with each parameter where the document says that it goes."""
    path, query, own, cookies = operation.path, [], dict(headers), []
    for parameter in operation.parameters:
        name = parameter["name"]
        if name not in sent.parameters:
            continue
        values = [_text(each) for each in _many(sent.parameters[name])]
        match parameter["in"]:
            case "path":
                path = path.replace(f"{{{name}}}", quote(values[0], safe=""))
            case "query":
                query += [(name, value) for value in values]
            case "header":
                own[name] = values[0]
            case "cookie":
                cookies.append(f"{name}={values[0]}")
    assert "{" not in path, f"{operation.id}: a parameter of {path} has no example"
    if cookies:
        own["Cookie"] = "; ".join([*filter(None, [own.get("Cookie", "")]), *cookies])
    if sent.media_type and sent.media_type != MULTIPART:
        own["Content-Type"] = sent.media_type
    url = f"{path}?{urlencode(query)}" if query else path
    return client.build_request(operation.method, url, headers=own, **_content(operation, sent))


def _content(operation: Operation, sent: Sent) -> dict[str, Any]:
    if not sent.media_type:
        return {}
    if sent.media_type == MULTIPART:
        schema = operation.contents[MULTIPART]["schema"]["properties"]
        parts = [(name, value) for name, found in sent.body.items() for value in _many(found)]
        return {"files": [(name, _part(name, value, schema[name])) for name, value in parts]}
    return {"content": _bytes(sent.media_type, sent.body)}


def _part(name: str, value: Any, schema: dict[str, Any]) -> tuple[str | None, bytes]:
    """A file where the document calls for bytes, with the name of its field; else a plain field."""
    is_file = schema.get("items", schema).get("format") == "binary" or not isinstance(value, str)
    return (name if is_file else None, value.encode() if isinstance(value, str) else json.dumps(value).encode())


def _bytes(media_type: str, body: Any) -> bytes:
    if media_type == FORM:
        return urlencode([(name, _text(each)) for name, found in body.items() for each in _many(found)]).encode()
    if is_binary(media_type):
        return b64decode(body, validate=True)
    if isinstance(body, str) and not media_type.endswith("json"):
        return body.encode()
    return msgspec.json.encode(body)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
