"""What a token says in a spelling that only JSON-LD understands: whoever reads by name misses it.

Under a signature over RDF the same members stand out by themselves, and where one over JSON does not cover them as
they read, too. A token's covers the bytes, whatever they mean.
"""

from collections.abc import Iterator
from typing import Any  # Any: a JSON value

from adapters.hub.losses import escaped
from adapters.hub.securing import Finding
from adapters.open_badges_3.vocabulary import listed

_READ_KEYWORDS = frozenset({"@value", "@language", "@direction"})
"""Of a text in several languages (VCDM 2.0 section 11.1)."""


def hidden(value: Any, at: str) -> Iterator[Finding]:
    """List members whose name is an IRI, long or compact, or a keyword, and contexts that define words of their own.

    Any of them may be the end or the status of the credential under another name. A name with a colon that means
    nothing here is not told apart: the published contexts define prefixes, and no member of the format needs one.

    Args:
        value: The credential.
        at: Pointer to it.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from hidden(item, f"{at}/{index}")
    elif isinstance(value, dict):
        for name, child in value.items():
            place = f"{at}/{escaped(name)}"
            if name == "@context":
                yield from _defined(child, place)
            elif ":" in name or (name.startswith("@") and name not in _READ_KEYWORDS):
                reason = "says in another spelling what a member of the format says, so it is not read"
                fix = f"Write the member by its name in the format, such as validUntil, instead of {name}."
                yield Finding(pointer=place, reason=reason, fix=fix)
            else:
                yield from hidden(child, place)


def _defined(contexts: Any, at: str) -> Iterator[Finding]:
    if not all(isinstance(context, str) for context in listed(contexts)):
        reason = "defines words of its own, which may be the end or the status under another name"
        yield Finding(pointer=at, reason=reason, fix="Name published contexts by their URLs alone.")
