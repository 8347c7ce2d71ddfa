"""Arguments of the commands by which a platform issues, finds and takes back."""

import argparse
from collections.abc import Callable
from typing import Any  # Any: argparse names the type of its sub-parsers nowhere

WRITTEN = ("open-badges-2", "open-badges-3", "elm-3", "learning-credential-1")
FORMATS = ("open-badges-1", *WRITTEN)
SECURINGS = ("data-integrity", "vc-jwt", "hosted", "jws", "jades", "sd-jwt")
CARRIERS = ("json", "jsonld", "jwt", "sdjwt", "png", "svg")
STATES = ("intended", "active", "suspended", "revoked")


def made(command: argparse.ArgumentParser) -> None:
    """What to make, and where to write it."""
    command.add_argument("--json", action="store_true", help="print JSON instead of a report for people")
    command.add_argument("--to", required=True, choices=WRITTEN, help="format to make")
    command.add_argument("--securing", choices=SECURINGS, help="how to seal it (default: the format's own)")
    command.add_argument(
        "--status",
        choices=("revocation", "suspension"),
        default="revocation",
        help="what its status entry may come to say (default: %(default)s, which is for good)",
    )
    command.add_argument(
        "--as",
        dest="carrier",
        choices=CARRIERS,
        help="carrier to write (default: as OUT ends, else the form's own); jwt implies a securing that is one",
    )
    command.add_argument("-o", "--output", metavar="OUT", help="file to write the badge to; - is standard output")


def of_a_platform(commands: Any) -> None:
    """Add ``issue``, ``list``, ``offer``, ``revoke``, ``suspend``, ``reinstate`` and ``erase``."""
    issue = commands.add_parser("issue", help="issue a badge from plain data, in the platform's own name")
    issue.add_argument("award", metavar="FILE|-", help="the award in JSON, as POST /v1/credentials/issue takes it")
    made(issue)
    _platform(issue)
    listed = commands.add_parser("list", help="list what was issued, newest first")
    listed.add_argument("--state", choices=STATES, help="what it is now")
    listed.add_argument("--format", choices=WRITTEN, help="a format that it was issued in")
    listed.add_argument("--source-format", choices=FORMATS, help="the format of what it was converted from")
    listed.add_argument("--source-issuer", metavar="ID", default="", help="exact id of the original issuer")
    listed.add_argument(
        "--limit", type=whole_number(1, 100), default=20, help="at most so many, 1 to 100 (default: %(default)s)"
    )
    listed.add_argument("--after", metavar="CURSOR", default="", help="go on where the page before ended")
    listed.add_argument("--json", action="store_true", help="print JSON")
    _platform(listed)
    offer(commands.add_parser("offer", help="let one person fetch a credential into a wallet, once"))
    for name, said in (
        ("revoke", "take back a credential and all its forms, for good"),
        ("suspend", "let a credential not count, until it is reinstated"),
        ("reinstate", "lift the suspension of a credential"),
        ("erase", "revoke a credential and delete all that is kept of it, for good"),
    ):
        command = commands.add_parser(name, help=said)
        command.add_argument("id", metavar="ID", help="id of the credential's record")
        if name in ("revoke", "suspend"):
            command.add_argument("--reason", required=True, help="why; everybody may come to read it")
        command.add_argument("--json", action="store_true", help="print JSON")
        _platform(command)


def offer(command: argparse.ArgumentParser) -> None:
    """What to offer, and how it is claimed."""
    command.add_argument("id", metavar="ID", help="id of the credential's record")
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--code", action="store_true", help="the wallet asks for a code of six digits, too")
    ways.add_argument("--sign-in", action="store_true", help="the wallet asks to sign in as the recipient")
    command.add_argument("--email", default="", metavar="ADDRESS", help="mail the link there, to the recipient")
    command.add_argument("--language", choices=("en", "fr"), default="en", help="of the letter (default: %(default)s)")
    command.add_argument("--json", action="store_true", help="print JSON")
    _platform(command)


def _platform(command: argparse.ArgumentParser) -> None:
    command.add_argument("--platform", default="default", metavar="ID", help="in whose name (default: %(default)s)")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number within these bounds, both included."""

    def read(text: str) -> int:
        # int() itself refuses more digits than it may read, in words of its own.
        if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")

    return read
