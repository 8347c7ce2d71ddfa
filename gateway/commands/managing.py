"""The arguments of the commands that manage platforms."""

import argparse
from typing import TypeVar

from gateway.commands.arguments import whole_number
from gateway.records.access import EVERY_SCOPE, Role, Scope

DEFAULT = "default"

MOST = 1_000_000_000
"""Of what a platform may do in some time: more than anybody counts."""

ACTOR = "command line"
"""How the audit trail names who has a shell where the gateway runs."""


def of_platform(command: argparse.ArgumentParser) -> None:
    """Let a command be for another platform than the default one."""
    command.add_argument("--platform", default=DEFAULT, metavar="ID", help="platform (default: %(default)s)")


P = TypeVar("P", bound=argparse.ArgumentParser)


def add_managing(commands: "argparse._SubParsersAction[P]") -> None:
    """Add ``platforms``, ``api-keys``, ``clients``, ``members``, ``audit`` and ``settings``."""
    _platforms(commands.add_parser("platforms", help="list, add, show or change platforms"))
    _api_keys(commands.add_parser("api-keys", help="list, make or revoke the API keys of a platform"))
    _clients(commands.add_parser("clients", help="list, make or revoke the OAuth clients of a platform"))
    _members(commands.add_parser("members", help="list, add, change or remove the members of a platform"))
    audit = commands.add_parser("audit", help="what was done for a platform, latest first")
    audit.add_argument("action", choices=("list",), help="list: read the trail")
    of_platform(audit)
    audit.add_argument(
        "--limit", type=whole_number(1, 1000), default=100, metavar="N", help="at most so many, 1 to 1000"
    )
    _json(audit)
    settings = commands.add_parser("settings", help="what is set, without its secrets")
    _json(settings)


def _platforms(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="list|add|show|change")
    _json(actions.add_parser("list", help="every platform and its twin for tests"))
    add = actions.add_parser("add", help="make a platform, with a twin for tests")
    add.add_argument("id", metavar="ID", help="part of every address of what it issues, for good: a-z, 0-9 and -")
    add.add_argument("--name", required=True, help="the issuer's name in everything that it issues")
    _json(add)
    show = actions.add_parser("show", help="what a platform decided")
    show.add_argument("id", metavar="ID")
    _json(show)
    change = actions.add_parser("change", help="change what is named; everything else stays")
    change.add_argument("id", metavar="ID")
    change.add_argument("--name", help="the issuer's name")
    change.add_argument("--email", help="the issuer's address, for everybody to see; \"\" for the installation's")
    change.add_argument("--url", help='where the issuer is on the web; "" for the gateway itself')
    change.add_argument(
        "--organisation-id", metavar="ID", help='in its seals, NTRFR-123456789; "" for the installation\'s'
    )
    change.add_argument("--country", metavar="XX", help='in its seals; "" for the one in the organisation id')
    change.add_argument("--accepts", nargs="*", metavar="ISSUER", help="convert badges of these alone; none: of all")
    change.add_argument("--refuses", nargs="*", metavar="ISSUER", help="never convert badges of these")
    for limit in ("--requests-per-minute", "--issued-per-day"):
        change.add_argument(limit, type=whole_number(0, MOST), metavar="N", help="0: as the installation")
    _json(change)


def _api_keys(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="list|add|revoke")
    listed = actions.add_parser("list", help="every key, without its secret; those of its twin for tests too")
    add = actions.add_parser("add", help="make a key; its text is shown once")
    add.add_argument("--name", help='what it is for (default: "API key", with --test "test key")')
    add.add_argument(
        "--scope",
        action="append",
        choices=tuple(Scope),
        help="may be repeated (default: all but installation.manage, which manages every platform)",
    )
    add.add_argument("--expires", metavar="TIME", help="as 2027-01-31 or 2027-01-31T12:00:00Z (default: never)")
    add.add_argument("--test", action="store_true", help="for the platform's twin: what it issues says TEST")
    revoke = actions.add_parser("revoke", help="end a key, for good")
    revoke.add_argument("id", metavar="KEY-ID", help="as api-keys list shows it: the id, not the key; of the twin, too")
    for action in (listed, add, revoke):
        of_platform(action)
        _json(action)


def _clients(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="list|add|revoke")
    listed = actions.add_parser("list", help="every client, without its secret")
    add = actions.add_parser("add", help="make a client; its secret is shown once")
    add.add_argument("--name", required=True, help="what it is for")
    add.add_argument("--scope", action="append", choices=sorted(EVERY_SCOPE), help="may be repeated (default: all)")
    revoke = actions.add_parser("revoke", help="end a client with all its tokens")
    revoke.add_argument("id", metavar="CLIENT-ID", help="as clients list shows it")
    for action in (listed, add, revoke):
        of_platform(action)
        _json(action)


def _members(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="list|add|change|remove")
    listed = actions.add_parser("list", help="every member")
    add = actions.add_parser("add", help="let somebody act for the platform once they sign in with this address")
    add.add_argument("address", metavar="E-MAIL")
    add.add_argument("--role", choices=tuple(Role), default=Role.READER, help="(default: %(default)s)")
    change = actions.add_parser("change", help="give a member another role")
    change.add_argument("id", metavar="MEMBER-ID", help="as members list shows it")
    change.add_argument("--role", choices=tuple(Role), required=True)
    remove = actions.add_parser("remove", help="end a membership")
    remove.add_argument("id", metavar="MEMBER-ID", help="as members list shows it")
    for action in (listed, add, change, remove):
        of_platform(action)
        _json(action)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")
