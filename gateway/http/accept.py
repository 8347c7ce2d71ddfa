"""What a client would rather have: media types and languages with their weights."""

from collections.abc import Iterator

from gateway.errors import GatewayError

READ_CHARACTERS = 1000
"""Of a header; browsers send some 150."""


class NotAcceptable(GatewayError):
    """The client takes none of the media types that are served here."""

    code = "not-acceptable"


def quality(accept: str, media_type: str) -> float:
    """How much a client wants a media type: 0 (not at all) to 1; 1 when it does not say what it wants.

    Source: RFC 9110 section 12.5.1: of the ranges that match, the most specific one decides.
    """
    if not accept:
        return 1.0
    main = media_type.partition("/")[0]
    ranks = {media_type: 2, f"{main}/*": 1, "*/*": 0}
    matching = [(ranks[wanted], weight) for wanted, weight in _weighted(accept) if wanted in ranks]
    return max(matching, default=(0, 0.0))[1]


def language(accept_language: str, offered: tuple[str, ...]) -> str:
    """The language of ``offered`` that the client prefers, the first one when it wants none of them.

    Source: RFC 9110 section 12.5.4; regions are not told apart.
    """
    wanted: dict[str, float] = {}
    for tag, weight in _weighted(accept_language):
        primary = tag.partition("-")[0]
        wanted[primary] = max(weight, wanted.get(primary, 0.0))
    return max(offered, key=lambda name: wanted.get(name, 0.0))


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for item in header[:READ_CHARACTERS].lower().split(","):
        value, *parameters = (part.strip() for part in item.split(";"))
        weights = [parameter.removeprefix("q=") for parameter in parameters if parameter.startswith("q=")]
        yield value, _weight(weights[0]) if weights else 1.0


def _weight(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
