"""Entries of Badgr's API, which lead to badges."""

import json
from typing import Any

import pytest

from adapters.hub.opened import Elsewhere, Opened, open_bytes

ENTRY = {"entityType": "Assertion", "entityId": "x7", "openBadgeId": "https://badgr.example/public/assertions/x7"}


@pytest.mark.parametrize("document", [ENTRY, {"status": {"success": True}, "result": [ENTRY]}])
def test_an_entry_leads_to_its_badge(document: dict[str, Any]) -> None:
    found = open_bytes(json.dumps(document).encode())

    assert isinstance(found, Elsewhere)
    assert found.url == ENTRY["openBadgeId"]


@pytest.mark.parametrize(
    "document",
    [
        {**ENTRY, "entityType": "Issuer"},
        {**ENTRY, "openBadgeId": 7},
        {"status": {}, "result": [ENTRY, ENTRY]},
        {"status": {}, "result": []},
        {"status": {}, "result": ["x"]},
        {"status": {}, "result": ENTRY},
    ],
)
def test_what_leads_to_no_badge_or_to_several_is_opened_as_it_is(document: dict[str, Any]) -> None:
    assert isinstance(open_bytes(json.dumps(document).encode()), Opened)
