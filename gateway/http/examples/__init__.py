"""Examples of requests in the published contract: the samples that lie beside each format."""

from importlib.resources import files

import msgspec
from litestar.openapi.spec import Example, Reference

from adapters.hub.contract import Format

AWARD = {
    "achievement": {
        "name": "Repairing bicycles",
        "description": "Takes a bicycle apart and puts it together again.",
        "criteria": {"text": "Two repaired under supervision."},
    },
    "recipient": {"email": "learner@example.org"},
}
"""Plain data of a badge; nothing less will do."""

VERIFIABLE = "open-badges-3-that-verifies"
"""The name of a badge that every gateway verifies and converts: nothing has to be fetched for it."""

SAMPLE = "To be inspected only, since nobody stands behind it:"
"""What a sample of a format is: its issuer's host is an example's, or its signature nobody's."""

JSON, TOKENS = (".json",), (".jws", ".jwt")


def examples(endings: tuple[str, ...]) -> dict[str, Example | Reference]:
    """The samples of every format whose file names end so, by format and name; JSON as a value, tokens as text.

    First comes the one that verifies: tools show and send the first.
    """
    found: dict[str, Example | Reference] = {}
    for format in Format:
        folder = files("adapters") / format.value.replace("-", "_") / "samples"
        for sample in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
            if sample.name.endswith(endings):
                name, _, ending = sample.name.rpartition(".")
                text = sample.read_bytes()
                value = msgspec.json.decode(text) if ending == "json" else text.decode().strip()
                summary = f"{SAMPLE} {format}: {name.replace('-', ' ')}"
                found[f"{format}-{name}"] = Example(summary=summary, value=value)
    return {VERIFIABLE: _verifiable(), **found} if set(JSON) & set(endings) else found


def _verifiable() -> Example:
    value = msgspec.json.decode((files(__package__) / "verifiable.json").read_bytes())
    return Example(summary="Open Badges 3.0, signed with a key that everybody may know: verifies anywhere", value=value)
