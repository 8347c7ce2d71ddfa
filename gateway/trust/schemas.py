"""Check `schemas`: which JSON Schemas does it say that it keeps, and are they those whose rules were applied?"""

import re
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import listed
from gateway.trust.subject import as_issued

_OFFICIAL = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/schema/json(?:-ld)?/ob_v3p0_(?P<of>[a-z_]+)_schema\.json"
)
_OF_AWARDS = frozenset({"achievementcredential", "anyachievementcredential"})
_OF_ENDORSEMENTS = frozenset({"endorsementcredential", "anyendorsementcredential"})
_TYPE = "1EdTechJsonSchemaValidator2019"
_ADDRESS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{}_schema.json"
_WORST_FIRST = (Outcome.FAILED, Outcome.NOTED, Outcome.PASSED)


class _Judged(msgspec.Struct, frozen=True):
    outcome: Outcome
    said: str
    fix: str = ""


async def schemas(case: Case) -> Check:
    """Judge ``credentialSchema``: the official schemas are known by their ids, and their rules are those of `shape`.

    No schema is fetched: what an issuer's own one demands says nothing that anybody here relies on, and a schema is a
    program of the issuer's choice. The official ones are applied as the readers have them, so that nobody who serves
    another text in their place changes a verdict.

    Source: Open Badges 3.0 section 9.1 step 1 and CredentialSchema; VCDM 2.0 section 4.11.
    """
    document, at = as_issued(case.subject.reading)
    named = listed(document.get("credentialSchema"))
    if not named:
        return Check("schemas", Outcome.SKIPPED, "names no schema")
    judged = [_judged(case, schema, f"{at}/credentialSchema/{index}") for index, schema in enumerate(named)]
    worst = min((each.outcome for each in judged), key=_WORST_FIRST.index)
    said = "; ".join(each.said for each in judged if each.outcome is worst)
    fix = next((each.fix for each in judged if each.outcome is worst and each.fix), "")
    return Check("schemas", worst, said, fix, tuple(_id(schema) for schema in named))


def _judged(case: Case, schema: Any, at: str) -> _Judged:
    official = _OFFICIAL.fullmatch(_id(schema))
    if official is None:
        return _Judged(Outcome.NOTED, f"{_id(schema) or at} is no schema of Open Badges: not fetched, not applied")
    own = _OF_ENDORSEMENTS if case.subject.reading.about else _OF_AWARDS
    if official["of"] not in own:
        fix = f'Write "id": "{_ADDRESS.format(min(own, key=len))}".'
        return _Judged(Outcome.FAILED, f"{at}/id: {_id(schema)} is the schema of something else", fix)
    if any(finding.blocking for finding in case.subject.reading.findings):
        fix = "Correct what the check shape names."
        return _Judged(Outcome.FAILED, f"does not keep {_id(schema)}, see shape", fix)
    if isinstance(schema, Mapping) and _TYPE not in listed(schema.get("type")):
        fix = f'Write "type": "{_TYPE}".'
        return _Judged(Outcome.NOTED, f"keeps {_id(schema)}, which is named as of another type", fix)
    return _Judged(Outcome.PASSED, f"keeps {_id(schema)}")


def _id(schema: Any) -> str:
    return str(schema.get("id", "")) if isinstance(schema, dict) else ""
