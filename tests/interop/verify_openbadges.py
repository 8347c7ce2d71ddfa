"""Reads badges as JSON lines, answers each with the verdict of 1EdTech's validator-core (PyPI `openbadges`).

Runs in an environment of its own (oracles.py). A line is {"badge": text | "image": base64, "pages": {url: {"status",
"media_type", "body": base64}}}: the pages are the whole web.
"""

import base64
import io
import json
import logging
import sys
from typing import Any  # Any: what comes from JSON

import openbadges  # type: ignore[import-not-found]  # lives in that environment alone
import openbadges_bakery  # type: ignore[import-not-found]
import responses  # type: ignore[import-not-found]

LONGEST = 500

logging.disable()  # what it logs is in the report too


def verdict(job: dict[str, Any]) -> dict[str, Any]:
    """Verify one badge against the pages of its job."""
    badge = unbaked(base64.b64decode(job["image"])) if "image" in job else job["badge"]
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        for url, page in job["pages"].items():
            body = base64.b64decode(page["body"])
            web.add(responses.GET, url, body=body, status=page["status"], content_type=page["media_type"])
        report = openbadges.verify(badge, use_cache=False, cache_backend=None)["report"]
    reasons = [f"{message.get('name')}: {message.get('result')}"[:LONGEST] for message in report["messages"]]
    return {"verified": report["valid"], "reasons": reasons}


def unbaked(image: bytes) -> str:
    """Take the badge out of a picture.

    Of an SVG the bakery returns bytes, which the validator then takes for no URL (NotImplementedError: "only URL, JSON,
    or JWS input implemented so far"): text is what it wants.
    """
    badge = openbadges_bakery.unbake(io.BytesIO(image))
    return badge.decode() if isinstance(badge, bytes) else str(badge)


for line in sys.stdin:
    sys.stdout.write(json.dumps(verdict(json.loads(line))) + "\n")
    sys.stdout.flush()
