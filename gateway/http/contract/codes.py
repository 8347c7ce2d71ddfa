"""Which codes a problem of each status may have, and the recorded answer that a document shows of it."""

import functools

from gateway.http.catalogue.whole import AREAS
from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.problem_types.described import sample, statuses
from gateway.http.problems import FRAMEWORK_CODES, MEDIA_TYPE
from gateway.http.surfaces import SURFACES

TO_PEOPLE = "people"
"""The area of what only pages for people say, which no document describes."""

TYPICAL = FRAMEWORK_CODES | {
    401: "unauthorised",
    403: "insufficient-scope",
    409: "not-active",
    410: "erased",
    415: "unknown-format",
    422: "not-issuable",
    429: "too-many-requests",
    503: "unavailable",
}
"""The one that is shown of several; of the others the catalogue shows theirs."""

ALSO_OURS = frozenset({"malformed-address", "offer-over"})
"""Recorded where a protocol speaks, of whatever area, and said in a problem document elsewhere."""


@functools.cache
def codes(status: int) -> tuple[str, ...]:
    """The codes that a problem document of a status may have, as the catalogue orders them.

    Tests hold every problem document that they are given against them (``tests.gateway.http.promised``).
    """
    return tuple(
        code
        for area, found in AREAS.items()
        for code in found.entries
        if statuses().get(code) == status and (code in ALSO_OURS or (area != TO_PEOPLE and _is_ours(code)))
    )


def _is_ours(code: str) -> bool:
    kept = sample(code)
    path = kept.request.split(" ")[1].partition("?")[0]
    worded = any(each.document and each.failed and each.speaks_at(path) for each in SURFACES)
    return kept.media_type == MEDIA_TYPE and not worded


def listed(status: int) -> str:
    """The codes of a status in a sentence, "" where no problem document has it."""
    found = [f"`{code}`" for code in codes(status)]
    several = f"{', '.join(found[:-1])} or " if len(found) > 1 else ""
    return f"Its `code` is {several}{found[-1]}." if found else ""


def worded(description: str, status: int) -> str:
    """What a document says of a problem's status, with the codes that it may have."""
    codes_too = listed(status)
    return description if codes_too in description else f"{description.removesuffix('.')}. {codes_too}"


def with_problems(document: Document, made: Made) -> Document:
    """Every problem with its codes and an answer: that of the operation, else one as the catalogue shows it."""
    operations = (operation["responses"] for operation in made.operations(document))
    for responses in (document["components"]["responses"], *operations):
        for name, response in responses.items():
            content = response.get("content", {}).get(MEDIA_TYPE, {})
            if content.get("schema") == {"$ref": f"{SCHEMAS}Problem"}:
                responses[name] = _told(response, int(name[-3:]))
    return document


def _told(response: Document, status: int) -> Document:
    content, code = response["content"], TYPICAL.get(status, "")
    shown = {"examples": {code: {"value": sample(code).body}}} if code in codes(status) else {}
    return {
        **response,
        "description": worded(response["description"], status),
        "content": {**content, MEDIA_TYPE: {**shown, **content[MEDIA_TYPE]}},
    }
