"""What jsonld, in Node, makes of credentials: asked anew, and the answers that are stored in jsonld-answers.json.

`python -m tests.interop.jsonld_answers` asks for all of them again and writes the file. It holds digests alone:
of a document as it went in, and of the canonical form that came out.
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.proofs import contexts
from tests.differential.comparing import collected, made
from tests.interop.oracles import Talk, node_project

STORED = Path(__file__).with_name("jsonld-answers.json")
GENERATED = 300


class Canonized(msgspec.Struct, frozen=True):
    """One answer: the digest of the canonical form, or why there is none."""

    sha256: str | None
    error: str | None


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """What is stored of one document; all digests are SHA-256, in hex.

    Attributes:
        document: Digest of the document, see ``fingerprint``.
        canonical: Digest of the canonical N-Quads; None when jsonld refuses the document.
        safe: Whether its safe mode takes the document too: then with the same form.
    """

    document: str
    canonical: str | None
    safe: bool


def fingerprint(document: dict[str, Any]) -> str:
    """Return a digest that tells whether a document is still the one that was asked about."""
    return sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the credentials of the corpora, and some made by chance, each with a name."""
    yield from collected()
    for number in range(GENERATED):
        document, _ = made(number)
        if _is_json(document):
            yield f"made/{number}", document


def _is_json(document: dict[str, Any]) -> bool:
    try:
        json.dumps(document, allow_nan=False)
    except ValueError:
        return False
    return True


def started() -> Talk:
    """A process of jsonld; of the web it knows the newest bodies of the pinned contexts alone."""
    talk = Talk(node_project("canonize.mjs"))
    talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
    return talk


def answer(talk: Talk, document: dict[str, Any]) -> Stored:
    """Ask for one document, in both modes."""
    plain, safe = (talk.exchange({"document": document, "safe": safe}, Canonized) for safe in (False, True))
    return Stored(fingerprint(document), plain.sha256, safe.sha256 is not None and safe.sha256 == plain.sha256)


def stored() -> dict[str, Stored]:
    """Return the stored answers by name."""
    return msgspec.json.decode(STORED.read_bytes(), type=dict[str, Stored])


def main() -> int:
    """Ask for all answers and store them."""
    with started() as talk:
        answers = {name: answer(talk, document) for name, document in documents()}
    lines = (f"{json.dumps(name)}: {msgspec.json.encode(one).decode()}" for name, one in answers.items())
    STORED.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
