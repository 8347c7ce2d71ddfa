"""What a platform says by codes - skills, a level, ECTS credits - as the terms of frameworks that they are."""

from collections.abc import Mapping
from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

from msgspec import UNSET

from adapters.hub.alignments import alignment_of
from adapters.hub.credential import LangText
from adapters.hub.described import ECTS, POINTS
from adapters.hub.frameworks import Framework
from adapters.hub.losses import escaped
from adapters.hub.mapping import Trail, bare
from gateway.errors import NotIssuable
from gateway.records.plain import PlainAchievement, PlainSkill

_AT = "/achievement"
EXAMPLES = {
    Framework.ESCO_SKILL: "00735755-adc6-4ea0-b034-b8caff339c9f",
    Framework.ESCO_OCCUPATION: "00030d09-2b3a-4efd-87cc-c4ea39d27c34",
    Framework.EQF: "6",
    Framework.NQF: "c_c8bc1cb9",
    Framework.ISCED_F: "0613",
    Framework.RNCP: "RNCP38596",
    Framework.RNCP_BLOC: "RNCP38596BC02",
    Framework.RS: "RS5487",
    Framework.ROME: "M1805",
    Framework.FORMACODE: "31088",
    Framework.NSF: "326",
    Framework.DIGCOMP: "1.2",
}
"""A code of each framework, as it is written."""


def add_terms(said: PlainAchievement, achievement: dict[str, Any], trail: Trail) -> None:
    """Add skills and level to the alignments of a neutral achievement, and ECTS to its credit points.

    Raises:
        NotIssuable: A framework has no such code, or no address for it and none is given.
    """
    for index, skill in enumerate(said.skills):
        members = {"target_code": "code", "target_url": "code" if skill.url is UNSET else "url"}
        _add(achievement, _alignment(skill, index), f"{_AT}/skills/{index}", trail, members)
    if said.level is not UNSET:
        level = alignment_of(Framework.EQF, str(said.level), {"und": f"EQF level {said.level}"})
        _add(achievement, bare(level), f"{_AT}/level", trail)
    if said.ects is not UNSET:
        points = f"{said.ects:.4f}".rstrip("0").rstrip(".")
        if not POINTS.fullmatch(points) or float(points) != said.ects:
            fix = "give at most four digits after the point, such as 2.5"
            raise NotIssuable(f"{_AT}/ects: {said.ects!r} cannot be credits", pointer=f"{_AT}/ects", fix=fix)
        achievement["credit_points"] = [{"framework": {"id": ECTS}, "points": points}]
        for leaf in ("framework/id", "points"):
            trail.carried(f"{_AT}/ects", f"{_AT}/credit_points/0/{leaf}")


def _alignment(skill: PlainSkill, index: int) -> dict[str, Any]:
    name: LangText = {"und": skill.name} if isinstance(skill.name, str) else dict(skill.name)
    url = None if skill.url is UNSET else skill.url
    made = alignment_of(skill.framework, skill.code, name, url)
    example = EXAMPLES[skill.framework]
    if made is not None:
        return dict(bare(made))
    at = f"{_AT}/skills/{index}"
    own_address = alignment_of(skill.framework, example, name) is not None
    if url is None and not own_address and alignment_of(skill.framework, skill.code, name, "https://term.example"):
        fix = "add url, the address where it is described"
        raise NotIssuable(f"{at}/url: {skill.framework} gives its terms no addresses", pointer=f"{at}/url", fix=fix)
    if url is not None and own_address and alignment_of(skill.framework, skill.code, name) is not None:
        fix = "leave url out: the framework has an address for it"
        raise NotIssuable(f"{at}/url: this is not the address of {skill.code}", pointer=f"{at}/url", fix=fix)
    fix = f"write it as the framework does, such as {example}"
    raise NotIssuable(f"{at}/code: {skill.framework} has no code of that form", pointer=f"{at}/code", fix=fix)


def _add(
    achievement: dict[str, Any],
    alignment: dict[str, Any],
    at: str,
    trail: Trail,
    members: Mapping[str, str] | None = None,
) -> None:
    """Add an alignment.

    Args:
        members: Which member of the value at ``at`` says which member of the alignment; the framework says the others.
            None where it is a single value.
    """
    alignments = achievement.setdefault("alignments", [])
    into = f"{_AT}/alignments/{len(alignments)}"
    alignments.append(alignment)
    for member in alignment.keys() - {"target_name"}:
        trail.carried(at if members is None else f"{at}/{members.get(member, 'framework')}", f"{into}/{member}")
    for tag in alignment["target_name"]:
        text = "/name" if tag == "und" else f"/name/{escaped(tag)}"
        trail.carried(at if members is None else f"{at}{text}", f"{into}/target_name/{escaped(tag)}")
