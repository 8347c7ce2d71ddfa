"""The command ``badge-gateway``: arguments in, one command module run, exit status out.

Exit status: 0 done, 1 verified as bad or refused, 2 usage, 3 could not find out.

A command's module is imported only when it is asked for, so that ``--help`` does not wait for a web framework.
"""

import argparse
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import msgspec

from adapters.hub.errors import AdapterError, NotWritable
from gateway.commands import arguments, remedies
from gateway.commands.managing import add_managing, of_platform
from gateway.commands.usage import Usage, plain, problem
from gateway.errors import GatewayError, Misconfigured, Unavailable, Unreachable
from gateway.settings import MAX_PORT, settings_from

DONE, BAD, USAGE, NOT_FOUND_OUT = 0, 1, 2, 3

MOST_AWARDS = 9999
"""The last number of an award in a document, as the API has it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal need not know the marks of a report
    try:
        parsed = parser().parse_args(words)
        settings = settings_from(os.environ)
        # What modules make lives as long as the process: it is not looked through for garbage, now or later.
        gc.disable()
        command = importlib.import_module(f"gateway.commands.{parsed.command.replace('-', '_')}")
        gc.freeze()
        gc.enable()
        with remedies.added(parsed):
            return int(command.run(parsed, settings))
    except (AdapterError, GatewayError, Usage) as error:
        if "--json" in words:
            print(msgspec.json.format(msgspec.json.encode(problem(error)), indent=2).decode())
        else:
            _say(error)
        return _status(error)
    except KeyboardInterrupt:
        return DONE
    except OSError as error:
        # All others were translated where they arose: this is what is printed to.
        print(f"badge-gateway: cannot print: {error.strerror}", file=sys.stderr)
        return USAGE


def _say(error: AdapterError | GatewayError | Usage) -> None:
    """Say what is wrong and what to do."""
    reason, fix = plain(str(error)), error.fix if isinstance(error, Usage) else plain(error.fix)
    if isinstance(error, AdapterError):
        what = "cannot be converted" if isinstance(error, NotWritable) else "cannot be read here"
        # Of bytes, the fix is a sentence of its own: what would be accepted, or what the sender can change.
        print(f"badge-gateway: {what}: {reason}", *([f"  {fix}"] if fix else []), sep="\n", file=sys.stderr)
        return
    if isinstance(error, Misconfigured) and error.pointer not in f"{reason} {fix}":
        reason = f"{error.pointer}: {reason}"
    print(f"badge-gateway: {reason}", file=sys.stderr)
    if fix:
        print(f"  {fix}" if fix.startswith("usage:") else f"  to mend it: {fix}", file=sys.stderr)


def _status(error: AdapterError | GatewayError | Usage) -> int:
    if isinstance(error, Misconfigured | Usage):
        return USAGE
    return NOT_FOUND_OUT if isinstance(error, Unreachable | Unavailable) else BAD


class _Parser(argparse.ArgumentParser):
    """Raises what it would print and exit with, so that it is told like every other error."""

    def error(self, message: str) -> NoReturn:
        raise Usage(message, fix=self.format_usage().strip())


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="badge-gateway",
        description="Take a badge in any form, verify it, convert it, sign it again, keep where it came from.",
        epilog="exit status: 0 done, 1 verified as bad or refused, 2 usage, 3 could not find out; in a checkout, "
        "./run.sh COMMAND runs badge-gateway COMMAND",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _inspect(commands.add_parser("inspect", help="say what a badge is; no network, no keys"))
    verify = commands.add_parser("verify", help="check a badge and report every check")
    _reading(verify)
    verify.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="ID",
        help="e-mail, URL or DID it should be for; may be repeated",
    )
    verify.add_argument(
        "--structure",
        choices=("fast", "full"),
        default="fast",
        help="full holds a European credential against the official shapes too, see GATEWAY_SHACL_SHAPES",
    )
    _elements(verify)
    convert = commands.add_parser("convert", help="verify a badge, convert it and sign it as the gateway")
    _badge(convert)
    arguments.made(convert)
    convert.add_argument(
        "--award",
        type=arguments.whole_number(0, MOST_AWARDS),
        default=0,
        metavar="N",
        help="of a document that holds several awards: 0 the first",
    )
    of_platform(convert)
    arguments.of_a_platform(commands)
    serve = commands.add_parser("serve", help="run the gateway")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    port = arguments.whole_number(1, MAX_PORT)
    serve.add_argument("--port", type=port, default=8000, help="port to listen on (default: %(default)s)")
    _keys(commands.add_parser("keys", help="list, rotate, import or encrypt the gateway's signing keys"))
    watch = commands.add_parser("watch", help="look at the sources of converted badges: were they taken back?")
    watch.add_argument("--once", action="store_true", help="end when nothing is due any more")
    watch.add_argument("--json", action="store_true", help="print JSON")
    demo = commands.add_parser("demo", help="convert two sample badges and leave the gateway running")
    demo.add_argument("--once", action="store_true", help="end after the conversions")
    demo.add_argument(
        "--port",
        type=port,
        default=8000,
        help="port of the gateway; the sample issuer takes the next one (default: %(default)s)",
    )
    add_managing(commands)
    openapi = commands.add_parser("openapi", help="write the published OpenAPI documents")
    openapi.add_argument("--check", action="store_true", help="only say whether they are up to date")
    return top


def _badge(command: argparse.ArgumentParser) -> None:
    command.add_argument("badge", metavar="FILE|URL|-", help="the badge: JSON, JWT, PNG, SVG; - reads standard input")


def _inspect(command: argparse.ArgumentParser) -> None:
    _reading(command)
    command.add_argument(
        "--repair", action="store_true", help="print a corrected, unsigned copy of a badge that breaks its format"
    )
    command.add_argument("-o", "--output", metavar="OUT", help="file to write the corrected copy to, as JSON")
    _elements(command)


def _elements(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--micro-credential",
        action="store_true",
        help="show which elements of a European micro-credential it has, and how to add those that it lacks",
    )
    command.add_argument(
        "--language", choices=("en", "fr"), default="en", help="of these elements (default: %(default)s)"
    )


def _reading(command: argparse.ArgumentParser) -> None:
    _badge(command)
    command.add_argument("--json", action="store_true", help="print JSON instead of a report for people")


def _keys(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="list|rotate|import|encrypt")
    listed = actions.add_parser("list", help="every key, its purpose and state")
    of_platform(listed)
    listed.add_argument("--json", action="store_true", help="print JSON")
    rotate = actions.add_parser("rotate", help="make a new active key; the one before keeps verifying")
    rotate.add_argument("--purpose", choices=("assertion", "receipt", "status-list", "seal"), default="assertion")
    rotate.add_argument(
        "--algorithm", choices=("EdDSA", "ES256", "RS256"), help="(default: EdDSA, and ES256 of a key that seals)"
    )
    of_platform(rotate)
    rotate.add_argument("--json", action="store_true", help="print JSON")
    take = actions.add_parser("import", help="seal with a key and its certificate from a file")
    take.add_argument("file", metavar="FILE", help="PKCS#12, or PEM with the private key and its certificates")
    of_platform(take)
    take.add_argument("--json", action="store_true", help="print JSON")
    encrypt = actions.add_parser("encrypt", help="encrypt the keys that are not, with GATEWAY_KEY_PASSPHRASE")
    encrypt.add_argument("--json", action="store_true", help="print JSON")


if __name__ == "__main__":
    sys.exit(main())
