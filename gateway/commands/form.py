"""Which form a conversion is asked for, and in which carrier; what cannot be is said before anything is signed."""

import argparse
from pathlib import PurePath

import msgspec

from adapters.hub.contract import Format
from gateway.commands.usage import Usage
from gateway.flows.prepare import NoSuspension, NotSealable, Target, target
from gateway.issuing.issuance import SECURINGS
from gateway.records import Securing, StatusPurpose

TOKENS = frozenset({Securing.JWS, Securing.VC_JWT})
IMAGES = ("png", "svg")
ENDINGS = ("json", "jsonld", "jwt", "sdjwt", *IMAGES)


class AskedForm(msgspec.Struct, frozen=True):
    """A target, and the carrier to write it in."""

    target: Target
    carrier: str


def asked_form(arguments: argparse.Namespace) -> AskedForm:
    """Read ``--to``, ``--securing`` and ``--as``; without ``--as`` the carrier is what the file's name ends in.

    Raises:
        Usage: The format is not sealed that way, what is sealed so is not written in that carrier, or the name ends in
            what is none.
    """
    format = Format(arguments.to)
    ending = PurePath(arguments.output or "").suffix.lower().removeprefix(".")
    named = arguments.carrier or ending
    if named and named not in ENDINGS:
        raise Usage(
            f"a badge is written as {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, and {arguments.output} ends in none",
            pointer="-o",
            fix="name the file so, or say with --as what it is to be",
        )
    chosen = _target(format, arguments.securing, named, StatusPurpose(arguments.status))
    possible = _carriers(chosen.securing)
    if named and named not in possible:
        raise Usage(
            f"{format} sealed with {chosen.securing} is written as {' or '.join(possible)}, not as {named}",
            pointer="--as" if arguments.carrier else "-o",
            fix=f"choose {' or '.join(f'--as {each}' for each in possible)}, or another --securing or format",
        )
    return AskedForm(chosen, possible[0] if named in ("", "json") else named)


def _carriers(securing: Securing) -> tuple[str, ...]:
    """In what it is written, its own carrier first.

    A seal is JSON; no reader of it, or of SD-JWTs, looks into pictures.
    """
    if securing is Securing.JADES:
        return "jsonld", "json"
    if securing is Securing.SD_JWT:
        return ("sdjwt",)
    return ("jwt" if securing in TOKENS else "json"), *IMAGES


def _target(format: Format, securing: str | None, carrier: str, status: StatusPurpose) -> Target:
    possible = SECURINGS[format]
    if securing is None and carrier == "sdjwt" and Securing.SD_JWT in possible:
        return target(format, Securing.SD_JWT, status)
    if securing is None and carrier == "jwt" and TOKENS.intersection(possible):
        return target(format, next(one for one in possible if one in TOKENS), status)
    try:
        return target(format, Securing(securing) if securing else None, status)
    except NotSealable as error:
        raise Usage(error.reason, pointer="--securing", fix=error.fix) from error
    except NoSuspension as error:
        raise Usage(error.reason, pointer="--status", fix="leave out --status, or make another format") from error
