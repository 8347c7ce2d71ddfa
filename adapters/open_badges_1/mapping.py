"""The correspondence of Open Badges 0.5 to 1.1 and the neutral model, one table a class; README.md explains the rows.

The rows are only read. A value that an upgrade rule renames, completes or interprets has a line in the loss report.
"""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping

from adapters.hub.losses import Change, Loss
from adapters.hub.mapping import ABSENT, PLAIN, TEXT, Codec, Row, Table, Trail, many, without
from adapters.hub.moments import instant, moment

_SECURED_ANEW = "the gateway's own badge has a status of its own"
_OF_THE_SPECIFICATION = "the version of the specification, not of the badge"
_NO_TIME = "not a date, a time, or seconds since 1970"
_NO_NODE = "an alignment without a name and an address"


def step(at: str, note: str) -> Loss:
    """One upgrade step: the value at a place means, in the words of a later version, what the note says."""
    return Loss(change=Change.APPROXIMATED, source=at, note=note)


def _read_only(_value: Any, at: str, _into: str, _trail: Trail) -> Any:
    raise RuntimeError(f"{at}: Open Badges 1 is not written")


def _renamed(codec: Codec, now: str) -> Codec:
    """The value under the name that it has since a later version."""

    def read(value: Any, at: str, into: str, trail: Trail) -> Any:
        found = codec.read(value, at, into, trail)
        if found is not ABSENT:
            trail.losses.append(step(at, f"is called {now} in later versions"))
        return found

    return Codec(read, _read_only)


def _time_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    """Read a time as openbadges-validator-core upgrades it: seconds since 1970, and days and times as of UTC.

    A day alone is its beginning, also where it is an end: no later moment was promised.
    """
    if isinstance(value, str) and (exact := instant(value)) is not None:
        trail.carried(at, into)
        return exact
    if (read := moment(value)) is None:
        trail.dropped(value, at, _NO_TIME)
        return ABSENT
    trail.carried(at, into)
    trail.losses.append(step(at, read.reason))
    return instant(read.text)


TIME = Codec(_time_in, _read_only)
"""A time in any of the forms that were written -> an aware instant."""


def _address_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    return {"id": PLAIN.read(value, at, f"{into}/id", trail)}


ADDRESS = Codec(_address_in, _read_only)
"""The address of a picture, of evidence or of criteria -> an object with that id."""

ALIGNMENT = Table(
    Row("name", "target_name", _renamed(TEXT, "targetName")),
    Row("url", "target_url", _renamed(PLAIN, "targetUrl")),
    Row("description", "target_description", _renamed(TEXT, "targetDescription")),
)

ALIGNMENT_OF_2_0 = Table(
    Row("targetName", "target_name", TEXT),
    Row("targetUrl", "target_url"),
    Row("targetDescription", "target_description", TEXT),
    Row("targetFramework", "target_framework"),
    Row("targetCode", "target_code"),
    types=("AlignmentObject",),
)


def _alignment_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    for table, name, url in ((ALIGNMENT, "name", "url"), (ALIGNMENT_OF_2_0, "targetName", "targetUrl")):
        if {name, url} <= value.keys():
            return table.read(value, at, into, trail)
    trail.dropped(value, at, _NO_NODE)
    return ABSENT


ISSUER = Table(
    Row("id", "id"),
    Row("name", "name", TEXT),
    Row("url", "url"),
    Row("description", "description", TEXT),
    Row("image", "image", ADDRESS),
    Row("email", "email"),
    without("revocationList", "the gateway's own Profile says what it revoked"),
    types=("Issuer",),
    aliases=("IssuerOrg", "IssuerOrganization", "Profile"),
    keep_types=True,
    structural=("@context",),
)

BADGE = Table(
    Row("id", "id"),
    Row("name", "name", TEXT),
    Row("description", "description", TEXT),
    Row("image", "image", ADDRESS),
    Row("criteria", "criteria", ADDRESS),
    Row("alignment", "alignments", many(Codec(_alignment_in, _read_only))),
    Row("tags", "tags", many(PLAIN)),
    types=("BadgeClass",),
    keep_types=True,
    structural=("@context", "issuer"),
)

ASSERTION = Table(
    Row("id", "id"),
    Row("issuedOn", "awarded", TIME),
    Row("image", "award_image", ADDRESS),
    Row("evidence", "evidence", many(ADDRESS)),
    Row("expires", "valid_until", TIME),
    without("revoked", _SECURED_ANEW),
    types=("Assertion",),
    keep_types=True,
    # `reading` reads them: the recipient, the parts, and what names and secures the Assertion.
    structural=("@context", "badge", "recipient", "uid", "verify"),
)

ISSUER_OF_2011 = Table(
    Row("origin", "id", _renamed(PLAIN, "url, and stands for the id,")),
    Row("origin", "url"),
    Row("name", "name", TEXT),
    Row("contact", "email", _renamed(PLAIN, "email")),
    structural=("org",),
)

BADGE_OF_2011 = Table(
    without("version", _OF_THE_SPECIFICATION),
    Row("name", "name", TEXT),
    Row("description", "description", TEXT),
    Row("image", "image", ADDRESS),
    Row("criteria", "criteria", ADDRESS),
    structural=("issuer",),
)

ASSERTION_OF_2011 = Table(
    Row("id", "id"),
    Row("issued_on", "awarded", _renamed(TIME, "issuedOn")),
    Row("evidence", "evidence", many(ADDRESS)),
    Row("expires", "valid_until", TIME),
    without("revoked", _SECURED_ANEW),
    structural=("badge", "recipient", "salt"),
)
