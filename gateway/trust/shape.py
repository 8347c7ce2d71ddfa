"""Check `shape`: does the document keep the rules of its format?"""

import re
from collections.abc import Iterator, Sequence
from typing import Any  # Any: a JSON value

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.losses import escaped
from adapters.hub.securing import Finding
from gateway.apart import apart
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome

_SHOWN = 5
_ADDRESSES = frozenset({"id", "@id", "url", "image", "criteria", "evidence", "targetUrl", "badge", "issuer", "author"})
_ADDRESSES |= {"contentURL", "supplementaryDocument", "homepage"}
# Browsers skip white space and control characters before and inside the scheme.
_RUN = re.compile(r"[\x00-\x20]*(?:(?:java|vb)script\s*:|data\s*:\s*text/html)", re.IGNORECASE)
# Parts of whatever runs, in lower case. One look at the text spares most documents a walk.
_SCRIPT, _HTML = re.compile(rb'script[^a-z"]'), b"text/html"


async def shape(case: Case) -> Check:
    """Judge what the reader found: a broken MUST fails, broken advice is noted.

    Source: Open Badges 3.0 section 9 step 1 (the schema and the subject); the class tables of Open Badges 2.0.
    """
    return await apart(len(case.subject.opened.payload), _judged, case.subject.reading)


def _judged(reading: Reading) -> Check:
    found = [finding for finding in reading.findings if finding.check == "shape"]
    found += that_run(reading.document)
    return summary("shape", found, "keeps the rules of its format", (f"{reading.format} {reading.version}",))


def summary(name: str, found: Sequence[Finding], good: str, looked_at: tuple[str, ...] = ()) -> Check:
    """What findings come to: a broken MUST fails, broken advice is noted, and ``good`` says what none means."""
    blocking = [finding for finding in found if finding.blocking]
    if blocking:
        return Check(name, Outcome.FAILED, _listed(blocking), _fixes(blocking), looked_at)
    if found:
        return Check(name, Outcome.NOTED, _listed(found), _fixes(found), looked_at)
    return Check(name, Outcome.PASSED, good, looked_at=looked_at)


def that_run(document: Any) -> list[Finding]:
    """Find the addresses that a page would run instead of follow."""
    text = msgspec.json.encode(document).lower()
    return list(_scripts(document)) if _HTML in text or _SCRIPT.search(text) else []


def _scripts(value: Any, at: str = "", name: str = "") -> Iterator[Finding]:
    """Find addresses that a page would run instead of follow: our signature must not carry them to its readers."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _scripts(child, f"{at}/{escaped(key)}", key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _scripts(child, f"{at}/{index}", name)
    elif isinstance(value, str) and name in _ADDRESSES and _RUN.match(value):
        reason = "an address that runs a script where it is followed"
        yield Finding(pointer=at, reason=reason, fix="Give an https address.")


def _listed(findings: Sequence[Finding]) -> str:
    shown = [f"{finding.pointer or '/'}: {finding.reason}" for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        shown.append(f"and {len(findings) - _SHOWN} more")
    return "; ".join(shown)


def _fixes(findings: Sequence[Finding]) -> str:
    """The first different fixes, in order."""
    return " ".join(list(dict.fromkeys(finding.fix for finding in findings if finding.fix))[:_SHOWN])
