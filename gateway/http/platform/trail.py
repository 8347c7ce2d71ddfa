"""The audit trail as people read it: who did what to what, in words, with the names by which they know it."""

from collections.abc import Mapping
from html import escape

import msgspec

from gateway.flows.tame import tame
from gateway.http.platform.words import WORDS
from gateway.http.tables import cell, in_column, row_heading
from gateway.records import ApiKey
from gateway.records.access import Role
from gateway.records.tenants import AuditEntry

ACTORS = {
    "en": {"command line": "command line", "gateway": "the gateway", "person": "person", "key": "API key"},
    "fr": {"command line": "ligne de commande", "gateway": "la passerelle", "person": "personne", "key": "clé d’API"},
}
YOU = {"en": "you", "fr": "vous"}
WITH_MAKER = {"en": "with its maker’s rights", "fr": "avec les droits de qui l’avait créée"}

ACTIONS = {
    "en": {
        "platform.made": "platform made",
        "platform.changed": "settings changed",
        "api-key.made": "API key made",
        "api-key.revoked": "API key revoked",
        "client.made": "OAuth client made",
        "client.revoked": "OAuth client revoked",
        "signing-key.rotated": "signing key changed",
        "member.added": "member added",
        "member.made": "role changed",
        "member.removed": "member removed",
        "webhook.made": "webhook made",
        "webhook.changed": "webhook changed",
        "webhook.removed": "webhook removed",
        "webhook.tested": "webhook tested",
        "webhook.verified": "webhook confirmed",
        "webhook.asked-again": "webhook asked again",
        "webhook.disabled": "webhook disabled",
        "webhook.replayed": "webhook messages sent again",
        "webhook.secret-rotated": "webhook secret changed",
        "credential.issued": "badge issued",
        "credential.converted": "badge converted",
        "credential.extended": "badge converted into another format",
        "credential.revoked": "badge revoked",
        "credential.suspended": "badge suspended",
        "credential.reinstated": "badge reinstated",
    },
    "fr": {
        "platform.made": "plateforme créée",
        "platform.changed": "réglages modifiés",
        "api-key.made": "clé d’API créée",
        "api-key.revoked": "clé d’API révoquée",
        "client.made": "client OAuth créé",
        "client.revoked": "client OAuth révoqué",
        "signing-key.rotated": "clé de signature changée",
        "member.added": "membre ajouté",
        "member.made": "rôle changé",
        "member.removed": "membre retiré",
        "webhook.made": "webhook créé",
        "webhook.changed": "webhook modifié",
        "webhook.removed": "webhook retiré",
        "webhook.tested": "webhook essayé",
        "webhook.verified": "webhook confirmé",
        "webhook.asked-again": "webhook interrogé de nouveau",
        "webhook.disabled": "webhook désactivé",
        "webhook.replayed": "messages du webhook envoyés de nouveau",
        "webhook.secret-rotated": "secret du webhook changé",
        "credential.issued": "badge émis",
        "credential.converted": "badge converti",
        "credential.extended": "badge converti dans un autre format",
        "credential.revoked": "badge révoqué",
        "credential.suspended": "badge suspendu",
        "credential.reinstated": "badge rétabli",
    },
}
"""What the trail calls each change, and what people call it; one that is not here stands as it is."""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """By what people know the ids of a trail.

    Attributes:
        you: Id of the person who reads it.
        keys: By their ids.
        members: Addresses by the ids of members.
    """

    you: str
    keys: Mapping[str, ApiKey]
    members: Mapping[str, str]


def row(entry: AuditEntry, names: Names, language: str) -> str:
    """One entry, as the cells of a row."""
    at = f'<time datetime="{entry.at.isoformat()}">{entry.at:%Y-%m-%d %H:%M}</time>'
    said = (actor(entry.actor, names, language), _action(entry.action, language), _thing(entry.target, names))
    columns = WORDS[language].trail_columns[1:]
    return row_heading(at) + "".join(
        cell(shown, in_column(column)) for column, shown in zip(columns, said, strict=True)
    )


def actor(said: str, names: Names, language: str) -> str:
    """Who did it, in HTML."""
    kind, _, id_ = said.partition(" ")
    words = ACTORS[language]
    if kind == "person" and id_ == names.you:
        return YOU[language]
    if said in words:
        return words[said]
    return f"{words[kind]} {_thing(id_, names)}" if kind in words else _thing(said, names)


def _action(said: str, language: str) -> str:
    name, _, more = said.partition(" ")
    word = ACTIONS[language].get(name)
    if word is None:
        return escape(tame(said))
    if more == "with its maker":
        return f"{word} {WITH_MAKER[language]}"
    role = more.removeprefix("as ")
    if role in tuple(Role):
        return f"{word} ({WORDS[language].roles[Role(role)]})"
    return f"{word} ({escape(tame(more))})" if more else word


def _thing(id_: str, names: Names) -> str:
    """A key by its name and how it begins, a member by their address, everything else by its id."""
    if id_ in names.keys:
        key = names.keys[id_]
        return f"<bdi>{escape(tame(key.name))}</bdi> <code>{escape(key.prefix)}…</code>"
    return f"<bdi>{escape(tame(names.members.get(id_, id_)))}</bdi>"
