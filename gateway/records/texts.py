"""Texts and lists that have one form wherever they stand, for whoever takes or gives them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

Id = Annotated[UUID, Meta(extra_json_schema={"minLength": 32, "maxLength": 36})]
"""A UUID, with dashes or without; nothing else is read as one."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", min_length=64, max_length=64)]
"""A digest in lower-case hex."""

WHOLE = Meta(max_length=2**31 - 1)
"""Of a list that is shown without pages: as many as there are."""
