"""Every problem of the catalogue is brought about, and answered as the catalogue says."""

import msgspec
import pytest

from gateway.http.catalogue.whole import AREAS, CATALOGUE
from gateway.http.problem import TYPE
from gateway.http.problem_types.described import Sample, sample, statuses
from gateway.http.titles import TITLES
from tests.examples.masks import unlike
from tests.gateway.http.problems import scenes
from tests.gateway.http.problems.recording import FOLDER, played
from tests.gateway.http.problems.scene import Seen

COMMANDS = {"usage"}
"""Said by commands alone, so they have no status over HTTP."""

PAGES = {"sign-in-needed", "too-many-passwords", "unknown-client", "question-expired", "not-for-wallets"}
"""Answered by pages for people alone, which have words of their own and no members."""

SENT_ON = {"access-denied"}
"""Told an application by the browser of a person, in the query of an address."""

IN_ONE_TEXT = {
    "invalid-client",
    "invalid-grant",
    "unauthorized-client",
    "unsupported-grant-type",
    "unsupported-response-type",
    "invalid-scope",
    "invalid-authorization-details",
    "invalid-target",
    "invalid-redirect-uri",
    "invalid-client-metadata",
    "invalid-notification-id",
}
"""Errors of OAuth and OpenID4VCI, which have one member for all that is said, and whose text names what may be sent."""


def expected(code: str, shown: Seen) -> Seen:
    """What an answer has to show, with what it has no place for left out."""
    if code in COMMANDS:
        return Seen(code, 0, fix=shown.fix)
    whole = Seen(code, statuses()[code], TYPE + code, TITLES[code], shown.fix)
    if code in PAGES:
        return msgspec.structs.replace(whole, type=shown.type, title="")
    return msgspec.structs.replace(whole, type="", title="") if code in SENT_ON else whole


def test_every_entry_has_its_scene_and_its_sample() -> None:
    assert {name: set(found) for name, found in scenes.AREAS.items()} == {
        name: set(area.entries) for name, area in AREAS.items()
    }
    assert {file.name.removesuffix(".json") for file in FOLDER.iterdir()} == set(CATALOGUE)


@pytest.mark.parametrize("area", scenes.AREAS)
async def test_every_scene_brings_its_problem_about(area: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")

    found = await played(scenes.AREAS[area])

    shown = {code: each.seen for code, each in found.items()}
    assert shown == {code: expected(code, each) for code, each in shown.items()}
    silent = {code for code, each in found.items() if not (each.seen.fix or each.sample.body.get("fix"))}
    assert silent == (PAGES | IN_ONE_TEXT) & found.keys()
    changed = {code: _changes(sample(code), each.sample) for code, each in found.items()}
    assert not any(changed.values()), "python -m tests.gateway.http.problems records them anew"


def _changes(kept: Sample, now: Sample) -> list[str]:
    return unlike(msgspec.to_builtins(kept), msgspec.to_builtins(now))
