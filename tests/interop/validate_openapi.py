"""Reads OpenAPI documents as JSON lines, answers each with the verdict of openapi-spec-validator.

Runs in an environment of its own (oracles.py). A line is {"document": {...}}.
"""

import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator  # type: ignore[import-not-found]  # lives there alone

LONGEST = 500

for line in sys.stdin:
    errors = OpenAPIV31SpecValidator(json.loads(line)["document"]).iter_errors()
    reasons = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:LONGEST] for error in errors]
    sys.stdout.write(json.dumps({"verified": not reasons, "reasons": reasons}) + "\n")
    sys.stdout.flush()
