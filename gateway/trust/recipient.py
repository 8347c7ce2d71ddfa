"""Check `recipient`: is the badge for the person that the caller says it is for?"""

from collections.abc import Iterator

from adapters.hub.contract import Format, Reading
from adapters.hub.credential import Identity
from gateway.proofs import identity_hash
from gateway.trust.case import Case
from gateway.trust.provenance import sound_original
from gateway.trust.report import Check, Outcome


async def recipient(case: Case) -> Check:
    """Compare every identity in the document with every name the caller knows the person by.

    ELM has no member for the salt of a hash, and not everybody writes it beside: a hash without it may be of anybody.
    Then the original counts, where it is embedded and found good.

    Source: Open Badges 3.0 section 9 step 5 and IdentityObject; Open Badges 2.0 IdentityObject.
    """
    expected = case.subject.expected_recipient
    if not expected:
        return Check("recipient", Outcome.SKIPPED, "nobody was named to compare with")
    reading = case.subject.reading
    if matches := list(_matches(reading, expected)):
        return Check("recipient", Outcome.PASSED, matches[0])
    if _lacks_salt(reading):
        original = await sound_original(case)
        if original is None:
            detail = "is for the holder of a hash, and the salt of that is not here"
            return Check("recipient", Outcome.UNKNOWN, detail, "Compare with the badge that it was converted from.")
        if matches := list(_matches(original, expected)):
            return Check("recipient", Outcome.PASSED, f"the original that it embeds {matches[0]}")
        reading = original
    if not any(credential.recipient.id or credential.recipient.identities for credential in reading.credentials):
        return Check(
            "recipient", Outcome.UNKNOWN, "does not say for whom it is", "Name the recipient by id or identifier."
        )
    return Check(
        "recipient",
        Outcome.FAILED,
        "is for somebody else, or for another address of the same person",
        "Compare with the address to which it was issued.",
    )


def _lacks_salt(reading: Reading) -> bool:
    """Whether somebody is named by a hash that may have lost its salt."""
    identities = (identity for credential in reading.credentials for identity in credential.recipient.identities)
    return reading.format is Format.ELM_3 and any(each.hashed and not each.salt for each in identities)


def _matches(reading: Reading, expected: tuple[str, ...]) -> Iterator[str]:
    """Yield how each match was found; the identity itself is not repeated."""
    for credential in reading.credentials:
        for name in expected:
            if credential.recipient.id == name:
                yield "matches the recipient's id"
            for identity in credential.recipient.identities:
                if spelling := _matched(identity, name):
                    form = "hashed" if identity.hashed else "plain"
                    yield f"matches the {form} {identity.kind}, {spelling}"


def _matched(identity: Identity, name: str) -> str:
    """Say in which spelling a name is this identity, "" when it is not: as given first, then in lower case.

    Neither version folds case, but many issuers hash the lower-case address.
    """
    if identity.hashed:
        spelling = identity_hash.matches(identity.value, name, identity.salt or "")
        return (
            {
                identity_hash.Spelling.AS_GIVEN: "spelled as given",
                identity_hash.Spelling.LOWER_CASE: "in lower case",
            }.get(spelling, "")
            if spelling
            else ""
        )
    if identity.value == name:
        return "spelled as given"
    return "in lower case" if identity.value.lower() == name.lower() else ""
