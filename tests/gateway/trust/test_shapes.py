"""The official shapes: what they say of the samples, and what becomes of a check that cannot be made."""

import asyncio
import json
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.flows.verify import Structure
from gateway.proofs.errors import BudgetExceeded
from gateway.trust.elm_rdf import elm_rdf
from gateway.trust.report import Outcome
from gateway.trust.shacl_messages import Judged
from gateway.trust.shapes import MOST_AT_ONCE, ShapeProcesses, Shapes, ShapesUnavailable, shapes_of
from tests.corpora import corpus
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.sealer import SimulatedSealer, credential
from tests.simulators.web import SimulatedWeb

FOLDERS = {"3.1": "elm/shapes/elm-3.1-master", "3.2": "elm/shapes/elm-3.2-lts"}
PROFILE = "http://data.europa.eu/snb/model/ap/edc-{}"


def official(version: str) -> Shapes:
    folder = corpus(FOLDERS[version])
    return shapes_of(str(folder), {path.name: path.read_bytes() for path in folder.glob("*.ttl")})


def unsealed(path: Path) -> dict[str, Any]:
    file = json.loads(path.read_bytes())
    document: dict[str, Any] = json.loads(file["payload"]) if "payload" in file else file
    return document


async def judged(document: dict[str, Any], shapes: Shapes, processes: ShapeProcesses) -> Judged:
    named = [each["id"] for each in document.get("credentialSchema", []) if isinstance(each, dict)]
    try:
        files = shapes.files(tuple(named))
    except ShapesUnavailable:
        files = shapes.files(())
    found = elm_rdf(document, shapes.version)
    return await processes.judged(found.made.ntriples, shapes, files)


@pytest.fixture(scope="module")
def processes() -> ShapeProcesses:
    return ShapeProcesses(deadline_s=60.0, patience_s=60.0)


def test_the_version_stands_in_the_files() -> None:
    assert {official(version).version for version in FOLDERS} == set(FOLDERS)


def test_a_folder_of_other_files_is_refused() -> None:
    with pytest.raises(ShapesUnavailable, match=r"EDC-generic-no-cv\.ttl"):
        shapes_of("/shapes", {"other.ttl": b"<urn:a> <urn:b> <urn:c> ."})


def test_a_profile_that_is_not_there_is_told() -> None:
    shapes = Shapes("/shapes", frozenset({"EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"}), "3.1")

    assert shapes.files((PROFILE.format("generic-full"),)) == ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl")
    with pytest.raises(ShapesUnavailable, match=r"EDC-converted\.ttl"):
        shapes.files((PROFILE.format("converted"),))
    with pytest.raises(ShapesUnavailable, match="no shapes are known"):
        shapes.files(("https://issuer.example/profile",))


@pytest.mark.interop
@pytest.mark.parametrize("version", FOLDERS)
async def test_the_handmade_documents_conform_as_was_expected(version: str, processes: ShapeProcesses) -> None:
    folder, shapes = corpus("elm/handmade"), official(version)
    expected = json.loads((folder / "expected.json").read_bytes())
    names = [name for name in expected if name.endswith(".json")]

    found = {name: (await judged(unsealed(folder / name), shapes, processes)).conforms for name in names}

    assert found == {name: expected[name][f"shacl_{version}"] for name in names}
    assert len(found) == 26


@pytest.mark.interop
@pytest.mark.parametrize("version", FOLDERS)
async def test_every_official_sealed_sample_conforms(version: str, processes: ShapeProcesses) -> None:
    samples = sorted(corpus("elm/samples").glob("eu-202?/*-signed.jsonld"))

    found = {path.name: (await judged(unsealed(path), official(version), processes)).violations for path in samples}

    assert len(samples) == 7
    assert {name: said for name, said in found.items() if said} == {}


def test_terms_that_are_dropped_are_those_that_were_expected() -> None:
    folder = corpus("elm/handmade")
    expected = json.loads((folder / "expected.json").read_bytes())
    names = [name for name in expected if name.endswith(".json")]

    found = {
        name: [finding.pointer.rpartition("/")[2] for finding in elm_rdf(unsealed(folder / name), "3.1").dropped]
        for name in names
    }

    assert found == {name: expected[name]["dropped_terms"] for name in names}


async def test_shapes_are_asked_only_where_somebody_wants_them(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web)

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors, shapes=official("3.1"))

    assert "shacl" not in {each.name for each in report.checks}


async def test_without_shapes_it_is_unknown_and_says_what_to_set(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web)

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors, structure=Structure.FULL)

    assert outcome(report, "shacl") is Outcome.UNKNOWN
    assert "GATEWAY_SHACL_SHAPES" in check(report, "shacl").fix
    assert report.outcome is Outcome.UNKNOWN


async def test_with_shapes_a_document_is_held_against_them(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web)
    lacking = credential(displayParameter=None)

    reports = [
        await report_on(
            sealer.sealed(each), web, anchors=sealer.anchors, shapes=official("3.1"), structure=Structure.FULL
        )
        for each in (credential(), lacking)
    ]

    assert [outcome(report, "shacl") for report in reports] == [Outcome.PASSED, Outcome.FAILED]
    assert "displayParameter" in check(reports[1], "shacl").detail
    assert reports[0].outcome is Outcome.PASSED


async def test_a_deadline_ends_it() -> None:
    shapes, hasty = official("3.1"), ShapeProcesses(deadline_s=0.001)

    with pytest.raises(BudgetExceeded, match="seconds"):
        await hasty.judged(elm_rdf(credential()).made.ntriples, shapes, shapes.files(()))
    hasty.close()


async def test_so_many_wait_for_shapes_and_no_more() -> None:
    shapes, processes = official("3.1"), ShapeProcesses(deadline_s=60.0, patience_s=60.0)
    ntriples = elm_rdf(credential()).made.ntriples

    found = await asyncio.gather(
        *(processes.judged(ntriples, shapes, shapes.files(())) for _ in range(MOST_AT_ONCE + 2)), return_exceptions=True
    )
    processes.close()

    assert sum(isinstance(each, BudgetExceeded) for each in found) == 2
    assert sum(isinstance(each, Judged) and each.conforms for each in found) == MOST_AT_ONCE


async def test_shapes_that_cannot_be_read_are_unavailable(tmp_path: Path) -> None:
    (tmp_path / "EDC-generic-no-cv.ttl").write_text("this is no Turtle")
    (tmp_path / "EDC-generic-full.ttl").write_text("")
    shapes = Shapes(str(tmp_path), frozenset({"EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"}), "3.1")
    processes = ShapeProcesses()

    with pytest.raises(ShapesUnavailable, match="cannot be applied"):
        await processes.judged("", shapes, shapes.files(()))
    processes.close()
