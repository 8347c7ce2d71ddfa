"""Check `provenance`: is the original that a converted credential embeds what it says it was converted from?"""

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.securing import Unsecured
from gateway.proofs.findings import step
from gateway.trust.case import Case
from gateway.trust.nested import Nested, nested_badge
from gateway.trust.report import Check, Outcome, Report
from gateway.trust.same_award import contradiction
from gateway.trust.served import listed

NAME: Final = "provenance"
MAX_ORIGINALS: Final = 2
"""Each is judged as a badge of its own, and may be as large as what embeds it."""

_CONVERSION: Final = "http://data.europa.eu/snb/evidence-type/c_c4f849d7"
_DIGEST: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ENDED: Final = frozenset({"status", "validity-period"})
_CONVERT_IT: Final = "Use the original, or have it converted anew: a copy says nothing that it does not say."
_WORST_FIRST: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)


class _Original(msgspec.Struct, frozen=True):
    """An embedded original: where it stands, itself in base64, and the digests that the statement beside it names."""

    pointer: str
    content: str
    digests: frozenset[str]


class _Judged(msgspec.Struct, frozen=True):
    outcome: Outcome
    said: str
    fix: str = ""
    reading: Reading | None = None


async def provenance(case: Case) -> Check:
    """Compare each embedded original with the digest in the statement about it, and judge it as what it is.

    Who sealed the copy vouches for the copy: an original whose host is gone, or that nobody signed, is noted. But one
    that is something else, or of another award, that was changed, or that its issuer took back speaks against the copy.

    Source: ELM 3.1, profile "converted": Evidence of the type conversion with ``embeddedEvidence``.
    """
    originals = list(_originals(case.subject.reading.document))
    if not originals:
        return Check(NAME, Outcome.SKIPPED, "embeds no original that it was converted from")
    judged = [await _judged(case, original) for original in originals[:MAX_ORIGINALS]]
    if len(originals) > MAX_ORIGINALS:
        said = f"embeds {len(originals)} originals, of which {MAX_ORIGINALS} are looked at"
        judged.append(_Judged(Outcome.UNKNOWN, said, "Embed the one that it was converted from."))
    worst = min((each.outcome for each in judged), key=_WORST_FIRST.index)
    said = "; ".join(each.said for each in judged if each.outcome is worst)
    fix = next((each.fix for each in judged if each.outcome is worst and each.fix), "")
    return Check(NAME, worst, said, fix, tuple(original.pointer for original in originals))


def _originals(document: Mapping[str, Any]) -> Iterator[_Original]:
    one = isinstance(document.get("evidence"), dict)
    for index, evidence in enumerate(listed(document.get("evidence"))):
        if not isinstance(evidence, dict) or not _is_conversion(evidence):
            continue
        at = "/evidence" if one else step("/evidence", index)
        digests = frozenset(_DIGEST.findall(_text(evidence.get("evidenceStatement")).lower()))
        single = isinstance(evidence.get("embeddedEvidence"), dict)
        for place, media in enumerate(listed(evidence.get("embeddedEvidence"))):
            content = media.get("content") if isinstance(media, dict) else None
            if isinstance(content, str):
                inside = f"{at}/embeddedEvidence"
                yield _Original(inside if single else step(inside, place), content, digests)


def _is_conversion(evidence: Mapping[str, Any]) -> bool:
    return any(isinstance(kind, dict) and kind.get("id") == _CONVERSION for kind in listed(evidence.get("dcType")))


def _text(value: object) -> str:
    """All text in a statement, which is a text, a language map or a note."""
    if isinstance(value, dict):
        return " ".join(map(_text, value.values()))
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return value if isinstance(value, str) else ""


async def _judged(case: Case, original: _Original) -> _Judged:
    try:
        body = await asyncio.to_thread(base64.b64decode, original.content, validate=True)
    except (binascii.Error, ValueError):
        return _Judged(Outcome.FAILED, f"{original.pointer}: not base64", "Embed the original in base64.")
    digest = hashlib.sha256(body).hexdigest()
    if original.digests and digest not in original.digests:
        said = f"{original.pointer}: is not the original that the statement names by its digest"
        return _Judged(Outcome.FAILED, said, f"Embed the very bytes that were converted; these have SHA-256 {digest}.")
    named = "is what the statement names" if original.digests else "is named by no digest"
    if not case.subject.judges_originals:
        return _Judged(Outcome.PASSED if original.digests else Outcome.NOTED, f"{original.pointer}: {named}")
    if not case.vouched:
        return _Judged(Outcome.NOTED, f"{original.pointer}: {named}; not judged: nobody vouches for what embeds it")
    found = await nested_badge(case, body)
    outcome = found.report.outcome
    said = f"{original.pointer}: the original {named}, and by itself it is {_itself(found.report)}"
    other = contradiction(case.subject.reading, found.reading) if found.reading is not None else ""
    if other:
        said = f"{said}; but {other}"
    # Without a digest nobody has said that it is what this was made of: it may be a supplement in other words.
    of_another = other and original.digests
    if of_another or _speaks_against(found):
        fix = _CONVERT_IT if of_another else "Ask for the badge anew where it was issued first."
        return _Judged(Outcome.UNKNOWN, said, fix)
    good = outcome is Outcome.PASSED and original.digests
    return _Judged(Outcome.PASSED if good else Outcome.NOTED, said, reading=found.reading)


async def sound_original(case: Case) -> Reading | None:
    """What the one original says that was found good; None where there is none, or several.

    Judged anew where the check asks for it as well: each address is asked once all the same.
    """
    originals = list(_originals(case.subject.reading.document))
    if len(originals) != 1:
        return None
    judged = await _judged(case, originals[0])
    return judged.reading if judged.outcome is Outcome.PASSED else None


def _speaks_against(original: Nested) -> bool:
    """Whether the original was changed, taken back, or has ended.

    One that nobody signed, or that is no badge that is read here (a picture, XML of an older version), says nothing.
    """
    failed = {check.name for check in original.report.checks if check.outcome is Outcome.FAILED}
    if original.reading is None or isinstance(original.reading.securing, Unsecured):
        failed &= _ENDED
    return bool(failed)


def _itself(report: Report) -> str:
    outcome = report.outcome
    if outcome is Outcome.PASSED:
        return "verified"
    worst = next((check for check in report.checks if check.outcome is outcome), None)
    word = "not good" if outcome is Outcome.FAILED else "not known to be good"
    return f"{word} ({worst.name}: {worst.detail})" if worst else word
