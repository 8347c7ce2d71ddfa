"""Links between the pages of a list."""

import pytest

from gateway.http.paging import page_headers

LIST = "https://badges.example.net/list"


def relations(link: str) -> dict[str, str]:
    parts = (part.split("; rel=") for part in link.split(", "))
    return {relation.strip('"'): address.strip("<>").removeprefix(f"{LIST}?") for address, relation in parts}


@pytest.mark.parametrize(
    ("total", "offset", "expected"),
    [
        (0, 0, {"first": "limit=2&offset=0", "last": "limit=2&offset=0"}),
        (2, 0, {"first": "limit=2&offset=0", "last": "limit=2&offset=0"}),
        (3, 0, {"first": "limit=2&offset=0", "last": "limit=2&offset=2", "next": "limit=2&offset=2"}),
        (
            5,
            2,
            {
                "first": "limit=2&offset=0",
                "last": "limit=2&offset=4",
                "next": "limit=2&offset=4",
                "prev": "limit=2&offset=0",
            },
        ),
        (
            5,
            1,
            {
                "first": "limit=2&offset=0",
                "last": "limit=2&offset=4",
                "next": "limit=2&offset=3",
                "prev": "limit=2&offset=0",
            },
        ),
        (1, 9, {"first": "limit=2&offset=0", "last": "limit=2&offset=0", "prev": "limit=2&offset=7"}),
    ],
)
def test_links_lead_to_the_pages_around(total: int, offset: int, expected: dict[str, str]) -> None:
    headers = page_headers(LIST, {}, total=total, limit=2, offset=offset)

    assert relations(headers["Link"]) == expected
    assert headers["X-Total-Count"] == str(total)


def test_other_parameters_stay_in_the_links_and_cannot_break_out_of_them() -> None:
    headers = page_headers(LIST, {"since": '2026-01-01T00:00:00+01:00>; rel="x"'}, total=0, limit=2, offset=0)

    since = "since=2026-01-01T00%3A00%3A00%2B01%3A00%3E%3B+rel%3D%22x%22"
    assert relations(headers["Link"])["first"] == f"{since}&limit=2&offset=0"
