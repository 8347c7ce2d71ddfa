"""An award in plain data, as a platform sends it."""

from typing import Any  # Any: members of JSON objects

IN_ACHIEVEMENT = ("name", "description", "criteria", "image", "tags", "credits", "type", "language", "alignments")


def award(**changes: Any) -> dict[str, Any]:
    """Somebody repaired bicycles; with members that say something else, in the achievement where they belong there."""
    achievement = {
        "name": "Bicycle repair",
        "description": "Mends punctures.",
        "criteria": {"text": "Mend **three** punctures."},
        "type": "Certificate",
        **{name: value for name, value in changes.items() if name in IN_ACHIEVEMENT},
    }
    others = {name: value for name, value in changes.items() if name not in IN_ACHIEVEMENT}
    return {"achievement": achievement, "recipient": {"email": "learner@example.org"}, **others}
