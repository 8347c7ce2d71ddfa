"""Examples for readers who pay for every word: of each schema one, and of the others where they are."""

from collections.abc import Iterator
from typing import Any  # Any: parts of a document
from urllib.parse import quote

import msgspec

from gateway.http.contract.references import SCHEMAS, references
from gateway.http.problems import MEDIA_TYPE

Document = dict[str, Any]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What is being written, and what was shown before it: the pages of a document are written in their order.

    Attributes:
        address: Where it will stand.
        document: The address of the document itself, which has every example.
        steps: The names in the document that lead to what is described.
        shown: Where an example of each schema stands.
    """

    address: str
    document: str
    steps: tuple[str, ...] = ()
    shown: dict[bytes, str]

    def below(self, *steps: str) -> "Place":
        """The same place, at a part of what is described."""
        return msgspec.structs.replace(self, steps=(*self.steps, *steps))

    def examples(self, media_type: str, said: Document) -> Iterator[str]:
        """The examples of a body in one media type, in Markdown: one of them, or where it is."""
        for number, (name, example) in enumerate(said.get("examples", {}).items()):
            title, value = example.get("summary", name), example["value"]
            pointer = _pointer(self.document, *self.steps, "content", media_type, "examples", name)
            known = pointer if number else self._known(said.get("schema", {}), value)
            if not known:
                yield f"Example, {title}:\n\n{_fenced(value)}"
            elif media_type == MEDIA_TYPE and "code" in value:
                yield f"Recorded: `{value['code']}`. {value.get('detail', '')}".rstrip()
            elif known in (self.address, pointer):
                yield f"Example, {title}: [as JSON]({pointer})"
            else:
                yield f"Example: [of the same schema]({known})"

    def _known(self, schema: Document, value: Any) -> str:
        """Where one of this schema is, "" where this is the first; what has no schema of ours is like itself alone."""
        is_ours = any(references(schema, SCHEMAS))
        key = msgspec.json.encode(schema if is_ours else value)
        known = self.shown.get(key, "")
        self.shown.setdefault(key, self.address)
        return known


def _pointer(document: str, *steps: str) -> str:
    """A place in a document: a JSON Pointer as the fragment of its address (RFC 6901 section 6)."""
    return f"{document}#/{'/'.join(quote(step.replace('~', '~0').replace('/', '~1')) for step in steps)}"


def _fenced(value: object) -> str:
    if isinstance(value, str):
        return f"````\n{value}\n````"
    return f"````json\n{msgspec.json.format(msgspec.json.encode(value), indent=2).decode()}\n````"
