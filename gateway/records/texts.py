"""Texts and lists that have one form wherever they stand, for whoever takes or gives them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

Id = Annotated[UUID, Meta(extra_json_schema={"minLength": 32, "maxLength": 36})]
"""A UUID, with dashes or without; nothing else is read as one."""

GivenId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\n)", max_length=36)]
"""The id of what the gateway made, as it gives it out: a UUID in lower case with dashes."""

Thumbprint = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)", max_length=43)]
"""Of a key, in base64url (RFC 7638)."""

PLATFORM_ID = r"^[a-z0-9][a-z0-9-]*$(?!\n)"
OWN_ID_CHARACTERS, PLATFORM_ID_CHARACTERS = 40, 45
"""Of the id that a platform is given, and of any: its twin's has five more."""

PlatformId = Annotated[str, Meta(pattern=PLATFORM_ID, max_length=PLATFORM_ID_CHARACTERS)]
"""Of a platform or of its twin."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", min_length=64, max_length=64)]
"""A digest in lower-case hex."""

WHOLE = Meta(max_length=2**31 - 1)
"""Of a list that is shown without pages: as many as there are."""
