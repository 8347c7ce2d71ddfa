"""The pages of a published document as Markdown: what there is, one page a tag, and what several operations share."""

import functools
import re
from collections.abc import Iterator

import msgspec

from gateway.http.api_pages.markdown import access, operation, operations, shared
from gateway.http.api_pages.once import Document, Place
from gateway.http.api_pages.page import PLACE, raw, twin
from gateway.http.contract import document

WORDLESS, MESSAGES, SHARED = "Anything else", "Messages", "Shared"
"""The pages of operations without a tag, of what is posted to endpoints, and of what several operations refer to."""

TOLD = {
    WORDLESS: "",
    MESSAGES: "What is posted to endpoints.",
    SHARED: "What several operations refer to by name: bodies, answers, headers and schemas.",
}

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One operation, or one message, in a list."""

    id: str
    heading: str
    summary: str


class TwinPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page.

    Attributes:
        address: From the gateway's public address on.
        operations: Those that it tells of.
    """

    address: str
    title: str
    summary: str
    operations: tuple[Listed, ...] = ()
    text: str

    @property
    def size(self) -> str:
        """In words."""
        return f"{len(self.text.encode()) / 1000:.0f} KB"


@functools.cache
def twins(name: str) -> tuple[TwinPage, ...]:
    """Every page of a published document by its file name; the first leads to the others."""
    return pages(name, msgspec.json.decode(document(name)))


def pages(name: str, published: Document) -> tuple[TwinPage, ...]:
    """Every page of a document.

    Args:
        name: Of its file.
    """
    place = Place(address=_address(name, SHARED), document=raw(name), shown={})
    common = _page(name, published, SHARED, TOLD[SHARED], [*shared(published, place)])
    told = TOLD | {tag["name"]: tag.get("description", "") for tag in published.get("tags", ())}
    others = tuple(
        _tag_page(name, published, tag, told.get(tag, ""), found, place) for tag, found in _tagged(published).items()
    )
    return (_contents(name, published, (*others, common)), *others, common)


def _address(name: str, title: str) -> str:
    slug = _NO_WORD.sub("-", title.lower()).strip("-")
    return f"{PLACE}/{name.removesuffix('.json')}/{slug}.md"


Found = tuple[tuple[str, ...], str, Document]
"""An operation: the names in the document that lead to it, its heading, and what is said of it."""


def _tagged(published: Document) -> dict[str, list[Found]]:
    tagged: dict[str, list[Found]] = {tag["name"]: [] for tag in published.get("tags", ())}
    for method, path, said in operations(published):
        tag = next(iter(said.get("tags", ())), WORDLESS)
        tagged.setdefault(tag, []).append((("paths", path, method.lower()), f"{method} {path}", said))
    for kind, item in published.get("webhooks", {}).items():
        found = (("webhooks", kind, "post"), f"POST to your endpoint: {kind}", item["post"])
        tagged.setdefault(MESSAGES, []).append(found)
    return {tag: found for tag, found in tagged.items() if found}


def _tag_page(name: str, published: Document, tag: str, told: str, found: list[Found], place: Place) -> TwinPage:
    address = _address(name, tag)

    def written() -> Iterator[str]:
        for steps, heading, said in found:
            at = msgspec.structs.replace(place, address=f"{address}#{said['operationId']}", steps=steps)
            yield from operation(heading, said, at)

    listed = tuple(Listed(id=said["operationId"], heading=each, summary=said["summary"]) for _, each, said in found)
    return _page(name, published, tag, told, [*written()], listed)


def _page(
    name: str, published: Document, title: str, told: str, parts: list[str], listed: tuple[Listed, ...] = ()
) -> TwinPage:
    whole = published["info"]["title"]
    elsewhere = f"What is called shared stands [here]({_address(name, SHARED)}), with every schema."
    ways = (
        f"A part of [{whole}]({twin(name)}), which says who may, what holds for every operation, and where each is.",
        *([elsewhere] if listed else ()),
        f"Of each schema one example is shown; [the document]({raw(name)}) has one of every operation.",
    )
    text = _joined([f"# {whole}: {title}", *([f"> {told}"] if told else ()), " ".join(ways), *parts])
    return TwinPage(address=_address(name, title), title=title, summary=told, operations=listed, text=text)


def _contents(name: str, published: Document, others: tuple[TwinPage, ...]) -> TwinPage:
    info = published["info"]

    def listed() -> Iterator[str]:
        for page in others:
            yield f"### [{page.title}]({page.address}), {page.size}"
            yield page.summary
            yield "\n".join(
                f"- [{each.heading}]({page.address}#{each.id}): {each.summary} (`{each.id}`)"
                for each in page.operations
            )

    text = _joined(
        [
            f"# {info['title']}",
            f"> {info['summary']}",
            info.get("description", ""),
            *access(published),
            "## Operations",
            *listed(),
        ]
    )
    return TwinPage(address=twin(name), title=info["title"], summary=info["summary"], text=text)


def _joined(parts: list[str]) -> str:
    return "\n\n".join(stripped for part in parts if (stripped := part.strip())) + "\n"
