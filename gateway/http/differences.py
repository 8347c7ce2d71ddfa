"""What differs between an original and a form made of it, for people: losses first, what had to change folded."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from adapters.hub.losses import ABOUT_WRITING, Change, Loss
from gateway.flows.tame import tame
from gateway.http.record_words import Words
from gateway.http.tables import cell, table

PLACES_SHOWN = 4


def differences(losses: Sequence[Loss], words: Words) -> str:
    """Two lists that unfold: what it says (open), and what another form and another issuer bring with them."""
    if not losses:
        return f"<p>{words.no_losses}</p>"
    brought = [loss for loss in losses if _is_brought(loss)]
    said = [loss for loss in losses if not _is_brought(loss)]
    return _folded(said, words.losses, words, " open") + _folded(brought, words.brought, words, "")


def _is_brought(loss: Loss) -> bool:
    return loss.change is Change.SUPPLIED or not ABOUT_WRITING.isdisjoint(_place(loss).split("/")[1:2])


def _folded(losses: list[Loss], summary: str, words: Words, opened: str) -> str:
    if not losses:
        return ""
    by_reason = sorted(losses, key=_reason)
    rows = (_row(list(same), words) for _, same in groupby(by_reason, key=_reason))
    return (
        f"<details{opened}><summary>{summary.format(number=len(losses))}</summary>"
        f"{table(words.loss_columns, rows)}</details>"
    )


def _reason(loss: Loss) -> tuple[int, str]:
    return list(Change).index(loss.change), loss.note


def _row(same: list[Loss], words: Words) -> str:
    places = [f"<code><bdi>{escape(tame(_place(loss)))}</bdi></code>" for loss in same]
    shown, rest = "<br>".join(places[:PLACES_SHOWN]), places[PLACES_SHOWN:]
    if rest:
        summary = words.more.format(number=len(rest))
        shown += f"<details><summary>{summary}</summary>{'<br>'.join(rest)}</details>"
    return cell(words.changes[same[0].change]) + cell(shown) + cell(escape(tame(same[0].note)), ' lang="en"')


def _place(loss: Loss) -> str:
    return loss.source or loss.target or ""
