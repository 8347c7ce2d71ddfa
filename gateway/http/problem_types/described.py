"""A problem as its page tells it, to programs and to people."""

import functools
from collections.abc import Iterator
from importlib.resources import files
from typing import Annotated, Any  # Any: members of an answer, whatever interface gave it

import msgspec

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError
from gateway.http.catalogue.entry import Told
from gateway.http.catalogue.whole import AREA_OF, AREAS, CATALOGUE
from gateway.http.problem import TYPE, Code, ProblemAddress, Title
from gateway.http.problem_types.elsewhere import Wording, elsewhere
from gateway.http.problems import FRAMEWORK_CODES, status_of
from gateway.http.titles import TITLES

Words = Annotated[str, msgspec.Meta(max_length=1000)]


class Sample(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One real answer, to something that was done to get it; ids, times and signatures differ each time.

    Attributes:
        request: Method and path, or the command.
        status: The HTTP status; the exit status of a command.
        location: Where a browser is sent.
        body: The answer when it is JSON; empty when it is a page.
    """

    request: Annotated[str, msgspec.Meta(max_length=1000)]
    status: int
    media_type: Annotated[str, msgspec.Meta(max_length=100)] = ""
    location: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    body: dict[str, Any] = {}


class ProblemSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the index.

    Attributes:
        code: Stable machine name, with dashes; with a dot where software of others knows it so (``not.sealed``).
        type: The address of its page: the `type` of its problem documents.
        status: The HTTP status that it comes with; null for what only commands say.
        area: What it is about.
    """

    code: Code
    type: ProblemAddress
    title: Title
    status: Annotated[int, msgspec.Meta(ge=100, le=599)] | None
    area: Annotated[str, msgspec.Meta(max_length=40)]


class ProblemType(ProblemSummary, frozen=True, kw_only=True):
    """A reason for which a request is not served.

    Attributes:
        cause: What happened, and why the gateway says so.
        fix: What the caller can do.
        example: One real answer.
        surfaces: Interfaces that say it in words of their own.
    """

    cause: Words
    fix: Words
    example: Sample
    surfaces: tuple[Wording, ...]


class ProblemIndex(msgspec.Struct, frozen=True):
    """Every problem there is, by area."""

    problems: tuple[ProblemSummary, ...]


def described(code: str, language: str) -> ProblemType | None:
    """The problem of a code in a language, None when there is none."""
    if code not in CATALOGUE:
        return None
    told, status = words(code, language), statuses().get(code)
    return ProblemType(
        code=code,
        type=TYPE + code,
        title=title(code, language),
        status=status,
        area=AREA_OF[code],
        cause=told.cause,
        fix=told.fix,
        example=sample(code),
        surfaces=elsewhere(code, status) if status else (),
    )


def index(language: str) -> ProblemIndex:
    """Every problem in a language, as the catalogue orders them."""
    known = statuses()
    return ProblemIndex(
        tuple(
            ProblemSummary(
                code=code,
                type=TYPE + code,
                title=title(code, language),
                status=known.get(code),
                area=name,
            )
            for name, area in AREAS.items()
            for code in area.entries
        )
    )


def title(code: str, language: str) -> str:
    """The title of a problem in a language."""
    return TITLES[code] if language == "en" else CATALOGUE[code].title_fr


def words(code: str, language: str) -> Told:
    """Cause and fix of a problem in a language."""
    return CATALOGUE[code].en if language == "en" else CATALOGUE[code].fr


@functools.cache
def sample(code: str) -> Sample:
    """The answer that was recorded for a problem."""
    recorded = files("gateway.http.catalogue") / "samples" / f"{code}.json"
    return msgspec.json.decode(recorded.read_bytes(), type=Sample)


@functools.cache
def statuses() -> dict[str, int]:
    """The HTTP status of every code that answers have."""
    framework = {code: status for status, code in FRAMEWORK_CODES.items()}
    ours = {kind.code: status_of(kind) for root in (AdapterError, GatewayError) for kind in _kinds(root)}
    return framework | ours


def _kinds(root: type[AdapterError | GatewayError]) -> Iterator[type[AdapterError | GatewayError]]:
    """Every class that has a code of its own."""
    for kind in root.__subclasses__():
        if "code" in vars(kind):
            yield kind
        yield from _kinds(kind)
