"""The parts of an Assertion of Open Badges 1 or 2.0, put in place from what their addresses serve."""

from collections.abc import Callable, Mapping
from typing import Any  # Any: a JSON document before it is validated

from adapters.hub import strict_json
from adapters.hub.addresses import on_the_web
from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing
from adapters.hub.securing import Finding

_NAMING = {"@context", "id", "type"}


class Parts:
    """Finds the documents of parts, and remembers what it lacked.

    Args:
        known: URL -> the bytes it served.
        normalised: Makes a copy with one spelling a member.
        embedded_first: Whether a part that stands in place comes before what its address serves.

    Attributes:
        wanted: Addresses that were not known.
        findings: Parts whose own document calls itself by another id.
        addressed: Pointers of ids that are only addresses: the document has none of its own.
    """

    def __init__(self, known: Mapping[str, bytes], normalised: Callable[[Any], Any], *, embedded_first: bool) -> None:
        self.known = known
        self.normalised = normalised
        self.embedded_first = embedded_first
        self.wanted: list[str] = []
        self.findings: list[Finding] = []
        self.addressed: list[str] = []

    def put_in_place(self, whole: dict[str, Any]) -> None:
        """Put BadgeClass and issuer into an Assertion, as far as they are known."""
        whole["badge"] = self._part(whole["badge"], "/badge")
        if isinstance(whole["badge"], dict) and "issuer" in whole["badge"]:
            whole["badge"]["issuer"] = self._part(whole["badge"]["issuer"], "/badge/issuer")

    def _part(self, value: Any, at: str) -> Any:
        url = value.get("id") if isinstance(value, dict) else value
        embedded = value if isinstance(value, dict) and not only_names(value) else None
        if not isinstance(url, str) or not on_the_web(url):
            return value
        if url not in self.known:
            self.wanted.append(url)
        if url not in self.known or (embedded is not None and self.embedded_first):
            return value
        return self._own(url, at)

    def _own(self, url: str, at: str) -> dict[str, Any]:
        """The document at an address; the address is its id, whatever else it calls itself.

        A document that could choose its id could pass for an issuer at another address.
        """
        document: dict[str, Any] = self.normalised(json_at(self.known[url], at))
        if "id" not in document:
            self.addressed.append(f"{at}/id")
        if document.get("id") != url:
            reason = f"the document at {url} calls itself {document.get('id')}; it is taken for {url}"
            fix = "Serve the document at the address that is its id, and name it by that."
            self.findings.append(Finding(pointer=f"{at}/id", reason=reason, fix=fix, blocking=False))
        return {**document, "id": url}


def only_names(value: dict[str, Any]) -> bool:
    """Say whether an object has no more than an id: it is a reference, as the id alone is."""
    return value.keys() <= _NAMING


def incomplete(document: dict[str, Any]) -> AdapterError | None:
    """Say which part is still only named: not served, or named in a way that nobody can look up.

    An issuer that is an object is read, however little it says.
    """
    place, value = "/badge", document.get("badge")
    url = value.get("id") if isinstance(value, dict) and only_names(value) else value
    if isinstance(url, dict):
        place, url = "/badge/issuer", url.get("issuer")
    if not isinstance(url, str):
        return None
    name = "BadgeClass" if place == "/badge" else "issuer Profile"
    if on_the_web(url):
        return ReferenceMissing(f"the {name} at {url} is not at hand", pointer=place, fix=f"Serve it at {url}.")
    return Malformed(
        f"the {name} is only named, by {url}, which is no web address", pointer=place, fix=f"Embed the {name}."
    )


def json_at(body: bytes, at: str) -> dict[str, Any]:
    """Read what the address of a part serves; ``at`` points to the part.

    Raises:
        Malformed: It is no JSON object.
    """
    try:
        document = strict_json.decode(body)
    except AdapterError as error:
        raise Malformed(f"its address serves no readable JSON: {error.reason}", pointer=at) from error
    if not isinstance(document, dict):
        raise Malformed("its address serves JSON that is not an object", pointer=at)
    return document
