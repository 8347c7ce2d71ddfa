"""Pages of a list as 1EdTech's interfaces have them: ``limit`` and ``offset``, ``Link`` and ``X-Total-Count``."""

from urllib.parse import urlencode


def page_headers(address: str, query: dict[str, str], *, total: int, limit: int, offset: int) -> dict[str, str]:
    """``Link`` and ``X-Total-Count`` of one page.

    ``first`` and ``last`` in any case, ``next`` when there is more, ``prev`` when something came before; other
    parameters of the query stay in the links.

    Args:
        address: Of the list, without query.
        query: What the client asked, without ``limit`` and ``offset``.
        total: Of all pages together.

    Source: Open Badges 2.1 and 3.0, section "Pagination"; RFC 8288.
    """
    last = max(0, (total - 1) // limit * limit)
    offsets = {"first": 0, "last": last}
    if offset + limit < total:
        offsets["next"] = offset + limit
    if offset > 0:
        offsets["prev"] = max(0, offset - limit)
    links = (
        f'<{address}?{urlencode({**query, "limit": limit, "offset": start})}>; rel="{relation}"'
        for relation, start in offsets.items()
    )
    return {"Link": ", ".join(links), "X-Total-Count": str(total)}
