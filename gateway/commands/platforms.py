"""``badge-gateway platforms``: the tenants of this installation."""

import argparse
import asyncio
from collections.abc import Sequence

from gateway.assembly.whole import Gateway, assembled
from gateway.commands import shown
from gateway.commands.layout import facts, table
from gateway.commands.managing import ACTOR
from gateway.records import Platform
from gateway.records.people import PEOPLE
from gateway.records.seals import country_of
from gateway.settings import Settings

INHERITED = " (as the installation)"


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the platforms, or make, show or change one."""
    found = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json(found if arguments.action == "list" else found[0])
    elif arguments.action == "list":
        _listed(found)
    else:
        _described(found[0], settings)
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> Sequence[Platform]:
    async with assembled(settings) as gateway:
        match arguments.action:
            case "list":
                return await gateway.platforms.all()
            case "add":
                return [await gateway.tenancy.make(arguments.id, arguments.name, ACTOR)]
            case "change":
                return [await _changed(arguments, gateway)]
        return [await gateway.tenancy.show(arguments.id)]


async def _changed(arguments: argparse.Namespace, gateway: Gateway) -> Platform:
    said = ("name", "email", "url", "organisation_id", "country")
    wanted: dict[str, object] = {name: getattr(arguments, name) for name in said}
    parts = {"policy": ("accepts", "refuses"), "limits": ("requests_per_minute", "issued_per_day")}
    for part, names in parts.items():
        given = {name: getattr(arguments, name) for name in names}
        wanted[part] = {name: value for name, value in given.items() if value is not None} or None
    named = {name: value for name, value in wanted.items() if value is not None}
    return await gateway.tenancy.change(arguments.id, named, ACTOR, may_raise=True)


def _listed(platforms: Sequence[Platform]) -> None:
    rows = [(each.id, each.name, _what_for(each)) for each in platforms]
    table(shown.console(), ("platform", "name", ""), rows)


def _what_for(platform: Platform) -> str:
    if platform.id == PEOPLE:
        return "the backpacks of people who sign in"
    return "for tests" if platform.test else ""


def _described(platform: Platform, settings: Settings) -> None:
    policy, limits = platform.policy, platform.limits
    facts(
        shown.console(),
        ("platform", platform.id),
        ("name", platform.name),
        ("e-mail", platform.email or f"{settings.issuer_email}{INHERITED}".strip()),
        ("on the web", platform.url or "the gateway itself"),
        ("identifier in seals", _organisation(platform, settings)),
        ("country in seals", _country(platform, settings)),
        ("accepts badges of", ", ".join(policy.accepts) or "all issuers"),
        ("refuses badges of", ", ".join(policy.refuses) or "none"),
        ("requests a minute", str(limits.requests_per_minute or f"{settings.platform_requests_per_minute}{INHERITED}")),
        ("forms a day", str(limits.issued_per_day or f"{settings.platform_issued_per_day or 'any number'}{INHERITED}")),
    )


def _organisation(platform: Platform, settings: Settings) -> str:
    if platform.organisation_id:
        return platform.organisation_id
    inherited = settings.seal_organisation_id
    return f"{inherited}{INHERITED}" if inherited else "nothing set, see --organisation-id; or keys import"


def _country(platform: Platform, settings: Settings) -> str:
    if platform.country:
        return platform.country
    if not platform.organisation_id and settings.seal_country:
        return f"{settings.seal_country}{INHERITED}"
    country = country_of(platform.organisation_id or settings.seal_organisation_id)
    return f"{country}, as the identifier begins" if country else "nothing set"
