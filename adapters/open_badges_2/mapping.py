"""The correspondence of Open Badges 2.0 and the neutral model, one table a class; README.md explains the rows."""

from adapters.hub.mapping import PLAIN, TEXT, Row, Table, many, nested, without
from adapters.open_badges_2.codecs import (
    DATE_TIME,
    ENDORSEMENT,
    FIRST,
    IRI,
    VERSION,
    id_or_object,
    original_creator,
    picture,
    related,
)
from adapters.open_badges_2.described import MEMBERS
from adapters.open_badges_2.identifiers import absolute, never

_NO_FIELD = "the neutral model has no field for it on an Assertion"
_SECURED_ANEW = "the gateway's own badge says how it is verified itself"
_PROFILE_OF_OURS = "the gateway's own Profile says how its badges are verified"
_NO_NAME = "an Assertion has no name and description of its own, they are its BadgeClass's"

IMAGE = Table(
    Row("id", "id"),
    Row("caption", "caption", TEXT),
    Row("author", "author", IRI),
    structural=("type",),
)

RELATED = Table(
    Row("id", "id"),
    Row("@language", "in_language"),
    Row("version", "version", VERSION),
    aliases=("Assertion", "BadgeClass", "Issuer", "Profile"),
    keep_types=True,
    writable_type=absolute,
)

EVIDENCE = Table(
    Row("id", "id", IRI),
    Row("narrative", "narrative", TEXT),
    Row("name", "name", TEXT),
    Row("description", "description", TEXT),
    Row("genre", "genre"),
    Row("audience", "audience"),
    types=("Evidence",),
    keep_types=True,
    writable_type=absolute,
)

CRITERIA = Table(
    Row("id", "id", IRI),
    Row("narrative", "narrative", TEXT),
    types=("Criteria",),
)

ALIGNMENT = Table(
    Row("targetName", "target_name", TEXT),
    Row("targetUrl", "target_url"),
    Row("targetDescription", "target_description", TEXT),
    Row("targetFramework", "target_framework"),
    Row("targetCode", "target_code"),
    types=("AlignmentObject",),
)

PROFILE = Table(
    Row("id", "id"),
    Row("name", "name", TEXT),
    Row("url", "url", FIRST),
    Row("telephone", "phone", FIRST),
    Row("description", "description", TEXT),
    Row("image", "image", picture(IMAGE, data_uris=True)),
    Row("email", "email", FIRST),
    without("publicKey", _PROFILE_OF_OURS),
    without("verification", _PROFILE_OF_OURS),
    without("revocationList", _PROFILE_OF_OURS),
    Row("related", "related", many(related(RELATED, "Profile"))),
    Row("version", "version", VERSION),
    Row("endorsement", "endorsements", many(ENDORSEMENT)),
    Row("@language", "in_language"),
    types=("Profile",),
    aliases=("Issuer",),
    keep_types=True,
    # openbadges-validator-core knows an Assertion, a BadgeClass and a Profile by their only type.
    writable_type=never,
    structural=("@context",),
)

# `url` is the creator's id there, so that its web page needs the IRI that `url` stands for everywhere else.
ORIGINAL_CREATOR = Table(
    Row("url", "id"),
    Row("name", "name", TEXT),
    Row("schema:url", "url"),
    Row("email", "email"),
    Row("telephone", "phone"),
    Row("description", "description", TEXT),
    Row("image", "image", picture(IMAGE, data_uris=True)),
    types=("Extension", "extensions:OriginalCreator", "extensions:originalCreator"),
    keep_types=True,
    writable_type=absolute,
    structural=("@context",),
)

BADGE = Table(
    Row("id", "id"),
    Row("name", "name", TEXT),
    Row("description", "description", TEXT),
    Row("image", "image", picture(IMAGE, data_uris=True)),
    Row("criteria", "criteria", id_or_object(CRITERIA, write_id=True)),
    Row("alignment", "alignments", many(nested(ALIGNMENT))),
    Row("tags", "tags", many(PLAIN)),
    Row("related", "related", many(related(RELATED, "BadgeClass"))),
    Row("version", "version", VERSION),
    Row("endorsement", "endorsements", many(ENDORSEMENT)),
    Row("@language", "in_language"),
    Row("extensions:originalCreator", "creator", original_creator(ORIGINAL_CREATOR)),
    types=("BadgeClass",),
    keep_types=True,
    writable_type=never,
    # The issuer is the credential's; the extensions are read by `described`.
    structural=("@context", "issuer", *MEMBERS),
)

ASSERTION = Table(
    Row("id", "id"),
    without("uid", "deprecated; the id names the Assertion"),
    without("verification", _SECURED_ANEW),
    Row("issuedOn", "awarded", DATE_TIME),
    Row("image", "award_image", picture(IMAGE, data_uris=False)),
    Row("evidence", "evidence", many(id_or_object(EVIDENCE))),
    Row("narrative", "narrative", TEXT),
    Row("expires", "valid_until", DATE_TIME),
    without("revoked", "the gateway's own badge has a status of its own"),
    without("revocationReason", "the gateway's own badge has a status of its own"),
    without("related", _NO_FIELD),
    without("version", _NO_FIELD),
    Row("endorsement", "endorsements", many(ENDORSEMENT)),
    Row("extensions:originalCreator", "source", original_creator(ORIGINAL_CREATOR)),
    types=("Assertion",),
    keep_types=True,
    writable_type=never,
    # Read and written by `recipients`, `reading` and `writing`.
    structural=("@context", "@language", "badge", "recipient", "extensions:recipientProfile"),
    no_place={
        "name": _NO_NAME,
        "description": _NO_NAME,
        "valid_from": "Open Badges 2.0 has one date, the one of the award",
    },
)
