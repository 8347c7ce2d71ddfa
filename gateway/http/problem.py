"""A refusal as programs read it: an RFC 9457 problem document."""

from typing import Annotated

import msgspec

from gateway.trust.report import Check

TYPE = "/problems/"
CODE = "[a-z0-9.-]{1,40}"

Code = Annotated[str, msgspec.Meta(pattern=rf"^{CODE}$(?!\n)", max_length=40)]
ProblemAddress = Annotated[str, msgspec.Meta(pattern=rf"^{TYPE}{CODE}$(?!\n)", max_length=60)]
Title = Annotated[str, msgspec.Meta(max_length=100)]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem document.

    Attributes:
        code: Stable machine name of the reason; also the last part of ``type``.
        pointer: JSON Pointer (RFC 6901) to the place in the badge, or in the body, that is at fault.
        parameter: Name of the query parameter or header that is at fault; what is wrong in a body has a pointer.
        allowed: The values that this parameter may have, when they can be counted.
        fix: What the caller can change.
        checks: For a refused conversion: every check that was made of the source.
    """

    type: ProblemAddress
    title: Title
    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    code: Code
    detail: str = ""
    pointer: str = ""
    parameter: Annotated[str, msgspec.Meta(max_length=60)] = ""
    allowed: tuple[Annotated[str, msgspec.Meta(max_length=100)], ...] = ()
    fix: str = ""
    checks: tuple[Check, ...] = ()
