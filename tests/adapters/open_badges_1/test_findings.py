"""Rules of Open Badges 0.5 to 1.1, broken one by one."""

from typing import Any

import pytest

from tests.adapters.open_badges_1.badges import ADAPTER as READER
from tests.adapters.open_badges_1.badges import ADDRESS, opened, read, sample


def broken(document: Any, url: str = "") -> set[str]:
    """Pointers of the blocking findings, each of which says how to mend it."""
    found = [finding for finding in read(document, url).findings if finding.blocking]
    assert all(finding.fix for finding in found)
    return {finding.pointer for finding in found}


@pytest.mark.parametrize("name", ["0.5.json", "1.0-hosted.json", "1.1-hosted.json", "moodle.json"])
def test_our_samples_keep_the_rules(name: str) -> None:
    assert broken(sample(name), ADDRESS) == set()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"recipient": {"type": "name", "hashed": False, "identity": "x"}}, "/recipient/type"),
        ({"recipient": {"type": "email", "hashed": True, "identity": "sha1$00"}}, "/recipient/identity"),
        ({"recipient": {"type": "email", "hashed": False, "identity": f"md5${'0' * 32}"}}, "/recipient/identity"),
        ({"verify": {"type": "nothing"}}, "/verify/type"),
        ({"verify": {"type": "signed", "url": "https://issuer.example/key.pem"}}, "/verify/type"),
        ({"verify": {"type": "hosted", "url": "https://issuer.example/other"}}, "/verify/url"),
        ({"issuedOn": "yesterday"}, "/issuedOn"),
        ({"issuedOn": 7}, "/issuedOn"),
        ({"expires": "never"}, "/expires"),
        ({"expires": "2001-01-01"}, "/expires"),
        ({"@context": ["https://w3id.org/openbadges/v1", {"ends": "expires"}]}, "/@context"),
        ({"obi:expires": "2017-01-01"}, "/obi:expires"),
        ({"@graph": []}, "/@graph"),
        ({"verification": {"type": "HostedBadge"}}, "/verification"),
        ({"credentialStatus": {}}, "/credentialStatus"),
    ],
)
def test_a_broken_rule_is_named_where_it_is_broken(changes: dict[str, Any], pointer: str) -> None:
    assert pointer in broken(sample("1.1-hosted.json") | changes)


@pytest.mark.parametrize("member", ["verify", "issuedOn"])
def test_what_lacks_is_named(member: str) -> None:
    document = sample("1.1-hosted.json")
    del document[member]

    assert broken(document) == {f"/{member}"}


@pytest.mark.parametrize("place", ["name", "description", "image", "criteria"])
def test_what_a_badge_lacks_is_named(place: str) -> None:
    document = sample("moodle.json")
    del document["badge"][place]

    assert broken(document) == {f"/badge/{place}"}


@pytest.mark.parametrize("place", ["name", "url"])
def test_what_an_issuer_lacks_is_named(place: str) -> None:
    document = sample("moodle.json")
    del document["badge"]["issuer"][place]

    assert broken(document) == {f"/badge/issuer/{place}"}


@pytest.mark.parametrize("alignment", [{"name": "x"}, [{"url": "https://frameworks.example/x"}]])
def test_an_alignment_to_nothing_is_named_and_dropped(alignment: Any) -> None:
    document = sample("moodle.json")
    del document["badge"]["alignments"]
    document["badge"]["alignment"] = alignment

    [pointer] = broken(document)

    assert pointer.startswith("/badge/alignment")
    assert read(document).credentials[0].achievement.alignments == ()


def test_extensions_have_words_of_their_own_and_are_dropped() -> None:
    extension = {"@context": {"x": "https://x.example/"}, "type": ["Extension", "extensions:X"], "obi:expires": "x"}

    assert broken(sample("1.1-hosted.json") | {"extensions:x": extension}) == set()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"recipient": "sha1$00"}, "/recipient"), ({"issued_on": "once"}, "/issued_on"), ({"expires": "?"}, "/expires")],
)
def test_a_broken_rule_of_2011_is_named(changes: dict[str, Any], pointer: str) -> None:
    assert broken(sample("0.5.json") | changes, ADDRESS) == {pointer}


@pytest.mark.parametrize("origin", ["https://issuer.example/users/x", "issuer.example", "https://x@issuer.example"])
def test_an_origin_is_scheme_and_host_alone(origin: str) -> None:
    document = sample("0.5.json")
    document["badge"]["issuer"]["origin"] = origin

    assert "/badge/issuer/origin" in broken(document, ADDRESS)


def test_a_repaired_copy_keeps_the_rules_that_it_can() -> None:
    document = sample("moodle.json")
    document["@id"], document["verification"] = document.pop("id"), document.pop("verify")
    document["recipient"] = {"identity": "learner@example.org"}
    del document["badge"]["issuer"]["url"]

    repaired = READER.repair(opened(document))

    assert {(each.pointer, each.now) for each in repaired.corrections} >= {
        ("/id", '"id"'),
        ("/verify", '"verify"'),
        ("/badge/alignment", '"alignment"'),
        ("/issuedOn", '"2018-05-09T14:15:27Z"'),
        ("/recipient/hashed", "false"),
        ("/recipient/type", '"email"'),
    }
    assert [each.pointer for each in repaired.lacking] == ["/badge/issuer/url"]
    assert broken(repaired.document) == {"/badge/issuer/url"}


def test_what_stands_elsewhere_is_not_judged_by_a_repair() -> None:
    repaired = READER.repair(opened(sample("1.1-hosted.json")))

    assert repaired.unjudged == ("https://issuer.example/1.1/knots.json",)
    assert repaired.lacking == ()


def test_what_cannot_be_read_is_said_to_lack_that() -> None:
    repaired = READER.repair(opened({"recipient": "x@example.org", "badge": {"issuer": 7}}))

    assert [each.pointer for each in repaired.lacking] == ["/badge/issuer"]
