"""Every request that ever found something, as small as it could be made: one JSON file each, sent again by a test.

What names or opens something in the gateway that was asked stands in double braces: ``{{apiKey}}`` is what the
security scheme of that name shows, ``{{record_id}}`` a value for the path parameter of that name.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: JSON

import msgspec

from tests.fuzz.contract.ground import Prepared
from tests.fuzz.requests import Request

FOLDER = Path(__file__).parent
SHORT = 8


class Kept(msgspec.Struct, frozen=True):
    """One of them.

    Attributes:
        found: What was wrong with the answer then.
    """

    name: str
    found: str
    request: Request


def kept() -> list[Kept]:
    """All of them, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.json"))]


def _read(path: Path) -> Kept:
    said = json.loads(path.read_bytes())
    request = Request(
        method=said["method"],
        path=said["path"],
        query=_bytes(said.get("query", "")),
        headers=tuple((_bytes(name), _bytes(value)) for name, value in said.get("headers", ())),
        body=tuple(_bytes(piece) * said.get("times", 1) for piece in said.get("body", ())),
        ending=said.get("ending", ""),
    )
    return Kept(path.stem, said["found"], request)


def filled(request: Request, prepared: Prepared) -> Request:
    """The request for a gateway that is open."""
    names = _names(prepared)

    def put(text: bytes) -> bytes:
        for name, value in names.items():
            text = text.replace(name.encode(), value.encode())
        return text

    path = request.path
    for name, value in names.items():
        path = path.replace(name, value)
    headers = tuple((name, put(value)) for name, value in request.headers)
    body = tuple(put(piece) for piece in request.body)
    return msgspec.structs.replace(request, path=path, query=put(request.query), headers=headers, body=body)


def keep(request: Request, prepared: Prepared, status: int, reason: str) -> str:
    """Write one down, and return the name of its file."""
    document = _document(request, _names(prepared), f"{status}: {reason[-300:]}")
    name = f"found-{sha256(json.dumps(document['path'] + document['found']).encode()).hexdigest()[:SHORT]}.json"
    (FOLDER / name).write_text(json.dumps(document, indent=2) + "\n")
    return name


def _document(request: Request, names: dict[str, str], found: str) -> dict[str, Any]:
    def text(value: str) -> str:
        for name, known in names.items():
            value = value.replace(known, name)
        return value

    whole = {
        "found": found,
        "method": request.method,
        "path": text(request.path),
        "query": text(request.query.decode("latin-1")),
        "headers": [[name.decode("latin-1"), text(value.decode("latin-1"))] for name, value in request.headers],
        "body": [text(piece.decode("latin-1")) for piece in request.body],
        "ending": request.ending,
    }
    return {name: value for name, value in whole.items() if value or name in {"method", "path"}}


def _names(prepared: Prepared) -> dict[str, str]:
    shown = {f"{{{{{name}}}}}": each.value for name, each in prepared.mine.items()}
    return {
        **shown,
        **{f"{{{{{name}}}}}": values[0] for name, values in prepared.named.items() if len(values[0]) >= SHORT},
    }


def _bytes(text: str) -> bytes:
    """One byte a character, so that whatever was sent can be written down."""
    return text.encode("latin-1")
